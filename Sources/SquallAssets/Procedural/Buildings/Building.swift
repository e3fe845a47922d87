import Foundation
import SquallGeometry
import SquallMath
import SquallScene

/// `building`: a three-storey house, 18 x 12 x 11 m: recessed windows with frames and sills, storey bands, a plinth, doors in
/// both long sides (left and right), a gabled roof with eaves and chimneys.
package struct Building: ProceduralAsset {
    private enum Slot: Int { case wall, plinth, glass, frame, band, roof, door, dark }

    package init() {}

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let plaster = { (name: String, color: Vec3f) in Material(name: name, baseColor: color, roughness: 0.9, reflectance905: 0.5, wetting: .porous) }
        let materials = [
            plaster("plaster", Self.walls[0]), plaster("plinth", Vec3f(0.19, 0.18, 0.17)), Surfaces.windowPane,
            Material(name: "window frame", baseColor: Vec3f(0.62, 0.62, 0.60), roughness: 0.5),
            plaster("storey band", Vec3f(0.50, 0.48, 0.44)), Material(name: "roof tiles", baseColor: Self.roofs[0], roughness: 0.85, reflectance905: 0.35, wetting: .porous),
            Material(name: "door", baseColor: Vec3f(0.07, 0.04, 0.025), roughness: 0.55), Surfaces.trim,
        ]
        let levels = [(2, 0.0), (1, 45.0), (0, 130.0)].map { detail, distance in
            Asset.Level(pieces: [Asset.Piece(mesh: shape(detail).mesh(crease: 0.3))], distance: distance)
        }
        return Asset(
            archetype, levels: levels, materials: materials, paintSlot: Slot.wall.rawValue,
            palettes: [Asset.Palette(slot: Slot.wall.rawValue, colors: Self.walls), Asset.Palette(slot: Slot.roof.rawValue, colors: Self.roofs)])
    }

    private static let walls: [Vec3f] = [
        Vec3f(0.55, 0.50, 0.40), Vec3f(0.60, 0.58, 0.53), Vec3f(0.42, 0.30, 0.18), Vec3f(0.46, 0.46, 0.45), Vec3f(0.50, 0.36, 0.22), Vec3f(0.27, 0.12, 0.08),
        Vec3f(0.48, 0.50, 0.44), Vec3f(0.52, 0.42, 0.24),
    ]
    private static let roofs: [Vec3f] = [Vec3f(0.20, 0.075, 0.045), Vec3f(0.14, 0.06, 0.04), Vec3f(0.07, 0.07, 0.075), Vec3f(0.11, 0.085, 0.07)]

    private static let half = Vec2(8.65, 5.65)
    private static let eaves = 9.15
    private static let ridge = 10.75
    /// Bottom and top of each storey.
    private static let storeys = [(0.55, 3.35), (3.35, 6.25), (6.25, 9.15)]

    private func shape(_ detail: Int) -> MeshBuilder {
        var mesh = MeshBuilder()
        let (hx, hy) = (Self.half.x, Self.half.y)
        // (start, direction, outward normal, length, door): walls go counter-clockwise seen from outside, left to right.
        let walls: [(Vec3, Vec3, Vec3, Double, Bool)] = [
            (Vec3(-hx, -hy, 0), Vec3(1, 0, 0), Vec3(0, -1, 0), 2 * hx, true), (Vec3(hx, hy, 0), Vec3(-1, 0, 0), Vec3(0, 1, 0), 2 * hx, true),
            (Vec3(hx, -hy, 0), Vec3(0, 1, 0), Vec3(1, 0, 0), 2 * hy, false), (Vec3(-hx, hy, 0), Vec3(0, -1, 0), Vec3(-1, 0, 0), 2 * hy, false),
        ]
        for (start, along, out, length, door) in walls {
            facade(&mesh, Wall(start: start, along: along, out: out, length: length), door: door, detail)
            mesh.quad(start, start + along * length, start + along * length + Vec3(0, 0, 0.55), start + Vec3(0, 0, 0.55), slot: Slot.plinth.rawValue)
        }
        mesh.quad(Vec3(-hx, -hy, 0), Vec3(-hx, hy, 0), Vec3(hx, hy, 0), Vec3(hx, -hy, 0), slot: Slot.plinth.rawValue)
        for z in detail > 0 ? [3.30, 6.20] : [] {
            for side in [1.0, -1.0] {
                mesh.box(Vec3(-hx - 0.05, side * hy - 0.05, z), Vec3(hx + 0.05, side * hy + 0.05, z + 0.14), slot: Slot.band.rawValue)
                mesh.box(Vec3(side * hx - 0.05, -hy + 0.05, z), Vec3(side * hx + 0.05, hy - 0.05, z + 0.14), slot: Slot.band.rawValue)
            }
        }
        roof(&mesh, detail)
        return mesh
    }

    private struct Wall {
        var start: Vec3, along: Vec3, out: Vec3, length: Double
        /// A point `u` along, `z` up, `depth` behind the face.
        func at(_ u: Double, _ z: Double, _ depth: Double = 0) -> Vec3 { start + along * u - out * depth + Vec3(0, 0, z) }
    }

    private func facade(_ mesh: inout MeshBuilder, _ wall: Wall, door: Bool, _ detail: Int) {
        let columns = Int((wall.length / 2.6).rounded())
        let pitch = wall.length / Double(columns)
        for (storey, (low, high)) in Self.storeys.enumerated() {
            for column in 0..<columns {
                let (u0, u1) = (pitch * Double(column), pitch * Double(column + 1))
                let isDoor = door && storey == 0 && column == columns / 2
                let middle = (u0 + u1) / 2
                let opening = isDoor ? (middle - 0.6, middle + 0.6, low, low + 2.25) : (middle - 0.62, middle + 0.62, low + 0.75, low + 0.75 + (storey == 0 ? 1.45 : 1.55))
                bay(&mesh, wall, (u0, u1, low, high), opening, isDoor, detail)
            }
        }
    }

    /// One bay: wall around an opening, reveals, and what fills it.
    private func bay(
        _ mesh: inout MeshBuilder, _ wall: Wall, _ cell: (Double, Double, Double, Double), _ hole: (Double, Double, Double, Double), _ isDoor: Bool, _ detail: Int
    ) {
        let s = Slot.wall.rawValue
        let face = { (mesh: inout MeshBuilder, u0: Double, u1: Double, z0: Double, z1: Double, depth: Double, slot: Int) in
            mesh.quad(wall.at(u0, z0, depth), wall.at(u1, z0, depth), wall.at(u1, z1, depth), wall.at(u0, z1, depth), slot: slot)
        }
        face(&mesh, cell.0, hole.0, cell.2, cell.3, 0, s)
        face(&mesh, hole.1, cell.1, cell.2, cell.3, 0, s)
        face(&mesh, hole.0, hole.1, cell.2, hole.2, 0, s)
        face(&mesh, hole.0, hole.1, hole.3, cell.3, 0, s)
        let fill = isDoor ? Slot.door.rawValue : Slot.glass.rawValue
        guard detail > 0 else { return face(&mesh, hole.0, hole.1, hole.2, hole.3, 0, fill) }
        let depth = 0.16
        let rim = [(hole.0, hole.2), (hole.1, hole.2), (hole.1, hole.3), (hole.0, hole.3)]
        for k in 0..<4 {
            let (a, b) = (rim[k], rim[(k + 1) % 4])
            mesh.quad(wall.at(a.0, a.1), wall.at(b.0, b.1), wall.at(b.0, b.1, depth), wall.at(a.0, a.1, depth), slot: Slot.band.rawValue)
        }
        face(&mesh, hole.0, hole.1, hole.2, hole.3, depth, fill)
        guard detail > 1 else { return }
        let w = 0.06
        var bars = [(hole.0, hole.0 + w, hole.2, hole.3), (hole.1 - w, hole.1, hole.2, hole.3), (hole.0, hole.1, hole.2, hole.2 + w), (hole.0, hole.1, hole.3 - w, hole.3)]
        if !isDoor {
            let middle = (hole.0 + hole.1) / 2
            bars.append((middle - w / 2, middle + w / 2, hole.2, hole.3))
        }
        for bar in bars { face(&mesh, bar.0, bar.1, bar.2, bar.3, depth - 0.03, Slot.frame.rawValue) }
        if !isDoor {
            let (a, b) = (wall.at(hole.0 - 0.08, hole.2 - 0.07, 0.02), wall.at(hole.1 + 0.08, hole.2, -0.07))
            mesh.box(pointwiseMin(a, b), pointwiseMax(a, b), slot: Slot.band.rawValue)
        } else {
            let (a, b) = (wall.at(hole.0 - 0.5, 0, 0.02), wall.at(hole.1 + 0.5, 0.5, -0.34))
            mesh.box(pointwiseMin(a, b), pointwiseMax(a, b), slot: Slot.plinth.rawValue)
        }
    }

    private func roof(_ mesh: inout MeshBuilder, _ detail: Int) {
        let (hx, hy) = (Self.half.x, Self.half.y)
        let (ox, oy) = (9.0, 6.0)
        let drop = (Self.ridge - Self.eaves) / hy * (oy - hy)
        let (low, s) = (Self.eaves - drop, Slot.roof.rawValue)
        let thick = Vec3(0, 0, 0.16)
        for side in [1.0, -1.0] {
            let (a, b) = (Vec3(-ox * side, side * -oy, low), Vec3(ox * side, side * -oy, low))
            let (c, d) = (Vec3(ox * side, 0, Self.ridge), Vec3(-ox * side, 0, Self.ridge))
            mesh.quad(a + thick, b + thick, c + thick, d + thick, slot: s)
            mesh.quad(b, a, d, c, slot: Slot.frame.rawValue)
            mesh.quad(a, b, b + thick, a + thick, slot: Slot.dark.rawValue)
            mesh.quad(b, c, c + thick, b + thick, slot: Slot.frame.rawValue)
            mesh.quad(d, a, a + thick, d + thick, slot: Slot.frame.rawValue)
            // Gable.
            mesh.triangle(Vec3(side * hx, side * -hy, Self.eaves), Vec3(side * hx, side * hy, Self.eaves), Vec3(side * hx, 0, Self.ridge), slot: Slot.wall.rawValue)
        }
        guard detail > 0 else { return }
        for x in [-4.5, 3.8] {
            mesh.box(Vec3(x, 0.7, 10.1), Vec3(x + 0.7, 1.3, 10.92), slot: Slot.wall.rawValue)
            mesh.box(Vec3(x - 0.06, 0.64, 10.92), Vec3(x + 0.76, 1.36, 11.0), slot: Slot.plinth.rawValue)
        }
    }
}
