import SquallGeometry
import SquallMath

/// The holes of alpha-masked mesh parts, asked for one triangle at a time. Triangles without a mask never come here.
final class CutOuts: Sendable {
    private struct Triangle: Sendable {
        /// Texture coordinates of the first corner, and edges to the second and third.
        var corner = Vec2f.zero, second = Vec2f.zero, third = Vec2f.zero
        /// Index into `masks`, -1 for none.
        var mask = -1
    }

    private let masks: [OpacityMask]
    /// Of the meshes that have masked parts, every triangle.
    private let triangles: [Triangle]
    /// Where each mesh's triangles begin, -1 for meshes without masks.
    private let first: [Int]

    /// - Parameter surfaces: by mesh and part.
    init(_ meshes: [Mesh], _ surfaces: [[RaySurface]]) {
        var (masks, triangles, first): ([OpacityMask], [Triangle], [Int]) = ([], [], [])
        for (mesh, surfaces) in zip(meshes, surfaces) {
            guard surfaces.contains(where: { $0.mask != nil }) else {
                first.append(-1)
                continue
            }
            let base = triangles.count
            first.append(base)
            triangles += Array(repeating: Triangle(), count: mesh.triangleCount)
            for (part, surface) in zip(mesh.parts, surfaces) {
                guard let mask = surface.mask else { continue }
                masks.append(mask)
                for number in part.firstTriangle..<part.firstTriangle + part.triangleCount { triangles[base + number] = Self.triangle(mesh, number, masks.count - 1) }
            }
        }
        (self.masks, self.triangles, self.first) = (masks, triangles, first)
    }

    private static func triangle(_ mesh: Mesh, _ number: Int, _ mask: Int) -> Triangle {
        var result = Triangle()
        result.mask = mask
        guard !mesh.textureCoordinates.isEmpty else { return result }   // all of it is the texture's first corner, as the rasterizer has it
        let corner = (0..<3).map { mesh.textureCoordinates[Int(mesh.indices[3 * number + $0])] }
        (result.corner, result.second, result.third) = (corner[0], corner[1] - corner[0], corner[2] - corner[0])
        return result
    }

    /// - Parameters:
    ///   - u: barycentric weight of the triangle's second corner.
    ///   - v: of its third.
    func isCut(mesh: Int, triangle number: Int, u: Float, v: Float) -> Bool {
        guard first[mesh] >= 0 else { return false }
        let triangle = triangles[first[mesh] + number]
        guard triangle.mask >= 0 else { return false }
        let at = triangle.corner + triangle.second * u + triangle.third * v
        return !masks[triangle.mask].keeps(u: at.x, v: at.y)
    }
}
