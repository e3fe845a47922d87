import Foundation
import SquallMath

/// Trees, shrubs and rocks in 10 to 60 triangles: what stands too far off to be more than a shape.
enum FarPlants {
    /// A lumpy crown on a stem. - Parameter fine: with a stem and twice the facets.
    static func broadleaf(height: Double, radius: Double, _ slot: Scatter.Slot, turn: Double, key: UInt64, fine: Bool) -> Patch {
        var patch = Patch()
        let bottom = fine ? height * 0.22 : 0
        if fine { stem(&patch, height: height * 0.45, radius: 0.025 * height) }
        let rings: [(z: Double, r: Double)] =
            fine ? [(0, 0.42), (0.18, 0.92), (0.42, 1.0), (0.64, 0.86), (0.84, 0.54)] : [(0.02, 0.72), (0.45, 1.0), (0.8, 0.62)]
        dome(&patch, rings.map { (bottom + $0.z * (height - bottom), $0.r * radius) }, top: height, sides: fine ? 10 : 6, slot, turn, key, rough: fine ? 0.30 : 0.26)
        return patch
    }

    /// Tiers of a conifer.
    static func conifer(height: Double, radius: Double, _ slot: Scatter.Slot, turn: Double, key: UInt64, fine: Bool) -> Patch {
        var patch = Patch()
        if fine { stem(&patch, height: height * 0.3, radius: 0.02 * height) }
        let tiers = fine ? 4 : 2
        for tier in 0..<tiers {
            let share = Double(tier) / Double(tiers)
            let low = height * (0.12 + 0.80 * share), high = min(height, low + height * (1.25 / Double(tiers)))
            let r = radius * (1 - share * 0.82)
            dome(&patch, [(low, r)], top: high, sides: fine ? 8 : 6, slot, turn + Double(tier), key &+ UInt64(tier), rough: 0.2)
        }
        return patch
    }

    static func boulder(size: Double, _ slot: Scatter.Slot, turn: Double, key: UInt64) -> Patch {
        var patch = Patch()
        dome(&patch, [(-0.3 * size, 0.9 * size), (0.25 * size, size), (0.6 * size, 0.6 * size)], top: 0.75 * size, sides: 6, slot, turn, key, rough: 0.45)
        return patch
    }

    /// A trunk that leans, and fronds that hang.
    static func palm(height: Double, turn: Double, key: UInt64) -> Patch {
        var patch = Patch()
        let lean = Vec3(cos(turn), sin(turn), 0) * (height * 0.08)
        for k in 0..<5 {
            let (a, b) = (2 * .pi * Double(k) / 5, 2 * .pi * Double(k + 1) / 5)
            let (p, q) = (Vec3(cos(a), sin(a), 0) * 0.18, Vec3(cos(b), sin(b), 0) * 0.18)
            patch.quad(p, q, q * 0.7 + lean + Vec3(0, 0, height), p * 0.7 + lean + Vec3(0, 0, height), .bark)
        }
        let crown = lean + Vec3(0, 0, height)
        for k in 0..<11 {
            let a = turn + 2 * .pi * (Double(k) + 0.4 * jitter(key, k)) / 11
            let out = Vec3(cos(a), sin(a), 0), side = Vec3(-sin(a), cos(a), 0) * 0.22
            let middle = crown + out * 1.4 + Vec3(0, 0, 0.5 + 0.3 * jitter(key, k + 20)), tip = crown + out * 2.7 + Vec3(0, 0, -0.6)
            patch.quad(crown, middle - side, tip, middle + side, .paleLeaf)
            patch.quad(crown, middle + side, tip, middle - side, .leaf)
        }
        return patch
    }

    private static func stem(_ patch: inout Patch, height: Double, radius: Double) {
        for k in 0..<4 {
            let (a, b) = (.pi / 2 * Double(k), .pi / 2 * Double(k + 1))
            let (p, q) = (Vec3(cos(a), sin(a), 0) * radius, Vec3(cos(b), sin(b), 0) * radius)
            patch.quad(p - Vec3(0, 0, 1), q - Vec3(0, 0, 1), q + Vec3(0, 0, height), p + Vec3(0, 0, height), .bark)
        }
    }

    /// Rings of points pushed in and out, closed by a top; normals lean outwards, as a crown's leaves do on the whole.
    private static func dome(
        _ patch: inout Patch, _ rings: [(z: Double, r: Double)], top: Double, sides: Int, _ slot: Scatter.Slot, _ turn: Double, _ key: UInt64, rough: Double
    ) {
        guard let first = rings.first, let last = rings.last else { return }
        let middle = (first.z + top) / 2, tall = max(0.5, top - first.z), wide = max(0.2, rings.reduce(0) { max($0, $1.r) })
        var corners: [UInt32] = []
        for (row, ring) in rings.enumerated() {
            for k in 0..<sides {
                let a = turn + 2 * .pi * (Double(k) + 0.5 * Double(row % 2)) / Double(sides)
                let r = ring.r * (1 + rough * (2 * jitter(key, row * 16 + k) - 1))
                let p = Vec3(r * cos(a), r * sin(a), ring.z + tall * 0.1 * (jitter(key, row * 16 + k + 200) - 0.5))
                corners.append(patch.vertex(p, Vec3(p.x / wide, p.y / wide, 1.4 * (p.z - middle) / tall + 0.25).normalized))
            }
        }
        let tip = patch.vertex(Vec3((jitter(key, 301) - 0.5) * last.r * 0.4, (jitter(key, 302) - 0.5) * last.r * 0.4, top), Vec3(0, 0, 1))
        var run: [UInt32] = []
        for row in 0..<rings.count {
            for k in 0..<sides {
                let (a, b) = (corners[row * sides + k], corners[row * sides + (k + 1) % sides])
                guard row + 1 < rings.count else {
                    run += [a, b, tip]
                    continue
                }
                let (c, d) = (corners[(row + 1) * sides + k], corners[(row + 1) * sides + (k + 1) % sides])
                run += row % 2 == 0 ? [a, b, c, b, d, c] : [a, b, d, a, d, c]
            }
        }
        patch.add(run, slot)
    }

    private static func jitter(_ key: UInt64, _ number: Int) -> Double { Double(mix64(key &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15) >> 11) * 0x1p-53 }
}
