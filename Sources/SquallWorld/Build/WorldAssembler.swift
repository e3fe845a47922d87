import SquallAssets
import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene

/// Collects meshes, materials and textures of a world, each stored once however many objects share it.
struct WorldAssembler {
    private(set) var meshes: [Mesh] = []
    private(set) var materials: [Material] = []
    private(set) var textures: [Texture] = []
    private var placed: [String: Placed] = [:]
    private var painted: [String: Int32] = [:]

    /// Where an asset's meshes and textures went.
    private struct Placed {
        var levels: [World.Object.Level]
        var firstTexture: Int32
    }

    mutating func add(_ mesh: Mesh) -> Int32 {
        meshes.append(mesh)
        return Int32(meshes.count - 1)
    }

    mutating func add(_ texture: Texture) -> Int32 {
        textures.append(texture)
        return Int32(textures.count - 1)
    }

    mutating func add(_ material: Material) -> Int32 {
        materials.append(material)
        return Int32(materials.count - 1)
    }

    /// The levels of an asset in terms of world meshes.
    mutating func levels(of asset: Asset, key: String) -> [World.Object.Level] { place(asset, key).levels }

    private mutating func place(_ asset: Asset, _ key: String) -> Placed {
        if let known = placed[key] { return known }
        var own: [(mesh: Mesh, index: Int32)] = []
        let levels = asset.levels.map { level in
            World.Object.Level(
                pieces: level.pieces.map { piece in
                    // Wheels of one side are the same mesh: equal arrays share storage, so the comparison is cheap.
                    if let same = own.first(where: { $0.mesh.positions == piece.mesh.positions && $0.mesh.indices == piece.mesh.indices && $0.mesh.parts == piece.mesh.parts }) {
                        return (same.index, piece.joint)
                    }
                    let index = add(piece.mesh)
                    own.append((piece.mesh, index))
                    return (index, piece.joint)
                }, distance: level.distance)
        }
        let result = Placed(levels: levels, firstTexture: Int32(textures.count))
        textures += asset.textures
        placed[key] = result
        return result
    }

    /// The first material of an asset as one actor wears it: its palettes chosen by path, its paint replaced by `color`.
    mutating func materialBase(of asset: Asset, key: String, path: String, seed: UInt64, sample: Int, color: SIMD3<Double>?) -> Int32 {
        var chosen = asset.materials
        var name = key
        for palette in asset.palettes where chosen.indices.contains(palette.slot) && !palette.colors.isEmpty {
            var random = CounterRandom(seed: seed, sample: UInt32(truncatingIfNeeded: sample), path: "\(path).palette[\(palette.slot)]")
            let pick = min(palette.colors.count - 1, Int(random.uniform() * Double(palette.colors.count)))
            chosen[palette.slot] = chosen[palette.slot].recolored(palette.colors[pick])
            name += "|\(palette.slot):\(pick)"
        }
        if let color, let slot = asset.paintSlot, chosen.indices.contains(slot) {
            chosen[slot] = chosen[slot].recolored(Vec3f(color))
            name += "|paint \(color.x) \(color.y) \(color.z)"
        }
        if let known = painted[name] { return known }
        let first = place(asset, key).firstTexture
        let base = Int32(materials.count)
        for material in chosen { materials.append(material.withTextures(from: first)) }
        painted[name] = base
        return base
    }
}

extension Material {
    /// The same surface in another colour; what lidar sees of it keeps its relation to the visible brightness.
    func recolored(_ color: Vec3f) -> Material {
        var result = self
        result.baseColor = color
        result.reflectance905 = Surfaces.reflectance905(of: color, on: self)
        return result
    }

    /// Texture indices moved from an asset's own list into the world's.
    func withTextures(from first: Int32) -> Material {
        var result = self
        let moved = { (index: Int32) in index < 0 ? -1 : index + first }
        result.baseColorTexture = moved(baseColorTexture)
        result.normalTexture = moved(normalTexture)
        result.metallicRoughnessTexture = moved(metallicRoughnessTexture)
        result.emissionTexture = moved(emissionTexture)
        return result
    }
}
