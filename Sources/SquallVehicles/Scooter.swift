import SquallAssets
import SquallMath
import SquallScene

/// `scooter`: a motor scooter with leg shield, flat floor and small wheels; some carry a top case.
package struct Scooter: ProceduralAsset {
    typealias S = VehicleSlot

    package init() {}

    package var variants: Int { 6 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var finish = VehicleFinish()
        finish.paint = [Vec3f(0.72, 0.72, 0.70), Vec3f(0.38, 0.012, 0.014), Vec3f(0.30, 0.50, 0.46), Vec3f(0.011, 0.011, 0.012), Vec3f(0.55, 0.48, 0.32), Vec3f(0.02, 0.09, 0.24)]
        let wb = archetype.wheelbase
        let wheel = RoadWheel(radius: 0.225, width: 0.11, rim: 0.15, style: .spokes(5, twin: false), isOpen: true)
        let wheels = [VehicleModel.Placed(pivot: Vec3(wb, 0, 0.225), wheel: wheel, steered: true), VehicleModel.Placed(pivot: Vec3(0, 0, 0.225), wheel: wheel)]
        var model = VehicleModel(archetype: archetype, finish: finish, wheels: wheels, distances: [0, 10, 28, 80])
        model.fitsLength = false
        model.lamps = VehicleModel.lights(nose: wb, back: -0.2, head: Vec2(0, 0.8), tail: Vec2(0, 0.66))
        let hasCase = variant.uniform("case", 0...1) > 0.5
        return model.asset(variant) { level in Self.body(wb, half: archetype.size.y / 2, top: archetype.size.z, hasCase: hasCase, level: level) }
    }

    private static func body(_ wb: Double, half: Double, top: Double, hasCase: Bool, level: Int) -> Skin {
        var skin = Skin()
        let n = [8, 5, 3, 3][min(level, 3)], (rings, segments) = [(8, 14), (5, 8), (3, 5), (3, 4)][min(level, 3)]
        let pod = { (skin: inout Skin, c: Vec3, h: Vec3, power: Double, slot: Int) in skin.pod(c, h, power: power, rings: rings, segments: segments, slot: slot) }
        let shield = level < 2 ? 6 : 2
        // Leg shield: bowed across, leaning back, into the floor and up the seat box.
        let profile: [(Double, Double, Double)] = [(wb - 0.20, 0.98, 0.12), (wb - 0.17, 0.8, 0.2), (wb - 0.20, 0.55, 0.21), (wb - 0.27, 0.34, 0.19), (wb - 0.36, 0.27, 0.17), (0.50, 0.26, 0.17),
            (0.42, 0.30, 0.17), (0.38, 0.60, 0.16)]
        let rows = profile.map { p in
            (0...shield).map { k -> Vec3 in
                let s = -1 + 2 * Double(k) / Double(shield)
                return Vec3(p.0 - (p.1 > 0.4 && p.0 > 0.6 ? 0.07 * s * s : 0), s * p.2, p.1)
            }
        }
        skin.net(rows) { i, _ in i < 3 ? S.paint : S.trim }
        skin.net(rows.map { $0.map { $0 + Vec3(0.012, 0, 0) } }, flipped: true) { _, _ in S.paint }
        pod(&skin, Vec3(wb - 0.15, 0, 0.62), Vec3(0.09, 0.1, 0.30), 2.6, S.paint)
        Motorcycle.mudguard(&skin, Vec3(wb, 0, 0.225), from: 0.2, to: 0.9, radius: 0.24, half: 0.08, slot: S.paint, level: level)
        for y in [0.07, -0.07] { skin.rod([Vec3(wb, y, 0.225), Vec3(wb - 0.1, y, 0.45)], radius: 0.025, segments: n, slot: S.flat) }
        // Seat box, seat, engine, tail: all end before the rear wheel does, which ends the scooter.
        pod(&skin, Vec3(0.14, 0, 0.50), Vec3(0.33, 0.17, 0.19), 4, S.paint)
        pod(&skin, Vec3(0.13, 0, 0.74), Vec3(0.34, 0.14, 0.065), 3, S.saddle)
        pod(&skin, Vec3(0.06, 0.06, 0.28), Vec3(0.24, 0.11, 0.1), 3, S.frame)
        pod(&skin, Vec3(-0.02, -0.17, 0.30), Vec3(0.19, 0.05, 0.055), 3, S.chrome)
        pod(&skin, Vec3(-0.185, 0, 0.64), Vec3(0.03, 0.09, 0.035), 3, S.tail)
        pod(&skin, Vec3(-0.192, 0, 0.63), Vec3(0.03, 0.05, 0.018), 3, S.brake)
        if level < 2 { NumberPlate.add(to: &skin, at: Vec3(-0.20, 0, 0.46), forward: false, size: Vec2(0.2, 0.15)) }
        if hasCase { pod(&skin, Vec3(-0.10, 0, 0.95), Vec3(0.12, 0.19, 0.13), 4, S.trim) }
        // Steering head.
        let head = Vec3(wb - 0.25, 0, 1.0)
        pod(&skin, head, Vec3(0.12, 0.13, 0.075), 2.5, S.paint)
        pod(&skin, head + Vec3(0.10, 0, 0), Vec3(0.035, 0.075, 0.05), 2.3, S.dipped)
        for side in [1.0, -1.0] {
            skin.rod([head, head + Vec3(-0.09, side * (half - 0.02), 0.02)], radius: 0.018, segments: n, slot: S.trim)
            guard level < 3 else { continue }
            skin.rod([head + Vec3(-0.04, side * 0.18, 0.02), Vec3(head.x, side * 0.25, top - 0.05)], radius: 0.008, segments: 3, slot: S.trim)
            skin.pod(Vec3(head.x, side * 0.25, top - 0.045), Vec3(0.03, 0.07, 0.045), power: 2.4, rings: rings, segments: segments, slot: S.trim, end: S.mirror)
            skin.pod(Vec3(wb - 0.145, side * 0.14, 0.72), Vec3(0.03, 0.035, 0.02), power: 2.4, rings: 4, segments: 6, slot: side > 0 ? S.indicatorLeft : S.indicatorRight)
            skin.pod(Vec3(-0.19, side * 0.12, 0.60), Vec3(0.03, 0.03, 0.02), power: 2.4, rings: 4, segments: 6, slot: side > 0 ? S.indicatorLeft : S.indicatorRight)
        }
        return skin
    }
}
