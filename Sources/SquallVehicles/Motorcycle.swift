import Foundation
import SquallAssets
import SquallMath
import SquallScene
import SquallSkins

/// `motorcycle`: a roadster with a finned twin, a cradle of tubes and two shock absorbers, or a faired machine. Fork, bars and lamp turn with the
/// front wheel; whoever rides it sits on its seat.
package struct Motorcycle: ProceduralAsset {
    typealias S = VehicleSlot
    typealias Section = Skin.LoftSection

    package init() {}

    package var variants: Int { 6 }

    /// What a body is drawn from.
    private struct Plan {
        var wb: Double, half: Double, top: Double, faired: Bool, level: Int
        var head: Vec3 { Vec3(wb - 0.40, 0, 0.90) }
        var axle: Vec3 { Vec3(wb, 0, 0.31) }
        /// Corners round a tube, round a loft, and rows between its sections.
        var tube: Int { [8, 5, 3, 3][min(level, 3)] }
        var round: Int { [20, 10, 6, 4][min(level, 3)] }
        var steps: Int { [4, 2, 1, 1][min(level, 3)] }
    }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var finish = VehicleFinish()
        finish.paint = [Vec3f(0.011, 0.011, 0.012), Vec3f(0.38, 0.012, 0.014), Vec3f(0.012, 0.05, 0.30), Vec3f(0.10, 0.32, 0.02), Vec3f(0.72, 0.72, 0.7), Vec3f(0.55, 0.20, 0.01)]
        finish.rim = Vec3f(0.03, 0.03, 0.032)
        finish.saddle = Vec3f(0.015, 0.015, 0.016)
        let wb = archetype.wheelbase
        let style = variant.choice("wheel", [RoadWheel.Style.spokes(5, twin: true), .spokes(6, twin: false), .spokes(3, twin: true)]) ?? .spokes(6, twin: false)
        let front = RoadWheel(radius: 0.31, width: 0.12, rim: 0.22, style: style, isOpen: true), rear = RoadWheel(radius: 0.31, width: 0.17, rim: 0.22, style: style, isOpen: true)
        let wheels = [VehicleModel.Placed(pivot: Vec3(wb, 0, 0.31), wheel: front, steered: true), VehicleModel.Placed(pivot: Vec3(0, 0, 0.31), wheel: rear)]
        var model = VehicleModel(archetype: archetype, finish: finish, wheels: wheels, distances: [0, 10, 28, 80])
        model.fitsLength = false
        let faired = variant.uniform("fairing", 0...1) > 0.55
        model.lamps = VehicleModel.centreLights(
            head: faired ? Vec3(wb - 0.11, 0, 0.815) : Vec3(wb - 0.19, 0, 0.885), tail: Vec3(-0.30, 0, faired ? 0.875 : 0.835),
            indicators: faired ? Vec3(wb - 0.30, 0.255, 0.76) : Vec3(wb - 0.25, 0.175, 0.855), behind: Vec3(-0.26, 0.115, 0.735))
        let plan = { (level: Int) in Plan(wb: wb, half: archetype.size.y / 2, top: archetype.size.z, faired: faired, level: level) }
        let head = plan(0).head
        // The axis goes up behind the stanchions and as steep as they are.
        model.parts = [.init(joint: Asset.Joint(kind: .fork(axis: Vec3(-0.187, 0, 0.33).normalized), pivot: head + Vec3(-0.03, 0, 0))) { Self.steered(plan($0)) }]
        let low = faired ? -0.05 : 0.0
        model.seat = Seat(
            rider: "motorcyclist", saddle: Vec3(0.36, 0, 0.785), grip: head + Vec3(-0.118, archetype.size.y / 2 - 0.085, 0.143 + low), rest: Vec3(0.465, 0.255, 0.328), fork: 0)
        return model.asset(variant) { level in Self.body(plan(level)) }
    }

    private static func body(_ p: Plan) -> Skin {
        var skin = Skin()
        frame(&skin, p)
        engine(&skin, p)
        exhaust(&skin, p)
        tankAndSeat(&skin, p)
        drive(&skin, p)
        if p.faired { fairing(&skin, p) }
        rear(&skin, p)
        return skin
    }

    /// What turns with the front wheel.
    private static func steered(_ p: Plan) -> Skin {
        var skin = Skin()
        fork(&skin, p)
        bars(&skin, p)
        if !p.faired { headLamp(&skin, p) }
        return skin
    }

    /// Sliders and stanchions between two yokes, mudguard, discs and calipers.
    private static func fork(_ skin: inout Skin, _ p: Plan) {
        let (axle, head) = (p.axle, p.head)
        for y in [0.098, -0.098] {
            let (low, middle, high) = (axle + Vec3(0.022, y, 0), axle + Vec3(-0.165, y, 0.33), Vec3(head.x - 0.01, y, head.z + 0.07))
            skin.rod([low + Vec3(0.012, 0, -0.025), low, middle], radius: 0.030, segments: p.tube, slot: S.flat)
            skin.rod([lerp(low, middle, 0.9), high], radius: 0.0205, segments: p.tube, slot: S.chrome)
            guard p.level < 2 else { continue }
            // Dust seal, caliper, disc with its carrier.
            skin.rod([lerp(low, middle, 0.96), lerp(low, middle, 1.04)], radius: 0.033, segments: p.tube, slot: S.trim)
            let side = y > 0 ? 1.0 : -1.0
            skin.pod(axle + Vec3(-0.125, side * 0.088, 0.055), Vec3(0.035, 0.022, 0.062), power: 4, rings: p.level == 0 ? 6 : 3, segments: p.level == 0 ? 10 : 5, slot: S.rim)
            let map = Affine(x: Vec3(1, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: axle + Vec3(0, side * 0.074, 0))
            skin.turn([Vec2(0.100, -0.003), Vec2(0.152, -0.003), Vec2(0.152, 0.003), Vec2(0.100, 0.003), Vec2(0.100, -0.003)], segments: p.level == 0 ? 28 : 12, slot: S.disc, map: map)
            skin.turn([Vec2(0.0, side * 0.004), Vec2(0.105, side * 0.001)].sorted { side > 0 ? $0.x > $1.x : $0.x < $1.x }, segments: p.level == 0 ? 20 : 8, slot: S.flat, map: map)
        }
        for z in [0.05, -0.13] where p.level < 3 {
            let x = head.x + 0.01 - 0.45 * (z - 0.05)
            skin.block(Vec3(x - 0.045, -0.125, head.z + z - 0.016), Vec3(x + 0.035, 0.125, head.z + z + 0.016), slot: S.rim, bevel: p.level == 0 ? 0.008 : 0)
        }
        mudguard(&skin, axle, from: 0.22, to: 0.84, radius: 0.335, half: 0.072, slot: S.paint, level: p.level)
        if p.level < 2 {
            for y in [0.078, -0.078] { skin.rod([axle + Vec3(-0.13, y, 0.285), axle + Vec3(-0.105, y * 1.2, 0.20)], radius: 0.008, segments: 4, slot: S.trim) }
        }
    }

    /// Handlebar with grips, levers, mirrors and instruments.
    private static func bars(_ skin: inout Skin, _ p: Plan) {
        let (head, half) = (p.head, p.half)
        let low = p.faired ? -0.05 : 0.0
        for s in [1.0, -1.0] {
            let (clamp, bend, end) = (head + Vec3(-0.02, s * 0.03, 0.085), head + Vec3(-0.03, s * 0.17, 0.165 + low), head + Vec3(-0.15, s * (half - 0.008), 0.135 + low))
            let inner = lerp(bend, end, 0.48)
            skin.rod([clamp, lerp(clamp, bend, 0.5) + Vec3(0.004, 0, -0.01), bend, inner], radius: 0.0125, segments: p.tube, slot: p.faired ? S.flat : S.chrome)
            skin.rod([inner, end], radius: 0.018, segments: p.tube, slot: S.trim)
            let foot = lerp(bend, end, 0.34), glass = Vec3(head.x - 0.045, s * 0.295, p.top - 0.048)
            if p.level < 3 { skin.rod([foot, lerp(foot, glass, 0.55) + Vec3(0.03, 0, 0), glass + Vec3(0.015, 0, -0.02)], radius: 0.0065, segments: p.level == 0 ? 5 : 3, slot: S.trim) }
            skin.pod(glass, Vec3(0.022, 0.066, 0.047), power: p.faired ? 3.2 : 2.2, rings: p.level == 0 ? 8 : 4, segments: [16, 8, 5, 4][min(p.level, 3)], slot: S.trim, end: S.mirror)
            guard p.level < 2 else { continue }
            skin.pod(inner + Vec3(0, -s * 0.02, 0), Vec3(0.024, 0.030, 0.024), power: 3, rings: 4, segments: 8, slot: S.trim)
            skin.rod([inner + Vec3(0.035, 0, 0), lerp(inner, end, 0.5) + Vec3(0.06, 0, -0.004), end + Vec3(0.055, -s * 0.01, -0.008)], radius: 0.006, segments: 4, slot: S.rim)
            skin.rod([inner + Vec3(0.02, 0, 0.01), head + Vec3(0.08, s * 0.10, 0.10), head + Vec3(0.04, s * 0.06, -0.06)], radius: 0.005, segments: 4, slot: S.trim)
            // Fluid pot over the right grip.
            if s < 0 { skin.can(inner + Vec3(0.025, 0.02, 0.035), up: true, radius: 0.024, half: 0.016, segments: 10, slot: S.flat, face: S.trim) }
        }
        guard p.level < 2, !p.faired else { return }
        for y in [0.055, -0.055] { skin.can(head + Vec3(0.035, y, 0.13), up: true, radius: 0.046, half: 0.022, segments: p.level == 0 ? 16 : 8, slot: S.chrome, face: S.frit) }
    }

    /// Steering head, backbone, cradle, rear loop, swing arm, shock absorbers, stand and pegs.
    private static func frame(_ skin: inout Skin, _ p: Plan) {
        let neck = p.head + Vec3(0.01, 0, -0.03), slot = p.faired ? S.rim : S.flat
        if p.level < 2 { skin.rod([neck + Vec3(0.04, 0, -0.10), neck + Vec3(-0.02, 0, 0.07)], radius: 0.036, segments: p.tube, slot: slot) }
        for s in [1.0, -1.0] {
            let y = s * 0.105
            skin.rod([neck + Vec3(0, 0, 0.0), Vec3(0.66, y * 1.15, 0.76), Vec3(0.40, y * 1.1, 0.70), Vec3(-0.08, y, 0.76)], radius: 0.017, segments: p.tube, slot: slot)
            skin.rod([neck + Vec3(0.02, 0, -0.06), neck + Vec3(-0.03, s * 0.07, -0.24), Vec3(0.90, y, 0.30), Vec3(0.80, y, 0.225), Vec3(0.50, y, 0.225), Vec3(0.42, y * 1.2, 0.33),
                Vec3(0.38, y * 1.15, 0.70)],
                radius: 0.017, segments: p.tube, slot: slot)
            // Swing arm.
            skin.rod([Vec3(-0.045, s * 0.118, 0.31), Vec3(0.08, s * 0.118, 0.315), Vec3(0.42, s * 0.135, 0.40)], radius: 0.026, segments: p.tube, slot: S.rim)
            if p.level < 3 {
                shock(&skin, Vec3(0.02, s * 0.148, 0.35), Vec3(0.12, s * 0.142, 0.71), p)
                // Pegs with their hangers.
                skin.rod([Vec3(0.44, s * 0.14, 0.34), Vec3(0.46, s * 0.20, 0.315), Vec3(0.465, s * 0.30, 0.315)], radius: 0.013, segments: p.tube, slot: S.trim)
            }
            guard p.level < 2 else { continue }
            skin.rod([Vec3(0.40, s * 0.13, 0.52), Vec3(0.22, s * 0.165, 0.40)], radius: 0.010, segments: 5, slot: slot)
            skin.rod([Vec3(0.22, s * 0.165, 0.40), Vec3(0.22, s * 0.25, 0.395)], radius: 0.011, segments: 5, slot: S.trim)
        }
        if p.level < 2 {
            skin.rod([Vec3(0.52, 0.12, 0.22), Vec3(0.44, 0.20, 0.10), Vec3(0.42, 0.235, 0.02)], radius: 0.010, segments: 5, slot: S.flat)
            skin.rod([Vec3(0.44, -0.20, 0.28), Vec3(0.60, -0.20, 0.24)], radius: 0.008, segments: 4, slot: S.rim)
        }
    }

    private static func shock(_ skin: inout Skin, _ low: Vec3, _ high: Vec3, _ p: Plan) {
        skin.rod([low, high], radius: 0.016, segments: p.tube, slot: S.chrome)
        guard p.level < 2 else { return }
        skin.rod([lerp(low, high, 0.66), high], radius: 0.030, segments: p.tube, slot: S.flat)
        guard p.level == 0 else { return }
        let axis = (high - low).normalized
        for k in 0..<8 { skin.ring(lerp(low, high, 0.12 + 0.066 * Double(k)), axis: axis, radius: 0.025, thickness: 0.0055, segments: 10, slot: p.faired ? S.rearFog : S.chrome) }
    }

    /// Crankcase with its covers; two finned cylinders that lean forward, head, carburettors.
    private static func engine(_ skin: inout Skin, _ p: Plan) {
        skin.loft(
            [Section(0.385, 0.36, 0.125, 0.07, 0.07, 4), Section(0.42, 0.365, 0.150, 0.095, 0.11, 4), Section(0.60, 0.37, 0.160, 0.12, 0.145, 4.5), Section(0.76, 0.355, 0.150, 0.10, 0.125, 4),
                Section(0.83, 0.345, 0.120, 0.06, 0.075, 3.5)], segments: p.round, steps: p.steps, slot: S.flat)
        let n = p.level == 0 ? 24 : 10
        if p.level < 3 {
            for s in [1.0, -1.0] {
                skin.drum(Vec3(s > 0 ? 0.71 : 0.60, s * 0.155, 0.345), radius: s > 0 ? 0.085 : 0.105, half: 0.034, segments: n, slot: S.rim, chamfer: 0.014)
                if p.level < 2 { skin.drum(Vec3(s > 0 ? 0.50 : 0.735, s * 0.150, 0.36), radius: 0.062, half: 0.028, segments: n, slot: S.flat, chamfer: 0.010) }
                if p.level == 0 { skin.drum(Vec3(s > 0 ? 0.71 : 0.60, s * 0.187, 0.345), radius: 0.045, half: 0.007, segments: 18, slot: S.chrome, chamfer: 0.004) }
            }
        }
        let lean = Skin.pitched(-0.24, about: Vec3(0.66, 0, 0.44))
        let (x0, x1, y) = (0.555, 0.765, 0.145)
        skin.block(Vec3(x0 + 0.025, -y + 0.03, 0.42), Vec3(x1 - 0.025, y - 0.03, 0.70), slot: S.flat, bevel: p.level == 0 ? 0.01 : 0, map: lean)
        if p.level == 0 {
            for k in 0..<13 {
                let z = 0.485 + 0.0145 * Double(k), wide = k > 8 ? 0.010 : 0
                for s in [1.0, -1.0] {
                    let (a, b) = (s > 0 ? 0.006 : -y - wide, s > 0 ? y + wide : -0.006)
                    skin.block(Vec3(x0 - wide, a, z), Vec3(x1 + wide, b, z + 0.0055), slot: S.rim, bevel: 0.002, map: lean)
                }
            }
        } else if p.level == 1 {
            for k in 0..<5 { skin.block(Vec3(x0, -y, 0.485 + 0.038 * Double(k)), Vec3(x1, y, 0.485 + 0.038 * Double(k) + 0.016), slot: S.rim, map: lean) }
        }
        guard p.level < 2 else { return }
        for s in [1.0, -1.0] {
            skin.pod(Vec3(0.66, s * 0.075, 0.705), Vec3(0.085, 0.060, 0.035), power: 4, rings: p.level == 0 ? 8 : 4, segments: p.level == 0 ? 14 : 8, slot: S.rim, map: lean)
            // Carburettor and filter.
            skin.rod([lean * Vec3(0.56, s * 0.075, 0.645), Vec3(0.47, s * 0.08, 0.60)], radius: 0.030, segments: p.tube, slot: S.trim)
            skin.pod(Vec3(0.42, s * 0.085, 0.595), Vec3(0.055, 0.045, 0.045), power: 3, rings: 5, segments: 10, slot: S.flat)
        }
    }

    /// Two headers that bow down under the engine into silencers, one each side; both to the right when faired.
    private static func exhaust(_ skin: inout Skin, _ p: Plan) {
        for s in [1.0, -1.0] where p.level < 3 || s < 0 {
            let out = p.faired ? -1.0 : s
            let path = [Vec3(0.83, s * 0.075, 0.60), Vec3(0.90, s * 0.085, 0.55), Vec3(0.925, s * 0.095, 0.44), Vec3(0.90, s * 0.105, 0.30), Vec3(0.83, s * 0.115, 0.20), Vec3(0.66, s * 0.13, 0.165),
                Vec3(0.46, out * 0.155, 0.19), Vec3(0.33, out * 0.185, 0.24)]
            skin.rod(p.level == 0 ? Self.smooth(path) : path, radius: 0.021, segments: p.tube, slot: S.chrome)
            guard !p.faired || s < 0 else { continue }
            let tail = p.faired ? Vec3(-0.17, -0.20, 0.48) : Vec3(-0.20, out * 0.20, 0.31)
            let from = Vec3(0.34, out * 0.186, 0.237), along = (tail - from).normalized
            silencer(&skin, from, tail, along, p)
        }
    }

    private static func silencer(_ skin: inout Skin, _ from: Vec3, _ tail: Vec3, _ along: Vec3, _ p: Plan) {
        let across = cross(along, Vec3(0, 1, 0)).normalized
        // Turned about its own axis.
        let map = Affine(x: across, y: along, z: cross(across, along), translation: from)
        let l = (tail - from).length, r = p.faired ? 0.055 : 0.043
        skin.turn([Vec2(0.02, 0), Vec2(r * 0.6, l * 0.07), Vec2(r, l * 0.24), Vec2(r, l * 0.93), Vec2(r * 0.86, l), Vec2(r * 0.55, l)], segments: [18, 8, 5, 4][min(p.level, 3)],
            slot: p.faired ? S.rim : S.chrome, map: map)
        skin.turn([Vec2(r * 0.55, l), Vec2(r * 0.5, l * 0.95), Vec2(0, l * 0.95)], segments: [18, 8, 5, 4][min(p.level, 3)], slot: S.gap, map: map)
    }

    /// More points on a path: Catmull and Rom's curve.
    private static func smooth(_ path: [Vec3]) -> [Vec3] {
        var points: [Vec3] = []
        for k in 0..<path.count - 1 {
            let (a, b, c, d) = (path[max(0, k - 1)], path[k], path[k + 1], path[min(path.count - 1, k + 2)])
            let linear: Vec3 = (c - a) * 0.5
            let square: Vec3 = a - b * 2.5 + c * 2 - d * 0.5
            let cube: Vec3 = (b - c) * 1.5 + (d - a) * 0.5
            for t in [0.0, 0.25, 0.5, 0.75] { points.append(b + linear * t + square * (t * t) + cube * (t * t * t)) }
        }
        return points + path.suffix(1)
    }

    /// Tank with knee hollows, a stepped seat that runs into it, side panels and tail.
    private static func tankAndSeat(_ skin: inout Skin, _ p: Plan) {
        let high = p.faired ? 0.02 : 0.0
        skin.loft(
            [
                Section(0.455, 0.775, 0.085, 0.025, 0.035, 3), Section(0.50, 0.785, 0.105, 0.050, 0.06, 3), Section(0.60, 0.80, 0.125, 0.085, 0.08, 2.8),
                    Section(0.72, 0.815, 0.160, 0.120 + high, 0.085, 2.6),
                Section(0.84, 0.83, 0.165, 0.125 + high, 0.085, 2.5), Section(0.93, 0.835, 0.135, 0.105, 0.075, 2.4), Section(0.985, 0.835, 0.070, 0.065, 0.05, 2.2),
            ], segments: p.round, steps: p.steps, slot: S.paint)
        if p.level < 2 { skin.can(Vec3(0.80, 0, 0.945 + high), up: true, radius: 0.034, half: 0.012, segments: p.level == 0 ? 16 : 8, slot: S.chrome, face: S.chrome) }
        let step = p.faired ? 0.075 : 0.03
        skin.loft(
            [
                Section(-0.17, 0.785 + step, 0.070, 0.020, 0.02, 3), Section(-0.12, 0.785 + step, 0.105, 0.045, 0.03, 3.2), Section(0.06, 0.775 + step, 0.125, 0.045, 0.03, 3.2),
                    Section(0.16, 0.765 + step * 0.8, 0.130, 0.045, 0.03, 3.2),
                Section(0.24, 0.755, 0.135, 0.040, 0.04, 3.2), Section(0.36, 0.750, 0.125, 0.040, 0.04, 3), Section(0.46, 0.765, 0.095, 0.045, 0.04, 3), Section(0.54, 0.79, 0.070, 0.040, 0.03, 2.6),
            ], segments: p.round, steps: p.steps, slot: S.saddle)
        // Tail under the seat, and side panels.
        skin.loft(
            [
                Section(-0.275, 0.815 + step, 0.040, 0.018, 0.02, 2.6), Section(-0.24, 0.805 + step, 0.085, 0.040, 0.04, 2.8), Section(-0.12, 0.765 + step, 0.110, 0.030, 0.05, 3),
                    Section(0.10, 0.725 + step * 0.5, 0.125, 0.030, 0.06, 3),
                Section(0.28, 0.685, 0.135, 0.035, 0.085, 3), Section(0.42, 0.655, 0.125, 0.04, 0.09, 3), Section(0.49, 0.65, 0.09, 0.025, 0.05, 2.6),
            ], segments: p.round, steps: p.steps, slot: S.paint)
        if p.level == 0, !p.faired {
            for s in [1.0, -1.0] { skin.rod([Vec3(0.08, s * 0.155, 0.755), Vec3(-0.12, s * 0.145, 0.80), Vec3(-0.225, s * 0.09, 0.835)], radius: 0.010, segments: 6, slot: S.chrome) }
        }
    }

    /// Chain on its wheels, guard, rear brake, mudguard.
    private static func drive(_ skin: inout Skin, _ p: Plan) {
        mudguard(&skin, Vec3(0, 0, 0.31), from: 0.30, to: 0.80, radius: 0.345, half: 0.09, slot: S.trim, level: p.level)
        guard p.level < 2 else { return }
        let y = 0.098
        skin.drum(Vec3(0, y, 0.31), radius: 0.105, half: 0.004, segments: p.level == 0 ? 28 : 12, slot: S.disc, chamfer: 0.002)
        skin.drum(Vec3(0, -0.095, 0.31), radius: 0.115, half: 0.003, segments: p.level == 0 ? 28 : 12, slot: S.disc, chamfer: 0.001)
        skin.pod(Vec3(0.10, -0.10, 0.355), Vec3(0.045, 0.024, 0.03), power: 4, rings: 4, segments: 8, slot: S.flat)
        for (z0, z1) in [(0.415, 0.405), (0.205, 0.315)] { skin.rod([Vec3(0, y, z0), Vec3(0.47, y, z1)], radius: 0.010, segments: 4, slot: S.gap, flatten: 0.8) }
        let guardRail = [Vec3(-0.05, y, 0.435), Vec3(0.10, y, 0.447), Vec3(0.40, y + 0.01, 0.43)].map { c in [c + Vec3(0, 0.024, -0.03), c + Vec3(0, 0.022, 0.0), c + Vec3(0, -0.022, 0.0)] }
        skin.net(guardRail) { _, _ in S.trim }
        skin.net(guardRail, flipped: true) { _, _ in S.trim }
    }

    /// A round lamp in its shell, with ears to the fork.
    private static func headLamp(_ skin: inout Skin, _ p: Plan) {
        let c = p.head + Vec3(0.125, 0, -0.015)
        skin.pod(c + Vec3(-0.01, 0, 0), Vec3(0.085, 0.094, 0.094), power: 2.3, rings: [8, 5, 3, 3][min(p.level, 3)], segments: [18, 10, 5, 4][min(p.level, 3)], slot: S.flat)
        let n = [22, 10, 6, 4][min(p.level, 3)]
        skin.can(c + Vec3(0.045, 0, 0), up: false, radius: 0.095, half: 0.022, segments: n, slot: S.chrome, face: S.chrome, chamfer: 0.010)
        skin.can(c + Vec3(0.062, 0, 0), up: false, radius: 0.083, half: 0.014, segments: n, slot: S.dipped, face: S.dipped, chamfer: 0.008)
        guard p.level < 2 else { return }
        for s in [1.0, -1.0] {
            skin.rod([c + Vec3(-0.02, s * 0.085, 0), c + Vec3(-0.09, s * 0.10, 0.0)], radius: 0.012, segments: 5, slot: S.flat)
            blinker(&skin, c + Vec3(-0.01, s * 0.10, -0.03), side: s, p)
        }
    }

    private static func blinker(_ skin: inout Skin, _ from: Vec3, side: Double, _ p: Plan) {
        let at = from + Vec3(0, side * 0.075, 0)
        skin.rod([from, at], radius: 0.007, segments: 4, slot: S.trim)
        skin.pod(at, Vec3(0.030, 0.030, 0.024), power: 2.4, rings: p.level == 0 ? 6 : 3, segments: p.level == 0 ? 10 : 5, slot: side > 0 ? S.indicatorLeft : S.indicatorRight)
    }

    /// Nose, screen, flanks down to the belly.
    private static func fairing(_ skin: inout Skin, _ p: Plan) {
        let x = p.wb
        skin.loft(
            [
                Section(0.86, 0.72, 0.205, 0.16, 0.20, 3), Section(x - 0.46, 0.76, 0.215, 0.17, 0.16, 2.8), Section(x - 0.34, 0.80, 0.190, 0.16, 0.10, 2.6),
                    Section(x - 0.22, 0.81, 0.135, 0.115, 0.07, 2.4),
                Section(x - 0.13, 0.80, 0.080, 0.065, 0.045, 2.2), Section(x - 0.085, 0.79, 0.020, 0.02, 0.02, 2),
            ], segments: p.round, steps: p.steps, slot: S.paint, closed: p.level > 1)
        skin.loft(
            [Section(x - 0.50, 0.95, 0.110, 0.115, 0.05, 2.4), Section(x - 0.42, 0.94, 0.135, 0.115, 0.05, 2.3), Section(x - 0.30, 0.91, 0.110, 0.075, 0.04, 2.2),
                Section(x - 0.20, 0.885, 0.05, 0.02, 0.02, 2)],
            segments: p.round, steps: p.steps, slot: S.darkGlass)
        // Belly and flanks with a dark duct.
        skin.loft(
            [Section(0.34, 0.27, 0.08, 0.05, 0.06, 3), Section(0.44, 0.29, 0.165, 0.08, 0.10, 3.4), Section(0.64, 0.34, 0.195, 0.16, 0.16, 3.6), Section(0.82, 0.42, 0.200, 0.24, 0.20, 3.4),
                Section(0.93, 0.50, 0.175, 0.20, 0.20, 3)],
            segments: p.round, steps: p.steps, slot: S.paint, closed: p.level > 1)
        guard p.level < 3 else { return }
        for s in [1.0, -1.0] {
            skin.pod(Vec3(x - 0.165, s * 0.062, 0.815), Vec3(0.050, 0.048, 0.026), power: 2.4, rings: p.level == 0 ? 7 : 3, segments: p.level == 0 ? 14 : 6, slot: S.dipped)
            if p.level < 2 {
                blinker(&skin, Vec3(x - 0.34, s * 0.18, 0.76), side: s, p)
                skin.pod(Vec3(0.80, s * 0.195, 0.50), Vec3(0.075, 0.012, 0.045), power: 3, rings: 6, segments: 10, slot: S.gap)
            }
        }
    }

    /// Tail lamp, plate on its bracket, indicators.
    private static func rear(_ skin: inout Skin, _ p: Plan) {
        let z = p.faired ? 0.875 : 0.835
        skin.pod(Vec3(-0.262, 0, z), Vec3(0.028, 0.062, 0.026), power: 3, rings: p.level == 0 ? 7 : 3, segments: p.level == 0 ? 12 : 5, slot: S.tail)
        if p.level < 3 { skin.pod(Vec3(-0.268, 0, z - 0.004), Vec3(0.028, 0.038, 0.014), power: 3, rings: 4, segments: 6, slot: S.brake) }
        guard p.level < 2 else { return }
        skin.rod([Vec3(-0.16, 0, 0.75), Vec3(-0.235, 0, 0.70), Vec3(-0.245, 0, 0.58)], radius: 0.018, segments: 5, slot: S.trim)
        NumberPlate.add(to: &skin, at: Vec3(-0.265, 0, 0.63), forward: false, size: Vec2(0.2, 0.15))
        for s in [1.0, -1.0] { blinker(&skin, Vec3(-0.22, s * 0.04, 0.735), side: s, p) }
    }

    /// A strip round the upper part of a wheel; angles in turns from straight ahead over the top.
    static func mudguard(_ skin: inout Skin, _ c: Vec3, from: Double, to: Double, radius: Double, half: Double, slot: Int, level: Int) {
        let n = [14, 6, 3, 2][min(level, 3)]
        let rows = (0...n).map { i -> [Vec3] in
            let a = Double.pi * lerp(from, to, Double(i) / Double(n))
            let at = { (r: Double, y: Double) in c + Vec3(r * cos(a), y, r * sin(a)) }
            return [at(radius - 0.035, -half), at(radius - 0.010, -half * 0.94), at(radius + 0.006, -half * 0.5), at(radius + 0.010, 0), at(radius + 0.006, half * 0.5),
                at(radius - 0.010, half * 0.94), at(radius - 0.035, half)]
        }
        skin.net(rows) { _, _ in slot }
        skin.net(rows, flipped: true) { _, _ in slot }
    }
}
