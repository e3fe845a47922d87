import SquallAssets
import SquallMath
import SquallScene

/// `suv`: a tall five-door car, 4.65 m long: big wheels, high bonnet, unpainted sills and arches, roof rails.
package struct SUV: ProceduralAsset {
    package init() {}

    package var variants: Int { 8 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        VehicleModel.car(archetype, variant, Self.form(archetype, variant), CarFinish.drawn(variant))
    }

    static func form(_ archetype: Archetype, _ variant: Variant) -> CarForm {
        var f = CarForm(archetype)
        (f.tyre, f.rim, f.tyreWidth, f.archGap, f.floor) = (0.36, 0.245, 0.235, 0.055, 0.24)
        f.cowlX = variant.uniform("cowl", 2.10...2.20)
        f.headerX = f.cowlX - 0.78
        (f.headerZ, f.cowlZ) = (1.57, 1.14)
        f.peakX = 0.7
        f.tailX = -0.68
        f.tailZ = variant.uniform("tail height", 1.53...1.58)
        f.tail = .gate(lean: variant.uniform("gate", 0.28...0.55))
        f.noseZ = variant.uniform("nose", 0.90...0.98)
        (f.beltFront, f.beltRear) = (1.06, variant.uniform("belt", 1.11...1.17))
        f.pillars = [0.86, -0.1]
        f.doors = [1.98, 0.86, -0.06]
        f.glassEnd = variant.uniform("glass end", -0.80 ... -0.70)
        f.glassLean = 0.35
        (f.lean, f.noseDrop, f.frontBow) = (0.29, 0.035, 0.15)
        f.headLamp = variant.choice("head", [.block, .slim, .sweptBack, .round]) ?? .block
        f.tailLamp = variant.choice("tail lamp", [.corner, .wide, .bar, .tall]) ?? .corner
        f.grille = variant.choice("grille", [.wide, .bars, .twin, .wide]) ?? .wide
        f.cladding = variant.uniform("cladding", 0...1) >= 0.35
        f.roofRails = variant.uniform("rails", 0...1) >= 0.25
        f.tintedRear = variant.uniform("tint", 0...1) >= 0.5
        f.seatRows = [(x: 0.9, z: 0.1), (x: 0.05, z: 0.12)]
        CarFinish.wheels(&f, variant)
        return f
    }
}
