import SquallMath

/// Where reference lines run, in a uniform grid: the start of every inverse projection.
///
/// Each stretch of about 4 m of a reference line is entered in every cell its road's lanes reach (plus a margin), so that a point asks one cell.
final class RoadIndex: Sendable {
    /// A stretch of a reference line, named by its middle.
    struct Stretch: Sendable {
        var point: Vec2
        var road: Int32
        var s: Double
    }
    /// How far beyond the lanes a point still finds its road through one cell, metres.
    static let margin = 8.0
    private static let stretch = 4.0

    let stretches: [Stretch]
    private let origin: Vec2
    private let cell: Double
    private let columns: Int
    private let rows: Int
    private let starts: [Int32]
    private let items: [Int32]

    init(_ tables: RoadTables) {
        let total = tables.roads.reduce(0) { $0 + $1.length }
        let step = max(RoadIndex.stretch, total / 300_000)
        var stretches: [Stretch] = []
        var reach: [Double] = []
        for road in tables.roads.indices {
            let length = tables.roads[road].length
            let count = max(1, Int((length / step).rounded(.up)))
            for k in 0..<count {
                let s = length * (Double(k) + 0.5) / Double(count)
                let (left, right) = tables.extent(ofRoad: road, at: s)
                stretches.append(Stretch(point: tables.line(ofRoad: road, at: s).point, road: Int32(road), s: s))
                reach.append(min(200, max(abs(left), abs(right))) + length / Double(count) + RoadIndex.margin)
            }
        }
        let lower = stretches.reduce(Vec2(repeating: .infinity)) { pointwiseMin($0, $1.point) } - 220
        let upper = stretches.reduce(Vec2(repeating: -.infinity)) { pointwiseMax($0, $1.point) } + 220
        let size = upper - lower
        let cell = max(16, (size.x * size.y / 1e6).squareRoot(), max(size.x, size.y) / 100_000)
        let columns = Int(size.x / cell) + 1
        let rows = Int(size.y / cell) + 1
        var counts = [Int32](repeating: 0, count: columns * rows + 1)
        func visit(_ body: (Int, Int) -> Void) {
            for (index, item) in stretches.enumerated() {
                let low = (item.point - reach[index] - lower) / cell
                let high = (item.point + reach[index] - lower) / cell
                for y in max(0, Int(low.y))...max(0, min(rows - 1, Int(high.y))) {
                    for x in max(0, Int(low.x))...max(0, min(columns - 1, Int(high.x))) { body(index, y * columns + x) }
                }
            }
        }
        visit { _, cell in counts[cell + 1] += 1 }
        for k in 1..<counts.count { counts[k] += counts[k - 1] }
        var items = [Int32](repeating: 0, count: Int(counts[counts.count - 1]))
        var next = counts
        visit { index, cell in
            items[Int(next[cell])] = Int32(index)
            next[cell] += 1
        }
        (self.stretches, self.origin, self.cell, self.columns, self.rows) = (stretches, lower, cell, columns, rows)
        (self.starts, self.items) = (counts, items)
    }

    /// Calls `body` with the stretch of each road nearest to the point among those entered within `radius` of it; a road may come more than once.
    @inline(__always) func candidates(near point: Vec2, radius: Double, _ body: (Stretch) -> Void) {
        let low = (point - max(0, radius - RoadIndex.margin) - origin) / cell
        let high = (point + max(0, radius - RoadIndex.margin) - origin) / cell
        guard high.x >= 0, high.y >= 0, low.x < Double(columns), low.y < Double(rows) else { return }
        for y in max(0, Int(low.y))...min(rows - 1, Int(high.y)) {
            for x in max(0, Int(low.x))...min(columns - 1, Int(high.x)) { scan(y * columns + x, point, body) }
        }
    }

    @inline(__always) private func scan(_ cell: Int, _ point: Vec2, _ body: (Stretch) -> Void) {
        var best = -1
        var distance = Double.infinity
        for k in Int(starts[cell])..<Int(starts[cell + 1]) {
            let item = Int(items[k])
            if best >= 0, stretches[item].road != stretches[best].road {
                body(stretches[best])
                distance = .infinity
            }
            let offset = stretches[item].point - point
            let d = dot(offset, offset)
            if d < distance { (best, distance) = (item, d) }
        }
        if best >= 0 { body(stretches[best]) }
    }
}

extension RoadTables {
    /// The foot of a point on a road near `s`: Newton on the tangential distance. s may leave the road by up to `overrun`.
    @inline(__always) func project(_ point: Vec2, ontoRoad road: Int, near s: Double, overrun: Double = 0) -> (
        s: Double, t: Double, ahead: Double, line: LineState
    ) {
        let length = roads[road].length
        var s = s.clamped(to: -overrun...(length + overrun))
        var state = line(ofRoad: road, at: s)
        for _ in 0..<8 {
            let offset = point - state.point
            let along = dot(offset, state.tangent)
            let stretch = max(0.2, 1 - state.curvature * dot(offset, state.tangent.left))
            let next = (s + (along / stretch).clamped(to: -8...8)).clamped(to: -overrun...(length + overrun))
            if abs(next - s) < 1e-7 { break }
            s = next
            state = line(ofRoad: road, at: s)
        }
        let offset = point - state.point
        let tilt = roads[road].superelevation.count > 0 ? crossSection(ofRoad: road, at: s).tiltCosine : 1
        return (s, dot(offset, state.tangent.left) / tilt, dot(offset, state.tangent), state)
    }
}
