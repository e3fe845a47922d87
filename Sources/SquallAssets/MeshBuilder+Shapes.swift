import Foundation
import SquallMath

/// Nets, boxes, turned and extruded shapes.
extension MeshBuilder {
    /// A surface through a rectangular net of points. `points[i][j]`: i advances along the first direction, j along the second;
    /// the outside is where (i direction) x (j direction) points. `slot` gives each cell its material, nil leaves a hole.
    package mutating func grid(_ points: [[Vec3]], closed: Bool = false, flipped: Bool = false, slot: (_ i: Int, _ j: Int) -> Int?) {
        guard let columns = points.first?.count, points.count > 1, columns > 1 else { return }
        for i in 0..<(points.count - 1) {
            for j in 0..<(closed ? columns : columns - 1) {
                guard let s = slot(i, j) else { continue }
                let k = (j + 1) % columns
                let (a, b, c, d) = (points[i][j], points[i + 1][j], points[i + 1][k], points[i][k])
                if flipped { quad(a, d, c, b, slot: s) } else { quad(a, b, c, d, slot: s) }
            }
        }
    }

    /// An axis-aligned box, its edges cut by `bevel` metres when positive.
    package mutating func box(_ lower: Vec3, _ upper: Vec3, slot: Int, bevel: Double = 0) {
        if bevel <= 0 {
            let p = (0..<8).map { Vec3($0 & 1 == 0 ? lower.x : upper.x, $0 & 2 == 0 ? lower.y : upper.y, $0 & 4 == 0 ? lower.z : upper.z) }
            quad(p[0], p[2], p[3], p[1], slot: slot)
            quad(p[4], p[5], p[7], p[6], slot: slot)
            quad(p[0], p[1], p[5], p[4], slot: slot)
            quad(p[2], p[6], p[7], p[3], slot: slot)
            quad(p[0], p[4], p[6], p[2], slot: slot)
            quad(p[1], p[3], p[7], p[5], slot: slot)
            return
        }
        let b = min(bevel, (upper - lower).min() / 2)
        let ring = { (z: Double, inset: Double) -> [Vec3] in
            let (x0, x1, y0, y1) = (lower.x + inset, upper.x - inset, lower.y + inset, upper.y - inset)
            let c = b * (inset > 0 ? 0.6 : 1)
            return [
                Vec3(x0 + c, y0, z), Vec3(x1 - c, y0, z), Vec3(x1, y0 + c, z), Vec3(x1, y1 - c, z),
                Vec3(x1 - c, y1, z), Vec3(x0 + c, y1, z), Vec3(x0, y1 - c, z), Vec3(x0, y0 + c, z),
            ]
        }
        let rings = [ring(lower.z, b), ring(lower.z + b, 0), ring(upper.z - b, 0), ring(upper.z, b)]
        grid(rings, closed: true, flipped: true) { _, _ in slot }
        polygon(rings[3], slot: slot)
        polygon(rings[0].reversed(), slot: slot)
    }

    /// A surface of revolution about the line through `origin` along `axis`. The profile lists (radius, height along the axis)
    /// with growing height on the outside; `slot` takes the profile segment.
    package mutating func lathe(_ profile: [Vec2], origin: Vec3, axis: Vec3, segments: Int, slot: (_ segment: Int) -> Int) {
        let w = axis.normalized
        let u = cross(abs(w.z) < 0.9 ? Vec3(0, 0, 1) : Vec3(1, 0, 0), w).normalized
        let v = cross(w, u)
        let rings = profile.map { point in
            (0..<segments).map { k -> Vec3 in
                let angle = 2 * .pi * Double(k) / Double(segments)
                return origin + w * point.y + (u * cos(angle) + v * sin(angle)) * point.x
            }
        }
        grid(rings, closed: true, flipped: true) { i, _ in slot(i) }
    }

    /// A tube with round cross-section along a path, radius per point, closed by flat ends.
    package mutating func tube(_ path: [Vec3], radii: [Double], segments: Int, slot: Int, flatten: Double = 1) {
        guard path.count >= 2, path.count == radii.count else { return }
        var rings: [[Vec3]] = []
        for (i, point) in path.enumerated() {
            let w = (path[min(i + 1, path.count - 1)] - path[max(i - 1, 0)]).normalized
            let u = cross(w, abs(w.x) < 0.9 ? Vec3(1, 0, 0) : Vec3(0, 1, 0)).normalized
            let v = cross(w, u)
            rings.append(
                (0..<segments).map { k in
                    let angle = 2 * .pi * Double(k) / Double(segments)
                    return point + (u * (cos(angle) * flatten) + v * sin(angle)) * radii[i]
                })
        }
        grid(rings, closed: true, flipped: true) { _, _ in slot }
        polygon(rings[rings.count - 1], slot: slot)
        polygon(rings[0].reversed(), slot: slot)
    }

    /// Closed horizontal rings joined from the lowest up, both ends closed: limbs, torsos, anything made of ovals.
    package mutating func ovals(_ rings: [Oval], segments: Int, slot: (_ ring: Int) -> Int) {
        let nets = rings.map { $0.points(segments) }
        grid(nets, closed: true, flipped: true) { i, _ in slot(i) }
        polygon(nets[nets.count - 1], slot: slot(rings.count - 2))
        polygon(nets[0].reversed(), slot: slot(0))
    }

    /// A superellipse at one height.
    package struct Oval {
        var center: Vec3
        /// Half sizes along x and y.
        var half: Vec2
        /// 2 is an ellipse; 3 to 5 a rounded box.
        var power = 2.2
        package init(_ x: Double, _ y: Double, _ z: Double, _ halfX: Double, _ halfY: Double, power: Double = 2.2) {
            (center, half, self.power) = (Vec3(x, y, z), Vec2(halfX, halfY), power)
        }
        func points(_ segments: Int) -> [Vec3] {
            (0..<segments).map { k in
                let angle = 2 * .pi * Double(k) / Double(segments)
                let (c, s) = (cos(angle), sin(angle))
                let (x, y) = (pow(abs(c), 2 / power), pow(abs(s), 2 / power))
                return center + Vec3(half.x * (c < 0 ? -x : x), half.y * (s < 0 ? -y : y), 0)
            }
        }
    }

    /// A flat patch of quads lying on a surface `at(u, v)`, lifted by `lift` along `out`, with a skirt that reaches `depth` behind,
    /// so that it never floats: lamps, grilles, plates. Corners run counter-clockwise seen from outside.
    package mutating func patch(_ corners: [Vec2], across: Int, up: Int, lift: Double, depth: Double, out: Vec3, slot: Int, at: (Vec2) -> Vec3) {
        let net = (0...up).map { j -> [Vec3] in
            (0...across).map { i -> Vec3 in
                let (s, t) = (Double(i) / Double(across), Double(j) / Double(up))
                let low = corners[0] + (corners[1] - corners[0]) * s
                let high = corners[3] + (corners[2] - corners[3]) * s
                return at(low + (high - low) * t) + out * lift
            }
        }
        for j in 0..<up {
            for i in 0..<across { quad(net[j][i], net[j][i + 1], net[j + 1][i + 1], net[j + 1][i], slot: slot) }
        }
        let rim = net[0] + (1..<up).map { net[$0][across] } + net[up].reversed() + (1..<up).reversed().map { net[$0][0] }
        for (k, a) in rim.enumerated() {
            let b = rim[(k + 1) % rim.count]
            quad(a, a - out * depth, b - out * depth, b, slot: slot)
        }
    }
}

/// A function of one variable through knots: monotone cubic pieces (Fritsch and Carlson 1980), constant outside. No overshoot.
package struct Curve: Sendable {
    private let x: [Double], y: [Double], slope: [Double]

    package init(_ knots: [(Double, Double)]) {
        let (x, y) = (knots.map(\.0), knots.map(\.1))
        let n = x.count
        let secant: [Double] = (0..<max(0, n - 1)).map { (i: Int) -> Double in (y[i + 1] - y[i]) / (x[i + 1] - x[i]) }
        var slope = Array(repeating: 0.0, count: n)
        for i in 0..<n where n > 1 {
            let (left, right) = (secant[max(0, i - 1)], secant[min(i, n - 2)])
            slope[i] = left * right <= 0 ? 0 : 2 * left * right / (left + right)
        }
        (self.x, self.y, self.slope) = (x, y, slope)
    }

    package func callAsFunction(_ at: Double) -> Double {
        guard let last = x.indices.last else { return 0 }
        if at <= x[0] { return y[0] }
        if at >= x[last] { return y[last] }
        let i = x.lastIndex { $0 <= at } ?? 0
        let h = x[i + 1] - x[i]
        let t = (at - x[i]) / h
        let (t2, t3) = (t * t, t * t * t)
        return (2 * t3 - 3 * t2 + 1) * y[i] + (t3 - 2 * t2 + t) * h * slope[i] + (3 * t2 - 2 * t3) * y[i + 1] + (t3 - t2) * h * slope[i + 1]
    }
}
