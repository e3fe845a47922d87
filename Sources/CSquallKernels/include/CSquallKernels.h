// Inline SIMD the Swift optimiser cannot reach: fma, min/max, conversions, square root, movemask, blend.
// Header only. GCC/Clang vector types of eight lanes import into Swift as SIMD8.
// Must never know: any Squall type.
#ifndef C_SQUALL_KERNELS_H
#define C_SQUALL_KERNELS_H

#include <stdint.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef float sq_f8 __attribute__((ext_vector_type(8)));
typedef int32_t sq_i8 __attribute__((ext_vector_type(8)));

#define SQ_INLINE static inline __attribute__((always_inline))

/// 1 when the build uses AVX2 and FMA: recorded with every dataset.
SQ_INLINE int sq_build_uses_avx2(void) {
#if defined(__AVX2__)
    return 1;
#else
    return 0;
#endif
}

/// 1 when this CPU and its system have what the default build uses, x86-64-v3: AVX2, FMA, BMI1 and 2, F16C, LZCNT, MOVBE, and registers of 256 bits kept.
SQ_INLINE int sq_cpu_matches_build(void) {
#if defined(__AVX2__) && defined(__x86_64__)
    unsigned a, b, c, d, low, high;
    __asm__ volatile("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(0), "c"(0));
    if (a < 7) return 0;
    __asm__ volatile("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(1), "c"(0));
    const unsigned fma = 1u << 12, movbe = 1u << 22, xsave = 1u << 27, avx = 1u << 28, f16c = 1u << 29, first = fma | movbe | xsave | avx | f16c;
    if ((c & first) != first) return 0;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    if ((low & 6) != 6) return 0;
    __asm__ volatile("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(7), "c"(0));
    const unsigned bmi1 = 1u << 3, avx2 = 1u << 5, bmi2 = 1u << 8, second = bmi1 | avx2 | bmi2;
    if ((b & second) != second) return 0;
    __asm__ volatile("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(0x80000001u), "c"(0));
    return (c >> 5) & 1;
#else
    return 1;
#endif
}

// ---- Eight lanes: arithmetic, comparisons, masks, conversions, look-ups (sqv_) ----
// What Swift's SIMD8 lacks or turns into scalar calls. Comparisons give all ones or zero a lane.

SQ_INLINE sq_f8 sqv_splat(float x) { return (sq_f8){x, x, x, x, x, x, x, x}; }
SQ_INLINE sq_i8 sqv_splat_i(int32_t x) { return (sq_i8){x, x, x, x, x, x, x, x}; }
SQ_INLINE sq_f8 sqv_lanes(void) { return (sq_f8){0, 1, 2, 3, 4, 5, 6, 7}; }
SQ_INLINE sq_i8 sqv_lanes_i(void) { return (sq_i8){0, 1, 2, 3, 4, 5, 6, 7}; }
SQ_INLINE sq_f8 sqv_load(const float *p) { sq_f8 v; __builtin_memcpy(&v, p, 32); return v; }
SQ_INLINE sq_i8 sqv_load_i(const int32_t *p) { sq_i8 v; __builtin_memcpy(&v, p, 32); return v; }
SQ_INLINE void sqv_store(float *p, sq_f8 v) { __builtin_memcpy(p, &v, 32); }
SQ_INLINE void sqv_store_i(int32_t *p, sq_i8 v) { __builtin_memcpy(p, &v, 32); }
/// Asks for the cache line at p.
SQ_INLINE void sqv_prefetch(const void *p) { __builtin_prefetch(p); }
/// The same bits as the other type.
SQ_INLINE sq_f8 sqv_bits_f(sq_i8 x) { union { sq_i8 i; sq_f8 f; } u; u.i = x; return u.f; }
SQ_INLINE sq_i8 sqv_bits_i(sq_f8 x) { union { sq_i8 i; sq_f8 f; } u; u.f = x; return u.i; }

SQ_INLINE sq_i8 sqv_add(sq_i8 a, sq_i8 b) { return a + b; }
SQ_INLINE sq_i8 sqv_sub(sq_i8 a, sq_i8 b) { return a - b; }
SQ_INLINE sq_i8 sqv_mul(sq_i8 a, sq_i8 b) { return a * b; }
SQ_INLINE sq_i8 sqv_and(sq_i8 a, sq_i8 b) { return a & b; }
SQ_INLINE sq_i8 sqv_or(sq_i8 a, sq_i8 b) { return a | b; }
SQ_INLINE sq_i8 sqv_not(sq_i8 a) { return ~a; }
/// Arithmetic shift right, and the shift that draws in zeros.
SQ_INLINE sq_i8 sqv_shift(sq_i8 a, int bits) { return a >> bits; }
SQ_INLINE sq_i8 sqv_shr(sq_i8 a, int bits) { return (sq_i8)((uint32_t __attribute__((ext_vector_type(8))))a >> (uint32_t)bits); }
SQ_INLINE sq_i8 sqv_less(sq_f8 a, sq_f8 b) { return (sq_i8)(a < b); }
SQ_INLINE sq_i8 sqv_greater(sq_f8 a, sq_f8 b) { return (sq_i8)(a > b); }
SQ_INLINE sq_i8 sqv_equal_i(sq_i8 a, sq_i8 b) { return (sq_i8)(a == b); }
SQ_INLINE sq_i8 sqv_greater_i(sq_i8 a, sq_i8 b) { return (sq_i8)(a > b); }
/// Lane-wise `mask ? a : b` by whole lanes of ones or zeros; `sqv_blend` looks at the mask's sign bits only.
SQ_INLINE sq_f8 sqv_select(sq_i8 mask, sq_f8 a, sq_f8 b) { return sqv_bits_f((sqv_bits_i(a) & mask) | (sqv_bits_i(b) & ~mask)); }
SQ_INLINE sq_i8 sqv_select_i(sq_i8 mask, sq_i8 a, sq_i8 b) { return (a & mask) | (b & ~mask); }

SQ_INLINE sq_f8 sqv_sqrt(sq_f8 a) { return __builtin_elementwise_sqrt(a); }
SQ_INLINE sq_f8 sqv_floor(sq_f8 a) { return __builtin_elementwise_floor(a); }
SQ_INLINE sq_f8 sqv_abs(sq_f8 a) { return __builtin_elementwise_abs(a); }
/// Towards zero.
SQ_INLINE sq_i8 sqv_int(sq_f8 a) { return __builtin_convertvector(a, sq_i8); }
SQ_INLINE sq_f8 sqv_float(sq_i8 a) { return __builtin_convertvector(a, sq_f8); }

#if defined(__AVX2__) && defined(__FMA__)
SQ_INLINE sq_f8 sqv_fma(sq_f8 a, sq_f8 b, sq_f8 c) { return __builtin_elementwise_fma(a, b, c); }
/// The same where the sum must see the product unrounded, whatever the build.
SQ_INLINE sq_f8 sqv_fma_exact(sq_f8 a, sq_f8 b, sq_f8 c) { return __builtin_elementwise_fma(a, b, c); }
SQ_INLINE sq_f8 sqv_min(sq_f8 a, sq_f8 b) { return (sq_f8)_mm256_min_ps((__m256)a, (__m256)b); }
SQ_INLINE sq_f8 sqv_max(sq_f8 a, sq_f8 b) { return (sq_f8)_mm256_max_ps((__m256)a, (__m256)b); }
SQ_INLINE sq_i8 sqv_min_i(sq_i8 a, sq_i8 b) { return (sq_i8)_mm256_min_epi32((__m256i)a, (__m256i)b); }
SQ_INLINE sq_i8 sqv_max_i(sq_i8 a, sq_i8 b) { return (sq_i8)_mm256_max_epi32((__m256i)a, (__m256i)b); }
/// To the nearest integer, ties to even.
SQ_INLINE sq_i8 sqv_round_i(sq_f8 a) { return (sq_i8)_mm256_cvtps_epi32((__m256)a); }
/// Lane-wise `mask sign bit ? a : b`.
SQ_INLINE sq_f8 sqv_blend(sq_i8 mask, sq_f8 a, sq_f8 b) { return (sq_f8)_mm256_blendv_ps((__m256)b, (__m256)a, (__m256)mask); }
SQ_INLINE sq_i8 sqv_blend_i(sq_i8 mask, sq_i8 a, sq_i8 b) { return (sq_i8)_mm256_blendv_ps((__m256)b, (__m256)a, (__m256)mask); }
/// One bit a lane, from the lanes' sign bits.
SQ_INLINE int32_t sqv_bits(sq_i8 mask) { return _mm256_movemask_ps((__m256)mask); }
SQ_INLINE sq_f8 sqv_gather(const float *table, sq_i8 index) { return (sq_f8)_mm256_i32gather_ps(table, (__m256i)index, 4); }
/// From a table of 32-bit words.
SQ_INLINE sq_i8 sqv_gather_i(const void *table, sq_i8 index) { return (sq_i8)_mm256_i32gather_epi32((const int *)table, (__m256i)index, 4); }
#else
SQ_INLINE sq_f8 sqv_fma(sq_f8 a, sq_f8 b, sq_f8 c) { return a * b + c; }
/// The same where the sum must see the product unrounded, whatever the build: two floats' product is exact as a double.
SQ_INLINE sq_f8 sqv_fma_exact(sq_f8 a, sq_f8 b, sq_f8 c) {
    typedef double sq_d8 __attribute__((ext_vector_type(8)));
    return __builtin_convertvector(__builtin_convertvector(a, sq_d8) * __builtin_convertvector(b, sq_d8) + __builtin_convertvector(c, sq_d8), sq_f8);
}
SQ_INLINE sq_f8 sqv_min(sq_f8 a, sq_f8 b) { return sqv_select(sqv_less(a, b), a, b); }
SQ_INLINE sq_f8 sqv_max(sq_f8 a, sq_f8 b) { return sqv_select(sqv_less(b, a), a, b); }
SQ_INLINE sq_i8 sqv_min_i(sq_i8 a, sq_i8 b) { return __builtin_elementwise_min(a, b); }
SQ_INLINE sq_i8 sqv_max_i(sq_i8 a, sq_i8 b) { return __builtin_elementwise_max(a, b); }
SQ_INLINE sq_i8 sqv_round_i(sq_f8 a) { return __builtin_convertvector(__builtin_elementwise_roundeven(a), sq_i8); }
SQ_INLINE sq_i8 sqv_blend_i(sq_i8 mask, sq_i8 a, sq_i8 b) { return sqv_select_i(mask >> 31, a, b); }
SQ_INLINE sq_f8 sqv_blend(sq_i8 mask, sq_f8 a, sq_f8 b) { return sqv_select(mask >> 31, a, b); }
SQ_INLINE int32_t sqv_bits(sq_i8 mask) {
    int32_t bits = 0;
    for (int i = 0; i < 8; i++) bits |= (int32_t)((uint32_t)mask[i] >> 31) << i;
    return bits;
}
SQ_INLINE sq_f8 sqv_gather(const float *table, sq_i8 index) {
    sq_f8 r;
    for (int i = 0; i < 8; i++) r[i] = table[index[i]];
    return r;
}
SQ_INLINE sq_i8 sqv_gather_i(const void *table, sq_i8 index) {
    sq_i8 r;
    for (int i = 0; i < 8; i++) r[i] = ((const int32_t *)table)[index[i]];
    return r;
}
#endif
SQ_INLINE sq_i8 sqv_clamp_i(sq_i8 a, int32_t lower, int32_t upper) {
    return __builtin_elementwise_min(__builtin_elementwise_max(a, sqv_splat_i(lower)), sqv_splat_i(upper));
}

// ---- Ray casting: one ray against eight boxes, one ray against eight triangles (SquallRays) ----

/// A ray in a tree's own frame, prepared for both tests. `near*` are byte offsets of the bound met first on each axis.
typedef struct {
    float origin[3];
    float reciprocal[3];
    float shear[3];
    int32_t axis[3];
    int32_t nearBound[3];
    float minimum;
} sq_ray;

/// Prepares a ray; 0 when it has no direction or anything is not finite. Components nearer to zero than 1e-18 count as that,
/// so that no slab test multiplies zero by infinity.
SQ_INLINE int sq_ray_prepare(sq_ray *ray, float ox, float oy, float oz, float dx, float dy, float dz, float minimum) {
    float d[3] = {dx, dy, dz};
    float ax = __builtin_fabsf(dx), ay = __builtin_fabsf(dy), az = __builtin_fabsf(dz);
    float sum = ax + ay + az;
    if (!(sum > 0) || !(sum < 3e38f) || !(__builtin_fabsf(ox) + __builtin_fabsf(oy) + __builtin_fabsf(oz) < 3e38f)) return 0;
    ray->origin[0] = ox; ray->origin[1] = oy; ray->origin[2] = oz;
    for (int a = 0; a < 3; a++) {
        float c = __builtin_fabsf(d[a]) < 1e-18f ? 1e-18f : d[a];
        ray->reciprocal[a] = 1 / c;
        ray->nearBound[a] = c < 0 ? 32 : 0;
    }
    int kz = ax > ay ? (ax > az ? 0 : 2) : (ay > az ? 1 : 2);
    int kx = kz == 2 ? 0 : kz + 1, ky = kx == 2 ? 0 : kx + 1;
    if (d[kz] < 0) { int swap = kx; kx = ky; ky = swap; }
    ray->axis[0] = kx; ray->axis[1] = ky; ray->axis[2] = kz;
    ray->shear[0] = d[kx] / d[kz];
    ray->shear[1] = d[ky] / d[kz];
    ray->shear[2] = ray->reciprocal[kz];
    ray->minimum = minimum;
    return 1;
}

/// Slab test of eight boxes stored as lower x, upper x, lower y, ... (32 bytes each). Writes the entry distances and returns
/// the mask of boxes met in [minimum, maximum]. The far distance grows by four ulp, so that rounding never loses a box (Ize 2013).
SQ_INLINE uint32_t sq_ray_boxes(const void *node, const sq_ray *ray, float maximum, float *entry) {
    const char *base = (const char *)node;
    sq_f8 near = sqv_splat(ray->minimum), far = sqv_splat(maximum);
#pragma clang loop unroll(full)
    for (int a = 0; a < 3; a++) {
        sq_f8 o = sqv_splat(ray->origin[a]), r = sqv_splat(ray->reciprocal[a]);
        const char *slab = base + 64 * a;
        sq_f8 n = (*(const sq_f8 *)(slab + ray->nearBound[a]) - o) * r;
        sq_f8 f = (*(const sq_f8 *)(slab + (ray->nearBound[a] ^ 32)) - o) * (r * 1.0000005f);
        near = n > near ? n : near;
        far = f < far ? f : far;
    }
    *(sq_f8 *)entry = near;
    return (uint32_t)sqv_bits(near <= far);
}

/// Watertight test of eight triangles (Woop, Benthin, Wald 2013) stored per axis as corner 0, 1, 2 of 32 bytes each. Products of
/// the edge functions are not contracted: an edge shared by two triangles gets the same number with opposite sign.
/// Returns the mask of triangles met in (minimum, maximum); unless it is empty `found` then holds eight distances, eight weights of
/// corner 1, eight of corner 2 and eight determinants.
SQ_INLINE uint32_t sq_ray_triangles(const float *block, const sq_ray *ray, float maximum, float *found) {
#pragma clang fp contract(off)
    const sq_f8 *px = (const sq_f8 *)(block + 24 * ray->axis[0]);
    const sq_f8 *py = (const sq_f8 *)(block + 24 * ray->axis[1]);
    const sq_f8 *pz = (const sq_f8 *)(block + 24 * ray->axis[2]);
    sq_f8 ox = sqv_splat(ray->origin[ray->axis[0]]), oy = sqv_splat(ray->origin[ray->axis[1]]), oz = sqv_splat(ray->origin[ray->axis[2]]);
    sq_f8 sx = sqv_splat(ray->shear[0]), sy = sqv_splat(ray->shear[1]);
    sq_f8 az = pz[0] - oz, bz = pz[1] - oz, cz = pz[2] - oz;
    sq_f8 ax = (px[0] - ox) - sx * az, ay = (py[0] - oy) - sy * az;
    sq_f8 bx = (px[1] - ox) - sx * bz, by = (py[1] - oy) - sy * bz;
    sq_f8 cx = (px[2] - ox) - sx * cz, cy = (py[2] - oy) - sy * cz;
    sq_f8 u = cx * by - cy * bx, v = ax * cy - ay * cx, w = bx * ay - by * ax;
    sq_f8 zero = sqv_splat(0);
    sq_i8 inside = ((u >= zero) & (v >= zero) & (w >= zero)) | ((u <= zero) & (v <= zero) & (w <= zero));
    uint32_t mask = (uint32_t)sqv_bits(inside);
    if (mask == 0) return 0;
    sq_f8 determinant = u + v + w;
    sq_f8 sum = u * az + v * bz + w * cz;
    sq_f8 inverse = sqv_splat(1) / determinant;
    sq_f8 t = sum * sqv_splat(ray->shear[2]) * inverse;
    mask &= (uint32_t)sqv_bits((determinant != zero) & (t > sqv_splat(ray->minimum)) & (t < sqv_splat(maximum)));
    if (mask == 0) return 0;
    sq_f8 *out = (sq_f8 *)found;
    out[0] = t;
    out[1] = v * inverse;
    out[2] = w * inverse;
    out[3] = determinant;
    return mask;
}

// ---- Lane-wise mathematics and Philox for shading and sensor noise ----

/// Base-2 logarithm of positive finite lanes: exponent plus a degree-8 polynomial of the mantissa; error below 1e-6.
SQ_INLINE sq_f8 sqv_log2(sq_f8 x) {
    sq_i8 i = sqv_bits_i(x);
    sq_f8 e = sqv_float(sqv_shr(i, 23) - 127);
    sq_f8 m = sqv_bits_f((i & 0x007fffff) | 0x3f800000) - 1.0f;
    sq_f8 p = sqv_splat(-0.012077020f);
    p = sqv_fma(p, m, sqv_splat(0.062748434f));
    p = sqv_fma(p, m, sqv_splat(-0.154152006f));
    p = sqv_fma(p, m, sqv_splat(0.255176349f));
    p = sqv_fma(p, m, sqv_splat(-0.353096353f));
    p = sqv_fma(p, m, sqv_splat(0.480012461f));
    p = sqv_fma(p, m, sqv_splat(-0.721306757f));
    p = sqv_fma(p, m, sqv_splat(1.442694725f));
    return sqv_fma(p, m, e);
}

/// 2 to the x, clamped to the normal range; relative error below 2e-7 plus rounding.
SQ_INLINE sq_f8 sqv_exp2(sq_f8 x) {
    x = sqv_max(sqv_min(x, sqv_splat(126.0f)), sqv_splat(-126.0f));
    sq_f8 k = sqv_floor(x + 0.5f);
    sq_f8 f = x - k;
    sq_f8 p = sqv_splat(1.5403530e-4f);
    p = sqv_fma(p, f, sqv_splat(1.3333558e-3f));
    p = sqv_fma(p, f, sqv_splat(9.6181291e-3f));
    p = sqv_fma(p, f, sqv_splat(5.5504109e-2f));
    p = sqv_fma(p, f, sqv_splat(2.4022651e-1f));
    p = sqv_fma(p, f, sqv_splat(6.9314718e-1f));
    p = sqv_fma(p, f, sqv_splat(1.0f));
    return sqv_bits_f(sqv_bits_i(p) + (sqv_int(k) << 23));
}
SQ_INLINE sq_f8 sqv_exp(sq_f8 x) { return sqv_exp2(x * 1.44269504f); }

/// Cosine of 2 pi t for t in [0, 1]; error below 2e-6.
SQ_INLINE sq_f8 sqv_cos_turn(sq_f8 t) {
    sq_f8 u = sqv_abs(t - 0.5f) - 0.25f;                 // cos(2 pi t) = sin(2 pi u), u in -1/4 ... 1/4
    sq_f8 x = u * 6.28318531f, y = x * x;
    sq_f8 p = sqv_splat(2.6083159e-6f);
    p = sqv_fma(p, y, sqv_splat(-1.9810691e-4f));
    p = sqv_fma(p, y, sqv_splat(8.3330786e-3f));
    p = sqv_fma(p, y, sqv_splat(-1.6666658e-1f));
    return sqv_fma(p * y, x, x);
}

/// Arc tangent of y/x in turns, -1/2 ... 1/2; error below 2e-7 turns.
SQ_INLINE sq_f8 sqv_atan2_turn(sq_f8 y, sq_f8 x) {
    sq_f8 ax = sqv_abs(x), ay = sqv_abs(y);
    sq_f8 big = sqv_max(sqv_max(ax, ay), sqv_splat(1e-30f)), q = sqv_min(ax, ay) / big, s = q * q;
    sq_f8 p = sqv_splat(0.001217273f);
    p = sqv_fma(p, s, sqv_splat(-0.005786942f));
    p = sqv_fma(p, s, sqv_splat(0.013229986f));
    p = sqv_fma(p, s, sqv_splat(-0.021402940f));
    p = sqv_fma(p, s, sqv_splat(0.031627334f));
    p = sqv_fma(p, s, sqv_splat(-0.053039464f));
    p = sqv_fma(p, s, sqv_splat(0.159154820f));
    p = p * q;
    p = sqv_select(sqv_less(ax, ay), 0.25f - p, p);
    p = sqv_select(sqv_less(x, sqv_splat(0)), 0.5f - p, p);
    return sqv_select(sqv_less(y, sqv_splat(0)), -p, p);
}

/// Four Philox4x32-10 words for eight counters that differ in their first word (`number` + lane): the eight-lane twin of
/// SquallMath's `philox4x32`. `words` has room for four vectors.
typedef uint32_t sqv_u8 __attribute__((ext_vector_type(8)));
typedef uint64_t sqv_u64x8 __attribute__((ext_vector_type(8)));
SQ_INLINE void sqv_mul_wide(sqv_u8 a, uint32_t m, sqv_u8 *high, sqv_u8 *low) {
#if defined(__AVX2__)
    __m256i v = (__m256i)a, k = _mm256_set1_epi64x(m);
    __m256i even = _mm256_mul_epu32(v, k), odd = _mm256_mul_epu32(_mm256_srli_epi64(v, 32), k);
    *low = (sqv_u8)_mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA);
    *high = (sqv_u8)_mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xAA);
#else
    sqv_u64x8 wide = __builtin_convertvector(a, sqv_u64x8) * (uint64_t)m;
    *low = __builtin_convertvector(wide, sqv_u8);
    *high = __builtin_convertvector(wide >> 32, sqv_u8);
#endif
}
SQ_INLINE void sqv_philox(uint32_t number, uint32_t c1, uint32_t c2, uint32_t c3, uint32_t k0, uint32_t k1, void *words) {
    sqv_u8 x = (sqv_u8){0, 1, 2, 3, 4, 5, 6, 7} + number, y = (sqv_u8)(c1), z = (sqv_u8)(c2), w = (sqv_u8)(c3);
    for (int round = 0; round < 10; round++) {
        sqv_u8 h0, l0, h1, l1;
        sqv_mul_wide(x, 0xD2511F53u, &h0, &l0);
        sqv_mul_wide(z, 0xCD9E8D57u, &h1, &l1);
        x = h1 ^ y ^ k0;
        y = l1;
        z = h0 ^ w ^ k1;
        w = l0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    sqv_u8 result[4] = {x, y, z, w};
    __builtin_memcpy(words, result, sizeof result);
}
/// Uniform in (0, 1) from the upper 23 bits of a word.
SQ_INLINE sq_f8 sqv_open_uniform(sq_i8 word) { return sqv_fma(sqv_float(sqv_shr(word, 9)), sqv_splat(0x1p-23f), sqv_splat(0x1p-24f)); }

// ---- Rasterizer: shuffles, transposed stores ----

/// One lane in all lanes.
SQ_INLINE sq_i8 sqv_lane0(sq_i8 a) { return __builtin_shufflevector(a, a, 0, 0, 0, 0, 0, 0, 0, 0); }
SQ_INLINE sq_i8 sqv_lane1(sq_i8 a) { return __builtin_shufflevector(a, a, 1, 1, 1, 1, 1, 1, 1, 1); }
SQ_INLINE sq_i8 sqv_lane2(sq_i8 a) { return __builtin_shufflevector(a, a, 2, 2, 2, 2, 2, 2, 2, 2); }
/// Of three corners x0 y0 x1 y1 x2 y2: where each of the three edges starts and ends, one lane an edge; the rest repeats.
SQ_INLINE sq_i8 sqv_start_x(sq_i8 a) { return __builtin_shufflevector(a, a, 0, 2, 4, 0, 0, 0, 0, 0); }
SQ_INLINE sq_i8 sqv_start_y(sq_i8 a) { return __builtin_shufflevector(a, a, 1, 3, 5, 1, 1, 1, 1, 1); }
SQ_INLINE sq_i8 sqv_end_x(sq_i8 a) { return __builtin_shufflevector(a, a, 2, 4, 0, 2, 2, 2, 2, 2); }
SQ_INLINE sq_i8 sqv_end_y(sq_i8 a) { return __builtin_shufflevector(a, a, 3, 5, 1, 3, 3, 3, 3, 3); }
#if defined(__AVX2__) && defined(__FMA__)
SQ_INLINE sq_i8 sqv_widen(const uint8_t *p) { return (sq_i8)_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)p)); }
/// Writes a0 b0 a1 b1 ... a7 b7.
SQ_INLINE void sqv_store_pairs(float *p, sq_f8 a, sq_f8 b) {
    __m256 low = _mm256_unpacklo_ps((__m256)a, (__m256)b), high = _mm256_unpackhi_ps((__m256)a, (__m256)b);
    _mm256_storeu_ps(p, _mm256_permute2f128_ps(low, high, 0x20));
    _mm256_storeu_ps(p + 8, _mm256_permute2f128_ps(low, high, 0x31));
}
/// Eight lanes of eight columns become eight rows of eight words.
SQ_INLINE void sqv_transpose(int32_t *m) {
    __m256 r[8], t[8], u[8];
    for (int i = 0; i < 8; i++) r[i] = _mm256_loadu_ps((const float *)m + 8 * i);
    for (int i = 0; i < 8; i += 2) {
        t[i] = _mm256_unpacklo_ps(r[i], r[i + 1]);
        t[i + 1] = _mm256_unpackhi_ps(r[i], r[i + 1]);
    }
    for (int i = 0; i < 8; i += 4) {
        u[i] = _mm256_shuffle_ps(t[i], t[i + 2], 0x44);
        u[i + 1] = _mm256_shuffle_ps(t[i], t[i + 2], 0xEE);
        u[i + 2] = _mm256_shuffle_ps(t[i + 1], t[i + 3], 0x44);
        u[i + 3] = _mm256_shuffle_ps(t[i + 1], t[i + 3], 0xEE);
    }
    for (int i = 0; i < 4; i++) {
        _mm256_storeu_ps((float *)m + 8 * i, _mm256_permute2f128_ps(u[i], u[i + 4], 0x20));
        _mm256_storeu_ps((float *)m + 8 * (i + 4), _mm256_permute2f128_ps(u[i], u[i + 4], 0x31));
    }
}
SQ_INLINE float sqv_lowest(sq_f8 a) {
    __m128 m = _mm_min_ps(_mm256_castps256_ps128((__m256)a), _mm256_extractf128_ps((__m256)a, 1));
    m = _mm_min_ps(m, _mm_movehl_ps(m, m));
    return _mm_cvtss_f32(_mm_min_ss(m, _mm_movehdup_ps(m)));
}
#else
SQ_INLINE sq_i8 sqv_widen(const uint8_t *p) { return (sq_i8){p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]}; }
SQ_INLINE void sqv_store_pairs(float *p, sq_f8 a, sq_f8 b) {
    for (int i = 0; i < 8; i++) { p[2 * i] = a[i]; p[2 * i + 1] = b[i]; }
}
SQ_INLINE void sqv_transpose(int32_t *m) {
    for (int i = 0; i < 8; i++)
        for (int j = 0; j < i; j++) { int32_t t = m[8 * i + j]; m[8 * i + j] = m[8 * j + i]; m[8 * j + i] = t; }
}
SQ_INLINE float sqv_lowest(sq_f8 a) {
    float r = a[0];
    for (int i = 1; i < 8; i++) r = a[i] < r ? a[i] : r;
    return r;
}
#endif

// ---- Label pictures and content hashes (SquallExport) ----

/// Metres to 256ths, nearest; 1...65535 for finite depths, 0 for none. Adding a half before cutting off is exact enough below 2^16.
SQ_INLINE void sq_label_depth(const float *depth, uint16_t *out, intptr_t count) {
    for (intptr_t i = 0; i < count; i++) {
        float z = depth[i] * 256.0f + 0.5f;
        int none = !(depth[i] - depth[i] == 0.0f);
        z = none ? 0.0f : z < 1.0f ? 1.0f : z > 65535.0f ? 65535.0f : z;
        out[i] = (uint16_t)(int32_t)z;
    }
}

/// Pixels to 64ths about 2^15, nearest; third value 1, or 2 where hidden; all zero where undefined or out of range.
SQ_INLINE void sq_label_flow(const float *flow, const uint8_t *hidden, uint16_t *out, intptr_t count) {
    for (intptr_t i = 0; i < count; i++) {
        float u = flow[2 * i] * 64.0f, v = flow[2 * i + 1] * 64.0f;
        // Below the bound by what the sum may round up by.
        int valid = u >= -32767.5f && u < 32767.25f && v >= -32767.5f && v < 32767.25f;
        u = valid ? u + 32768.5f : 0.0f;
        v = valid ? v + 32768.5f : 0.0f;
        out[3 * i] = (uint16_t)(int32_t)u;
        out[3 * i + 1] = (uint16_t)(int32_t)v;
        out[3 * i + 2] = valid ? (hidden[i] ? 2 : 1) : 0;
    }
}

/// Unit vectors (four floats each, the last unused) to 127.5 (n + 1), nearest; black for zero.
SQ_INLINE void sq_label_normals(const float *normals, uint8_t *out, intptr_t count) {
    for (intptr_t i = 0; i < count; i++) {
        const float *n = normals + 4 * i;
        int none = n[0] == 0 && n[1] == 0 && n[2] == 0;
        for (int k = 0; k < 3; k++) {
            float v = (n[k] + 1.0f) * 127.5f + 0.5f;
            v = v > 0.0f ? v : 0.0f;
            v = v < 255.0f ? v : 255.0f;
            out[3 * i + k] = none ? 0 : (uint8_t)(int32_t)v;
        }
    }
}

/// Bytes minus the bytes `before` them, with the two bytes of every 16-bit value swapped on the way when `swap` is set.
SQ_INLINE void sq_png_difference(const uint8_t *row, const uint8_t *before, uint8_t *out, intptr_t count, int swap) {
    if (swap)
        for (intptr_t i = 0; i + 1 < count; i += 2) {
            uint8_t low = (uint8_t)(row[i] - before[i]), high = (uint8_t)(row[i + 1] - before[i + 1]);
            out[i] = high;
            out[i + 1] = low;
        }
    else
        for (intptr_t i = 0; i < count; i++) out[i] = (uint8_t)(row[i] - before[i]);
}

#if defined(__x86_64__)
SQ_INLINE int sq_sha256_has_instructions(void) {
    unsigned a, b, c, d;
    __asm__ volatile("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(1), "c"(0));
    int sse41 = (c >> 19) & 1, ssse3 = (c >> 9) & 1;
    __asm__ volatile("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(7), "c"(0));
    return sse41 && ssse3 && ((b >> 29) & 1);
}

/// SHA-256 compression (FIPS 180-4) of whole blocks by the SHA extensions: two rounds an instruction, on the state as (a b e f) and (c d g h).
__attribute__((target("sha,sse4.1,ssse3"), unused))
static void sq_sha256_instructions(uint32_t *state, const uint8_t *data, intptr_t blocks, const uint32_t *constants) {
    const __m128i bigEndian = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
    __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
    __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
    __m128i abef = _mm_alignr_epi8(badc, hgfe, 8), cdgh = _mm_blend_epi16(hgfe, badc, 0xF0);
    for (; blocks > 0; blocks--, data += 64) {
        const __m128i abefBefore = abef, cdghBefore = cdgh;
        __m128i w[4];
#pragma clang loop unroll(full)
        for (int i = 0; i < 16; i++) {
            __m128i next;
            if (i < 4) next = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(data + 16 * i)), bigEndian);
            else {
                next = _mm_add_epi32(_mm_sha256msg1_epu32(w[i & 3], w[(i + 1) & 3]), _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4));
                next = _mm_sha256msg2_epu32(next, w[(i + 3) & 3]);
            }
            w[i & 3] = next;
            __m128i sum = _mm_add_epi32(next, _mm_loadu_si128((const __m128i *)(constants + 4 * i)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
        }
        abef = _mm_add_epi32(abef, abefBefore);
        cdgh = _mm_add_epi32(cdgh, cdghBefore);
    }
    __m128i feba = _mm_shuffle_epi32(abef, 0x1B), dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}
#else
SQ_INLINE int sq_sha256_has_instructions(void) { return 0; }
SQ_INLINE void sq_sha256_instructions(uint32_t *state, const uint8_t *data, intptr_t blocks, const uint32_t *constants) {
    (void)state; (void)data; (void)blocks; (void)constants;
}
#endif

SQ_INLINE uint32_t sq_rotate_right(uint32_t x, int n) { return x >> n | x << (32 - n); }

/// SHA-256 compression of whole blocks in plain C.
__attribute__((unused))
static void sq_sha256_plain(uint32_t *state, const uint8_t *data, intptr_t blocks, const uint32_t *constants) {
    for (; blocks > 0; blocks--, data += 64) {
        uint32_t w[16], s[8];
        for (int i = 0; i < 8; i++) s[i] = state[i];
#pragma clang loop unroll(full)
        for (int t = 0; t < 64; t++) {
            if (t < 16) w[t] = (uint32_t)data[4 * t] << 24 | (uint32_t)data[4 * t + 1] << 16 | (uint32_t)data[4 * t + 2] << 8 | data[4 * t + 3];
            else {
                uint32_t a = w[(t + 1) & 15], b = w[(t + 14) & 15];
                w[t & 15] += (sq_rotate_right(a, 7) ^ sq_rotate_right(a, 18) ^ a >> 3) + w[(t + 9) & 15] + (sq_rotate_right(b, 17) ^ sq_rotate_right(b, 19) ^ b >> 10);
            }
            // The eight words stay where they are; their names move one place a round.
            uint32_t a = s[-t & 7], b = s[(1 - t) & 7], c = s[(2 - t) & 7], e = s[(4 - t) & 7], f = s[(5 - t) & 7], g = s[(6 - t) & 7];
            uint32_t first = s[(7 - t) & 7] + (sq_rotate_right(e, 6) ^ sq_rotate_right(e, 11) ^ sq_rotate_right(e, 25)) + (g ^ (e & (f ^ g))) + constants[t] + w[t & 15];
            s[(3 - t) & 7] += first;
            s[(7 - t) & 7] = first + (sq_rotate_right(a, 2) ^ sq_rotate_right(a, 13) ^ sq_rotate_right(a, 22)) + ((a & b) | (c & (a | b)));
        }
        for (int i = 0; i < 8; i++) state[i] += s[i];
    }
}

#endif
