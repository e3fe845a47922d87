import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `warehouse` and `barn`: large halls with gates, a low or a steep gabled roof, walls of ribbed metal or of boards. Fronts look to -y.
struct Shed: ProceduralAsset {
    var isBarn: Bool

    var variants: Int { 4 }

    func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let wall = isBarn
            ? variant.choice("color", [Vec3f(0.115, 0.070, 0.042), Vec3f(0.17, 0.13, 0.10), Vec3f(0.20, 0.045, 0.03)]) ?? Vec3f(0.12, 0.07, 0.04)
            : variant.choice("color", [Vec3f(0.46, 0.47, 0.47), Vec3f(0.20, 0.25, 0.30), Vec3f(0.48, 0.45, 0.38), Vec3f(0.30, 0.32, 0.30)]) ?? Vec3f(repeating: 0.45)
        let accent = isBarn ? Vec3f(0.09, 0.055, 0.035) : variant.choice("accent", [Vec3f(0.02, 0.09, 0.28), Vec3f(0.36, 0.03, 0.02), Vec3f(0.40, 0.20, 0.01),
            Vec3f(0.05, 0.20, 0.10)]) ?? Vec3f(0.02, 0.09, 0.28)
        let roof = isBarn ? Vec3f(0.19, 0.075, 0.048) : Vec3f(0.24, 0.245, 0.25)
        let materials = HouseSurfaces.materials(wall: isBarn ? .wood : .metal, color: wall, accent: accent, roof: roof, tiles: isBarn)
        let levels = [(2, 0.0), (1, 50.0), (0, 150.0)].map { detail, distance -> Asset.Level in
            var facade = Facade(detail: detail, variant: variant)
            facade.usedShare = isBarn ? 0 : 0.6
            facade.rooms = isBarn ? .goods : .office
            draw(&facade, archetype.size)
            return Asset.Level(pieces: [Asset.Piece(mesh: facade.mesh.mesh(crease: 0.35, textured: true))], distance: distance)
        }
        return Asset(archetype, levels: levels, materials: materials, paintSlot: HouseSlot.wall.rawValue)
    }

    private func draw(_ facade: inout Facade, _ size: Vec3) {
        let over = isBarn ? 0.5 : 0.3, front = isBarn ? 0.5 : 1.2
        let lower = Vec2(-size.x / 2 + over, -size.y / 2 + front), upper = Vec2(size.x / 2 - over, size.y / 2 - over)
        let eaves = size.z * (isBarn ? 0.48 : 0.80), base = isBarn ? 0.6 : 0.4
        let walls = Facade.walls(lower, upper)
        for (side, wall) in walls.enumerated() {
            facade.face(wall, 0, wall.length, 0, base, .plinth)
            let openings = openings(wall, side, base, eaves)
            facade.storey(wall, base, eaves, openings, key: side * 16)
            if facade.detail == 2 { ribs(&facade, wall, base, eaves, openings) }
            if side == 0 { docks(&facade, wall, openings, size) }
        }
        facade.mesh.quad(Vec3(lower.x, lower.y, 0), Vec3(lower.x, upper.y, 0), Vec3(upper.x, upper.y, 0), Vec3(upper.x, lower.y, 0), slot: HouseSlot.plinth.rawValue)
        facade.gableRoof(lower, upper, eaves: eaves, ridge: size.z, over: Vec2(over, over))
        for x in [lower.x + 0.15, upper.x - 0.15] { for y in [lower.y - 0.09, upper.y + 0.09] { facade.downpipe(at: Vec2(x, y), top: eaves - 0.1) } }
    }

    private func openings(_ wall: Facade.Wall, _ side: Int, _ base: Double, _ eaves: Double) -> [Facade.Opening] {
        let bays = max(1, Int((wall.length / (isBarn ? 4.6 : 6)).rounded())), pitch = wall.length / Double(bays)
        return (0..<bays).map { bay in
            let middle = pitch * (Double(bay) + 0.5)
            let isGate = side == 0 && (isBarn ? bay == bays / 2 : bay % 3 != 2)
            if isGate {
                let half = isBarn ? min(1.9, pitch / 2 - 0.2) : 1.75
                return Facade.Opening(kind: .gate, u0: middle - half, u1: middle + half, z0: base, z1: min(eaves - 0.3, base + (isBarn ? 3.4 : 3.6)))
            }
            if side == 0, !isBarn { return Facade.Opening(kind: .door, u0: middle - 0.55, u1: middle + 0.55, z0: base, z1: base + 2.2) }
            let half = isBarn ? 0.4 : 1.9
            let low = isBarn ? base + 1.3 : eaves - 1.9
            return Facade.Opening(kind: .window, u0: middle - half, u1: middle + half, z0: low, z1: low + (isBarn ? 0.8 : 0.9))
        }
    }

    /// Ribs of cladding or cover strips of boards, between the openings.
    private func ribs(_ facade: inout Facade, _ wall: Facade.Wall, _ base: Double, _ eaves: Double, _ openings: [Facade.Opening]) {
        let pitch = isBarn ? 0.28 : 0.5, wide = isBarn ? 0.05 : 0.14, out = isBarn ? 0.022 : 0.04
        for k in 1..<Int(wall.length / pitch) {
            let u = Double(k) * pitch
            var spans = [(base, eaves)]
            for o in openings where u + wide > o.u0 - 0.08 && u - wide < o.u1 + 0.08 { spans = [(base, o.z0 - 0.08), (o.z1 + 0.03, eaves)] }
            for (low, high) in spans where high > low + 0.05 {
                // A trapezoid: two flanks and a crown.
                let line = { (at: Double, depth: Double) in (wall.at(at, low, -depth), wall.at(at, high, -depth)) }
                let rows = [line(u - wide / 2, 0), line(u - wide / 4, out), line(u + wide / 4, out), line(u + wide / 2, 0)]
                for (a, b) in zip(rows, rows.dropFirst()) { facade.mesh.quad(a.0, b.0, b.1, a.1, slot: HouseSlot.wall.rawValue) }
            }
        }
    }

    /// Ramps, buffers and a canopy before the gates of a warehouse; a ramp before a barn's.
    private func docks(_ facade: inout Facade, _ wall: Facade.Wall, _ openings: [Facade.Opening], _ size: Vec3) {
        let reach = size.y / 2 + wall.start.y
        for o in openings where o.kind == .gate {
            if isBarn {
                facade.block(wall, o.u0, o.u1, 0, 0.25, before: reach, behind: 0.02, .plinth)
            } else {
                facade.block(wall, o.u0 - 0.35, o.u1 + 0.35, o.z1 + 0.25, o.z1 + 0.45, before: reach, behind: 0.02, .accent, bevel: 0.02)
                if facade.detail > 0 { for u in [o.u0 - 0.3, o.u1 + 0.05] { facade.block(wall, u, u + 0.25, 0.02, 0.55, before: 0.14, behind: 0.02, .dark, bevel: 0.03) } }
            }
        }
        if !isBarn, facade.detail > 0 { facade.block(wall, 1.0, wall.length - 1.0, 5.6, 6.4, before: 0.06, behind: 0.01, .accent) }
    }
}
