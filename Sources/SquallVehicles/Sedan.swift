import SquallAssets
import SquallMath
import SquallScene

/// `sedan`: a saloon car with three boxes, 4.70 m long. Variants differ in roof line, boot, lamps, grille, rims, glass and wear.
package struct Sedan: ProceduralAsset {
    package init() {}

    package var variants: Int { 8 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        VehicleModel.car(archetype, variant, Self.form(archetype, variant), CarFinish.drawn(variant))
    }

    static func form(_ archetype: Archetype, _ variant: Variant) -> CarForm {
        var f = CarForm(archetype)
        let sporty = variant.uniform("sporty", 0...1)
        f.cowlX = variant.uniform("cowl", 2.18...2.34)
        f.headerX = f.cowlX - 0.93
        f.tailX = variant.uniform("tail", 0.00...0.12)
        f.tailZ = 1.385 - 0.03 * sporty
        f.headerZ = 1.385
        let bootZ = variant.uniform("boot", 1.05...1.12)
        f.tail = .notch(deckX: variant.uniform("deck", -0.70 ... -0.56), deckZ: bootZ + 0.02, bootZ: bootZ)
        f.noseZ = variant.uniform("nose", 0.69...0.75)
        f.cowlZ = 0.965
        f.beltFront = 0.90
        f.beltRear = variant.uniform("belt", 0.965...1.0)
        f.glassEnd = variant.uniform("glass end", -0.50 ... -0.30)
        f.headLamp = variant.choice("head", [.sweptBack, .slim, .block, .sweptBack]) ?? .sweptBack
        f.tailLamp = variant.choice("tail lamp", [.wide, .bar, .corner]) ?? .wide
        f.grille = variant.choice("grille", [.bars, .wide, .twin, .closed]) ?? .bars
        f.chromeLine = variant.uniform("chrome", 0...1) >= 0.4
        CarFinish.wheels(&f, variant)
        return f
    }
}
