import CSquallKernels
import SquallMath
import SquallRaster

/// Eight rays of a picture, camera axes: where they go, how that changes per pixel, what they met.
struct RayGroup {
    /// Lanes that see anything at all through the lens.
    var active = SIMD8<Int32>(repeating: 0)
    var x = SIMD8<Float>(repeating: 0), y = SIMD8<Float>(repeating: 0)
    /// Unit directions, and their change per pixel right and down.
    var direction = Vector8(repeating: .zero), right = Vector8(repeating: .zero), down = Vector8(repeating: .zero)
    /// Instance and triangle met, -1 for none.
    var instance = SIMD8<Int32>(repeating: -1), triangle = SIMD8<Int32>(repeating: 0)
}

/// Eight surface points while they are put together from the triangles that rays met: as `PointLanes`, over directions of any kind instead of
/// (dx, dy, 1), so that nothing breaks at 90 degrees off the axis. The key is one over the range.
struct RayLanes {
    var key = SIMD8<Float>(repeating: 1)
    var keyX = SIMD8<Float>(repeating: 0), keyY = SIMD8<Float>(repeating: 0)
    var material = SIMD8<Int32>(repeating: 0)
    /// Change of the normal's planes per pixel right and down.
    var normalRight = Vector8(repeating: .zero), normalDown = Vector8(repeating: .zero)
    var normal = Vector8(repeating: .zero), geometric = Vector8(repeating: .zero), tangent = Vector8(repeating: .zero)
    var u = SIMD8<Float>(repeating: 0), v = SIMD8<Float>(repeating: 0)
    var ux = SIMD8<Float>(repeating: 0), uy = SIMD8<Float>(repeating: 0), vx = SIMD8<Float>(repeating: 0), vy = SIMD8<Float>(repeating: 0)
    var sign = SIMD8<Float>(repeating: 1)

    @inline(__always) private static func plane(_ p: SIMD3<Float>, _ d: Vector8) -> SIMD8<Float> {
        sqv_fma(sqv_splat(p.x), d.x, sqv_fma(sqv_splat(p.y), d.y, sqv_splat(p.z) * d.z))
    }

    /// Evaluates a triangle's planes at the group's rays and keeps the lanes in `mask`.
    @inline(__always) mutating func take(_ t: UnsafePointer<ResolvedTriangle>, _ g: borrowing RayGroup, _ mask: SIMD8<Int32>) {
        func put(_ lanes: inout SIMD8<Float>, _ value: SIMD8<Float>) { lanes = sqv_blend(mask, value, lanes) }
        func put(_ lanes: inout Vector8, _ value: SIMD3<Float>) {
            put(&lanes.x, sqv_splat(value.x))
            put(&lanes.y, sqv_splat(value.y))
            put(&lanes.z, sqv_splat(value.z))
        }
        let r = t.pointee
        put(&key, Self.plane(r.key, g.direction))
        put(&keyX, Self.plane(r.key, g.right))
        put(&keyY, Self.plane(r.key, g.down))
        material = sqv_blend_i(mask, sqv_splat_i(r.material), material)
        put(&normal.x, Self.plane(r.normalX, g.direction))
        put(&normal.y, Self.plane(r.normalY, g.direction))
        put(&normal.z, Self.plane(r.normalZ, g.direction))
        put(&normalRight.x, Self.plane(r.normalX, g.right))
        put(&normalRight.y, Self.plane(r.normalY, g.right))
        put(&normalRight.z, Self.plane(r.normalZ, g.right))
        put(&normalDown.x, Self.plane(r.normalX, g.down))
        put(&normalDown.y, Self.plane(r.normalY, g.down))
        put(&normalDown.z, Self.plane(r.normalZ, g.down))
        put(&geometric, r.geometricNormal)
        put(&u, Self.plane(r.u, g.direction))
        put(&v, Self.plane(r.v, g.direction))
        put(&ux, Self.plane(r.u, g.right))
        put(&uy, Self.plane(r.u, g.down))
        put(&vx, Self.plane(r.v, g.right))
        put(&vy, Self.plane(r.v, g.down))
        put(&tangent, r.tangent)
        put(&sign, sqv_splat(r.bitangentSign))
    }

    /// Divides by the key and normalises.
    /// - Parameters:
    ///   - axes: of the camera, in the world.
    ///   - offset: from the eye that positions count from to the rays' own.
    ///   - measuresRange: whether the depth that shaders read is the range.
    @inline(__always)
    func point(
        _ g: borrowing RayGroup, axes: (x: SIMD3<Float>, y: SIMD3<Float>, z: SIMD3<Float>), offset: SIMD3<Float>, measuresRange: Bool
    ) -> ShadePoint8 {
        var p = ShadePoint8()
        (p.x, p.y) = (g.x, g.y)
        let range = sqv_splat(1) / sqv_max(key, sqv_splat(1e-6))
        p.depth = measuresRange ? range : range * g.direction.z
        let length = sqv_fma(normal.x, normal.x, sqv_fma(normal.y, normal.y, normal.z * normal.z))
        let inverse = sqv_splat(1) / sqv_sqrt(sqv_max(length, sqv_splat(1e-30)))
        p.normal = Vector8(x: normal.x * inverse, y: normal.y * inverse, z: normal.z * inverse)
        p.normalChange = (turn(normalRight, p.normal) + turn(normalDown, p.normal)) * inverse * inverse
        let d = RayLanes.world(g.direction, axes)
        p.position = Vector8(
            x: sqv_fma(d.x, range, sqv_splat(offset.x)), y: sqv_fma(d.y, range, sqv_splat(offset.y)), z: sqv_fma(d.z, range, sqv_splat(offset.z)))
        p.geometricNormal = geometric
        p.u = u * range
        p.v = v * range
        p.dudx = (ux - p.u * keyX) * range
        p.dudy = (uy - p.u * keyY) * range
        p.dvdx = (vx - p.v * keyX) * range
        p.dvdy = (vy - p.v * keyY) * range
        (p.tangent, p.bitangentSign) = (tangent, sign)
        return p
    }

    /// Squared length of what a change has across the normal: what turns it.
    @inline(__always) private func turn(_ change: Vector8, _ normal: Vector8) -> SIMD8<Float> {
        let along = dot(change, normal)
        return sqv_max(dot(change, change) - along * along, sqv_splat(0))
    }

    @inline(__always) static func world(_ d: Vector8, _ axes: (x: SIMD3<Float>, y: SIMD3<Float>, z: SIMD3<Float>)) -> Vector8 {
        Vector8(
            x: sqv_fma(sqv_splat(axes.x.x), d.x, sqv_fma(sqv_splat(axes.y.x), d.y, sqv_splat(axes.z.x) * d.z)),
            y: sqv_fma(sqv_splat(axes.x.y), d.x, sqv_fma(sqv_splat(axes.y.y), d.y, sqv_splat(axes.z.y) * d.z)),
            z: sqv_fma(sqv_splat(axes.x.z), d.x, sqv_fma(sqv_splat(axes.y.z), d.y, sqv_splat(axes.z.z) * d.z)))
    }
}
