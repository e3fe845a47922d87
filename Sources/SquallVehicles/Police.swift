import SquallAssets
import SquallMath
import SquallScene

/// `police`: an estate or a saloon in service colours with a bar of blue lamps on its roof.
package struct Police: ProceduralAsset {
    package init() {}

    package var variants: Int { 6 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        typealias S = VehicleSlot
        var finish = CarFinish.drawn(variant)
        let (white, silver, blue) = (Vec3f(0.76, 0.76, 0.74), Vec3f(0.42, 0.425, 0.43), Vec3f(0.008, 0.05, 0.30))
        finish.paint = [variant.choice("paint", [silver, white, white]) ?? white]
        finish.livery = variant.choice("livery", [blue, blue, Vec3f(0.01, 0.22, 0.10)]) ?? blue
        finish.accent = variant.choice("accent", [Vec3f(0.62, 0.60, 0.02), Vec3f(0.6, 0.02, 0.02), white]) ?? white
        (finish.dirt, finish.metallic) = (0.08, false)
        var form = variant.uniform("body", 0...1) >= 0.35 ? Estate.form(archetype, Variant("police.estate", variant.index)) : Sedan.form(archetype, Variant("police.sedan", variant.index))
        form.size.z -= 0.13
        (form.roofRails, form.chromeLine) = (false, false)
        let (f, l) = (form.nose, form.back)
        if variant.uniform("chequers", 0...1) > 0.55 {
            let n = 9
            form.bands = (0..<n).flatMap { k -> [(x: ClosedRange<Double>, z: ClosedRange<Double>, slot: Int)] in
                let (a, b) = (lerp(l, f, Double(k) / Double(n)), lerp(l, f, Double(k + 1) / Double(n)))
                return [(a...b, 0.44...0.62, k % 2 == 0 ? S.livery : S.accent), (a...b, 0.62...0.80, k % 2 == 0 ? S.accent : S.livery)]
            }
        } else {
            form.bands = [(l - 1...f + 1, 0.46...0.78, S.livery), (l - 1...f + 1, 0.41...0.45, S.accent), (l - 1...f + 1, 0.79...0.81, S.accent)]
        }
        let roof = form.size.z
        var asset = VehicleModel.car(archetype, variant, form, finish) { skin, level, _ in BoxBody.lightBar(&skin, at: Vec3(0.72, 0, roof - 0.01), half: 0.58, level: level, height: 0.14) }
        for y in [0.45, -0.45] { asset.lamps.append(Lamp(.beacon, .isotropic, at: Vec3(0.72, y, roof + 0.08), towards: Vec3(1, 0, 0), intensity: 250, color: LampColor.blue)) }
        return asset
    }
}
