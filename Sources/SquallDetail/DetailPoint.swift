import CSquallKernels
import SquallRaster

/// Eight places on a surface as detail sees them: where in the world, where on the lane, how much of the surface a pixel covers.
struct DetailPoint {
    /// World x and y modulo `DetailNoise.period`, leaning with the height, metres.
    let x: Lanes, y: Lanes
    /// World x, y and z modulo the period, metres.
    let plainX: Lanes, plainY: Lanes, z: Lanes
    /// Texture coordinates and what a pixel spans of them.
    let u: Lanes, v: Lanes, du: Lanes, dv: Lanes
    /// The horizontal part of the unit direction to the eye.
    let eyeX: Lanes, eyeY: Lanes
    /// Metres of ground a pixel covers, between the longer and the shorter side.
    let footprint: Lanes
    /// Octaves of detail that a pixel still resolves, counted from cells of one metre.
    let level: Lanes

    /// - Parameters:
    ///   - origin: the eye modulo the period, metres, leaning with its height.
    ///   - plain: the eye modulo the period, metres.
    ///   - pixelAngle: metres per pixel at one metre.
    @inline(__always) init(_ point: borrowing ShadePoint8, origin: SIMD2<Float>, plain: SIMD3<Float>, pixelAngle: Float) {
        // Leaning with the height, so that steep things are not streaked from top to bottom.
        x = sqv_fma(point.position.z, splat(GroundDetail.lean.x), point.position.x + origin.x)
        y = sqv_fma(point.position.z, splat(GroundDetail.lean.y), point.position.y + origin.y)
        (plainX, plainY, z) = (point.position.x + plain.x, point.position.y + plain.y, point.position.z + plain.z)
        (u, v) = (point.u, point.v)
        du = sqv_sqrt(sqv_fma(point.dudx, point.dudx, point.dudy * point.dudy))
        dv = sqv_sqrt(sqv_fma(point.dvdx, point.dvdx, point.dvdy * point.dvdy))
        let near = 1 / sqv_sqrt(sqv_max(dot(point.position, point.position), splat(1e-6)))
        (eyeX, eyeY) = (-point.position.x * near, -point.position.y * near)
        let facing = sqv_abs(dot(point.normal, point.position)) * near
        let across = point.depth * pixelAngle
        // Between the blur of the longer side and the shimmer of the shorter one.
        footprint = sqv_max(across * sqv_min(0.6 / sqv_max(facing, splat(0.02)), splat(12)), splat(1e-4))
        level = -1 - sqv_log2(footprint)
    }

    /// 1 where features of a wavelength are resolved, 0 where a pixel averages them out.
    @inline(__always) func fade(_ wavelength: Float) -> Lanes { clamp01(wavelength / footprint - 1) }

    /// A field of the finest grain a pixel resolves, -0.5...0.5 and two of them: octaves follow the footprint and blend, so that the
    /// surface is never smooth, never aliases, and nothing moves but finer grain that grows out of coarser as one comes nearer.
    @inline(__always) func grain(seed: Int32) -> (Lanes, Lanes) {
        let clamped = sqv_min(sqv_max(level, splat(-5)), splat(7))
        let base = sqv_floor(clamped), share = clamped - base
        let octave = sqv_int(base)
        let scale = sqv_exp2(base)
        let cells = sqv_int(scale * DetailNoise.period)
        let a = DetailNoise.pair(x * scale, y * scale, cells &- 1, octave &+ seed)
        let b = DetailNoise.pair(x * scale * 2, y * scale * 2, (cells &+ cells) &- 1, octave &+ (seed + 1))
        let rest = 1 - share
        let even = 1 / sqv_sqrt(sqv_fma(share, share, rest * rest))   // both together vary as much as one
        let first = sqv_fma(a.0 - 0.5, rest, (b.0 - 0.5) * share) * even, second = sqv_fma(a.1 - 0.5, rest, (b.1 - 0.5) * share) * even
        return (first, second)
    }

    /// Contrast of grain of a size: full where a pixel resolves it, then falling as a pixel averages more of it.
    @inline(__always) func contrast(_ full: Float, octave: Float, fall: Float = 0.5) -> Lanes {
        sqv_exp2(sqv_min(level - octave, splat(0)) * fall) * full
    }

    /// Value noise in 0...1 with cells of `2^-exponent` m, its mean where a pixel does not resolve it.
    @inline(__always) func field(_ exponent: Int, seed: Int32) -> Lanes {
        let cell: Float = exponent >= 0 ? 1 / Float(1 << exponent) : Float(1 << -exponent)
        let share = fade(cell * 1.5)
        if sqv_bits(sqv_less(splat(0), share)) == 0 { return splat(0.5) }
        return mix(splat(0.5), DetailNoise.value(x, y, exponent: exponent, seed: seed), share)
    }
}

/// What detail changes of a surface.
struct DetailedSurface {
    var albedo: Color8
    var roughness: Lanes
    var normal: Vector8

    @inline(__always) mutating func shade(_ tone: Lanes) { albedo = albedo * tone }

    /// Leans the normal by small slopes along world x and y.
    @inline(__always) mutating func lean(_ sx: Lanes, _ sy: Lanes) {
        normal = Vector8(x: normal.x - sx, y: normal.y - sy, z: normal.z).normalized
    }

    /// Leans the normal by small slopes along a horizontal direction of an upright face and up it.
    @inline(__always) mutating func tilt(_ along: Vector8, _ aside: Lanes, _ up: Lanes) {
        normal = Vector8(x: sqv_fma(along.x, aside, normal.x), y: sqv_fma(along.y, aside, normal.y), z: normal.z + up).normalized
    }

    @inline(__always) mutating func cover(_ color: SIMD3<Float>, roughness other: Float, share: Lanes) {
        albedo = Color8.mix(albedo, Color8(color), share)
        roughness = mix(roughness, splat(other), share)
    }
}
