import CSquallKernels

/// Eight floats, one per pixel.
public typealias Lanes = SIMD8<Float>
/// Eight integers or lane masks (all ones or zero).
public typealias LaneInts = SIMD8<Int32>

@inlinable @inline(__always) package func splat(_ value: Float) -> Lanes { sqv_splat(value) }
@inlinable @inline(__always) package func clamp01(_ a: Lanes) -> Lanes { sqv_min(sqv_max(a, sqv_splat(0)), sqv_splat(1)) }
@inlinable @inline(__always) package func mix(_ a: Lanes, _ b: Lanes, _ t: Lanes) -> Lanes { sqv_fma(b - a, t, a) }
/// Cubic from 0 at `from` to 1 at `to`.
@inlinable @inline(__always) package func smoothstep(_ from: Float, _ to: Float, _ x: Lanes) -> Lanes {
    let t = clamp01((x - from) * (1 / (to - from)))
    return t * t * (3 - 2 * t)
}
@inlinable @inline(__always) package func dot(_ a: Vector8, _ b: Vector8) -> Lanes { sqv_fma(a.x, b.x, sqv_fma(a.y, b.y, a.z * b.z)) }
@inlinable @inline(__always) package func dot(_ a: Vector8, _ b: SIMD3<Float>) -> Lanes { sqv_fma(a.x, splat(b.x), sqv_fma(a.y, splat(b.y), a.z * b.z)) }

extension Vector8 {
    @inlinable @inline(__always) package static func * (a: Vector8, s: Lanes) -> Vector8 { Vector8(x: a.x * s, y: a.y * s, z: a.z * s) }
    @inlinable @inline(__always) package static func + (a: Vector8, b: Vector8) -> Vector8 { Vector8(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z) }
    @inlinable @inline(__always) package static func + (a: Vector8, b: SIMD3<Float>) -> Vector8 { Vector8(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z) }
    @inlinable @inline(__always) package static prefix func - (a: Vector8) -> Vector8 { Vector8(x: -a.x, y: -a.y, z: -a.z) }
    /// Unit vectors; lanes of zero length stay zero.
    @inlinable @inline(__always) package var normalized: Vector8 { self * (1 / sqv_sqrt(sqv_max(dot(self, self), splat(1e-30)))) }
    /// Mirrored about unit normal `n`: from a direction away from the surface to a direction away from the surface.
    @inlinable @inline(__always) package func reflected(about n: Vector8) -> Vector8 { n * (2 * dot(self, n)) + (-self) }
}

@inlinable @inline(__always) package func cross(_ a: Vector8, _ b: Vector8) -> Vector8 {
    Vector8(x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x)
}

extension Color8 {
    @inlinable @inline(__always) package init(_ rgb: SIMD3<Float>) { self.init(r: splat(rgb.x), g: splat(rgb.y), b: splat(rgb.z)) }
    @inlinable @inline(__always) package static func * (a: Color8, b: Color8) -> Color8 { Color8(r: a.r * b.r, g: a.g * b.g, b: a.b * b.b) }
    @inlinable @inline(__always) package static func * (a: Color8, s: Lanes) -> Color8 { Color8(r: a.r * s, g: a.g * s, b: a.b * s) }
    @inlinable @inline(__always) package static func + (a: Color8, b: Color8) -> Color8 { Color8(r: a.r + b.r, g: a.g + b.g, b: a.b + b.b) }
    @inlinable @inline(__always) package static func - (a: Color8, b: Color8) -> Color8 { Color8(r: a.r - b.r, g: a.g - b.g, b: a.b - b.b) }
    @inlinable @inline(__always) package static func mix(_ a: Color8, _ b: Color8, _ t: Lanes) -> Color8 {
        Color8(r: sqv_fma(b.r - a.r, t, a.r), g: sqv_fma(b.g - a.g, t, a.g), b: sqv_fma(b.b - a.b, t, a.b))
    }
}
