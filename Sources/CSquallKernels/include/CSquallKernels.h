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

SQ_INLINE sq_f8 sq_ray_splat(float v) { return (sq_f8){v, v, v, v, v, v, v, v}; }

SQ_INLINE uint32_t sq_ray_mask(sq_i8 lanes) {
#if defined(__AVX__)
    return (uint32_t)_mm256_movemask_ps((__m256)lanes);
#else
    uint32_t mask = 0;
    for (int i = 0; i < 8; i++) mask |= ((uint32_t)lanes[i] >> 31) << i;
    return mask;
#endif
}

SQ_INLINE float sq_ray_absolute(float v) { return v < 0 ? -v : v; }

/// Prepares a ray; 0 when it has no direction or anything is not finite. Components nearer to zero than 1e-18 count as that,
/// so that no slab test multiplies zero by infinity.
SQ_INLINE int sq_ray_prepare(sq_ray *ray, float ox, float oy, float oz, float dx, float dy, float dz, float minimum) {
    float d[3] = {dx, dy, dz};
    float ax = sq_ray_absolute(dx), ay = sq_ray_absolute(dy), az = sq_ray_absolute(dz);
    float sum = ax + ay + az;
    if (!(sum > 0) || !(sum < 3e38f) || !(sq_ray_absolute(ox) + sq_ray_absolute(oy) + sq_ray_absolute(oz) < 3e38f)) return 0;
    ray->origin[0] = ox; ray->origin[1] = oy; ray->origin[2] = oz;
    for (int a = 0; a < 3; a++) {
        float c = sq_ray_absolute(d[a]) < 1e-18f ? 1e-18f : d[a];
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
    sq_f8 near = sq_ray_splat(ray->minimum), far = sq_ray_splat(maximum);
#pragma clang loop unroll(full)
    for (int a = 0; a < 3; a++) {
        sq_f8 o = sq_ray_splat(ray->origin[a]), r = sq_ray_splat(ray->reciprocal[a]);
        const char *slab = base + 64 * a;
        sq_f8 n = (*(const sq_f8 *)(slab + ray->nearBound[a]) - o) * r;
        sq_f8 f = (*(const sq_f8 *)(slab + (ray->nearBound[a] ^ 32)) - o) * (r * 1.0000005f);
        near = n > near ? n : near;
        far = f < far ? f : far;
    }
    *(sq_f8 *)entry = near;
    return sq_ray_mask(near <= far);
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
    sq_f8 ox = sq_ray_splat(ray->origin[ray->axis[0]]), oy = sq_ray_splat(ray->origin[ray->axis[1]]), oz = sq_ray_splat(ray->origin[ray->axis[2]]);
    sq_f8 sx = sq_ray_splat(ray->shear[0]), sy = sq_ray_splat(ray->shear[1]);
    sq_f8 az = pz[0] - oz, bz = pz[1] - oz, cz = pz[2] - oz;
    sq_f8 ax = (px[0] - ox) - sx * az, ay = (py[0] - oy) - sy * az;
    sq_f8 bx = (px[1] - ox) - sx * bz, by = (py[1] - oy) - sy * bz;
    sq_f8 cx = (px[2] - ox) - sx * cz, cy = (py[2] - oy) - sy * cz;
    sq_f8 u = cx * by - cy * bx, v = ax * cy - ay * cx, w = bx * ay - by * ax;
    sq_f8 zero = sq_ray_splat(0);
    sq_i8 inside = ((u >= zero) & (v >= zero) & (w >= zero)) | ((u <= zero) & (v <= zero) & (w <= zero));
    uint32_t mask = sq_ray_mask(inside);
    if (mask == 0) return 0;
    sq_f8 determinant = u + v + w;
    sq_f8 sum = u * az + v * bz + w * cz;
    sq_f8 inverse = sq_ray_splat(1) / determinant;
    sq_f8 t = sum * sq_ray_splat(ray->shear[2]) * inverse;
    mask &= sq_ray_mask((determinant != zero) & (t > sq_ray_splat(ray->minimum)) & (t < sq_ray_splat(maximum)));
    if (mask == 0) return 0;
    sq_f8 *out = (sq_f8 *)found;
    out[0] = t;
    out[1] = v * inverse;
    out[2] = w * inverse;
    out[3] = determinant;
    return mask;
}

#endif
