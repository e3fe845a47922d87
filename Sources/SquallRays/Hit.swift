// SquallRays: a two-level BVH8 over placed meshes, and the rays cast into it.
// Must never know: cameras, materials, sensors, the world. A hit is an instance, a triangle and barycentrics.
import SquallGeometry

/// Where a ray met a triangle.
public struct Hit: Sendable, Equatable, BitwiseCopyable {
    public static let none = UInt32.max

    /// Distance in lengths of the direction as given: metres for a unit direction, depth for a direction with z = 1 in camera axes.
    public var t: Float
    /// Index into the scene's instances; `Hit.none` when the ray met nothing.
    public var instance: UInt32
    /// Triangle index within the instance's mesh.
    public var triangle: UInt32
    /// Barycentric weights of the triangle's second and third corner; the first has the rest.
    public var u: Float
    public var v: Float
    /// True where the triangle was declared glass.
    public var glass: Bool

    @inlinable public init(t: Float, instance: UInt32, triangle: UInt32, u: Float, v: Float, glass: Bool) {
        (self.t, self.instance, self.triangle, self.u, self.v, self.glass) = (t, instance, triangle, u, v, glass)
    }

    public static let miss = Hit(t: .infinity, instance: Hit.none, triangle: 0, u: 0, v: 0, glass: false)
    @inlinable public var isHit: Bool { instance != Hit.none }
}

/// How rays meet the triangles of one mesh part.
public struct SurfaceTraits: OptionSet, Sendable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Rays that look through glass pass it.
    public static let glass = SurfaceTraits(rawValue: 1)
    /// Seen from its counter-clockwise side only, as a rasterizer that culls back faces sees it.
    public static let singleSided = SurfaceTraits(rawValue: 2)
    /// Rays pass where its `OpacityMask` cuts.
    static let masked = SurfaceTraits(rawValue: 4)
}

/// What rays need to know about one mesh part.
public struct RaySurface: Sendable {
    public var traits: SurfaceTraits
    /// What is cut out of it, nil for nothing.
    public var mask: OpacityMask?

    public init(_ traits: SurfaceTraits = [], mask: OpacityMask? = nil) {
        self.traits = mask == nil ? traits : traits.union(.masked)
        self.mask = mask
    }
}
