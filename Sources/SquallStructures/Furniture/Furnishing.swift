import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// A thing that stands still, drawn by one function at three degrees of detail (2 finest) and stretched the last millimetres to its box.
struct Furnishing: ProceduralAsset {
    typealias Draw = @Sendable (_ mesh: inout MeshBuilder, _ size: Vec3, _ detail: Int, _ variant: Variant) -> Void

    var variants = 1
    var materials: [Material]
    /// Where the coarser levels begin, metres; fewer levels with fewer numbers.
    var distances = [14.0, 45]
    var crease = 0.65
    var palettes: [Asset.Palette] = []
    var paintSlot: Int?
    var lamps: [Lamp] = []
    var draw: Draw

    init(
        _ materials: [Material], variants: Int = 1, distances: [Double] = [14, 45], crease: Double = 0.65, palettes: [Asset.Palette] = [], paintSlot: Int? = nil, lamps: [Lamp] = [],
        draw: @escaping Draw
    ) {
        (self.materials, self.variants, self.distances, self.crease, self.draw) = (materials, variants, distances, crease, draw)
        (self.palettes, self.paintSlot, self.lamps) = (palettes, paintSlot, lamps)
    }

    func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let center = Vec3(archetype.size.x / 2 - archetype.originFromRear, 0, archetype.size.z / 2)
        let levels = ([0] + distances).enumerated().map { index, distance -> Asset.Level in
            var builder = MeshBuilder()
            draw(&builder, archetype.size, 2 - index, variant)
            return Asset.Level(pieces: [Asset.Piece(mesh: builder.mesh(crease: crease).stretched(to: archetype.size, around: center))], distance: distance)
        }
        var asset = Asset(archetype, levels: levels, materials: materials, paintSlot: paintSlot, palettes: palettes)
        asset.lamps = lamps
        return asset
    }
}

extension MeshBuilder {
    /// A plane outline (y, z) drawn out along x, closed at both ends: for convex sections.
    mutating func prism(_ section: [Vec2], from x0: Double, to x1: Double, slot: Int) {
        for (k, p) in section.enumerated() {
            let q = section[(k + 1) % section.count]
            quad(Vec3(x1, p.x, p.y), Vec3(x0, p.x, p.y), Vec3(x0, q.x, q.y), Vec3(x1, q.x, q.y), slot: slot)
        }
        polygon(section.map { Vec3(x1, $0.x, $0.y) }, slot: slot)
        polygon(section.reversed().map { Vec3(x0, $0.x, $0.y) }, slot: slot)
    }

    /// A board with red and white stripes at 45 degrees on both faces, its lower corner at `corner`, running `length` along y and `height` up.
    mutating func stripedBoard(_ corner: Vec3, length: Double, height: Double, thickness: Double, stripe: Double, slots: (Int, Int)) {
        let pieces = max(2, Int((length / stripe).rounded()))
        for face in [0.0, thickness] {
            for k in -1...pieces {
                // Parallelograms cut at both ends of the board.
                let run = { (t: Double) in t * length / Double(pieces) }
                let (a, b, shift) = (run(Double(k)), run(Double(k + 1)), min(height, run(1)))
                let corners = [(a, 0.0), (b, 0.0), (b + shift, height), (a + shift, height)].map { y, z in Vec2(y, z) }
                let cut = Self.clipped(corners, 0, length)
                guard cut.count > 2 else { continue }
                let points = cut.map { corner + Vec3(face, $0.x, $0.y) }
                polygon(face > 0 ? points : points.reversed(), slot: k & 1 == 0 ? slots.0 : slots.1)
            }
        }
        let (l, u) = (corner, corner + Vec3(thickness, length, height))
        for (a, b, c, d) in [
            (Vec3(l.x, l.y, u.z), Vec3(u.x, l.y, u.z), Vec3(u.x, u.y, u.z), Vec3(l.x, u.y, u.z)), (Vec3(l.x, u.y, l.z), Vec3(u.x, u.y, l.z), Vec3(u.x, l.y, l.z), l),
            (l, Vec3(u.x, l.y, l.z), Vec3(u.x, l.y, u.z), Vec3(l.x, l.y, u.z)), (Vec3(u.x, u.y, l.z), Vec3(l.x, u.y, l.z), Vec3(l.x, u.y, u.z), u),
        ] { quad(a, b, c, d, slot: slots.0) }
    }

    /// A polygon's part between two abscissas.
    private static func clipped(_ points: [Vec2], _ low: Double, _ high: Double) -> [Vec2] {
        var result = points
        for (bound, sign) in [(low, 1.0), (high, -1.0)] {
            var next: [Vec2] = []
            for (k, p) in result.enumerated() {
                let q = result[(k + 1) % result.count]
                let (dp, dq) = ((p.x - bound) * sign, (q.x - bound) * sign)
                if dp >= 0 { next.append(p) }
                if (dp > 0 && dq < 0) || (dp < 0 && dq > 0) { next.append(p + (q - p) * (dp / (dp - dq))) }
            }
            result = next
        }
        return result
    }
}
