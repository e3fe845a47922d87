import CSquallKernels
import SquallMath

/// Eight surface points while they are put together from the triangles their lanes see.
struct PointLanes {
    var key = SIMD8<Float>(repeating: 0)
    var instance = SIMD8<Int32>(repeating: 0), triangle = SIMD8<Int32>(repeating: 0), material = SIMD8<Int32>(repeating: 0)
    var motion = SIMD8<Int32>(repeating: 0)
    var normal = Vector8(repeating: .zero)
    var geometric = Vector8(repeating: .zero)
    var bend = SIMD8<Float>(repeating: 0)
    var u = SIMD8<Float>(repeating: 0), v = SIMD8<Float>(repeating: 0)
    var ux = SIMD8<Float>(repeating: 0), uy = SIMD8<Float>(repeating: 0), vx = SIMD8<Float>(repeating: 0), vy = SIMD8<Float>(repeating: 0)
    var kx = SIMD8<Float>(repeating: 0), ky = SIMD8<Float>(repeating: 0)
    var tangent = Vector8(repeating: .zero)
    var sign = SIMD8<Float>(repeating: 0)

    /// Evaluates a triangle's planes at rays (dx, dy, 1) and keeps the lanes in `mask`; all lanes when `all`.
    @inline(__always)
    mutating func take(_ t: UnsafePointer<ResolvedTriangle>, _ dx: SIMD8<Float>, _ dy: SIMD8<Float>, _ mask: SIMD8<Int32>, all: Bool, inputs: ShadeInputs) {
        func plane(_ p: SIMD3<Float>) -> SIMD8<Float> { sqv_fma(sqv_splat(p.x), dx, sqv_fma(sqv_splat(p.y), dy, sqv_splat(p.z))) }
        func put(_ lanes: inout SIMD8<Float>, _ value: SIMD8<Float>) { lanes = all ? value : sqv_blend(mask, value, lanes) }
        func put(_ lanes: inout SIMD8<Int32>, _ value: Int32) { lanes = all ? sqv_splat_i(value) : sqv_blend_i(mask, sqv_splat_i(value), lanes) }
        let r = t.pointee
        put(&key, sqv_max(sqv_min(plane(r.key), sqv_splat(r.keyMax)), sqv_splat(r.keyMin)))
        put(&instance, r.instance)
        put(&triangle, r.triangle)
        put(&material, r.material)
        put(&motion, r.motion)
        put(&normal.x, plane(r.normalX))
        put(&normal.y, plane(r.normalY))
        put(&normal.z, plane(r.normalZ))
        if inputs.contains(.geometricNormal) {
            put(&geometric.x, sqv_splat(r.geometricNormal.x))
            put(&geometric.y, sqv_splat(r.geometricNormal.y))
            put(&geometric.z, sqv_splat(r.geometricNormal.z))
        }
        if inputs.contains(.normalChange) { put(&bend, sqv_splat(r.bend)) }
        if inputs.contains(.texture) {
            put(&u, plane(r.u))
            put(&v, plane(r.v))
            put(&ux, sqv_splat(r.u.x))
            put(&uy, sqv_splat(r.u.y))
            put(&vx, sqv_splat(r.v.x))
            put(&vy, sqv_splat(r.v.y))
            put(&kx, sqv_splat(r.key.x))
            put(&ky, sqv_splat(r.key.y))
        }
        if inputs.contains(.tangent) {
            put(&tangent.x, sqv_splat(r.tangent.x))
            put(&tangent.y, sqv_splat(r.tangent.y))
            put(&tangent.z, sqv_splat(r.tangent.z))
            put(&sign, sqv_splat(r.bitangentSign))
        }
    }

    /// Divides by the key and normalises.
    @inline(__always)
    func point(_ x: SIMD8<Float>, _ y: SIMD8<Float>, _ dx: SIMD8<Float>, _ dy: SIMD8<Float>, _ active: SIMD8<Int32>, _ eye: EyeLanes, inputs: ShadeInputs) -> ShadePoint8 {
        var p = ShadePoint8()
        (p.active, p.x, p.y) = (active, x, y)
        let z = sqv_splat(1) / key
        p.depth = z
        let length = sqv_fma(normal.x, normal.x, sqv_fma(normal.y, normal.y, normal.z * normal.z))
        let inverse = sqv_splat(1) / sqv_sqrt(sqv_max(length, sqv_splat(1e-30)))
        p.normal = Vector8(x: normal.x * inverse, y: normal.y * inverse, z: normal.z * inverse)
        if inputs.contains(.position) {
            let d = eye.world(dx, dy)
            p.position = Vector8(x: d.x * z, y: d.y * z, z: d.z * z)
        }
        if inputs.contains(.geometricNormal) { p.geometricNormal = geometric }
        if inputs.contains(.normalChange) { p.normalChange = bend * inverse * inverse * sqv_splat(eye.perX * eye.perY) }
        if inputs.contains(.texture) {
            p.u = u * z
            p.v = v * z
            let (px, py) = (z * sqv_splat(eye.perX), z * sqv_splat(eye.perY))
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
            x: sqv_fma(sqv_splat(right.x), dx, sqv_fma(sqv_splat(down.x), dy, sqv_splat(ahead.x))),
            y: sqv_fma(sqv_splat(right.y), dx, sqv_fma(sqv_splat(down.y), dy, sqv_splat(ahead.y))),
            z: sqv_fma(sqv_splat(right.z), dx, sqv_fma(sqv_splat(down.z), dy, sqv_splat(ahead.z))))
    }
}
