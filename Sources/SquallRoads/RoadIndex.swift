import SquallDiagnostics
import SquallMath
import SquallScene

/// Where reference lines run, in a uniform grid: the start of every inverse projection.
///
/// Each stretch of about 4 m of a reference line is entered in every cell its road's lanes reach (plus a margin), so that a point asks one cell.
final class RoadIndex: Sendable {
    /// A stretch of a reference line, named by its middle.
    struct Stretch: Sendable {
        var point: Vec2
        var road: Int32
        var s: Double
        /// Metres.
        var length: Double
    }
    /// How far beyond the lanes a point still finds its road through one cell, metres.
    static let margin = 8.0
    private static let stretch = 4.0

    let stretches: [Stretch]
    private let grid: Grid
    private let starts: [Int32]
    private let items: [Int32]

    /// - Throws: `Failure` when so many roads lie on one another that asking where a point is would take forever.
    init(_ tables: RoadTables, file: String) throws {
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
                stretches.append(Stretch(point: tables.line(ofRoad: road, at: s).point, road: Int32(road), s: s, length: length / Double(count)))
                reach.append(min(200, max(abs(left), abs(right))) + length / Double(count) + RoadIndex.margin)
            }
        }
        let lower = stretches.reduce(Vec2(repeating: .infinity)) { pointwiseMin($0, $1.point) } - 220
        let upper = stretches.reduce(Vec2(repeating: -.infinity)) { pointwiseMax($0, $1.point) } + 220
        var grid = try RoadIndex.grid(stretches, reach, lower, upper, file)
        var counts = grid.counts
        grid.counts = []
        for k in 1..<counts.count { counts[k] += counts[k - 1] }
        var items = [Int32](repeating: 0, count: Int(counts[counts.count - 1]))
        var next = counts
        for (index, stretch) in stretches.enumerated() {
            grid.visit(stretch.point, reach[index]) { cell in
                items[Int(next[cell])] = Int32(index)
                next[cell] += 1
            }
        }
        (self.stretches, self.grid) = (stretches, grid)
        (self.starts, self.items) = (counts, items)
    }

    /// Even cells, and how many stretches each holds: in `counts[cell + 1]`.
    private struct Grid: Sendable {
        var origin: Vec2
        var cell: Double
        var columns: Int, rows: Int
        var counts: [Int32] = []

        init(_ lower: Vec2, _ upper: Vec2, cell: Double) {
            let size = upper - lower
            (origin, self.cell) = (lower, cell)
            (columns, rows) = (Int(size.x / cell) + 1, Int(size.y / cell) + 1)
        }

        @inline(__always) func visit(_ point: Vec2, _ reach: Double, _ body: (Int) -> Void) {
            let low = (point - reach - origin) / cell
            let high = (point + reach - origin) / cell
            for y in max(0, Int(low.y))...max(0, min(rows - 1, Int(high.y))) {
                for x in max(0, Int(low.x))...max(0, min(columns - 1, Int(high.x))) { body(y * columns + x) }
            }
        }
    }

    /// Most entries in all cells together: wide roads get wider cells instead.
    private static let maximumEntries = 20_000_000

    private static func grid(_ stretches: [Stretch], _ reach: [Double], _ lower: Vec2, _ upper: Vec2, _ file: String) throws -> Grid {
        let size = upper - lower
        var cell = max(16, (size.x * size.y / 1e6).squareRoot(), max(size.x, size.y) / 100_000)
        while true {
            var grid = Grid(lower, upper, cell: cell)
            grid.counts = [Int32](repeating: 0, count: grid.columns * grid.rows + 1)
            var entries = 0
            for (index, stretch) in stretches.enumerated() where entries <= maximumEntries {
                grid.visit(stretch.point, reach[index]) { cell in
                    grid.counts[cell + 1] += 1
                    entries += 1
                }
            }
            guard entries <= maximumEntries else {
                cell *= 2
                continue
            }
            var pairs = 0
            for stretch in stretches { grid.visit(stretch.point, 0) { pairs += Int(grid.counts[$0 + 1]) } }
            guard pairs <= SceneLimit.roadOverlaps.value else {
                throw Failure(
                    "road-crowded", file: file,
                    message: "the roads lie on one another: \(pairs) pairs of pieces of road share a place, more than the \(SceneLimit.roadOverlaps.value) a file may have",
                    fix: "check curvatures and lengths for reference lines that wind in circles; remove copies of roads, and roads far from all others")
            }
            return grid
        }
    }

    /// How many pieces of road a question about a point looks at.
    func crowd(at point: Vec2) -> Int {
        var count = 0
        grid.visit(point, 0) { count = Int(starts[$0 + 1] - starts[$0]) }
        return count
    }

    /// Calls `body` with the stretch of each road nearest to the point among those entered within `radius` of it; a road may come more than once.
    @inline(__always) func candidates(near point: Vec2, radius: Double, _ body: (Stretch) -> Void) {
        let low = (point - max(0, radius - RoadIndex.margin) - grid.origin) / grid.cell
        let high = (point + max(0, radius - RoadIndex.margin) - grid.origin) / grid.cell
        guard high.x >= 0, high.y >= 0, low.x < Double(grid.columns), low.y < Double(grid.rows) else { return }
        for y in max(0, Int(low.y))...min(grid.rows - 1, Int(high.y)) {
            for x in max(0, Int(low.x))...min(grid.columns - 1, Int(high.x)) { scan(y * grid.columns + x, point, body) }
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
