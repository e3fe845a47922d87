#include "CSquallImages.h"
#include <stdlib.h>
#include <string.h>

// Deflate (RFC 1951) for filtered pictures, in one pass over each block: runs that repeat at one pixel's distance, everything else as literals,
// and a Huffman code made for the block. Noise costs no search, flat labels become long runs. Codes are at most 12 bits long, so that four fit
// beside what is left in a 64-bit buffer.

enum { SQ_LONGEST = 12, SQ_SYMBOLS = 286, SQ_BLOCK = 1 << 17, SQ_LEAST_RUN = 8 };

typedef struct { uint32_t literals, run; } sq_piece;

typedef struct { uint8_t *at; uint64_t bits; unsigned count; } sq_bits;

static inline void sq_put(sq_bits *b, uint32_t value, unsigned count) { b->bits |= (uint64_t)value << b->count; b->count += count; }
static inline void sq_flush(sq_bits *b) {
    memcpy(b->at, &b->bits, 8);
    b->at += b->count >> 3;
    b->bits >>= b->count & ~7u;
    b->count &= 7;
}

static uint32_t sq_reversed(uint32_t code, unsigned length) {
    uint32_t r = 0;
    for (unsigned i = 0; i < length; i++) r |= (code >> i & 1) << (length - 1 - i);
    return r;
}

/// Canonical codes of given lengths, bits reversed as Deflate sends them.
static void sq_codes(const uint8_t *lengths, int n, uint16_t *codes) {
    uint32_t counts[16] = {0}, next[16];
    for (int i = 0; i < n; i++) counts[lengths[i]]++;
    counts[0] = 0;
    uint32_t code = 0;
    for (int l = 1; l < 16; l++) { code = (code + counts[l - 1]) << 1; next[l] = code; }
    for (int i = 0; i < n; i++) codes[i] = lengths[i] ? (uint16_t)sq_reversed(next[lengths[i]]++, lengths[i]) : 0;
}

/// Huffman code lengths of at most `longest` bits. Ties go by symbol, so that they never depend on the sort.
static void sq_lengths(const uint32_t *weights, int n, int longest, uint8_t *lengths) {
    typedef struct { uint32_t weight; int16_t parent; } node;
    node nodes[2 * SQ_SYMBOLS];
    int16_t order[SQ_SYMBOLS];
    int used = 0;
    memset(lengths, 0, (size_t)n);
    for (int i = 0; i < n; i++) if (weights[i]) {
        int k = used++;
        for (; k > 0 && weights[order[k - 1]] > weights[i]; k--) order[k] = order[k - 1];
        order[k] = (int16_t)i;
    }
    if (used == 0) return;
    if (used == 1) { lengths[order[0]] = 1; return; }
    for (int i = 0; i < used; i++) { nodes[i].weight = weights[order[i]]; nodes[i].parent = -1; }
    int leaf = 0, inner = used, end = used;
    while (end < 2 * used - 1) {
        int pick[2];
        for (int k = 0; k < 2; k++) {
            int takes_leaf = leaf < used && (inner >= end || nodes[leaf].weight <= nodes[inner].weight);
            pick[k] = takes_leaf ? leaf++ : inner++;
        }
        nodes[end].weight = nodes[pick[0]].weight + nodes[pick[1]].weight;
        nodes[end].parent = -1;
        nodes[pick[0]].parent = nodes[pick[1]].parent = (int16_t)end++;
    }
    int counts[64] = {0}, depth[2 * SQ_SYMBOLS];
    depth[end - 1] = 0;
    for (int i = end - 2; i >= 0; i--) depth[i] = depth[nodes[i].parent] + 1;
    for (int i = 0; i < used; i++) counts[depth[i] < longest ? depth[i] : longest]++;
    // Where codes were cut to the longest, shorter ones give way until the code is complete again.
    uint32_t total = 0;
    for (int l = 1; l <= longest; l++) total += (uint32_t)counts[l] << (longest - l);
    while (total > 1u << longest) {
        counts[longest]--;
        for (int l = longest - 1; l > 0; l--) if (counts[l]) { counts[l]--; counts[l + 1] += 2; break; }
        total--;
    }
    int symbol = 0;
    for (int l = longest; l > 0; l--) for (int k = 0; k < counts[l]; k++) lengths[order[symbol++]] = (uint8_t)l;
}

typedef struct { uint16_t symbol; uint8_t extra_bits; uint16_t extra; } sq_run_code;

/// Deflate's length code of a run of 3...258.
static sq_run_code sq_run(uint32_t run) {
    if (run == 258) return (sq_run_code){285, 0, 0};
    uint32_t r = run - 3;
    if (r < 8) return (sq_run_code){(uint16_t)(257 + r), 0, 0};
    unsigned bits = 29 - (unsigned)__builtin_clz(r);
    return (sq_run_code){(uint16_t)(257 + 4 * bits + (r >> bits)), (uint8_t)bits, (uint16_t)(r & ((1u << bits) - 1))};
}

/// Deflate's distance code.
static sq_run_code sq_distance(uint32_t distance) {
    uint32_t r = distance - 1;
    if (r < 4) return (sq_run_code){(uint16_t)r, 0, 0};
    unsigned bits = 30 - (unsigned)__builtin_clz(r);
    return (sq_run_code){(uint16_t)(2 * bits + (r >> bits)), (uint8_t)bits, (uint16_t)(r & ((1u << bits) - 1))};
}

/// Sends the lengths of both codes (RFC 1951, 3.2.7).
static void sq_send_code(sq_bits *b, const uint8_t *lengths, int literals, int distances) {
    static const uint8_t places[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    uint8_t symbols[SQ_SYMBOLS + 32], extras[SQ_SYMBOLS + 32], own[19];
    uint16_t codes[19];
    uint32_t weights[19] = {0};
    int n = literals + distances, count = 0;
    for (int i = 0; i < n;) {
        int run = 1;
        while (i + run < n && lengths[i + run] == lengths[i]) run++;
        int left = run;
        if (lengths[i] == 0) {
            while (left >= 3) {
                int part = left > 138 ? 138 : left;
                symbols[count] = part > 10 ? 18 : 17;
                extras[count++] = (uint8_t)(part > 10 ? part - 11 : part - 3);
                left -= part;
            }
        } else {
            symbols[count] = lengths[i]; extras[count++] = 0; left--;
            while (left >= 3) {
                int part = left > 6 ? 6 : left;
                symbols[count] = 16; extras[count++] = (uint8_t)(part - 3);
                left -= part;
            }
        }
        while (left-- > 0) { symbols[count] = lengths[i]; extras[count++] = 0; }
        i += run;
    }
    for (int i = 0; i < count; i++) weights[symbols[i]]++;
    sq_lengths(weights, 19, 7, own);
    sq_codes(own, 19, codes);
    int sent = 19;
    while (sent > 4 && own[places[sent - 1]] == 0) sent--;
    sq_put(b, (uint32_t)(literals - 257), 5);
    sq_put(b, (uint32_t)(distances - 1), 5);
    sq_put(b, (uint32_t)(sent - 4), 4);
    sq_flush(b);
    for (int i = 0; i < sent; i++) { sq_put(b, own[places[i]], 3); sq_flush(b); }
    for (int i = 0; i < count; i++) {
        sq_put(b, codes[symbols[i]], own[symbols[i]]);
        if (symbols[i] >= 16) sq_put(b, extras[i], symbols[i] == 16 ? 2 : symbols[i] == 17 ? 3 : 7);
        sq_flush(b);
    }
}

/// Cuts a block into literals and runs at one distance, and counts them.
static int sq_cut(const uint8_t *in, size_t start, size_t end, uint32_t distance, sq_piece *pieces, uint32_t *weights) {
    uint32_t tables[4][256];
    memset(tables, 0, sizeof tables);
    int count = 0;
    size_t at = start, first = start;
    if (at < distance) at = distance < end ? distance : end;
    while (at + SQ_LEAST_RUN <= end) {
        uint64_t a, b;
        memcpy(&a, in + at, 8);
        memcpy(&b, in + at - distance, 8);
        if (a != b) { at += 4; continue; }
        while (at > first && at > distance && in[at - 1] == in[at - 1 - distance]) at--;
        size_t stop = at + 8;
        while (stop + 8 <= end) {
            memcpy(&a, in + stop, 8);
            memcpy(&b, in + stop - distance, 8);
            if (a != b) { stop += (size_t)__builtin_ctzll(a ^ b) >> 3; goto found; }
            stop += 8;
        }
        while (stop < end && in[stop] == in[stop - distance]) stop++;
    found:
        pieces[count++] = (sq_piece){(uint32_t)(at - first), (uint32_t)(stop - at)};
        at = first = stop;
    }
    pieces[count++] = (sq_piece){(uint32_t)(end - first), 0};
    size_t p = start;
    for (int k = 0; k < count; k++) {
        size_t stop = p + pieces[k].literals;
        for (; p + 4 <= stop; p += 4) { tables[0][in[p]]++; tables[1][in[p + 1]]++; tables[2][in[p + 2]]++; tables[3][in[p + 3]]++; }
        for (; p < stop; p++) tables[0][in[p]]++;
        p += pieces[k].run;
        uint32_t left = pieces[k].run;
        // The last part must not be shorter than three.
        for (; left >= 261; left -= 258) weights[285]++;
        if (left > 258) { weights[sq_run(left - 3).symbol]++; left = 3; }
        if (left) weights[sq_run(left).symbol]++;
    }
    for (int i = 0; i < 256; i++) weights[i] += tables[0][i] + tables[1][i] + tables[2][i] + tables[3][i];
    return count;
}

static inline void sq_send_run(sq_bits *b, uint32_t run, const uint16_t *codes, const uint8_t *lengths, sq_run_code far) {
    sq_run_code r = sq_run(run);
    sq_put(b, codes[r.symbol], lengths[r.symbol]);
    sq_put(b, r.extra, r.extra_bits);
    sq_put(b, 0, 1);
    sq_put(b, far.extra, far.extra_bits);
    sq_flush(b);
}

size_t sq_deflate_bound(size_t count) { return count + count / 2 + 1024 * (count / SQ_BLOCK + 1) + 64; }

size_t sq_deflate(const uint8_t *in, size_t count, uint32_t distance, uint8_t *out, size_t capacity) {
    if (capacity < sq_deflate_bound(count) || distance < 1 || distance > 32768) return 0;
    sq_piece *pieces = malloc(sizeof(sq_piece) * (SQ_BLOCK / SQ_LEAST_RUN + 2));
    if (!pieces) return 0;
    sq_bits b = {out, 0, 0};
    sq_run_code far = sq_distance(distance);
    size_t start = 0;
    do {
        size_t end = count - start > SQ_BLOCK ? start + SQ_BLOCK : count;
        uint32_t weights[SQ_SYMBOLS] = {0};
        uint8_t lengths[SQ_SYMBOLS + 32] = {0};
        uint16_t codes[SQ_SYMBOLS];
        weights[256] = 1;
        int cut = sq_cut(in, start, end, distance, pieces, weights);
        int runs = cut > 1;
        sq_lengths(weights, SQ_SYMBOLS, SQ_LONGEST, lengths);
        sq_codes(lengths, SQ_SYMBOLS, codes);
        int literals = SQ_SYMBOLS;
        while (literals > 257 && lengths[literals - 1] == 0) literals--;
        int distances = runs ? far.symbol + 1 : 1;
        uint8_t all[SQ_SYMBOLS + 32] = {0};
        memcpy(all, lengths, (size_t)literals);
        if (runs) all[literals + far.symbol] = 1;
        sq_put(&b, end == count, 1);
        sq_put(&b, 2, 2);
        sq_flush(&b);
        sq_send_code(&b, all, literals, distances);
        uint32_t table[256];
        for (int i = 0; i < 256; i++) table[i] = (uint32_t)codes[i] | (uint32_t)lengths[i] << 16;
        const uint8_t *p = in + start;
        for (int k = 0; k < cut; k++) {
            const uint8_t *stop = p + pieces[k].literals;
            for (; p + 4 <= stop; p += 4) {
                for (int i = 0; i < 4; i++) sq_put(&b, table[p[i]] & 0xffff, table[p[i]] >> 16);
                sq_flush(&b);
            }
            for (; p < stop; p++) { sq_put(&b, table[*p] & 0xffff, table[*p] >> 16); sq_flush(&b); }
            uint32_t left = pieces[k].run;
            p += left;
            for (; left >= 261; left -= 258) sq_send_run(&b, 258, codes, lengths, far);
            if (left > 258) { sq_send_run(&b, left - 3, codes, lengths, far); left = 3; }
            if (left) sq_send_run(&b, left, codes, lengths, far);
        }
        sq_put(&b, codes[256], lengths[256]);
        sq_flush(&b);
        start = end;
    } while (start < count);
    if (b.count) { sq_put(&b, 0, 8 - b.count); sq_flush(&b); }
    free(pieces);
    return (size_t)(b.at - out);
}
