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
        /// A niche is a window walled up: relief on a wall that wants no light.
        enum Kind { case window, french, door, shop, gate, niche }
        var kind: Kind
        var u0: Double, u1: Double, z0: Double, z1: Double
    }

    var mesh = MeshBuilder()
    let detail: Int
    let variant: Variant
    /// Share of rooms with somebody to light a lamp.
    var usedShare = 0.9
    /// What goes on behind its windows.
    var rooms = WindowCode.Room.dwelling
    /// Nothing may stand before the wall: a neighbour's begins there.
    var isFlush = false
    /// Shutters stand open beside the windows.
    var hasShutters = false
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
        if detail == 0, !isFlush {
            face(wall, 0, wall.length, z0, z1, slot)
            for (k, o) in openings.enumerated() where o.kind != .niche { flat(wall, o, -0.02, key * 64 + k) }
            return
        }
        var u = 0.0
        for (k, o) in openings.enumerated() {
            face(wall, u, o.u0, z0, z1, slot)
            if o.z0 > z0 { face(wall, o.u0, o.u1, z0, o.z0, slot) }
            if o.z1 < z1 { face(wall, o.u0, o.u1, o.z1, z1, slot) }
            if detail == 0 { flat(wall, o, 0, key * 64 + k) } else { opening(wall, o, key * 64 + k) }
            u = o.u1
        }
        face(wall, u, wall.length, z0, z1, slot)
    }

    private func share(_ key: Int, _ salt: UInt64) -> Double { Double(mix64(UInt64(key) &* 0x9E37_79B9 &+ salt &+ UInt64(variant.index)) >> 40) * 0x1p-24 }

    /// What stands behind a window: the same however much of it is built.
    private func code(_ o: Opening, _ key: Int) -> WindowCode {
        let (isShop, hash) = (o.kind == .shop, stableHash("\(variant.asset) \(variant.index)"))
        // Every other room has two windows; offices have three.
        let bay = key % 64, merged = rooms == .office ? bay / 3 * 3 : share(key / 64 * 64 + bay / 2, 5) < 0.5 ? bay / 2 * 2 : bay
        let room = mix64(hash ^ UInt64(key / 64 * 64 + merged))
        let groups = WindowCode.roomGroups
        let isUsed = Double(room >> 40) * 0x1p-24 < usedShare
        let group = isShop ? LampSet.shopGroup : isUsed ? groups.lowerBound + Int(room % UInt64(groups.count)) : 0
        let kind = share(key, 7), drawn = min(7, Int(8 * share(key, 8)))
        let curtain: WindowCode.Curtain =
            isShop || rooms == .goods ? .none : rooms == .office ? (kind < 0.3 ? .blind(drawn / 2) : .none) : kind < 0.55 ? .wings(drawn) : kind < 0.78 ? .blind(drawn) : .none
        let leaves = max(1, Int(((o.u1 - o.u0) / (isShop ? 1.5 : 0.72)).rounded()))
        return WindowCode(group: group, room: isShop ? .shop : rooms, curtain: curtain, leaves: leaves, tone: Int(mix64(room ^ 3) & 15))
    }

    /// A door, or a pane that shows its room: what is left of an opening from afar.
    mutating func flat(_ wall: Wall, _ o: Opening, _ depth: Double, _ key: Int) {
        switch o.kind {
        case .door, .gate: face(wall, o.u0, o.u1, o.z0, o.z1, depth: depth, .door)
        case .niche: face(wall, o.u0, o.u1, o.z0, o.z1, depth: depth, .wall)
        case .window, .french, .shop:
            mesh.quad(
                wall.at(o.u0, o.z0, depth), wall.at(o.u1, o.z0, depth), wall.at(o.u1, o.z1, depth), wall.at(o.u0, o.z1, depth), slot: HouseSlot.pane.rawValue,
                texture: code(o, key).corners)
        }
    }

    /// An opening in a wall whose face around it is drawn.
    mutating func opening(_ wall: Wall, _ o: Opening, _ key: Int) {
        let depth = o.kind == .shop ? 0.22 : o.kind == .niche ? 0.07 : reveal
        let rim = [(o.u0, o.z0), (o.u1, o.z0), (o.u1, o.z1), (o.u0, o.z1)]
        for k in 0..<4 {
            let (a, b) = (rim[k], rim[(k + 1) % 4])
            mesh.quad(wall.at(a.0, a.1), wall.at(b.0, b.1), wall.at(b.0, b.1, depth), wall.at(a.0, a.1, depth), slot: HouseSlot.trim.rawValue)
        }
        switch o.kind {
        case .door: door(wall, o, depth)
        case .gate: gate(wall, o, depth)
        case .niche: flat(wall, o, depth, key)
        case .window, .french, .shop:
            if hasShutters, !isFlush, o.kind == .window { shutters(wall, o) }
            guard detail == 2 else { return flat(wall, o, depth, key) }
            face(wall, o.u0, o.u1, o.z0, o.z1, depth: depth, .glass)
            frame(wall, o, depth)
            room(wall, o, depth, key)
            if o.kind == .window, !isFlush { block(wall, o.u0 - 0.07, o.u1 + 0.07, o.z0 - 0.06, o.z0, before: 0.07, behind: 0.02, .trim) }
        }
    }

    /// Two wings folded back against the wall.
    private mutating func shutters(_ wall: Wall, _ o: Opening) {
        let wide = (o.u1 - o.u0) / 2 - 0.02
        for u in [o.u0 - wide - 0.03, o.u1 + 0.03] where u > 0.05 && u + wide < wall.length - 0.05 {
            block(wall, u, u + wide, o.z0, o.z1, before: 0.045, behind: 0.005, .shutter)
            guard detail == 2 else { continue }
            // Slats, and the rail between two fields of them.
            let count = 12
            for k in 0..<count where k != count / 2 {
                let (low, high) = (lerp(o.z0, o.z1, (Double(k) + 0.25) / Double(count)), lerp(o.z0, o.z1, (Double(k) + 0.8) / Double(count)))
                block(wall, u + 0.06, u + wide - 0.06, low, high, before: 0.06, behind: -0.04, .shutter)
            }
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

    /// An open box behind the pane, with curtains in some. Walls go on in the colours of the edge that they start from.
    private mutating func room(_ wall: Wall, _ o: Opening, _ depth: Double, _ key: Int) {
        let isShop = o.kind == .shop
        let whole = code(o, key)
        let empty = WindowCode(group: whole.group, room: whole.room, tone: whole.tone)
        let back = depth + (isShop ? 2.0 : 0.9), near = depth + 0.02
        let rim = [(o.u0, o.z0), (o.u1, o.z0), (o.u1, o.z1), (o.u0, o.z1)], ends = [empty.at(0, 0), empty.at(1, 0), empty.at(1, 1), empty.at(0, 1)]
        mesh.quad(
            wall.at(o.u0, o.z0, back), wall.at(o.u1, o.z0, back), wall.at(o.u1, o.z1, back), wall.at(o.u0, o.z1, back), slot: HouseSlot.room.rawValue, texture: empty.corners)
        for k in 0..<4 {
            let (a, b) = (rim[k], rim[(k + 1) % 4]), (s, t) = (ends[k], ends[(k + 1) % 4])
            mesh.quad(
                wall.at(a.0, a.1, near), wall.at(b.0, b.1, near), wall.at(b.0, b.1, back), wall.at(a.0, a.1, back), slot: HouseSlot.room.rawValue, texture: (s, t, t, s))
        }
        if isShop { return goods(wall, o, depth, key, whole) }
        var cloth = whole
        (cloth.curtain, cloth.leaves) = (.cloth, 0)
        let slot = HouseSlot.room.rawValue
        switch whole.curtain {
        case .none, .cloth: break
        case .wings(let drawn):
            // Two wings drawn apart, in folds.
            let share = WindowCode.Curtain.wing(drawn)
            for (from, to) in [(0.0, share), (1 - share, 1)] {
                for fold in 0..<4 {
                    let (x, x1) = (lerp(from, to, Double(fold) / 4), lerp(from, to, Double(fold + 1) / 4))
                    let (s, t) = (lerp(o.u0, o.u1, x), lerp(o.u0, o.u1, x1))
                    let (d0, d1) = fold % 2 == 0 ? (0.06, 0.11) : (0.11, 0.06)
                    mesh.quad(
                        wall.at(s, o.z0, depth + d0), wall.at(t, o.z0, depth + d1), wall.at(t, o.z1, depth + d1), wall.at(s, o.z1, depth + d0), slot: slot,
                        texture: (cloth.at(x, 0), cloth.at(x1, 0), cloth.at(x1, 1), cloth.at(x, 1)))
                }
            }
        case .blind(let drawn):
            let low = 1 - WindowCode.Curtain.drop(drawn), z = lerp(o.z0, o.z1, low), d = depth + 0.05
            mesh.quad(
                wall.at(o.u0, z, d), wall.at(o.u1, z, d), wall.at(o.u1, o.z1, d), wall.at(o.u0, o.z1, d), slot: slot,
                texture: (cloth.at(0, low), cloth.at(1, low), cloth.at(1, 1), cloth.at(0, 1)))
        }
    }

    /// What stands in a shop window, lit from above.
    private mutating func goods(_ wall: Wall, _ o: Opening, _ depth: Double, _ key: Int, _ shop: WindowCode) {
        for k in 0..<Int((o.u1 - o.u0) / 0.55) {
            let u = o.u0 + 0.12 + 0.55 * Double(k), high = 0.25 + 0.85 * share(key * 16 + k, 3)
            let slot: HouseSlot = [.accent, .trim, .door, .metal][min(3, Int(4 * share(key * 16 + k, 4)))]
            block(wall, u, u + 0.40, o.z0, o.z0 + high, before: -(depth + 0.5), behind: depth + 0.9, slot)
            // Its front faces the lamps behind the pane.
            let thing = WindowCode(group: shop.group, room: .goods, tone: Int(16 * share(key * 16 + k, 6))), d = depth + 0.495
            mesh.quad(
                wall.at(u, o.z0, d), wall.at(u + 0.4, o.z0, d), wall.at(u + 0.4, o.z0 + high, d), wall.at(u, o.z0 + high, d), slot: HouseSlot.room.rawValue, texture: thing.corners)
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
