import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath

/// Trees beyond the verge: the coarse levels of the species' own shape. Near the roads each is a crown of its own, as deep as a lidar finds it;
/// further off, crossed pictures merged by place. Background: object id 0.
struct FarTrees {
    /// Which level of the shape is drawn, counted back from its coarsest.
    enum Detail: Int { case cards, pieces, crown }

    /// One tree, or a clump drawn as a wide one.
    struct Stand {
        var species: String
        /// Foot, metres in the world.
        var place: Vec3
        var turn: Double
        /// Width along both axes and height, metres.
        var width: Double, height: Double
        var detail = Detail.cards
    }

    private struct Key: Hashable {
        var cell: SIMD2<Int32>
        var species: String
        var detail: Detail
        func isBefore(_ other: Key) -> Bool { (species, detail.rawValue, cell.y, cell.x) < (other.species, other.detail.rawValue, other.cell.y, other.cell.x) }
    }
    private var stands: [Key: [Stand]] = [:]
    private static let cell = 128.0

    mutating func add(_ stand: Stand) {
        let cell = SIMD2(Int32((stand.place.x / FarTrees.cell).rounded(.down)), Int32((stand.place.y / FarTrees.cell).rounded(.down)))
        stands[Key(cell: cell, species: stand.species, detail: stand.detail), default: []].append(stand)
    }

    /// What was added, in order of species and place.
    /// - Parameter shape: the typical shape of a species.
    func instances(_ shape: (String) throws -> Asset, into assembler: inout WorldAssembler) throws -> [MeshInstance] {
        var (known, result) = ([String: Species](), [MeshInstance]())
        for key in stands.keys.sorted(by: { $0.isBefore($1) }) {
            if known[key.species] == nil { known[key.species] = Species(try shape(key.species), into: &assembler) }
            guard let species = known[key.species], let stands = stands[key] else { continue }
            let (pattern, material) = (species.patterns[key.detail.rawValue], species.materials[key.detail.rawValue])
            let instance = { (mesh: Int32, transform: Affine) in
                MeshInstance(mesh: mesh, object: 0, category: SquallFrames.Category.vegetation.rawValue, materialBase: material, transform: transform)
            }
            if key.detail == .crown {
                let mesh = species.crown
                result += stands.map { instance(mesh, pattern.transform($0)) }
            } else {
                let origin = Vec3(Double(key.cell.x) * FarTrees.cell, Double(key.cell.y) * FarTrees.cell, 0)
                let shift = Affine(x: Vec3(1, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: origin)
                result.append(instance(assembler.add(pattern.merged(stands, around: origin)), shift))
            }
        }
        return result
    }

    /// The levels of one shape, and where their materials went.
    private struct Species {
        let patterns: [Pattern]
        let materials: [Int32]
        /// World mesh of the crown.
        let crown: Int32

        init(_ asset: Asset, into assembler: inout WorldAssembler) {
            patterns = [Detail.cards, .pieces, .crown].map { Pattern(asset, fromLast: $0.rawValue) }
            // Levels of the same materials share them.
            var bases: [Int32] = []
            for (k, pattern) in patterns.enumerated() {
                let same = patterns[..<k].firstIndex { $0.slots == pattern.slots }
                bases.append(same.map { bases[$0] } ?? pattern.addMaterials(to: &assembler))
            }
            materials = bases
            crown = assembler.add(patterns[Detail.crown.rawValue].mesh)
        }
    }

    /// A coarse level of a shape with only the materials and textures it uses.
    private struct Pattern {
        let mesh: Mesh
        let size: Vec3
        /// Of the shape's materials, in order.
        let slots: [Int]
        let materials: [Material]
        let textures: [Texture]

        init(_ asset: Asset, fromLast back: Int) {
            let piece = asset.levels.suffix(back + 1).first?.pieces.first?.mesh
            slots = Set(piece?.parts.map(\.slot) ?? []).sorted()
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

        func transform(_ stand: Stand) -> Affine {
            let (across, up) = (stand.width / max(size.x, 0.01), stand.height / max(size.z, 0.01))
            let (c, s) = (cos(stand.turn), sin(stand.turn))
            return Affine(x: Vec3(c, s, 0) * across, y: Vec3(-s, c, 0) * across, z: Vec3(0, 0, up), translation: stand.place)
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
