import SquallAssets
import SquallMath

/// Head, hands and shoes: what every person has whatever they wear.
extension PersonFrame {
    enum Slot: Int, CaseIterable { case top, trousers, skin, hair, shoe, sole, eye, iris, lip, accessory, vest, band, canopy, shaft }

    private func ball(_ p: Vec3, _ radii: Vec3, pitch: Double = 0, roll: Double = 0, blend: Double, use: Blob.Use = .add) -> Blob {
        .ellipsoid(onHead(p), radii * headSize, pitch: pitch, roll: roll, blend: blend, use: use)
    }
    private func rod(_ a: Vec3, _ b: Vec3, _ ra: Double, _ rb: Double, blend: Double, use: Blob.Use = .add) -> Blob {
        .cone(onHead(a), onHead(b), ra * headSize, rb * headSize, blend: blend, use: use)
    }
    private var headBox: (lower: Vec3, upper: Vec3) { (onHead(Vec3(-0.14, -0.115, 1.52)), onHead(Vec3(0.15, 0.115, 1.78))) }

    /// The skull without features: what hair and hats lie on.
    var skull: [Blob] {
        [ball(Vec3(-0.014, 0, 1.668), Vec3(0.096, 0.075, 0.088), blend: 0), ball(Vec3(0.026, 0, 1.624), Vec3(0.068, 0.061, 0.088), blend: 0.03)]
    }

    var headLayer: SculptLayer {
        let jaw = 0.042 - 0.004 * female
        var blobs = skull
        blobs += [
            rod(Vec3(0.022, 0, 1.578), Vec3(0.072, 0, 1.556), jaw, 0.025 - 0.003 * female, blend: 0.03),
            rod(Vec3(-0.008, -0.036, 1.590), Vec3(0.064, -0.012, 1.555), 0.021, 0.015, blend: 0.03), rod(Vec3(-0.008, 0.036, 1.590), Vec3(0.064, 0.012, 1.555), 0.021, 0.015, blend: 0.03),
            ball(Vec3(0.060, 0.040, 1.626), Vec3(0.028, 0.025, 0.022), blend: 0.022), ball(Vec3(0.060, -0.040, 1.626), Vec3(0.028, 0.025, 0.022), blend: 0.022),
            rod(Vec3(0.077, -0.034, 1.677), Vec3(0.077, 0.034, 1.677), 0.011 - 0.002 * female, 0.011 - 0.002 * female, blend: 0.026),
            ball(Vec3(0.108, 0.033, 1.656), Vec3(0.020, 0.022, 0.014), blend: 0.018, use: .cut), ball(Vec3(0.108, -0.033, 1.656), Vec3(0.020, 0.022, 0.014), blend: 0.018, use: .cut),
            rod(Vec3(0.092, 0, 1.662), Vec3(0.114, 0, 1.619), 0.008, 0.0125, blend: 0.014),
            ball(Vec3(0.102, 0.012, 1.612), Vec3(0.013, 0.009, 0.008), blend: 0.008), ball(Vec3(0.102, -0.012, 1.612), Vec3(0.013, 0.009, 0.008), blend: 0.008),
            ball(Vec3(0.088, 0, 1.588), Vec3(0.014, 0.028, 0.012), blend: 0.014), ball(Vec3(0.086, 0, 1.553), Vec3(0.017, 0.020, 0.015), blend: 0.018),
            ball(Vec3(-0.004, 0.077, 1.640), Vec3(0.021, 0.008, 0.033), pitch: 0.2, roll: -0.2, blend: 0.008),
            ball(Vec3(-0.004, -0.077, 1.640), Vec3(0.021, 0.008, 0.033), pitch: 0.2, roll: 0.2, blend: 0.008),
        ]
        let width = (0.051 - 0.006 * female) * (0.75 + 0.25 * girth)
        blobs.append(.cone(Vec3(-0.020, 0, trunk(1.44)), onHead(Vec3(-0.012, 0, 1.58)), width + 0.006, width - 0.002, blend: 0.03))
        var layer = SculptLayer(
            blobs, lower: Vec3(-0.14 * headSize, -0.115 * headSize, trunk(1.40)), upper: headBox.upper, cell: 0.0098 * headSize, slot: Slot.skin.rawValue,
            bones: [Self.chest, Self.neck, Self.head], softness: 0.06)
        layer.largestCell = 0.034
        return layer
    }

    /// Eyes, brows and lips.
    var faceLayers: [SculptLayer] {
        var result: [SculptLayer] = []
        func add(_ blobs: [Blob], _ slot: Slot, _ center: Vec3, _ reach: Vec3, cell: Double) {
            var layer = SculptLayer(
                blobs, lower: onHead(center) - reach * headSize, upper: onHead(center) + reach * headSize, cell: cell * headSize, slot: slot.rawValue, bones: [Self.head], softness: 0.05)
            layer.coarsest = 1
            layer.largestCell = cell * headSize * 1.3
            result.append(layer)
        }
        for side in Self.sides {
            let eye = Vec3(0.0812, side * 0.0325, 1.6555)
            add([ball(eye, Vec3(0.0122, 0.0146, 0.0076), blend: 0)], .eye, eye, Vec3(repeating: 0.018), cell: 0.0038)
            let iris = eye + Vec3(0.0100, -side * 0.0005, -0.0004)
            add([ball(iris, Vec3(0.0038, 0.0062, 0.0064), blend: 0)], .iris, iris, Vec3(repeating: 0.010), cell: 0.0026)
            // The upper lid lies over the eye as an arch, the lower one as a fine edge.
            let lid: [Blob] = [
                ball(eye, Vec3(0.0140, 0.0170, 0.0094), blend: 0), .keep(onHead(eye + Vec3(0, 0, 0.0036)), Vec3(0, -side * 0.10, 1), blend: 0.001),
                rod(eye + Vec3(0.0085, -side * 0.010, -0.0072), eye + Vec3(0.0070, side * 0.012, -0.0062), 0.0022, 0.0020, blend: 0.001),
            ]
            add(lid, .skin, eye, Vec3(repeating: 0.020), cell: 0.0038)
            // Arched, thinning outwards.
            let (inner, top, outer) = (Vec3(0.0915, side * 0.018, 1.6795), Vec3(0.0890, side * 0.037, 1.6835), Vec3(0.0765, side * 0.054, 1.6785))
            add([rod(inner, top, 0.0042, 0.0040, blend: 0), rod(top, outer, 0.0040, 0.0026, blend: 0.001)], .hair, top, Vec3(0.025, 0.028, 0.014), cell: 0.0042)
        }
        let mouth = Vec3(0.094, 0, 1.585)
        add(
            [
                rod(Vec3(0.1000, -0.010, 1.5890), Vec3(0.1000, 0.010, 1.5890), 0.0036, 0.0036, blend: 0), rod(Vec3(0.0990, -0.009, 1.5812), Vec3(0.0990, 0.009, 1.5812), 0.0046, 0.0046, blend: 0.002),
                rod(Vec3(0.0990, -0.012, 1.586), Vec3(0.0885, -0.026, 1.5885), 0.0034, 0.0018, blend: 0.005),
                rod(Vec3(0.0990, 0.012, 1.586), Vec3(0.0885, 0.026, 1.5885), 0.0034, 0.0018, blend: 0.005),
            ], .lip, mouth, Vec3(0.02, 0.035, 0.02), cell: 0.0048)
        return result
    }

    /// - Parameters:
    ///   - length: 0 cropped, 1 down to the shoulders.
    ///   - parting: the side it is parted on, 1 left, -1 right, and its fringe swept away from; 0 combed back.
    func hairLayer(length: Double, parting: Double = 0) -> SculptLayer {
        var blobs = [
            ball(Vec3(-0.018, 0, 1.673), Vec3(0.104, 0.085, 0.096), blend: 0), ball(Vec3(-0.050, 0, 1.635), Vec3(0.064, 0.076, 0.080), blend: 0.03),
            // The hairline: forehead, temples, round the ears.
            ball(Vec3(0.110, 0, 1.612), Vec3(0.098, 0.112, 0.102), blend: 0.012, use: .cut),
        ]
        if length > 0.3 {
            let low = 1.60 - 0.16 * length
            blobs += [
                rod(Vec3(-0.070, 0.030, 1.66), Vec3(-0.075, 0.040, low), 0.050, 0.030, blend: 0.04), rod(Vec3(-0.070, -0.030, 1.66), Vec3(-0.075, -0.040, low), 0.050, 0.030, blend: 0.04),
                rod(Vec3(-0.018, 0.076, 1.68), Vec3(-0.040, 0.074, low), 0.020, 0.020, blend: 0.03), rod(Vec3(-0.018, -0.076, 1.68), Vec3(-0.040, -0.074, low), 0.020, 0.020, blend: 0.03),
            ]
        } else {
            blobs.append(.keep(onHead(Vec3(0, 0, 1.585)), Vec3(-0.3, 0, 1), blend: 0.01))
            for side in Self.sides { blobs.append(ball(Vec3(0.014, side * 0.084, 1.625), Vec3(0.044, 0.030, 0.046), blend: 0.01, use: .cut)) }
        }
        if parting != 0 {
            // The fringe lies across the forehead; a groove runs back from where it starts.
            let start = Vec3(0.052, parting * 0.040, 1.738)
            blobs += [
                rod(start, Vec3(0.074, -parting * 0.012, 1.728), 0.016, 0.017, blend: 0.02),
                rod(Vec3(0.074, -parting * 0.012, 1.728), Vec3(0.046, -parting * 0.060, 1.702), 0.017, 0.010, blend: 0.015),
                rod(start + Vec3(0.014, parting * 0.004, 0.006), Vec3(-0.050, parting * 0.036, 1.766), 0.007, 0.005, blend: 0.008, use: .cut),
            ]
        }
        var layer = SculptLayer(
            blobs, lower: onHead(Vec3(-0.16, -0.12, 1.40)), upper: onHead(Vec3(0.15, 0.12, 1.79)), cell: 0.0100 * headSize, slot: Slot.hair.rawValue,
            bones: length > 0.3 ? [Self.head, Self.neck] : [Self.head], softness: 0.06)
        layer.largestCell = 0.04
        layer.field.strands = SculptField.Strands(center: Vec3f(onHead(Vec3(-0.035, 0, 1.67))), depth: Float(0.0028 * headSize), count: length > 0.3 ? 15 : 17)
        return layer
    }

    func handLayer(_ index: Int) -> SculptLayer {
        let side = Self.sides[index]
        let (wrist, along) = (wrist(side), armAxis(side))
        // The thumb looks forward, the palm to the body.
        let forward = Vec3(1, 0, 0), palm = Vec3(0, -side * 0.7071, -0.7071)
        let size = 0.55 + 0.45 * legs - 0.06 * female
        let at = { (a: Double, f: Double, p: Double) in wrist + (along * a + forward * f + palm * p) * size }
        var blobs = [
            Blob.cone(at(-0.03, 0, 0), at(0.02, 0, 0), 0.026 * size, 0.025 * size, blend: 0), .cone(at(0.02, 0.012, 0), at(0.082, 0.020, 0.004), 0.020 * size, 0.016 * size, blend: 0.015),
            .cone(at(0.02, -0.012, 0), at(0.078, -0.022, 0.004), 0.019 * size, 0.014 * size, blend: 0.015), .cone(at(0.03, 0.0, 0.002), at(0.084, 0, 0.004), 0.020 * size, 0.015 * size, blend: 0.012),
            .cone(at(0.018, 0.022, 0.006), at(0.060, 0.046, 0.016), 0.014 * size, 0.011 * size, blend: 0.012),
            .cone(at(0.060, 0.046, 0.016), at(0.088, 0.048, 0.026), 0.011 * size, 0.009 * size, blend: 0.006),
        ]
        for (finger, reach) in [0.158, 0.170, 0.162, 0.140].enumerated() {
            let f = 0.028 - 0.0185 * Double(finger)
            let middle = at(reach - 0.036, f, 0.014)
            blobs.append(.cone(at(0.080, f * 0.95, 0.004), middle, 0.0098 * size, 0.009 * size, blend: 0.004))
            blobs.append(.cone(middle, at(reach - 0.006, f * 0.95, 0.032), 0.009 * size, 0.0075 * size, blend: 0.003))
        }
        let middle = at(0.07, 0, 0.01)
        var layer = SculptLayer(
            blobs, lower: middle - Vec3(0.075, 0.115, 0.115), upper: middle + Vec3(0.075, 0.115, 0.115), cell: 0.0115 * size, slot: Slot.skin.rawValue, bones: [Self.armBones[index][2]],
            softness: 0.05)
        layer.largestCell = 0.03
        return layer
    }

    func shoeLayers(_ index: Int) -> [SculptLayer] {
        let side = Self.sides[index]
        let (ankle, ball, toe) = (ankle(side), ball(side), toe(side))
        let upper: [Blob] = [
            .cone(Vec3(ankle.x - 0.040, ankle.y, 0.046), Vec3(ball.x - 0.03, ball.y, 0.046), 0.041, 0.043, blend: 0), .cone(ball, toe - Vec3(0.010, 0, -0.010), 0.048, 0.036, blend: 0.03),
            .cone(ankle + Vec3(-0.012, 0, 0.0), ankle + Vec3(-0.008, 0, 0.05), 0.044, 0.040, blend: 0.03), .keep(Vec3(0, 0, 0.012), Vec3(0, 0, 1)), .keep(Vec3(0, 0, 0.128), Vec3(0, 0, -1)),
        ]
        let sole: [Blob] = [
            .cone(Vec3(ankle.x - 0.040, ankle.y, 0.02), Vec3(ball.x, ball.y, 0.02), 0.041, 0.050, blend: 0),
            .cone(Vec3(ball.x, ball.y, 0.02), Vec3(toe.x - 0.008, toe.y, 0.022), 0.050, 0.038, blend: 0.02),
            .keep(Vec3(0, 0, 0.0), Vec3(0, 0, 1), blend: 0.004), .keep(Vec3(0, 0, 0.026), Vec3(0, 0, -1), blend: 0.004),
        ]
        let bones = Array(Self.legBones[index][1...3])
        let (lower, higher) = (Vec3(-0.12, ankle.y - 0.08, -0.01), Vec3(0.24, ankle.y + 0.085, 0.14))
        var layers = [
            SculptLayer(upper, lower: lower, upper: higher, cell: 0.017, slot: Slot.shoe.rawValue, bones: bones, softness: 0.035),
            SculptLayer(sole, offset: 0.003, lower: lower, upper: Vec3(0.24, ankle.y + 0.085, 0.05), cell: 0.017, slot: Slot.sole.rawValue, bones: Array(bones[1...2]), softness: 0.03),
        ]
        for k in layers.indices { layers[k].largestCell = 0.045 }
        layers[1].coarsest = 1
        return layers
    }
}
