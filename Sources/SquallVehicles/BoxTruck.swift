import SquallAssets
import SquallMath
import SquallScene
import SquallSkins

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
        f.right = f.left
        f.rearBands = [(half - 0.07...half + 0.1, 0...height + 1, S.frame), (-0.1...half + 0.1, height - 0.09...height + 1, S.frame), (-0.1...0.006, floor...height - 0.09, S.gap)]
        var skin = BoxBody(f, level: level).skin
        LorryCab.contour(&skin, x: x, half: half + 0.002, z: floor + 0.03, level: level)
        if level < 2 { flanks(&skin, x, half, floor, height, level, isCurtain: isCurtain) }
        guard level == 0 else { return skin }
        for y in [0.22, half - 0.3, -0.22, -half + 0.3] {
            skin.rod([Vec3(x.lowerBound - 0.02, y, floor + 0.1), Vec3(x.lowerBound - 0.02, y, height - 0.15)], radius: 0.016, segments: 6, slot: S.frame)
            skin.block(Vec3(x.lowerBound - 0.03, y - 0.03, floor + 0.5), Vec3(x.lowerBound, y + 0.16, floor + 0.54), slot: S.frame)
        }
        return skin
    }

    /// What stands proud of the flanks: straps with buckles and posts under a curtain, or the ribs of a box.
    private static func flanks(_ skin: inout Skin, _ x: ClosedRange<Double>, _ half: Double, _ floor: Double, _ height: Double, _ level: Int, isCurtain: Bool) {
        typealias S = VehicleSlot
        let pitch = isCurtain ? 0.62 : 0.61
        for k in 0..<Int((x.upperBound - x.lowerBound - 0.3) / pitch) {
            let at = x.lowerBound + 0.35 + pitch * Double(k)
            for side in [1.0, -1.0] {
                let slab = { (skin: inout Skin, wide: Double, proud: Double, z: ClosedRange<Double>, slot: Int) in
                    let (p, q) = (side * (half - 0.01), side * (half + proud))
                    skin.block(Vec3(at - wide / 2, min(p, q), z.lowerBound), Vec3(at + wide / 2, max(p, q), z.upperBound), slot: slot)
                }
                if isCurtain {
                    slab(&skin, 0.045, 0.004, floor - 0.05...height - 0.14, S.box)
                    slab(&skin, 0.050, 0.007, floor - 0.08...floor + 0.34, S.trim)
                    if level == 0 { slab(&skin, 0.075, 0.014, floor + 0.14...floor + 0.22, S.frame) }
                } else {
                    slab(&skin, 0.050, 0.006, floor + 0.12...height - 0.11, S.box)
                }
            }
        }
    }
}
