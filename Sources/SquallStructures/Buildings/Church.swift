import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `church`: a village church: nave with pointed windows and buttresses under a steep roof, a tower with belfry and spire at its rear (-x) end.
struct Church: ProceduralAsset {
    var variants: Int { 3 }

    func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let wall = variant.choice("color", [Vec3f(0.52, 0.49, 0.43), Vec3f(0.62, 0.60, 0.55), Vec3f(0.28, 0.13, 0.085)]) ?? Vec3f(0.5, 0.5, 0.45)
        let roof = variant.choice("roof", [Vec3f(0.075, 0.075, 0.08), Vec3f(0.19, 0.075, 0.048), Vec3f(0.07, 0.14, 0.11)]) ?? Vec3f(repeating: 0.08)
        var materials = HouseSurfaces.materials(wall: wall.x < 0.4 ? .brick : .plaster, color: wall, accent: Vec3f(0.09, 0.05, 0.028), roof: roof, tiles: true)
        // Stained glass: no room shows behind it.
        materials[HouseSlot.pane.rawValue] = Surfaces.windowPane
        let levels = [(2, 0.0), (1, 60.0), (0, 180.0)].map { detail, distance -> Asset.Level in
            var facade = Facade(detail: detail, variant: variant)
            draw(&facade, archetype.size)
            return Asset.Level(pieces: [Asset.Piece(mesh: facade.mesh.mesh(crease: 0.35).stretched(to: archetype.size, around: Vec3(0, 0, archetype.size.z / 2)))], distance: distance)
        }
        return Asset(archetype, levels: levels, materials: materials, paintSlot: HouseSlot.wall.rawValue)
    }

    private func draw(_ facade: inout Facade, _ size: Vec3) {
        let tower = 5.2, back = -size.x / 2
        let nave = (lower: Vec2(back + tower - 0.3, -size.y / 2 + 1.0), upper: Vec2(size.x / 2 - 0.4, size.y / 2 - 1.0))
        let eaves = 0.27 * size.z, ridge = 0.50 * size.z
        for (side, wall) in Facade.walls(nave.lower, nave.upper).enumerated() {
            let bays = side % 2 == 0 ? 4 : 0
            facade.face(wall, 0, wall.length, 0, 0.5, .plinth)
            facade.storey(wall, 0.5, eaves, [], key: side)
            for bay in 0..<bays {
                let u = wall.length * (Double(bay) + 0.5) / Double(bays)
                window(&facade, wall, u, 1.8, width: 1.3, height: eaves - 2.6)
            }
            for bay in 0...bays where bays > 0 && facade.detail > 0 {
                let u = (wall.length * Double(bay) / Double(bays)).clamped(to: 0.45...wall.length - 0.45)
                facade.block(wall, u - 0.4, u + 0.4, 0, eaves * 0.55, before: 1.0, behind: 0.02, .wall)
                facade.block(wall, u - 0.4, u + 0.4, eaves * 0.55, eaves * 0.86, before: 0.55, behind: 0.02, .wall)
                facade.block(wall, u - 0.45, u + 0.45, eaves * 0.55, eaves * 0.55 + 0.12, before: 1.0, behind: 0.02, .trim, bevel: 0.03)
            }
        }
        facade.gableRoof(nave.lower, nave.upper, eaves: eaves, ridge: ridge, over: Vec2(0.4, 0.4))
        spire(&facade, Vec2(back, -tower / 2), Vec2(back + tower, tower / 2), size)
    }

    private func spire(_ facade: inout Facade, _ lower: Vec2, _ upper: Vec2, _ size: Vec3) {
        let top = 0.58 * size.z, c = (lower + upper) / 2
        for (side, wall) in Facade.walls(lower, upper).enumerated() {
            facade.face(wall, 0, wall.length, 0, 0.7, .plinth)
            let door = side == 3 ? [Facade.Opening(kind: .door, u0: wall.length / 2 - 0.9, u1: wall.length / 2 + 0.9, z0: 0.7, z1: 3.6)] : []
            facade.storey(wall, 0.7, top, door, key: 32 + side)
            // Openings for the bells with louvres, and the clock.
            for u in [wall.length / 2 - 0.75, wall.length / 2 + 0.75] { window(&facade, wall, u, top - 3.6, width: 0.9, height: 2.4, louvres: true) }
            if facade.detail > 0 {
                facade.block(wall, -0.08, wall.length + 0.08, top - 4.2, top - 4.0, before: 0.08, behind: 0.02, .trim)
                facade.mesh.lathe([Vec2(0.85, 0), Vec2(0.85, 0.06), Vec2(0.75, 0.06), Vec2(0, 0.06)], origin: wall.at(wall.length / 2, top - 5.4), axis: wall.out,
                    segments: facade.detail == 2 ? 28 : 12) {
                    $0 < 2 ? HouseSlot.metal.rawValue : HouseSlot.canvas.rawValue
                }
                for (du, dz) in [(0.0, 0.55), (0.32, 0.18)] {
                    let (from, to) = (wall.at(wall.length / 2, top - 5.4, -0.075), wall.at(wall.length / 2 + du, top - 5.4 + dz, -0.075))
                    facade.mesh.tube([from, to], radii: [0.03, 0.02], segments: 4, slot: HouseSlot.pane.rawValue)
                }
            }
        }
        // A square foot that turns into an eight-sided spire, with ball and cross.
        let ring = { (r: Double, z: Double, corner: Double) -> [Vec3] in
            (0..<8).map { k in
                let a = (Double(k) + 0.5) * .pi / 4
                let (x, y) = (cos(a), sin(a))
                let square = 1 / max(abs(x), abs(y))
                let s = lerp(1, square, corner)
                return Vec3(c.x + x * r * s, c.y + y * r * s, z)
            }
        }
        let half = (upper.x - lower.x) / 2
        let cross = size.z - 1.5
        let rings = [ring(half + 0.3, top - 0.15, 1), ring(half + 0.3, top, 1), ring(half * 0.80, top + 1.6, 0.25), ring(half * 0.42, lerp(top, cross, 0.55), 0), ring(0.06, cross, 0)]
        facade.mesh.grid(rings, closed: true, flipped: true) { i, _ in i == 0 ? HouseSlot.frame.rawValue : HouseSlot.roof.rawValue }
        facade.mesh.polygon(rings[0].reversed(), slot: HouseSlot.frame.rawValue)
        let ball = (0...6).map { k -> Vec2 in
            let a = .pi * Double(k) / 6
            return Vec2(0.22 * sin(a), 0.18 - 0.22 * cos(a))
        }
        facade.mesh.lathe(ball, origin: Vec3(c.x, c.y, cross), axis: Vec3(0, 0, 1), segments: facade.detail == 2 ? 12 : 6) { _ in HouseSlot.metal.rawValue }
        facade.mesh.box(Vec3(c.x - 0.03, c.y - 0.04, cross + 0.3), Vec3(c.x + 0.03, c.y + 0.04, size.z), slot: HouseSlot.metal.rawValue)
        facade.mesh.box(Vec3(c.x - 0.03, c.y - 0.35, cross + 0.95), Vec3(c.x + 0.03, c.y + 0.35, cross + 1.03), slot: HouseSlot.metal.rawValue)
    }

    /// A pointed window: its tracery and dark glass lie within a stone frame that stands out from the wall.
    private func window(_ facade: inout Facade, _ wall: Facade.Wall, _ u: Double, _ z: Double, width: Double, height: Double, louvres: Bool = false) {
        let w = width / 2
        let outline = { (grow: Double) -> [Vec2] in
            let r = w + grow, spring = z + height - 1.5 * w
            let side: [Vec2] = (0...4).map { k -> Vec2 in
                // Arcs of twice the half width about the other side's foot meet in a point.
                let a = Double(k) / 4 * .pi / 3
                return Vec2(-r + 2 * r * cos(a), spring + 2 * r * sin(a) * 0.866)
            }
            let mirrored: [Vec2] = side.dropLast().reversed().map { Vec2(-$0.x, $0.y) }
            let foot: [Vec2] = [Vec2(-r, z - grow), Vec2(r, z - grow)]
            return foot + side + mirrored
        }
        let frame = outline(0.16), pane = outline(0)
        let at = { (p: Vec2, depth: Double) in wall.at(u + p.x, p.y, depth) }
        guard facade.detail > 0 else {
            facade.mesh.polygon(pane.map { at($0, -0.03) }, slot: HouseSlot.pane.rawValue)
            return
        }
        for k in frame.indices {
            let n = (k + 1) % frame.count
            facade.mesh.quad(at(frame[k], -0.09), at(frame[n], -0.09), at(pane[n], -0.09), at(pane[k], -0.09), slot: HouseSlot.trim.rawValue)
            facade.mesh.quad(at(frame[n], -0.09), at(frame[k], -0.09), at(frame[k], 0.01), at(frame[n], 0.01), slot: HouseSlot.trim.rawValue)
            facade.mesh.quad(at(pane[k], -0.09), at(pane[n], -0.09), at(pane[n], -0.01), at(pane[k], -0.01), slot: HouseSlot.trim.rawValue)
        }
        facade.mesh.polygon(pane.map { at($0, -0.01) }, slot: HouseSlot.pane.rawValue)
        guard facade.detail == 2 else { return }
        if louvres {
            for k in 0..<7 {
                let low = z + 0.12 + 0.28 * Double(k)
                facade.mesh.quad(at(Vec2(-w, low), -0.08), at(Vec2(w, low), -0.08), at(Vec2(w, low + 0.2), -0.02), at(Vec2(-w, low + 0.2), -0.02), slot: HouseSlot.door.rawValue)
            }
        } else {
            facade.block(wall, u - 0.04, u + 0.04, z, z + height - 0.35, before: 0.06, behind: 0, .trim)
            for k in 1..<5 { facade.block(wall, u - w, u + w, z + Double(k) * height / 6, z + Double(k) * height / 6 + 0.03, before: 0.03, behind: 0, .dark) }
        }
    }
}
