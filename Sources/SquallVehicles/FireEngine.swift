import SquallAssets
import SquallMath
import SquallScene
import SquallSkins

/// `fire_engine`: a pumper with a crew cab, roller shutters, a ladder on the roof and blue lights, 8.6 m long.
package struct FireEngine: ProceduralAsset {
    typealias S = VehicleSlot

    package init() {}

    package var variants: Int { 6 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let a = archetype
        let (back, nose, half) = (-a.originFromRear, a.size.x - a.originFromRear, a.size.y / 2)
        var finish = VehicleFinish()
        let red = variant.choice("red", [Vec3f(0.46, 0.008, 0.010), Vec3f(0.62, 0.03, 0.02), Vec3f(0.36, 0.006, 0.010)]) ?? Vec3f(0.46, 0.008, 0.01)
        (finish.paint, finish.box) = ([red], [red])
        finish.livery = variant.choice("band", [Vec3f(0.72, 0.72, 0.7), Vec3f(0.55, 0.62, 0.02)]) ?? finish.livery
        finish.dirt = 0.1
        let tyre = 0.48
        let front = RoadWheel(radius: tyre, width: 0.29, rim: 0.29, style: .lorryFront), rear = RoadWheel(radius: tyre, width: 0.56, rim: 0.29, style: .lorryRear)
        let wheels = [1.0, -1.0].flatMap { side in
            [VehicleModel.Placed(pivot: Vec3(a.wheelbase, side * a.track / 2, tyre), wheel: front, steered: true), VehicleModel.Placed(pivot: Vec3(0, side * (half - 0.33), tyre), wheel: rear)]
        }
        var cab = LorryCab.form(nose: nose, length: 3.1, half: half - 0.02, height: 2.92, axle: a.wheelbase, tyre: tyre, crew: true, variant: variant)
        cab.left.bands = [(back...nose + 1, 1.05...1.32, S.livery)]
        cab.right = cab.left
        var model = VehicleModel(archetype: a, finish: finish, wheels: wheels, distances: [0, 24, 70, 180])
        model.lamps = VehicleModel.lights(nose: nose, back: back, head: cab.headLamp ?? .zero, tail: Vec2(half - 0.3, 0.75))
        for y in [0.7, -0.7] { model.lamps.append(Lamp(.beacon, .isotropic, at: Vec3(nose - 0.7, y, 3.0), towards: Vec3(1, 0, 0), intensity: 250, color: LampColor.blue)) }
        let shutters = variant.choice("shutters", [3, 4, 2]) ?? 3
        return model.asset(variant, protruding: { BoxBody.mirrors(x: nose - 0.25, y: half, z: 2.1, height: 0.5, level: $0) }) { level in
            var skin = LorryCab.body(cab, level: level).skin
            skin.append(Self.body(back...nose - 3.12, half, variant: shutters, level))
            LorryCab.frame(&skin, back: back, front: nose - 1.4, half: half, top: 0.9, axles: [], tyre: tyre, level: level)
            LorryCab.tail(&skin, back: back - 0.01, half: half, z: 0.75, level: level)
            BoxBody.lightBar(&skin, at: Vec3(nose - 0.75, 0, 2.93), half: 1.0, level: level, height: 0.18)
            if level < 3 { for y in [0.9, -0.9] { BoxBody.beacon(&skin, at: Vec3(back + 0.3, y, 3.02), level: level) } }
            Self.ladder(&skin, from: back + 0.1, to: nose - 1.3, top: a.size.z, level: level)
            return skin
        }
    }

    private static func body(_ x: ClosedRange<Double>, _ half: Double, variant shutters: Int, _ level: Int) -> Skin {
        var f = BoxForm(back: x.lowerBound, nose: x.upperBound, half: half, floor: 0.55, height: 2.98)
        (f.radius, f.lowRadius, f.frontBow, f.rearBow, f.rake, f.lean, f.tuck) = (Vec3(0.06, 0.06, 0.06), 0.03, 0.005, 0.005, 0, 0, 0)
        (f.paint, f.isHollow, f.arches, f.tyre, f.archRadius, f.archDepth) = (S.box, false, [0], 0.48, 0.57, 0.68)
        f.left.bands = [(x.lowerBound - 1...x.upperBound + 1, 0.86...1.06, S.livery)]
        let width = (x.upperBound - x.lowerBound - 0.25) / Double(shutters)
        for k in 0..<shutters {
            let a = x.lowerBound + 0.15 + width * Double(k)
            let low = abs(a + width / 2) < width / 2 + 0.5 ? 1.16 : 0.72
            f.left.bands.append((a + 0.05...a + width - 0.05, low...2.55, S.frame))
            for z in stride(from: low + 0.07, to: 2.55, by: 0.095) { f.left.lines.append([Vec2(a + 0.06, z), Vec2(a + width - 0.06, z)]) }
        }
        f.right = f.left
        f.rearBands = [(-0.1...half - 0.35, 0.75...2.5, S.frame), (half - 0.28...half - 0.05, 0.9...2.6, S.livery)]
        var skin = BoxBody(f, level: level).skin
        LorryCab.contour(&skin, x: x, half: half + 0.003, z: 2.62, level: level)
        return skin
    }

    private static func ladder(_ skin: inout Skin, from a: Double, to b: Double, top: Double, level: Int) {
        let n = level == 0 ? 6 : 4
        for y in [0.25, 0.7] { skin.rod([Vec3(a, y, top - 0.04), Vec3(b, y, top - 0.04)], radius: 0.04, segments: n, slot: S.frame) }
        guard level < 2 else { return }
        for x in stride(from: a + 0.2, to: b, by: level == 0 ? 0.3 : 0.9) { skin.rod([Vec3(x, 0.25, top - 0.04), Vec3(x, 0.7, top - 0.04)], radius: 0.018, segments: n, slot: S.frame) }
        for x in [a + 0.5, (a + b) / 2, b - 0.3] { skin.block(Vec3(x - 0.04, 0.2, 2.85), Vec3(x + 0.04, 0.75, top - 0.08), slot: S.flat) }
        skin.block(Vec3(a + 0.4, -0.8, 2.9), Vec3(a + 1.6, -0.25, 3.12), slot: S.frame, bevel: 0.03)
    }
}
