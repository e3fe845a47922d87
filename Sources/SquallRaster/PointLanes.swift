import CSquallKernels
import SquallMath

/// Eight surface points while they are put together from the triangles their lanes see.
struct PointLanes {
    var key = SIMD8<Float>(repeating: 0)
    var instance = SIMD8<Int32>(repeating: 0), triangle = SIMD8<Int32>(repeating: 0), material = SIMD8<Int32>(repeating: 0)
    var motion = SIMD8<Int32>(repeating: 0)
    var normal = Vector8(repeating: .zero)
    var geometric = Vector8(repeating: .zero)
    var u = SIMD8<Float>(repeating: 0), v = SIMD8<Float>(repeating: 0)
    var ux = SIMD8<Float>(repeating: 0), uy = SIMD8<Float>(repeating: 0), vx = SIMD8<Float>(repeating: 0), vy = SIMD8<Float>(repeating: 0)
    var kx = SIMD8<Float>(repeating: 0), ky = SIMD8<Float>(repeating: 0)
    var tangent = Vector8(repeating: .zero)
    var sign = SIMD8<Float>(repeating: 0)

    /// Evaluates a triangle's planes at rays (dx, dy, 1) and keeps the lanes in `mask`; all lanes when `all`.
    @inline(__always)
    mutating func take(_ t: UnsafePointer<ResolvedTriangle>, _ dx: SIMD8<Float>, _ dy: SIMD8<Float>, _ mask: SIMD8<Int32>, all: Bool, inputs: ShadeInputs) {
        func plane(_ p: SIMD3<Float>) -> SIMD8<Float> { sqr_fma(sqr_splat(p.x), dx, sqr_fma(sqr_splat(p.y), dy, sqr_splat(p.z))) }
        func put(_ lanes: inout SIMD8<Float>, _ value: SIMD8<Float>) { lanes = all ? value : sqr_select(mask, value, lanes) }
        func put(_ lanes: inout SIMD8<Int32>, _ value: Int32) { lanes = all ? sqr_splat_i(value) : sqr_select_i(mask, sqr_splat_i(value), lanes) }
        let r = t.pointee
        put(&key, sqr_max(sqr_min(plane(r.key), sqr_splat(r.keyMax)), sqr_splat(r.keyMin)))
        put(&instance, r.instance)
        put(&triangle, r.triangle)
        put(&material, r.material)
        put(&motion, r.motion)
        put(&normal.x, plane(r.normalX))
        put(&normal.y, plane(r.normalY))
        put(&normal.z, plane(r.normalZ))
        if inputs.contains(.geometricNormal) {
            put(&geometric.x, sqr_splat(r.geometricNormal.x))
            put(&geometric.y, sqr_splat(r.geometricNormal.y))
            put(&geometric.z, sqr_splat(r.geometricNormal.z))
        }
        if inputs.contains(.texture) {
            put(&u, plane(r.u))
            put(&v, plane(r.v))
            put(&ux, sqr_splat(r.u.x))
            put(&uy, sqr_splat(r.u.y))
            put(&vx, sqr_splat(r.v.x))
            put(&vy, sqr_splat(r.v.y))
            put(&kx, sqr_splat(r.key.x))
            put(&ky, sqr_splat(r.key.y))
        }
        if inputs.contains(.tangent) {
            put(&tangent.x, sqr_splat(r.tangent.x))
            put(&tangent.y, sqr_splat(r.tangent.y))
            put(&tangent.z, sqr_splat(r.tangent.z))
            put(&sign, sqr_splat(r.bitangentSign))
        }
    }

    /// Divides by the key and normalises.
    @inline(__always)
    func point(_ x: SIMD8<Float>, _ y: SIMD8<Float>, _ dx: SIMD8<Float>, _ dy: SIMD8<Float>, _ active: SIMD8<Int32>, _ eye: EyeLanes, inputs: ShadeInputs) -> ShadePoint8 {
        var p = ShadePoint8()
        (p.active, p.x, p.y) = (active, x, y)
        let z = sqr_splat(1) / key
        p.depth = z
        let length = sqr_fma(normal.x, normal.x, sqr_fma(normal.y, normal.y, normal.z * normal.z))
        let inverse = sqr_splat(1) / sqr_sqrt(sqr_max(length, sqr_splat(1e-30)))
        p.normal = Vector8(x: normal.x * inverse, y: normal.y * inverse, z: normal.z * inverse)
        if inputs.contains(.position) {
            let d = eye.world(dx, dy)
            p.position = Vector8(x: d.x * z, y: d.y * z, z: d.z * z)
        }
        if inputs.contains(.geometricNormal) { p.geometricNormal = geometric }
        if inputs.contains(.texture) {
            p.u = u * z
            p.v = v * z
            let (px, py) = (z * sqr_splat(eye.perX), z * sqr_splat(eye.perY))
            p.dudx = (ux - p.u * kx) * px
            p.dudy = (uy - p.u * ky) * py
            p.dvdx = (vx - p.v * kx) * px
            p.dvdy = (vy - p.v * ky) * py
        }
        if inputs.contains(.tangent) {
            p.tangent = tangent
            p.bitangentSign = sign
        }
        return p
    }
}

/// The camera in the form the resolve reads it.
struct EyeLanes {
    /// World axes of the camera's x, y and z.
    var right: SIMD3<Float>, down: SIMD3<Float>, ahead: SIMD3<Float>
    /// In pixels of the window that is drawn.
    var fx: Float, fy: Float, cx: Float, cy: Float
    /// Ray change per pixel.
    var perX: Float, perY: Float

    init(_ view: View) {
        (right, down, ahead) = (SIMD3<Float>(view.axes.x), SIMD3<Float>(view.axes.y), SIMD3<Float>(view.axes.z))
        (fx, fy, cx, cy) = (Float(view.fx), Float(view.fy), Float(view.cx - Double(view.originX)), Float(view.cy - Double(view.originY)))
        (perX, perY) = (Float(1 / view.fx), Float(1 / view.fy))
    }

    /// (dx, dy, 1) turned into world axes, not normalised.
    @inline(__always) func world(_ dx: SIMD8<Float>, _ dy: SIMD8<Float>) -> Vector8 {
        Vector8(
            x: sqr_fma(sqr_splat(right.x), dx, sqr_fma(sqr_splat(down.x), dy, sqr_splat(ahead.x))),
            y: sqr_fma(sqr_splat(right.y), dx, sqr_fma(sqr_splat(down.y), dy, sqr_splat(ahead.y))),
            z: sqr_fma(sqr_splat(right.z), dx, sqr_fma(sqr_splat(down.z), dy, sqr_splat(ahead.z))))
    }
}
