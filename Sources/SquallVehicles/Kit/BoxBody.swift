import SquallAssets
import SquallMath
import SquallSkins

/// Upright bodies with large panes: buses, trams, lorry cabs and what stands behind them. Each side has its own panes and doors.
package struct BoxForm {
    typealias S = VehicleSlot
    package struct Side {
        /// Panes along x, from bottom to top.
        var panes: [(x: ClosedRange<Double>, z: ClosedRange<Double>)] = []
        /// Doors: outlined by their gaps; glazed ones with their own panes.
        var doors: [(x: ClosedRange<Double>, z: ClosedRange<Double>, glazed: Bool)] = []
        var bands: [(x: ClosedRange<Double>, z: ClosedRange<Double>, slot: Int)] = []
        var lines: [[Vec2]] = []
    }
    var back: Double, nose: Double, half: Double, floor: Double, height: Double
    var radius = Vec3(0.16, 0.16, 0.14), lowRadius = 0.06
    var frontBow = 0.16, rearBow = 0.05
    /// How far the front leans back per metre above `rakeZ`.
    var rake = 0.06, rakeZ = 1.1, lean = 0.02, tuck = 0.05
    var arches: [Double] = [], tyre = 0.48, archRadius = 0.56, archDepth = 0.45
    /// Windscreen: heights, half widths below and above.
    var screen: (z: ClosedRange<Double>, low: Double, high: Double)?
    var rearPane: (z: ClosedRange<Double>, half: Double)?
    var left = Side(), right = Side()
    var frontBands: [(y: ClosedRange<Double>, z: ClosedRange<Double>, slot: Int)] = []
    var rearBands: [(y: ClosedRange<Double>, z: ClosedRange<Double>, slot: Int)] = []
    var headLamp: Vec2?, headHalf = Vec2(0.16, 0.09)
    var tailLamp: Vec2?, tailHalf = Vec2(0.07, 0.2)
    var paint = S.paint
    var isHollow = true
    var tinted = false
    /// The finest level: greatest distance of columns, how round the corners of panes are, and how a seat's cushions are divided. Long
    /// bodies with many panes and seats take less.
    var pitch = 0.7, rounding = 1.0, cushion = (rings: 5, segments: 8)
    /// Panes are bonded flush with the skin, without reveals.
    var isFlush = false

    func hull() -> Hull {
        let (w, f, b) = (half, nose, back)
        let (bow, rearBow, rake, rakeZ, tuck) = (frontBow, rearBow, rake, rakeZ, tuck)
        let reach = max(0.3, rake * (height - rakeZ) + bow + 0.15)
        return Hull(
            top: Curve([(b, height - 0.02), (b + 0.5, height), (f - reach, height), (f, height - 0.03)]), crown: Curve([(b, 0.05), (f, 0.05)]), floor: Curve([(b, floor), (f, floor)]),
            plan: Curve([(b, w - 0.02), (b + 0.4, w), (f - 0.6, w), (f, w - 0.05)]), belt: Curve([(b, (floor + height) / 2), (f, (floor + height) / 2)]),
            flank: Curve([(0, 0.025), (0.12, 0), (1, 0)]), shoulder: 0, lean: lean, barrel: 0,
            front: { y, z in
                let s = abs(y) / w
                let low = max(0, 0.8 - z)
                return f - bow * s * s * (0.5 + 0.5 * s) - rake * max(0, z - rakeZ) * min(1, max(0, z - rakeZ) / 0.3) - tuck * low * low
            },
            rear: { y, _ in b + rearBow * abs(y) / w * abs(y) / w },
            ends: b...f, straight: min(b + 0.4, (b + f) / 2 - 0.01)...max(f - reach, (b + f) / 2 + 0.01), radius: radius, lowRadius: lowRadius)
    }
}

/// A body of that form at one level of detail.
package struct BoxBody {
    typealias S = VehicleSlot
    let form: BoxForm
    let hull: Hull
    let level: Int
    var skin = Skin()

    init(_ form: BoxForm, level: Int) {
        (self.form, hull, self.level) = (form, form.hull(), level)
        skin = half(form.left)
        skin.append(half(form.right), Affine(x: Vec3(1, 0, 0), y: Vec3(0, -1, 0), z: Vec3(0, 0, 1), translation: .zero), recolour: S.mirrored)
    }

    private var lattice: Hull.Lattice {
        switch level {
        case 0:
            Hull.Lattice(
                pitch: form.pitch, rows: [0, 0.04, 0.12, 0.5, 1, 1.5, 1.82, 1.9, 1.96, 2], across: [0, 0.35, 0.7, 0.86, 0.94, 0.98, 1], nose: [0.08, 0.3, 0.6, 1])
        case 1: Hull.Lattice(pitch: 1.6, rows: [0, 0.08, 0.6, 1.2, 1.85, 1.95, 2], across: [0, 0.6, 0.9, 1], nose: [0.15, 0.6])
        case 2: Hull.Lattice(pitch: 5, rows: [0, 1, 1.94, 2], across: [0, 0.9, 1], nose: [0.3])
        default: Hull.Lattice(pitch: 99, rows: [0.02, 1.97], across: [0, 0.95], nose: [])
        }
    }

    private func half(_ side: BoxForm.Side) -> Skin {
        var skin = hull.skin(lattice, slot: form.paint, underside: S.underbody)
        var openings: [Stencil] = []
        let across = form.half - 0.5
        for band in side.bands where level < 3 { skin.paint(Stencil(.left, CutPath.box(band.x, band.z), beyond: across), band.slot) }
        for band in form.frontBands where level < 3 {
            skin.paint(Stencil(.front, CutPath.box(band.y, band.z, radius: level == 0 ? 0.03 : 0), beyond: form.nose - 0.5), band.slot)
        }
        for band in form.rearBands where level < 3 { skin.paint(Stencil(.rear, CutPath.box(band.y, band.z), beyond: form.back + form.radius.x + 0.005), band.slot) }
        arches(&skin)
        for pane in side.panes { glaze(&skin, Stencil(.left, CutPath.box(pane.x, pane.z, radius: level == 0 ? 0.05 * form.rounding : 0, steps: 2), beyond: across), &openings, tinted: form.tinted) }
        for door in side.doors where level < 3 { self.door(&skin, door, across, &openings) }
        screens(&skin, &openings)
        lamps(&skin)
        if level == 0 {
            for line in side.lines {
                for strip in CutPath.strips(line, width: 0.012) { skin.paint(Stencil(.left, strip, beyond: across),
                    S.gap) { $0 == Int32(form.paint) || $0 == Int32(S.livery) || $0 == Int32(S.frame) } }
            }
        }
        if level < 2, form.isHollow { lining(&skin, openings) }
        return skin
    }

    private func arches(_ skin: inout Skin) {
        for x in form.arches {
            let n = [28, 12, 8, 6][min(level, 3)]
            let outline = CutPath.circle(Vec2(x, form.tyre), form.archRadius, n)
            if level == 3 {
                skin.paste(outline, S.gap) { Vec3($0.x, form.half - 0.004, max(form.floor + 0.02, $0.y)) }
                continue
            }
            let inner = form.half - form.archDepth
            let inside = skin.cut(Stencil(.left, outline, beyond: inner - 0.01).through())
            skin.recess(inside, wall: S.underbody, floor: S.underbody) { Vec3($0.x, inner, $0.z) }
        }
    }

    private func glaze(_ skin: inout Skin, _ stencil: Stencil, _ openings: inout [Stencil], tinted: Bool, frame: Int = S.frit, margin: Double = 0.03) {
        if level > 1 { skin.paint(stencil, S.darkGlass); return }
        if level == 0 { skin.paint(stencil.grown(margin), frame) }
        let inside = skin.cut(stencil)
        let slot = tinted || !form.isHollow ? S.darkGlass : S.glass
        if level == 0, !form.isFlush {
            skin.recess(inside, wall: S.trim, floor: slot) { $0 - stencil.facing * 0.008 }
        } else {
            for i in inside { skin.faces[i].slot = Int32(slot) }
        }
        if slot == S.glass { openings.append(stencil) }
    }

    private func door(_ skin: inout Skin, _ door: (x: ClosedRange<Double>, z: ClosedRange<Double>, glazed: Bool), _ across: Double, _ openings: inout [Stencil]) {
        let (x, z) = (door.x, door.z)
        if level == 0 {
            let ring = [Vec2(x.lowerBound, z.lowerBound), Vec2(x.upperBound, z.lowerBound), Vec2(x.upperBound, z.upperBound), Vec2(x.lowerBound, z.upperBound), Vec2(x.lowerBound, z.lowerBound)]
            for strip in CutPath.strips(ring, width: 0.012) { skin.paint(Stencil(.left, strip, beyond: across), S.gap) { $0 != Int32(S.glass) && $0 != Int32(S.darkGlass) } }
        }
        guard door.glazed else { return }
        let middle = (x.lowerBound + x.upperBound) / 2
        for leaf in [x.lowerBound + 0.06...middle - 0.04, middle + 0.04...x.upperBound - 0.06] {
            let outline = CutPath.box(leaf, z.lowerBound + 0.12...z.upperBound - 0.08, radius: level == 0 ? 0.04 * form.rounding : 0, steps: 2)
            glaze(&skin, Stencil(.left, outline, beyond: across), &openings, tinted: false)
        }
    }

    private func screens(_ skin: inout Skin, _ openings: inout [Stencil]) {
        if let screen = form.screen {
            let (low, high) = (screen.z.lowerBound, screen.z.upperBound)
            let outline = [Vec2(-0.1, low), Vec2(screen.low * 0.7, low), Vec2(screen.low, low + 0.04), Vec2(screen.high, high - 0.05), Vec2(screen.high * 0.7, high), Vec2(-0.1, high)]
            glaze(&skin, Stencil(.front, level == 0 ? CutPath.rounded(outline, 0.08, steps: 2) : outline, beyond: form.nose - 0.8), &openings, tinted: false, margin: 0.045)
        }
        if let pane = form.rearPane {
            glaze(&skin, Stencil(.rear, CutPath.box(-0.1...pane.half, pane.z, radius: level == 0 ? 0.08 : 0), beyond: form.back + 0.4), &openings, tinted: form.tinted)
        }
    }

    private func lamps(_ skin: inout Skin) {
        guard level < 3 else {
            if let p = form.headLamp { skin.paste(CutPath.box(p.x - 0.05...p.x + 0.05, p.y - 0.03...p.y + 0.03), S.dipped) { Vec3(hull.front($0.x, $0.y), $0.x, $0.y) } }
            if let p = form.tailLamp { skin.paste(CutPath.box(-p.x - 0.07 ... -p.x + 0.07, p.y - 0.1...p.y + 0.1), S.tail) { Vec3(hull.rear($0.x, $0.y), -$0.x, $0.y) } }
            return
        }
        if let p = form.headLamp {
            let (h, beyond) = (form.headHalf, form.nose - 0.4)
            let outline = Stencil(.front, CutPath.box(p.x - h.x...p.x + h.x, p.y - h.y...p.y + h.y, radius: level == 0 ? 0.04 : 0), beyond: beyond)
            if level == 0 {
                skin.paint(outline.grown(0.02), S.trim)
                skin.recess(skin.cut(outline), wall: S.housing, floor: S.housing, cover: S.lens) { $0 - Vec3(0.07, 0, 0) }
                let x = hull.front(p.x, p.y) - 0.06
                for (dy, slot) in [(-0.4, S.main), (0.25, S.dipped)] {
                    skin.pod(Vec3(x, p.x + dy * h.x, p.y), Vec3(0.035, h.y * 0.6, h.y * 0.6), power: 2, rings: 5, segments: 12, slot: slot)
                }
                skin.pod(Vec3(x + 0.02, p.x + 0.75 * h.x, p.y), Vec3(0.03, 0.03, h.y * 0.7), power: 2.5, rings: 4, segments: 8, slot: S.indicatorLeft)
            } else {
                skin.paint(outline, S.housing)
                skin.paint(Stencil(.front, CutPath.box(p.x - 0.01...p.x + 0.1, p.y - 0.045...p.y + 0.045), beyond: beyond), S.dipped)
            }
        }
        guard let p = form.tailLamp else { return }
        let (h, beyond) = (form.tailHalf, form.back + 0.25)
        let cell = { (a: Double, b: Double) in Stencil(.rear, CutPath.box(p.x - h.x...p.x + h.x, p.y + h.y * a...p.y + h.y * b), beyond: beyond) }
        if level == 0 { skin.paint(cell(-1, 1).grown(0.015), S.trim) }
        skin.paint(cell(-1, 1), S.tail)
        skin.paint(cell(-0.05, 0.4), S.brake)
        if level < 2 {
            skin.paint(cell(0.45, 0.95), S.indicatorLeft)
            skin.paint(cell(-0.95, -0.5), S.reverse)
        }
    }

    /// The inner side of walls and roof.
    private func lining(_ skin: inout Skin, _ openings: [Stencil]) {
        let rough = Hull.Lattice(pitch: 2.4, rows: [0, 0.1, 1, 1.85, 1.96, 2], across: [0, 0.8, 0.95, 1], nose: [0.2, 0.8])
        var inner = hull.skin(rough, slot: S.headliner, underside: S.lining)
        for opening in openings { for index in inner.cut(opening.grown(0.01)) { inner.faces[index].slot = -1 } }
        let low = form.floor + 0.12
        for i in inner.positions.indices {
            let (p, n) = (inner.positions[i], inner.normals[i])
            inner.positions[i] = Vec3(p.x - n.x * 0.05, max(0, p.y - n.y * 0.05), max(low, p.z - n.z * 0.05))
            inner.normals[i] = -n
        }
        for index in inner.faces.indices where inner.faces[index].slot >= 0 {
            let f = inner.faces[index]
            let z = (inner.at(f.a).z + inner.at(f.b).z + inner.at(f.c).z) / 3
            inner.faces[index] = Skin.Face(f.a, f.c, f.b, z < low + 0.5 ? Int32(S.lining) : f.slot)
        }
        skin.append(inner)
    }
}

extension BoxBody {
    /// Seat with a tall back, facing along x by `sign`.
    mutating func seat(_ p: Vec3, sign: Double = 1) {
        let (rings, segments) = level == 0 ? form.cushion : (3, 4)
        let map = Affine(x: Vec3(sign, 0, 0), y: Vec3(0, sign, 0), z: Vec3(0, 0, 1), translation: p)
        skin.pod(Vec3(0.02, 0, 0.42), Vec3(0.23, 0.22, 0.07), power: 3.5, rings: rings, segments: segments, slot: S.seat, map: map)
        skin.pod(Vec3(-0.2, 0, 0.82), Vec3(0.06, 0.22, 0.38), power: 3.5, rings: rings, segments: segments, slot: S.seat, map: map)
        if level == 0 { skin.block(Vec3(-0.04, -0.15, 0), Vec3(0.04, 0.15, 0.38), slot: S.trim, map: map) }
    }

    /// Driver's place: dashboard across, wheel and seat on the left.
    mutating func driver(dash x: Double, z: Double, low: Double) {
        let wide = form.half - 0.14
        let profile = [(0.3, 0.0), (-0.05, 0.02), (-0.14, -0.04), (-0.12, -0.22), (-0.05, -0.5)]
        let rows = profile.map { p in [-1.0, 0, 1].map { s in Vec3(x + p.0, s * wide, z + p.1) } }
        skin.net(rows, flipped: true) { _, _ in S.dash }
        let y = form.half - 0.6
        seat(Vec3(x - 0.62, y, low))
        guard level == 0 else { return }
        let wheel = Vec3(x - 0.2, y, z + 0.08)
        skin.ring(wheel, axis: Vec3(-0.4, 0, 0.92), radius: 0.22, thickness: 0.016, segments: 20, slot: S.trim)
        skin.rod([wheel, wheel + Vec3(0.15, 0, -0.3)], radius: 0.03, segments: 6, slot: S.trim)
    }

    /// Wipers that rest below the screen.
    mutating func wipers() {
        guard level == 0, let screen = form.screen else { return }
        let z = screen.z.lowerBound + 0.03
        for (from, to) in [(screen.low * 0.9, 0.06), (-0.02, -screen.low * 0.85)] {
            let path = [0.0, 0.3, 1].map { t -> Vec3 in
                let y = from + (to - from) * t
                return Vec3(hull.front(y, z) + 0.012, y, z + 0.03 * t)
            }
            skin.rod(path, radius: 0.01, segments: 4, slot: S.trim)
        }
    }

    /// Two mirrors on arms ahead of the doors.
    static func mirrors(x: Double, y: Double, z: Double, height: Double, level: Int) -> Skin {
        var part = Skin()
        let fine = level == 0
        part.pod(Vec3(x, y + 0.13, z), Vec3(0.06, 0.11, height / 2), power: 3.6, rings: fine ? 6 : 3, segments: fine ? 14 : 6, slot: S.trim, end: S.mirror)
        part.rod([Vec3(x - 0.08, y - 0.08, z + height / 2 - 0.03), Vec3(x, y + 0.05, z + height / 2 - 0.01), Vec3(x, y + 0.1, z + height / 2 - 0.08)], radius: 0.02, segments: fine ? 6 : 3,
            slot: S.trim)
        if height > 0.35, level < 3 {
            // A wide-angle mirror below, and the arm that holds both.
            part.pod(Vec3(x, y + 0.12, z - height / 2 - 0.11), Vec3(0.055, 0.10, 0.085), power: 3.4, rings: fine ? 6 : 3, segments: fine ? 12 : 6, slot: S.trim, end: S.mirror)
            part.rod([Vec3(x - 0.08, y - 0.06, z - height / 2 - 0.19), Vec3(x + 0.01, y + 0.06, z - height / 2 - 0.19), Vec3(x + 0.03, y + 0.1, z - height / 2 + 0.05)], radius: 0.018,
                segments: fine ? 6 : 3, slot: S.trim)
        }
        part.mirrorAcrossY()
        return part
    }

    /// A row of flashing lamps across a roof.
    static func lightBar(_ skin: inout Skin, at p: Vec3, half: Double, level: Int, height: Double = 0.11) {
        let (x, z) = (p.x, p.z)
        skin.block(Vec3(x - 0.13, -half, z - 0.02), Vec3(x + 0.13, half, z + 0.025), slot: S.trim, bevel: level == 0 ? 0.01 : 0)
        let cells: [(Double, Double, Int)] = [(-half, -half * 0.36, S.beacon), (-half * 0.34, half * 0.34, S.flat), (half * 0.36, half, S.beacon)]
        for (a, b, slot) in cells {
            if level < 2 {
                skin.pod(Vec3(x, (a + b) / 2, z + height / 2), Vec3(0.125, (b - a) / 2, height / 2), power: 5, rings: level == 0 ? 7 : 4, segments: level == 0 ? 14 : 6, slot: slot)
            } else {
                skin.block(Vec3(x - 0.12, a, z + 0.02), Vec3(x + 0.12, b, z + height), slot: slot)
            }
        }
    }

    /// A domed flashing lamp.
    static func beacon(_ skin: inout Skin, at p: Vec3, level: Int) {
        let n = level == 0 ? 14 : 6
        skin.pod(p + Vec3(0, 0, 0.06), Vec3(0.085, 0.085, 0.085), power: 2.6, rings: level == 0 ? 7 : 4, segments: n, slot: S.beacon)
        skin.block(p - Vec3(0.07, 0.07, 0.03), p + Vec3(0.07, 0.07, 0.015), slot: S.trim)
    }
}
