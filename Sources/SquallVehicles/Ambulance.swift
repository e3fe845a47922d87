import SquallAssets
import SquallMath
import SquallScene

/// `ambulance`: a high-roof van with chequered flanks, frosted panes, blue lights front and rear.
package struct Ambulance: ProceduralAsset {
    package init() {}

    package var variants: Int { 6 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        typealias S = VehicleSlot
        var finish = CarFinish.drawn(variant)
        let yellow = Vec3f(0.62, 0.52, 0.01)
        finish.paint = [variant.choice("paint", [Vec3f(0.76, 0.76, 0.74), yellow, Vec3f(0.76, 0.76, 0.74)]) ?? Vec3f(0.76, 0.76, 0.74)]
        finish.livery = variant.choice("livery", [Vec3f(0.62, 0.05, 0.02), Vec3f(0.01, 0.22, 0.12), Vec3f(0.55, 0.012, 0.014), Vec3f(0.01, 0.07, 0.38)]) ?? yellow
        finish.accent = variant.choice("accent", [yellow, Vec3f(0.8, 0.35, 0.02)]) ?? yellow
        (finish.metallic, finish.dirt, finish.rim) = (false, 0.05, Vec3f(0.36, 0.365, 0.37))
        var form = Van.form(archetype, Variant("van", 0))
        form.size.z -= 0.14
        (form.headerZ, form.tailZ) = (form.size.z - 0.30, form.size.z - 0.03)
        (form.blindFrom, form.cladding, form.tintedRear, form.blindRear) = (3, false, true, false)
        let chequers = variant.choice("pattern", [true, false, true]) ?? true
        form.bands = Self.bands(form, chequers: chequers)
        // The front bar where the roof begins to fall to the windscreen, the rear one on its end; that one ends the box.
        let hull = form.hull()
        let bars = [(x: form.headerX - 0.6, half: 0.72), (x: form.back + 0.35, half: 0.62)].map { (at: Vec3($0.x, 0, hull.roof($0.x + 0.13, 0) - 0.015), half: $0.half) }
        var asset = VehicleModel.car(archetype, variant, form, finish) { skin, level, body in
            Van.load(&skin, level, body, form)
            for bar in bars { BoxBody.lightBar(&skin, at: bar.at, half: bar.half, level: level, height: 0.16) }
        }
        for bar in bars {
            for y in [0.5, -0.5] { asset.lamps.append(Lamp(.beacon, .isotropic, at: bar.at + Vec3(0, y, 0.09), towards: Vec3(1, 0, 0), intensity: 250, color: LampColor.blue)) }
        }
        return asset
    }

    private static func bands(_ f: CarForm, chequers: Bool) -> [(x: ClosedRange<Double>, z: ClosedRange<Double>, slot: Int)] {
        typealias S = VehicleSlot
        guard chequers else { return [(f.back - 1...f.nose + 1, 0.72...0.98, S.livery), (f.back - 1...f.nose + 1, 0.62...0.70, S.accent), (f.back - 1...f.cowlX - 1.3, 2.1...2.22, S.livery)] }
        var bands: [(x: ClosedRange<Double>, z: ClosedRange<Double>, slot: Int)] = []
        let n = 9
        for k in 0..<n {
            let (a, b) = (lerp(f.back - 0.1, f.nose - 0.3, Double(k) / Double(n)), lerp(f.back - 0.1, f.nose - 0.3, Double(k + 1) / Double(n)))
            bands.append((a...b, 0.58...0.83, k % 2 == 0 ? S.livery : S.accent))
            bands.append((a...b, 0.83...1.08, k % 2 == 0 ? S.accent : S.livery))
        }
        return bands
    }
}
