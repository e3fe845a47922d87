#include "CSquallImages.h"
#include <png.h>
#include <setjmp.h>
#include <string.h>

typedef struct { const uint8_t *bytes; size_t count, at; } sq_reader;

static void sq_read(png_structp png, png_bytep out, png_size_t n) {
    sq_reader *r = (sq_reader *)png_get_io_ptr(png);
    if (n > r->count - r->at) png_error(png, "the file ends too early");
    memcpy(out, r->bytes + r->at, n);
    r->at += n;
}

static void sq_fail(png_structp png, png_const_charp text) {
    char *message = (char *)png_get_error_ptr(png);
    if (message) { strncpy(message, text, 159); message[159] = 0; }
    longjmp(png_jmpbuf(png), 1);
}
static void sq_quiet(png_structp png, png_const_charp text) { (void)png; (void)text; }

enum { SQ_HEADER, SQ_RGBA8, SQ_GREY16, SQ_RGB16 };

static int sq_png(const uint8_t *bytes, size_t count, int what, sq_image_header *header, void *out, size_t capacity, char *message) {
    sq_reader reader = {bytes, count, 0};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, message, sq_fail, sq_quiet);
    if (!png) return -1;
    png_infop info = png_create_info_struct(png);
    if (!info || setjmp(png_jmpbuf(png))) { png_destroy_read_struct(&png, &info, NULL); return -1; }
    png_set_read_fn(png, &reader, sq_read);
    png_set_user_limits(png, 16384, 16384);
    png_set_chunk_malloc_max(png, 1 << 26);
    png_read_info(png, info);
    uint32_t w = png_get_image_width(png, info), h = png_get_image_height(png, info);
    int bits = png_get_bit_depth(png, info), color = png_get_color_type(png, info);
    if (header) { header->width = w; header->height = h; header->bits = (uint32_t)bits; header->channels = png_get_channels(png, info); }
    if (what != SQ_HEADER) {
        size_t wanted = (size_t)w * h * (what == SQ_RGBA8 ? 4 : what == SQ_GREY16 ? 1 : 3);
        if (wanted > capacity) png_error(png, "the picture is larger than its header promised");
        size_t stride = what == SQ_RGBA8 ? (size_t)w * 4 : what == SQ_GREY16 ? (size_t)w * 2 : (size_t)w * 6;
        if (what == SQ_RGBA8) {
            if (bits == 16) png_set_strip_16(png);
            png_set_expand(png);
            if (color == PNG_COLOR_TYPE_GRAY || color == PNG_COLOR_TYPE_GRAY_ALPHA) png_set_gray_to_rgb(png);
            png_set_filler(png, 0xff, PNG_FILLER_AFTER);
        } else {
            int grey = color == PNG_COLOR_TYPE_GRAY;
            if (what == SQ_GREY16 && !grey) png_error(png, "expected a grey picture");
            if (what == SQ_RGB16 && color != PNG_COLOR_TYPE_RGB) png_error(png, "expected an RGB picture");
            if (bits == 16) png_set_swap(png);
            else if (what == SQ_RGB16) png_error(png, "expected 16 bits a channel");
            else if (bits < 8) png_set_packing(png);
        }
        int passes = png_set_interlace_handling(png);
        png_read_update_info(png, info);
        size_t row_bytes = png_get_rowbytes(png, info);
        size_t native = (what == SQ_GREY16 && bits <= 8) ? (size_t)w : stride;
        if (row_bytes != native) png_error(png, "unexpected pixel format");
        for (int pass = 0; pass < passes; pass++)
            for (uint32_t y = 0; y < h; y++) png_read_row(png, (png_bytep)out + (size_t)y * stride, NULL);
        if (what == SQ_GREY16 && bits <= 8)
            for (uint32_t y = 0; y < h; y++) {
                uint8_t *row = (uint8_t *)out + (size_t)y * stride;
                uint16_t *wide = (uint16_t *)row;
                for (uint32_t x = w; x-- > 0;) wide[x] = row[x];
            }
    }
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
}

int sq_png_header(const uint8_t *b, size_t n, sq_image_header *header, char *m) { return sq_png(b, n, SQ_HEADER, header, NULL, 0, m); }
int sq_png_rgba8(const uint8_t *b, size_t n, uint8_t *out, size_t c, char *m) { return sq_png(b, n, SQ_RGBA8, NULL, out, c, m); }
int sq_png_grey16(const uint8_t *b, size_t n, uint16_t *out, size_t c, char *m) { return sq_png(b, n, SQ_GREY16, NULL, out, c, m); }
int sq_png_rgb16(const uint8_t *b, size_t n, uint16_t *out, size_t c, char *m) { return sq_png(b, n, SQ_RGB16, NULL, out, c, m); }
