import SquallAssets
import SquallMath
import SquallScene
import SquallSkins

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
        model.lamps = VehicleModel.centreLights(
            head: Vec3(wb - 0.12, 0, 0.985), tail: Vec3(-0.23, 0, 0.645), indicators: Vec3(wb - 0.125, 0.125, 0.76), behind: Vec3(-0.22, 0.115, 0.625))
        let hasCase = variant.uniform("case", 0...1) > 0.5
        let (half, top) = (archetype.size.y / 2, archetype.size.z)
        model.parts = [
            .init(joint: Asset.Joint(kind: .fork(axis: Vec3(-0.23, 0, 0.775).normalized), pivot: Vec3(wb - 0.25, 0, 1.0))) { level in
                var skin = Skin()
                Self.fork(&skin, wb, level)
                Self.bars(&skin, wb, half: half, top: top, level)
                return skin
            }
        ]
        model.seat = Seat(rider: "motorcyclist", saddle: Vec3(0.19, 0, 0.757), grip: Vec3(wb - 0.34, half - 0.065, 1.018), rest: Vec3(0.655, 0.115, 0.272), fork: 0)
        return model.asset(variant) { level in Self.body(wb, hasCase: hasCase, level: level) }
    }

    private static func body(_ wb: Double, hasCase: Bool, level: Int) -> Skin {
        var skin = Skin()
        front(&skin, wb, level)
        rear(&skin, hasCase: hasCase, level)
        return skin
    }

    private static func pod(_ skin: inout Skin, _ c: Vec3, _ h: Vec3, _ power: Double, _ slot: Int, _ level: Int) {
        let (rings, segments) = [(8, 14), (5, 8), (3, 5), (3, 4)][min(level, 3)]
        skin.pod(c, h, power: power, rings: rings, segments: segments, slot: slot)
    }

    /// Leg shield, floor and steering column, drawn through sections.
    private static func front(_ skin: inout Skin, _ wb: Double, _ level: Int) {
        let across = [10, 5, 2, 2][min(level, 3)], steps = [4, 2, 1, 1][min(level, 3)]
        // Down the shield, along the floor, up the seat box: place along x, height, half width, how far the edges stand back.
        let outline: [SIMD4<Double>] = [
            SIMD4(wb - 0.235, 0.955, 0.10, 0.02), SIMD4(wb - 0.20, 0.86, 0.175, 0.07), SIMD4(wb - 0.185, 0.70, 0.205, 0.09), SIMD4(wb - 0.205, 0.50, 0.20, 0.08), SIMD4(wb - 0.265, 0.335, 0.185, 0.04),
            SIMD4(wb - 0.36, 0.275, 0.18, 0), SIMD4(0.66, 0.262, 0.185, 0), SIMD4(0.50, 0.268, 0.185, 0), SIMD4(0.40, 0.315, 0.18, 0), SIMD4(0.365, 0.45, 0.165, 0), SIMD4(0.36, 0.62, 0.15, 0),
        ]
        var rows: [SIMD4<Double>] = []
        for k in 0..<outline.count - 1 {
            let (p, a, b, q) = (outline[max(0, k - 1)], outline[k], outline[k + 1], outline[min(outline.count - 1, k + 2)])
            for i in 0..<steps {
                let t = Double(i) / Double(steps)
                let linear: SIMD4<Double> = (b - p) * 0.5
                let square: SIMD4<Double> = p - a * 2.5 + b * 2 - q * 0.5
                let cube: SIMD4<Double> = (a - b) * 1.5 + (q - p) * 0.5
                rows.append(a + linear * t + square * (t * t) + cube * (t * t * t))
            }
        }
        rows.append(outline[outline.count - 1])
        let inside = rows.map { r in
            (0...across).map { k -> Vec3 in
                let s = -1 + 2 * Double(k) / Double(across)
                return Vec3(r.x - r.w * s * s, s * r.z, r.y)
            }
        }
        let floor = 5 * steps...8 * steps
        skin.net(inside) { i, _ in floor.contains(i) ? S.trim : S.paint }
        skin.net(inside.map { $0.map { $0 + Vec3(0.016, 0, -0.010) } }, flipped: true) { _, _ in S.paint }
        // A bright bead along the edge of the shield.
        if level == 0 {
            for edge in [0, across] { skin.rod(inside.prefix(4 * steps + 1).map { $0[edge] + Vec3(0.008, 0, 0) }, radius: 0.009, segments: 5, slot: S.chrome) }
        }
        let n = [16, 8, 5, 4][min(level, 3)]
        // Column cover ahead of the shield, with a grille.
        skin.loft(
            [.init(wb - 0.235, 0.66, 0.10, 0.25, 0.26, 3), .init(wb - 0.165, 0.66, 0.095, 0.24, 0.24, 2.8), .init(wb - 0.115, 0.66, 0.062, 0.19, 0.18, 2.5),
                .init(wb - 0.09, 0.66, 0.02, 0.10, 0.10, 2.2)],
            segments: n, steps: steps, slot: S.paint)
        if level == 0 { for k in 0..<3 { skin.pod(Vec3(wb - 0.108, 0, 0.60 - 0.035 * Double(k)), Vec3(0.022, 0.038, 0.008), power: 3, rings: 4, segments: 8, slot: S.gap) } }
        guard level < 2 else { return }
        for side in [1.0, -1.0] {
            skin.pod(Vec3(wb - 0.165, side * 0.125, 0.76), Vec3(0.035, 0.036, 0.022), power: 2.4, rings: 5, segments: 8, slot: side > 0 ? S.indicatorLeft : S.indicatorRight)
        }
    }

    /// Front wheel's guard, fork and brake.
    private static func fork(_ skin: inout Skin, _ wb: Double, _ level: Int) {
        Motorcycle.mudguard(&skin, Vec3(wb, 0, 0.225), from: 0.18, to: 0.92, radius: 0.245, half: 0.082, slot: S.paint, level: level)
        for y in [0.075, -0.075] { skin.rod([Vec3(wb + 0.01, y, 0.225), Vec3(wb - 0.03, y, 0.33), Vec3(wb - 0.12, y * 0.7, 0.47)], radius: 0.020, segments: [8, 5, 3, 3][min(level, 3)], slot: S.flat) }
        guard level < 2 else { return }
        let disc = Affine(x: Vec3(1, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: Vec3(wb, 0.068, 0.225))
        skin.turn([Vec2(0.055, -0.003), Vec2(0.105, -0.003), Vec2(0.105, 0.003), Vec2(0.055, 0.003), Vec2(0.055, -0.003)], segments: level == 0 ? 24 : 10, slot: S.disc, map: disc)
    }

    /// Seat box that narrows to the tail, bench, swinging engine with its silencer, lamps. All end before the rear wheel does, which ends the scooter.
    private static func rear(_ skin: inout Skin, hasCase: Bool, _ level: Int) {
        let n = [20, 10, 6, 4][min(level, 3)], steps = [4, 2, 1, 1][min(level, 3)]
        skin.loft(
            [
                .init(-0.205, 0.645, 0.045, 0.035, 0.04, 2.6), .init(-0.185, 0.635, 0.105, 0.060, 0.08, 2.8), .init(-0.06, 0.58, 0.165, 0.115, 0.13, 3), .init(0.10, 0.525, 0.190, 0.165, 0.165, 3),
                .init(0.26, 0.49, 0.180, 0.195, 0.185, 3.2), .init(0.36, 0.48, 0.160, 0.205, 0.19, 3.4), .init(0.385, 0.48, 0.12, 0.16, 0.15, 3),
            ], segments: n, steps: steps, slot: S.paint)
        skin.loft(
            [
                .init(-0.195, 0.745, 0.055, 0.025, 0.03, 3), .init(-0.17, 0.745, 0.095, 0.042, 0.04, 3), .init(-0.02, 0.735, 0.125, 0.045, 0.04, 3.2), .init(0.10, 0.715, 0.138, 0.042, 0.04, 3.2),
                .init(0.26, 0.710, 0.140, 0.045, 0.04, 3.2), .init(0.37, 0.715, 0.120, 0.038, 0.035, 3), .init(0.415, 0.715, 0.07, 0.02, 0.025, 2.6),
            ], segments: n, steps: steps, slot: S.saddle)
        // Drive case on the left, drum and silencer on the right.
        skin.loft(
            [.init(-0.09, 0.235, 0.030, 0.06, 0.06, 3), .init(-0.04, 0.24, 0.045, 0.095, 0.09, 3), .init(0.10, 0.255, 0.045, 0.075, 0.075, 3.4), .init(0.30, 0.275, 0.045, 0.085, 0.085, 3),
                .init(0.345, 0.275, 0.03, 0.05, 0.05, 2.6)],
            segments: n, steps: steps, slot: S.flat)
        let moved = 4 * steps + 3
        skin.shift(last: moved * n, by: Vec3(0, 0.125, 0))
        let axis = Vec3(-0.985, 0, 0.17), across = cross(axis, Vec3(0, 1, 0)).normalized
        let map = Affine(x: across, y: axis, z: cross(across, axis), translation: Vec3(0.20, -0.145, 0.235))
        skin.turn([Vec2(0.02, 0), Vec2(0.045, 0.05), Vec2(0.062, 0.10), Vec2(0.062, 0.34), Vec2(0.05, 0.37), Vec2(0.02, 0.375), Vec2(0, 0.36)], segments: [16, 8, 5, 4][min(level, 3)],
            slot: S.chrome, map: map)
        if level < 2 {
            skin.drum(Vec3(0, -0.07, 0.225), radius: 0.085, half: 0.02, segments: level == 0 ? 20 : 8, slot: S.flat)
            skin.rod([Vec3(-0.03, 0.115, 0.27), Vec3(0.03, 0.12, 0.52)], radius: 0.022, segments: 6, slot: S.chrome)
            NumberPlate.add(to: &skin, at: Vec3(-0.205, 0, 0.46), forward: false, size: Vec2(0.2, 0.15))
            skin.rod([Vec3(-0.16, 0, 0.60), Vec3(-0.19, 0, 0.50)], radius: 0.02, segments: 5, slot: S.trim)
            Motorcycle.mudguard(&skin, Vec3(0, 0, 0.225), from: 0.35, to: 0.80, radius: 0.255, half: 0.075, slot: S.trim, level: level)
        }
        pod(&skin, Vec3(-0.192, 0, 0.645), Vec3(0.028, 0.085, 0.032), 3, S.tail, level)
        pod(&skin, Vec3(-0.198, 0, 0.635), Vec3(0.028, 0.05, 0.016), 3, S.brake, level)
        if level < 3 {
            for side in [1.0, -1.0] { skin.pod(Vec3(-0.185, side * 0.115, 0.625), Vec3(0.03, 0.03, 0.022), power: 2.4, rings: 4, segments: 6, slot: side > 0 ? S.indicatorLeft : S.indicatorRight) }
        }
        // Carrier, and the case some have on it.
        if level < 2 {
            for y in [0.07, -0.07] { skin.rod([Vec3(-0.05, y, 0.775), Vec3(-0.15, y, 0.80), Vec3(-0.215, y * 0.7, 0.80)], radius: 0.009, segments: 5, slot: S.chrome) }
        }
        if hasCase {
            pod(&skin, Vec3(-0.085, 0, 0.905), Vec3(0.135, 0.185, 0.095), 4.5, S.trim, level)
            pod(&skin, Vec3(-0.085, 0, 0.975), Vec3(0.130, 0.180, 0.050), 4, S.paint, level)
            if level < 2 { skin.block(Vec3(-0.226, -0.10, 0.915), Vec3(-0.206, 0.10, 0.945), slot: S.reflector) }
        }
    }

    /// Headset with lamp and dials, grips, levers, mirrors.
    private static func bars(_ skin: inout Skin, _ wb: Double, half: Double, top: Double, _ level: Int) {
        let head = Vec3(wb - 0.25, 0, 1.0)
        let n = [18, 10, 6, 4][min(level, 3)], steps = [4, 2, 1, 1][min(level, 3)]
        skin.loft(
            [.init(head.x - 0.115, 0.99, 0.06, 0.025, 0.03, 2.6), .init(head.x - 0.08, 0.995, 0.135, 0.045, 0.045, 2.6), .init(head.x, 1.0, 0.155, 0.062, 0.075, 2.4),
                .init(head.x + 0.07, 0.995, 0.115, 0.065, 0.085, 2.3),
                .init(head.x + 0.115, 0.985, 0.085, 0.055, 0.065, 2.2), .init(head.x + 0.125, 0.985, 0.05, 0.03, 0.04, 2)], segments: n, steps: steps, slot: S.paint)
        skin.can(head + Vec3(0.105, 0, -0.015), up: false, radius: 0.070, half: 0.016, segments: n, slot: S.chrome, face: S.chrome, chamfer: 0.008)
        skin.can(head + Vec3(0.113, 0, -0.015), up: false, radius: 0.060, half: 0.014, segments: n, slot: S.dipped, face: S.dipped, chamfer: 0.006)
        if level < 2 { skin.pod(head + Vec3(-0.06, 0, 0.045), Vec3(0.045, 0.065, 0.012), power: 2.6, rings: 6, segments: 12, slot: S.frit) }
        let tube = [8, 5, 3, 3][min(level, 3)]
        for side in [1.0, -1.0] {
            let (inner, end) = (head + Vec3(-0.05, side * 0.14, 0.005), head + Vec3(-0.10, side * (half - 0.005), 0.02))
            skin.rod([inner, end], radius: 0.012, segments: tube, slot: S.chrome)
            skin.rod([lerp(inner, end, 0.36), end], radius: 0.018, segments: tube, slot: S.trim)
            guard level < 3 else { continue }
            let glass = Vec3(head.x - 0.01, side * 0.265, top - 0.045)
            skin.rod([head + Vec3(-0.05, side * 0.16, 0.03), head + Vec3(-0.03, side * 0.20, 0.11), glass + Vec3(0.012, -side * 0.02, -0.02)], radius: 0.007, segments: level == 0 ? 6 : 3,
                slot: S.chrome)
            skin.pod(glass, Vec3(0.024, 0.062, 0.045), power: 2.2, rings: [8, 5, 3, 3][min(level, 3)], segments: [16, 8, 5, 4][min(level, 3)], slot: S.chrome, end: S.mirror)
            if level < 2 { skin.rod([inner + Vec3(0.04, side * 0.03, -0.005), end + Vec3(0.05, -side * 0.02, -0.012)], radius: 0.006, segments: 4, slot: S.rim) }
        }
    }
}
