import Foundation
import SquallAssets
import SquallMath
import SquallScene
import SquallSkins

/// `bicycle`: diamond or step-through frame, spoked wheels, chain, lamps; city, mountain and racing bicycles. Fork and bars turn with the front
/// wheel, cranks with the rear one; whoever rides it pedals.
package struct Bicycle: ProceduralAsset {
    typealias S = VehicleSlot

    package init() {}

    package var variants: Int { 8 }

    private enum Kind { case city, stepThrough, mountain, racing }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var finish = VehicleFinish()
        finish.paint = [Vec3f(0.011, 0.011, 0.012), Vec3f(0.32, 0.012, 0.014), Vec3f(0.02, 0.09, 0.30), Vec3f(0.70, 0.70, 0.68), Vec3f(0.03, 0.16, 0.08), Vec3f(0.42, 0.425, 0.43),
            Vec3f(0.55, 0.25, 0.01)]
        finish.rim = Vec3f(0.45, 0.45, 0.46)
        let kind = variant.choice("kind", [Kind.city, .stepThrough, .mountain, .racing]) ?? .city
        let wb = archetype.wheelbase
        let wheel = RoadWheel(radius: 0.345, width: kind == .mountain ? 0.055 : kind == .racing ? 0.026 : 0.038, rim: kind == .mountain ? 0.295 : 0.315, style: .wire(28))
        let wheels = [VehicleModel.Placed(pivot: Vec3(wb, 0, 0.345), wheel: wheel, steered: true), VehicleModel.Placed(pivot: Vec3(0, 0, 0.345), wheel: wheel)]
        var model = VehicleModel(archetype: archetype, finish: finish, wheels: wheels, distances: [0, 8, 22, 60])
        model.fitsLength = false
        model.lamps = [
            Lamp(.dippedBeam, .lambertian, at: Vec3(wb - 0.1, 0, 0.75), towards: Vec3(1, 0, -0.1).normalized, intensity: 60, color: Vec3f(1.02, 1, 0.92)),
            Lamp(.position, .lambertian, at: Vec3(-0.3, 0, 0.7), towards: Vec3(-1, 0, 0), intensity: 4, color: LampColor.red),
        ]
        let (half, top) = (archetype.size.y / 2, archetype.size.z)
        let bottom = Self.bottom
        model.parts = [
            .init(joint: Asset.Joint(kind: .fork(axis: Vec3(-0.07, 0, 0.18).normalized), pivot: Vec3(wb - 0.16, 0, 0.70))) { Self.steered(wb, kind, half, top, level: $0) },
            .init(joint: Asset.Joint(kind: .crank(development: Self.development), pivot: bottom)) { Self.crank($0) },
        ]
        for side in [1.0, -1.0] {
            let arm = Self.pedal(side)
            model.parts.append(.init(joint: Asset.Joint(kind: .pedal(development: Self.development), pivot: arm, parent: 1)) { level in
                var skin = Skin()
                if level < 3 { skin.block(bottom + arm + Vec3(-0.045, -0.045, -0.012), bottom + arm + Vec3(0.045, 0.045, 0.012), slot: S.trim) }
                return skin
            })
        }
        model.seat = Self.seat(wb, kind, half, top)
        return model.asset(variant) { level in Self.body(wb, kind, level: level) }
    }

    /// Metres for a turn of the cranks, and where they turn.
    private static let development = 5.2, bottom = Vec3(0.43, 0, 0.29)

    /// From the crank's axle to the middle of a pedal. - Parameter side: left is 1, right -1.
    private static func pedal(_ side: Double) -> Vec3 { Vec3(side * 0.12, side * 0.115, side * 0.11) }

    private static func seat(_ wb: Double, _ kind: Kind, _ half: Double, _ top: Double) -> Seat {
        let stem = Vec3(wb - 0.20, 0, top - 0.04)
        let grip =
            switch kind {
            case .racing: stem + Vec3(0.085, half - 0.01, -0.02)
            case .mountain: stem + Vec3(0.010, half - 0.07, 0.018)
            case .city, .stepThrough: stem + Vec3(-0.11, half - 0.018, 0.018)
            }
        return Seat(rider: "cyclist", saddle: Vec3(0.205, 0, 0.978), grip: grip, rest: bottom, fork: 0, pedals: [2, 3])
    }

    /// Fork with its guard and lamp, stem and bars.
    private static func steered(_ wb: Double, _ kind: Kind, _ half: Double, _ top: Double, level: Int) -> Skin {
        var skin = Skin()
        let n = [9, 5, 3, 3][min(level, 3)]
        let tube = { (skin: inout Skin, path: [Vec3], r: Double, slot: Int) in skin.rod(path, radius: r * (level > 1 ? 1.3 : 1), segments: n, slot: slot) }
        for y in [0.06, -0.06] { tube(&skin, [Vec3(wb, y, 0.345), Vec3(wb - 0.06, y, 0.5), Vec3(wb - 0.16, y * 0.5, 0.70)], 0.013, S.paint) }
        bars(&skin, Vec3(wb - 0.23, 0, 0.88), kind, half, top, tube)
        guard kind != .racing, level < 3 else { return skin }
        if kind != .mountain { Motorcycle.mudguard(&skin, Vec3(wb, 0, 0.345), from: 0.3, to: 1.12, radius: 0.365, half: 0.026, slot: S.trim, level: level) }
        let (rings, segments) = [(7, 12), (4, 8), (3, 5)][min(level, 2)]
        tube(&skin, [Vec3(wb - 0.17, 0, 0.73), Vec3(wb - 0.10, 0, 0.76)], 0.008, S.trim)
        skin.pod(Vec3(wb - 0.10, 0, 0.78), Vec3(0.035, 0.035, 0.035), power: 2.2, rings: rings, segments: segments, slot: S.dipped)
        return skin
    }

    private static func body(_ wb: Double, _ kind: Kind, level: Int) -> Skin {
        var skin = Skin()
        let n = [9, 5, 3, 3][min(level, 3)]
        let (rings, segments) = [(7, 12), (4, 8), (3, 5), (3, 4)][min(level, 3)]
        let tube = { (skin: inout Skin, path: [Vec3], r: Double, slot: Int) in skin.rod(path, radius: r * (level > 1 ? 1.3 : 1), segments: n, slot: slot) }
        let seat = Vec3(0.26, 0, 0.80)
        let (crown, head) = (Vec3(wb - 0.16, 0, 0.70), Vec3(wb - 0.23, 0, 0.88))
        tube(&skin, [bottom, seat], 0.017, S.paint)
        tube(&skin, [bottom, crown], 0.02, S.paint)
        tube(&skin, kind == .stepThrough ? [Vec3(0.36, 0, 0.48), crown + Vec3(-0.03, 0, 0.08)] : [seat + Vec3(0.01, 0, -0.05), head + Vec3(0.01, 0, -0.03)], 0.017, S.paint)
        tube(&skin, [crown, head], 0.021, S.paint)
        for y in [0.06, -0.06] {
            tube(&skin, [Vec3(0, y, 0.345), bottom + Vec3(-0.03, y * 0.6, 0)], 0.010, S.paint)
            tube(&skin, [Vec3(0, y, 0.345), seat + Vec3(0.01, 0, -0.06)], 0.009, S.paint)
        }
        // Saddle.
        tube(&skin, [seat, seat + Vec3(-0.03, 0, 0.13)], 0.013, S.chrome)
        skin.pod(seat + Vec3(0, 0, 0.155), Vec3(0.135, kind == .racing ? 0.065 : 0.09, 0.032), power: 2.4, rings: rings, segments: segments, slot: S.saddle)
        if level < 2 { for dz in [0.083, -0.083] { tube(&skin, [bottom + Vec3(0, -0.05, dz), Vec3(0, -0.05, 0.345 + dz * 0.45)], 0.004, S.flat) } }
        guard kind != .racing, level < 3 else { return skin }
        if kind != .mountain {
            Motorcycle.mudguard(&skin, Vec3(0, 0, 0.345), from: 0.12, to: 0.84, radius: 0.365, half: 0.026, slot: S.trim, level: level)
            // Carrier.
            for y in [0.055, -0.055] {
                tube(&skin, [seat + Vec3(-0.02, y, -0.05), Vec3(-0.26, y, 0.755)], 0.006, S.trim)
                tube(&skin, [Vec3(0, y * 1.3, 0.345), Vec3(-0.12, y, 0.75)], 0.006, S.trim)
            }
        }
        // Without a carrier they hang from the seat post.
        let moved = skin.positions.count
        skin.pod(Vec3(-0.27, 0, 0.70), Vec3(0.02, 0.045, 0.022), power: 3, rings: 4, segments: 8, slot: S.tail)
        skin.block(Vec3(-0.262, -0.045, 0.64), Vec3(-0.25, 0.045, 0.67), slot: S.reflector)
        if kind == .mountain { skin.shift(last: skin.positions.count - moved, by: Vec3(0.47, 0, 0.16)) }
        return skin
    }

    private static func bars(_ skin: inout Skin, _ head: Vec3, _ kind: Kind, _ half: Double, _ top: Double, _ tube: (inout Skin, [Vec3], Double, Int) -> Void) {
        let stem = head + Vec3(0.03, 0, top - 0.04 - head.z)
        tube(&skin, [head, stem], 0.013, S.chrome)
        for side in [1.0, -1.0] {
            let y = side * (half - 0.01)
            switch kind {
            case .racing:
                tube(&skin, [stem, stem + Vec3(0.02, y, 0), stem + Vec3(0.1, y, -0.02), stem + Vec3(0.08, y, -0.12), stem + Vec3(-0.02, y, -0.14)], 0.014, S.trim)
            case .mountain: tube(&skin, [stem + Vec3(0.05, 0, 0), stem + Vec3(0, y, 0.02)], 0.014, S.trim)
            case .city, .stepThrough:
                tube(&skin, [stem, stem + Vec3(0.05, y * 0.5, 0.02), stem + Vec3(-0.06, y * 0.96, 0.02)], 0.011, S.chrome)
                tube(&skin, [stem + Vec3(-0.05, y * 0.95, 0.02), stem + Vec3(-0.17, y, 0.012)], 0.016, S.trim)
            }
        }
    }

    /// Chain wheel and its two arms.
    private static func crank(_ level: Int) -> Skin {
        var skin = Skin()
        if level < 2 { skin.ring(bottom + Vec3(0, -0.05, 0), axis: Vec3(0, 1, 0), radius: 0.085, thickness: 0.006, segments: level == 0 ? 20 : 8, slot: S.chrome) }
        for side in [1.0, -1.0] {
            let end = bottom + pedal(side)
            skin.rod([bottom + Vec3(0, side * 0.06, 0), Vec3(end.x, bottom.y + side * 0.075, end.z)], radius: level > 1 ? 0.012 : 0.009, segments: [9, 5, 3, 3][min(level, 3)], slot: S.chrome)
        }
        return skin
    }
}
