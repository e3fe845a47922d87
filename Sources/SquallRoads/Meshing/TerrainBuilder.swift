import Foundation
import SquallMath

/// Fits the terrain to a network.
struct TerrainBuilder {
    /// Most nodes of the fine part of the grid.
    private static let maximumNodes = 50_000.0
    /// How far from a road the ground still follows it, metres.
    private static let influence = 80.0
    private static let margin = 100.0
    private let relief: Relief

    private let tables: RoadTables
    private let samples: [Vec3]
    /// Distance between samples along and across roads, metres.
    private let spacing: Double
    private let xs: [Double]
    private let ys: [Double]

    init(_ tables: RoadTables, _ index: RoadIndex, horizon: Double, relief: Relief) {
        (self.tables, self.relief) = (tables, relief)
        var (lower, upper) = (Vec2(repeating: .infinity), Vec2(repeating: -.infinity))
        for stretch in index.stretches { (lower, upper) = (pointwiseMin(lower, stretch.point), pointwiseMax(upper, stretch.point)) }
        (lower, upper) = (lower - TerrainBuilder.margin, upper + TerrainBuilder.margin)
        let ground = (upper.x - lower.x) * (upper.y - lower.y)
        let cell = max(6, (ground / TerrainBuilder.maximumNodes).squareRoot(), max(upper.x - lower.x, upper.y - lower.y) / 4000)
        (xs, ys) = (TerrainBuilder.lines(lower.x, upper.x, cell, horizon), TerrainBuilder.lines(lower.y, upper.y, cell, horizon))
        // Two million samples at most, along roads and all over them.
        let area = index.stretches.reduce(0) { sum, stretch in
            let (left, right) = tables.extent(ofRoad: Int(stretch.road), at: stretch.s)
            return sum + (left - right) * stretch.length
        }
        spacing = max(3, cell / 2, tables.roads.reduce(0) { $0 + $1.length } / 200_000, (area / 2e6).squareRoot())
        samples = TerrainBuilder.sample(tables, spacing: spacing)
    }

    /// Even lines over the roads, then ever wider ones out to the horizon.
    private static func lines(_ lower: Double, _ upper: Double, _ cell: Double, _ horizon: Double) -> [Double] {
        let count = max(2, Int(((upper - lower) / cell).rounded(.up)))
        let inner = (0...count).map { lower + (upper - lower) * Double($0) / Double(count) }
        var outer: [Double] = []
        var (reach, step) = (0.0, cell)
        while reach < horizon {
            step = min(step * 1.3, 250)
            reach += step
            outer.append(reach)
        }
        return outer.reversed().map { lower - $0 } + inner + outer.map { upper + $0 }
    }

    /// Points all over the roads' lanes, edges included.
    private static func sample(_ tables: RoadTables, spacing: Double) -> [Vec3] {
        var result: [Vec3] = []
        for road in tables.roads.indices {
            let length = tables.roads[road].length
            let count = max(1, Int((length / spacing).rounded(.up)))
            for k in 0...count {
                let s = length * Double(k) / Double(count)
                let cut = tables.crossSection(ofRoad: road, at: s)
                let (left, right) = tables.extent(ofRoad: road, at: s)
                let across = min(200, max(1, Int(((left - right) / spacing).rounded(.up))))
                for m in 0...across { result.append(cut.point(t: lerp(right, left, Double(m) / Double(across)))) }
            }
        }
        return result
    }

    func build() -> Terrain {
        let far = farSamples()
        let shore = shore()
        var near = nearHeights()
        var heights = [Float](repeating: 0, count: xs.count * ys.count)
        for j in ys.indices {
            for i in xs.indices {
                let node = j * xs.count + i
                let (height, nearest) = inverseDistance(Vec2(xs[i], ys[j]), far)
                let distance = near[node].weight > 0 ? near[node].distance.squareRoot() : max(nearest, TerrainBuilder.influence)
                let blend = Relief.smooth(distance, 15, TerrainBuilder.influence - 5)
                let close = near[node].weight > 0 ? near[node].height / near[node].weight : height
                let place = Vec2(xs[i], ys[j])
                var rise = relief.rise(place, distance)
                if let shore { rise = relief.shelve(rise, beyond: dot(place, shore.seaward) - shore.line, from: height - shore.level) }
                heights[node] = Float(lerp(close, height, blend) - tables.roadside.bed + rise)
            }
        }
        near = []
        clear(&heights)
        return Terrain(xs: xs, ys: ys, heights: heights, sea: shore.map { $0.level - Relief.freeboard })
    }

    /// Where the sea begins: across the longer side of the map, so that roads run along the coast. Nil for dry land.
    private func shore() -> (seaward: Vec2, line: Double, level: Double)? {
        guard relief.hasSea, let first = samples.first else { return nil }
        var (lower, upper, level) = (first, first, first.z)
        for sample in samples {
            (lower, upper, level) = (pointwiseMin(lower, sample), pointwiseMax(upper, sample), min(level, sample.z))
        }
        let seaward = upper.x - lower.x >= upper.y - lower.y ? Vec2(0, -1) : Vec2(1, 0)
        return (seaward, samples.reduce(-.infinity) { max($0, dot($1.xy, seaward)) } + Relief.beach, level)
    }

    private typealias Near = (height: Double, weight: Double, distance: Double)

    /// Weighted mean of the road points around each node.
    private func nearHeights() -> [Near] {
        var near = [Near](repeating: (0, 0, .infinity), count: xs.count * ys.count)
        let step = max(1, samples.count / 6000)
        let radius = TerrainBuilder.influence
        for index in stride(from: 0, to: samples.count, by: step) {
            let sample = samples[index]
            let (i0, i1) = (first(xs, sample.x - radius), first(xs, sample.x + radius))
            let (j0, j1) = (first(ys, sample.y - radius), first(ys, sample.y + radius))
            for j in j0..<j1 {
                for i in i0..<i1 {
                    let d = (xs[i] - sample.x) * (xs[i] - sample.x) + (ys[j] - sample.y) * (ys[j] - sample.y)
                    guard d < radius * radius else { continue }
                    let weight = 1 / ((d + 4) * (d + 4))
                    let node = j * xs.count + i
                    near[node] = (near[node].height + weight * sample.z, near[node].weight + weight, min(near[node].distance, d))
                }
            }
        }
        return near
    }

    private func farSamples() -> [Vec3] {
        let step = max(1, samples.count / 120)
        return stride(from: step / 2, to: samples.count, by: step).map { samples[$0] }
    }

    /// Shepard's interpolation, and the distance of the nearest sample.
    private func inverseDistance(_ point: Vec2, _ samples: [Vec3]) -> (height: Double, nearest: Double) {
        var (sum, weights, nearest) = (0.0, 0.0, Double.infinity)
        for sample in samples {
            let d = (sample.x - point.x) * (sample.x - point.x) + (sample.y - point.y) * (sample.y - point.y)
            let weight = 1 / ((d + 900) * (d + 900))
            (sum, weights, nearest) = (sum + weight * sample.z, weights + weight, min(nearest, d))
        }
        return weights > 0 ? (sum / weights, nearest.squareRoot()) : (0, .infinity)
    }

    /// Pushes every corner of the cells around each road point below it.
    private func clear(_ heights: inout [Float]) {
        // A little over half the spacing: every road point is within reach of a sample, also in a cell that holds none.
        let reach = 0.55 * spacing
        for sample in samples {
            let (i0, i1) = (first(xs, sample.x - reach) - 1, first(xs, sample.x + reach))
            let (j0, j1) = (first(ys, sample.y - reach) - 1, first(ys, sample.y + reach))
            let limit = Float(sample.z - tables.roadside.bed)
            for j in max(0, j0)...min(ys.count - 1, j1) {
                for i in max(0, i0)...min(xs.count - 1, i1) { heights[j * xs.count + i] = min(heights[j * xs.count + i], limit) }
            }
        }
    }

    /// The first line at or beyond a value.
    private func first(_ lines: [Double], _ value: Double) -> Int {
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if lines[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
