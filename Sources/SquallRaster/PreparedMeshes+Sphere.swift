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
        // The Frobenius norm is no less than what a matrix stretches by.
        let stretch = (dot(map.x, map.x) + dot(map.y, map.y) + dot(map.z, map.z)).squareRoot()
        let longest = max(map.x.length, map.y.length, map.z.length)
        let isSheared = abs(dot(map.x, map.y)) + abs(dot(map.y, map.z)) + abs(dot(map.z, map.x)) > 1e-6 * longest * longest
        let radius = Double(shape?.radius ?? mesh.radius) * (isSheared ? stretch : longest) * 1.001 + 1e-3
        return center.x.isFinite && center.y.isFinite && center.z.isFinite && radius.isFinite ? (center, radius) : nil
    }
}
