import SquallAssets
import SquallMath
import SquallScene

/// `estate`: a station wagon, 4.80 m long: a long roof with rails, three side windows, an upright tailgate.
package struct Estate: ProceduralAsset {
    package init() {}

    package var variants: Int { 8 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        VehicleModel.car(archetype, variant, Self.form(archetype, variant), CarFinish.drawn(variant))
    }

    static func form(_ archetype: Archetype, _ variant: Variant) -> CarForm {
        var f = CarForm(archetype)
        f.cowlX = variant.uniform("cowl", 2.22...2.34)
        f.headerX = f.cowlX - 0.92
        (f.headerZ, f.cowlZ) = (1.40, 0.975)
        f.peakX = 0.8
        f.tailX = -0.80
        f.tailZ = variant.uniform("tail height", 1.35...1.40)
        f.tail = .gate(lean: variant.uniform("gate", 0.35...0.55))
        f.noseZ = variant.uniform("nose", 0.70...0.76)
        (f.beltFront, f.beltRear) = (0.91, variant.uniform("belt", 0.98...1.02))
        f.pillars = [0.93, -0.05]
        f.glassEnd = variant.uniform("glass end", -0.94 ... -0.84)
        f.glassLean = 0.35
        f.headLamp = variant.choice("head", [.sweptBack, .slim, .block]) ?? .sweptBack
        f.tailLamp = variant.choice("tail lamp", [.wide, .tall, .corner]) ?? .wide
        f.grille = variant.choice("grille", [.bars, .wide, .twin]) ?? .bars
        f.roofRails = variant.uniform("rails", 0...1) >= 0.3
        f.tintedRear = variant.uniform("tint", 0...1) > 0.6
        CarFinish.wheels(&f, variant)
        return f
    }
}
