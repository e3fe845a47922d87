import SquallMath
import SquallScene

/// What a file's roads may be in all, judged on the tables before anything walks along them.
extension RoadReader {
    /// How far a road may lie from sea level, and its edge from its reference line, metres.
    private static let maximumHeight = 1e5, maximumWidth = 1e4

    /// Notes errors for maps too long, too wide or out of reach.
    func checkBounds(_ tables: RoadTables) {
        var lanes = 0.0
        for road in tables.roads.indices {
            let place = "road \(names.roads[road])"
            for row in tables.roads[road].sections.range {
                let section = tables.sections[row]
                lanes += max(0, section.end - section.s) * Double(section.lanes.count)
                guard Int(section.lanes.count) <= SceneLimit.roadSectionLanes.value else {
                    notes.error(
                        "road-lane-count", "\(place), lane section \(row - tables.roads[road].sections.range.lowerBound)",
                        "\(section.lanes.count) lanes lie beside one another, more than \(SceneLimit.roadSectionLanes.value)", fix: "remove lanes")
                    return
                }
            }
        }
        guard lanes <= Double(SceneLimit.roadLaneLength.value) else {
            return notes.error(
                "road-too-long", "the file", "the lanes are \(lanes.rounded()) m long together, more than \(SceneLimit.roadLaneLength.value)", fix: "cut the map into smaller files")
        }
        for road in tables.roads.indices { checkReach(tables, road) }
    }

    /// Looks every 50 m, and where a profile's piece begins and ends.
    private func checkReach(_ tables: RoadTables, _ road: Int) {
        let record = tables.roads[road]
        let steps = max(1, Int((record.length / 50).rounded(.up)))
        var stations = (0...steps).map { record.length * Double($0) / Double(steps) }
        for rows in [record.elevation, record.superelevation, record.laneOffset] {
            for row in rows.range { stations += [tables.cubics[row].s, tables.cubics[row].s - 1e-6] }
        }
        for s in stations where s >= 0 && s <= record.length {
            let cut = tables.crossSection(ofRoad: road, at: s)
            let (left, right) = tables.extent(ofRoad: road, at: s)
            let place = cut.point(t: 0)
            if abs(place.x) < 1e8, abs(place.y) < 1e8, abs(place.z) < RoadReader.maximumHeight, abs(cut.climb) < 1e3, max(abs(left), abs(right)) < RoadReader.maximumWidth { continue }
            return notes.error(
                "road-too-large", "road \(names.roads[road])",
                "the road is out of reach at s = \(s): at \(place.x), \(place.y), \(place.z), from t = \(right) to \(left)", fix: "use metres, and check elevation, offset and lane widths")
        }
    }
}
