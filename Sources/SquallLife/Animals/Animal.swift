import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `deer`, `boar`, `dog`, `cat`, `cow`, `horse`: one body over a four-footed skeleton, with a head, ears and tail of its kind; coats are chosen by the path of
/// the actor, sex and build by the variant.
package struct Animal: ProceduralAsset {
    private let breed: Breed

    init(_ breed: Breed) { self.breed = breed }

    package var variants: Int { 4 }

    private enum Slot: Int { case coat, dark, eye, horn, mane, pale }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var breed = breed
        let build = variant.uniform("build", 0.93...1.07)
        (breed.chest, breed.width, breed.belly) = (breed.chest * build, breed.width * build, breed.belly * build)
        let adorned = variant.uniform("antlers", -1...1) > -0.2
        let skeleton = breed.skeleton
        let sculpture = Sculpture(
            layers: layers(breed, adorned: adorned), skeleton: skeleton, rest: skeleton.posed(root: .zero, turns: []), flesh: breed.flesh, sided: Array(6...21), crotch: 0.62)
        let meshes = Sculpture.coarsening.indices.map { sculpture.mesh(level: $0) }
        let (center, size) = (Vec3(archetype.size.x / 2 - archetype.originFromRear, 0, archetype.size.z / 2), archetype.size)
        let fits = meshes.map { mesh -> (scale: Vec3, shift: Vec3) in
            let scale = size / Vec3(mesh.bounds.size)
            return (scale, center - Vec3(mesh.bounds.center) * scale)
        }
        let levels = zip(zip(meshes, fits), [0.0, 12, 32]).map { item, distance in
            Asset.Level(pieces: [Asset.Piece(mesh: item.0.scaled(by: item.1.scale, then: item.1.shift))], distance: distance)
        }
        var asset = Asset(
            archetype, levels: levels, materials: materials, paintSlot: Slot.coat.rawValue, palettes: [Asset.Palette(slot: Slot.coat.rawValue, colors: breed.coats)])
        let fitted = skeleton.scaled(by: fits[0].scale, then: fits[0].shift)
        asset.figure = Figure(
            skeleton: fitted, gait: .quadruped(QuadrupedGait(height: fitted.bones[6].joint.z)), soles: (QuadrupedGait.hind + QuadrupedGait.fore).map { ($0[3], fitted.bones[$0[3]].tip) })
        return asset
    }

    private var materials: [Material] {
        func fur(_ name: String, _ color: Vec3f) -> Material {
            var material = Material(name: name, baseColor: color, roughness: 0.8, reflectance905: 0.45, wetting: .soft)
            material.fuzz = 0.5
            return material
        }
        let mane: Vec3f = breed.head == .horse ? Vec3f(0.02, 0.016, 0.013) : Vec3f(0.05, 0.04, 0.03)
        return [
            fur("coat", breed.coats.first ?? Vec3f(repeating: 0.2)), Material(name: "hoof and nose", baseColor: Vec3f(0.02, 0.018, 0.017), roughness: 0.5, reflectance905: 0.1),
            Material(name: "eye", baseColor: Vec3f(0.008, 0.006, 0.005), roughness: 0.08, retroreflection: 12),
            Material(name: "horn", baseColor: Vec3f(0.22, 0.17, 0.11), roughness: 0.6, reflectance905: 0.4),
            fur("mane", mane), fur("pale", Vec3f(0.55, 0.50, 0.43)),
        ]
    }

    // MARK: Shape

    private func layers(_ b: Breed, adorned: Bool) -> [SculptLayer] {
        var body = trunk(b) + head(b)
        for side in Breed.sides { body += legs(b, side) + ears(b, side) }
        if b.head != .horse { body.append(.cone(b.tailRoot + Vec3(0.05, 0, -0.02), lerp(b.tailRoot, b.tailTip, 0.3), b.tailRadius * 1.1, b.tailRadius, blend: 0.04)) }
        if b.head != .horse { body.append(.cone(lerp(b.tailRoot, b.tailTip, 0.3), b.tailTip, b.tailRadius, b.tailRadius * (b.head == .cow ? 0.9 : 0.7), blend: 0.01)) }
        let reach = Vec3(0.12, 0.14, 0.12)
        let lower = Vec3(min(b.tailTip.x, b.hipX - b.rump), -max(b.width, b.rump, b.belly) * 1.15, 0) - Vec3(0.08, 0.06, 0.02)
        let upper = Vec3(b.noseTip.x, max(b.width, b.rump, b.belly) * 1.15, max(1.0, b.neckTip.z)) + reach + Vec3(0, 0, 0.22)
        var layers = [layer(body, .coat, lower: lower, upper: upper, cell: 0.027, bones: Array(0...21), softness: 0.09)]
        layers[0].largestCell = 0.11
        layers += feet(b) + face(b)
        switch b.head {
        case .horse: layers += mane(b)
        case .deer where adorned: layers += antlers(b)
        case .cow: layers += horns(b)
        case .boar: layers += tusks(b)
        default: break
        }
        return layers
    }

    private func layer(_ blobs: [Blob], _ slot: Slot, lower: Vec3, upper: Vec3, cell: Double, bones: [Int], softness: Double = 0.05, coarsest: Int = 2) -> SculptLayer {
        var layer = SculptLayer(blobs, lower: pointwiseMin(lower, upper), upper: pointwiseMax(lower, upper), cell: cell, slot: slot.rawValue, bones: bones, softness: softness)
        layer.coarsest = coarsest
        layer.largestCell = max(cell, 0.06)
        return layer
    }

    /// Barrel, rump, shoulders and neck.
    private func trunk(_ b: Breed) -> [Blob] {
        let front = Vec3(b.foreX - 0.05, 0, 0.94 - b.chest), back = Vec3(b.hipX + 0.02, 0, 0.93 - b.rump)
        let middle = Vec3(b.hipX + b.length * 0.42, 0, 0.90 - b.belly)
        var blobs: [Blob] = [
            .ellipsoid(front, Vec3(b.chest * 1.15, b.width, b.chest), blend: 0), .ellipsoid(middle, Vec3(b.length * 0.40, b.belly * (b.head == .cow ? 0.92 : 0.80), b.belly), blend: 0.14),
            .ellipsoid(back, Vec3(b.rump * 1.15, b.width * 0.98, b.rump), blend: 0.12),
            .cone(front + Vec3(0, 0, b.chest * 0.35), back + Vec3(0, 0, b.rump * 0.35), b.width * 0.72, b.width * 0.72, blend: 0.10),
            .cone(Vec3(b.foreX + 0.00, 0, 0.90 - b.neckRoot * 0.9), lerp(Vec3(b.foreX, 0, 0.86), b.neckTip, 0.55), b.neckRoot, lerp(b.neckRoot, b.neckEnd, 0.55), blend: 0.12),
            .cone(lerp(Vec3(b.foreX, 0, 0.86), b.neckTip, 0.5), b.neckTip, lerp(b.neckRoot, b.neckEnd, 0.5), b.neckEnd, blend: 0.06),
        ]
        if b.head == .cow { blobs.append(.ellipsoid(Vec3(b.hipX + 0.14, 0, 0.46), Vec3(0.09, 0.075, 0.07), blend: 0.04)) }
        if b.head == .boar { blobs.append(.cone(b.withers + Vec3(0.12, 0, -0.04), b.withers + Vec3(-0.42, 0, -0.09), 0.10, 0.06, blend: 0.12)) }
        return blobs
    }

    private func legs(_ b: Breed, _ side: Double) -> [Blob] {
        let (h, f) = (b.hindLeg(side), b.foreLeg(side))
        let inward = Vec3(0, -side * b.width * 0.12, 0)
        return [
            .cone(h[0] + inward, h[1], b.thigh, b.thigh * 0.68, blend: 0.06), .cone(lerp(h[0], h[1], 0.4) + Vec3(-0.05, 0, 0), lerp(h[1], h[2], 0.35), b.thigh * 0.85, b.leg * 1.25, blend: 0.05),
            .cone(h[1], h[2], b.thigh * 0.62, b.leg * 0.80, blend: 0.03), .cone(h[2], h[3], b.leg * 0.78, b.cannon, blend: 0.012),
            .cone(h[2] + Vec3(-0.015, 0, 0.015), h[2], b.leg * 0.6, b.leg * 0.7, blend: 0.01),
            .cone(h[3], lerp(h[3], h[4], 0.55), b.cannon * 1.2, b.cannon * 1.15, blend: 0.012), .cone(f[0] + inward, f[1], b.thigh * 0.80, b.leg * 1.45, blend: 0.06),
            .cone(f[1], f[2], b.leg * 1.35, b.leg * 0.72, blend: 0.03),
            .cone(f[2], f[3], b.leg * 0.78, b.cannon, blend: 0.012), .cone(f[3], lerp(f[3], f[4], 0.55), b.cannon * 1.2, b.cannon * 1.15, blend: 0.012),
        ]
    }

    /// Hooves or paws.
    private func feet(_ b: Breed) -> [SculptLayer] {
        (Breed.sides.map(b.hindLeg) + Breed.sides.map(b.foreLeg)).enumerated().map { index, leg in
            let (ankle, tip) = (leg[3], leg[4])
            let blobs: [Blob] = b.paws
                ? [
                    .cone(Vec3(ankle.x + 0.005, ankle.y, b.cannon * 0.95), Vec3(tip.x - 0.02, tip.y, b.cannon * 0.8), b.cannon * 1.15, b.cannon * 1.15, blend: 0),
                    .keep(Vec3(0, 0, 0.001), Vec3(0, 0, 1), blend: 0.004),
                ]
                : [
                    .cone(Vec3(lerp(ankle.x, tip.x, 0.55), tip.y, 0.058), Vec3(tip.x, tip.y, 0.012), b.cannon * 1.18, b.cannon * 1.65, blend: 0), .keep(Vec3(0, 0, 0.001), Vec3(0, 0, 1), blend: 0.004),
                    .keep(Vec3(0, 0, 0.062), Vec3(0, 0, -1), blend: 0.006),
                ]
            let first = 6 + 4 * index
            return layer(
                blobs, b.paws ? .coat : .dark, lower: Vec3(min(ankle.x, tip.x) - 0.10, tip.y - 0.1, -0.02), upper: Vec3(max(ankle.x, tip.x) + 0.10, tip.y + 0.1, 0.16), cell: 0.018,
                bones: [first + 2, first + 3])
        }
    }

    /// A point of the head: shares of its length along it, up from it and to the left.
    private func onHead(_ b: Breed, _ along: Double, _ up: Double, _ left: Double) -> Vec3 {
        let (x, z) = (Vec3(cos(b.pitch), 0, -sin(b.pitch)), Vec3(sin(b.pitch), 0, cos(b.pitch)))
        return b.neckTip + (x * along + z * up + Vec3(0, left, 0)) * b.skull
    }

    private func head(_ b: Breed) -> [Blob] {
        let at = { (along: Double, up: Double, left: Double) in onHead(b, along, up, left) }
        let (c, m) = (b.cranium, b.muzzle)
        var blobs: [Blob] = []
        switch b.head {
        case .deer, .horse, .cow:
            blobs = [
                .ellipsoid(at(0.10, -0.02, 0), Vec3(b.skull * 0.30, c * 0.90, c), pitch: b.pitch, blend: 0.05), .cone(at(0.15, 0.0, 0), at(0.88, -0.06, 0), c * 0.82, m, blend: 0.04),
                .ellipsoid(at(0.18, -0.26, 0), Vec3(b.skull * 0.24, c * 0.62, c * 0.75), pitch: b.pitch, blend: 0.05),
                .ellipsoid(at(0.90, -0.07, 0), Vec3(m * 1.1, m * (b.head == .cow ? 1.25 : 1.05), m * 1.1), pitch: b.pitch, blend: 0.03),
            ]
            for side in Breed.sides {
                blobs.append(.ellipsoid(at(0.97, 0.01, side * 0.10), Vec3(0.014, 0.010, 0.014), blend: 0.008, use: .cut))
                blobs.append(.ellipsoid(at(0.26, 0.10, side * c / b.skull * 0.72), Vec3(0.040, 0.018, 0.022), pitch: b.pitch, blend: 0.02))
            }
        case .boar:
            blobs = [.ellipsoid(at(0.0, 0, 0), Vec3(b.skull * 0.42, c * 0.95, c * 1.05), pitch: b.pitch, blend: 0.10), .cone(at(0.20, -0.02, 0), at(0.93, -0.10, 0), c * 0.80, m, blend: 0.06)]
        case .dog:
            blobs = [
                .ellipsoid(at(0.15, 0, 0), Vec3(b.skull * 0.34, c * 0.95, c), pitch: b.pitch, blend: 0.05), .cone(at(0.40, -0.09, 0), at(0.90, -0.13, 0), m * 1.15, m * 0.85, blend: 0.045),
                .ellipsoid(at(0.42, 0.13, 0), Vec3(0.05, c * 0.6, 0.03), pitch: b.pitch, blend: 0.03),
            ]
        case .cat:
            blobs = [.ellipsoid(at(0.25, 0, 0), Vec3(c * 0.98, c * 1.04, c * 0.92), pitch: b.pitch, blend: 0.05),
                .ellipsoid(at(0.74, -0.20, 0), Vec3(m * 0.75, m * 0.95, m * 0.68), pitch: b.pitch, blend: 0.05)]
        }
        return blobs
    }

    private func ears(_ b: Breed, _ side: Double) -> [Blob] {
        let at = { (along: Double, up: Double, left: Double) in onHead(b, along, up, side * left) }
        let c = b.cranium / b.skull
        switch b.head {
        case .deer: return [.cone(at(-0.02, c * 0.65, c * 0.70), at(-0.24, c * 1.5, c * 2.2), 0.020, 0.026, blend: 0.02),
            .cone(at(-0.24, c * 1.5, c * 2.2), at(-0.34, c * 1.9, c * 2.9), 0.026, 0.008, blend: 0.008)]
        case .horse: return [.cone(at(-0.02, c * 0.7, c * 0.50), at(-0.10, c * 1.55, c * 0.62), 0.026, 0.022, blend: 0.02),
            .cone(at(-0.10, c * 1.55, c * 0.62), at(-0.11, c * 2.0, c * 0.58), 0.022, 0.006, blend: 0.006)]
        case .cow: return [.cone(at(0.02, c * 0.35, c * 0.80), at(-0.04, c * 0.30, c * 1.7), 0.022, 0.030, blend: 0.02),
            .cone(at(-0.04, c * 0.30, c * 1.7), at(-0.02, c * 0.15, c * 2.3), 0.030, 0.012, blend: 0.01)]
        case .boar: return [.cone(at(-0.08, c * 0.7, c * 0.55), at(-0.10, c * 1.35, c * 0.80), 0.042, 0.036, blend: 0.03),
            .cone(at(-0.10, c * 1.35, c * 0.80), at(-0.06, c * 1.75, c * 0.86), 0.036, 0.010, blend: 0.01)]
        case .dog: return [.cone(at(0.02, c * 0.75, c * 0.60), at(-0.05, c * 0.95, c * 1.05), 0.030, 0.036, blend: 0.02),
            .cone(at(-0.05, c * 0.95, c * 1.05), at(0.08, c * 0.10, c * 1.28), 0.036, 0.020, blend: 0.01)]
        case .cat: return [.cone(at(0.22, c * 0.55, c * 0.52), at(0.14, c * 1.15, c * 0.66), 0.062, 0.034, blend: 0.02),
            .cone(at(0.14, c * 1.15, c * 0.66), at(0.12, c * 1.48, c * 0.72), 0.034, 0.008, blend: 0.01)]
        }
    }

    /// Eyes and nose.
    private func face(_ b: Breed) -> [SculptLayer] {
        let c = b.cranium / b.skull
        let (along, up, left, size): (Double, Double, Double, Double) = switch b.head {
        case .deer, .horse, .cow: (0.28, 0.07, c * 0.86, 0.020)
        case .boar: (0.32, c * 0.34, c * 0.66, 0.018)
        case .dog: (0.42, c * 0.34, c * 0.52, 0.020)
        case .cat: (0.25 + c * 0.80, c * 0.18, c * 0.46, 0.030)
        }
        var layers = Breed.sides.map { side -> SculptLayer in
            let eye = onHead(b, along, up, side * left)
            return layer([.ellipsoid(eye, Vec3(repeating: size), blend: 0)], .eye, lower: eye - Vec3(repeating: size * 1.6), upper: eye + Vec3(repeating: size * 1.6), cell: size * 0.5,
                bones: [QuadrupedGait.head], coarsest: 1)
        }
        let nose: (Vec3, Vec3)? = switch b.head {
        case .deer, .cow: (onHead(b, 0.965, -0.01, 0), Vec3(b.muzzle * 0.75, b.muzzle * 0.85, b.muzzle * 0.75))
        case .boar: (onHead(b, 0.985, -0.10, 0), Vec3(0.030, b.muzzle * 0.95, b.muzzle * 0.95))
        case .dog: (onHead(b, 1.00, -0.04, 0), Vec3(0.026, 0.030, 0.024))
        case .cat: (onHead(b, 0.98, -0.10, 0), Vec3(0.016, 0.020, 0.014))
        case .horse: nil
        }
        if let (center, radii) = nose {
            layers.append(
                layer([.ellipsoid(center, radii, pitch: b.pitch, blend: 0)], .dark, lower: center - Vec3(repeating: 0.11), upper: center + Vec3(repeating: 0.11), cell: radii.min() * 0.55,
                    bones: [QuadrupedGait.head], coarsest: 1))
        }
        return layers
    }

    private func mane(_ b: Breed) -> [SculptLayer] {
        let crest = (0...5).map { k -> Vec3 in
            let t = Double(k) / 5
            let up = Vec3(-0.72, 0, 0.69) * lerp(b.neckRoot * 0.92, b.neckEnd * 0.95, t)
            return lerp(Vec3(b.foreX, 0, 0.86), b.neckTip, t) + up
        }
        var hair: [Blob] = []
        for (k, (p, q)) in zip(crest, crest.dropFirst()).enumerated() {
            hair.append(.cone(p, q, 0.024, 0.024, blend: k == 0 ? 0 : 0.01))
            hair.append(.cone(lerp(p, q, 0.5), lerp(p, q, 0.5) + Vec3(0.03, -b.neckRoot * 0.75, -0.10), 0.024, 0.014, blend: 0.02))
        }
        hair.append(.cone(onHead(b, -0.05, b.cranium / b.skull * 0.95, 0), onHead(b, 0.28, b.cranium / b.skull * 0.85, 0), 0.022, 0.014, blend: 0.01))
        let tail: [Blob] = [
            .cone(b.tailRoot + Vec3(0.05, 0, 0), lerp(b.tailRoot, b.tailTip, 0.25) + Vec3(-0.03, 0, 0), 0.034, 0.040, blend: 0),
            .cone(lerp(b.tailRoot, b.tailTip, 0.25) + Vec3(-0.03, 0, 0), lerp(b.tailRoot, b.tailTip, 0.7), 0.040, 0.052, blend: 0.03),
            .cone(lerp(b.tailRoot, b.tailTip, 0.7), b.tailTip, 0.052, 0.016, blend: 0.02),
        ]
        return [
            layer(hair, .mane, lower: Vec3(b.foreX - 0.25, -0.2, 0.7), upper: b.neckTip + Vec3(0.25, 0.15, 0.25), cell: 0.020,
                bones: [QuadrupedGait.chest, QuadrupedGait.neck, QuadrupedGait.head], softness: 0.08),
            layer(tail, .mane, lower: b.tailTip - Vec3(0.1, 0.1, 0.05), upper: b.tailRoot + Vec3(0.12, 0.1, 0.06), cell: 0.022, bones: [QuadrupedGait.pelvis, QuadrupedGait.tail], softness: 0.08),
        ]
    }

    private func antlers(_ b: Breed) -> [SculptLayer] {
        Breed.sides.map { side in
            let root = onHead(b, -0.02, b.cranium / b.skull * 0.8, side * 0.12)
            let points = [root, root + Vec3(-0.06, side * 0.07, 0.12), root + Vec3(-0.09, side * 0.15, 0.26), root + Vec3(-0.03, side * 0.17, 0.40)]
            var blobs = zip(points, points.dropFirst()).map { Blob.cone($0, $1, 0.017, 0.014, blend: 0.006) }
            blobs += [
                .cone(points[0] + Vec3(-0.01, side * 0.01, 0.03), root + Vec3(0.10, side * 0.05, 0.10), 0.013, 0.006, blend: 0.006),
                .cone(points[2], points[2] + Vec3(0.10, side * 0.02, 0.08), 0.012, 0.006, blend: 0.006),
                .cone(lerp(points[2], points[3], 0.5), points[3] + Vec3(-0.12, side * 0.03, 0.02), 0.012, 0.006, blend: 0.006),
            ]
            return layer(blobs, .horn, lower: root - Vec3(0.2, 0.25, 0.05), upper: root + Vec3(0.2, 0.25, 0.46), cell: 0.014, bones: [QuadrupedGait.head])
        }
    }

    private func horns(_ b: Breed) -> [SculptLayer] {
        Breed.sides.map { side in
            let c = b.cranium / b.skull
            let (root, bend, tip) = (onHead(b, -0.06, c * 0.75, side * c * 0.55), onHead(b, -0.12, c * 1.15, side * c * 1.35), onHead(b, 0.05, c * 1.7, side * c * 1.6))
            return layer(
                [.cone(root, bend, 0.024, 0.018, blend: 0), .cone(bend, tip, 0.018, 0.006, blend: 0.006)], .horn, lower: pointwiseMin(root, tip) - Vec3(0.08, 0.12, 0.05),
                upper: pointwiseMax(root, tip) + Vec3(0.08, 0.12, 0.08), cell: 0.015, bones: [QuadrupedGait.head])
        }
    }

    private func tusks(_ b: Breed) -> [SculptLayer] {
        Breed.sides.map { side in
            let (root, tip) = (onHead(b, 0.72, -0.17, side * 0.14), onHead(b, 0.78, 0.02, side * 0.20))
            return layer([.cone(root, tip, 0.012, 0.005, blend: 0)], .pale, lower: pointwiseMin(root, tip) - Vec3(repeating: 0.03),
                upper: pointwiseMax(root, tip) + Vec3(repeating: 0.03), cell: 0.010, bones: [QuadrupedGait.head], coarsest: 1)
        }
    }
}
