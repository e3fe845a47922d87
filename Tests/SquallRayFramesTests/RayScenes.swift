import Foundation
import SquallAssets
import SquallGeometry
import SquallMath

/// What the pictures by rays are taken of.
enum TestScene {
    static let gray = Material(name: "gray", baseColor: Vec3f(repeating: 0.5))

    /// A rectangle in the camera's z = depth plane that faces an eye at the origin; x right, y down.
    static func plate(x: ClosedRange<Float>, y: ClosedRange<Float>, depth: Float) -> Mesh {
        let corners = [(x.lowerBound, y.lowerBound), (x.upperBound, y.lowerBound), (x.upperBound, y.upperBound), (x.lowerBound, y.upperBound)]
        return Mesh(
            positions: corners.map { Vec3f($0.0, $0.1, depth) }, normals: Array(repeating: Vec3f(0, 0, -1), count: 4),
            indices: [0, 2, 1, 0, 3, 2], parts: [Mesh.Part(firstTriangle: 0, triangleCount: 2, slot: 0)])
    }

    /// A closed body of `rings` times two dozen triangles about the origin, dented so that no two sides look alike.
    static func pebble(rings: Int, radius: Double) -> Mesh {
        let columns = 24
        var (positions, indices): ([Vec3f], [UInt32]) = ([], [])
        for ring in 0...rings {
            let polar = Double(ring) / Double(rings) * .pi
            for column in 0..<columns {
                let turn = Double(column) / Double(columns) * 2 * .pi
                let dent = 1 + 0.08 * sin(3 * polar) * cos(2 * turn + polar)
                positions.append(Vec3f(Vec3(sin(polar) * cos(turn), sin(polar) * sin(turn), cos(polar)) * radius * dent))
                guard ring < rings else { continue }
                let next = (column + 1) % columns
                let corner = { (r: Int, c: Int) in UInt32(r * columns + c) }
                indices += [corner(ring, column), corner(ring + 1, column), corner(ring, next)]
                indices += [corner(ring, next), corner(ring + 1, column), corner(ring + 1, next)]
            }
        }
        return Mesh(positions: positions, normals: positions.map(\.normalized), indices: indices)
    }

    static func instance(_ mesh: Int, _ object: Int, _ transform: Affine = .identity) -> MeshInstance {
        MeshInstance(mesh: Int32(mesh), object: UInt16(object), category: 0, materialBase: 0, transform: transform)
    }
}
