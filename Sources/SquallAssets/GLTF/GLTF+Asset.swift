import Foundation
import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene

/// A model file as one rigid asset.
extension GLTF {
    /// x forward, y left, z up from glTF's y up, +z forward (so +x is left).
    static let bodyFromFile = Affine(x: Vec3(0, 1, 0), y: Vec3(0, 0, 1), z: Vec3(1, 0, 0), translation: .zero)

    /// A file as one rigid asset: turned to x forward, z up; its box is the bounding box of its triangles, its origin the file's.
    ///
    /// The category is the scene's to say; `object` stands until then.
    static func asset(contentsOf path: String) throws -> Asset {
        let scene = try load(path: path)
        var (pieces, box) = ([Asset.Piece](), BoundingBox.empty)
        var vertices = 0
        for node in scene.nodes {
            let mesh = scene.meshes[node.mesh].transformed(by: bodyFromFile * node.transform)
            vertices += mesh.positions.count
            guard vertices <= Limits().vertices else {
                throw Failure("gltf-size", file: path, message: "placed together the nodes have more than \(Limits().vertices) vertices", fix: "simplify the model")
            }
            guard mesh.bounds.farthest <= Double(SceneLimit.assetSize.value) else {
                let size = mesh.bounds.size
                throw Failure(
                    "gltf-reach", file: path, place: "node '\(node.name.prefix(60))'",
                    message: "its mesh measures \(Units.number(Double(size.x), digits: 3)) x \(Units.number(Double(size.y), digits: 3)) x "
                        + "\(Units.number(Double(size.z), digits: 3)) m or stands as far away; an actor's may reach \(SceneLimit.assetSize.value / 1000) km from its origin",
                    fix: "check the scale of the node and those above it: glTF is in metres")
            }
            box.insert(mesh.bounds)
            pieces.append(Asset.Piece(mesh: mesh))
        }
        guard !box.isEmpty else { throw Failure("gltf-empty", file: path, message: "the file holds no triangles", fix: "export the meshes with it") }
        return Asset(
            name: URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent, category: .object, boxCenter: Vec3(box.center), boxSize: Vec3(box.size),
            levels: [Asset.Level(pieces: [Asset.Piece(mesh: Mesh(joining: pieces.map(\.mesh)))], distance: 0)], materials: scene.materials,
            paintSlot: scene.materials.count == 2 ? 0 : nil, textures: scene.textures)
    }
}

extension Mesh {
    /// The mesh moved; winding turns when the map mirrors, normals stay perpendicular under any scale.
    package func transformed(by map: Affine) -> Mesh {
        let mirrors = map.determinant < 0
        // Normals follow the cofactor matrix, which needs no inverse.
        let (nx, ny, nz) = (cross(map.y, map.z), cross(map.z, map.x), cross(map.x, map.y))
        let sign: Double = mirrors ? -1 : 1
        let moved = positions.map { Vec3f(map * Vec3($0)) }
        let turned = normals.map { n -> Vec3f in
            let result = ((nx * Double(n.x) + ny * Double(n.y) + nz * Double(n.z)) * sign).normalized
            return result == .zero ? n : Vec3f(result)
        }
        var corners = indices
        if mirrors { for t in stride(from: 0, to: corners.count - 2, by: 3) { corners.swapAt(t + 1, t + 2) } }
        return Mesh(positions: moved, normals: turned, textureCoordinates: textureCoordinates, indices: corners, parts: parts)
    }

    /// Several meshes in one frame as one.
    init(joining meshes: [Mesh]) {
        if meshes.count == 1 { self = meshes[0]; return }
        let textured = meshes.contains { !$0.textureCoordinates.isEmpty }
        var (positions, normals, coordinates, indices, parts) = ([Vec3f](), [Vec3f](), [Vec2f](), [UInt32](), [Mesh.Part]())
        for mesh in meshes {
            let (first, triangle) = (UInt32(positions.count), indices.count / 3)
            positions += mesh.positions
            normals += mesh.normals
            if textured { coordinates += mesh.textureCoordinates.isEmpty ? Array(repeating: .zero, count: mesh.positions.count) : mesh.textureCoordinates }
            indices += mesh.indices.map { $0 + first }
            parts += mesh.parts.map { Mesh.Part(firstTriangle: $0.firstTriangle + triangle, triangleCount: $0.triangleCount, slot: $0.slot) }
        }
        self.init(positions: positions, normals: normals, textureCoordinates: coordinates, indices: indices, parts: parts)
    }
}

extension BoundingBox {
    /// The largest coordinate of its corners; infinite when one is no number, 0 for an empty box.
    var farthest: Double {
        if isEmpty { return 0 }
        let corners = [lower.x, lower.y, lower.z, upper.x, upper.y, upper.z].map { abs(Double($0)) }
        return corners.allSatisfy(\.isFinite) ? corners.reduce(0, max) : .infinity
    }
}
