import Foundation
import SquallMath

/// Where a road is cut across for meshing: dense where it bends, at every change of its description, and at chunk borders.
struct RoadStations {
    /// Runs of rising s within one lane section; neighbours share their border value.
    var chunks: [(section: Int, stations: [Double])] = []

    init(_ tables: RoadTables, road: Int, options: RoadMeshOptions) {
        let record = tables.roads[road]
        var breaks: [Double] = []
        for row in record.segments.range { breaks.append(tables.segments[row].s) }
        for rows in [record.elevation, record.superelevation, record.laneOffset, record.crossfallLeft, record.crossfallRight] {
            for row in rows.range { breaks.append(tables.cubics[row].s) }
        }
        breaks.sort()
        for section in record.sections.range {
            let (start, end) = (tables.sections[section].s, min(record.length, tables.sections[section].end))
            guard end - start > 1e-6 else { continue }
            // Only those within: a file of many sections and many breaks must not be read in their product.
            var own = Array(breaks[RoadStations.first(breaks, above: start)..<RoadStations.first(breaks, above: end)])
            for lane in tables.sections[section].lanes.range {
                for row in tables.lanes[lane].widths.range { own.append(tables.cubics[row].s) }
                for row in tables.lanes[lane].heights.range { own.append(tables.heights[row].s) }
            }
            own.sort()
            let stations = RoadStations.fill(tables, road, section, own, start, end, options)
            cut(stations, section, options.chunk)
        }
    }

    /// The first of rising values that lies above another.
    private static func first(_ values: [Double], above value: Double) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Break points with even steps between them.
    private static func fill(
        _ tables: RoadTables, _ road: Int, _ section: Int, _ breaks: [Double], _ start: Double, _ end: Double, _ options: RoadMeshOptions
    ) -> [Double] {
        var marks = [start]
        for s in breaks where s > marks[marks.count - 1] + 0.05 && s < end - 0.05 { marks.append(s) }
        marks.append(end)
        var stations = [start]
        for (a, b) in zip(marks, marks.dropFirst()) {
            let step = self.step(tables, road, section, a, b, options.chordError)
            let count = min(100_000, max(1, Int(((b - a) / step).rounded(.up))))
            for k in 1..<(count + 1) { stations.append(k == count ? b : a + (b - a) * Double(k) / Double(count)) }
        }
        return stations
    }

    /// The step that keeps the chord error along the outer edges and in height: `e = step^2 k / 8`.
    private static func step(_ tables: RoadTables, _ road: Int, _ section: Int, _ a: Double, _ b: Double, _ error: Double) -> Double {
        var bend = 1e-9
        for k in 0...4 {
            let s = a + (b - a) * (Double(k) + 0.001) / 4.002
            let (left, right) = tables.extent(ofRoad: road, at: s)
            let curvature = tables.line(ofRoad: road, at: s).curvature
            let plan = abs(curvature) * (1 + abs(curvature) * min(100, max(abs(left), abs(right))))
            let rise = tables.cubic(tables.roads[road].elevation, at: s).map { abs(2 * $0.c + 6 * $0.d * (s - $0.s)) } ?? 0
            var widths = 0.0
            for lane in tables.sections[section].lanes.range {
                widths += tables.cubic(tables.lanes[lane].widths, at: s).map { abs(2 * $0.c + 6 * $0.d * (s - $0.s)) } ?? 0
            }
            let tilted = tables.roads[road].superelevation.count > 0
            bend = max(bend, plan, rise, widths, tilted ? 0.16 / 25 : 0)
        }
        // Connecting roads are cut into small quads, so that what they share can be left out.
        return (8 * error / bend).squareRoot().clamped(to: 0.25...(tables.roads[road].junction >= 0 ? 1.5 : 25))
    }

    private mutating func cut(_ stations: [Double], _ section: Int, _ chunk: Double) {
        var current = [stations[0]]
        for s in stations.dropFirst() {
            current.append(s)
            if s - current[0] >= chunk {
                chunks.append((section, current))
                current = [s]
            }
        }
        if current.count > 1 { chunks.append((section, current)) }
    }
}
