import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `oak`, `beech`, `birch`, `poplar`, `spruce`, `pine`, `tree` (a lime) and the bare ones: trunk and boughs grown towards the light, covered by
/// sprays of the species' own leaves. Five levels: every spray; every third; whole clusters; crossed pictures
/// of the tree itself, in pieces and whole.
package struct Tree: ProceduralAsset {
    enum Slot: Int, CaseIterable { case bark, shaded, leaf, sunlit, picture }

    let habit: TreeHabit

    init(_ habit: TreeHabit) { self.habit = habit }

    package var variants: Int { 5 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let skeleton = TreeSkeleton(habit, size: archetype.size, variant)
        let foliage = Foliage(skeleton, variant)
        let size = archetype.size
        let near = shape(skeleton, foliage, detail: 0), middle = shape(skeleton, foliage, detail: 1), low = shape(skeleton, foliage, detail: 2)
        let spray = FoliageTexture.spray(habit.foliage), cluster = FoliageTexture.cluster(habit.foliage)
        let green = variant.choice("green", habit.greens) ?? Vec3f(0.08, 0.13, 0.03)
        let middleMesh = middle.mesh(filling: size)
        let pictures = TreePictures(middleMesh, size: size, spray: spray, bark: habit.bark, greens: Self.shades(green))
        let h = size.z
        let levels = [
            (near.mesh(filling: size), 0.0), (middleMesh, 14 + 0.8 * h), (low.mesh(filling: size), 34 + 1.8 * h), (pictures.mesh(size), 75 + 3 * h),
            (pictures.mesh(size, steps: 1), 150 + 6 * h),
        ]
        var asset = Asset(
            archetype, levels: levels.map { Asset.Level(pieces: [Asset.Piece(mesh: $0.0)], distance: $0.1) }, materials: materials(green))
        asset.textures = [
            Texture(name: "\(habit.foliage) spray", image: spray.image, srgb: true, repeats: false),
            Texture(name: "\(habit.foliage) cluster", image: cluster.image, srgb: true, repeats: false),
            Texture(name: "\(archetype.name) pictures", image: pictures.canvas.image, srgb: true, repeats: false),
        ]
        if habit.foliage == .birch || habit.isBirchBark { asset.textures.append(Texture(name: "birch bark", image: BarkTexture.birch.image, srgb: true)) }
        return asset
    }

    /// Slots beyond `Slot`: the cluster picture in the three shades.
    static let clusterSlots = 5

    /// Within the crown other leaves take most of the light; at its top the youngest are palest.
    static func shades(_ green: Vec3f) -> [Vec3f] { [green * 0.62, green, green * 1.22] }

    private func materials(_ green: Vec3f) -> [Material] {
        var bark = Material(name: "bark", baseColor: habit.bark, roughness: 0.95, reflectance905: 0.35, wetting: .porous)
        if habit.foliage == .birch || habit.isBirchBark { bark.baseColorTexture = 3 } else { bark.detail = .bark }
        let isBare = habit.foliage == .twigs
        let leaf = { (name: String, color: Vec3f, texture: Int32) -> Material in
            // Chlorophyll absorbs red light only: leaves are white at 905 nm, wood is not.
            var material = Material(
                name: name, baseColor: color / Float(Foliage.brightness), roughness: 0.95, alpha: .mask(0.5), doubleSided: true, baseColorTexture: texture,
                reflectance905: isBare ? 0.30 : 0.50, wetting: .soft)
            material.translucency = isBare || habit.isEvergreen ? 0 : 0.35
            return material
        }
        let shades = Self.shades(green)
        let names = isBare ? ["twigs", "twigs", "twigs"] : ["shaded leaves", "leaves", "sunlit leaves"]
        var picture = leaf("leaves far off", Vec3f(repeating: Float(Foliage.brightness) / TreePictures.gain), 2)
        picture.doubleSided = false
        return [bark] + (0..<3).map { leaf(names[$0], shades[$0], 0) } + [picture] + (0..<3).map { leaf(names[$0], shades[$0], 1) }
    }

    private func shape(_ skeleton: TreeSkeleton, _ foliage: Foliage, detail: Int) -> PlantMesh {
        var mesh = PlantMesh(slots: Slot.allCases.count + 3)
        let thinnest = [habit.foliage == .twigs ? 0.0 : 0.0085, 0.012 + 0.09 * habit.trunk, 0.30 * habit.trunk][detail]
        for stem in skeleton.stems(from: thinnest, every: [1, 2, 3][detail]) { draw(stem, &mesh, detail) }
        foliage.draw(&mesh, detail: detail)
        return mesh
    }

    private func draw(_ stem: TreeSkeleton.Stem, _ mesh: inout PlantMesh, _ detail: Int) {
        guard let thickest = stem.radii.max() else { return }
        let segments = detail == 2 ? (stem.isTrunk ? 5 : 3) : detail == 1 ? (stem.isTrunk ? 7 : thickest > 0.08 ? 4 : 3) : thickest > 0.12 ? 10 : thickest > 0.05 ? 6 : thickest > 0.02 ? 4 : 3
        var (path, radii, lobes) = (stem.path, stem.radii, [Double]())
        if stem.isTrunk, path.count > 1 {
            // The foot spreads into roots over the lowest half metre.
            let first = path[1]
            let heights = detail == 0 ? [0.0, 0.06, 0.14, 0.26] : [0.0, 0.2]
            let flare = { (z: Double) in 1 + 0.75 * exp(-z / 0.16) }
            path = heights.map { first * ($0 * 1.0 / max(0.3, first.z)) } + path.dropFirst()
            radii = heights.map { radii[0] * flare($0) } + radii.dropFirst()
            lobes = path.map { 0.28 * exp(-$0.z / 0.35) + (detail == 0 ? 0.03 : 0) }
        }
        mesh.stem(path, radii: radii, segments: segments, slot: Slot.bark.rawValue, lobes: lobes, unit: 1.2)
    }
}

extension TreeHabit {
    var isEvergreen: Bool { foliage == .spruce || foliage == .pine }
    /// White bark peels in rings, whatever the season.
    var isBirchBark: Bool { bark.x > 0.5 }
}

/// Bark that no roughening of one colour gives.
enum BarkTexture {
    /// White with dark rings and diamonds, black and rough at the foot of the picture's tile only now and then.
    static let birch: Canvas = {
        var random = CounterRandom(seed: 5, path: "birch bark")
        var canvas = Canvas(width: 128, height: 128, background: Vec3f(repeating: 0.92), coverage: 1)
        for _ in 0..<90 {
            let at = Vec2(128 * random.uniform(), 128 * random.uniform()), length = 2 + 10 * random.uniform() * random.uniform() * 2
            let shade = Float(0.18 + 0.55 * random.uniform())
            canvas.fill(Contour.ellipse(at, Vec2(length, 0.5 + 0.7 * random.uniform()), corners: 10), Vec3f(shade, shade * 0.95, shade * 0.9))
        }
        for _ in 0..<7 {
            let at = Vec2(128 * random.uniform(), 128 * random.uniform()), w = 4 + 9 * random.uniform()
            canvas.fill(Contour.smooth([at + Vec2(-w, 0), at + Vec2(0, -w * 0.45), at + Vec2(w, 0), at + Vec2(0, w * 0.7)]), Vec3f(0.10, 0.09, 0.085))
        }
        return canvas
    }()
}
