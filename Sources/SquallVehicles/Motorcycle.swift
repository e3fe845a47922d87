import Foundation
import SquallAssets
import SquallMath
import SquallScene

/// `motorcycle`: a naked or faired motorcycle on its wheels, no rider: tank, engine, fork, exhaust, bars with mirrors.
package struct Motorcycle: ProceduralAsset {
    typealias S = VehicleSlot

    package init() {}

    package var variants: Int { 6 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var finish = VehicleFinish()
        finish.paint = [Vec3f(0.011, 0.011, 0.012), Vec3f(0.38, 0.012, 0.014), Vec3f(0.012, 0.05, 0.30), Vec3f(0.10, 0.32, 0.02), Vec3f(0.72, 0.72, 0.7), Vec3f(0.55, 0.20, 0.01)]
        finish.rim = Vec3f(0.03, 0.03, 0.032)
        finish.saddle = Vec3f(0.015, 0.015, 0.016)
        let wb = archetype.wheelbase
        let front = RoadWheel(radius: 0.31, width: 0.12, rim: 0.22, style: .spokes(6, twin: false), isOpen: true),
            rear = RoadWheel(radius: 0.31, width: 0.17, rim: 0.22, style: .spokes(6, twin: false), isOpen: true)
        let wheels = [VehicleModel.Placed(pivot: Vec3(wb, 0, 0.31), wheel: front, steered: true), VehicleModel.Placed(pivot: Vec3(0, 0, 0.31), wheel: rear)]
        var model = VehicleModel(archetype: archetype, finish: finish, wheels: wheels, distances: [0, 10, 28, 80])
        model.fitsLength = false
        model.lamps = VehicleModel.lights(nose: wb - 0.05, back: -0.2, head: Vec2(0, 0.86), tail: Vec2(0, 0.82))
        let faired = variant.uniform("fairing", 0...1) > 0.55
        return model.asset(variant) { level in Self.body(wb, half: archetype.size.y / 2, top: archetype.size.z, faired: faired, level: level) }
    }

    private static func body(_ wb: Double, half: Double, top: Double, faired: Bool, level: Int) -> Skin {
        var skin = Skin()
        let n = [8, 5, 3, 3][min(level, 3)], (rings, segments) = [(8, 14), (5, 8), (3, 5), (3, 4)][min(level, 3)]
        let head = Vec3(wb - 0.40, 0, 0.92)
        let pod = { (skin: inout Skin, c: Vec3, h: Vec3, power: Double, slot: Int) in skin.pod(c, h, power: power, rings: rings, segments: segments, slot: slot) }
        // Fork legs, yokes and bars.
        for y in [0.1, -0.1] {
            skin.rod([Vec3(wb, y, 0.31), Vec3(wb - 0.16, y, 0.62)], radius: 0.032, segments: n, slot: S.flat)
            skin.rod([Vec3(wb - 0.15, y, 0.6), head + Vec3(0.0, y, 0.03)], radius: 0.022, segments: n, slot: S.chrome)
            skin.rod([head + Vec3(0, y, 0.03), head + Vec3(-0.03, y * 1.6, 0.12), head + Vec3(-0.12, y > 0 ? half - 0.03 : -half + 0.03, 0.10)], radius: 0.016, segments: n, slot: S.trim)
            if level < 3 {
                let grip = head + Vec3(-0.13, y > 0 ? half - 0.07 : -half + 0.07, 0.10)
                pod(&skin, grip, Vec3(0.022, 0.07, 0.022), 4, S.trim)
                skin.rod([head + Vec3(-0.08, y * 2.2, 0.11), head + Vec3(-0.02, y * 3, top - head.z - 0.06)], radius: 0.008, segments: 3, slot: S.trim)
                skin.pod(Vec3(head.x - 0.02, y * 3, top - 0.045), Vec3(0.03, 0.075, 0.045), power: 2.6, rings: rings, segments: segments, slot: S.trim, end: S.mirror)
                skin.pod(head + Vec3(0.02, y * 2, -0.07), Vec3(0.03, 0.03, 0.02), power: 2.2, rings: 4, segments: 6, slot: y > 0 ? S.indicatorLeft : S.indicatorRight)
                skin.pod(Vec3(-0.18, y * 1.3, 0.74), Vec3(0.03, 0.03, 0.02), power: 2.2, rings: 4, segments: 6, slot: y > 0 ? S.indicatorLeft : S.indicatorRight)
            }
            // Swing arm, rear frame, frame spars.
            skin.rod([Vec3(0, y * 1.1, 0.31), Vec3(0.48, y * 1.2, 0.42)], radius: 0.035, segments: n, slot: S.flat)
            skin.rod([head + Vec3(0, 0, -0.03), Vec3(0.78, y * 1.6, 0.72), Vec3(0.48, y * 1.5, 0.45)], radius: 0.032, segments: n, slot: S.flat)
            skin.rod([Vec3(0.55, y * 1.2, 0.70), Vec3(-0.05, y, 0.80)], radius: 0.016, segments: n, slot: S.flat)
        }
        pod(&skin, Vec3(0.72, 0, 0.42), Vec3(0.27, 0.19, 0.18), 3.4, S.frame)
        pod(&skin, Vec3(0.82, 0, 0.60), Vec3(0.16, 0.16, 0.14), 3.6, S.flat)
        pod(&skin, Vec3(0.68, 0, 0.86), Vec3(0.29, 0.155, 0.135), 2.5, S.paint)
        pod(&skin, Vec3(0.26, 0, 0.81), Vec3(0.29, 0.14, 0.06), 3, S.saddle)
        pod(&skin, Vec3(-0.08, 0, 0.86), Vec3(0.19, 0.10, 0.065), 2.6, S.paint)
        pod(&skin, Vec3(0.30, 0, 0.70), Vec3(0.24, 0.12, 0.07), 3, S.paint)
        // Exhaust, mudguards, lamps.
        skin.rod([Vec3(0.98, -0.1, 0.5), Vec3(0.92, -0.14, 0.25), Vec3(0.5, -0.16, 0.2), Vec3(0.25, -0.19, 0.3)], radius: 0.026, segments: n, slot: S.chrome)
        pod(&skin, Vec3(0.05, -0.2, 0.40), Vec3(0.24, 0.06, 0.07), 3, S.chrome)
        mudguard(&skin, Vec3(wb, 0, 0.31), from: 0.25, to: 0.85, radius: 0.335, half: 0.075, slot: S.paint, level: level)
        mudguard(&skin, Vec3(0, 0, 0.31), from: 0.35, to: 0.78, radius: 0.345, half: 0.09, slot: S.trim, level: level)
        if faired {
            pod(&skin, Vec3(wb - 0.36, 0, 0.88), Vec3(0.22, 0.15, 0.14), 2.6, S.paint)
            pod(&skin, Vec3(0.80, 0, 0.36), Vec3(0.33, 0.17, 0.13), 3.4, S.paint)
            pod(&skin, Vec3(wb - 0.40, 0, 0.99), Vec3(0.14, 0.12, 0.12), 2.2, S.darkGlass)
            pod(&skin, Vec3(wb - 0.175, 0, 0.87), Vec3(0.045, 0.09, 0.045), 2.4, S.dipped)
        } else {
            pod(&skin, Vec3(wb - 0.30, 0, 0.90), Vec3(0.09, 0.095, 0.095), 2.2, S.flat)
            pod(&skin, Vec3(wb - 0.235, 0, 0.90), Vec3(0.04, 0.078, 0.078), 2, S.dipped)
        }
        pod(&skin, Vec3(-0.255, 0, 0.85), Vec3(0.03, 0.07, 0.028), 3, S.tail)
        pod(&skin, Vec3(-0.262, 0, 0.845), Vec3(0.03, 0.04, 0.015), 3, S.brake)
        if level < 2 { NumberPlate.add(to: &skin, at: Vec3(-0.265, 0, 0.66), forward: false, size: Vec2(0.2, 0.15)) }
        skin.rod([Vec3(0.5, 0.16, 0.3), Vec3(0.55, 0.27, 0.27)], radius: 0.015, segments: 4, slot: S.trim)
        skin.rod([Vec3(0.5, -0.16, 0.3), Vec3(0.55, -0.27, 0.27)], radius: 0.015, segments: 4, slot: S.trim)
        return skin
    }

    /// A strip round the upper part of a wheel; angles in turns from straight ahead over the top.
    static func mudguard(_ skin: inout Skin, _ c: Vec3, from: Double, to: Double, radius: Double, half: Double, slot: Int, level: Int) {
        let n = [10, 5, 3, 2][min(level, 3)]
        let rows = (0...n).map { i -> [Vec3] in
            let a = Double.pi * lerp(from, to, Double(i) / Double(n))
            let at = { (r: Double, y: Double) in c + Vec3(r * cos(a), y, r * sin(a)) }
            return [at(radius - 0.03, -half), at(radius - 0.005, -half), at(radius + 0.01, 0), at(radius - 0.005, half), at(radius - 0.03, half)]
        }
        skin.net(rows) { _, _ in slot }
        skin.net(rows, flipped: true) { _, _ in slot }
    }
}
