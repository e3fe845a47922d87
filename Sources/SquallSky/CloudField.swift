import Foundation
import SquallMath

/// A square of sky that repeats: how thick clouds would be, as ranks 0...1, so that the share of the sky above any threshold is
/// known exactly. Heaps of two sizes (inverted cellular noise, Worley 1996) on a field of value noise. The same in every scene.
package final class CloudField: @unchecked Sendable {   // written in `init` only
    /// Texels along a side (a power of two) and metres of one.
    static let size = 512
    static let texel = 40.0
    static var extent: Double { Double(size) * texel }

    let ranks: UnsafeMutablePointer<Float>
    /// Weight and frequency of the fine detail that frays edges: the same pattern again, smaller.
    static let fray: Float = 0.16, fine: Float = 5.19
    /// Ranks on a grid over the whole pattern, fine detail included: enough for means to a thousandth.
    private(set) var samples: [Float] = []

    package init() {
        let count = Self.size * Self.size
        ranks = .allocate(capacity: count)
        ranks.initialize(repeating: 0, count: count)
        let noise = [5, 10, 21, 43].map { Lattice(cells: $0) }
        let heaps = [(Lattice(cells: 19), Float(0.3)), (Lattice(cells: 43), 0.17), (Lattice(cells: 97), 0.09)]
        var (low, high) = (Float.infinity, -Float.infinity)
        for row in 0..<Self.size {
            for column in 0..<Self.size {
                let p = Vec2f(Float(column) + 0.5, Float(row) + 0.5) / Float(Self.size)
                var (value, weight) = (Float(0), Float(0.5))
                for lattice in noise {
                    value += weight * lattice.value(p)
                    weight *= 0.55
                }
                for (lattice, weight) in heaps { value += weight * (1 - lattice.distance(p)) }
                ranks[row * Self.size + column] = value
                (low, high) = (min(low, value), max(high, value))
            }
        }
        rank(low, high)
        for row in 0..<64 {
            for column in 0..<64 {
                let (x, y) = (Double(column) * 8 + 3.3, Double(row) * 8 + 4.7)
                samples.append(Float(rank(x, y)) + Self.fray * Float(rank(x * Double(Self.fine), y * Double(Self.fine)) - 0.5))
            }
        }
    }

    deinit { ranks.deallocate() }

    /// Turns values into the share of the sky below them.
    private func rank(_ low: Float, _ high: Float) {
        let bins = 4096, count = Self.size * Self.size
        let scale = Float(bins) / max(high - low, 1e-6)
        var histogram = [Int](repeating: 0, count: bins + 1)
        for i in 0..<count { histogram[min(bins - 1, Int((ranks[i] - low) * scale)) + 1] += 1 }
        for bin in 1...bins { histogram[bin] += histogram[bin - 1] }
        for i in 0..<count {
            let x = (ranks[i] - low) * scale, bin = min(bins - 1, Int(x)), f = min(1, x - Float(bin))
            ranks[i] = (Float(histogram[bin]) + f * Float(histogram[bin + 1] - histogram[bin])) / Float(count)
        }
    }

    /// Bilinear rank at a place in texels; repeats.
    func rank(_ x: Double, _ y: Double) -> Double {
        let (fx, fy) = ((x - 0.5).rounded(.down), (y - 0.5).rounded(.down))
        let (u, v) = (x - 0.5 - fx, y - 0.5 - fy)
        let mask = Self.size - 1
        let (c0, r0) = (Int(fx) & mask, Int(fy) & mask)
        let (c1, r1) = ((c0 + 1) & mask, (r0 + 1) & mask)
        let at = { (r: Int, c: Int) in Double(self.ranks[r * Self.size + c]) }
        return lerp(lerp(at(r0, c0), at(r0, c1), u), lerp(at(r1, c0), at(r1, c1), u), v)
    }
}

/// Random numbers on a square lattice that repeats after `cells`.
private struct Lattice {
    private let cells: Int
    private let points: [SIMD3<Float>]

    init(cells: Int) {
        self.cells = cells
        var random = CounterRandom(seed: 0, path: "sky.clouds.\(cells)")
        points = (0..<cells * cells).map { _ in SIMD3(random.uniformFloat(), random.uniformFloat(), random.uniformFloat()) }
    }

    private func wrapped(_ i: Int) -> Int { i < 0 ? i + cells : (i >= cells ? i - cells : i) }

    /// Smooth value noise at a place 0...1.
    func value(_ p: Vec2f) -> Float {
        let q = p * Float(cells)
        let (x, y) = (q.x.rounded(.down), q.y.rounded(.down))
        let (u, v) = (q.x - x, q.y - y)
        let (su, sv) = (u * u * (3 - 2 * u), v * v * (3 - 2 * v))
        let (c0, r0) = (wrapped(Int(x)), wrapped(Int(y)))
        let (c1, r1) = (wrapped(c0 + 1), wrapped(r0 + 1))
        let top = points[r0 * cells + c0].z + (points[r0 * cells + c1].z - points[r0 * cells + c0].z) * su
        let bottom = points[r1 * cells + c0].z + (points[r1 * cells + c1].z - points[r1 * cells + c0].z) * su
        return top + (bottom - top) * sv
    }

    /// Distance to the nearest of one point per cell, in cells, at most 1.
    func distance(_ p: Vec2f) -> Float {
        let q = p * Float(cells)
        let (x, y) = (Int(q.x.rounded(.down)), Int(q.y.rounded(.down)))
        var nearest = Float(1)
        for row in y - 1...y + 1 {
            for column in x - 1...x + 1 {
                let point = points[wrapped(row) * cells + wrapped(column)]
                let d = Vec2f(Float(column) + point.x, Float(row) + point.y) - q
                nearest = min(nearest, dot(d, d))
            }
        }
        return nearest.squareRoot()
    }
}
