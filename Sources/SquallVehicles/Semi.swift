import SquallAssets
import SquallMath
import SquallScene
import SquallSkins

/// `semi`: a European cab-over tractor with a three-axle semi-trailer, 16.50 m. One rigid body: the trailer does not articulate yet.
/// Variants: boxes and curtain-siders, low and high cabs, roof deflectors.
package struct Semi: ProceduralAsset {
    package init() {}

    package var variants: Int { 8 }

    private static let radius = 0.505
    private static let trailerAxles = [-5.95, -7.26, -8.57]

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let a = archetype
        let (back, nose, half) = (-a.originFromRear, a.size.x - a.originFromRear, a.size.y / 2)
        var finish = VehicleFinish()
        (finish.paint, finish.box) = (Surfaces.cabColors, Surfaces.trailerColors)
        finish.dirt = variant.uniform("dirt", 0.1...0.8)
        finish.livery = variant.choice("stripe", [Vec3f(0.02, 0.10, 0.36), Vec3f(0.5, 0.05, 0.03), Vec3f(0.7, 0.7, 0.68), Vec3f(0.6, 0.35, 0.02)]) ?? finish.livery
        let front = RoadWheel(radius: Self.radius, width: 0.32, rim: 0.3, style: .lorryFront), twin = RoadWheel(radius: Self.radius, width: 0.62, rim: 0.3, style: .lorryRear)
        let single = RoadWheel(radius: Self.radius, width: 0.385, rim: 0.3, style: .lorryFront)
        var wheels: [VehicleModel.Placed] = []
        for side in [1.0, -1.0] {
            wheels.append(.init(pivot: Vec3(a.wheelbase, side * a.track / 2, Self.radius), wheel: front, steered: true))
            wheels.append(.init(pivot: Vec3(0, side * 0.93, Self.radius), wheel: twin))
            for x in Self.trailerAxles { wheels.append(.init(pivot: Vec3(x, side * 1.04, Self.radius), wheel: single)) }
        }
        let cabHeight = variant.uniform("cab height", 3.2...3.75)
        let cab = LorryCab.form(nose: nose, length: 2.25, half: half - 0.03, height: cabHeight, axle: a.wheelbase, tyre: Self.radius, variant: variant)
        var model = VehicleModel(archetype: a, finish: finish, wheels: wheels, distances: [0, 26, 80, 220])
        model.lamps = VehicleModel.lights(nose: nose, back: back, head: cab.headLamp ?? .zero, tail: Vec2(half - 0.3, 0.8))
        let isCurtain = variant.uniform("curtain", 0...1) >= 0.5
        let stripe = variant.uniform("stripe height", 0...0.9)
        return model.asset(variant, protruding: { BoxBody.mirrors(x: nose - 0.25, y: half - 0.02, z: 2.3, height: 0.55, level: $0) }) { level in
            var skin = LorryCab.body(cab, level: level).skin
            let bed = 1.22
            skin.append(BoxTruck.box(back...nose - 2.75, half, bed, a.size.z, stripe, level, isCurtain: isCurtain))
            LorryCab.frame(&skin, back: -1.1, front: nose - 1.4, half: half - 0.05, top: 1.0, axles: [0], tyre: Self.radius, level: level)
            LorryCab.frame(&skin, back: back, front: 0.6, half: half, top: bed + 0.02, axles: [], tyre: Self.radius, level: level)
            if level < 3 {
                for side in [1.0, -1.0] {
                    // Side guards and landing legs of the trailer.
                    let y = side * (half - 0.05)
                    for z in [0.55, 0.9] { skin.block(Vec3(-5.2, min(y, y - side * 0.04), z), Vec3(-1.5, max(y, y - side * 0.04), z + 0.14), slot: VehicleSlot.frame) }
                    if level < 2 { skin.block(Vec3(-1.4, side * 0.75 - 0.07, 0.35), Vec3(-1.26, side * 0.75 + 0.07, bed), slot: VehicleSlot.frame) }
                    for x in Self.trailerAxles where level < 2 { skin.block(Vec3(x - 0.5, side * 1.05 - 0.2, 1.06), Vec3(x + 0.5, side * 1.05 + 0.2, 1.1), slot: VehicleSlot.trim) }
                }
                skin.block(Vec3(-9.4, -0.6, 0.42), Vec3(-5.4, 0.6, 0.62), slot: VehicleSlot.underbody)
            }
            LorryCab.tail(&skin, back: back, half: half, z: 0.8, level: level)
            if level < 3 { Self.wind(&skin, nose: nose, half: half, cab: cabHeight, top: a.size.z, level: level) }
            return skin
        }
    }

    /// What leads the wind past the gap and the frame: deflector on the roof, fins behind the cab, skirts; flaps behind the wheels.
    private static func wind(_ skin: inout Skin, nose: Double, half: Double, cab: Double, top: Double, level: Int) {
        typealias S = VehicleSlot
        let rise = max(0.12, top - 0.06 - cab), fine = level == 0
        skin.loft(
            [.init(nose - 2.26, cab - 0.06, half - 0.17, rise + 0.06, 0.02, 5), .init(nose - 2.10, cab - 0.06, half - 0.18, rise + 0.05, 0.02, 5),
                .init(nose - 1.60, cab - 0.06, half - 0.24, rise * 0.66 + 0.06, 0.02, 4),
                .init(nose - 1.15, cab - 0.06, half - 0.34, rise * 0.28 + 0.06, 0.02, 3.5), .init(nose - 0.85, cab - 0.06, half - 0.5, 0.04, 0.02, 3)], segments: fine ? 20 : 10,
                    steps: fine ? 3 : 1, slot: S.paint)
        for side in [1.0, -1.0] {
            func panel(_ x: ClosedRange<Double>, _ z: ClosedRange<Double>, _ slot: Int, inset: Double = 0.06, thick: Double = 0.05, bevel: Double = 0.02) {
                let (p, q) = (side * (half - inset), side * (half - inset - thick))
                skin.block(Vec3(x.lowerBound, min(p, q), z.lowerBound), Vec3(x.upperBound, max(p, q), z.upperBound), slot: slot, bevel: fine ? bevel : 0)
            }
            panel(nose - 2.66...nose - 2.22, 1.02...cab - 0.10, S.paint)
            // Skirt over tank and battery, with its step.
            panel(0.70...nose - 2.30, 0.40...0.98, S.paint, inset: 0.05)
            panel(0.80...nose - 2.42, 0.62...0.66, S.trim, inset: 0.045, thick: 0.02, bevel: 0.004)
            guard level < 2 else { continue }
            for x in [-0.66, (trailerAxles.last ?? 0) - 0.62] { skin.block(Vec3(x - 0.012, side * 0.92 - 0.30, 0.18), Vec3(x + 0.012, side * 0.92 + 0.30, 0.72), slot: S.trim) }
        }
    }
}
