// SquallMath: vectors, poses, units, time ticks, counter-based random numbers, the worker pool.
// Must never know: everything else. No files, no scene, no meshes.

public typealias Vec2 = SIMD2<Double>
public typealias Vec3 = SIMD3<Double>
public typealias Vec4 = SIMD4<Double>
public typealias Vec2f = SIMD2<Float>
public typealias Vec3f = SIMD3<Float>
public typealias Vec4f = SIMD4<Float>

@inlinable @inline(__always) public func dot<S: FloatingPoint>(_ a: SIMD3<S>, _ b: SIMD3<S>) -> S { a.x * b.x + a.y * b.y + a.z * b.z }
@inlinable @inline(__always) public func dot<S: FloatingPoint>(_ a: SIMD2<S>, _ b: SIMD2<S>) -> S { a.x * b.x + a.y * b.y }

@inlinable @inline(__always) public func cross<S: FloatingPoint>(_ a: SIMD3<S>, _ b: SIMD3<S>) -> SIMD3<S> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}
/// The z component of the cross product: positive when `b` is counter-clockwise of `a`.
@inlinable @inline(__always) public func cross<S: FloatingPoint>(_ a: SIMD2<S>, _ b: SIMD2<S>) -> S { a.x * b.y - a.y * b.x }

extension SIMD3 where Scalar: FloatingPoint {
    @inlinable public var length: Scalar { dot(self, self).squareRoot() }
    @inlinable public var lengthSquared: Scalar { dot(self, self) }
    /// The unit vector, or zero for a vector shorter than `Scalar.leastNormalMagnitude`.
    @inlinable public var normalized: SIMD3 {
        let l = length
        return l > Scalar.leastNormalMagnitude ? self / l : .zero
    }
    @inlinable public var xy: SIMD2<Scalar> { SIMD2(x, y) }
}

extension SIMD2 where Scalar: FloatingPoint {
    @inlinable public var length: Scalar { dot(self, self).squareRoot() }
    @inlinable public var normalized: SIMD2 {
        let l = length
        return l > Scalar.leastNormalMagnitude ? self / l : .zero
    }
    /// A quarter turn counter-clockwise.
    @inlinable public var left: SIMD2 { SIMD2(-y, x) }
}

/// The angle wrapped to [-pi, pi).
@inlinable public func wrapAngle(_ angle: Double) -> Double {
    var a = (angle + .pi).truncatingRemainder(dividingBy: 2 * .pi)
    if a < 0 { a += 2 * .pi }
    // Rounding may lift a value just below a whole turn onto it.
    return a < 2 * .pi ? a - .pi : -.pi
}

extension Comparable {
    @inlinable public func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}

@inlinable public func lerp(_ a: Double, _ b: Double, _ t: Double) -> Double { a + (b - a) * t }
@inlinable public func lerp(_ a: Vec3, _ b: Vec3, _ t: Double) -> Vec3 { a + (b - a) * t }
