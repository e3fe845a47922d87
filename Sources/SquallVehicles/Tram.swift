import SquallAssets
import SquallMath
import SquallScene
import SquallSkins

/// `tram`: a low-floor tram of 30 m in three sections with bellows between them, cabs at both ends, a pantograph above. One rigid
/// body: follows a lane.
package struct Tram: ProceduralAsset {
    package init() {}

    package var variants: Int { 6 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var finish = VehicleFinish()
        finish.paint = [Vec3f(0.70, 0.55, 0.02), Vec3f(0.42, 0.012, 0.014), Vec3f(0.70, 0.70, 0.68), Vec3f(0.01, 0.12, 0.36), Vec3f(0.02, 0.22, 0.10)]
        finish.livery = variant.choice("livery", [Vec3f(0.72, 0.72, 0.7), Vec3f(0.03, 0.03, 0.035), Vec3f(0.3, 0.3, 0.31)]) ?? finish.livery
        finish.seat = Vec3f(0.02, 0.08, 0.25)
        let (back, nose, half) = (-archetype.originFromRear, archetype.size.x - archetype.originFromRear, archetype.size.y / 2)
        let wheel = RoadWheel(radius: 0.31, width: 0.13, rim: 0.27, style: .steel)
        var wheels: [VehicleModel.Placed] = []
        for x in [archetype.wheelbase, archetype.wheelbase - 1.8, (nose + back) / 2 + 0.9, (nose + back) / 2 - 0.9, 1.8, 0] {
            for side in [1.0, -1.0] { wheels.append(.init(pivot: Vec3(x, side * archetype.track / 2, 0.31), wheel: wheel)) }
        }
        var model = VehicleModel(archetype: archetype, finish: finish, wheels: wheels, distances: [0, 30, 90, 240])
        model.finestWheels = 1
        model.lamps = VehicleModel.lights(nose: nose, back: back, head: Vec2(0.8, 0.8), tail: Vec2(0.9, 0.8))
        let third = (nose - back - 1.2) / 3
        let rake = variant.uniform("rake", 0.18...0.42)
        return model.asset(variant) { level in
            var skin = Skin()
            for k in 0..<3 {
                let start = back + Double(k) * (third + 0.6)
                var f = BoxForm(back: start, nose: start + third, half: half, floor: 0.22, height: 3.28)
                f.lean = 0.035
                (f.pitch, f.rounding, f.cushion, f.isFlush) = (2.4, 0, (3, 6), true)
                (f.rake, f.rakeZ, f.frontBow) = k == 2 ? (rake, 1.0, 0.3) : (0, 1, 0.02)
                f.radius = k == 2 ? Vec3(0.2, 0.2, 0.2) : Vec3(0.05, 0.05, 0.15)
                if k == 0 { (f.back, f.nose) = (-(start + third), -start); (f.rake, f.rakeZ, f.frontBow, f.radius) = (rake, 1.0, 0.3, Vec3(0.2, 0.2, 0.2)) }
                Self.fit(&f, isEnd: k != 1, variant)
                if k == 0 { Self.mark(&f, level) }
                var body = BoxBody(f, level: level)
                if level < 2 { Self.cabin(&body, isEnd: k != 1) }
                // The rear section looks the other way: what was left is right then, and what marks its head lamps from far is red.
                let turned = Affine(x: Vec3(-1, 0, 0), y: Vec3(0, -1, 0), z: Vec3(0, 0, 1), translation: .zero)
                if k == 0 {
                    skin.append(body.skin, turned) { $0 == Int32(VehicleSlot.dipped) ? Int32(VehicleSlot.tail) : VehicleSlot.mirrored($0) }
                } else {
                    skin.append(body.skin)
                }
                if k < 2 { Self.bellows(&skin, from: start + third, half: half, level: level) }
            }
            Self.roof(&skin, middle: (nose + back) / 2, half: half, top: archetype.size.z, level: level)
            return skin
        }
    }

    private static func fit(_ f: inout BoxForm, isEnd: Bool, _ variant: Variant) {
        let cab = isEnd ? 1.7 : 0.3
        let (from, to) = (f.back + 0.35, f.nose - cab)
        let doors: [ClosedRange<Double>] = [from + (to - from) * 0.2...from + (to - from) * 0.2 + 1.3, from + (to - from) * 0.68...from + (to - from) * 0.68 + 1.3]
        let edges = [from, doors[0].lowerBound, doors[0].upperBound, doors[1].lowerBound, doors[1].upperBound, to]
        var side = BoxForm.Side()
        for k in [0, 2, 4] where edges[k + 1] - edges[k] > 0.5 {
            let n = max(1, Int(((edges[k + 1] - edges[k]) / 1.7).rounded()))
            for i in 0..<n {
                let (a, b) = (lerp(edges[k], edges[k + 1], Double(i) / Double(n)), lerp(edges[k], edges[k + 1], Double(i + 1) / Double(n)))
                side.panes.append((a + 0.05...b - 0.05, 1.12...2.45))
            }
        }
        side.doors = doors.map { ($0, 0.34...2.42, true) }
        side.bands = [(f.back - 1...f.nose + 1, 0...0.62, VehicleSlot.livery), (f.back - 1...f.nose + 1, 2.58...2.95, VehicleSlot.livery)]
        if isEnd {
            side.panes.append((to + 0.15...f.nose - 0.75, 1.25...2.35))
            f.screen = (1.12...2.5, f.half - 0.2, f.half - 0.38)
            (f.headLamp, f.headHalf) = (Vec2(0.82, 0.8), Vec2(0.2, 0.07))
            f.frontBands = [(-0.1...0.7, 2.62...2.86, VehicleSlot.frit)]
        }
        (f.left, f.right) = (side, side)
    }

    /// The cab that trails has tail lamps where the one ahead has head lamps.
    private static func mark(_ f: inout BoxForm, _ level: Int) {
        guard level < 3 else { return }
        f.headLamp = nil
        f.frontBands += [
            (0.60...1.04, 0.71...0.89, VehicleSlot.trim), (0.62...1.02, 0.73...0.87, VehicleSlot.tail), (0.76...0.89, 0.73...0.87, VehicleSlot.brake),
            (0.91...1.02, 0.73...0.87, VehicleSlot.indicatorLeft),
        ]
    }

    private static func cabin(_ body: inout BoxBody, isEnd: Bool) {
        let f = body.form
        if isEnd { body.driver(dash: f.nose - 0.85, z: 1.14, low: 0.4) }
        guard body.level == 0 else { return }
        for x in stride(from: f.back + 0.7, to: f.nose - (isEnd ? 2 : 0.6), by: 0.95) { for y in [0.95, 0.5, -0.5, -0.95] { body.seat(Vec3(x, y * 0.92, f.floor + 0.14), sign: y > 0 ? 1 : -1) } }
    }

    /// Folded rubber between two sections.
    private static func bellows(_ skin: inout Skin, from x: Double, half: Double, level: Int) {
        let n = level == 0 ? 8 : level == 1 ? 4 : 1
        let rows = (0...n).map { i -> [Vec3] in
            let d = level < 2 && i % 2 == 1 ? 0.07 : 0.0
            let (w, h) = (half - 0.1 - d, 3.15 - d)
            let at = x - 0.03 + 0.66 * Double(i) / Double(n)
            return [Vec3(at, -w, 0.4), Vec3(at, w, 0.4), Vec3(at, w, h - 0.2), Vec3(at, w - 0.2, h), Vec3(at, -w + 0.2, h), Vec3(at, -w, h - 0.2)]
        }
        skin.net(rows, closed: true, flipped: true) { _, _ in VehicleSlot.trim }
    }

    /// Equipment boxes and a pantograph that carries the height.
    private static func roof(_ skin: inout Skin, middle: Double, half: Double, top: Double, level: Int) {
        for dx in [-11.0, -7.5, 6.5, 10.0] { skin.block(Vec3(middle + dx - 1.2, -0.75, 3.2), Vec3(middle + dx + 1.2, 0.75, 3.48), slot: VehicleSlot.frame, bevel: level == 0 ? 0.05 : 0) }
        let (low, knee) = (Vec3(middle - 0.9, 0, 3.3), Vec3(middle + 0.55, 0, (3.3 + top) / 2))
        let n = level == 0 ? 6 : 3
        for y in [-0.35, 0.35] {
            skin.rod([low + Vec3(0, y, 0), knee + Vec3(0, y * 0.7, 0)], radius: 0.035, segments: n, slot: VehicleSlot.flat)
            skin.rod([knee + Vec3(0, y * 0.7, 0), Vec3(middle - 0.4, y, top - 0.06)], radius: 0.025, segments: n, slot: VehicleSlot.flat)
        }
        skin.block(Vec3(middle - 0.62, -0.8, top - 0.05), Vec3(middle - 0.18, 0.8, top), slot: VehicleSlot.flat)
        skin.block(Vec3(middle - 1.1, -0.5, 3.2), Vec3(middle + 0.7, 0.5, 3.36), slot: VehicleSlot.flat)
    }
}
