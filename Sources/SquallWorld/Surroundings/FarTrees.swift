import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath

/// Far trees: the last level of the species' own shape, a few crossed pictures of it, merged by place. Background: object id 0.
struct FarTrees {
    /// One tree, or a clump drawn as a wide one.
    struct Stand {
        var species: String
        /// Foot, metres in the world.
        var place: Vec3
        var turn: Double
        /// Width along both axes and height, metres.
        var width: Double, height: Double
        /// Near enough for the level before the last.
        var isNear = false
    }

    private struct Key: Hashable {
        var cell: SIMD2<Int32>
        var species: String
        var isNear: Bool
        func isBefore(_ other: Key) -> Bool { (species, isNear ? 0 : 1, cell.y, cell.x) < (other.species, other.isNear ? 0 : 1, other.cell.y, other.cell.x) }
    }
    private var stands: [Key: [Stand]] = [:]
    private static let cell = 128.0

    mutating func add(_ stand: Stand) {
        let cell = SIMD2(Int32((stand.place.x / FarTrees.cell).rounded(.down)), Int32((stand.place.y / FarTrees.cell).rounded(.down)))
        stands[Key(cell: cell, species: stand.species, isNear: stand.isNear), default: []].append(stand)
    }

    /// The merged meshes, in order of species and place.
    /// - Parameter shape: the typical shape of a species.
    func instances(_ shape: (String) throws -> Asset, into assembler: inout WorldAssembler) throws -> [MeshInstance] {
        var known: [String: (patterns: [Pattern], material: Int32)] = [:]
        return try stands.keys.sorted { $0.isBefore($1) }.map { key in
            let species: (patterns: [Pattern], material: Int32)
            if let found = known[key.species] {
                species = found
            } else {
                let asset = try shape(key.species)
                let patterns = [Pattern(asset, fromLast: 1), Pattern(asset, fromLast: 0)]
                species = (patterns, patterns[1].addMaterials(to: &assembler))
                known[key.species] = species
            }
            let origin = Vec3(Double(key.cell.x) * FarTrees.cell, Double(key.cell.y) * FarTrees.cell, 0)
            let mesh = species.patterns[key.isNear ? 0 : 1].merged(stands[key] ?? [], around: origin)
            let shift = Affine(x: Vec3(1, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: origin)
            return MeshInstance(
                mesh: assembler.add(mesh), object: 0, category: SquallFrames.Category.vegetation.rawValue, materialBase: species.material, transform: shift)
        }
    }

    /// A coarse level of a shape with only the materials and textures it uses; its last two levels share theirs.
    private struct Pattern {
        let mesh: Mesh
        let size: Vec3
        let materials: [Material]
        let textures: [Texture]

        init(_ asset: Asset, fromLast back: Int) {
            let piece = asset.levels.suffix(back + 1).first?.pieces.first?.mesh
            let slots = Set(piece?.parts.map(\.slot) ?? []).sorted()
            let surfaces = slots.filter(asset.materials.indices.contains).map { asset.materials[$0] }
            let used = Set(surfaces.map { Int($0.baseColorTexture) }).filter(asset.textures.indices.contains).sorted()
            textures = used.map { asset.textures[$0] }
            materials = surfaces.map { surface in
                var result = surface
                result.baseColorTexture = Int32(used.firstIndex(of: Int(surface.baseColorTexture)) ?? -1)
                return result
            }
            var own = piece ?? Mesh(positions: [], normals: [], indices: [])
            for k in own.parts.indices { own.parts[k].slot = slots.firstIndex(of: own.parts[k].slot) ?? 0 }
            (mesh, size) = (own, asset.boxSize)
        }

        func addMaterials(to assembler: inout WorldAssembler) -> Int32 {
            let first = Int32(assembler.textures.count), base = Int32(assembler.materials.count)
            for texture in textures { _ = assembler.add(texture) }
            for material in materials { _ = assembler.add(material.withTextures(from: first)) }
            return base
        }

        /// Copies of the pattern, part by part.
        func merged(_ stands: [Stand], around origin: Vec3) -> Mesh {
            let (count, n) = (mesh.positions.count, stands.count)
            var (positions, normals, texture, indices) = ([Vec3f](), [Vec3f](), [Vec2f](), [UInt32]())
            positions.reserveCapacity(count * n)
            normals.reserveCapacity(count * n)
            texture.reserveCapacity(count * n)
            indices.reserveCapacity(mesh.indices.count * n)
            for stand in stands {
                let (c, s) = (Float(cos(stand.turn)), Float(sin(stand.turn)))
                let (across, up) = (Float(stand.width / max(size.x, 0.01)), Float(stand.height / max(size.z, 0.01)))
                let foot = Vec3f(stand.place - origin)
                for k in 0..<count {
                    let (p, v) = (mesh.positions[k], mesh.normals[k])
                    positions.append(foot + Vec3f((p.x * c - p.y * s) * across, (p.x * s + p.y * c) * across, p.z * up))
                    normals.append(Vec3f(v.x * c - v.y * s, v.x * s + v.y * c, v.z))
                }
                texture += mesh.textureCoordinates
            }
            var parts: [Mesh.Part] = []
            for part in mesh.parts {
                parts.append(Mesh.Part(firstTriangle: indices.count / 3, triangleCount: part.triangleCount * n, slot: part.slot))
                let own = mesh.indices[3 * part.firstTriangle..<3 * (part.firstTriangle + part.triangleCount)]
                for k in 0..<n { indices += own.lazy.map { $0 + UInt32(k * count) } }
            }
            return Mesh(positions: positions, normals: normals, textureCoordinates: texture, indices: indices, parts: parts)
        }
    }
}
