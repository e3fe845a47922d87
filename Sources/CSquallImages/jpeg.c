#include "CSquallImages.h"
#include <stdio.h>
#include <stdlib.h>
#include <jpeglib.h>
#include <setjmp.h>
#include <string.h>

typedef struct { struct jpeg_error_mgr base; jmp_buf jump; char *message; } sq_jpeg_errors;

static void sq_jpeg_exit(j_common_ptr info) {
    sq_jpeg_errors *errors = (sq_jpeg_errors *)info->err;
    char text[JMSG_LENGTH_MAX];
    info->err->format_message(info, text);
    if (errors->message) { strncpy(errors->message, text, 159); errors->message[159] = 0; }
    longjmp(errors->jump, 1);
}
static void sq_jpeg_quiet(j_common_ptr info, int level) { (void)info; (void)level; }

static int sq_jpeg(const uint8_t *bytes, size_t count, sq_image_header *header, uint8_t *out, size_t capacity, char *message) {
    struct jpeg_decompress_struct info;
    sq_jpeg_errors errors;
    memset(&info, 0, sizeof info);
    info.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = sq_jpeg_exit;
    errors.base.emit_message = sq_jpeg_quiet;
    errors.message = message;
    if (setjmp(errors.jump)) { jpeg_destroy_decompress(&info); return -1; }
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, bytes, (unsigned long)count);
    jpeg_read_header(&info, TRUE);
    if (header) { header->width = info.image_width; header->height = info.image_height; header->channels = (uint32_t)info.num_components; header->bits = 8; }
    if (out) {
        if (info.image_width > 16384 || info.image_height > 16384 || (size_t)info.image_width * info.image_height * 4 > capacity) {
            if (message) strcpy(message, "the picture is larger than 16384 pixels or than its header promised");
            jpeg_destroy_decompress(&info);
            return -1;
        }
        info.out_color_space = JCS_EXT_RGBA;
        info.dct_method = JDCT_ISLOW;
        jpeg_start_decompress(&info);
        while (info.output_scanline < info.output_height) {
            JSAMPROW row = out + (size_t)info.output_scanline * info.output_width * 4;
            jpeg_read_scanlines(&info, &row, 1);
        }
        jpeg_finish_decompress(&info);
    }
    jpeg_destroy_decompress(&info);
    return 0;
}

int sq_jpeg_header(const uint8_t *b, size_t n, sq_image_header *header, char *m) { return sq_jpeg(b, n, header, NULL, 0, m); }
int sq_jpeg_rgba8(const uint8_t *b, size_t n, uint8_t *out, size_t c, char *m) { return sq_jpeg(b, n, NULL, out, c, m); }

int sq_jpeg_encode(const uint8_t *rgb, uint32_t width, uint32_t height, int quality, uint8_t **out, size_t *count, char *message) {
    struct jpeg_compress_struct info;
    sq_jpeg_errors errors;
    unsigned char *bytes = NULL;
    unsigned long size = 0;
    memset(&info, 0, sizeof info);
    info.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = sq_jpeg_exit;
    errors.base.emit_message = sq_jpeg_quiet;
    errors.message = message;
    if (setjmp(errors.jump)) { jpeg_destroy_compress(&info); free(bytes); return -1; }
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &bytes, &size);
    info.image_width = width;
    info.image_height = height;
    info.input_components = 3;
    info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    info.dct_method = JDCT_ISLOW;
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < height) {
        JSAMPROW row = (JSAMPROW)(rgb + (size_t)info.next_scanline * width * 3);
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    *out = bytes;
    *count = size;
    return 0;
}

void sq_jpeg_release(uint8_t *bytes) { free(bytes); }
