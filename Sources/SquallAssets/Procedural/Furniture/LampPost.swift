import Foundation
import SquallGeometry
import SquallMath
import SquallScene

/// `lamp_post`: a galvanised street lamp, 8 m high, its arm reaching forward (x) over the road with a flat luminaire.
package struct LampPost: ProceduralAsset {
    private enum Slot: Int { case steel, housing, lens, base }

    package init() {}

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let materials = [
            Surfaces.galvanized, Material(name: "luminaire", baseColor: Vec3f(0.20, 0.205, 0.21), roughness: 0.5),
            Material(name: "luminaire lens", baseColor: Vec3f(0.65, 0.65, 0.62), roughness: 0.2).shining(.street, 25_000, LampColor.neutral),
            Material(name: "base plate", baseColor: Vec3f(0.12, 0.12, 0.12), roughness: 0.8, wetting: .porous),
        ]
        let levels = [(14, 0.0), (8, 25.0), (5, 80.0)].map { Asset.Level(pieces: [Asset.Piece(mesh: shape($0.0).mesh(crease: 0.9))], distance: $0.1) }
        var asset = Asset(archetype, levels: levels, materials: materials)
        // 6 klm at 8 m: 20 lx below, 15 lx on average between masts 30 m apart, class C3 of EN 13201-2.
        asset.lamps = [Lamp(.street, .lantern, at: Vec3(1.59, 0, 7.82), towards: Vec3(0, 0, -1), intensity: 4_800, color: LampColor.neutral)]
        return asset
    }

    private func shape(_ n: Int) -> MeshBuilder {
        var mesh = MeshBuilder()
        mesh.lathe([Vec2(0, 0), Vec2(0.19, 0), Vec2(0.19, 0.04), Vec2(0.11, 0.06), Vec2(0, 0.06)], origin: .zero, axis: Vec3(0, 0, 1), segments: n) { _ in Slot.base.rawValue }
        // A thicker foot with the door, the tapering mast, and the bend into the arm.
        var path = [Vec3(0, 0, 0.03), Vec3(0, 0, 1.15), Vec3(0, 0, 1.22), Vec3(0, 0, 4), Vec3(0, 0, 7.0)]
        var radii = [0.088, 0.088, 0.072, 0.060, 0.048]
        let bend = n > 5 ? 5 : 2
        for k in 1...bend {
            let angle = 0.47 * .pi * Double(k) / Double(bend)
            path.append(Vec3(0.85 * (1 - cos(angle)), 0, 7.0 + 0.85 * sin(angle)))
            radii.append(0.046)
        }
        path.append(Vec3(1.45, 0, 7.905))
        radii.append(0.042)
        mesh.tube(path, radii: radii, segments: n, slot: Slot.steel.rawValue)
        mesh.ovals(
            [
                MeshBuilder.Oval(1.58, 0, 7.845, 0.34, 0.15, power: 4), MeshBuilder.Oval(1.58, 0, 7.86, 0.37, 0.17, power: 4),
                MeshBuilder.Oval(1.57, 0, 7.91, 0.37, 0.16, power: 4),
                MeshBuilder.Oval(1.54, 0, 7.97, 0.30, 0.12, power: 3), MeshBuilder.Oval(1.52, 0, 8.0, 0.20, 0.07),
            ], segments: max(8, n)
        ) { _ in Slot.housing.rawValue }
        mesh.box(Vec3(1.34, -0.11, 7.83), Vec3(1.84, 0.11, 7.85), slot: Slot.lens.rawValue)
        if n > 8 { mesh.box(Vec3(-0.095, -0.045, 0.55), Vec3(-0.07, 0.045, 0.95), slot: Slot.housing.rawValue, bevel: 0.008) }
        return mesh
    }
}
