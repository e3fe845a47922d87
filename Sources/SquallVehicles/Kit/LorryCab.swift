import Foundation
import SquallAssets
import SquallMath

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
        (f.headLamp, f.headHalf) = (Vec2(half - 0.32, 0.78), Vec2(0.19, 0.085))
        let front = nose - 0.42
        f.left.panes = [(front - 0.88...front - 0.02, sill + 0.10...sill + 0.86)]
        f.left.doors = [(front - 1.0...front + 0.06, 0.62...sill + 0.98, false)]
        if crew {
            f.left.panes.append((front - 2.05...front - 1.18, sill + 0.10...sill + 0.86))
            f.left.doors.append((front - 2.15...front - 1.08, 0.62...sill + 0.98, false))
        }
        let grille = variant.choice("grille", [3, 4, 2]) ?? 3
        for k in 0..<grille {
            let z = 0.98 + 0.42 * Double(k) / Double(grille)
            f.frontBands.append((-0.1...half - 0.42, z...z + 0.3 / Double(grille), S.gap))
        }
        f.frontBands.append((-0.1...half - 0.6, 0.5...0.66, S.gap))
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
        // Sun visor, handles, steps.
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
                    skin.pod(Vec3(q - 0.4, side * (half - 0.4), 0.72), Vec3(0.5, 0.27, 0.27), power: 5, rings: level == 0 ? 9 : 5, segments: level == 0 ? 16 : 8, slot: S.chrome)
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
