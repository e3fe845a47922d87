import Foundation
import SquallAssets
import SquallGeometry
import SquallMath

/// What closes a house at its top.
extension Facade {
    /// Two slopes that meet over the middle of `lower...upper`, ridge along x, `over` metres beyond the walls.
    /// - Parameters:
    ///   - gables: slot of the triangles under the slopes.
    ///   - attic: the ridge that windows of a room under the roof go by, where there is height for one: the same however much detail is drawn; nil for none.
    mutating func gableRoof(_ lower: Vec2, _ upper: Vec2, eaves: Double, ridge: Double, over: Vec2, gables: HouseSlot = .wall, attic: Double? = nil) {
        let thick = 0.18, middle = (lower.y + upper.y) / 2, half = (upper.y - lower.y) / 2
        let slope = (ridge - thick - eaves) / half
        let (x0, x1) = (lower.x - over.x, upper.x + over.x)
        let low = eaves - slope * over.y
        let up = Vec3(0, 0, thick), r = HouseSlot.roof.rawValue, under = HouseSlot.frame.rawValue
        for side in [-1.0, 1] {
            let y = middle + side * (half + over.y)
            // Seen from outside: from left to right along the eaves, then back along the ridge.
            let (a, b) = side < 0 ? (Vec3(x0, y, low), Vec3(x1, y, low)) : (Vec3(x1, y, low), Vec3(x0, y, low))
            let (c, d) = (Vec3(b.x, middle, ridge - thick), Vec3(a.x, middle, ridge - thick))
            mesh.quad(a + up, b + up, c + up, d + up, slot: r)
            mesh.quad(b, a, d, c, slot: under)
            mesh.quad(a, b, b + up, a + up, slot: under)
            mesh.quad(b, c, c + up, b + up, slot: under)
            mesh.quad(d, a, a + up, d + up, slot: under)
            if detail > 0 { gutter(from: a, to: b, out: Vec3(0, side, 0)) }
        }
        let walls = Self.walls(lower, upper)
        for side in [3, 1] { gable(walls[side], eaves: eaves, apex: ridge - thick, gables, attic: attic.map { $0 - thick - eaves }, key: side * 16 + 15) }
        if detail == 2 {
            // Ridge tiles overlap.
            let pieces = max(1, Int((x1 - x0) / 0.4))
            for k in 0..<pieces {
                let (a, b) = (lerp(x0, x1, Double(k) / Double(pieces)), lerp(x0, x1, Double(k + 1) / Double(pieces)))
                let z = ridge - 0.075
                mesh.tube([Vec3(a, middle, z), Vec3(b, middle, z)], radii: [0.075, 0.062], segments: 7, slot: r)
            }
        }
    }

    /// The triangle under a roof's slopes, and windows in it for an attic of a height.
    private mutating func gable(_ wall: Wall, eaves: Double, apex: Double, _ slot: HouseSlot, attic: Double?, key: Int) {
        let (width, height) = (wall.length, apex - eaves)
        /// Where the slope is at a height, from the wall's left end.
        func edge(_ z: Double) -> Double { (z - eaves) / height * width / 2 }
        let room = attic ?? 0, (z0, z1) = (eaves + 0.35, eaves + min(1.55, 0.35 + room * 0.46))
        guard z1 - z0 > 0.6, z1 - eaves < height else {
            return mesh.triangle(wall.at(0, eaves), wall.at(width, eaves), wall.at(width / 2, apex), slot: slot.rawValue)
        }
        let wide = min(0.95, (z1 - z0) * 0.9), free = width / 2 * (1 - (z1 - eaves) / room) - 0.25
        let middles = free > wide * 2 + 0.4 ? [-wide * 0.85, wide * 0.85] : [0.0]
        let openings = middles.map { Opening(kind: .window, u0: width / 2 + $0 - wide / 2, u1: width / 2 + $0 + wide / 2, z0: z0, z1: z1) }
        func strip(_ a: (Double, Double), _ b: (Double, Double), _ c: (Double, Double), _ d: (Double, Double)) {
            mesh.quad(wall.at(a.0, a.1), wall.at(b.0, b.1), wall.at(c.0, c.1), wall.at(d.0, d.1), slot: slot.rawValue)
        }
        strip((0, eaves), (width, eaves), (width - edge(z0), z0), (edge(z0), z0))
        var (low, high) = (edge(z0), edge(z1))
        for (k, o) in openings.enumerated() {
            strip((low, z0), (o.u0, z0), (o.u0, z1), (high, z1))
            if detail == 0 { flat(wall, o, 0, key * 64 + k) } else { opening(wall, o, key * 64 + k) }
            (low, high) = (o.u1, o.u1)
        }
        strip((low, z0), (width - edge(z0), z0), (width - edge(z1), z1), (high, z1))
        mesh.triangle(wall.at(edge(z1), z1), wall.at(width - edge(z1), z1), wall.at(width / 2, apex), slot: slot.rawValue)
    }

    /// A small house on the front slope of a gable roof with a window in it: `u` along the front wall, `back` behind it, between `slope` (m/m) and a roof of its own.
    mutating func dormer(_ wall: Wall, _ u: Double, back: Double, eaves: Double, slope: Double, window: Vec2, key: Int) {
        let half = window.x / 2 + 0.16, floor = eaves + 0.18 + slope * back
        let top = floor + window.y + 0.35, end = back + (top - floor) / slope
        let front = Wall(start: wall.at(u - half, 0, back), along: wall.along, out: wall.out, length: half * 2)
        let o = Opening(kind: .window, u0: 0.16, u1: half * 2 - 0.16, z0: floor + 0.15, z1: floor + 0.15 + window.y)
        storey(front, floor - 0.2, top, [o], key: key)
        for side in [0.0, half * 2] {
            let (a, b, c) = (front.at(side, floor - 0.2), front.at(side, top), wall.at(u - half + side, top, end))
            side == 0 ? mesh.triangle(c, a, b, slot: HouseSlot.shutter.rawValue) : mesh.triangle(a, c, b, slot: HouseSlot.shutter.rawValue)
        }
        let (l, r) = (u - half - 0.12, u + half + 0.12), lift = 0.1
        let (a, b) = (wall.at(l, top, back - 0.2), wall.at(r, top, back - 0.2)), (c, d) = (wall.at(r, top + 0.12, end + 0.3), wall.at(l, top + 0.12, end + 0.3))
        let up = Vec3(0, 0, lift)
        mesh.quad(a + up, b + up, c + up, d + up, slot: HouseSlot.roof.rawValue)
        mesh.quad(b, a, d, c, slot: HouseSlot.frame.rawValue)
        mesh.quad(a, b, b + up, a + up, slot: HouseSlot.frame.rawValue)
        mesh.quad(b, c, c + up, b + up, slot: HouseSlot.frame.rawValue)
        mesh.quad(d, a, a + up, d + up, slot: HouseSlot.frame.rawValue)
    }

    /// Four slopes over a rectangle; the ridge runs along x over the rest of its length.
    mutating func hipRoof(_ lower: Vec2, _ upper: Vec2, eaves: Double, ridge: Double, over: Double) {
        let (l, u) = (lower - Vec2(over, over), upper + Vec2(over, over))
        let half = (u.y - l.y) / 2, middle = (l.y + u.y) / 2
        let inset = min(half, (u.x - l.x) / 2 - 0.05)
        let z = eaves + 0.1, r = HouseSlot.roof.rawValue
        let p = [Vec3(l.x, l.y, z), Vec3(u.x, l.y, z), Vec3(u.x, u.y, z), Vec3(l.x, u.y, z)]
        let (a, b) = (Vec3(l.x + inset, middle, ridge), Vec3(u.x - inset, middle, ridge))
        mesh.quad(p[0], p[1], b, a, slot: r)
        mesh.quad(p[2], p[3], a, b, slot: r)
        mesh.triangle(p[1], p[2], b, slot: r)
        mesh.triangle(p[3], p[0], a, slot: r)
        let drop = Vec3(0, 0, -0.2)
        for k in 0..<4 { mesh.quad(p[k] + drop, p[(k + 1) % 4] + drop, p[(k + 1) % 4], p[k], slot: HouseSlot.frame.rawValue) }
        mesh.quad(p[3] + drop, p[2] + drop, p[1] + drop, p[0] + drop, slot: HouseSlot.frame.rawValue)
        guard detail == 2 else { return }
        let radius = 0.07
        for (corner, end) in [(p[0], a), (p[1], b), (p[2], b), (p[3], a)] {
            // The tiles begin where their round end stays within the eaves.
            let way = (end - corner).normalized
            let overhang = { (along: Double) in radius * (1 - along * along).squareRoot() / max(abs(along), 0.1) }
            let from = corner + way * max(overhang(way.x), overhang(way.y))
            mesh.tube([from + Vec3(0, 0, 0.01), end - Vec3(0, 0, 0.03)], radii: [radius, radius], segments: 6, slot: r)
        }
        mesh.tube([a + Vec3(0, 0, 0.01), b - Vec3(0, 0, 0.03)], radii: [radius, radius], segments: 6, slot: r)
    }

    /// A roof one does not see from the street, behind a parapet up to `top`.
    mutating func flatRoof(_ lower: Vec2, _ upper: Vec2, floor: Double, top: Double, _ wall: HouseSlot = .wall) {
        mesh.quad(Vec3(lower.x, lower.y, floor), Vec3(upper.x, lower.y, floor), Vec3(upper.x, upper.y, floor), Vec3(lower.x, upper.y, floor), slot: HouseSlot.roof.rawValue)
        let inner = Facade.walls(lower + Vec2(0.3, 0.3), upper - Vec2(0.3, 0.3))
        for (k, w) in Facade.walls(lower, upper).enumerated() {
            face(w, 0, w.length, floor, top, wall)
            let i = inner[k]
            mesh.quad(i.at(i.length, floor), i.at(0, floor), i.at(0, top), i.at(i.length, top), slot: wall.rawValue)
            mesh.quad(w.at(0, top), w.at(w.length, top), i.at(i.length, top), i.at(0, top), slot: HouseSlot.metal.rawValue)
        }
    }

    /// A half-round gutter below an edge of the roof.
    private mutating func gutter(from a: Vec3, to b: Vec3, out: Vec3) {
        let s = HouseSlot.metal.rawValue, segments = detail == 2 ? 5 : 2
        var before: (Vec3, Vec3)?
        for k in 0...segments {
            let angle = .pi * Double(k) / Double(segments)
            let shift = out * (-0.055 - 0.055 * cos(angle)) + Vec3(0, 0, -0.055 * sin(angle) + 0.01)
            let now = (a + shift, b + shift)
            if let before { mesh.quad(before.0, before.1, now.1, now.0, slot: s) ; mesh.quad(now.0, now.1, before.1, before.0, slot: s) }
            before = now
        }
    }

    mutating func downpipe(at foot: Vec2, top: Double) {
        guard detail > 0 else { return }
        mesh.tube([Vec3(foot.x, foot.y, 0.02), Vec3(foot.x, foot.y, top)], radii: [0.05, 0.05], segments: detail == 2 ? 8 : 4, slot: HouseSlot.metal.rawValue)
    }

    /// A stack with a projecting head and pots.
    mutating func chimney(at foot: Vec2, from low: Double, to top: Double, _ slot: HouseSlot = .accent) {
        let h = Vec2(0.42, 0.30)
        let pots = detail == 2 ? 0.22 : 0
        mesh.box(Vec3(foot.x - h.x, foot.y - h.y, low), Vec3(foot.x + h.x, foot.y + h.y, top - 0.22 - 0.16), slot: slot.rawValue)
        let head = h + Vec2(0.06, 0.06)
        mesh.box(Vec3(foot.x - head.x, foot.y - head.y, top - 0.38), Vec3(foot.x + head.x, foot.y + head.y, top - pots), slot: HouseSlot.plinth.rawValue, bevel: detail == 2 ? 0.03 : 0)
        guard detail == 2 else { return }
        for x in [-0.2, 0.2] {
            mesh.lathe(
                [Vec2(0.11, 0), Vec2(0.09, 0.19), Vec2(0.105, 0.22), Vec2(0.06, 0.22), Vec2(0.06, 0.05), Vec2(0, 0.05)], origin: Vec3(foot.x + x, foot.y, top - 0.22),
                axis: Vec3(0, 0, 1), segments: 10
            ) { $0 < 3 ? HouseSlot.roof.rawValue : HouseSlot.dark.rawValue }
        }
    }

    /// A slab with a railing before an opening.
    mutating func balcony(_ wall: Wall, _ u0: Double, _ u1: Double, _ z: Double, depth: Double) {
        block(wall, u0, u1, z - 0.16, z, before: depth, behind: 0.02, .trim, bevel: 0.02)
        let high = 1.0
        guard detail > 0 else { return }
        let rails: [(Double, Double, Double, Double)] = [(u0, u1, depth - 0.05, depth), (u0, u0 + 0.05, 0, depth - 0.05), (u1 - 0.05, u1, 0, depth - 0.05)]
        for (a, b, near, far) in rails { block(wall, a, b, z + high - 0.05, z + high, before: far, behind: -near, .railing) }
        guard detail == 2 else {
            face(wall, u0, u1, z + 0.1, z + high - 0.05, depth: -(depth - 0.02), .railing)
            return
        }
        for (a, b, near, far) in rails { block(wall, a, b, z + 0.09, z + 0.12, before: far, behind: -near, .railing) }
        let bars = max(2, Int((u1 - u0) / 0.13))
        for k in 0...bars {
            let u = lerp(u0 + 0.02, u1 - 0.02, Double(k) / Double(bars))
            bar(wall.at(u, z, -(depth - 0.025)), high)
        }
        for k in 1..<max(2, Int(depth / 0.14)) {
            for u in [u0 + 0.025, u1 - 0.025] { bar(wall.at(u, z, -0.14 * Double(k)), high) }
        }
    }

    private mutating func bar(_ foot: Vec3, _ height: Double) {
        mesh.tube([foot + Vec3(0, 0, 0.0), foot + Vec3(0, 0, height - 0.04)], radii: [0.011, 0.011], segments: 3, slot: HouseSlot.railing.rawValue)
    }

    /// Cloth on arms over a shop window, with a scalloped valance.
    mutating func awning(_ wall: Wall, _ u0: Double, _ u1: Double, _ z: Double, depth: Double) {
        let stripes = detail == 2 ? max(2, Int((u1 - u0) / 0.35)) : 1
        for k in 0..<stripes {
            let (a, b) = (lerp(u0, u1, Double(k) / Double(stripes)), lerp(u0, u1, Double(k + 1) / Double(stripes)))
            let s = (k % 2 == 0 || detail < 2 ? HouseSlot.awning : .canvas).rawValue
            let (low, drop) = (z - 0.36 * depth, 0.2)
            mesh.quad(wall.at(a, low, -depth), wall.at(b, low, -depth), wall.at(b, z), wall.at(a, z), slot: s)
            let middle = (a + b) / 2
            mesh.quad(wall.at(a, low - drop * 0.6, -depth), wall.at(middle, low - drop, -depth), wall.at(middle, low, -depth), wall.at(a, low, -depth), slot: s)
            mesh.quad(wall.at(middle, low - drop, -depth), wall.at(b, low - drop * 0.6, -depth), wall.at(b, low, -depth), wall.at(middle, low, -depth), slot: s)
        }
    }
}
