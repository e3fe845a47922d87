import SquallAssets
import SquallGeometry
import SquallMath

/// Walls with openings in them. Detail 2 cuts real windows with reveals, frames, sills, panes and rooms behind them; detail 1 keeps the
/// reveals; detail 0 lays panes on a flat wall.
struct Facade {
    /// An upright wall on the ground, seen from outside from its left end.
    struct Wall {
        var start: Vec3, along: Vec3, out: Vec3, length: Double
        /// A point `u` along, `z` up, `depth` behind the face.
        func at(_ u: Double, _ z: Double, _ depth: Double = 0) -> Vec3 { start + along * u - out * depth + Vec3(0, 0, z) }
    }
    struct Opening {
        enum Kind { case window, french, door, shop, gate }
        var kind: Kind
        var u0: Double, u1: Double, z0: Double, z1: Double
    }

    var mesh = MeshBuilder()
    let detail: Int
    let variant: Variant
    /// Share of rooms with a lamp on at night.
    var litShare = 0.35
    var reveal = 0.15

    init(detail: Int, variant: Variant) { (self.detail, self.variant) = (detail, variant) }

    /// Four walls round a rectangle, front (towards -y) first, then right (+x), back, left.
    static func walls(_ lower: Vec2, _ upper: Vec2) -> [Wall] {
        [
            Wall(start: Vec3(lower.x, lower.y, 0), along: Vec3(1, 0, 0), out: Vec3(0, -1, 0), length: upper.x - lower.x),
            Wall(start: Vec3(upper.x, lower.y, 0), along: Vec3(0, 1, 0), out: Vec3(1, 0, 0), length: upper.y - lower.y),
            Wall(start: Vec3(upper.x, upper.y, 0), along: Vec3(-1, 0, 0), out: Vec3(0, 1, 0), length: upper.x - lower.x),
            Wall(start: Vec3(lower.x, upper.y, 0), along: Vec3(0, -1, 0), out: Vec3(-1, 0, 0), length: upper.y - lower.y),
        ]
    }

    mutating func face(_ wall: Wall, _ u0: Double, _ u1: Double, _ z0: Double, _ z1: Double, depth: Double = 0, _ slot: HouseSlot) {
        mesh.quad(wall.at(u0, z0, depth), wall.at(u1, z0, depth), wall.at(u1, z1, depth), wall.at(u0, z1, depth), slot: slot.rawValue)
    }

    /// A picture from edge to edge, `before` the wall.
    mutating func picture(_ wall: Wall, _ u0: Double, _ u1: Double, _ z0: Double, _ z1: Double, before: Double, _ slot: HouseSlot) {
        mesh.quad(
            wall.at(u0, z0, -before), wall.at(u1, z0, -before), wall.at(u1, z1, -before), wall.at(u0, z1, -before), slot: slot.rawValue,
            texture: (Vec2(0, 1), Vec2(1, 1), Vec2(1, 0), Vec2(0, 0)))
    }

    /// A box on the wall from `behind` to `before` its face.
    mutating func block(_ wall: Wall, _ u0: Double, _ u1: Double, _ z0: Double, _ z1: Double, before: Double, behind: Double = 0, _ slot: HouseSlot, bevel: Double = 0) {
        let (a, b) = (wall.at(u0, z0, behind), wall.at(u1, z1, -before))
        mesh.box(pointwiseMin(a, b), pointwiseMax(a, b), slot: slot.rawValue, bevel: detail == 2 ? bevel : 0)
    }

    /// One storey of a wall, `z0` to `z1`, with its openings from left to right.
    mutating func storey(_ wall: Wall, _ z0: Double, _ z1: Double, _ openings: [Opening], _ slot: HouseSlot = .wall, key: Int) {
        if detail == 0 {
            face(wall, 0, wall.length, z0, z1, slot)
            for (k, o) in openings.enumerated() { face(wall, o.u0, o.u1, o.z0, o.z1, depth: -0.02, flat(o, key * 64 + k)) }
            return
        }
        var u = 0.0
        for (k, o) in openings.enumerated() {
            face(wall, u, o.u0, z0, z1, slot)
            if o.z0 > z0 { face(wall, o.u0, o.u1, z0, o.z0, slot) }
            if o.z1 < z1 { face(wall, o.u0, o.u1, o.z1, z1, slot) }
            opening(wall, o, key * 64 + k)
            u = o.u1
        }
        face(wall, u, wall.length, z0, z1, slot)
    }

    private func isLit(_ key: Int) -> Bool { Double(mix64(stableHash("\(variant.asset) \(variant.index)") ^ UInt64(key)) >> 40) * 0x1p-24 < litShare }
    private func share(_ key: Int, _ salt: UInt64) -> Double { Double(mix64(UInt64(key) &* 0x9E37_79B9 &+ salt &+ UInt64(variant.index)) >> 40) * 0x1p-24 }

    private func flat(_ o: Opening, _ key: Int) -> HouseSlot {
        switch o.kind {
        case .door, .gate: .door
        default: isLit(key) ? .warmPane : .pane
        }
    }

    private mutating func opening(_ wall: Wall, _ o: Opening, _ key: Int) {
        let depth = o.kind == .shop ? 0.22 : reveal
        let rim = [(o.u0, o.z0), (o.u1, o.z0), (o.u1, o.z1), (o.u0, o.z1)]
        for k in 0..<4 {
            let (a, b) = (rim[k], rim[(k + 1) % 4])
            mesh.quad(wall.at(a.0, a.1), wall.at(b.0, b.1), wall.at(b.0, b.1, depth), wall.at(a.0, a.1, depth), slot: HouseSlot.trim.rawValue)
        }
        switch o.kind {
        case .door: door(wall, o, depth)
        case .gate: gate(wall, o, depth)
        case .window, .french, .shop:
            guard detail == 2 else { return face(wall, o.u0, o.u1, o.z0, o.z1, depth: depth, flat(o, key)) }
            face(wall, o.u0, o.u1, o.z0, o.z1, depth: depth, .glass)
            frame(wall, o, depth)
            room(wall, o, depth, key)
            if o.kind == .window { block(wall, o.u0 - 0.07, o.u1 + 0.07, o.z0 - 0.06, o.z0, before: 0.07, behind: 0.02, .trim) }
        }
    }

    /// Bars stand 4 cm before the pane; each shows its front and the sides that can be seen.
    private mutating func frame(_ wall: Wall, _ o: Opening, _ depth: Double) {
        let w = o.kind == .shop ? 0.07 : 0.06
        upright(wall, o.u0, o.u0 + w, o.z0, o.z1, depth)
        upright(wall, o.u1 - w, o.u1, o.z0, o.z1, depth)
        level(wall, o.u0 + w, o.u1 - w, o.z0, o.z0 + w, depth)
        level(wall, o.u0 + w, o.u1 - w, o.z1 - w, o.z1, depth)
        let leaves = max(1, Int(((o.u1 - o.u0) / (o.kind == .shop ? 1.5 : 0.72)).rounded()))
        for k in 1..<max(2, leaves) where leaves > 1 {
            let u = lerp(o.u0, o.u1, Double(k) / Double(leaves))
            upright(wall, u - w / 2, u + w / 2, o.z0 + w, o.z1 - w, depth)
        }
        let tall = o.z1 - o.z0 > 1.75
        if tall {
            let z = o.kind == .shop ? o.z0 + 0.78 * (o.z1 - o.z0) : o.z1 - 0.42
            level(wall, o.u0 + w, o.u1 - w, z - w / 2, z + w / 2, depth)
        }
    }

    private mutating func upright(_ wall: Wall, _ u0: Double, _ u1: Double, _ z0: Double, _ z1: Double, _ depth: Double) {
        let front = depth - 0.045, s = HouseSlot.frame.rawValue
        face(wall, u0, u1, z0, z1, depth: front, .frame)
        mesh.quad(wall.at(u0, z0, depth), wall.at(u0, z0, front), wall.at(u0, z1, front), wall.at(u0, z1, depth), slot: s)
        mesh.quad(wall.at(u1, z0, front), wall.at(u1, z0, depth), wall.at(u1, z1, depth), wall.at(u1, z1, front), slot: s)
    }

    private mutating func level(_ wall: Wall, _ u0: Double, _ u1: Double, _ z0: Double, _ z1: Double, _ depth: Double) {
        let front = depth - 0.045, s = HouseSlot.frame.rawValue
        face(wall, u0, u1, z0, z1, depth: front, .frame)
        mesh.quad(wall.at(u0, z1, front), wall.at(u1, z1, front), wall.at(u1, z1, depth), wall.at(u0, z1, depth), slot: s)
        mesh.quad(wall.at(u0, z0, depth), wall.at(u1, z0, depth), wall.at(u1, z0, front), wall.at(u0, z0, front), slot: s)
    }

    /// An open box behind the pane, with curtains in some.
    private mutating func room(_ wall: Wall, _ o: Opening, _ depth: Double, _ key: Int) {
        let isShop = o.kind == .shop
        let lit = isShop || isLit(key)
        let slot: HouseSlot = isShop ? .coolRoom : lit ? .warmRoom : .room
        let back = depth + (isShop ? 2.0 : 0.9)
        let near = depth + 0.02
        face(wall, o.u0, o.u1, o.z0, o.z1, depth: back, slot)
        let rim = [(o.u0, o.z0), (o.u1, o.z0), (o.u1, o.z1), (o.u0, o.z1)]
        for k in 0..<4 {
            let (a, b) = (rim[k], rim[(k + 1) % 4])
            mesh.quad(wall.at(a.0, a.1, near), wall.at(b.0, b.1, near), wall.at(b.0, b.1, back), wall.at(a.0, a.1, back), slot: slot.rawValue)
        }
        if isShop { return goods(wall, o, depth, key) }
        let kind = share(key, 7)
        let cloth: HouseSlot = lit ? .warmCurtain : .curtain
        if kind < 0.55 {
            // Two wings drawn apart, in folds.
            let wing = (o.u1 - o.u0) * (0.16 + 0.20 * share(key, 8))
            for (a, b) in [(o.u0, o.u0 + wing), (o.u1 - wing, o.u1)] {
                for fold in 0..<4 {
                    let (s, t) = (lerp(a, b, Double(fold) / 4), lerp(a, b, Double(fold + 1) / 4))
                    let (d0, d1) = fold % 2 == 0 ? (0.06, 0.11) : (0.11, 0.06)
                    mesh.quad(wall.at(s, o.z0, depth + d0), wall.at(t, o.z0, depth + d1), wall.at(t, o.z1, depth + d1), wall.at(s, o.z1, depth + d0), slot: cloth.rawValue)
                }
            }
        } else if kind < 0.78 {
            // A blind, pulled down part of the way.
            face(wall, o.u0, o.u1, lerp(o.z1, o.z0, 0.15 + 0.75 * share(key, 9)), o.z1, depth: depth + 0.05, cloth)
        }
    }

    /// Shelves and what stands on them.
    private mutating func goods(_ wall: Wall, _ o: Opening, _ depth: Double, _ key: Int) {
        for k in 0..<Int((o.u1 - o.u0) / 0.55) {
            let u = o.u0 + 0.12 + 0.55 * Double(k), high = 0.25 + 0.85 * share(key * 16 + k, 3)
            let slot: HouseSlot = [.accent, .curtain, .door, .metal][min(3, Int(4 * share(key * 16 + k, 4)))]
            block(wall, u, u + 0.40, o.z0, o.z0 + high, before: -(depth + 0.5), behind: depth + 0.9, slot)
        }
    }

    private mutating func door(_ wall: Wall, _ o: Opening, _ depth: Double) {
        face(wall, o.u0, o.u1, o.z0, o.z1, depth: depth, .door)
        guard detail == 2 else { return }
        let w = 0.07, lights = o.z1 - 0.45
        upright(wall, o.u0, o.u0 + w, o.z0, o.z1, depth)
        upright(wall, o.u1 - w, o.u1, o.z0, o.z1, depth)
        level(wall, o.u0 + w, o.u1 - w, o.z1 - w, o.z1, depth)
        level(wall, o.u0 + w, o.u1 - w, lights - w, lights, depth)
        face(wall, o.u0 + w, o.u1 - w, lights, o.z1 - w, depth: depth - 0.01, .pane)
        for (low, high) in [(0.15, 0.85), (1.0, 1.6)] {
            block(wall, o.u0 + 0.2, o.u1 - 0.2, o.z0 + low, min(o.z0 + high, lights - 0.15), before: -depth + 0.025, behind: depth, .door, bevel: 0.02)
        }
        block(wall, o.u1 - 0.19, o.u1 - 0.15, o.z0 + 0.9, o.z0 + 1.15, before: -depth + 0.06, behind: depth, .metal)
    }

    /// A wide door of ribbed panels: garage, loading dock, barn.
    private mutating func gate(_ wall: Wall, _ o: Opening, _ depth: Double) {
        face(wall, o.u0, o.u1, o.z0, o.z1, depth: depth, .door)
        guard detail == 2 else { return }
        let ribs = max(3, Int((o.z1 - o.z0) / 0.5))
        for k in 0..<ribs {
            let z = lerp(o.z0, o.z1, (Double(k) + 0.08) / Double(ribs)), top = lerp(o.z0, o.z1, (Double(k) + 0.92) / Double(ribs))
            block(wall, o.u0 + 0.05, o.u1 - 0.05, z, top, before: -depth + 0.03, behind: depth, .door, bevel: 0.02)
        }
    }
}
