import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `deer`, `boar`, `dog`, `cat`, `cow`, `horse`: muscles over a four-footed skeleton, with a head, ears and tail of its kind. Sex, build and the pattern of the
/// coat come from the variant, its shade from the path of the actor.
package struct Animal: ProceduralAsset {
    private let breed: Breed

    init(_ breed: Breed) { self.breed = breed }

    package var variants: Int { 4 }

    private enum Slot: Int { case coat, dark, eye, horn, mane, pale }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var breed = breed
        let build = variant.uniform("build", 0.94...1.06)
        (breed.chest, breed.hips, breed.thigh) = (breed.chest * build, breed.hips * build, breed.thigh * build)
        for k in breed.ribs.indices {
            breed.ribs[k].half *= build
            breed.ribs[k].bottom += (1 - build) * 0.25
        }
        // Stags and bulls every other time; a hind holds her head up, which fills the same box.
        let adorned = variant.index % 2 == 0
        if breed.head == .deer, !adorned { breed.poll += Vec2(-0.07, 0.13) }
        let coat = AnimalCoat(breed, variant.index), skeleton = breed.skeleton, finished = breed
        var sculpture = Sculpture(
            layers: layers(breed, adorned: adorned, pricked: variant.index == 1), skeleton: skeleton, rest: skeleton.posed(root: .zero, turns: []), flesh: breed.flesh, sided: Array(6...21),
            crotch: 0.62)
        sculpture.coordinates = { coat.coordinates($0, finished) }
        let (center, size) = (Vec3(archetype.size.x / 2 - archetype.originFromRear, 0, archetype.size.z / 2), archetype.size)
        let shapes = sculpture.levels(near: 12, scale: size.x / (breed.length + 0.8))
        // The finest shape fills the box; the others lie where it does, though they lose the tips of ears and tails.
        let finest = shapes[0].mesh.bounds, scale = size / Vec3(finest.size), shift = center - Vec3(finest.center) * scale
        let levels = shapes.map { Asset.Level(pieces: [Asset.Piece(mesh: $0.mesh.scaled(by: scale, then: shift))], distance: $0.distance) }
        let tints = [Vec3f(repeating: 1), Vec3f(0.90, 0.87, 0.83), Vec3f(0.97, 0.92, 0.86), Vec3f(0.82, 0.82, 0.82)]
        var asset = Asset(
            archetype, levels: levels, materials: materials(coat), paintSlot: Slot.coat.rawValue, palettes: [Asset.Palette(slot: Slot.coat.rawValue, colors: tints)])
        asset.textures = [Texture(name: "\(archetype.name) coat", image: coat.image, srgb: true, repeats: false)]
        let fitted = skeleton.scaled(by: scale, then: shift)
        asset.figure = Figure(
            skeleton: fitted, gait: .quadruped(QuadrupedGait(height: fitted.bones[6].joint.z)),
            keypoints: breed.keypoints.map { Figure.Keypoint($0.name, bone: $0.bone, point: $0.point * scale + shift, flesh: $0.flesh * scale.z) },
            soles: (QuadrupedGait.hind + QuadrupedGait.fore).map { ($0[3], fitted.bones[$0[3]].tip) })
        return asset
    }

    private func materials(_ coat: AnimalCoat) -> [Material] {
        func fur(_ name: String, _ color: Vec3f) -> Material {
            var material = Material(name: name, baseColor: color, roughness: 0.72, reflectance905: 0.45, wetting: .soft)
            material.fuzz = 0.02
            material.f0 = 0.018
            return material
        }
        var hair = fur("coat", Vec3f(repeating: 1))
        hair.baseColorTexture = 0
        return [
            hair, Material(name: "hoof and nose", baseColor: Vec3f(0.028, 0.024, 0.021), roughness: 0.42, reflectance905: 0.1),
            Material(name: "eye", baseColor: Vec3f(0.010, 0.006, 0.004), roughness: 0.08, retroreflection: 12),
            Material(name: "horn", baseColor: breed.head == .deer ? Vec3f(0.13, 0.085, 0.05) : Vec3f(0.36, 0.31, 0.23), roughness: 0.5, reflectance905: 0.4),
            fur("mane", coat.mane), Material(name: "tusk", baseColor: Vec3f(0.62, 0.57, 0.46), roughness: 0.4, reflectance905: 0.5),
        ]
    }

    // MARK: Shape

    /// Trunk, head and legs are one field cut by hidden planes, so that each part gets a grid as fine as it needs; they overlap a little.
    private func layers(_ b: Breed, adorned: Bool, pricked: Bool) -> [SculptLayer] {
        let body = b.headMasses(pricked: pricked) + b.trunk + Breed.sides.flatMap(b.legs)
        let knee = max(0.20, (b.ribs.map(\.bottom).min() ?? 0.5) - (b.head == .cow ? 0.055 : 0.035)), lap = 0.03
        let axis = (b.neckTip - b.neckBase).normalized, collar = lerp(b.neckBase, b.neckTip, b.head == .boar ? 0.45 : 0.66)
        let wide = (b.ribs.map(\.half).max() ?? 0.2) + 0.06, ears = b.skull * 0.75
        let all = Array(0...21)
        // Each part curls in before its own edge, where the other still stands on the surface.
        let behind = Blob.keep(collar + axis * lap, -axis, blend: lap), before = Blob.keep(collar - axis * lap, axis, blend: lap)
        var trunk = layer(
            body + [behind, .keep(Vec3(0, 0, knee - lap), Vec3(0, 0, 1), blend: lap)], .coat, lower: Vec3(b.hipX - 0.30, -wide, knee - 0.06),
            upper: Vec3(max(b.neckTip.x, b.foreX + 0.30), wide, max(1.12, b.neckTip.z)), cell: 0.0325, bones: all, softness: 0.15)
        trunk.field.goesOn = true
        trunk.largestCell = 0.100
        let heads = [b.neckTip, b.noseTip, collar, b.onHead(0.5, -0.5, 0)]
        var head = layer(
            body + [before], .coat, lower: heads.reduce(b.neckTip, pointwiseMin) - Vec3(0.10, ears, 0.16), upper: heads.reduce(b.neckTip, pointwiseMax) + Vec3(0.12, ears, b.skull * 0.7),
            cell: b.skull * 0.053, bones: all, softness: 0.15)
        head.field.goesOn = true
        head.largestCell = b.skull * 0.17
        var layers = [trunk, head]
        for (k, leg) in (Breed.sides.map(b.hindLeg) + Breed.sides.map(b.foreLeg)).enumerated() {
            let xs = leg.dropFirst().map(\.x), y = leg[2].y
            // Each leg knows only itself: its neighbour is never near.
            let side = y > 0 ? 1.0 : -1.0
            let blobs = b.trunk + b.legs(side)
            var shin = layer(
                blobs + [.keep(Vec3(0, 0, knee + lap), Vec3(0, 0, -1), blend: lap), .keep(Vec3(0, 0, b.paws ? 0.001 : 0.020), Vec3(0, 0, 1), blend: 0.004)], .coat,
                lower: Vec3((xs.min() ?? 0) - 0.11, y - 0.10, -0.01), upper: Vec3((xs.max() ?? 0) + 0.10, y + 0.10, knee + 0.04), cell: 0.0175, bones: all, softness: 0.15)
            shin.field.goesOn = true
            shin.largestCell = max(0.040, b.cannon * 1.2)
            layers.append(shin)
            if b.hasHooves {
                var hoof = layer(
                    b.hoof(leg), .dark, lower: Vec3(leg[4].x - 0.10, y - 0.09, -0.01), upper: Vec3(leg[4].x + 0.11, y + 0.09, 0.10), cell: 0.0135, bones: [8 + 4 * k, 9 + 4 * k],
                    coarsest: 1)
                hoof.largestCell = 0.028
                layers.append(hoof)
            }
        }
        layers += tail(b) + face(b)
        switch b.head {
        case .horse: layers += mane(b, combedLeft: pricked)
        case .deer where adorned: layers += antlers(b)
        case .cow where adorned: layers += horns(b)
        case .boar where adorned: layers += tusks(b)
        default: break
        }
        return layers
    }

    private func layer(_ blobs: [Blob], _ slot: Slot, lower: Vec3, upper: Vec3, cell: Double, bones: [Int], softness: Double = 0.05, coarsest: Int = 2) -> SculptLayer {
        var layer = SculptLayer(blobs, lower: pointwiseMin(lower, upper), upper: pointwiseMax(lower, upper), cell: cell, slot: slot.rawValue, bones: bones, softness: softness)
        layer.coarsest = coarsest
        layer.largestCell = max(cell, 0.05)
        return layer
    }

    /// Around a path and the thickness along it.
    private func strand(_ path: [Vec3], _ radii: [Double], blend: Double = 0.002) -> [Blob] {
        zip(zip(path, path.dropFirst()), zip(radii, radii.dropFirst())).enumerated().map { k, item in
            .cone(item.0.0, item.0.1, item.1.0, item.1.1, blend: k == 0 ? 0 : blend)
        }
    }

    private func around(_ points: [Vec3], by margin: Double) -> (lower: Vec3, upper: Vec3) {
        let first = points.first ?? .zero
        return (points.reduce(first, pointwiseMin) - Vec3(repeating: margin), points.reduce(first, pointwiseMax) + Vec3(repeating: margin))
    }

    private func tail(_ b: Breed) -> [SculptLayer] {
        let r = b.tailRadius, path = [b.tailRoot + Vec3(0.04, 0, -0.005)] + b.tailPath
        let shares: [Double] =
            switch b.head {
            case .horse: [0.7, 0.8, 1.0, 1.2, 1.35, 1.35, 1.15, 0.35]
            case .cow: [1.4, 1.4, 1.0, 0.85, 0.8, 1.2, 2.0, 0.6]
            case .dog: [1.0, 1.0, 1.15, 1.3, 1.35, 1.2, 0.9, 0.35]
            case .boar: [1.2, 1.0, 0.8, 0.6, 0.5, 0.7, 0.9, 0.4]
            case .deer: [1.0, 1.0, 1.05, 1.0, 0.95, 0.8, 0.6, 0.3]
            case .cat: [0.95, 0.95, 0.95, 0.92, 0.90, 0.88, 0.80, 0.55]
            }
        var blobs = strand(path, shares.map { $0 * r })
        if b.head == .horse {
            // Locks beside the dock.
            for k in 0..<5 {
                let a = 2 * Double.pi * Double(k) / 5, out = Vec3(0.7 * cos(a), sin(a), 0) * r
                blobs += path.indices.dropFirst(2).dropLast().map { i in
                    .cone(path[i] + out * shares[i] * 0.75, path[i + 1] + out * shares[i + 1] * 0.75 - Vec3(0, 0, i == path.count - 2 ? 0.02 * Double(k % 3) : 0), r * 0.50,
                        r * (i == path.count - 2 ? 0.18 : 0.50), blend: 0.006)
                }
            }
        }
        let (lower, upper) = around(path, by: r * 2.2 + 0.03)
        var layer = layer(blobs, b.head == .horse ? .mane : .coat, lower: lower, upper: upper, cell: max(0.011, min(r * 0.45, 0.020)), bones: [QuadrupedGait.pelvis, QuadrupedGait.tail],
            softness: 0.08)
        layer.largestCell = r * 1.1
        return [layer]
    }

    /// Eyes, and a nose that stands out.
    private func face(_ b: Breed) -> [SculptLayer] {
        let (eye, radius) = (b.eye.at, b.eye.radius * b.skull)
        var layers = Breed.sides.map { side -> SculptLayer in
            let at = b.onHead(eye.x, eye.z, side * eye.y)
            return layer(
                [.ellipsoid(at, Vec3(repeating: radius), blend: 0)], .eye, lower: at - Vec3(repeating: radius * 1.5), upper: at + Vec3(repeating: radius * 1.5), cell: radius * 0.42,
                bones: [QuadrupedGait.head], coarsest: 1)
        }
        if let nose = b.nose {
            let at = b.onHead(nose.at.x, nose.at.z, nose.at.y), radii = nose.radii * b.skull
            layers.append(
                layer([.ellipsoid(at, radii, pitch: b.pitch, blend: 0)], .dark, lower: at - Vec3(repeating: radii.y * 1.5), upper: at + Vec3(repeating: radii.y * 1.5), cell: radii.min() * 0.4,
                    bones: [QuadrupedGait.head], coarsest: 1))
        }
        return layers
    }

    /// Locks that fall to one side of the neck, and a forelock.
    private func mane(_ b: Breed, combedLeft: Bool) -> [SculptLayer] {
        let axis = (b.neckTip - b.neckBase).normalized, up = Vec3(-axis.z, 0, axis.x)
        // Falls right or left, as it was combed.
        let count = 19, fall = combedLeft ? 1.0 : -1.0
        var (hair, points): ([Blob], [Vec3]) = ([], [])
        let low = Vec3(b.foreX - 0.09, 0, 0.99), high = b.onHead(0.0, 0.14, 0)
        for k in 0..<count {
            let t = Double(k) / Double(count - 1), wave = k % 3 == 0 ? 0.75 : k % 3 == 1 ? 1.0 : 0.88
            let r = lerp(b.neckRoot, b.neckEnd, t)
            let crest = lerp(low, high, t) + up * (0.010 + 0.03 * sin(.pi * t))
            let side = crest + Vec3(0.01, fall * r * 0.92, -r * 0.60), end = side + Vec3(0.012, fall * r * 0.20, -lerp(0.15, 0.11, t) * wave)
            hair += [.cone(crest, side, 0.026, 0.026, blend: k == 0 ? 0 : 0.022), .cone(side, end, 0.026, 0.011, blend: 0.016)]
            points += [crest, side, end]
        }
        let fore = [b.onHead(-0.02, 0.15, 0), b.onHead(0.10, 0.16, 0.01), b.onHead(0.30, 0.105, 0.03)]
        hair += strand(fore, [0.026, 0.024, 0.008])
        let (lower, upper) = around(points + fore, by: 0.05)
        return [layer(hair, .mane, lower: lower, upper: upper, cell: 0.017, bones: [QuadrupedGait.chest, QuadrupedGait.neck, QuadrupedGait.head], softness: 0.08)]
    }

    private func antlers(_ b: Breed) -> [SculptLayer] {
        Breed.sides.map { side in
            let root = b.onHead(0.02, 0.10, side * 0.10)
            let beam = [
                root, root + Vec3(-0.05, side * 0.045, 0.06), root + Vec3(-0.13, side * 0.13, 0.15), root + Vec3(-0.15, side * 0.19, 0.26), root + Vec3(-0.10, side * 0.195, 0.36),
                root + Vec3(-0.04, side * 0.175, 0.42),
            ]
            let tines = [
                [root + Vec3(-0.012, side * 0.01, 0.025), root + Vec3(0.07, side * 0.035, 0.05), root + Vec3(0.12, side * 0.045, 0.12)],
                    [lerp(beam[1], beam[2], 0.6), beam[2] + Vec3(0.08, side * 0.03, 0.0), beam[2] + Vec3(0.13, side * 0.04, 0.07)],
                [beam[4], beam[4] + Vec3(-0.06, side * 0.03, 0.06), beam[4] + Vec3(-0.07, side * 0.035, 0.10)],
                    [lerp(beam[3], beam[4], 0.3), beam[3] + Vec3(0.10, side * 0.01, 0.09), beam[3] + Vec3(0.13, side * 0.0, 0.14)],
            ]
            var blobs = strand(beam, [0.020, 0.017, 0.015, 0.014, 0.011, 0.006], blend: 0.008) + [.ellipsoid(root, Vec3(0.026, 0.026, 0.014), blend: 0.006)]
            for tine in tines { blobs += strand(tine, [0.013, 0.010, 0.005], blend: 0.008).map { Blob(form: $0.form, blend: 0.008) } }
            let (lower, upper) = around(beam + tines.joined(), by: 0.03)
            var layer = layer(blobs, .horn, lower: lower, upper: upper, cell: 0.0125, bones: [QuadrupedGait.head])
            layer.largestCell = 0.030
            return layer
        }
    }

    private func horns(_ b: Breed) -> [SculptLayer] {
        Breed.sides.map { side in
            let path = [b.onHead(0.02, 0.07, side * 0.12), b.onHead(-0.04, 0.16, side * 0.27), b.onHead(0.03, 0.27, side * 0.37), b.onHead(0.16, 0.33, side * 0.37)]
            let (lower, upper) = around(path, by: 0.04)
            return layer(strand(path, [0.024, 0.021, 0.015, 0.005]), .horn, lower: lower, upper: upper, cell: 0.012, bones: [QuadrupedGait.head])
        }
    }

    private func tusks(_ b: Breed) -> [SculptLayer] {
        Breed.sides.map { side in
            let path = [b.onHead(0.74, -0.20, side * 0.10), b.onHead(0.78, -0.14, side * 0.145), b.onHead(0.77, -0.04, side * 0.165)]
            let (lower, upper) = around(path, by: 0.03)
            return layer(strand(path, [0.014, 0.012, 0.005]), .pale, lower: lower, upper: upper, cell: 0.008, bones: [QuadrupedGait.head], coarsest: 1)
        }
    }
}
