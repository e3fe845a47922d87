import SquallMath

/// A box that stands upright: a rectangle in plan view with a height range, world frame, metres.
///
/// What bodies are to each other wherever nearness is asked: before an episode starts, while it runs, and in contacts.
public struct UprightBox: Sendable, Equatable {
    public var middle: Vec2
    /// Unit vector along the box's length.
    public var axis: Vec2
    public var halfLength: Double, halfWidth: Double
    public var bottom: Double, top: Double

    public init(middle: Vec2, axis: Vec2, halfLength: Double, halfWidth: Double, bottom: Double, top: Double) {
        (self.middle, self.axis, self.halfLength, self.halfWidth) = (middle, axis, halfLength, halfWidth)
        (self.bottom, self.top) = (bottom, top)
    }

    /// Half extents along the world axes.
    public var reach: Vec2 {
        Vec2(abs(axis.x) * halfLength + abs(axis.y) * halfWidth, abs(axis.y) * halfLength + abs(axis.x) * halfWidth)
    }

    /// Corners in plan view, counter-clockwise from the front left; `i` in 0..<4.
    public func corner(_ i: Int) -> Vec2 {
        middle + axis * (i == 0 || i == 3 ? halfLength : -halfLength) + axis.left * (i < 2 ? halfWidth : -halfWidth)
    }

    /// Shortest distance between the two boxes, metres; 0 when they touch or overlap.
    public func distance(to other: UprightBox) -> Double {
        let above = max(0, other.bottom - top, bottom - other.top)
        let flat = planDistance(to: other)
        return (flat * flat + above * above).squareRoot()
    }

    /// Shortest distance between the two rectangles seen from above, metres; 0 when they touch or overlap.
    public func planDistance(to other: UprightBox) -> Double {
        leastOverlap(with: other) != nil ? 0 : min(nearestCorner(of: other), other.nearestCorner(of: self))
    }

    /// Of two rectangles apart, the nearest points include a corner of one.
    private func nearestCorner(of other: UprightBox) -> Double {
        var best = Double.infinity
        for i in 0..<4 {
            let d = other.corner(i) - middle
            let x = max(0, abs(dot(d, axis)) - halfLength), y = max(0, abs(dot(d, axis.left)) - halfWidth)
            best = min(best, (x * x + y * y).squareRoot())
        }
        return best
    }

    public struct Overlap: Sendable {
        /// From the first to the second, unit; depth along it, metres; a point amid the contact.
        public var normal: Vec2
        public var depth: Double
        public var point: Vec2
    }

    /// How the two boxes overlap; nil when apart in plan or height.
    public func overlap(with other: UprightBox) -> Overlap? {
        guard bottom <= other.top, other.bottom <= top, let (depth, normal) = leastOverlap(with: other) else { return nil }
        return Overlap(normal: normal, depth: depth, point: contact(with: other, normal: normal))
    }

    /// Separating axes in plan view: the one with the least overlap, nil when one separates.
    private func leastOverlap(with other: UprightBox) -> (depth: Double, normal: Vec2)? {
        let d = other.middle - middle
        var best = (depth: Double.infinity, normal: Vec2.zero)
        for k in 0..<4 {
            let of = k < 2 ? axis : other.axis
            let n = k % 2 == 0 ? of : of.left
            let own = abs(dot(axis, n)) * halfLength + abs(dot(axis.left, n)) * halfWidth
            let theirs = abs(dot(other.axis, n)) * other.halfLength + abs(dot(other.axis.left, n)) * other.halfWidth
            let depth = own + theirs - abs(dot(d, n))
            guard depth >= 0 else { return nil }
            if depth < best.depth { best = (depth, dot(d, n) < 0 ? -n : n) }
        }
        return best
    }

    /// The mean of all corners that lie in the other box; else half-way between the faces.
    private func contact(with other: UprightBox, normal: Vec2) -> Vec2 {
        var sum = Vec2.zero
        var count = 0.0
        for i in 0..<4 {
            if other.contains(corner(i)) { (sum, count) = (sum + corner(i), count + 1) }
            if contains(other.corner(i)) { (sum, count) = (sum + other.corner(i), count + 1) }
        }
        return count > 0 ? sum / count : (middle + other.middle) / 2
    }

    private func contains(_ p: Vec2) -> Bool {
        let d = p - middle
        return abs(dot(d, axis)) <= halfLength + 1e-9 && abs(dot(d, axis.left)) <= halfWidth + 1e-9
    }

    /// 32 points of the surface: a 4 x 2 x 4 grid over the box.
    public var surfacePoints: [Vec3] {
        (0..<32).map { i in
            let u = -0.96 + 0.64 * Double(i % 4), v: Double = (i / 4) % 2 == 0 ? -0.98 : 0.98, w = 0.05 + 0.3 * Double(i / 8)
            let p = middle + axis * (u * halfLength) + axis.left * (v * halfWidth)
            return Vec3(p.x, p.y, lerp(bottom, top, w))
        }
    }

    /// True when the open segment passes through the box (slab test in the box's frame).
    public func blocks(from a: Vec3, to b: Vec3) -> Bool {
        let d = b - a
        let start = Vec3(dot(a.xy - middle, axis), dot(a.xy - middle, axis.left), a.z - (bottom + top) / 2)
        let way = Vec3(dot(d.xy, axis), dot(d.xy, axis.left), d.z)
        let half = Vec3(halfLength, halfWidth, (top - bottom) / 2)
        var (near, far) = (1e-6, 1 - 1e-6)
        for k in 0..<3 {
            guard abs(way[k]) > 1e-12 else {
                if abs(start[k]) > half[k] { return false }
                continue
            }
            let (t0, t1) = ((-half[k] - start[k]) / way[k], (half[k] - start[k]) / way[k])
            (near, far) = (max(near, min(t0, t1)), min(far, max(t0, t1)))
            if near > far { return false }
        }
        return true
    }
}
