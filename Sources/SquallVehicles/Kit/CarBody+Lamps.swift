import Foundation
import SquallAssets
import SquallMath
import SquallSkins

/// Lamps, grille, intakes and plates.
extension CarBody {
    var half: Double { form.size.y / 2 }
    /// Height of the middle of head and tail lamps.
    var headZ: Double { form.noseZ - 0.065 }
    var tailLampZ: Double {
        if case .notch(_, _, let bootZ) = form.tail { bootZ - 0.165 } else { form.beltRear - 0.085 }
    }

    private func scaled(_ points: [(Double, Double)], about z: Double) -> [Vec2] { points.map { Vec2($0.0 * half, z + $0.1) } }

    private var headOutline: [Vec2] {
        let points: [(Double, Double)] =
            switch form.headLamp {
            case .sweptBack: [(0.47, -0.045), (0.78, -0.055), (1.08, 0.0), (1.08, 0.085), (0.84, 0.07), (0.50, 0.012)]
            case .block: [(0.54, -0.062), (1.08, -0.058), (1.08, 0.068), (0.54, 0.05)]
            case .round: [(0.58, -0.055), (0.66, -0.09), (0.78, -0.09), (0.88, -0.055), (0.88, 0.03), (0.78, 0.065), (0.66, 0.065), (0.58, 0.03)]
            case .slim: [(0.42, -0.012), (0.7, -0.03), (1.08, 0.008), (1.08, 0.062), (0.8, 0.04), (0.42, 0.014)]
            }
        return scaled(points, about: headZ)
    }

    mutating func lamps() {
        headLamps()
        tailLamps()
    }

    /// Small squares before the skin.
    mutating func distantLamps() {
        let (f, hull, half) = (form, hull, half)
        skin.paste(CutPath.box(0.55 * half...0.85 * half, headZ - 0.03...headZ + 0.03), S.housing) { Vec3(hull.front($0.x, $0.y), $0.x, $0.y) }
        skin.paste(CutPath.box(0.67 * half...0.73 * half, headZ - 0.025...headZ + 0.02), S.dipped) { Vec3(hull.front($0.x, $0.y) + 0.004, $0.x, $0.y) }
        let z = f.tailLamp == .tall ? tailLampZ + 0.15 : tailLampZ
        skin.paste(CutPath.box(-0.85 * half ... -0.55 * half, z - 0.05...z + 0.05), S.tail) { Vec3(hull.rear(-$0.x, $0.y), -$0.x, $0.y) }
        skin.paste(CutPath.box(-0.8 * half ... -0.72 * half, z - 0.035...z + 0.035), S.brake) { Vec3(hull.rear(-$0.x, $0.y) - 0.004, -$0.x, $0.y) }
    }

    private mutating func headLamps() {
        let behind = form.nose - 0.46
        let outline = Stencil(.front, level == 0 ? CutPath.rounded(headOutline, 0.02, steps: 2) : headOutline, beyond: behind)
        let (y, z) = (0.70 * half, headZ - (form.headLamp == .slim ? 0.002 : 0.004))
        if level > 0 {
            skin.paint(outline, S.housing)
            if level < 2 { skin.paint(Stencil(.front, CutPath.box(0.93 * half...1.1 * half, headZ - 0.1...headZ + 0.12), beyond: behind), S.indicatorLeft) { $0 == Int32(S.housing) } }
            skin.paint(Stencil(.front, CutPath.box(y - 0.035...y + 0.035, z - 0.022...z + 0.022), beyond: behind), S.dipped)
            return
        }
        skin.paint(outline.grown(0.004), S.gap)
        // The daytime strip lies along the lower edge, the indicator at the outer end.
        var inside = skin.paint(outline, S.lens)
        skin.paint(Stencil(.front, CutPath.box(0.93 * half...1.1 * half, headZ - 0.1...headZ + 0.15), beyond: behind), S.indicatorLeft) { $0 == Int32(S.lens) }
        let lower = headOutline.prefix(3).map { $0 + Vec2(0, 0.014) }
        for strip in CutPath.strips(Array(lower), width: 0.010) { skin.paint(Stencil(.front, strip, beyond: behind), S.daytime) { $0 == Int32(S.lens) } }
        inside = skin.faces.indices.filter { skin.faces[$0].slot == Int32(S.lens) }
        let centre = Vec3(form.nose, 0.74 * half, headZ)
        skin.recess(inside, wall: S.housing, floor: S.housing, cover: S.lens) { p in
            Vec3(p.x - 0.075, centre.y + (p.y - centre.y) * 0.86, centre.z + (p.z - centre.z) * 0.8)
        }
        let size = form.headLamp == .slim ? 0.022 : 0.036
        for (dy, slot) in [(-0.01, S.main), (0.085, S.dipped)] { bowl(Vec3(hull.front(y + dy, z) - 0.058, y + dy, z), size, slot) }
    }

    /// A polished reflector, open ahead, with what shines in it.
    private mutating func bowl(_ centre: Vec3, _ size: Double, _ slot: Int) {
        let profile = [(1.18, 0.022), (1.12, 0.023), (0.98, 0.002), (0.7, -0.012), (0.3, -0.018)]
        let rows = profile.map { share, ahead in
            (0..<16).map { k -> Vec3 in
                let a = 2 * .pi * Double(k) / 16
                return centre + Vec3(ahead, size * share * cos(a), size * share * sin(a))
            }
        }
        skin.net(rows, closed: true, flipped: true) { _, _ in S.chrome }
        skin.pod(centre - Vec3(0.006, 0, 0), Vec3(0.02, size * 0.72, size * 0.72), power: 2, rings: 5, segments: 12, slot: slot)
    }

    private mutating func tailLamps() {
        let (z, half) = (tailLampZ, half)
        let high = form.isVan ? z + 0.42 : form.tailZ - 0.16
        let beyond = form.back + 0.44
        let outline: [Vec2] =
            switch form.tailLamp {
            case .wide: scaled([(0.50, -0.055), (0.75, -0.07), (1.08, -0.055), (1.08, 0.085), (0.52, 0.05)], about: z)
            case .tall: [Vec2(0.80 * half, z - 0.20), Vec2(1.08 * half, z - 0.19), Vec2(1.08 * half, high), Vec2(0.86 * half, high), Vec2(0.83 * half, z + 0.06)]
            case .corner: scaled([(0.66, -0.09), (1.08, -0.10), (1.08, 0.09), (0.74, 0.085), (0.64, 0.03)], about: z)
            case .bar: [Vec2(-0.1, z - 0.012), Vec2(0.7 * half, z - 0.022), Vec2(1.08 * half, z - 0.05), Vec2(1.08 * half, z + 0.055), Vec2(0.7 * half, z + 0.03), Vec2(-0.1, z + 0.026)]
            }
        let stencil = Stencil(.rear, level == 0 ? CutPath.rounded(outline, 0.02, steps: 2) : outline, beyond: beyond)
        if level == 0 { skin.paint(stencil.grown(0.004), S.gap) }
        skin.paint(stencil, S.tail)
        let red: (Int32) -> Bool = { $0 == Int32(S.tail) }
        let tall = form.tailLamp == .tall
        let cell = { (y: ClosedRange<Double>, dz: ClosedRange<Double>) in
            Stencil(.rear, CutPath.box(y.lowerBound * half...y.upperBound * half, z + dz.lowerBound...z + dz.upperBound), beyond: beyond)
        }
        if level < 3 { skin.paint(tall ? cell(0.83...0.97, 0.08...0.20) : cell(0.72...0.85, -0.035...0.035), S.brake, only: red) }
        guard level < 2 else { return }
        skin.paint(tall ? cell(0.8...1.1, -0.03...0.05) : cell(0.86...1.1, 0.028...0.12), S.indicatorLeft, only: red)
        skin.paint(tall ? cell(0.8...0.95, -0.11 ... -0.045) : cell(0.5...0.69, -0.03...0.012), S.reverse, only: red)
        if level == 0 {
            skin.paint(Stencil(.rear, CutPath.box(0.55 * half...0.82 * half, 0.335...0.37, radius: 0.01), beyond: beyond), S.reflector)
            for strip in CutPath.strips([Vec2(0.5 * half, z + 0.02), Vec2(1.05 * half, z + 0.022)], width: 0.006) where !tall {
                skin.paint(Stencil(.rear, strip, beyond: beyond), S.gap, only: red)
            }
        }
        skin.paint(Stencil(.rear, CutPath.box(-0.1...0.14, form.tailZ - 0.075...form.tailZ - 0.055), beyond: form.tailX + 0.1), S.brake) { $0 != Int32(S.glass) }
    }

    // MARK: Nose and tail

    mutating func face() {
        guard level < 3 else { return }
        let behind = form.nose - 0.3
        let intake = CutPath.box(-0.1...0.60 * half, form.floor + 0.075...form.floor + 0.19, radius: level == 0 ? 0.03 : 0)
        grille(behind)
        if level == 0 {
            skin.recess(skin.cut(Stencil(.front, intake, beyond: behind)), wall: S.trim, floor: S.gap) { $0 - Vec3(0.05, 0, 0) }
            let pocket = CutPath.rounded([Vec2(0.68 * half, form.floor + 0.07), Vec2(0.88 * half, form.floor + 0.10), Vec2(0.9 * half, form.floor + 0.22), Vec2(0.72 * half, form.floor + 0.19)], 0.02)
            skin.recess(skin.cut(Stencil(.front, pocket, beyond: behind)), wall: S.trim, floor: S.trim) { $0 - Vec3(0.03, 0, 0) }
            skin.paint(Stencil(.rear, CutPath.rounded([Vec2(-0.1, 0), Vec2(0.62 * half, 0), Vec2(0.58 * half, form.floor + 0.14), Vec2(-0.1, form.floor + 0.14)], 0.03), beyond: form.back + 0.3),
                S.trim, only: Self.isOutside)
        } else {
            skin.paint(Stencil(.front, intake, beyond: behind), S.gap)
        }
    }

    private mutating func grille(_ behind: Double) {
        let z = headZ
        var openings: [[Vec2]] = []
        var bars = 5
        switch form.grille {
        case .bars: openings = [[Vec2(-0.1, z - 0.125), Vec2(0.31 * half, z - 0.125), Vec2(0.42 * half, z + 0.018), Vec2(-0.1, z + 0.025)]]
        case .wide:
            openings = [[Vec2(-0.1, z - 0.29), Vec2(0.26 * half, z - 0.29), Vec2(0.40 * half, z - 0.1), Vec2(0.36 * half, z + 0.03), Vec2(-0.1, z + 0.035)]]
            bars = 9
        case .twin:
            openings = [[Vec2(0.015, z - 0.14), Vec2(0.18 * half, z - 0.13), Vec2(0.27 * half, z - 0.03), Vec2(0.24 * half, z + 0.03), Vec2(0.03, z + 0.03)]]
            bars = 0
        case .closed:
            // Nothing to let through: a glossy panel between the lamps, under it the intake.
            let panel = [Vec2(-0.1, z - 0.035), Vec2(0.40 * half, z - 0.028), Vec2(0.46 * half, z + 0.022), Vec2(-0.1, z + 0.028)]
            let stencil = Stencil(.front, level == 0 ? CutPath.rounded(panel, 0.015, steps: 2) : panel, beyond: behind)
            if level == 0 { skin.paint(stencil.grown(0.005), S.gap) { $0 == Int32(S.paint) } }
            skin.paint(stencil, S.frit) { $0 == Int32(S.paint) || $0 == Int32(S.gap) }
            return
        }
        for outline in openings {
            let stencil = Stencil(.front, level == 0 ? CutPath.rounded(outline, 0.02, steps: 2) : outline, beyond: behind)
            if level < 2 { skin.paint(stencil.grown(0.012), form.chromeLine ? S.chrome : S.trim) }
            if level > 0 { skin.paint(stencil, S.gap); continue }
            let (low, high) = (outline.reduce(9) { min($0, $1.y) }, outline.reduce(0) { max($0, $1.y) })
            let n = bars == 0 ? 1 : bars
            let step = (high - low) / Double(n)
            for k in 0..<n {
                let band = CutPath.box(-0.2...1.0, low + step * Double(k) + (bars == 0 ? 0 : 0.005)...low + step * Double(k + 1) - (bars == 0 ? 0 : 0.005))
                let cell = CutPath.clip(CutPath.clip(outline, Vec2(0, 1), band[0].y), Vec2(0, -1), -band[2].y)
                skin.recess(skin.cut(Stencil(.front, cell, beyond: behind)), wall: S.trim, floor: S.gap) { $0 - Vec3(0.03, 0, 0) }
            }
        }
    }

    mutating func plates() {
        let f = form
        NumberPlate.add(to: &skin, at: Vec3(hull.front(0, f.floor + 0.25) - 0.004, 0, f.floor + 0.25), forward: true)
        let z = tailLampZ - (f.tailLamp == .bar ? 0.12 : f.hasGate ? 0.1 : 0.06)
        NumberPlate.add(to: &skin, at: Vec3(hull.rear(0, z) + 0.004, 0, z), forward: false)
    }
}
