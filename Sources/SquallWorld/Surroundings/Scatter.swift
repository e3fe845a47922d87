import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath

/// Background: scrub, rocks and far houses as few triangles each, merged by place. Object id 0, labelled by class only.
struct Scatter {
    /// What a triangle is made of: an index into `materials`.
    enum Slot: Int, CaseIterable { case scrub, rock, sandstone, plaster, brick, concrete, pale, roof, steel, glass, lamp, tunnel, enamel, window }

    private struct Group {
        var positions: [Vec3f] = []
        var normals: [Vec3f] = []
        var textures: [Vec2f] = []
        var indices: [Slot.RawValue: [UInt32]] = [:]
    }
    /// Keyed by cell and class; sorted before anything leaves.
    private var groups: [SIMD3<Int32>: Group] = [:]
    private static let cell = 128.0
    private(set) var triangles = 0

    /// Adds a patch of triangles around a place. Corners are relative to it.
    mutating func add(_ patch: Patch, at place: Vec3, category: SquallFrames.Category) {
        let key = SIMD3(Int32((place.x / Scatter.cell).rounded(.down)), Int32((place.y / Scatter.cell).rounded(.down)), Int32(category.rawValue))
        let origin = Vec3(Double(key.x) * Scatter.cell, Double(key.y) * Scatter.cell, 0)
        let shift = Vec3f(place - origin)
        var group = groups.removeValue(forKey: key) ?? Group()
        let base = UInt32(group.positions.count)
        for k in patch.positions.indices {
            group.positions.append(patch.positions[k] + shift)
            group.normals.append(patch.normals[k])
            group.textures.append(patch.textures[k])
        }
        for (slot, corners) in patch.runs { group.indices[slot.rawValue, default: []] += corners.map { $0 + base } }
        triangles += patch.runs.reduce(0) { $0 + $1.corners.count / 3 }
        groups[key] = group
    }

    /// The merged meshes, in order of place.
    func instances(into assembler: inout WorldAssembler) -> [MeshInstance] {
        guard !groups.isEmpty else { return [] }
        let first = Int32(assembler.materials.count)
        for slot in Slot.allCases { _ = assembler.add(Scatter.material(slot)) }
        let keys = groups.keys.sorted { ($0.z, $0.y, $0.x) < ($1.z, $1.y, $1.x) }
        return keys.compactMap { key in
            guard let group = groups[key] else { return nil }
            var (indices, parts) = ([UInt32](), [Mesh.Part]())
            for slot in Slot.allCases {
                guard let run = group.indices[slot.rawValue], !run.isEmpty else { continue }
                parts.append(Mesh.Part(firstTriangle: indices.count / 3, triangleCount: run.count / 3, slot: slot.rawValue))
                indices += run
            }
            let isCoded = group.indices[Slot.window.rawValue] != nil
            let mesh = Mesh(positions: group.positions, normals: group.normals, textureCoordinates: isCoded ? group.textures : [], indices: indices, parts: parts)
            let shift = Affine(x: Vec3(1, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: Vec3(Double(key.x) * Scatter.cell, Double(key.y) * Scatter.cell, 0))
            return MeshInstance(mesh: assembler.add(mesh), object: 0, category: UInt8(key.z), materialBase: first, transform: shift)
        }
    }

    private static func material(_ slot: Slot) -> Material {
        switch slot {
        case .scrub: plant("scrub", Vec3f(0.15, 0.14, 0.075), 0.4)
        case .rock: built("rock", Vec3f(0.19, 0.185, 0.175), 0.3, .gravel)
        case .sandstone: built("sandstone", Vec3f(0.30, 0.19, 0.115), 0.4, .sand)
        case .plaster: built("far plaster", Vec3f(0.52, 0.47, 0.38), 0.5, .concrete)
        case .brick: built("far brick", Vec3f(0.25, 0.12, 0.085), 0.35, .none)
        case .concrete: built("far concrete", Vec3f(0.33, 0.325, 0.31), 0.35, .concrete)
        case .pale: built("far cladding", Vec3f(0.48, 0.49, 0.50), 0.45, .none)
        case .roof: built("far roof", Vec3f(0.13, 0.075, 0.055), 0.35, .none)
        case .steel: Material(name: "far steel", baseColor: Vec3f(0.40, 0.41, 0.42), metallic: 0.6, roughness: 0.5, reflectance905: 0.45)
        case .glass: Material(name: "far panes", baseColor: Vec3f(0.035, 0.042, 0.05), roughness: 0.1, reflectance905: 0.06)
        case .window:
            {
                // Both faces of a double pane; what shows behind it is coded in its texture coordinates.
                var pane = Surfaces.windowPane.shining(.window, 1, Vec3f(repeating: 1))
                (pane.detail, pane.f0, pane.roughness) = (.window, 0.082, 0.05)
                return pane
            }()
        case .lamp: Material(name: "tunnel lamp", baseColor: Vec3f(0.7, 0.7, 0.65), roughness: 0.6, emission: Vec3f(5200, 4900, 4200), reflectance905: 0.6)
        case .tunnel:
            {
                // From outside only the sun sees it.
                var lining = Self.built("tunnel wall", Vec3f(0.40, 0.39, 0.36), 0.4, .concrete)
                lining.doubleSided = true
                return lining
            }()
        case .enamel:
            {
                var panels = Material(name: "tunnel panels", baseColor: Vec3f(0.60, 0.595, 0.56), roughness: 0.35, reflectance905: 0.6)
                panels.doubleSided = true
                return panels
            }()
        }
    }

    private static func plant(_ name: String, _ color: Vec3f, _ infrared: Float) -> Material {
        var surface = Material(name: name, baseColor: color, roughness: 0.95, reflectance905: infrared, wetting: .soft)
        surface.detail = .foliage
        return surface
    }
    private static func built(_ name: String, _ color: Vec3f, _ infrared: Float, _ detail: SurfaceDetail) -> Material {
        var surface = Material(name: name, baseColor: color, roughness: 0.9, reflectance905: infrared, wetting: .soft)
        surface.detail = detail
        return surface
    }
}

/// A few triangles around an origin, by what they are made of.
struct Patch {
    var positions: [Vec3f] = []
    var normals: [Vec3f] = []
    var textures: [Vec2f] = []
    var runs: [(slot: Scatter.Slot, corners: [UInt32])] = []

    mutating func vertex(_ position: Vec3, _ normal: Vec3, texture: Vec2 = .zero) -> UInt32 {
        positions.append(Vec3f(position))
        textures.append(Vec2f(texture))
        normals.append(Vec3f(normal))
        return UInt32(positions.count - 1)
    }

    /// A flat quadrilateral, counter-clockwise from outside.
    mutating func quad(_ a: Vec3, _ b: Vec3, _ c: Vec3, _ d: Vec3, _ slot: Scatter.Slot) {
        let normal = cross(b - a, d - a).normalized
        let corners = [a, b, c, d].map { vertex($0, normal) }
        add([corners[0], corners[1], corners[2], corners[0], corners[2], corners[3]], slot)
    }
    /// A window with a room behind it.
    mutating func window(_ a: Vec3, _ b: Vec3, _ c: Vec3, _ d: Vec3, _ code: WindowCode) {
        let normal = cross(b - a, d - a).normalized, t = code.corners
        let corners = [vertex(a, normal, texture: t.0), vertex(b, normal, texture: t.1), vertex(c, normal, texture: t.2), vertex(d, normal, texture: t.3)]
        add([corners[0], corners[1], corners[2], corners[0], corners[2], corners[3]], .window)
    }
    mutating func triangle(_ a: Vec3, _ b: Vec3, _ c: Vec3, _ slot: Scatter.Slot) {
        let normal = cross(b - a, c - a).normalized
        add([a, b, c].map { vertex($0, normal) }, slot)
    }
    mutating func add(_ corners: [UInt32], _ slot: Scatter.Slot) {
        if let last = runs.indices.last, runs[last].slot == slot { runs[last].corners += corners } else { runs.append((slot, corners)) }
    }
}
