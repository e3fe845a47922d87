import CSquallKernels
import SquallAssets
import SquallRaster

/// What a window shows by day and by night: a room with a ceiling lamp and furniture, curtains or a blind, shelves of a shop, desks of an office, and of flat panes
/// far off the frame as well. `WindowCode` in the texture coordinates says which; everything is filtered by what a pixel covers.
package enum WindowDetail {
    /// A double pane passes 0.72 at normal incidence and mirrors 0.08: what flat panes show of the room behind them.
    private static let passed: Float = 0.66

    /// Eight places in windows.
    struct Place {
        /// Over the window from its lower left corner, 0...1, and what a pixel spans of that.
        let x: Lanes, y: Lanes, dx: Lanes, dy: Lanes
        /// Share that a curtain or blind covers, and how bright its folds are.
        let curtain: Lanes, fold: Lanes
        /// Share that is frame; 1 where the place is on a flat pane, 0 within a room.
        let frame: Lanes, pane: Lanes
        /// Lamp group and kind of room as `WindowCode` numbers them.
        let group: LaneInts, room: Lanes
        /// Of the room: pane, walls and curtains agree on it.
        let hash: LaneInts

        @inline(__always) init(u: Lanes, v: Lanes, du: Lanes, dv: Lanes) {
            let (cu, cv) = (sqv_floor((u + 1.5) * 0.25), sqv_floor((v + 1.5) * 0.25))
            (x, y) = (clamp01(u - cu * 4), clamp01(v - cv * 4))
            (dx, dy) = (sqv_max(du, splat(1e-3)), sqv_max(dv, splat(1e-3)))
            let (first, second) = (sqv_int(cu), sqv_int(cv))
            let kind = sqv_float(first & 31), leaves = sqv_float(sqv_shr(first, 5))
            (group, room) = (second & 15, sqv_float(sqv_shr(second, 4) & 3))
            hash = DetailNoise.hash(second, sqv_splat_i(0), seed: 733)
            pane = sqv_min(leaves, splat(1))
            // Wings 1...8, blinds 9...16, cloth 17: how far each reaches, 0 for the others.
            let side = sqv_min(x, 1 - x)
            let isWing = Self.within(kind, 1, 8), isBlind = Self.within(kind, 9, 16), isCloth = Self.within(kind, 17, 17)
            let wing: Lanes = (kind - 1) * Float(0.20 / 7) + 0.16, drop: Lanes = (kind - 9) * Float(0.75 / 7) + 0.15
            let inWing: Lanes = (wing - side) / dx + 0.5, inBlind: Lanes = (drop + y - 1) / dy + 0.5
            let winged = isWing * clamp01(inWing), shaded = isBlind * clamp01(inBlind)
            curtain = sqv_max(sqv_max(winged, shaded), isCloth)
            // Two folds a wing.
            let turn: Lanes = side / sqv_max(wing, splat(0.1)) * 2
            let wave: Lanes = sqv_abs(turn - sqv_floor(turn) - 0.5) * 2, near: Lanes = 0.16 / dx - 1
            fold = (wave - 0.5) * (isWing * clamp01(near) * 0.35) + 1
            // A frame around, bars between leaves.
            let count = sqv_max(leaves, splat(1)), part = x * count
            let bar: Lanes = sqv_abs(part - sqv_floor(part + 0.5)) / count
            let upright = DetailNoise.line(bar, halfWidth: splat(0.03), footprint: dx), level = DetailNoise.line(sqv_min(y, 1 - y), halfWidth: splat(0.045), footprint: dy)
            frame = sqv_max(upright, level) * pane
        }

        @inline(__always) private static func within(_ value: Lanes, _ low: Float, _ high: Float) -> Lanes {
            let (above, below): (Lanes, Lanes) = (value - (low - 1), (high + 1) - value)
            return clamp01(above) * clamp01(below)
        }

        @inline(__always) func unit(_ shuffle: Int32) -> Lanes { DetailNoise.unit(hash, shuffle: shuffle) }
        /// 1 where the room is of a kind.
        @inline(__always) func isRoom(_ kind: WindowCode.Room) -> Lanes { clamp01(1 - sqv_abs(room - Float(kind.rawValue))) }
        /// Share of a pixel inside a rectangle.
        @inline(__always) func box(_ left: Lanes, _ right: Lanes, _ bottom: Lanes, _ top: Lanes) -> Lanes {
            let (a, b): (Lanes, Lanes) = ((x - left) / dx + 0.5, (right - x) / dx + 0.5)
            let (c, d): (Lanes, Lanes) = ((y - bottom) / dy + 0.5, (top - y) / dy + 0.5)
            return clamp01(a) * clamp01(b) * (clamp01(c) * clamp01(d))
        }
    }

    /// Brightness of what stands in the room, around 1 in its lit middle: a cupboard, a picture; shelves of a shop; desks of an office.
    @inline(__always) private static func things(_ p: Place) -> Lanes {
        let left: Lanes = p.unit(2) * 0.6, wide: Lanes = p.unit(3) * 0.2 + 0.2, tall: Lanes = p.unit(4) * 0.4 + 0.25
        let cupboard = p.box(left, left + wide, splat(-1), tall)
        let hung: Lanes = p.unit(5) * 0.7, rim: Lanes = p.unit(6) * 0.12 + 0.66
        let picture = p.box(hung, hung + 0.18, splat(0.55), rim)
        let dwelling: Lanes = (1 - cupboard * 0.6) * (1 - picture * 0.45)
        // Four boards, what stands on them in lots of its own brightness.
        let (across, up) = (p.x * 9, p.y * 5)
        let lot = DetailNoise.unit(DetailNoise.hash(sqv_int(sqv_floor(across)), sqv_int(sqv_floor(up)), p.hash))
        let level: Lanes = up - sqv_floor(up)
        let board = clamp01((level - 0.9) * 20)
        let below: Lanes = (0.72 - p.y) / p.dy + 0.5, resolved: Lanes = 0.12 / p.dx - 0.5
        let goodsTone: Lanes = lot * 0.9 + 0.3
        let shelves: Lanes = mix(splat(0.8), mix(goodsTone, splat(0.9), board), clamp01(below) * clamp01(resolved))
        let desk: Lanes = p.unit(4) * 0.1 + 0.22
        let desks: Lanes = 1 - p.box(splat(-1), splat(2), splat(-1), desk) * 0.55
        let goods: Lanes = p.unit(4) * 0.9 + 0.35
        let homes: Lanes = dwelling * p.isRoom(.dwelling) + shelves * p.isRoom(.shop)
        return homes + desks * p.isRoom(.office) + goods * p.isRoom(.goods)
    }

    /// White, cream, grey, blue, rust.
    @inline(__always) private static func cloth(_ p: Place) -> Color8 {
        let hue = p.unit(7), shade = p.unit(8)
        let pale = Color8.mix(Color8(SIMD3(0.52, 0.50, 0.46)), Color8(SIMD3(0.40, 0.36, 0.29)), shade)
        let colored = Color8.mix(Color8(SIMD3(0.16, 0.20, 0.27)), Color8(SIMD3(0.31, 0.15, 0.09)), clamp01((shade - 0.5) * 8))
        return Color8.mix(pale, colored, clamp01((hue - 0.78) * 20)) * p.fold
    }

    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let place = Place(u: p.u, v: p.v, du: p.du, dv: p.dv)
        // Daylight fades within a metre of the window, least at the floor before it.
        let reach: Lanes = 0.065 - place.y * 0.03
        let shop: Lanes = place.isRoom(.shop) * 1.2 + 1
        let open: Lanes = place.isRoom(.goods) * 2.4 + shop
        let inside = Color8(r: reach, g: reach * 0.95, b: reach * 0.88) * (things(place) * open)
        let through = mix(splat(1), splat(passed * passed), place.pane)
        s.albedo = Color8.mix(Color8.mix(inside, cloth(place), place.curtain) * through, Color8(SIMD3(0.60, 0.60, 0.58)), place.frame)
        s.roughness = mix(s.roughness, splat(0.5), place.frame)
    }

    /// What lit windows shine, cd/m2. Living rooms have some 100 lx, offices and shops 300 to 500 lx (EN 12464-1): walls that reflect 0.3 to 0.5 of it.
    /// - Parameter lit: a bit for each lit lamp group.
    @inline(never) package static func glow(_ point: borrowing ShadePoint8, lit: UInt32) -> Color8 {
        let p = Place(
            u: point.u, v: point.v, du: sqv_sqrt(sqv_fma(point.dudx, point.dudx, point.dudy * point.dudy)),
            dv: sqv_sqrt(sqv_fma(point.dvdx, point.dvdx, point.dvdy * point.dvdy)))
        let on = isLit(p.group, lit)
        // Under the ceiling hang a lamp, in shops and offices rows of them.
        let middle: Lanes = p.unit(1) * 0.4 + 0.3
        let aside: Lanes = (p.x - middle) * 1.3, below: Lanes = 1 - p.y
        let low: Lanes = below * below
        let lamp = sqv_exp2(sqv_fma(aside, aside, low) * -9), row = sqv_exp2(low * -40)
        let (home, shop) = (p.isRoom(.dwelling), p.isRoom(.shop) + p.isRoom(.goods))
        let office = p.isRoom(.office)
        let bright = p.unit(9)
        let atHome: Lanes = bright * 18 + 9, atWork: Lanes = bright * 20 + 28
        let strength: Lanes = home * atHome + shop * 42 + office * atWork
        let lamps: Lanes = mix(row * 0.7, lamp * 1.1, home)
        let spread: Lanes = p.y * 0.45 + 0.42 + lamps
        let cool = Color8.mix(Color8(SIMD3(1.12, 0.98, 0.86)), Color8(SIMD3(1.03, 1.0, 0.93)), office), bulb = p.unit(11)
        let tint = Color8.mix(cool, Color8.mix(Color8(SIMD3(1.40, 0.91, 0.44)), Color8(SIMD3(1.16, 0.97, 0.74)), bulb * bulb), home)
        let inside = tint * (spread * things(p))
        // Curtains are lit from behind: they scatter what falls on them, 0.45 of a pale one.
        let through: Lanes = p.y * 0.9 + 0.8
        let drawn = cloth(p) * tint * through
        let open: Lanes = mix(splat(1), splat(passed), p.pane) * (1 - p.frame)
        return Color8.mix(inside, drawn, p.curtain) * (strength * on * open)
    }

    /// 1 where a group is lit; group 0 never is.
    @inline(__always) static func isLit(_ group: LaneInts, _ lit: UInt32) -> Lanes {
        // 2^-group put together from its exponent, which is exact.
        let scale = unsafeBitCast((sqv_splat_i(127) &- group) &* sqv_splat_i(1 << 23), to: Lanes.self)
        let shifted = sqv_floor(splat(Float(lit & ~1)) * scale)
        return shifted - sqv_floor(shifted * 0.5) * 2
    }
}
