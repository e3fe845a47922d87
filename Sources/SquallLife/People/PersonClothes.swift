import Foundation
import SquallAssets
import SquallMath

/// Garments: bodies of their own over the person, each a little wider than what is under it.
extension PersonFrame {
    private typealias Section = Blob.Section

    /// The trunk from the hem up, dressed.
    /// - Parameter flare: metres the hem stands out.
    private func trunkStack(hem: Double, flare: Double) -> Blob {
        let (g, f) = (girth, female)
        let belly = max(0, g - 1) * 0.10
        var sections = [
            Section(trunk(0.86), -0.006, (0.122 + 0.008 * f) * g, (0.178 + 0.012 * f) * g), Section(trunk(0.95), -0.006, 0.126 * g, (0.173 + 0.010 * f) * g),
            Section(trunk(1.05), belly * 0.4, 0.116 * g + belly * 0.3, (0.154 - 0.006 * f) * g), Section(trunk(1.15), belly * 0.3, (0.116 - 0.004 * f) * g + belly * 0.2, (0.154 - 0.014 * f) * g),
            Section(trunk(1.28), 0.006 + 0.010 * f, (0.120 + 0.006 * f) * g, (0.168 - 0.016 * f) * g, square: 0.15), Section(trunk(1.36), -0.004, 0.108 * g, (0.164 - 0.018 * f) * g, square: 0.15),
            Section(trunk(1.41), -0.014, 0.086 * g, (0.136 - 0.014 * f) * g), Section(trunk(1.445), -0.018, 0.070, 0.098), Section(trunk(1.48), -0.017, 0.060, 0.066),
            Section(trunk(1.505), -0.014, 0.057, 0.058),
        ]
        // The stack goes on below the hem, which is cut plain.
        let low = trunk(0.925) - (0.925 - hem) - 0.06
        if hem >= 0.8 {
            sections.insert(Section(low, -0.006, (0.124 + 0.008 * f) * g, (0.178 + 0.012 * f) * g), at: 0)
        } else {
            sections.insert(Section(low, 0, (0.135 + flare) * g, (0.185 + flare) * g), at: 0)
        }
        return .stack(sections, blend: 0.05)
    }

    private func sleeve(_ side: Double, short: Bool) -> [Blob] {
        let (shoulder, elbow, wrist) = (shoulderJoint(side), elbow(side), wrist(side))
        let g = (0.6 + 0.4 * girth) * (1 - 0.12 * female)
        var blobs: [Blob] = [
            .cone(Vec3(-0.016, side * 0.055, trunk(1.435)), shoulder + Vec3(0, -side * 0.022, 0.002), 0.042, 0.052 * g, blend: 0.05), .cone(shoulder, elbow, 0.053 * g, 0.042 * g, blend: 0.03),
        ]
        if !short { blobs.append(.cone(elbow, wrist, 0.042 * g, 0.034 * g, blend: 0.012)) }
        return blobs
    }

    private var bust: [Blob] {
        female > 0.5 ? Self.sides.map { .ellipsoid(Vec3(0.074 * girth, $0 * 0.066, trunk(1.285)), Vec3(0.056, 0.062, 0.066), blend: 0.05) } : []
    }

    /// Jacket, shirt or coat. - Parameters: `hem` height of its lower edge, metres; `thick` metres over a shirt.
    func topLayer(hem: Double, thick: Double, flare: Double = 0, shortSleeves: Bool = false) -> SculptLayer {
        // Sleeves first, so that what cuts them cuts nothing else.
        var blobs = Self.sides.flatMap { sleeve($0, short: shortSleeves) }
        for side in Self.sides {
            let end = shortSleeves ? elbow(side) - armAxis(side) * 0.02 : wrist(side) - armAxis(side) * 0.008
            blobs.append(.keep(end, -armAxis(side), blend: 0.022))
        }
        blobs += [trunkStack(hem: hem, flare: flare)] + bust
        // A T-shirt leaves the neck bare.
        if shortSleeves { blobs.append(.cone(Vec3(-0.012, 0, trunk(1.492)), Vec3(-0.016, 0, trunk(1.60)), 0.066, 0.09, blend: 0.012, use: .cut)) }
        let bones = [Self.pelvis, Self.spine, Self.chest, Self.neck] + Self.armBones.flatMap { [$0[0], $0[1]] } + [5, 9]
        let reach = abs(wrist(1).y) + 0.03
        let low = trunk(0.925) - (0.925 - hem)
        var layer = SculptLayer(
            blobs, offset: thick, lower: Vec3(-0.26, -reach, low - 0.05), upper: Vec3(0.30, reach, trunk(1.53)), cell: 0.024, slot: Slot.top.rawValue, bones: bones,
            softness: 0.085)
        layer.cuts = [SculptLayer.Cut(point: Vec3(0, 0, low), normal: Vec3(0, 0, 1), hem: 0.02)]
        return layer
    }

    /// The ribbed edge of a T-shirt around the neck.
    func collarLayer(thick: Double) -> SculptLayer {
        let points = (0...14).map { k -> Vec3 in
            let a = 2 * .pi * Double(k) / 14
            return Vec3(-0.0165 + 0.0600 * cos(a), 0.0660 * sin(a), trunk(1.4635 - 0.0155 * cos(a) + 0.010 * sin(a) * sin(a)))
        }
        let blobs = zip(points, points.dropFirst()).map { Blob.cone($0, $1, 0.0060, 0.0060, blend: 0.001) }
        var layer = SculptLayer(
            blobs, offset: thick * 0.5, lower: Vec3(-0.11, -0.10, trunk(1.42)), upper: Vec3(0.08, 0.10, trunk(1.51)), cell: 0.0085, slot: Slot.top.rawValue,
            bones: [Self.chest, Self.neck] + Self.armBones.map { $0[0] }, softness: 0.085)
        layer.coarsest = 1
        layer.largestCell = 0.014
        return layer
    }

    /// Bare forearms under short sleeves.
    func forearmLayer(_ index: Int) -> SculptLayer {
        let side = Self.sides[index]
        let (elbow, wrist, along) = (elbow(side), wrist(side), armAxis(side))
        let g = (0.7 + 0.3 * girth) * (1 - 0.12 * female)
        return SculptLayer(
            [.cone(elbow - along * 0.05, elbow + along * 0.07, 0.041 * g, 0.042 * g, blend: 0), .cone(elbow + along * 0.07, wrist + along * 0.01, 0.042 * g, 0.027 * g, blend: 0.02)],
            lower: pointwiseMin(elbow, wrist) - Vec3(repeating: 0.09), upper: pointwiseMax(elbow, wrist) + Vec3(repeating: 0.09), cell: 0.016, slot: Slot.skin.rawValue,
            bones: Array(Self.armBones[index][0...1]), softness: 0.06)
    }

    /// - Parameter wide: metres the legs are cut wider.
    func trouserLayer(wide: Double, shorts: Bool = false) -> SculptLayer {
        let g = girth
        var blobs: [Blob] = [
            .stack([
                Section(trunk(0.925) - 0.06, -0.004, 0.085 * g, 0.120 * g), Section(trunk(0.925), -0.006, 0.106 * g, (0.146 + 0.010 * female) * g), Section(trunk(0.98), -0.004, 0.106 * g, 0.146 * g),
                Section(trunk(1.03), 0, 0.102 * g, 0.146 * g),
            ])
        ]
        for side in Self.sides {
            let (hip, knee, ankle) = (hip(side), knee(side), ankle(side))
            blobs += [
                .ellipsoid(Vec3(-0.048 * g, side * 0.062, hipHeight - 0.012), Vec3(0.070, 0.068, 0.088) * g, blend: 0.04),
                .cone(hip + Vec3(0.006, 0, -0.02), knee, (0.074 + 0.005 * female) * g, (0.054 + wide * 0.6) * (0.5 + 0.5 * g), blend: 0.04),
            ]
            if !shorts {
                blobs += [
                    .cone(knee, ankle + Vec3(0.004, 0, 0.0), (0.052 + wide * 0.6) * (0.5 + 0.5 * g), 0.042 + wide, blend: 0.015),
                    .ellipsoid(lerp(knee, ankle, 0.36) + Vec3(-0.016, 0, 0), Vec3(0.044, 0.046, 0.095), blend: 0.04),
                ]
            }
        }
        blobs += [.keep(Vec3(0, 0, trunk(1.02)), Vec3(0, 0, -1)), .keep(Vec3(0, 0, shorts ? 0.52 * legs : 0.052), Vec3(0, 0, 1), blend: 0.02)]
        return SculptLayer(
            blobs, lower: Vec3(-0.2 * max(1, g), -0.26 * max(1, g), 0.03), upper: Vec3(0.2 * max(1, g), 0.26 * max(1, g), trunk(1.05)), cell: 0.026, slot: Slot.trousers.rawValue,
            bones: [Self.pelvis, Self.spine] + Self.legBones.flatMap { [$0[0], $0[1]] }, softness: 0.055)
    }

    /// Bare or stockinged shins under shorts and skirts.
    func shinLayer(_ index: Int) -> SculptLayer {
        let side = Self.sides[index]
        let (hip, knee, ankle) = (hip(side), knee(side), ankle(side))
        let g = 0.6 + 0.4 * girth
        return SculptLayer(
            [
                .cone(lerp(knee, hip, 0.35), knee, 0.062 * g, 0.048 * g, blend: 0), .cone(knee, ankle, 0.047 * g, 0.033, blend: 0.02),
                .ellipsoid(lerp(knee, ankle, 0.28) + Vec3(-0.018, 0, 0), Vec3(0.042, 0.045, 0.105) * g, blend: 0.03),
            ], lower: Vec3(-0.12, min(knee.y, ankle.y) - 0.09, 0.06), upper: Vec3(0.12, max(knee.y, ankle.y) + 0.09, 0.70 * legs), cell: 0.018, slot: Slot.skin.rawValue,
            bones: Array(Self.legBones[index][0...1]), softness: 0.055)
    }

    func skirtLayer(hem: Double) -> SculptLayer {
        let g = girth
        let low = hem * legs
        let blobs: [Blob] = [
            .stack([
                Section(low, 0, 0.175 * g, 0.215 * g), Section((low + hipHeight) / 2, 0, 0.160 * g, 0.200 * g), Section(hipHeight, -0.006, 0.124 * g, 0.176 * g),
                Section(trunk(1.06), 0, 0.100 * g, 0.138 * g),
            ]), .keep(Vec3(0, 0, low + 0.004), Vec3(0, 0, 1), blend: 0.02), .keep(Vec3(0, 0, trunk(1.05)), Vec3(0, 0, -1)),
        ]
        return SculptLayer(
            blobs, lower: Vec3(-0.24 * g, -0.27 * g, low - 0.02), upper: Vec3(0.24 * g, 0.27 * g, trunk(1.08)), cell: 0.024, slot: Slot.trousers.rawValue,
            bones: [Self.pelvis, 5, 9, Self.spine], softness: 0.20)
    }

    /// A vest over the top with its reflecting bands: one surface cut along level planes.
    func vestLayers(thick: Double) -> [SculptLayer] {
        let straps: [Blob] = Self.sides.map {
            .cone(Vec3(-0.016, $0 * 0.055, trunk(1.435)), shoulderJoint($0) + Vec3(0, -$0 * 0.048, 0.004), 0.042, 0.046 * (0.6 + 0.4 * girth), blend: 0.05)
        }
        let bones = [Self.pelvis, Self.spine, Self.chest, Self.neck, 5, 9] + Self.armBones.map { $0[0] }
        var whole = SculptLayer(
            straps + [trunkStack(hem: 0.9, flare: 0)] + bust, offset: thick + 0.014, lower: Vec3(-0.26, -0.28, trunk(0.925) - 0.078), upper: Vec3(0.26, 0.28, trunk(1.55)), cell: 0.021,
            slot: Slot.vest.rawValue, bones: bones, softness: 0.085)
        whole.largestCell = 0.06
        let heights = [trunk(0.925) - 0.045, trunk(1.02), trunk(1.02) + 0.05, trunk(1.16), trunk(1.16) + 0.05, trunk(1.463)]
        return zip(heights, heights.dropFirst()).enumerated().map { k, ends in
            var piece = whole
            piece.slot = (k % 2 == 0 ? Slot.vest : Slot.band).rawValue
            piece.cuts = [
                SculptLayer.Cut(point: Vec3(0, 0, ends.0), normal: Vec3(0, 0, 1), hem: k == 0 ? 0.016 : 0),
                SculptLayer.Cut(point: Vec3(0, 0, ends.1), normal: Vec3(0, 0, -1), hem: k == heights.count - 2 ? 0.016 : 0),
            ]
            return piece
        }
    }

    /// A rucksack with its straps.
    func backpackLayer(thick: Double) -> SculptLayer {
        let back = -0.125 * girth - thick
        var blobs: [Blob] = [
            .cone(Vec3(back - 0.05, 0.06, trunk(1.06)), Vec3(back - 0.04, 0.055, trunk(1.36)), 0.075, 0.06, blend: 0),
            .cone(Vec3(back - 0.05, -0.06, trunk(1.06)), Vec3(back - 0.04, -0.055, trunk(1.36)), 0.075, 0.06, blend: 0.06),
            .ellipsoid(Vec3(back - 0.11, 0, trunk(1.12)), Vec3(0.05, 0.085, 0.08), blend: 0.02),
        ]
        let front = (0.122 + 0.01 * female) * girth + thick
        for side in Self.sides {
            let y = side * 0.105
            let points = [Vec3(back, y * 0.8, trunk(1.42)), Vec3(-0.02, y, trunk(1.475) + thick), Vec3(front * 0.75, y, trunk(1.40)), Vec3(front, y, trunk(1.27)),
                Vec3(front * 0.55, side * 0.165 * girth, trunk(1.13)), Vec3(back * 0.6, side * 0.13, trunk(1.08))]
            for (a, b) in zip(points, points.dropFirst()) { blobs.append(.cone(a, b, 0.016, 0.016, blend: 0.006)) }
        }
        return SculptLayer(
            blobs, lower: Vec3(-0.36, -0.22, trunk(0.95)), upper: Vec3(0.20, 0.22, trunk(1.55)), cell: 0.018, slot: Slot.accessory.rawValue, bones: [Self.spine, Self.chest], softness: 0.10)
    }

    func capLayer() -> SculptLayer {
        let at = onHead
        let s = headSize
        return SculptLayer(
            [
                .ellipsoid(at(Vec3(-0.014, 0, 1.682)), Vec3(0.108, 0.089, 0.090) * s, blend: 0), .keep(at(Vec3(0, 0, 1.688)), Vec3(0.10, 0, 1), blend: 0.008),
                .ellipsoid(at(Vec3(0.105, 0, 1.690)), Vec3(0.068, 0.066, 0.010) * s, pitch: 0.15, blend: 0.008),
            ], lower: at(Vec3(-0.15, -0.12, 1.65)), upper: at(Vec3(0.20, 0.12, 1.80)), cell: 0.012 * s, slot: Slot.accessory.rawValue, bones: [Self.head], softness: 0.05)
    }

    /// A cyclist's, with vents along the top.
    func openHelmetLayer() -> SculptLayer {
        let at = onHead
        let s = headSize
        var blobs: [Blob] = [.ellipsoid(at(Vec3(-0.016, 0, 1.692)), Vec3(0.134, 0.105, 0.100) * s, blend: 0)]
        for (y, z) in [(0.0, 1.795), (0.045, 1.783), (-0.045, 1.783), (0.082, 1.752), (-0.082, 1.752)] {
            blobs.append(.ellipsoid(at(Vec3(0.015, y, z)), Vec3(0.090, 0.011, 0.026) * s, blend: 0.006, use: .cut))
        }
        blobs.append(.keep(at(Vec3(0, 0, 1.684)), Vec3(0.14, 0, 1), blend: 0.008))
        return SculptLayer(
            blobs, lower: at(Vec3(-0.17, -0.125, 1.64)), upper: at(Vec3(0.14, 0.125, 1.81)), cell: 0.0095 * s, slot: Slot.accessory.rawValue, bones: [Self.head], softness: 0.05)
    }

    /// A motorcyclist's: shell with a chin bar, and a dark visor.
    func fullHelmetLayers() -> [SculptLayer] {
        let at = onHead
        let s = headSize
        let (lower, upper) = (at(Vec3(-0.18, -0.15, 1.49)), at(Vec3(0.20, 0.15, 1.83)))
        return [
            SculptLayer(
                [.ellipsoid(at(Vec3(-0.004, 0, 1.668)), Vec3(0.152, 0.122, 0.138) * s, blend: 0), .ellipsoid(at(Vec3(0.062, 0, 1.592)), Vec3(0.094, 0.086, 0.058) * s, blend: 0.05)], lower: lower,
                upper: upper, cell: 0.012 * s, slot: Slot.accessory.rawValue, bones: [Self.head], softness: 0.05),
            SculptLayer(
                [.ellipsoid(at(Vec3(0.008, 0, 1.672)), Vec3(0.154, 0.132, 0.080) * s, blend: 0), .keep(at(Vec3(0.030, 0, 1.67)), Vec3(1, 0, 0.1), blend: 0.008)], lower: lower, upper: upper,
                cell: 0.011 * s, slot: Slot.iris.rawValue, bones: [Self.head], softness: 0.05),
        ]
    }

    func hoodLayer(thick: Double) -> SculptLayer {
        let at = onHead
        let s = headSize
        return SculptLayer(
            [
                .ellipsoid(at(Vec3(-0.026, 0, 1.668)), Vec3(0.122, 0.100, 0.112) * s, blend: 0), .cone(at(Vec3(-0.045, 0, 1.62)), Vec3(-0.035, 0, trunk(1.49)), 0.090 * s, 0.090, blend: 0.04),
                .ellipsoid(at(Vec3(0.105, 0, 1.622)), Vec3(0.110, 0.082, 0.105) * s, blend: 0.012, use: .cut),
            ], lower: at(Vec3(-0.19, -0.14, 1.40)), upper: at(Vec3(0.14, 0.14, 1.81)), cell: 0.014 * s, slot: Slot.top.rawValue, bones: [Self.head, Self.neck, Self.chest], softness: 0.08)
    }
}
