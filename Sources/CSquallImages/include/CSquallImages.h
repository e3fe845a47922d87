// Bounded decoding of PNG and JPEG bytes in memory (setjmp stays in C). Must never know: files, Squall types.
#ifndef C_SQUALL_IMAGES_H
#define C_SQUALL_IMAGES_H
#include <stddef.h>
#include <stdint.h>

typedef struct { uint32_t width, height, channels, bits; } sq_image_header;

/// Reads only the header. Returns 0 on success, else a negative code; `message` gets a reason (at least 160 bytes).
int sq_png_header(const uint8_t *bytes, size_t count, sq_image_header *header, char *message);
/// Decodes to 8-bit RGBA, rows top-down, `out` of width*height*4 bytes as `sq_png_header` said.
int sq_png_rgba8(const uint8_t *bytes, size_t count, uint8_t *out, size_t capacity, char *message);
/// Decodes 16-bit grey (or 8-bit grey widened without scaling) to host-endian uint16, `out` of width*height values.
int sq_png_grey16(const uint8_t *bytes, size_t count, uint16_t *out, size_t capacity, char *message);
/// Decodes 16-bit RGB to host-endian uint16 triples, `out` of width*height*3 values.
int sq_png_rgb16(const uint8_t *bytes, size_t count, uint16_t *out, size_t capacity, char *message);
int sq_jpeg_header(const uint8_t *bytes, size_t count, sq_image_header *header, char *message);
int sq_jpeg_rgba8(const uint8_t *bytes, size_t count, uint8_t *out, size_t capacity, char *message);
#endif
