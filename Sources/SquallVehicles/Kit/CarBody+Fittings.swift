import Foundation
import SquallAssets
import SquallMath
import SquallSkins

/// Shut lines, handles, wipers, rails and mirrors; seats and dashboard behind the panes.
extension CarBody {
    private mutating func line(_ view: Stencil.View, _ path: [Vec2], beyond: Double, width: Double = 0.004) {
        let clear: Set<Int32> = [Int32(S.paint), Int32(S.trim), Int32(S.livery), Int32(S.accent)]
        for strip in CutPath.strips(path, width: width) { skin.paint(Stencil(view, strip, beyond: beyond), S.gap) { clear.contains($0) } }
    }

    mutating func shutLines() {
        let f = form
        let sill = f.floor + 0.085
        let belt = hull.belt
        let edge = { (x: Double) in belt(x) + 0.005 }
        for (k, x) in f.doors.enumerated() {
            if k < f.doors.count - 1 || x > f.archRadius + 0.15 {
                line(.left, [Vec2(x + (k == 0 ? 0.06 : 0.01), sill), Vec2(x + (k == 0 ? 0.05 : 0.012), 0.5), Vec2(x, edge(x))], beyond: 0.3)
            } else {
                let at = { (degrees: Double) in Vec2(cos(degrees * .pi / 180), sin(degrees * .pi / 180)) * (f.archRadius + 0.05) + Vec2(0, f.tyre) }
                line(.left, [Vec2(f.archRadius + 0.12, sill), at(15), at(35), at(55), Vec2(x + 0.02, edge(x) - 0.12), Vec2(x - 0.05, edge(x))], beyond: 0.3)
            }
        }
        if let first = f.doors.first, let last = f.doors.last { line(.left, [Vec2(max(last, f.archRadius + 0.12), sill), Vec2(first + 0.06, sill)], beyond: 0.3) }
        line(.left, [Vec2(f.wheelbase + f.archRadius * 0.82, f.tyre + f.archRadius * 0.57), Vec2(f.nose - 0.25, headZ - 0.05)], beyond: 0.3)
        line(.left, [Vec2(-f.archRadius * 0.8, f.tyre + f.archRadius * 0.6), Vec2(f.back, tailLampZ - 0.10)], beyond: 0.3)
        line(.top, [Vec2(f.cowlX - 0.1, half - 0.105), Vec2(f.wheelbase, half - 0.125), Vec2(f.nose - 0.28, half - 0.19)], beyond: 0.5)
        line(.front, [Vec2(-0.1, f.noseZ - 0.022), Vec2(0.52 * half, f.noseZ - 0.026)], beyond: f.nose - 0.4)
        switch f.tail {
        case .notch(let deckX, _, _):
            line(.top, [Vec2(deckX - 0.03, half - 0.16), Vec2(f.back + 0.03, half - 0.2)], beyond: 0.5)
            line(.rear, [Vec2(-0.1, tailLampZ - 0.18), Vec2(0.6 * half, tailLampZ - 0.175), Vec2(0.56 * half, tailLampZ + 0.1)], beyond: f.back + 0.4)
        case .gate(let lean):
            // Up there the flanks are rounded over: on them the line would run on towards the front.
            let high = f.tailZ - 0.1, wide = min(0.80 * half, hull.side(f.back + 0.2, high) - 0.12)
            line(
                .rear, [Vec2(-0.1, tailLampZ - 0.30), Vec2(0.79 * half, tailLampZ - 0.29), Vec2(wide, high), Vec2(wide - 0.1 * half, f.tailZ - 0.05)],
                beyond: f.back + 0.25 + lean * (f.tailZ - f.beltRear))
        }
        handles()
    }

    private mutating func handles() {
        for x in form.doors.dropFirst() {
            let (cx, cz) = (x + 0.13, hull.belt(x) - 0.13)
            skin.recess(skin.cut(Stencil(.left, CutPath.circle(Vec2(cx, cz - 0.005), 0.04, 10), beyond: 0.3)), wall: S.paint, floor: S.paint) { $0 - Vec3(0, 0.014, 0) }
            let y = hull.side(cx, cz)
            skin.rod(
                [-0.1, -0.09, -0.03, 0.04, 0.07, 0.08].map { d in Vec3(cx + d, y + (abs(d + 0.01) > 0.08 ? -0.012 : 0.014), cz) }, radius: 0.013, segments: 6,
                slot: form.chromeLine ? S.chrome : S.paint)
        }
    }

    mutating func fittings() {
        let (f, hull, half) = (form, hull, half)
        // Wipers rest above the cowl.
        for (from, to) in [(0.60, 0.03), (-0.04, -0.62)] {
            let at = { (t: Double, lift: Double) -> Vec3 in
                let y = from + (to - from) * t
                let s = y / half
                let x = f.cowlX - 0.085 - 0.12 * s * s
                return Vec3(x, y, hull.roof(x, y) + lift)
            }
            skin.rod([at(0, 0.004), at(0.25, 0.012), at(0.6, 0.014), at(1, 0.012)], radius: 0.008, segments: 4, slot: S.trim)
        }
        skin.pod(Vec3(f.tailX + 0.12, 0, hull.roof(f.tailX + 0.12, 0) + 0.012), Vec3(0.09, 0.022, 0.035), power: 2, rings: 5, segments: 8, slot: S.paint)
        if f.roofRails {
            for side in [1.0, -1.0] {
                let path = [0.0, 0.04, 0.5, 0.96, 1].map { t -> Vec3 in
                    let x = lerp(f.tailX + 0.1, f.headerX - 0.05, t)
                    let y = hull.side(x, f.tailZ - 0.05) - 0.075
                    return Vec3(x, side * y, hull.roof(x, y) + (t == 0 || t == 1 ? 0 : 0.04))
                }
                skin.rod(path, radius: 0.016, segments: 6, slot: S.frame)
            }
        }
        for side in [0.32, 0.46] where !f.hasGate && f.bed == nil {
            // Half in the apron, whose lower edge they come out under.
            skin.rod([Vec3(f.back + 0.3, -side, f.floor + 0.105), Vec3(f.back + 0.035, -side, f.floor + 0.1)], radius: 0.028, segments: 10, slot: S.chrome)
        }
    }

    /// Outside mirrors: they stand outside the labelled box.
    static func mirrors(_ f: CarForm, level: Int) -> Skin {
        var part = Skin()
        let hull = f.hull()
        let x = f.cowlX - 0.33
        let z = hull.belt(x) + 0.075
        let y = hull.side(x, z) + 0.115
        let fine = level == 0
        part.pod(Vec3(x, y, z), Vec3(0.085, 0.105, 0.068), power: 3, rings: fine ? 8 : 4, segments: fine ? 16 : 6, slot: S.paint, end: S.mirror)
        part.rod([Vec3(x + 0.01, y - 0.13, z - 0.055), Vec3(x + 0.01, y - 0.04, z - 0.05)], radius: 0.025, segments: fine ? 8 : 4, slot: S.trim)
        if fine { part.pod(Vec3(x + 0.07, y + 0.04, z + 0.0), Vec3(0.018, 0.055, 0.01), power: 2, rings: 4, segments: 8, slot: S.indicatorLeft) }
        part.mirrorAcrossY(recolour: S.mirrored)
        return part
    }

    // MARK: Cabin

    mutating func interior() {
        let (f, half) = (form, half)
        let low = f.floor + 0.13
        let rear = f.hasGate ? f.back + 0.3 : f.seatRows.last.map { $0.x - 0.35 } ?? 0
        let wide = half - 0.12
        skin.quad(Vec3(rear, -wide, low), Vec3(f.cowlX, -wide, low), Vec3(f.cowlX, wide, low), Vec3(rear, wide, low), slot: S.lining)
        // Dashboard: a profile across the car.
        let profile = [(0.08, -0.03), (-0.2, -0.045), (-0.42, -0.055), (-0.5, -0.1), (-0.52, -0.17), (-0.44, -0.3), (-0.4, -0.6)]
        let rows = profile.map { p in [-1.0, -0.5, 0, 0.5, 1].map { s in Vec3(f.cowlX + p.0 - 0.1 * s * s, s * (wide - 0.03), f.cowlZ + p.1) } }
        skin.net(rows, flipped: true) { _, _ in S.dash }
        let wheel = Vec3(f.cowlX - 0.66, 0.37, f.cowlZ - 0.085)
        skin.pod(wheel + Vec3(0.2, 0, 0.05), Vec3(0.13, 0.2, 0.06), power: 2.4, rings: 6, segments: 10, slot: S.dash)
        if level == 0 {
            let axis = Vec3(-0.9, 0, 0.44)
            skin.ring(wheel, axis: axis, radius: 0.18, thickness: 0.016, segments: 24, slot: S.trim)
            skin.pod(wheel, Vec3(0.03, 0.06, 0.05), power: 2.5, rings: 5, segments: 10, slot: S.trim)
            for d in [Vec3(0, 0.17, 0), Vec3(0, -0.17, 0), Vec3(-0.07, 0, -0.15)] { skin.rod([wheel, wheel + d], radius: 0.016, segments: 5, slot: S.trim) }
            skin.block(Vec3(f.cowlX - 0.54, -0.14, f.cowlZ - 0.09), Vec3(f.cowlX - 0.52, 0.14, f.cowlZ + 0.04), slot: S.frit, bevel: 0.004)
            skin.pod(Vec3(f.headerX + 0.16, 0, f.headerZ - 0.11), Vec3(0.02, 0.115, 0.035), power: 3, rings: 5, segments: 10, slot: S.trim)
        }
        for (k, row) in f.seatRows.enumerated() where row.x < f.cowlX {
            for y in k == 0 ? [0.37, -0.37] : [0.38, 0.0, -0.38] { seat(at: Vec3(row.x, y, low + 0.21 + row.z), wide: k == 0 ? 0.25 : 0.2) }
        }
        if f.bed == nil, case .notch(let deckX, let deckZ, _) = f.tail, let last = f.seatRows.last {
            skin.quad(
                Vec3(deckX - 0.1, -wide, deckZ - 0.05), Vec3(last.x - 0.2, -wide + 0.02, deckZ - 0.13), Vec3(last.x - 0.2, wide - 0.02, deckZ - 0.13), Vec3(deckX - 0.1, wide, deckZ - 0.05),
                slot: S.lining)
        }
    }

    private mutating func seat(at p: Vec3, wide: Double) {
        let (rings, segments) = level == 0 ? (7, 12) : (4, 6)
        skin.pod(p + Vec3(0.12, 0, -0.03), Vec3(0.27, wide, 0.09), power: 3.4, rings: rings, segments: segments, slot: S.seat)
        let lean = Skin.pitched(0.32, about: p)
        skin.pod(p + Vec3(-0.12, 0, 0.27), Vec3(0.075, wide, 0.30), power: 3.2, rings: rings, segments: segments, slot: S.seat, map: lean)
        skin.pod(p + Vec3(-0.12, 0, 0.64), Vec3(0.045, 0.125, 0.08), power: 2.8, rings: rings, segments: segments, slot: S.seat, map: lean)
    }
}
