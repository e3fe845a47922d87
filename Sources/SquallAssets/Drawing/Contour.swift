import Foundation
import SquallMath

/// Closed outlines in the plane, corner by corner.
package enum Contour {
    /// A circle or an arc's polygon. Angles in radians, 0 along x, towards y.
    package static func ellipse(_ center: Vec2, _ half: Vec2, corners: Int = 40) -> [Vec2] {
        (0..<corners).map { k in
            let angle = 2 * .pi * Double(k) / Double(corners)
            return center + Vec2(half.x * cos(angle), half.y * sin(angle))
        }
    }

    package static func circle(_ center: Vec2, _ radius: Double, corners: Int = 40) -> [Vec2] { ellipse(center, Vec2(radius, radius), corners: corners) }

    package static func rectangle(_ lower: Vec2, _ upper: Vec2) -> [Vec2] { [lower, Vec2(upper.x, lower.y), upper, Vec2(lower.x, upper.y)] }

    /// A regular polygon, first corner at `angle`.
    package static func regular(_ center: Vec2, _ radius: Double, corners: Int, angle: Double) -> [Vec2] {
        (0..<corners).map { k in
            let a = angle + 2 * .pi * Double(k) / Double(corners)
            return center + Vec2(cos(a), sin(a)) * radius
        }
    }

    /// The same outline with its corners cut round.
    package static func rounded(_ corners: [Vec2], radius: Double, steps: Int = 5) -> [Vec2] {
        var result: [Vec2] = []
        for (k, corner) in corners.enumerated() {
            let (before, after) = (corners[(k + corners.count - 1) % corners.count], corners[(k + 1) % corners.count])
            let (u, v) = ((before - corner).normalized, (after - corner).normalized)
            // Distance from the corner to where the arc begins: r / tan(half the angle).
            let halfCos = ((1 + dot(u, v)) / 2).squareRoot(), halfSin = ((1 - dot(u, v)) / 2).squareRoot()
            guard halfSin > 1e-3 else { result.append(corner); continue }
            let reach = min(radius * halfCos / halfSin, (before - corner).length / 2, (after - corner).length / 2)
            let (a, b) = (corner + u * reach, corner + v * reach)
            for s in 0...steps {
                let t = Double(s) / Double(steps)
                result.append(a * ((1 - t) * (1 - t)) + corner * (2 * t * (1 - t)) + b * (t * t))
            }
        }
        return result
    }

    /// The outline of a line of constant width with flat ends and mitred bends; nil for less than two points.
    package static func stroke(_ path: [Vec2], width: Double) -> [Vec2]? { stroke(path, widths: Array(repeating: width, count: path.count)) }

    /// The same with a width at each point.
    package static func stroke(_ path: [Vec2], widths: [Double]) -> [Vec2]? {
        guard path.count > 1, widths.count == path.count else { return nil }
        var (left, right): ([Vec2], [Vec2]) = ([], [])
        for (k, point) in path.enumerated() {
            let before = (point - path[max(0, k - 1)]).normalized, after = (path[min(path.count - 1, k + 1)] - point).normalized
            let along = (before + after).normalized
            let side = along.left
            let bend = max(0.4, abs(dot(side, (after == .zero ? before : after).left)))
            left.append(point + side * (widths[k] / 2 / bend))
            right.append(point - side * (widths[k] / 2 / bend))
        }
        return left + right.reversed()
    }

    /// Points moved by a turn (cosine, sine), a scale and a shift.
    package static func placed(_ points: [Vec2], turn: Vec2 = Vec2(1, 0), scale: Double = 1, at: Vec2) -> [Vec2] {
        points.map { at + Vec2($0.x * turn.x - $0.y * turn.y, $0.x * turn.y + $0.y * turn.x) * scale }
    }

    /// The mirror image in the axis x = 0, running the same way round.
    package static func mirrored(_ points: [Vec2]) -> [Vec2] { points.reversed().map { Vec2(-$0.x, $0.y) } }

    /// A smooth curve through points (Catmull and Rom 1974), `steps` pieces between two.
    package static func smooth(_ points: [Vec2], closed: Bool = true, steps: Int = 4) -> [Vec2] {
        let n = points.count
        guard n > 2 else { return points }
        let at = { (k: Int) in closed ? points[(k % n + n) % n] : points[min(max(0, k), n - 1)] }
        var result: [Vec2] = []
        for k in 0..<(closed ? n : n - 1) {
            let (p0, p1, p2, p3) = (at(k - 1), at(k), at(k + 1), at(k + 2))
            for s in 0..<steps {
                let t = Double(s) / Double(steps)
                let linear = (p2 - p0) * t
                let square = (p0 * 2 - p1 * 5 + p2 * 4 - p3) * (t * t)
                let cubic = (p1 * 3 - p0 - p2 * 3 + p3) * (t * t * t)
                result.append(p1 + (linear + square + cubic) / 2)
            }
        }
        if !closed { result.append(points[n - 1]) }
        return result
    }
}
