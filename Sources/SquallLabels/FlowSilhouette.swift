import SquallGeometry
import SquallMath

/// Who covers a point between pixel centres: the triangles that the centres around it see, met by the very ray through the point.
///
/// Silhouettes pass between centres, so that what a centre sees says little about a point half a pixel away. What no centre nearby sees
/// (triangles much smaller than a pixel) is not asked.
struct FlowSilhouette {
    private let meshes: [Mesh]
    private let instances: [MeshInstance]
    /// Camera from mesh, by instance.
    private let transforms: [Affine]
    private let cameraFromWorld: Affine
    private let camera: (fx: Double, fy: Double, cx: Double, cy: Double)

    init(_ meshes: [Mesh], _ view: FlowOcclusion.View, fx: Double, fy: Double, cx: Double, cy: Double) {
        let cameraFromWorld = Affine(view.pose.inverse)
        self.cameraFromWorld = cameraFromWorld
        (self.meshes, instances, camera) = (meshes, view.instances, (fx, fy, cx, cy))
        transforms = view.instances.map { cameraFromWorld * $0.transform }
    }

    /// In camera axes, as the mesh is bent at the view's instant.
    @inline(__always)
    private func corners(_ index: Int, _ triangle: Int) -> (Vec3, Vec3, Vec3) {
        let instance = instances[index]
        guard instance.shape == nil else {
            let bent = instance.corners(triangle, of: meshes[Int(instance.mesh)])
            return (cameraFromWorld * bent.0, cameraFromWorld * bent.1, cameraFromWorld * bent.2)
        }
        let corners = meshes[Int(instance.mesh)].corners(triangle)
        return (transforms[index] * Vec3(corners.0), transforms[index] * Vec3(corners.1), transforms[index] * Vec3(corners.2))
    }

    /// Depth (m) at which the ray through a pixel position meets a triangle; nil where it passes (Moller and Trumbore 1997).
    func depth(instance: UInt32, triangle: UInt32, at q: Vec2f) -> Double? {
        let index = Int(instance)
        let (a, b, c) = corners(index, Int(triangle))
        let ray = Vec3((Double(q.x) - camera.cx) / camera.fx, (Double(q.y) - camera.cy) / camera.fy, 1)
        let (e1, e2) = (b - a, c - a)
        let p = cross(ray, e2)
        let determinant = dot(e1, p)
        guard determinant != 0 else { return nil }
        let u = -dot(a, p) / determinant
        guard u >= 0, u <= 1 else { return nil }
        let s = cross(-a, e1)
        let v = dot(ray, s) / determinant
        guard v >= 0, u + v <= 1 else { return nil }
        let t = dot(e2, s) / determinant
        return t > 0 ? t : nil
    }
}
