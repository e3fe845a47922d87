import SquallMath
import SquallScene

/// What meshing a network would take, told before any of it is meshed.
extension RoadNetwork {
    /// Facets of road, verge and paint; in places where questions look at many roads they count more. Counting ends above `limit`.
    package func meshEffort(_ options: RoadMeshOptions, upTo limit: Int) -> Int {
        var effort = 0
        for road in tables.roads.indices {
            let connects = tables.roads[road].junction >= 0
            var (section, paint) = (-1, 0.0)
            for chunk in RoadStations(tables, road: road, options: options).chunks {
                let steps = chunk.stations.count - 1
                if chunk.section != section { (section, paint) = (chunk.section, paintPerMetre(chunk.section)) }
                let middle = tables.line(ofRoad: road, at: chunk.stations[chunk.stations.count / 2]).point
                guard options.reaches(middle) else { continue }
                let lanes = Int(tables.sections[chunk.section].lanes.count)
                let verge = 2 * (Verge.profile.count - 1 + tables.roadside.knots.count)
                // Two questions a facet of verge, ten a facet of a connecting road.
                let questions = steps * (2 * verge + (connects ? 10 * lanes : 0))
                effort += steps * (lanes + verge) + Int(paint * (chunk.stations[steps] - chunk.stations[0])) + questions * index.crowd(at: middle) / 4096
                if effort > limit { return effort }
            }
        }
        return effort
    }

    /// Strokes of paint and marks to look through, per metre of a section.
    private func paintPerMetre(_ section: Int) -> Double {
        let record = tables.sections[section]
        var (strokes, marks) = (0.0, 0)
        for lane in record.lanes.range {
            for row in tables.lanes[lane].marks.range {
                let mark = tables.marks[row]
                let length = max(0, min(mark.end, record.end) - max(mark.s, record.s))
                marks += 1 + Int(mark.lines.count)
                for line in mark.lines.range where tables.markLines[line].space > 0 { strokes += length / (tables.markLines[line].length + tables.markLines[line].space) }
            }
        }
        let length = max(1, record.end - record.s)
        return strokes / length + Double(marks) / 32 / 16
    }
}
