import SquallMath

/// Points on roads and the distance to the nearest, found in groups of neighbours.
struct RoadSamples {
    /// Between points of one road, metres.
    static let spacing = 20.0
    private static let cell = 160.0
    let lower: Vec2, upper: Vec2
    private let points: [Vec2]
    private let groups: [(range: Range<Int>, lower: Vec2, upper: Vec2)]
    var isEmpty: Bool { points.isEmpty }

    init(_ points: [Vec2]) {
        let finite = points.filter { abs($0.x) < 1e8 && abs($0.y) < 1e8 }
        let key = { (p: Vec2) in (Int((p.x / RoadSamples.cell).rounded(.down)), Int((p.y / RoadSamples.cell).rounded(.down))) }
        let keys = finite.map(key)
        let order = finite.indices.sorted { (keys[$0].0, keys[$0].1, $0) < (keys[$1].0, keys[$1].1, $1) }
        let sorted = order.map { finite[$0] }
        var groups: [(range: Range<Int>, lower: Vec2, upper: Vec2)] = []
        var start = 0
        for end in sorted.indices.map({ $0 + 1 }) where end == sorted.count || key(sorted[end]) != key(sorted[start]) {
            let own = sorted[start..<end]
            groups.append((start..<end, own.reduce(sorted[start]) { pointwiseMin($0, $1) }, own.reduce(sorted[start]) { pointwiseMax($0, $1) }))
            start = end
        }
        (self.points, self.groups) = (sorted, groups)
        lower = finite.reduce(finite.first ?? .zero) { pointwiseMin($0, $1) }
        upper = finite.reduce(finite.first ?? .zero) { pointwiseMax($0, $1) }
    }

    /// Metres; +infinity without points.
    func distance(to point: Vec2) -> Double {
        var best = Double.infinity
        for group in groups {
            let outside = pointwiseMax(pointwiseMax(group.lower - point, point - group.upper), .zero)
            guard dot(outside, outside) < best else { continue }
            for index in group.range { best = min(best, dot(points[index] - point, points[index] - point)) }
        }
        return best.squareRoot()
    }

    /// Cells of a plan that may come within `reach` of a point: those around all of them, and of a plan too large to fill, those nearest to `center`.
    func cells(of size: Double, within reach: Double, of center: Vec2) -> [SIMD2<Int>] {
        guard !isEmpty else { return [] }
        let (low, high) = (lower - Vec2(reach, reach), upper + Vec2(reach, reach))
        let range = { (from: Double, to: Double, middle: Double, half: Double) -> ClosedRange<Int> in
            let first = Int((max(from, middle - half) / size).rounded(.down)), last = Int((min(to, middle + half) / size).rounded(.down))
            return first...max(first, last)
        }
        let half = Double(RoadSamples.cellLimit).squareRoot() / 2 * size
        let (columns, rows) = (range(low.x, high.x, center.x, half), range(low.y, high.y, center.y, half))
        return rows.flatMap { j in columns.map { SIMD2($0, j) } }
    }
    /// Cells that a plan may have, so that memory keeps its bound.
    private static let cellLimit = 60_000
}
