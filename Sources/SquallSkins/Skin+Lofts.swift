import Foundation
import SquallAssets
import SquallMath

/// Bodies drawn through sections, and bodies turned on a lathe.
extension Skin {
    /// One section across x: its middle, half its width, how far it reaches up and down, and how square it is (2 an ellipse).
    package struct LoftSection: Sendable {
        package var x: Double, z: Double, half: Double, up: Double, down: Double, power: Double
        package init(_ x: Double, _ z: Double, _ half: Double, _ up: Double, _ down: Double, _ power: Double = 2.4) {
            (self.x, self.z, self.half, self.up, self.down, self.power) = (x, z, half, up, down, power)
        }

        /// Catmull and Rom's curve through four sections.
        static func between(_ s: (LoftSection, LoftSection, LoftSection, LoftSection), _ t: Double) -> LoftSection {
            func mix(_ key: (LoftSection) -> Double) -> Double {
                let (a, b, c, d) = (key(s.0), key(s.1), key(s.2), key(s.3))
                let square: Double = a - 2.5 * b + 2 * c - 0.5 * d
                let cube: Double = 1.5 * (b - c) + 0.5 * (d - a)
                return b + 0.5 * (c - a) * t + square * t * t + cube * t * t * t
            }
            return LoftSection(mix(\.x), mix(\.z), max(1e-4, mix(\.half)), max(1e-4, mix(\.up)), max(1e-4, mix(\.down)), max(2, mix(\.power)))
        }
    }

    /// - Parameters:
    ///   - sections: from behind forward.
    ///   - steps: rows between two sections.
    package mutating func loft(_ sections: [LoftSection], segments: Int, steps: Int, slot: Int, closed: Bool = true) {
        guard let first = sections.first, let last = sections.last, sections.count > 1 else { return }
        var rows: [LoftSection] = []
        for k in 0..<sections.count - 1 {
            let around = (sections[max(0, k - 1)], sections[k], sections[k + 1], sections[min(sections.count - 1, k + 2)])
            rows += (0..<steps).map { LoftSection.between(around, Double($0) / Double(steps)) }
        }
        rows.append(last)
        let bent = { (v: Double, power: Double) -> Double in
            let m = pow(abs(v), 2 / power)
            return v < 0 ? -m : m
        }
        var points = rows.map { s in
            (0..<segments).map { k -> Vec3 in
                let b = 2 * .pi * (Double(k) + 0.5) / Double(segments)
                let rise = bent(sin(b), s.power)
                return Vec3(s.x, bent(cos(b), s.power) * s.half, s.z + rise * (rise > 0 ? s.up : s.down))
            }
        }
        if closed {
            points.insert(points[0].map { _ in Vec3(first.x, 0, first.z) }, at: 0)
            points.append(points[0].map { _ in Vec3(last.x, 0, last.z) })
        }
        net(points, closed: true, flipped: true) { _, _ in slot }
        if !closed { net(points, closed: true) { _, _ in slot } }
    }

    /// A run of the vertices with the faces on them.
    package func part(_ range: Range<Int>, movedBy move: Vec3) -> Skin {
        var part = Skin()
        (part.positions, part.normals, part.texture) = (positions[range].map { $0 + move }, Array(normals[range]), Array(texture[range]))
        let base = Int32(range.lowerBound)
        part.faces = faces.filter { range.contains(Int($0.a)) }.map { Face($0.a - base, $0.b - base, $0.c - base, $0.slot) }
        return part
    }

    /// Moves the vertices added last.
    package mutating func shift(last count: Int, by move: Vec3) {
        for i in max(0, positions.count - count)..<positions.count { positions[i] += move }
    }

    /// A profile of (radius, place along the axis) turned about the y axis of `map`; edges stay sharp.
    package mutating func turn(_ profile: [Vec2], segments: Int, slot: Int, map: Affine) {
        let corners = (0..<segments).map { k -> Vec2 in
            let a = 2 * .pi * Double(k) / Double(segments)
            return Vec2(cos(a), sin(a))
        }
        for (p, q) in zip(profile, profile.dropFirst()) {
            net([p, q].map { r in corners.map { map * Vec3(r.x * $0.x, r.y, r.x * $0.y) } }, closed: true) { _, _ in slot }
        }
    }

    /// A drum across the vehicle with a chamfered rim on both sides.
    package mutating func drum(_ c: Vec3, radius: Double, half: Double, segments: Int, slot: Int, chamfer: Double = 0.008) {
        turn(
            [Vec2(0, -half), Vec2(radius - chamfer, -half), Vec2(radius, -half + chamfer), Vec2(radius, half - chamfer), Vec2(radius - chamfer, half), Vec2(0, half)], segments: segments, slot: slot,
            map: Affine(x: Vec3(1, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: c))
    }

    /// The same facing ahead (`up` false) or up.
    package mutating func can(_ c: Vec3, up: Bool, radius: Double, half: Double, segments: Int, slot: Int, face: Int, chamfer: Double = 0.006) {
        let map = up ? Affine(x: Vec3(1, 0, 0), y: Vec3(0, 0, 1), z: Vec3(0, -1, 0), translation: c) : Affine(x: Vec3(0, -1, 0), y: Vec3(1, 0, 0), z: Vec3(0, 0, 1), translation: c)
        turn([Vec2(radius * 0.4, -half), Vec2(radius, -half * 0.4), Vec2(radius, half - chamfer), Vec2(radius - chamfer, half)], segments: segments, slot: slot, map: map)
        turn([Vec2(radius - chamfer, half), Vec2(radius * 0.7, half + chamfer), Vec2(0, half + chamfer * 1.4)], segments: segments, slot: face, map: map)
    }
}
