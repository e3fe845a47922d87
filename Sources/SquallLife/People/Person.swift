import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `adult`, `child`, `elder`: a person with bones, skin and gait. Build, face, hair and clothes are drawn by the variant, colours by the path of the actor.
/// The labelled box holds the standing body; a long stride reaches beyond it. `cyclist` and `motorcyclist` are adults dressed for the seats of two-wheelers.
package struct Person: ProceduralAsset {
    package enum Age: Sendable { case adult, child, elder }
    package enum Helmet: Sendable { case open, full }
    private let age: Age
    /// Of those who ride.
    private let helmet: Helmet?
    private let holding: HandHeld?
    package let standIn: String?

    package init(_ age: Age, helmet: Helmet? = nil) { (self.age, self.helmet, holding, standIn) = (age, helmet, nil, helmet == nil ? nil : "adult") }
    /// - Parameter archetype: of the same person with free hands.
    package init(_ age: Age, holding: HandHeld, archetype: String) { (self.age, helmet, self.holding, standIn) = (age, nil, holding, archetype) }

    package var variants: Int { age == .adult ? 16 : 8 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let female: Double = variant.choice("sex", [0.0, 1.0]) ?? 0
        let child = age == .child
        let girths: ClosedRange<Double> = age == .elder ? 1.0...1.18 : child ? 0.86...1.02 : 0.93...1.13
        let frame = PersonFrame(female: child ? 0.3 * female : female, girth: variant.uniform("girth", girths), headSize: child ? 1.26 : 1, legs: child ? 0.91 : 1)
        let sculpture = Sculpture(
            layers: layers(frame, variant, female: female > 0.5), skeleton: frame.skeleton, rest: frame.rest, flesh: frame.flesh, sided: PersonFrame.sided, crotch: frame.hipHeight - 0.06,
            held: holding.map { thing in .init(bone: PersonFrame.load, at: frame.grip) { thing.mesh(level: $0) } })
        let (center, size) = (Vec3(archetype.size.x / 2 - archetype.originFromRear, 0, archetype.size.z / 2), archetype.size)
        let shapes = sculpture.levels(near: 10, scale: size.z / PersonFrame.height)
        let levels = shapes.map { shape -> Asset.Level in
            let fit = Self.fit(shape.mesh, center, size)
            return Asset.Level(pieces: [Asset.Piece(mesh: shape.mesh.scaled(by: fit.scale, then: fit.shift))], distance: shape.distance)
        }
        let fit = Self.fit(shapes[0].mesh, center, size)
        var asset = Asset(archetype, levels: levels, materials: materials(variant), paintSlot: PersonFrame.Slot.top.rawValue, palettes: palettes(variant))
        asset.figure = figure(frame, sculpture, fit)
        return asset
    }

    /// What makes the body fill its box; a rucksack stands out of it, as mirrors do of a car's.
    private static func fit(_ mesh: Mesh, _ center: Vec3, _ size: Vec3) -> (scale: Vec3, shift: Vec3) {
        let used = mesh.parts.filter { !PersonFrame.carried.contains($0.slot) }.flatMap { 3 * $0.firstTriangle..<3 * ($0.firstTriangle + $0.triangleCount) }
        let box = BoundingBox(containing: used.map { mesh.positions[Int(mesh.indices[$0])] })
        let scale = size / Vec3(box.size)
        return (scale, center - Vec3(box.center) * scale)
    }

    private func figure(_ frame: PersonFrame, _ sculpture: Sculpture, _ fit: (scale: Vec3, shift: Vec3)) -> Figure {
        let place = { (p: Vec3) in p * fit.scale + fit.shift }
        let skeleton = sculpture.restSkeleton.scaled(by: fit.scale, then: fit.shift)
        let (heel, ball) = (place(Vec3(-0.075, 0.118, 0)), place(Vec3(0.105, 0.130, 0)))
        let mirrored = { (p: Vec3) in Vec3(p.x, -p.y, p.z) }
        // Toes reach beyond the ball: on a lip they stand on it first.
        let toe = place(Vec3(0.175, 0.132, 0))
        return Figure(
            skeleton: skeleton,
            gait: .biped(BipedGait(heel: heel, ball: ball, leg: skeleton.bones[PersonFrame.legBones[0][0]].joint.z, stoop: age == .elder ? 0.16 : 0, grip: holding?.grip)),
            keypoints: frame.keypoints.map { Figure.Keypoint($0.name, bone: $0.bone, point: place(sculpture.rest[$0.bone] * $0.point), flesh: $0.flesh) },
            soles: [(7, heel), (8, ball), (11, mirrored(heel)), (12, mirrored(ball)), (8, toe), (12, mirrored(toe))])
    }

    private func layers(_ frame: PersonFrame, _ variant: Variant, female: Bool) -> [SculptLayer] {
        var layers = [frame.headLayer] + frame.faceLayers + [0, 1].map { frame.handLayer($0) } + [0, 1].flatMap { frame.shoeLayers($0) }
        let coat = helmet == nil && variant.uniform("coat", -1...1) > 0.55, short = !coat && helmet != .full && variant.uniform("sleeves", -1...1) > 0.5
        let thick = coat ? 0.016 : short ? 0.006 : variant.uniform("thick", 0.006...0.016)
        let skirt = female && helmet == nil && !coat && variant.uniform("skirt", -1...1) > 0.45
        // Over a skirt a top ends at the waist.
        layers.append(frame.topLayer(hem: coat ? 0.62 : skirt ? 0.905 : variant.uniform("hem", 0.82...0.87), thick: thick, flare: coat ? 0.03 : 0, shortSleeves: short))
        if short { layers += [0, 1].map { frame.forearmLayer($0) } + [frame.collarLayer(thick: thick)] }
        if skirt {
            layers += [frame.skirtLayer(hem: variant.uniform("skirt length", 0.38...0.56))] + [0, 1].map { frame.shinLayer($0) }
        } else if age == .child && variant.uniform("shorts", -1...1) > 0.5 {
            layers += [frame.trouserLayer(wide: 0.012, shorts: true)] + [0, 1].map { frame.shinLayer($0) }
        } else {
            layers.append(frame.trouserLayer(wide: variant.uniform("cut", 0.0...0.016)))
        }
        let head = variant.choice("head", ["hair", "hair", "hair", "cap", "hood", "hair"]) ?? "hair"
        switch head {
        case _ where helmet == .full: layers += frame.fullHelmetLayers()
        case _ where helmet == .open: layers += [frame.hairLayer(length: female ? 0.5 : 0), frame.openHelmetLayer()]
        case "cap": layers += [frame.hairLayer(length: female ? 0.5 : 0), frame.capLayer()]
        case "hood" where !short: layers += [frame.hairLayer(length: 0), frame.hoodLayer(thick: thick)]
        default:
            if female || age == .child || variant.uniform("bald", -1...1) < 0.75 {
                layers.append(frame.hairLayer(length: female ? variant.uniform("hair length", 0.35...1) : 0, parting: variant.choice("parting", [1.0, -1, 0]) ?? 0))
            }
        }
        if age == .adult && variant.uniform("vest", -1...1) > 0.72 {
            layers += frame.vestLayers(thick: thick)
        } else if helmet == nil, variant.uniform("backpack", -1...1) > (age == .child ? 0.2 : 0.55) {
            layers.append(frame.backpackLayer(thick: thick))
        }
        return layers
    }

    // MARK: Surfaces

    private func materials(_ variant: Variant) -> [Material] {
        func cloth(_ name: String, _ color: Vec3f, roughness: Float = 0.85, fuzz: Float = 0.25) -> Material {
            var material = Material(name: name, baseColor: color, roughness: roughness, reflectance905: 0.55, wetting: .soft)
            material.fuzz = fuzz
            return material
        }
        return [
            cloth("jacket", Self.tops[0]), cloth("trousers", Self.bottoms[0]), Material(name: "skin", baseColor: Self.skins[0], roughness: 0.5, reflectance905: 0.6, wetting: .soft),
            Material(name: "hair", baseColor: hairs[0], roughness: 0.55, reflectance905: 0.3, wetting: .soft), Material(name: "shoe", baseColor: Self.shoes[0], roughness: 0.6, reflectance905: 0.25),
            Material(name: "sole", baseColor: Vec3f(repeating: 0.10), roughness: 0.9), Material(name: "eye", baseColor: Vec3f(0.46, 0.44, 0.42), roughness: 0.15),
            Material(name: "iris", baseColor: Vec3f(0.03, 0.018, 0.010), roughness: 0.1),
            Material(name: "lip", baseColor: Vec3f(0.27, 0.12, 0.097), roughness: 0.45, reflectance905: 0.6, wetting: .soft),
            helmet == nil ? cloth("bag", Self.bags[0]) : Surfaces.paint("helmet", Self.helmets[0], roughness: 0.5), cloth("vest", Vec3f(0.55, 0.80, 0.03), roughness: 0.7, fuzz: 0.1),
            Material(name: "reflecting band", baseColor: Vec3f(0.42, 0.43, 0.44), roughness: 0.5, reflectance905: 0.7, retroreflection: 250)
                // EN ISO 20471, table 5: new material at 12' and 5 degrees.
                .retroreflecting(330),
            canopy, Material(name: "shaft", baseColor: Vec3f(0.10, 0.10, 0.105), metallic: 0.7, roughness: 0.35, reflectance905: 0.3),
        ]
    }

    /// Taut cloth that lets some light through.
    private var canopy: Material {
        var material = Material(name: "canopy", baseColor: Self.umbrellas[0], roughness: 0.55, doubleSided: true, reflectance905: 0.45, wetting: .smooth)
        material.translucency = 0.25
        return material
    }

    private func palettes(_ variant: Variant) -> [Asset.Palette] {
        typealias Slot = PersonFrame.Slot
        return [
            Asset.Palette(slot: Slot.top.rawValue, colors: helmet == .full ? Self.leathers : Self.tops),
            Asset.Palette(slot: Slot.trousers.rawValue, colors: Self.bottoms), Asset.Palette(slot: Slot.skin.rawValue, colors: Self.skins),
            Asset.Palette(slot: Slot.hair.rawValue, colors: hairs), Asset.Palette(slot: Slot.shoe.rawValue, colors: Self.shoes),
            Asset.Palette(slot: Slot.accessory.rawValue, colors: helmet == nil ? Self.bags : Self.helmets), Asset.Palette(slot: Slot.canopy.rawValue, colors: Self.umbrellas),
        ]
    }

    private static let tops: [Vec3f] = [
        Vec3f(0.03, 0.035, 0.05), Vec3f(0.02, 0.02, 0.022), Vec3f(0.16, 0.16, 0.165), Vec3f(0.30, 0.03, 0.03), Vec3f(0.05, 0.12, 0.25), Vec3f(0.07, 0.10, 0.05), Vec3f(0.55, 0.53, 0.48),
        Vec3f(0.35, 0.24, 0.12), Vec3f(0.45, 0.30, 0.02), Vec3f(0.12, 0.03, 0.06),
    ]
    private static let bottoms: [Vec3f] = [
        Vec3f(0.035, 0.05, 0.10), Vec3f(0.06, 0.085, 0.15), Vec3f(0.018, 0.018, 0.02), Vec3f(0.12, 0.115, 0.11), Vec3f(0.25, 0.20, 0.13), Vec3f(0.05, 0.055, 0.035),
    ]
    private static let skins: [Vec3f] = [
        Vec3f(0.48, 0.30, 0.21), Vec3f(0.55, 0.37, 0.28), Vec3f(0.34, 0.19, 0.11), Vec3f(0.16, 0.08, 0.045), Vec3f(0.075, 0.038, 0.022), Vec3f(0.42, 0.26, 0.16),
    ]
    private var hairs: [Vec3f] {
        age == .elder
            ? [Vec3f(0.42, 0.41, 0.40), Vec3f(0.30, 0.29, 0.28), Vec3f(0.55, 0.54, 0.52)]
            : [Vec3f(0.02, 0.014, 0.01), Vec3f(0.01, 0.009, 0.009), Vec3f(0.06, 0.035, 0.018), Vec3f(0.22, 0.14, 0.06), Vec3f(0.12, 0.045, 0.02)]
    }
    private static let shoes: [Vec3f] = [Vec3f(0.03, 0.028, 0.026), Vec3f(0.015, 0.015, 0.016), Vec3f(0.10, 0.055, 0.025), Vec3f(0.50, 0.50, 0.49), Vec3f(0.06, 0.07, 0.12)]
    private static let helmets: [Vec3f] = [
        Vec3f(0.62, 0.62, 0.61), Vec3f(0.012, 0.012, 0.013), Vec3f(0.40, 0.015, 0.015), Vec3f(0.02, 0.10, 0.32), Vec3f(0.55, 0.52, 0.02), Vec3f(0.10, 0.10, 0.105),
    ]
    private static let leathers: [Vec3f] = [
        Vec3f(0.016, 0.016, 0.017), Vec3f(0.016, 0.016, 0.017), Vec3f(0.05, 0.05, 0.053), Vec3f(0.03, 0.035, 0.06), Vec3f(0.28, 0.02, 0.02), Vec3f(0.07, 0.035, 0.018),
    ]
    private static let umbrellas: [Vec3f] = [
        Vec3f(0.012, 0.012, 0.014), Vec3f(0.012, 0.012, 0.014), Vec3f(0.02, 0.03, 0.08), Vec3f(0.32, 0.02, 0.025), Vec3f(0.04, 0.12, 0.06), Vec3f(0.50, 0.36, 0.03),
        Vec3f(0.48, 0.48, 0.47), Vec3f(0.10, 0.03, 0.10),
    ]
    private static let bags: [Vec3f] = [Vec3f(0.02, 0.02, 0.024), Vec3f(0.05, 0.06, 0.09), Vec3f(0.20, 0.03, 0.03), Vec3f(0.06, 0.10, 0.05), Vec3f(0.16, 0.10, 0.05)]
}
