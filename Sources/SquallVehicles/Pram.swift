import Foundation
import SquallAssets
import SquallMath
import SquallScene
import SquallSkins

/// `pram`: a pram or pushchair: chassis on four wheels, carry-cot or seat under a folding hood, push bar.
package struct Pram: ProceduralAsset {
    typealias S = VehicleSlot

    package init() {}

    package var variants: Int { 6 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var finish = VehicleFinish()
        finish.rim = Vec3f(0.08, 0.08, 0.085)
        finish.saddle = variant.choice("cloth", [Vec3f(0.03, 0.035, 0.05), Vec3f(0.16, 0.16, 0.17), Vec3f(0.02, 0.08, 0.07), Vec3f(0.18, 0.02, 0.03), Vec3f(0.25, 0.18, 0.11)]) ?? finish.saddle
        finish.seat = Vec3f(0.4, 0.38, 0.34)
        let front = variant.uniform("front wheel", 0.10...0.14)
        let rear = RoadWheel(radius: 0.15, width: 0.05, rim: 0.115, style: .spokes(6, twin: false)), castor = RoadWheel(radius: front, width: 0.045, rim: front * 0.75, style: .spokes(6, twin: false))
        let half = archetype.size.y / 2
        let wheels = [1.0, -1.0].flatMap { side in
            [VehicleModel.Placed(pivot: Vec3(archetype.wheelbase, side * archetype.track / 2, front), wheel: castor, steered: true),
                VehicleModel.Placed(pivot: Vec3(0, side * (half - 0.03), 0.15), wheel: rear)]
        }
        let model = VehicleModel(archetype: archetype, finish: finish, wheels: wheels, distances: [0, 7, 20, 55])
        let isCot = variant.choice("kind", [true, false]) ?? true
        return model.asset(variant) { level in Self.body(archetype, isCot: isCot, frontWheel: front, level: level) }
    }

    private static func body(_ a: Archetype, isCot: Bool, frontWheel: Double, level: Int) -> Skin {
        var skin = Skin()
        let n = [8, 5, 3, 3][min(level, 3)], (rings, segments) = [(10, 16), (6, 10), (4, 6), (3, 5)][min(level, 3)]
        let (back, front, half, top) = (-a.originFromRear, a.size.x - a.originFromRear, a.size.y / 2, a.size.z)
        let w = 0.21
        for side in [1.0, -1.0] {
            skin.rod([Vec3(a.wheelbase, side * a.track / 2, frontWheel), Vec3(a.wheelbase - 0.06, side * w, 0.28), Vec3(0.12, side * w, 0.56), Vec3(back + 0.05, side * w, top - 0.05),
                Vec3(back + 0.014, side * (w - 0.03), top - 0.014)], radius: 0.013, segments: n, slot: S.frame)
            skin.rod([Vec3(0, side * (half - 0.05), 0.15), Vec3(0.12, side * w, 0.40), Vec3(0.3, side * w, 0.48)], radius: 0.013, segments: n, slot: S.frame)
        }
        skin.rod([Vec3(back + 0.014, -(w - 0.03), top - 0.014), Vec3(back + 0.014, w - 0.03, top - 0.014)], radius: 0.014, segments: n, slot: S.trim)
        skin.rod([Vec3(0, -half, 0.15), Vec3(0, half, 0.15)], radius: 0.01, segments: n, slot: S.frame)
        skin.pod(Vec3(0.24, 0, 0.24), Vec3(0.24, 0.18, 0.06), power: 3.5, rings: rings, segments: segments, slot: S.trim)
        // The tub or the seat, the blanket, the hood.
        let middle = (back + front) / 2 + 0.12
        if isCot {
            skin.pod(Vec3(middle, 0, 0.66), Vec3(front - middle, 0.19, 0.13), power: 3, rings: rings, segments: segments, slot: S.saddle)
            skin.pod(Vec3(middle + 0.1, 0, 0.76), Vec3(front - middle - 0.13, 0.17, 0.05), power: 3, rings: rings, segments: segments, slot: S.seat)
        } else {
            skin.pod(Vec3(middle + 0.06, 0, 0.54), Vec3(0.2, 0.17, 0.07), power: 3, rings: rings, segments: segments, slot: S.saddle)
            skin.pod(Vec3(middle - 0.15, 0, 0.72), Vec3(0.07, 0.17, 0.24), power: 3, rings: rings, segments: segments, slot: S.saddle, map: Skin.pitched(0.35, about: Vec3(middle - 0.15, 0, 0.55)))
            skin.rod([Vec3(middle + 0.2, -0.15, 0.5), Vec3(front - 0.05, -0.13, 0.34), Vec3(front - 0.013, 0, 0.33), Vec3(front - 0.05, 0.13, 0.34), Vec3(middle + 0.2, 0.15, 0.5)], radius: 0.013,
                segments: n, slot: S.frame)
        }
        hood(&skin, Vec3(middle - 0.14, 0, 0.74), radius: 0.27, half: 0.2, level: level)
        return skin
    }

    /// Cloth over hoops: ribs swell between them.
    private static func hood(_ skin: inout Skin, _ c: Vec3, radius: Double, half: Double, level: Int) {
        let (n, m) = level == 0 ? (12, 12) : level == 1 ? (6, 6) : (3, 4)
        let rows = (0...n).map { i -> [Vec3] in
            let a = Double.pi * (0.32 + 0.62 * Double(i) / Double(n))
            let r = radius * (level == 0 && i % 3 != 0 ? 0.975 : 1)
            return (0...m).map { k in
                let b = Double.pi * Double(k) / Double(m)
                let over = pow(sin(b), 0.6)
                return c + Vec3(r * cos(a) * over, -half * cos(b), r * sin(a) * over)
            }
        }
        skin.net(rows) { _, _ in S.saddle }
        skin.net(rows.map { $0.map { c + ($0 - c) * 0.98 } }, flipped: true) { _, _ in S.lining }
    }
}
