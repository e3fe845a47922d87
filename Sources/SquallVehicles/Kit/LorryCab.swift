import Foundation
import SquallAssets
import SquallMath
import SquallSkins

/// A cab over its engine, as on European lorries, and the frame behind it.
package enum LorryCab {
    typealias S = VehicleSlot

    /// - Parameters: `crew` a second row of doors; `raise` the roof above the doors' line.
    static func form(nose: Double, length: Double, half: Double, height: Double, axle: Double, tyre: Double, crew: Bool = false, variant: Variant) -> BoxForm {
        var f = BoxForm(back: nose - length, nose: nose, half: half, floor: 0.42, height: height)
        (f.arches, f.tyre, f.archRadius, f.archDepth) = ([axle], tyre, tyre + 0.09, 0.5)
        f.radius = Vec3(0.17, 0.17, 0.17)
        (f.rake, f.rakeZ, f.frontBow, f.rearBow) = (variant.uniform("cab rake", 0.05...0.11), 1.45, variant.uniform("cab bow", 0.14...0.24), 0.01)
        f.lean = 0.025
        let sill = tyre * 2 + 0.42
        f.screen = (sill + 0.12...min(height - 0.42, sill + 1.12), half - 0.12, half - 0.17)
        (f.headLamp, f.headHalf) = (Vec2(half - 0.32, 0.78), Vec2(0.21, 0.105))
        let front = nose - 0.42
        // The door's window with its quarter light; two steps below the door.
        f.left.panes = [(front - 0.88...front - 0.27, sill + 0.10...sill + 0.86), (front - 0.23...front - 0.02, sill + 0.10...sill + 0.86)]
        f.left.doors = [(front - 1.0...front + 0.06, 0.98...sill + 0.98, false)]
        let stepFrom = min(front + 0.02, axle + tyre + 0.13)
        f.left.bands = [(stepFrom...front + 0.16, 0.53...0.66, S.gap), (stepFrom...front + 0.14, 0.77...0.90, S.gap), (nose - length - 0.1...nose + 0.1, 0.3...0.50, S.trim)]
        if crew {
            f.left.panes.append((front - 2.05...front - 1.18, sill + 0.10...sill + 0.86))
            f.left.doors.append((front - 2.15...front - 1.08, 0.62...sill + 0.98, false))
        }
        let grille = variant.choice("grille", [3, 4, 2]) ?? 3
        // Bumper, a dark mouth with its slats, and a panel under the screen.
        f.frontBands = [(-0.1...half + 0.1, 0.3...0.50, S.trim), (-0.1...half - 0.60, 0.50...0.70, S.trim), (-0.1...half - 0.36, 0.96...sill - 0.14, S.frit)]
        for k in 0..<grille {
            let z = 1.0 + (sill - 1.2) * (Double(k) + 0.5) / Double(grille)
            f.frontBands.append((0.16...half - 0.42, z - 0.022...z + 0.022, f.paint))
        }
        f.frontBands.append((-0.1...half - 0.14, sill - 0.03...sill + 0.04, S.trim))
        f.right = f.left
        return f
    }

    static func body(_ form: BoxForm, level: Int) -> BoxBody {
        var body = BoxBody(form, level: level)
        let f = form
        guard level < 2, let screen = f.screen else { return body }
        let low = screen.z.lowerBound - 0.62
        body.driver(dash: f.nose - 0.55, z: screen.z.lowerBound + 0.02, low: low)
        body.seat(Vec3(f.nose - 1.15, -f.half + 0.6, low))
        if f.left.doors.count > 1 { for y in [-0.8, -0.28, 0.28, 0.8] { body.seat(Vec3(f.nose - 2.2, y, low)) } }
        body.wipers()
        NumberPlate.add(to: &body.skin, at: Vec3(body.hull.front(0, 0.58), 0, 0.58), forward: true)
        guard level == 0 else { return body }
        front(&body)
        // Sun visor, handles.
        let top = screen.z.upperBound
        let visor = [-1.0, -0.5, 0, 0.5, 1].map { s -> [Vec3] in
            let y = s * (f.half - 0.14)
            let x = body.hull.front(y, top)
            return [Vec3(x - 0.06, y, top + 0.07), Vec3(x + 0.16, y, top + 0.02), Vec3(x + 0.17, y, top - 0.10), Vec3(x + 0.15, y, top - 0.10)]
        }
        body.skin.net(visor) { _, _ in S.frit }
        body.skin.net(visor, flipped: true) { _, _ in S.frit }
        for side in [1.0, -1.0] {
            for door in f.left.doors {
                let x = door.x.lowerBound + 0.12
                body.skin.rod([Vec3(x - 0.08, side * (f.half + 0.0), 1.12), Vec3(x - 0.06, side * (f.half + 0.025), 1.12), Vec3(x + 0.08, side * (f.half + 0.025), 1.12),
                    Vec3(x + 0.1, side * f.half, 1.12)], radius: 0.015, segments: 5, slot: S.trim)
            }
        }
        return body
    }

    /// Badge, fog lamps, marker lamps over the screen, rails of the steps.
    private static func front(_ body: inout BoxBody) {
        let f = body.form
        let sill = f.screen?.z.lowerBound ?? 1.4
        let z = min(sill - 0.28, 1.22)
        body.skin.can(Vec3(body.hull.front(0, z) + 0.004, 0, z), up: false, radius: 0.075, half: 0.010, segments: 20, slot: S.chrome, face: S.rim)
        for side in [1.0, -1.0] {
            let lamp = Vec3(body.hull.front(f.half - 0.34, 0.43) - 0.005, side * (f.half - 0.34), 0.43)
            body.skin.can(lamp, up: false, radius: 0.045, half: 0.012, segments: 12, slot: S.trim, face: S.daytime)
            for y in [0.28, f.half - 0.22] {
                let top = f.height - 0.06
                body.skin.pod(Vec3(body.hull.front(y, f.height - 0.22) - 0.05, side * y, top - 0.02), Vec3(0.05, 0.06, 0.022), power: 3, rings: 4, segments: 8, slot: S.marker)
            }
            // A bar to hold on to beside the door.
            let x = (f.left.doors.first?.x.lowerBound ?? f.nose - 1.5) - 0.06
            body.skin.rod([Vec3(x, side * (f.half - 0.01), 1.2), Vec3(x, side * (f.half + 0.022), 1.24), Vec3(x, side * (f.half + 0.012), 1.86), Vec3(x, side * (f.half - 0.03), 1.90)],
                radius: 0.012, segments: 6, slot: S.trim)
        }
    }

    /// Rails, tanks, underrun guards and mudguards between `back` and `front`.
    static func frame(_ skin: inout Skin, back: Double, front: Double, half: Double, top: Double, axles: [Double], tyre: Double, level: Int) {
        for side in [1.0, -1.0] {
            let (a, b) = (min(side * 0.36, side * 0.44), max(side * 0.36, side * 0.44))
            skin.block(Vec3(back + 0.15, a, top - 0.28), Vec3(front, b, top), slot: S.flat)
            guard level < 3 else { continue }
            let rear = axles.max() ?? 0
            let (p, q) = (rear + tyre + 0.3, front - 2.3)
            if q - p > 0.5 {
                // Side guard and a fuel tank.
                let (y0, y1) = (min(side * (half - 0.06), side * (half - 0.02)), max(side * (half - 0.06), side * (half - 0.02)))
                for z in [0.55, 0.85] { skin.block(Vec3(p, y0, z), Vec3(q, y1, z + 0.13), slot: S.frame, bevel: level == 0 ? 0.01 : 0) }
                if level < 2 {
                    tank(&skin, x: q - 0.9...q + 0.1, y: side * (half - 0.38), level: level)
                }
            }
            guard level < 2 else { continue }
            for x in axles {
                let arc = (0...6).map { k -> [Vec3] in
                    let a = Double.pi * (0.08 + 0.84 * Double(k) / 6)
                    let r = tyre + 0.07
                    let (px, pz) = (x + r * cos(a), tyre + r * sin(a))
                    return [Vec3(px, side * (half - 0.62), pz), Vec3(px, side * (half - 0.02), pz), Vec3(px, side * (half - 0.02), pz - 0.05)]
                }
                skin.net(arc, flipped: side > 0) { _, _ in S.trim }
                skin.net(arc, flipped: side < 0) { _, _ in S.trim }
            }
        }
        skin.block(Vec3(back + 0.04, -half + 0.08, 0.45), Vec3(back + 0.16, half - 0.08, 0.6), slot: S.frame, bevel: level == 0 ? 0.02 : 0)
    }

    /// A box of metal with rounded edges, its straps and cap.
    private static func tank(_ skin: inout Skin, x: ClosedRange<Double>, y: Double, level: Int) {
        let (from, to) = (x.lowerBound, x.upperBound)
        skin.loft(
            [.init(from, 0.72, 0.20, 0.20, 0.20, 5), .init(from + 0.02, 0.72, 0.26, 0.26, 0.26, 5), .init(to - 0.02, 0.72, 0.26, 0.26, 0.26, 5), .init(to, 0.72, 0.20, 0.20, 0.20, 5)],
            segments: level == 0 ? 20 : 8, steps: 1, slot: S.rim)
        skin.shift(last: level == 0 ? 20 * 6 : 8 * 6, by: Vec3(0, y, 0))
        guard level == 0 else { return }
        for k in [0.25, 0.75] {
            let at = lerp(from, to, k)
            skin.block(Vec3(at - 0.02, y - 0.268, 0.45), Vec3(at + 0.02, y + 0.268, 0.99), slot: S.trim, bevel: 0.05)
        }
        skin.can(Vec3(to - 0.12, y, 0.985), up: true, radius: 0.045, half: 0.015, segments: 10, slot: S.trim, face: S.trim)
    }

    /// Two clusters of lamps on the underrun guard, reflectors, plate.
    static func tail(_ skin: inout Skin, back: Double, half: Double, z: Double, level: Int) {
        for side in [1.0, -1.0] {
            let turn = side > 0 ? S.indicatorLeft : S.indicatorRight
            let cells: [(Double, Double, Int)] = [(0.06, 0.16, S.reverse), (0.17, 0.3, S.brake), (0.3, 0.42, S.tail), (0.43, 0.55, turn)]
            for (a, b, slot) in cells where level < 2 || slot == S.tail || slot == S.brake {
                let (y0, y1) = (side * (half - 0.62 + a), side * (half - 0.62 + b))
                skin.block(Vec3(back + 0.005, min(y0, y1), z - 0.06), Vec3(back + 0.06, max(y0, y1), z + 0.06), slot: slot, bevel: level == 0 ? 0.012 : 0)
            }
        }
        if level < 2 { NumberPlate.add(to: &skin, at: Vec3(back + 0.03, 0, z), forward: false) }
    }

    /// Amber marker lamps and white contour tape along a flank.
    static func contour(_ skin: inout Skin, x: ClosedRange<Double>, half: Double, z: Double, level: Int) {
        guard level < 3 else { return }
        for side in [1.0, -1.0] {
            let y = side * half
            for a in stride(from: x.lowerBound + 0.2, to: x.upperBound - 0.5, by: 0.62) {
                let (p, q) = (Vec3(a, y, z), Vec3(min(a + (level < 2 ? 0.48 : 0.62), x.upperBound), y, z))
                let up = Vec3(0, 0, 0.055)
                if side > 0 { skin.quad(q, p, p + up, q + up, slot: S.contour) } else { skin.quad(p, q, q + up, p + up, slot: S.contour) }
            }
        }
    }
}
