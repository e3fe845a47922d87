// Bounded decoding of PNG and JPEG bytes in memory (setjmp stays in C), JPEG writing, Deflate for pictures. Must never know: files, Squall types.
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
/// Encodes 8-bit RGB, rows top-down, quality 1...100, colour at half resolution. `*out` is released with `sq_jpeg_release`. Returns 0 on success.
int sq_jpeg_encode(const uint8_t *rgb, uint32_t width, uint32_t height, int quality, uint8_t **out, size_t *count, char *message);
void sq_jpeg_release(uint8_t *bytes);

/// Deflates filtered pictures: runs that repeat after `distance` bytes (a pixel), literals, one Huffman code a block. `capacity` must be at least
/// `sq_deflate_bound(count)`. Returns the number of bytes written, 0 when there is no memory.
size_t sq_deflate(const uint8_t *in, size_t count, uint32_t distance, uint8_t *out, size_t capacity);
size_t sq_deflate_bound(size_t count);
#endif
