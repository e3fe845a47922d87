import SquallAssets
import SquallMath
import SquallScene
import SquallSkins

/// `van`: a panel van, 5.93 m long: short bonnet, big raked windscreen, blind load space, twin rear doors. Variants are glazed,
/// half-glazed or blind, in plain or trade colours.
package struct Van: ProceduralAsset {
    package init() {}

    package var variants: Int { 8 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var finish = CarFinish.drawn(variant)
        finish.paint = Surfaces.vanColors
        finish.rim = Vec3f(0.36, 0.365, 0.37)
        finish.metallic = false
        let form = Self.form(archetype, variant)
        return VehicleModel.car(archetype, variant, form, finish) { skin, level, body in Self.load(&skin, level, body, form) }
    }

    static func form(_ archetype: Archetype, _ variant: Variant) -> CarForm {
        var f = CarForm(archetype)
        (f.tyre, f.rim, f.tyreWidth, f.archGap, f.floor, f.wheel) = (0.345, 0.215, 0.225, 0.06, 0.25, .steel)
        let h = archetype.size.z
        (f.cowlX, f.cowlZ, f.headerX, f.headerZ) = (3.78, 1.24, 2.72, h - 0.30)
        (f.peakX, f.tailX, f.tailZ) = (1.6, -1.05, h - 0.03)
        f.tail = .gate(lean: 0.035)
        f.noseZ = variant.uniform("nose", 0.92...1.02)
        (f.beltFront, f.beltRear) = (1.17, 1.20)
        (f.lean, f.barrel, f.flare, f.crown) = (0.075, 0.03, 0.012, 0.05)
        let glazed = variant.uniform("glazed", 0...1)
        f.pillars = [2.48, 1.2, -0.05]
        f.blindFrom = glazed > 0.8 ? 4 : glazed > 0.6 ? 2 : 1
        f.glassEnd = -1.0
        f.glassLean = 0.02
        f.doors = [3.42, 2.42, 1.18]
        f.headLamp = variant.choice("head", [.sweptBack, .block]) ?? .sweptBack
        (f.tailLamp, f.grille, f.chromeLine) = (.tall, variant.choice("grille", [.bars, .wide]) ?? .bars, false)
        f.blindRear = variant.uniform("rear pane", 0...1) > 0.6
        f.seatRows = [(x: 2.45, z: 0.32)]
        (f.frontBow, f.noseDrop) = (0.22, 0.08)
        f.cladding = variant.uniform("bumper", 0...1) >= 0.4
        f.isVan = true
        return f
    }

    /// The bulkhead behind the seats and the gap of the rear doors.
    static func load(_ skin: inout Skin, _ level: Int, _ body: CarBody, _ form: CarForm) {
        guard level < 2 else { return }
        let half = form.size.y / 2
        if form.blindFrom < 3 { skin.block(Vec3(1.72, -half + 0.24, 0.4), Vec3(1.78, half - 0.24, form.size.z - 0.3), slot: VehicleSlot.lining) }
        if level == 0 {
            let x = body.hull.rear(0, 1.6) + 0.012
            skin.block(Vec3(x - 0.02, -0.006, form.floor + 0.25), Vec3(x, 0.006, form.tailZ - 0.12), slot: VehicleSlot.gap)
        }
    }
}
