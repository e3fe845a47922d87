import Foundation
import SquallAssets
import SquallMath

/// Small parts: pods, rods, blocks.
extension Skin {
    /// A rounded body: a superellipsoid with half sizes along its axes; power 2 an egg, 4 a soft brick.
    package mutating func pod(_ centre: Vec3, _ half: Vec3, power: Double = 3, rings: Int = 7, segments: Int = 12, slot: Int, map: Affine = .identity, end: Int? = nil) {
        let bent = { (v: Double) -> Double in
            let m = pow(abs(v), 2 / power)
            return v < 0 ? -m : m
        }
        // Rings along x: a flat end towards -x when `end` names its slot (the glass of a mirror).
        let rows = (0...rings).map { i -> [Vec3] in
            let a = .pi * Double(i) / Double(rings)
            let (x, r) = (-bent(cos(a)), bent(sin(a)))
            return (0..<segments).map { k in
                let b = 2 * .pi * (Double(k) + 0.5) / Double(segments)
                let flat = end != nil && x < 0
                let (px, pr) = flat ? (i == 0 ? -0.35 : max(x, -0.42), i == 0 ? 0 : max(r, 0.86)) : (x, r)
                return map * (centre + Vec3(px * half.x, bent(cos(b)) * half.y * pr, bent(sin(b)) * half.z * pr))
            }
        }
        net(rows, closed: true, flipped: true) { i, _ in i == 0 ? end ?? slot : slot }
    }

    /// A flat convex patch for far levels, its outline counter-clockwise as seen from outside after `place`.
    package mutating func paste(_ outline: [Vec2], _ slot: Int, _ place: (Vec2) -> Vec3) {
        let points = outline.map(place)
        guard points.count > 2 else { return }
        let n = cross(points[1] - points[0], points[2] - points[0]).normalized
        let first = points.map { vertex($0, n) }
        for k in 1..<(points.count - 1) { face(first[0], first[k], first[k + 1], slot) }
    }

    /// A rod along a path.
    package mutating func rod(_ path: [Vec3], radius: Double, segments: Int = 6, slot: Int, flatten: Double = 1) {
        guard path.count > 1 else { return }
        var rows: [[Vec3]] = []
        var previous: Vec3?
        for (i, p) in path.enumerated() {
            let w = (path[min(i + 1, path.count - 1)] - path[max(i - 1, 0)]).normalized
            var u = previous.map { ($0 - w * dot($0, w)).normalized } ?? .zero
            if u == .zero { u = cross(w, abs(w.z) < 0.9 ? Vec3(0, 0, 1) : Vec3(1, 0, 0)).normalized }
            previous = u
            let v = cross(w, u)
            rows.append((0..<segments).map { k in
                let a = 2 * .pi * Double(k) / Double(segments)
                return p + (u * cos(a) + v * (sin(a) * flatten)) * radius
            })
        }
        rows.insert(rows[0].map { _ in path[0] }, at: 0)
        rows.append(rows[0].map { _ in path[path.count - 1] })
        net(rows, closed: true, flipped: true) { _, _ in slot }
    }

    /// A straight-edged block, its edges cut by `bevel`.
    package mutating func block(_ lower: Vec3, _ upper: Vec3, slot: Int, bevel: Double = 0, map: Affine = .identity) {
        let b = max(0, min(bevel, (upper - lower).min() / 2.01))
        let ring = { (z: Double, inset: Double) -> [Vec3] in
            let (x0, x1, y0, y1) = (lower.x + inset, upper.x - inset, lower.y + inset, upper.y - inset)
            return [Vec3(x0, y0, z), Vec3(x1, y0, z), Vec3(x1, y1, z), Vec3(x0, y1, z)].map { map * $0 }
        }
        let rings = b > 0 ? [ring(lower.z, b), ring(lower.z + b, 0), ring(upper.z - b, 0), ring(upper.z, b)] : [ring(lower.z, 0), ring(upper.z, 0)]
        let turn = map.determinant < 0
        for (p, q) in zip(rings, rings.dropFirst()) {
            for k in 0..<4 {
                let m = (k + 1) % 4
                if turn { quad(p[m], p[k], q[k], q[m], slot: slot) } else { quad(p[k], p[m], q[m], q[k], slot: slot) }
            }
        }
        let (bottom, top) = (rings[0], rings[rings.count - 1])
        if turn {
            quad(top[3], top[2], top[1], top[0], slot: slot)
            quad(bottom[0], bottom[1], bottom[2], bottom[3], slot: slot)
        } else {
            quad(top[0], top[1], top[2], top[3], slot: slot)
            quad(bottom[3], bottom[2], bottom[1], bottom[0], slot: slot)
        }
    }

    /// A smooth ring about an axis: steering wheels, beacons' collars.
    package mutating func ring(_ centre: Vec3, axis: Vec3, radius: Double, thickness: Double, segments: Int, slot: Int) {
        let w = axis.normalized
        let u = cross(w, abs(w.z) < 0.9 ? Vec3(0, 0, 1) : Vec3(1, 0, 0)).normalized
        let v = cross(w, u)
        let rows = (0...segments).map { i -> [Vec3] in
            let a = 2 * .pi * Double(i) / Double(segments)
            let radial = u * cos(a) + v * sin(a)
            return (0..<6).map { k in
                let b = 2 * .pi * Double(k) / 6
                return centre + radial * (radius + thickness * cos(b)) + w * (thickness * sin(b))
            }
        }
        net(rows, closed: true) { _, _ in slot }
    }

    /// Stretched to fill a box along x, y and, from the ground, z.
    package mutating func fit(x: ClosedRange<Double>?, halfWidth: Double, height: Double) {
        let (lower, upper) = bounds
        guard upper.x > lower.x, upper.y > 0, upper.z > 0 else { return }
        let x = x ?? lower.x...upper.x
        let scale = Vec3((x.upperBound - x.lowerBound) / (upper.x - lower.x), halfWidth / max(upper.y, -lower.y), height / upper.z)
        for i in positions.indices {
            let p = positions[i]
            positions[i] = Vec3(x.lowerBound + (p.x - lower.x) * scale.x, p.y * scale.y, p.z * scale.z)
        }
    }

    /// Rotation about the y axis through `pivot`; a positive angle, radians, lifts what lies ahead of it.
    package static func pitched(_ angle: Double, about pivot: Vec3) -> Affine {
        let (c, s) = (cos(angle), sin(angle))
        let linear = Affine(x: Vec3(c, 0, s), y: Vec3(0, 1, 0), z: Vec3(-s, 0, c), translation: .zero)
        return Affine(x: linear.x, y: linear.y, z: linear.z, translation: pivot - linear.linear(pivot))
    }
}
