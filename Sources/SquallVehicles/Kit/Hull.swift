import Foundation
import SquallAssets
import SquallMath
import SquallSkins

/// The smooth skin of a vehicle from its section curves: roof line, belt line, sill, plan, flank and tumblehome, two curved ends, and
/// the radii of its edges. Half of it, y >= 0; x forward, z up, metres.
///
/// The surface is a lattice box bent to those curves: columns along x, rows from the floor past the belt line to the roof, and rows
/// across. Where two faces of the box meet they are rounded. Coarser lattices sample the same surface, so levels of detail keep the
/// outline.
package struct Hull {
    /// Height of the middle line over x: bonnet, windscreen, roof, boot.
    var top: Curve
    /// How much lower the roof is at its edge, metres.
    var crown: Curve
    /// How far panes across the car bow: their edges lie this much further back (front) or ahead (negative, rear), metres.
    var bow = Curve([(0, 0)])
    var floor: Curve
    /// Greatest half width over x.
    var plan: Curve
    /// Height of the belt line over x.
    var belt: Curve
    /// How far the flank stands in, over the share of the way from floor to belt.
    var flank: Curve
    /// Above the belt: step inwards, tangent of the lean, and 1/m of curvature.
    var shoulder = 0.03, lean = 0.25, barrel = 0.12
    /// Swelling of the flank over wheels: place, reach and height, metres.
    var flares: [(x: Double, z: Double, reach: Double, height: Double)] = []
    /// The ends as x over (y, z).
    var front: (_ y: Double, _ z: Double) -> Double
    var rear: (_ y: Double, _ z: Double) -> Double
    /// The ends' furthest points.
    var ends: ClosedRange<Double>
    /// Between these columns are flat sections.
    var straight: ClosedRange<Double>
    /// Radii of the edges along x, y, z; of the lower edges.
    var radius = Vec3(0.09, 0.09, 0.07)
    var lowRadius = 0.05

    /// How finely a level samples the skin.
    package struct Lattice {
        /// Greatest distance of columns, metres.
        var pitch: Double
        /// Columns that must exist.
        var lines: [Double] = []
        /// 0 floor ... 1 belt ... 2 roof.
        var rows: [Double]
        /// 0 middle ... 1 flank.
        var across: [Double]
        /// Columns into the rounding of the ends, as shares of the radius.
        var nose: [Double] = [0.06, 0.2, 0.45, 0.8]

        static let fine = Lattice(
            pitch: 0.12, rows: [0, 0.03, 0.1, 0.22, 0.38, 0.55, 0.68, 0.735, 0.77, 0.81, 0.93, 1, 1.06, 1.14, 1.4, 1.7, 1.88, 1.96, 2],
            across: [0, 0.2, 0.4, 0.58, 0.73, 0.84, 0.91, 0.96, 1], nose: [0.1, 0.4, 0.8])
        static let middle = Lattice(pitch: 0.32, rows: [0, 0.1, 0.55, 0.735, 1, 1.12, 1.6, 1.92, 2], across: [0, 0.4, 0.75, 0.93, 1], nose: [0.15, 0.7])
        static let coarse = Lattice(pitch: 1.2, rows: [0, 0.5, 1, 1.85, 2], across: [0, 0.8, 1], nose: [0.3])
        static let least = Lattice(pitch: 9, rows: [0.05, 1.02, 1.9], across: [0, 0.9], nose: [])
    }

    /// Half width of the flank at (x, z), before its edges are rounded.
    func side(_ x: Double, _ z: Double) -> Double {
        let (low, line) = (floor(x), belt(x))
        var inset: Double
        if z <= line {
            inset = flank(((z - low) / max(line - low, 1e-6)).clamped(to: 0...1))
        } else {
            let h = z - line
            let t = min(1, h / 0.05)
            inset = flank(1) + shoulder * t * t * (3 - 2 * t) + lean * h + barrel * h * h
        }
        for f in flares {
            let d = ((x - f.x) * (x - f.x) + (z - f.z) * (z - f.z)).squareRoot() / f.reach
            if d < 1 { inset -= f.height * (1 - d * d) * (1 - d * d) }
        }
        return max(0.02, plan(x) - inset)
    }

    func roof(_ x: Double, _ y: Double) -> Double {
        let s = y / max(plan(x), 1e-6)
        return top(x + bow(x) * s * s) - crown(x) * s * s
    }

    /// Where the skin is for nominal column, share across and row, edges rounded.
    func point(_ column: Double, _ across: Double, _ row: Double) -> Vec3 {
        var (x, y, z) = (column.clamped(to: ends), 0.0, 0.0)
        for _ in 0..<2 {
            let (low, line) = (floor(x), belt(x))
            let high = roof(x, y)
            z = row <= 1 ? low + (line - low) * row : line + (high - line) * (row - 1)
            y = across * side(x, z)
            if column > straight.upperBound {
                x = straight.upperBound + (front(y, z) - straight.upperBound) * (column - straight.upperBound) / (ends.upperBound - straight.upperBound)
            } else if column < straight.lowerBound {
                x = straight.lowerBound + (rear(y, z) - straight.lowerBound) * (column - straight.lowerBound) / (ends.lowerBound - straight.lowerBound)
            }
        }
        let high = roof(x, y)
        let low = floor(x)
        z = row <= 1 ? low + (belt(x) - low) * row : belt(x) + (high - belt(x)) * (row - 1)
        let wide = side(x, z)
        y = across * wide
        return rounded(Vec3(x, y, z), wide: wide, low: low, high: roof(x, y))
    }

    /// Distances to the sharp edges shorter than the radii bend round a corner.
    private func rounded(_ p: Vec3, wide: Double, low: Double, high: Double) -> Vec3 {
        let (ahead, behind) = (front(p.y, p.z) - p.x, p.x - rear(p.y, p.z))
        let (above, below) = (high - p.z, p.z - low)
        let isLow = below < above
        let r = Vec3(radius.x, min(isLow ? lowRadius * 1.5 : radius.y, wide), isLow ? lowRadius : min(radius.z, (high - low) / 2.2))
        let e = Vec3(max(0, r.x - max(0, min(ahead, behind))), max(0, r.y - max(0, wide - p.y)), max(0, r.z - max(0, min(above, below))))
        let v = e / r
        let length = v.length
        guard length > 1 else { return p }
        let inward = e - r * (v / length)
        // `e` lay beyond the rounded edge by `inward`.
        return Vec3(p.x - (ahead < behind ? inward.x : -inward.x), p.y - inward.y, p.z - (isLow ? -inward.z : inward.z))
    }

    /// All faces have `slot`; those of the bottom `underside`.
    func skin(_ lattice: Lattice, slot: Int, underside: Int) -> Skin {
        let xs = columns(lattice)
        let (nx, ny, nz) = (xs.count, lattice.across.count, lattice.rows.count)
        var skin = Skin()
        var names = Array(repeating: Int32(-1), count: nx * ny * nz)
        func name(_ i: Int, _ j: Int, _ k: Int) -> Int32 {
            let n = (i * ny + j) * nz + k
            if names[n] < 0 { names[n] = skin.vertex(point(xs[i], lattice.across[j], lattice.rows[k]), .zero) }
            return names[n]
        }
        func quad(_ a: Int32, _ b: Int32, _ c: Int32, _ d: Int32, _ s: Int) {
            if (skin.at(a) - skin.at(c)).lengthSquared <= (skin.at(b) - skin.at(d)).lengthSquared * 1.0001 {
                skin.face(a, b, c, s)
                skin.face(a, c, d, s)
            } else {
                skin.face(a, b, d, s)
                skin.face(b, c, d, s)
            }
        }
        for i in 0..<(nx - 1) {
            for k in 0..<(nz - 1) { quad(name(i, ny - 1, k), name(i, ny - 1, k + 1), name(i + 1, ny - 1, k + 1), name(i + 1, ny - 1, k), slot) }
            for j in 0..<(ny - 1) {
                quad(name(i, j, nz - 1), name(i + 1, j, nz - 1), name(i + 1, j + 1, nz - 1), name(i, j + 1, nz - 1), slot)
                quad(name(i, j, 0), name(i, j + 1, 0), name(i + 1, j + 1, 0), name(i + 1, j, 0), underside)
            }
        }
        for j in 0..<(ny - 1) {
            for k in 0..<(nz - 1) {
                quad(name(nx - 1, j, k), name(nx - 1, j + 1, k), name(nx - 1, j + 1, k + 1), name(nx - 1, j, k + 1), slot)
                quad(name(0, j, k), name(0, j, k + 1), name(0, j + 1, k + 1), name(0, j + 1, k), slot)
            }
        }
        skin.smoothNormals()
        return skin
    }

    private func columns(_ lattice: Lattice) -> [Double] {
        var keys = lattice.lines + [ends.lowerBound, ends.upperBound]
        if !lattice.nose.isEmpty { keys += [straight.lowerBound, straight.upperBound] }
        for share in lattice.nose { keys += [ends.lowerBound + share * radius.x, ends.upperBound - share * radius.x] }
        keys = keys.filter { ends.contains($0) }.sorted()
        var result: [Double] = []
        for x in keys {
            guard let last = result.last else { result.append(x); continue }
            guard x - last > 1e-3 else { continue }
            let n = max(1, Int(((x - last) / lattice.pitch).rounded(.up)))
            for k in 1...n { result.append(last + (x - last) * Double(k) / Double(n)) }
        }
        return result
    }
}
