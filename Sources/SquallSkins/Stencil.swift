import Foundation
import SquallAssets
import SquallMath

/// A convex region of space that cuts a skin: a window, a lamp, a shut line, a wheel arch, drawn as an outline in one view and
/// pushed through the body.
package struct Stencil: Sendable {
    package enum View: Sendable {
        /// (x, z), the flank at positive y.
        case left
        /// (y, z) on what faces forward.
        case front
        /// (y, z) on what faces backward.
        case rear
        /// (x, y) on what faces up.
        case top
        /// (x, y) on what faces down.
        case bottom
    }

    /// Inside where n . p >= d.
    package var planes: [(n: Vec3, d: Double)]
    package var lower: Vec3, upper: Vec3
    /// Faces turned further from this than `minimum` (cosine) are left alone.
    package var facing: Vec3
    package var minimum = 0.05

    /// - Parameters:
    ///   - outline: a convex polygon in the view's coordinates, either way round.
    ///   - beyond: the plane across the view from which on the stencil cuts: least y, x, z; greatest x seen from the rear.
    package init(_ view: View, _ outline: [Vec2], beyond: Double, until: Double? = nil) {
        var area = 0.0
        for (k, a) in outline.enumerated() { area += cross(a, outline[(k + 1) % outline.count]) }
        let ring = area < 0 ? outline.reversed() : outline
        let lift: (Vec2) -> Vec3
        let axis: Vec3
        switch view {
        case .left: (lift, axis) = ({ Vec3($0.x, 0, $0.y) }, Vec3(0, 1, 0))
        case .front: (lift, axis) = ({ Vec3(0, $0.x, $0.y) }, Vec3(1, 0, 0))
        case .rear: (lift, axis) = ({ Vec3(0, $0.x, $0.y) }, Vec3(-1, 0, 0))
        case .top: (lift, axis) = ({ Vec3($0.x, $0.y, 0) }, Vec3(0, 0, 1))
        case .bottom: (lift, axis) = ({ Vec3($0.x, $0.y, 0) }, Vec3(0, 0, -1))
        }
        facing = axis
        planes = []
        for (k, a) in ring.enumerated() {
            let b = ring[(k + 1) % ring.count]
            let inward = (b - a).left.normalized
            guard inward != .zero else { continue }
            planes.append((lift(inward), dot(inward, a)))
        }
        let sign = axis.sum()
        planes.append((axis, sign * beyond))
        if let until { planes.append((-axis, -sign * until)) }
        (lower, upper) = (Vec3(repeating: .infinity), Vec3(repeating: -.infinity))
        for p in ring { (lower, upper) = (pointwiseMin(lower, lift(p)), pointwiseMax(upper, lift(p))) }
        let mask = SIMD3<Double>(abs(axis.x), abs(axis.y), abs(axis.z))
        let across = mask .> 0.5
        lower.replace(with: -Double.infinity, where: across)
        upper.replace(with: Double.infinity, where: across)
        if sign > 0 { lower.replace(with: beyond, where: across) } else { upper.replace(with: beyond, where: across) }
        if let until { if sign > 0 { upper.replace(with: until, where: across) } else { lower.replace(with: until, where: across) } }
    }

    /// The same region grown by `margin` metres on every side of its outline.
    package func grown(_ margin: Double) -> Stencil {
        var copy = self
        copy.planes = planes.map { abs(dot($0.n, facing)) > 0.9 ? $0 : ($0.n, $0.d - margin) }
        (copy.lower, copy.upper) = (lower - margin, upper + margin)
        return copy
    }

    /// Also cuts faces that look away from the view: wheel arches take the floor with them.
    package func through() -> Stencil {
        var copy = self
        copy.minimum = -2
        return copy
    }
}

/// Polygons in the plane of a view.
package enum CutPath {
    /// Corners replaced by arcs of about `radius`; convex stays convex.
    package static func rounded(_ corners: [Vec2], _ radius: Double, steps: Int = 4) -> [Vec2] {
        guard steps > 0, radius > 0 else { return corners }
        var result: [Vec2] = []
        for (k, b) in corners.enumerated() {
            let (a, c) = (corners[(k + corners.count - 1) % corners.count], corners[(k + 1) % corners.count])
            let (u, v) = ((a - b).length, (c - b).length)
            let turn = 1 + dot((a - b).normalized, (c - b).normalized)
            guard turn > 0.02 else { result.append(b); continue }
            let (p, q) = (b + (a - b) * min(radius / max(u, 1e-9), 0.48), b + (c - b) * min(radius / max(v, 1e-9), 0.48))
            for i in 0...steps {
                let t = Double(i) / Double(steps)
                result.append(p * ((1 - t) * (1 - t)) + b * (2 * t * (1 - t)) + q * (t * t))
            }
        }
        return result
    }

    package static func box(_ x: ClosedRange<Double>, _ z: ClosedRange<Double>, radius: Double = 0, steps: Int = 3) -> [Vec2] {
        rounded(
            [Vec2(x.lowerBound, z.lowerBound), Vec2(x.upperBound, z.lowerBound), Vec2(x.upperBound, z.upperBound), Vec2(x.lowerBound, z.upperBound)], radius, steps: steps)
    }

    package static func circle(_ centre: Vec2, _ radius: Double, _ n: Int, phase: Double = 0) -> [Vec2] {
        (0..<n).map { centre + Vec2(cos(2 * .pi * (Double($0) + phase) / Double(n)), sin(2 * .pi * (Double($0) + phase) / Double(n))) * radius }
    }

    /// The convex hull, counter-clockwise (Andrew's monotone chain).
    package static func hull(_ points: [Vec2]) -> [Vec2] {
        let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        func chain(_ points: [Vec2]) -> [Vec2] {
            var result: [Vec2] = []
            for p in points {
                while result.count >= 2, cross(result[result.count - 1] - result[result.count - 2], p - result[result.count - 1]) <= 1e-9 { result.removeLast() }
                result.append(p)
            }
            return result.dropLast()
        }
        return chain(sorted) + chain(sorted.reversed())
    }

    /// One thin quadrilateral per leg of a path.
    package static func strips(_ path: [Vec2], width: Double) -> [[Vec2]] {
        zip(path, path.dropFirst()).map { a, b in
            let along = (b - a).normalized * (width / 2)
            let across = along.left
            return [a - along - across, b + along - across, b + along + across, a - along + across]
        }
    }
}

extension CutPath {
    /// The part of a convex polygon where n . p >= d.
    package static func clip(_ polygon: [Vec2], _ n: Vec2, _ d: Double) -> [Vec2] {
        var result: [Vec2] = []
        for (k, a) in polygon.enumerated() {
            let b = polygon[(k + 1) % polygon.count]
            let (da, db) = (dot(n, a) - d, dot(n, b) - d)
            if da >= 0 { result.append(a) }
            if da * db < 0 { result.append(a + (b - a) * (da / (da - db))) }
        }
        return result
    }
}
