import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `lamp_post`, `lamp_post_tall`, `lamp_post_double`, `lamp_post_park`: street lamps of four classes. Arms reach forward (x) over the road;
/// the double one has a second arm back, the one for parks a lantern on its top. LED heads with their light in `Asset.lamps`.
package struct LampPost: ProceduralAsset {
    private enum Slot: Int { case steel, housing, lens, base }
    enum Kind { case arm, double, lantern }

    private let kind: Kind
    /// Maximum of one head, candela: 4,900 lm from a batwing give 2,600. Masts of 8 m every 30 m on both sides of 7.5 m of road then give 13.6 lx (EN 13201 C3 to C4).
    private let intensity: Double

    init(_ kind: Kind, intensity: Double) { (self.kind, self.intensity) = (kind, intensity) }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var lens = Material(name: "luminaire lens", baseColor: Vec3f(0.65, 0.65, 0.62), roughness: 0.2, emission: Vec3f(1.12, 0.98, 0.78) * 22_000)
        lens.lamp = .street
        if kind == .lantern { lens.emission = Vec3f(1.2, 0.96, 0.66) * 4500 }
        let materials = [
            kind == .lantern ? Material(name: "painted steel", baseColor: Vec3f(0.02, 0.035, 0.03), roughness: 0.45, reflectance905: 0.1) : Surfaces.galvanized,
            Material(name: "luminaire", baseColor: Vec3f(0.20, 0.205, 0.21), roughness: 0.5), lens,
            Material(name: "base plate", baseColor: Vec3f(0.12, 0.12, 0.12), roughness: 0.8, wetting: .porous),
        ]
        let center = Vec3(archetype.size.x / 2 - archetype.originFromRear, 0, archetype.size.z / 2)
        let levels = [(16, 0.0), (8, 25.0), (4, 80.0)].map { n, distance -> Asset.Level in
            let mesh = kind == .lantern ? lantern(archetype.size, n) : mast(archetype.size, n)
            return Asset.Level(pieces: [Asset.Piece(mesh: mesh.mesh(crease: 0.9).stretched(to: archetype.size, around: center))], distance: distance)
        }
        var asset = Asset(archetype, levels: levels, materials: materials)
        asset.lamps = heads(archetype.size).map {
            Lamp(.street, kind == .lantern ? .isotropic : .lantern, at: $0, towards: Vec3(0, 0, -1), intensity: intensity, color: Vec3f(1.12, 0.98, 0.78))
        }
        return asset
    }

    /// Where the light comes from.
    private func heads(_ size: Vec3) -> [Vec3] {
        switch kind {
        case .arm: [Vec3(size.x - 0.25 - 0.38, 0, size.z - 0.19)]
        case .double: [Vec3(size.x / 2 - 0.38, 0, size.z - 0.19), Vec3(-size.x / 2 + 0.38, 0, size.z - 0.19)]
        case .lantern: [Vec3(0, 0, size.z - 0.35)]
        }
    }

    private func mast(_ size: Vec3, _ n: Int) -> MeshBuilder {
        var mesh = MeshBuilder()
        let top = size.z - 0.95, foot = 0.011 * size.z
        mesh.lathe([Vec2(0, 0), Vec2(0.25, 0), Vec2(0.25, 0.04), Vec2(foot + 0.03, 0.06), Vec2(0, 0.06)], origin: .zero, axis: Vec3(0, 0, 1), segments: n) { _ in Slot.base.rawValue }
        // A thicker foot with the door, the tapering mast.
        mesh.tube(
            [Vec3(0, 0, 0.03), Vec3(0, 0, 1.15), Vec3(0, 0, 1.22), Vec3(0, 0, 0.55 * size.z), Vec3(0, 0, top)], radii: [foot, foot, foot * 0.82, foot * 0.68, 0.048], segments: n,
            slot: Slot.steel.rawValue)
        for (way, head) in zip([1.0, -1], heads(size)) {
            var (path, radii) = ([Vec3(0, 0, top - 0.1)], [0.047])
            let bend = n > 4 ? 6 : 2
            for k in 0...bend {
                let angle = 0.47 * .pi * Double(k) / Double(bend)
                path.append(Vec3(way * 0.85 * (1 - cos(angle)), 0, top + 0.85 * sin(angle)))
                radii.append(0.044)
            }
            path.append(Vec3(head.x - way * 0.20, 0, head.z + 0.10))
            radii.append(0.040)
            mesh.tube(path, radii: radii, segments: n, slot: Slot.steel.rawValue)
            let (x, z) = (head.x, head.z)
            let shell: [(Double, Double, Double)] = [(0.015, 0.35, 0.15), (0.03, 0.38, 0.17), (0.09, 0.37, 0.16), (0.15, 0.28, 0.11), (0.19, 0.18, 0.06)]
            mesh.ovals(shell.map { MeshBuilder.Oval(x, 0, z + $0.0, $0.1, $0.2, power: 4) }, segments: max(8, n)) { _ in Slot.housing.rawValue }
            mesh.box(Vec3(x - 0.25, -0.11, z), Vec3(x + 0.25, 0.11, z + 0.02), slot: Slot.lens.rawValue)
        }
        if n > 8 { mesh.box(Vec3(-foot - 0.008, -0.045, 0.55), Vec3(-foot + 0.02, 0.045, 0.95), slot: Slot.housing.rawValue, bevel: 0.008) }
        return mesh
    }

    /// A cast post with a lantern of four panes under a roof.
    private func lantern(_ size: Vec3, _ n: Int) -> MeshBuilder {
        var mesh = MeshBuilder()
        let h = size.z - 0.72
        let profile: [(Double, Double)] = [
            (0, 0), (0.15, 0), (0.15, 0.10), (0.12, 0.13), (0.105, 0.55), (0.12, 0.60), (0.09, 0.66), (0.055, 0.78), (0.050, 0.55 * h), (0.065, 0.56 * h), (0.046, 0.575 * h), (0.038,
                h - 0.1), (0.06, h - 0.07), (0.03, h - 0.03), (0.05, h), (0, h),
        ]
        mesh.lathe(profile.map { Vec2($0.0, $0.1) }, origin: .zero, axis: Vec3(0, 0, 1), segments: n) { _ in Slot.steel.rawValue }
        let ring = { (r: Double, z: Double) in (0..<4).map { k in Vec3(k == 0 || k == 3 ? r : -r, k < 2 ? r : -r, z) } }
        let rings = [ring(0.09, h), ring(0.10, h + 0.04), ring(0.165, h + 0.42), ring(0.20, h + 0.44), ring(0.10, h + 0.58), ring(0.035, h + 0.64), ring(0.02, h + 0.72)]
        mesh.grid(rings, closed: true, flipped: true) { i, _ in i == 1 ? Slot.lens.rawValue : Slot.steel.rawValue }
        mesh.polygon(rings[6], slot: Slot.steel.rawValue)
        mesh.polygon(rings[0].reversed(), slot: Slot.steel.rawValue)
        guard n > 4 else { return mesh }
        for (a, b) in zip(rings[1], rings[2]) { mesh.tube([a, b], radii: [0.012, 0.012], segments: 4, slot: Slot.steel.rawValue) }
        return mesh
    }
}
