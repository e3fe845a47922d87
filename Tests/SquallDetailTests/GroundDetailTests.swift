import SquallAssets
import SquallDetail
import SquallMath
import Testing

/// Detail of the ground: where it is, what it keeps, what it lets through.
@Suite struct GroundDetailTests {
    private static let grounds: [SurfaceDetail] = [.asphalt, .concrete, .paving, .gravel, .grass, .soil, .sand]

    private static func material(_ detail: SurfaceDetail, _ grey: Float = 0.1) -> Material {
        var surface = Material(name: "ground", baseColor: Vec3f(repeating: grey), roughness: 0.9)
        surface.detail = detail
        return surface
    }

    /// The mean over places is the material's albedo within a fifth: gaps between stones and moss may darken it a little.
    @Test(arguments: grounds) func keepsTheAlbedo(_ detail: SurfaceDetail) {
        let surface = Self.material(detail)
        for footprint in [0.01, 0.1, 1.0] {
            var sum = 0.0
            let count = 60
            for i in 0..<count {
                for j in 0..<count {
                    let place = Vec2(Double(i) * 3.37, Double(j) * 2.91)
                    sum += Double(GroundDetail.seen(surface, at: place, u: place.x, v: detail == .paving ? place.y : 0, footprint: footprint, eye: place + Vec2(1, 1)))
                }
            }
            let mean = sum / Double(count * count)
            #expect(abs(mean - 0.1) < 0.02, "\(detail) at \(footprint) m: \(mean)")
        }
    }

    /// The world carries the detail: the same place looks the same from wherever it is seen, across the border where coordinates wrap too.
    @Test(arguments: grounds) func staysWhereItIs(_ detail: SurfaceDetail) {
        let surface = Self.material(detail)
        for k in 0..<40 {
            let place = Vec2(1019.3 + Double(k) * 0.25, -2048.7 + Double(k) * 0.375)
            let near = GroundDetail.seen(surface, at: place, footprint: 0.02, eye: place + Vec2(-3, 2))
            let far = GroundDetail.seen(surface, at: place, footprint: 0.02, eye: place + Vec2(9, -8))
            #expect(abs(near - far) < 0.004)
        }
    }

    /// Contrast dies out as pixels cover more: the far field is smooth.
    @Test(arguments: grounds) func fadesWithDistance(_ detail: SurfaceDetail) {
        let surface = Self.material(detail)
        let spread = { (footprint: Double) -> Double in
            let values = (0..<900).map { k -> Double in
                let place = Vec2(Double(k % 30) * 0.731, Double(k / 30) * 0.917)
                return Double(GroundDetail.seen(surface, at: place, u: place.x, v: detail == .paving ? place.y : 0, footprint: footprint, eye: place + Vec2(1, 1)))
            }
            let mean = values.reduce(0, +) / 900
            return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 900).squareRoot() / mean
        }
        #expect(spread(0.004) > 0.04)
        #expect(spread(8) < 0.5 * spread(0.004))
    }

    /// Stones along the pavement, grass from twice their width on, more and more grass between.
    @Test func grassGrowsIntoGravel() {
        var (shoulder, verge) = (Self.material(.shoulder, 0.2), Self.material(.verge, 0.05))
        (shoulder.detailColor, verge.detailColor) = (Vec3f(repeating: 0.05), Vec3f(repeating: 0.2))
        let mean = { (surface: Material, v: Double) -> Double in
            let values = (0..<1600).map { k -> Double in
                let place = Vec2(Double(k % 40) * 0.731, Double(k / 40) * 0.917)
                return Double(GroundDetail.seen(surface, at: place, v: v, footprint: 0.02, eye: place + Vec2(1, 1)))
            }
            return values.reduce(0, +) / 1600
        }
        #expect(abs(mean(shoulder, 0) / mean(Self.material(.gravel, 0.2), 0) - 1) < 1e-3)
        #expect(abs(mean(verge, 4) / mean(Self.material(.grass, 0.05), 4) - 1) < 1e-3)
        // Both know the same border.
        #expect(abs(mean(shoulder, 1) - mean(verge, 1)) < 1e-4)
        let across = [0.2, 0.6, 1.0, 1.4, 2.2].map { mean(verge, $0) }
        #expect(zip(across, across.dropFirst()).allSatisfy { $0 > $1 }, "\(across)")
    }

    /// A line's light is the same however wide a pixel is: the sum over all pixels across it times their width.
    @Test(arguments: [0.01, 0.05, 0.2, 0.5]) func linesKeepTheirLight(_ footprint: Double) {
        var paint = Self.material(.roadPaint, 0.6)
        paint.detailColor = Vec3f(repeating: 0)
        // v is 1 at the edge of a line 2 units wide.
        let sum = { (width: Double) -> Double in
            var total = 0.0
            for k in -200...200 {
                let v = (Double(k) + 0.31) * width
                guard abs(v) < 4 else { continue }
                // From far above: no chips, no grain.
                total += Double(GroundDetail.seen(paint, at: Vec2(7, 9), u: 0, v: v, footprint: width, eye: Vec2(8, 9))) * width
            }
            return total
        }
        let (fine, coarse) = (sum(0.5), sum(footprint * 4))
        #expect(abs(coarse - fine) < 0.12 * fine)
    }

    private static let upright: [SurfaceDetail] = [.plaster, .brick, .roofTile, .bark]
    /// Faces along an axis, askew, and sloping like a roof.
    private static let normals = [Vec3(0, -1, 0), Vec3(0.8, 0.6, 0), Vec3(-0.35, 0.42, 0.84)]

    private static func seen(_ detail: SurfaceDetail, _ k: Int, _ normal: Vec3, footprint: Double) -> Double {
        let out = normal.normalized, along = cross(Vec3(0, 0, 1), out).normalized, up = cross(out, along)
        let place = Vec3(5, 7, 9) + along * (Double(k % 45) * 0.3127) + up * (Double(k / 45) * 0.2311)
        return Double(GroundDetail.seen(material(detail, 0.2), at: place, normal: out, footprint: footprint, eye: place + out * 10))
    }

    /// Walls, roofs and trunks keep the material's colour in the mean, near and far, and no single brick is left far off.
    @Test(arguments: upright) func builtThingsKeepTheirAlbedo(_ detail: SurfaceDetail) {
        for normal in Self.normals {
            for footprint in [0.002, 0.03, 0.3, 3.0] {
                let values = (0..<2025).map { Self.seen(detail, $0, normal, footprint: footprint) }
                let mean = values.reduce(0, +) / 2025
                #expect(abs(mean - 0.2) < 0.02, "\(detail) along \(normal) at \(footprint) m: \(mean)")
                let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2025).squareRoot() / mean
                if footprint < 0.01 { #expect(spread > 0.03) }
                if footprint > 1 { #expect(spread < 0.04) }
            }
        }
    }

    /// The world carries bricks and tiles: an eye on the other side of the border where coordinates wrap sees the same, on walls askew too.
    @Test(arguments: upright) func wallsStayWhereTheyAre(_ detail: SurfaceDetail) {
        let surface = Self.material(detail, 0.2)
        for normal in Self.normals {
            let out = normal.normalized, along = cross(Vec3(0, 0, 1), out).normalized
            var differing = 0
            for k in 0..<200 {
                let place = Vec3(1023.2, -2.6, 1021.4) + along * (Double(k) * 0.0371) + Vec3(0, 0, 0.0173 * Double(k))
                let near = GroundDetail.seen(surface, at: place, normal: out, footprint: 0.02, eye: place + Vec3(-6, -5, -4))
                let far = GroundDetail.seen(surface, at: place, normal: out, footprint: 0.02, eye: place + Vec3(-6, -5, -4) * -1.5)
                if abs(near - far) > 0.004 { differing += 1 }
            }
            // Rounding at the border of a piece may take its neighbour's shade.
            #expect(differing <= 4, "\(detail) along \(normal): \(differing)")
        }
    }
}
