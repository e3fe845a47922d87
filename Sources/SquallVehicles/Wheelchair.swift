import Foundation
import SquallAssets
import SquallMath
import SquallScene
import SquallSkins

/// `wheelchair`: a folding wheelchair with big spoked wheels, hand rims, castors, foot rests and push handles.
package struct Wheelchair: ProceduralAsset {
    typealias S = VehicleSlot

    package init() {}

    package var variants: Int { 6 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var finish = VehicleFinish()
        finish.paint = [Vec3f(0.03, 0.03, 0.035), Vec3f(0.02, 0.08, 0.28), Vec3f(0.36, 0.012, 0.014), Vec3f(0.45, 0.45, 0.46)]
        finish.saddle = variant.choice("cloth", [Vec3f(0.012, 0.012, 0.014), Vec3f(0.01, 0.03, 0.12), Vec3f(0.14, 0.01, 0.015)]) ?? finish.saddle
        let half = archetype.size.y / 2
        let big = RoadWheel(radius: 0.305, width: 0.03, rim: 0.28, style: .wire(24)), castor = RoadWheel(radius: 0.09, width: 0.035, rim: 0.055, style: .spokes(5, twin: false))
        let wheels = [1.0, -1.0].flatMap { side in
            [VehicleModel.Placed(pivot: Vec3(archetype.wheelbase, side * archetype.track / 2, 0.09), wheel: castor, steered: true),
                VehicleModel.Placed(pivot: Vec3(0, side * (half - 0.045), 0.305), wheel: big)]
        }
        let model = VehicleModel(archetype: archetype, finish: finish, wheels: wheels, distances: [0, 7, 20, 55])
        let tall = variant.uniform("back", 0.0...0.1)
        return model.asset(variant) { level in Self.body(archetype, tall: tall, level: level) }
    }

    private static func body(_ a: Archetype, tall: Double, level: Int) -> Skin {
        var skin = Skin()
        let n = [8, 5, 3, 3][min(level, 3)], (rings, segments) = [(7, 12), (4, 6), (3, 4), (3, 4)][min(level, 3)]
        let (wb, top, front) = (a.wheelbase, a.size.z, a.size.x - a.originFromRear)
        let inner = a.size.y / 2 - 0.10
        for side in [1.0, -1.0] {
            let y = side * inner
            skin.rod([Vec3(-0.20, y, top - 0.015), Vec3(-0.09, y, top - 0.02), Vec3(-0.06, y, 0.5), Vec3(-0.05, y, 0.25)], radius: 0.013, segments: n, slot: S.paint)
            skin.rod([Vec3(-0.05, y, 0.5), Vec3(0.40, y, 0.5), Vec3(0.48, y, 0.42), Vec3(front - 0.13, y * 0.8, 0.12), Vec3(front - 0.02, y * 0.75, 0.1)], radius: 0.013, segments: n, slot: S.paint)
            skin.rod([Vec3(-0.05, y, 0.28), Vec3(wb - 0.02, y, 0.28), Vec3(wb, side * a.track / 2, 0.19), Vec3(wb, side * a.track / 2, 0.09)], radius: 0.013, segments: n, slot: S.paint)
            skin.rod([Vec3(-0.05, y, 0.70), Vec3(0.28, y, 0.70), Vec3(0.32, y, 0.5)], radius: 0.011, segments: n, slot: S.paint)
            skin.pod(Vec3(0.12, y, 0.715), Vec3(0.17, 0.03, 0.018), power: 3, rings: rings, segments: segments, slot: S.saddle)
            skin.pod(Vec3(-0.19, y, top - 0.014), Vec3(0.07, 0.018, 0.018), power: 3, rings: rings, segments: segments, slot: S.trim)
            skin.block(Vec3(front - 0.16, min(y * 0.2, y * 0.85), 0.085), Vec3(front, max(y * 0.2, y * 0.85), 0.1), slot: S.trim)
            if level < 2 { skin.ring(Vec3(0, side * (a.size.y / 2 - 0.009), 0.305), axis: Vec3(0, 1, 0), radius: 0.255, thickness: 0.009, segments: level == 0 ? 28 : 12, slot: S.chrome) }
            skin.rod([Vec3(0.0, -y, 0.28), Vec3(0.3, y, 0.49)], radius: 0.01, segments: n, slot: S.paint)
        }
        let half = a.size.y / 2
        skin.rod([Vec3(0, -half, 0.305), Vec3(0, half, 0.305)], radius: 0.012, segments: n, slot: S.chrome)
        skin.pod(Vec3(0.18, 0, 0.515), Vec3(0.22, inner, 0.03), power: 4, rings: rings, segments: segments, slot: S.saddle)
        skin.pod(Vec3(-0.065, 0, 0.68 + tall / 2), Vec3(0.022, inner, 0.17 + tall / 2), power: 4, rings: rings, segments: segments, slot: S.saddle)
        return skin
    }
}
