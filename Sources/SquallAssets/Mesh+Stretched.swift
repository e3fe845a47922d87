import SquallGeometry
import SquallMath

/// A mesh made to fill a box.
extension Mesh {
    /// The same mesh moved and stretched, axis by axis, to touch a box on six sides.
    package func stretched(to size: Vec3, around center: Vec3) -> Mesh {
        let (from, wanted, middle) = (bounds, Vec3f(size), Vec3f(center))
        guard from.size.min() > 1e-5 else { return self }
        let scale = wanted / from.size
        return Mesh(
            positions: positions.map { middle + ($0 - from.center) * scale }, normals: normals.map { ($0 / scale).normalized }, textureCoordinates: textureCoordinates,
            indices: indices, parts: parts)
    }
}
