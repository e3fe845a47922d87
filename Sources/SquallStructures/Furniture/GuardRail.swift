import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `guard_rail`: four metres of galvanised W-beam on two posts. The beam is on the left (+y), the posts behind it.
package struct GuardRail: ProceduralAsset {
    private enum Slot: Int { case steel, post, reflector }

    package init() {}

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let materials = [
            Surfaces.galvanized, Material(name: "rail post", baseColor: Vec3f(0.30, 0.305, 0.31), metallic: 0.5, roughness: 0.6, reflectance905: 0.4),
            Material(name: "delineator", baseColor: Vec3f(0.65, 0.62, 0.5), roughness: 0.4, retroreflection: 200).retroreflecting(200),
        ]
        let levels = [(2, 0.0), (1, 25.0), (0, 70.0)].map { Asset.Level(pieces: [Asset.Piece(mesh: shape($0.0).mesh(crease: 0.7))], distance: $0.1) }
        return Asset(archetype, levels: levels, materials: materials)
    }

    /// Cross-section of the beam, (y, z), from the lower lip up: two humps 83 mm deep.
    private func section(_ detail: Int) -> [Vec2] {
        let knots = [
            Vec2(0.075, 0.440), Vec2(0.082, 0.452), Vec2(0.140, 0.485), Vec2(0.153, 0.500), Vec2(0.153, 0.530), Vec2(0.140, 0.545), Vec2(0.082, 0.578), Vec2(0.072, 0.595),
            Vec2(0.082, 0.612), Vec2(0.140, 0.645), Vec2(0.153, 0.660), Vec2(0.153, 0.690), Vec2(0.140, 0.705), Vec2(0.082, 0.738), Vec2(0.075, 0.750),
        ]
        switch detail {
        case 2: return knots
        case 1: return [0, 2, 4, 7, 10, 12, 14].map { knots[$0] }
        default: return [0, 4, 7, 10, 14].map { knots[$0] }
        }
    }

    private func shape(_ detail: Int) -> MeshBuilder {
        var mesh = MeshBuilder()
        let profile = section(detail)
        let thickness = 0.006
        let ends = [-2.0, 2.0]
        let front = ends.map { x in profile.map { Vec3(x, $0.x, $0.y) } }
        let back = ends.map { x in profile.map { Vec3(x, $0.x - thickness, $0.y) } }
        // i runs along x, j up: x cross z points to -y, the back.
        mesh.grid(front, flipped: true) { _, _ in Slot.steel.rawValue }
        mesh.grid(back) { _, _ in Slot.steel.rawValue }
        let last = profile.count - 1
        mesh.quad(front[0][last], front[1][last], back[1][last], back[0][last], slot: Slot.steel.rawValue)
        mesh.quad(back[0][0], back[1][0], front[1][0], front[0][0], slot: Slot.steel.rawValue)
        for x in [-1.0, 1.0] {
            // Sigma post and spacer.
            mesh.box(Vec3(x - 0.025, -0.155, 0), Vec3(x + 0.025, -0.145, 0.72), slot: Slot.post.rawValue)
            mesh.box(Vec3(x - 0.025, -0.145, 0), Vec3(x - 0.018, -0.055, 0.72), slot: Slot.post.rawValue)
            mesh.box(Vec3(x - 0.025, -0.055, 0), Vec3(x + 0.025, -0.045, 0.72), slot: Slot.post.rawValue)
            mesh.box(Vec3(x - 0.03, -0.045, 0.50), Vec3(x + 0.03, 0.066, 0.69), slot: Slot.post.rawValue)
            if detail == 2 {
                mesh.lathe([Vec2(0.022, 0), Vec2(0.018, 0.012), Vec2(0, 0.016)], origin: Vec3(x, 0.070, 0.595), axis: Vec3(0, 1, 0), segments: 8) { _ in Slot.post.rawValue }
            }
        }
        if detail > 0 { mesh.box(Vec3(-0.004, 0.085, 0.565), Vec3(0.004, 0.145, 0.625), slot: Slot.reflector.rawValue) }
        return mesh
    }
}
