import SquallGeometry
import SquallMath
import SquallRaster

/// Who covers a point between pixel centres: the triangles that the centres around it see, met by the very ray through the point.
///
/// Silhouettes pass between centres, so that what a centre sees says little about a point half a pixel away. What no centre nearby sees
/// (triangles much smaller than a pixel) is not asked.
///
/// Neighbouring points ask for the same triangles: those met last are kept ready. For one thread.
final class FlowSilhouette {
    private let meshes: [Mesh]
    private let instances: [MeshInstance]
    /// Camera from mesh, by instance.
    private let transforms: [Affine]
    private let cameraFromWorld: Affine
    private let camera: (fx: Double, fy: Double, cx: Double, cy: Double)
    private let covers: UnsafeMutablePointer<Cover>
    private let ready: UnsafeMutablePointer<Facet>
    private let prepared: PreparedMeshes?
    private static let slots = 4096

    /// Which triangle a slot keeps, and what it covers of the picture: most points asked for lie aside, and need not load the rest.
    private struct Cover {
        var key: UInt64 = .max
        var low = Vec2f.zero, high = Vec2f.zero
    }

    /// A triangle in camera axes as a ray from the eye meets it (Moller and Trumbore 1997): for a direction d, with D = d . normal, the ray
    /// meets its plane at depth `offset` / D and edge coordinates d . u / D and d . v / D.
    private struct Facet {
        var u = Vec3.zero, v = Vec3.zero, normal = Vec3.zero
        var offset = 0.0
        /// A material with holes and the texture coordinates of the corners; -1 for what is whole.
        var holed: Int32 = -1
        var texture = (Vec2f.zero, Vec2f.zero, Vec2f.zero)
    }

    /// - Parameter prepared: knows the holes of leaves; without it every triangle is whole.
    init(_ meshes: [Mesh], _ prepared: PreparedMeshes?, _ view: FlowOcclusion.View, fx: Double, fy: Double, cx: Double, cy: Double) {
        self.prepared = prepared
        let cameraFromWorld = Affine(view.pose.inverse)
        self.cameraFromWorld = cameraFromWorld
        (self.meshes, instances, camera) = (meshes, view.instances, (fx, fy, cx, cy))
        transforms = view.instances.map { cameraFromWorld * $0.transform }
        covers = .allocate(capacity: Self.slots)
        covers.initialize(repeating: Cover(), count: Self.slots)
        ready = .allocate(capacity: Self.slots)
        ready.initialize(repeating: Facet(), count: Self.slots)
    }

    deinit {
        covers.deallocate()
        ready.deallocate()
    }

    /// In camera axes, as the mesh is bent at the view's instant.
    private func corners(_ index: Int, _ triangle: Int) -> (Vec3, Vec3, Vec3) {
        let instance = instances[index]
        guard instance.shape == nil else {
            let bent = instance.corners(triangle, of: meshes[Int(instance.mesh)])
            return (cameraFromWorld * bent.0, cameraFromWorld * bent.1, cameraFromWorld * bent.2)
        }
        let corners = meshes[Int(instance.mesh)].corners(triangle)
        return (transforms[index] * Vec3(corners.0), transforms[index] * Vec3(corners.1), transforms[index] * Vec3(corners.2))
    }

    @inline(never)
    private func prepare(_ key: UInt64, _ slot: Int) {
        let (a, b, c) = corners(Int(key >> 32), Int(key & 0xffff_ffff))
        let (e1, e2) = (b - a, c - a)
        covers[slot] = cover(key, a, b, c)
        ready[slot] = Facet(u: cross(a, e2), v: cross(e1, a), normal: cross(e2, e1), offset: dot(cross(e1, a), e2))
        noteHoles(instances[Int(key >> 32)], Int(key & 0xffff_ffff), slot)
    }

    /// Grown by a hundredth of a pixel, more than rounding takes; everything where the triangle reaches behind the eye.
    private func cover(_ key: UInt64, _ a: Vec3, _ b: Vec3, _ c: Vec3) -> Cover {
        guard min(a.z, b.z, c.z) > 1e-3 else { return Cover(key: key, low: Vec2f(repeating: -.infinity), high: Vec2f(repeating: .infinity)) }
        let (p, q, r) = (pixel(a), pixel(b), pixel(c))
        return Cover(key: key, low: pointwiseMin(p, pointwiseMin(q, r)) - 0.01, high: pointwiseMax(p, pointwiseMax(q, r)) + 0.01)
    }

    private func pixel(_ p: Vec3) -> Vec2f { Vec2f(Float(p.x / p.z * camera.fx + camera.cx), Float(p.y / p.z * camera.fy + camera.cy)) }

    private func noteHoles(_ instance: MeshInstance, _ triangle: Int, _ slot: Int) {
        let mesh = meshes[Int(instance.mesh)]
        guard let prepared, !mesh.textureCoordinates.isEmpty else { return }
        guard let part = mesh.parts.first(where: { ($0.firstTriangle..<$0.firstTriangle + $0.triangleCount).contains(triangle) }) else { return }
        let material = instance.materialBase + Int32(part.slot)
        guard prepared.hasHoles(material) else { return }
        let corner = { (k: Int) in mesh.textureCoordinates[Int(mesh.indices[3 * triangle + k])] }
        ready[slot].holed = material
        ready[slot].texture = (corner(0), corner(1), corner(2))
    }

    /// Whether a triangle is one of leaves.
    func hasHoles(instance: UInt32, triangle: UInt32) -> Bool { ready[slot(UInt64(instance) << 32 | UInt64(triangle))].holed >= 0 }

    /// Where a triangle is kept, after it was made ready.
    @inline(__always)
    private func slot(_ key: UInt64) -> Int {
        let slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 52)
        if covers[slot].key != key { prepare(key, slot) }
        return slot
    }

    /// Depth (m) at which the ray through a pixel position meets a triangle; nil where it passes.
    @inline(__always)
    func depth(instance: UInt32, triangle: UInt32, at q: Vec2f) -> Double? {
        let slot = slot(UInt64(instance) << 32 | UInt64(triangle))
        guard all(q .>= covers[slot].low .& q .<= covers[slot].high) else { return nil }
        let ray = Vec3((Double(q.x) - camera.cx) / camera.fx, (Double(q.y) - camera.cy) / camera.fy, 1)
        let determinant = dot(ray, ready[slot].normal)
        guard determinant != 0 else { return nil }
        let inverse = 1 / determinant
        let u = dot(ray, ready[slot].u) * inverse
        guard u >= 0, u <= 1 else { return nil }
        let v = dot(ray, ready[slot].v) * inverse
        guard v >= 0, u + v <= 1 else { return nil }
        let t = ready[slot].offset * inverse
        if ready[slot].holed >= 0, isHole(slot, Float(u), Float(v)) { return nil }
        return t > 0 ? t : nil
    }

    @inline(never)
    private func isHole(_ slot: Int, _ u: Float, _ v: Float) -> Bool {
        let (a, b, c) = ready[slot].texture
        let at = a + (b - a) * u + (c - a) * v
        return prepared?.isHole(ready[slot].holed, u: at.x, v: at.y) ?? false
    }
}
