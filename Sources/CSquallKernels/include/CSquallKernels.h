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

/// 1 when this CPU has what the build needs (AVX2 and FMA in the default build).
SQ_INLINE int sq_cpu_matches_build(void) {
#if defined(__AVX2__) && defined(__x86_64__)
    unsigned a, b, c, d;
    __asm__ volatile("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(7), "c"(0));
    int avx2 = (b >> 5) & 1;
    __asm__ volatile("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(1), "c"(0));
    return avx2 && ((c >> 12) & 1);
#else
    return 1;
#endif
}

#endif
