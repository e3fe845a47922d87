import SquallAssets
import SquallMath
import SquallScene
import SquallSkins

/// `pickup`: a double-cab pick-up with an open bed, 5.30 m long; some carry a load.
package struct Pickup: ProceduralAsset {
    package init() {}

    package var variants: Int { 8 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        typealias S = VehicleSlot
        var finish = CarFinish.drawn(variant)
        finish.dirt = variant.uniform("dirt", 0.1...0.9)
        let form = Self.form(archetype, variant)
        let load = variant.choice("load", [0, 1, 2, 0]) ?? 0
        return VehicleModel.car(archetype, variant, form, finish) { skin, level, _ in
            guard level < 2 else { return }
            switch load {
            case 1:
                for (k, x) in [-0.75, -0.2].enumerated() { skin.block(Vec3(x - 0.25, -0.35 + 0.2 * Double(k), 0.66), Vec3(x + 0.22, 0.3 + 0.1 * Double(k), 1.12 + 0.1 * Double(k)), slot: S.saddle,
                    bevel: 0.01) }
            case 2: for k in 0..<5 { skin.rod([Vec3(-1.05, -0.4 + 0.2 * Double(k), 0.7), Vec3(0.1, -0.38 + 0.19 * Double(k), 0.78 + 0.05 * Double(k % 2))], radius: 0.06, segments: 8, slot: S.saddle) }
            default: break
            }
        }
    }

    static func form(_ archetype: Archetype, _ variant: Variant) -> CarForm {
        var f = CarForm(archetype)
        (f.tyre, f.rim, f.tyreWidth, f.archGap, f.floor) = (0.385, 0.225, 0.25, 0.07, 0.34)
        (f.cowlX, f.cowlZ, f.headerX, f.headerZ) = (2.60, 1.22, 1.84, 1.68)
        (f.peakX, f.tailX, f.tailZ) = (1.2, 0.40, 1.72)
        f.tail = .notch(deckX: 0.26, deckZ: 1.17, bootZ: 1.15)
        f.noseZ = variant.uniform("nose", 1.02...1.09)
        (f.beltFront, f.beltRear) = (1.13, 1.14)
        (f.lean, f.noseDrop, f.frontBow, f.flare) = (0.24, 0.03, 0.14, 0.035)
        (f.pillars, f.doors) = ([1.42], [2.44, 1.42, 0.52])
        (f.glassEnd, f.glassLean) = (0.46, 0.1)
        f.seatRows = [(x: 1.55, z: 0.08), (x: 0.78, z: 0.06)]
        f.headLamp = variant.choice("head", [.block, .slim, .sweptBack]) ?? .block
        (f.tailLamp, f.grille) = (.corner, variant.choice("grille", [.wide, .bars]) ?? .wide)
        f.cladding = variant.uniform("cladding", 0...1) > 0.5
        f.chromeLine = variant.uniform("chrome", 0...1) > 0.5
        f.bed = (x: (f.back + 0.09)...0.18, floor: 0.66)
        CarFinish.wheels(&f, variant)
        f.rim = 0.225
        return f
    }
}
