import SquallAssets
import SquallMath
import SquallScene

/// `box_truck`: a two-axle lorry of 12 t with a box body, a tail lift and side guards, 8.4 m long.
package struct BoxTruck: ProceduralAsset {
    package init() {}

    package var variants: Int { 6 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let a = archetype
        let (back, nose, half) = (-a.originFromRear, a.size.x - a.originFromRear, a.size.y / 2)
        var finish = VehicleFinish()
        (finish.paint, finish.box) = (Surfaces.cabColors, Surfaces.trailerColors)
        finish.dirt = variant.uniform("dirt", 0.1...0.8)
        finish.livery = variant.choice("stripe", [Vec3f(0.02, 0.10, 0.36), Vec3f(0.5, 0.05, 0.03), Vec3f(0.02, 0.22, 0.10), Vec3f(0.6, 0.35, 0.02)]) ?? finish.livery
        let tyre = 0.44
        let front = RoadWheel(radius: tyre, width: 0.26, rim: 0.27, style: .lorryFront), rear = RoadWheel(radius: tyre, width: 0.54, rim: 0.27, style: .lorryRear)
        let wheels = [1.0, -1.0].flatMap { side in
            [VehicleModel.Placed(pivot: Vec3(a.wheelbase, side * a.track / 2, tyre), wheel: front, steered: true), VehicleModel.Placed(pivot: Vec3(0, side * (half - 0.31), tyre), wheel: rear)]
        }
        let cabHeight = variant.uniform("cab height", 2.62...2.9)
        let cab = LorryCab.form(nose: nose, length: 1.85, half: half - 0.12, height: cabHeight, axle: a.wheelbase, tyre: tyre, variant: variant)
        var model = VehicleModel(archetype: a, finish: finish, wheels: wheels, distances: [0, 22, 65, 170])
        model.lamps = VehicleModel.lights(nose: nose, back: back, head: cab.headLamp ?? .zero, tail: Vec2(half - 0.3, 0.72))
        let stripe = variant.uniform("stripe height", 0...0.9)
        return model.asset(variant, protruding: { BoxBody.mirrors(x: nose - 0.2, y: half - 0.1, z: 1.95, height: 0.4, level: $0) }) { level in
            var skin = LorryCab.body(cab, level: level).skin
            skin.append(Self.box(back...nose - 2.0, half, 1.0, a.size.z, stripe, level))
            LorryCab.frame(&skin, back: back, front: nose - 1.2, half: half, top: 1.0, axles: [0], tyre: tyre, level: level)
            LorryCab.tail(&skin, back: back, half: half, z: 0.72, level: level)
            return skin
        }
    }

    /// A box body: corner posts, doors at the rear with bars and hinges, a stripe on the flanks.
    static func box(_ x: ClosedRange<Double>, _ half: Double, _ floor: Double, _ height: Double, _ stripe: Double, _ level: Int, isCurtain: Bool = false) -> Skin {
        typealias S = VehicleSlot
        var f = BoxForm(back: x.lowerBound, nose: x.upperBound, half: half, floor: floor, height: height)
        (f.radius, f.lowRadius, f.frontBow, f.rearBow, f.rake, f.lean, f.tuck) = (Vec3(0.04, 0.04, 0.04), 0.02, 0.005, 0.002, 0, 0, 0)
        (f.paint, f.isHollow) = (S.box, false)
        f.left.bands = [(x.lowerBound - 1...x.upperBound + 1, 0...floor + 0.11, S.frame), (x.lowerBound - 1...x.upperBound + 1, height - 0.1...height + 1, S.frame)]
        if stripe > 0.3 { f.left.bands.append((x.lowerBound - 1...x.upperBound + 1, floor + 0.35...floor + 0.35 + 0.5 * stripe, S.livery)) }
        if isCurtain {
            // Straps of a curtain.
            for k in 0..<Int((x.upperBound - x.lowerBound) / 0.62) {
                let at = x.lowerBound + 0.35 + 0.62 * Double(k)
                f.left.lines.append([Vec2(at, floor + 0.02), Vec2(at, floor + 0.32)])
            }
        } else {
            f.left.lines = stride(from: x.lowerBound + 1.2, to: x.upperBound - 0.4, by: 1.2).map { [Vec2($0, floor + 0.1), Vec2($0, height - 0.1)] }
        }
        f.right = f.left
        f.rearBands = [(half - 0.07...half + 0.1, 0...height + 1, S.frame), (-0.1...half + 0.1, height - 0.09...height + 1, S.frame), (-0.1...0.006, floor...height - 0.09, S.gap)]
        var skin = BoxBody(f, level: level).skin
        LorryCab.contour(&skin, x: x, half: half + 0.002, z: floor + 0.03, level: level)
        guard level == 0 else { return skin }
        for y in [0.22, half - 0.3, -0.22, -half + 0.3] {
            skin.rod([Vec3(x.lowerBound - 0.02, y, floor + 0.1), Vec3(x.lowerBound - 0.02, y, height - 0.15)], radius: 0.016, segments: 6, slot: S.frame)
            skin.block(Vec3(x.lowerBound - 0.03, y - 0.03, floor + 0.5), Vec3(x.lowerBound, y + 0.16, floor + 0.54), slot: S.frame)
        }
        return skin
    }
}
