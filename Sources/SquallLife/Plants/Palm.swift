import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `palm`: a bare ringed stem that leans a little and a head of arched fronds, young ones upright, old ones hanging. Four levels: fronds of six
/// pieces; of three; crossed pictures of the palm itself, in pieces and whole.
package struct Palm: ProceduralAsset {
    package init() {}

    package var variants: Int { 4 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let size = archetype.size, frond = Palm.frond
        let green = variant.choice("green", [Vec3f(0.075, 0.105, 0.030), Vec3f(0.060, 0.095, 0.030), Vec3f(0.090, 0.110, 0.035)]) ?? Vec3f(0.07, 0.1, 0.03)
        let greens = Tree.shades(green), bark = Vec3f(0.17, 0.14, 0.105)
        let near = shape(size, variant, pieces: 6).mesh(filling: size), middle = shape(size, variant, pieces: 3).mesh(filling: size)
        let pictures = TreePictures(middle, size: size, spray: frond, bark: bark, greens: greens)
        let levels = [(near, 0.0), (middle, 20 + size.z), (pictures.mesh(size), 75 + 3 * size.z), (pictures.mesh(size, steps: 1), 150 + 6 * size.z)]
        let leaf = { (name: String, color: Vec3f, texture: Int32) -> Material in
            var material = Material(
                name: name, baseColor: color / Float(Foliage.brightness), roughness: 0.6, alpha: .mask(0.5), doubleSided: true, baseColorTexture: texture,
                reflectance905: 0.5, wetting: .smooth)
            material.translucency = 0.25
            return material
        }
        var picture = leaf("fronds far off", Vec3f(repeating: Float(Foliage.brightness) / TreePictures.gain), 1)
        picture.doubleSided = false
        var stem = Material(name: "palm stem", baseColor: bark, roughness: 0.95, reflectance905: 0.35, wetting: .porous)
        stem.detail = .bark
        var asset = Asset(
            archetype, levels: levels.map { Asset.Level(pieces: [Asset.Piece(mesh: $0.0)], distance: $0.1) },
            materials: [stem, leaf("old fronds", greens[0], 0), leaf("fronds", greens[1], 0), leaf("young fronds", greens[2], 0), picture])
        asset.textures = [
            Texture(name: "frond", image: frond.image, srgb: true, repeats: false), Texture(name: "palm pictures", image: pictures.canvas.image, srgb: true, repeats: false),
        ]
        return asset
    }

    private func shape(_ size: Vec3, _ variant: Variant, pieces: Int) -> PlantMesh {
        var random = CounterRandom(seed: 23, sample: UInt32(truncatingIfNeeded: variant.index), path: "palm.\(variant.asset)")
        var mesh = PlantMesh(slots: Tree.Slot.allCases.count)
        let reach = size.x * 0.52, head = size.z * 0.76
        let heading = 2 * .pi * random.uniform(), lean = Vec3(cos(heading), sin(heading), 0) * (0.03 + 0.05 * random.uniform()) * size.z
        // The stem swells at its foot and rises straighter than it began.
        let heights = pieces > 3 ? [0.0, 0.04, 0.15, 0.4, 0.7, 1.0] : [0.0, 0.1, 0.5, 1.0]
        let path = heights.map { lean * ($0 * (2 - $0)) + Vec3(0, 0, head * $0) }
        mesh.stem(path, radii: heights.map { size.z * (0.015 + 0.012 * exp(-$0 / 0.05)) }, segments: pieces > 3 ? 8 : 5, slot: Tree.Slot.bark.rawValue, unit: 0.6)
        let crown = path[path.count - 1] - Vec3(0, 0, 0.1), count = 26
        for k in 0..<count {
            // Old fronds first: each next one sprouts at the golden angle, nearer to the middle and more upright.
            let age = 1 - Double(k) / Double(count - 1)
            let turn = 2.399_963 * Double(k) + 0.25 * random.normal()
            let out = Vec3(cos(turn), sin(turn), 0)
            let rise = 1.35 - 1.55 * age + 0.1 * random.normal(), bend = 1.0 + 0.7 * age + 0.15 * random.normal()
            let slot = age > 0.66 ? Tree.Slot.shaded : age > 0.2 ? .leaf : .sunlit
            frond(&mesh, from: crown, out, rise: rise, bend: bend, length: reach * (0.95 + 0.2 * random.uniform()), pieces: pieces, slot: slot.rawValue)
        }
        return mesh
    }

    /// One frond: a strip folded along its rib, arched by its own weight.
    /// - Parameters:
    ///   - rise: angle above the horizon where it leaves the stem, radians.
    ///   - bend: how far it has turned down at its tip, radians.
    private func frond(_ mesh: inout PlantMesh, from foot: Vec3, _ out: Vec3, rise: Double, bend: Double, length: Double, pieces: Int, slot: Int) {
        let side = cross(Vec3(0, 0, 1), out)
        var point = foot, rows: [[PlantMesh.Corner]] = []
        for i in 0...pieces {
            let t = Double(i) / Double(pieces), angle = rise - bend * t * t
            let along = out * cos(angle) + Vec3(0, 0, sin(angle)), up = cross(along, side)
            if i > 0 {
                let before = rise - bend * pow(t - 0.5 / Double(pieces), 2)
                point += (out * cos(before) + Vec3(0, 0, sin(before))) * (length / Double(pieces))
            }
            // Leaflets hang from the rib like a roof.
            let half = 0.21 * length, fall = 0.35
            rows.append([-1.0, 0, 1].map { across in
                PlantMesh.Corner(
                    position: point + (side * cos(fall) * across - up * sin(fall) * abs(across)) * half, normal: (up + side * (0.4 * across) + out * 0.2).normalized,
                    texture: Vec2(0.5 + 0.5 * across, 1 - t))
            })
        }
        mesh.net(rows, slot: slot)
    }

    /// A feather: leaflets on both sides of a rib, longest at two fifths of its length.
    private static let frond: Canvas = {
        var random = CounterRandom(seed: 5, path: "frond")
        let size = FoliageTexture.size, s = Double(FoliageTexture.size), color = Vec3f(0.72, 0.80, 0.55)
        var canvas = Canvas(width: size, height: size, background: color)
        for k in 0..<46 {
            let t = 0.10 + 0.88 * Double(k) / 45
            let reach = 0.49 * pow(sin(.pi * min(1, 0.12 + 0.86 * t)), 0.7) * (0.88 + 0.2 * random.uniform())
            for way in [-1.0, 1] {
                let foot = Vec2(0.5 * s, (1 - t) * s), tip = foot + Vec2(way * reach, -reach * (0.45 + 0.15 * random.uniform())) * s
                let across = Vec2(tip.y - foot.y, foot.x - tip.x).normalized * (0.0085 * s), middle = foot + (tip - foot) * 0.35
                canvas.fill([foot, middle + across, tip, middle - across], color * Float(0.78 + 0.4 * random.uniform()))
            }
        }
        canvas.stroke([Vec2(0.5 * s, s), Vec2(0.5 * s, 0.02 * s)], width: 0.022 * s, Vec3f(0.95, 0.85, 0.5))
        return canvas
    }()
}
