import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `fallen_tree`: a young beech blown down across the road, its root plate at the left end (+y), its crown at the right.
struct FallenTree: ProceduralAsset {
    var variants: Int { 3 }

    func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var habit = TreeHabit.lime
        (habit.crownBase, habit.trunk, habit.sprays) = (0.34, 0.13, 3200)
        let size = archetype.size
        // Grown upright, then laid over: its height becomes the box's width across the road.
        let upright = Archetype("tree", archetype.category, .fixture, size: Vec3(size.x, 2 * size.z, size.y), "")
        let standing = Tree(habit).build(upright, Variant("fallen_tree", variant.index))
        let levels = standing.levels.prefix(3).enumerated().map { index, level -> Asset.Level in
            let pieces = level.pieces.map { piece -> Asset.Piece in
                var mesh = Self.laid(piece.mesh, size)
                if index == 0 { mesh = mesh.joined(with: roots(size)) }
                return Asset.Piece(mesh: mesh.stretched(to: size, around: Vec3(0, 0, size.z / 2)))
            }
            return Asset.Level(pieces: pieces, distance: level.distance)
        }
        var asset = Asset(archetype, levels: Array(levels), materials: standing.materials)
        asset.textures = standing.textures
        return asset
    }

    /// Turned a quarter about x, and what would be under the road bent flat upon it.
    private static func laid(_ mesh: Mesh, _ size: Vec3) -> Mesh {
        let half = Float(size.y / 2)
        let positions = mesh.positions.map { p -> Vec3f in
            // The crown is crushed on its lower side.
            let z = p.y + 0.55
            return Vec3f(p.x, half - p.z, z > 0.25 ? z : 0.25 * exp((z - 0.25) / 1.4))
        }
        let normals = mesh.normals.map { Vec3f($0.x, -$0.z, $0.y) }
        return Mesh(positions: positions, normals: normals, textureCoordinates: mesh.textureCoordinates, indices: mesh.indices, parts: mesh.parts)
    }

    private func roots(_ size: Vec3) -> Mesh {
        var mesh = PlantMesh(slots: 1)
        var random = CounterRandom(seed: 31, path: "roots")
        let foot = Vec3(0, size.y / 2 - 0.05, 0.5)
        for k in 0..<14 {
            let a = 2 * .pi * (Double(k) + random.uniform()) / 14, reach = 0.4 + 0.5 * random.uniform()
            let out = Vec3(cos(a), 0, sin(a))
            let end = foot + out * reach + Vec3(0, 0.05 - 0.25 * random.uniform(), 0)
            mesh.stem([foot, foot + out * (0.5 * reach) + Vec3(0, 0.04, 0), Vec3(end.x, end.y, max(0.02, end.z))], radii: [0.07, 0.035, 0.006], segments: 6, slot: 0)
        }
        return mesh.mesh(filling: nil)
    }
}

extension Mesh {
    /// Both meshes as one; parts keep their slots.
    func joined(with other: Mesh) -> Mesh {
        let (base, first) = (UInt32(positions.count), triangleCount)
        return Mesh(
            positions: positions + other.positions, normals: normals + other.normals, textureCoordinates: textureCoordinates + other.textureCoordinates,
            indices: indices + other.indices.map { $0 + base },
            parts: parts + other.parts.map { Part(firstTriangle: $0.firstTriangle + first, triangleCount: $0.triangleCount, slot: $0.slot) })
    }
}
