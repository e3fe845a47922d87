import SquallGeometry
import SquallMath

/// How far an instance reaches.
extension PreparedMeshes {
    /// A sphere in the world around all of an instance, metres; nil when it names no mesh or its place is not finite.
    public func sphere(of instance: MeshInstance) -> (center: Vec3, radius: Double)? {
        guard instance.mesh >= 0, instance.mesh < meshCount else { return nil }
        let mesh = attributes.base[Int(instance.mesh)], map = instance.transform
        let shape = instance.shape.flatMap { $0.positions.count == mesh.vertexCount ? $0 : nil }
        let center = map * Vec3(shape?.bounds.center ?? mesh.center)
        let radius = Double(shape?.radius ?? mesh.radius) * map.stretch * 1.001 + 1e-3
        return center.x.isFinite && center.y.isFinite && center.z.isFinite && radius.isFinite ? (center, radius) : nil
    }
}
