import SquallAssets
import SquallMath
import SquallScene

/// `hatchback`: a compact car with a tailgate, 4.28 m long. Variants run from a small upright one to a low sporty one.
package struct Hatchback: ProceduralAsset {
    package init() {}

    package var variants: Int { 8 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        VehicleModel.car(archetype, variant, Self.form(archetype, variant), CarFinish.drawn(variant))
    }

    static func form(_ archetype: Archetype, _ variant: Variant) -> CarForm {
        var f = CarForm(archetype)
        (f.tyre, f.rim) = (0.315, 0.21)
        f.cowlX = variant.uniform("cowl", 2.18...2.30)
        f.headerX = f.cowlX - 0.84
        (f.headerZ, f.cowlZ) = (1.40, 1.0)
        f.peakX = 0.75
        f.tailX = variant.uniform("tail", -0.46 ... -0.34)
        f.tailZ = variant.uniform("tail height", 1.37...1.43)
        f.tail = .gate(lean: variant.uniform("gate", 0.42...0.62))
        f.noseZ = variant.uniform("nose", 0.72...0.79)
        (f.beltFront, f.beltRear) = (0.93, variant.uniform("belt", 0.98...1.04))
        f.pillars = [0.86]
        f.doors = [2.0, 0.86, -0.05]
        f.glassEnd = -0.44
        f.glassLean = 0.75
        f.lean = 0.32
        f.headLamp = variant.choice("head", [.sweptBack, .block, .round, .slim]) ?? .sweptBack
        f.tailLamp = variant.choice("tail lamp", [.corner, .wide, .tall]) ?? .corner
        f.grille = variant.choice("grille", [.bars, .closed, .bars, .wide]) ?? .bars
        f.chromeLine = variant.uniform("chrome", 0...1) > 0.7
        f.seatRows = [(x: 0.92, z: 0.03), (x: 0.1, z: 0.05)]
        CarFinish.wheels(&f, variant)
        return f
    }
}
