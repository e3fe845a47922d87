import Foundation
import SquallGeometry
import SquallMath
import SquallScene

/// `sign`: a round speed-limit sign (80) of 0.75 m on a post. It faces backward (-x): placed with the heading of a lane, it
/// faces the traffic that comes along the lane. White, red and black sheeting, the light colours retroreflective.
package struct Sign: ProceduralAsset {
    private enum Slot: Int { case white, red, black, steel, back }

    package init() {}

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        // Encapsulated-bead sheeting of class RA2: EN 12899-1 asks for 250 cd/lx/m2 in white, 45 in red.
        let materials = [
            Material(name: "white sheeting", baseColor: Vec3f(0.68, 0.68, 0.66), roughness: 0.5, reflectance905: 0.7, retroreflection: 250).retroreflecting(250),
            Material(name: "red sheeting", baseColor: Vec3f(0.42, 0.012, 0.015), roughness: 0.5, reflectance905: 0.6, retroreflection: 80).retroreflecting(45),
            Material(name: "black sheeting", baseColor: Vec3f(repeating: 0.012), roughness: 0.5, reflectance905: 0.08), Surfaces.galvanized,
            Material(name: "sign back", baseColor: Vec3f(0.25, 0.255, 0.26), metallic: 0.4, roughness: 0.6),
        ]
        let levels = [(36, 0.0), (18, 20.0), (10, 60.0)].map { Asset.Level(pieces: [Asset.Piece(mesh: shape($0.0).mesh(crease: 0.6))], distance: $0.1) }
        return Asset(archetype, levels: levels, materials: materials)
    }

    private static let center = Vec3(-0.04, 0, 2.475)

    private func shape(_ n: Int) -> MeshBuilder {
        var mesh = MeshBuilder()
        mesh.tube([Vec3(0, 0, 0), Vec3(0, 0, 2.80)], radii: [0.030, 0.030], segments: max(6, n / 3), slot: Slot.steel.rawValue)
        // The plate, from its rim on the back round to the middle of the face, which looks along -x.
        let rings = [Vec2(0, -0.012), Vec2(0.375, -0.012), Vec2(0.375, 0.0), Vec2(0.285, 0.001), Vec2(0, 0.001)]
        mesh.lathe(rings, origin: Self.center, axis: Vec3(-1, 0, 0), segments: n) { [Slot.back, .back, .red, .white][$0].rawValue }
        guard n > 10 else {
            for y in [0.115, -0.095] { bar(&mesh, y - 0.06, y + 0.06, -0.13, 0.13) }
            return mesh
        }
        mesh.box(Vec3(-0.028, -0.16, 2.60), Vec3(0.034, 0.16, 2.63), slot: Slot.steel.rawValue)
        mesh.box(Vec3(-0.028, -0.16, 2.32), Vec3(0.034, 0.16, 2.35), slot: Slot.steel.rawValue)
        // Seen by the driver, +y is on the left: 8, then 0.
        digit(&mesh, at: 0.105, middleBar: true)
        digit(&mesh, at: -0.105, middleBar: false)
        return mesh
    }

    private func digit(_ mesh: inout MeshBuilder, at y: Double, middleBar: Bool) {
        let (w, h, t) = (0.078, 0.145, 0.036)
        bar(&mesh, y - w, y - w + t, -h, h)
        bar(&mesh, y + w - t, y + w, -h, h)
        bar(&mesh, y - w + t, y + w - t, h - t, h)
        bar(&mesh, y - w + t, y + w - t, -h, -h + t)
        if middleBar { bar(&mesh, y - w + t, y + w - t, -t / 2, t / 2) }
    }

    private func bar(_ mesh: inout MeshBuilder, _ y0: Double, _ y1: Double, _ z0: Double, _ z1: Double) {
        let (c, x) = (Self.center, Self.center.x - 0.004)
        mesh.quad(Vec3(x, y1, c.z + z0), Vec3(x, y0, c.z + z0), Vec3(x, y0, c.z + z1), Vec3(x, y1, c.z + z1), slot: Slot.black.rawValue)
    }
}
