import Foundation
import SquallMath

/// Scrub and rocks in some dozen triangles: what stands too far off to be more than a shape.
enum FarPlants {
    /// A lumpy cushion.
    static func scrub(height: Double, radius: Double, turn: Double, key: UInt64) -> Patch {
        var patch = Patch()
        dome(&patch, [(0.02, 0.72), (0.45, 1.0), (0.8, 0.62)].map { ($0.0 * height, $0.1 * radius) }, top: height, sides: 6, .scrub, turn, key, rough: 0.26)
        return patch
    }

    static func boulder(size: Double, _ slot: Scatter.Slot, turn: Double, key: UInt64) -> Patch {
        var patch = Patch()
        dome(&patch, [(-0.3 * size, 0.9 * size), (0.25 * size, size), (0.6 * size, 0.6 * size)], top: 0.75 * size, sides: 6, slot, turn, key, rough: 0.45)
        return patch
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
