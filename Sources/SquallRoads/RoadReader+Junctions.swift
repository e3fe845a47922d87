import SquallMath
import SquallScene
import SquallXML

/// Junctions, and what can only be judged once every road is read.
extension RoadReader {
    mutating func readJunction(_ element: FileElement, _ index: Int) {
        let place = "junction \(names.junctions[index])"
        if element.attributes["type"] == "virtual" { notes.ignore("type=\"virtual\" of <junction> (taken as an ordinary one)", place) }
        var connections: [ConnectionRecord] = []
        for connection in element.all("connection") {
            let context = "\(place), connection \(connection.attributes["id"] ?? "?") (line \(connection.line))"
            var record = ConnectionRecord()
            record.contact = connection.attributes["contactPoint"] == "end" ? .end : .start
            guard let incoming = roadNamed(connection.attributes["incomingRoad"], "incomingRoad", context),
                let connecting = roadNamed(connection.attributes["connectingRoad"] ?? connection.attributes["linkedRoad"], "connectingRoad", context)
            else {
                connection.leaveOut()
                continue
            }
            (record.incoming, record.connecting) = (Int32(incoming), Int32(connecting))
            var links: [LinkRecord] = []
            for link in connection.all("laneLink") {
                guard let from = notes.integer(link, "from", context), let to = notes.integer(link, "to", context) else { continue }
                links.append(LinkRecord(from: from, to: to))
            }
            record.links = RoadTables.Draft.append(links, to: &draft.links)
            connections.append(record)
        }
        if connections.isEmpty { notes.warn("road-empty-junction", place, "the junction connects nothing", fix: "add <connection> elements") }
        draft.junctions.append(JunctionRecord(connections: RoadTables.Draft.append(connections, to: &draft.connections)))
    }

    private func roadNamed(_ id: String?, _ role: String, _ place: String) -> Int? {
        guard let id else {
            notes.warn("road-dangling-link", place, "the connection has no \(role) and is left out", fix: "name the road")
            return nil
        }
        guard let index = names.roadIndex[id] else {
            notes.warn("road-dangling-link", place, "\(role) '\(id)' does not exist; the connection is left out", fix: "add the road or remove the connection")
            return nil
        }
        return index
    }

    /// What can only be judged once every road is read: total length, gaps in reference lines, lane links.
    mutating func checkNetwork() {
        let total = draft.roads.reduce(0) { $0 + $1.length }
        guard total <= Double(SceneLimit.roadLength.value) else {
            notes.error(
                "road-too-long", "the file", "the roads are \(total) m long together, more than \(SceneLimit.roadLength.value)",
                fix: "cut the map into smaller files")
            return
        }
        let tables = RoadTables(draft)
        checkBounds(tables)
        guard notes.errors.isEmpty else { return }
        for index in draft.roads.indices {
            checkGaps(tables, index)
            checkLaneLinks(tables, index)
            draft.roads[index].startHeading = tables.line(ofRoad: index, at: 0).heading
            draft.roads[index].endHeading = tables.line(ofRoad: index, at: draft.roads[index].length).heading
        }
    }

    private func checkGaps(_ tables: RoadTables, _ road: Int) {
        let rows = tables.roads[road].segments.range
        for index in rows.dropFirst() {
            let (before, after) = (tables.segments[index - 1], tables.segments[index])
            let end = tables.state(of: before, at: after.s - before.s)
            let gap = (end.point - Vec2(after.x, after.y)).length
            if gap > 0.05 || abs(after.s - before.s - before.length) > 0.05 {
                notes.warn(
                    "road-gap", "road \(names.roads[road]), geometry \(index - rows.lowerBound)",
                    "the reference line jumps by \((gap * 1000).rounded() / 1000) m at s = \(after.s)", fix: "let each geometry start where the one before ends"
                )
            }
        }
    }

    private func checkLaneLinks(_ tables: RoadTables, _ road: Int) {
        let rows = tables.roads[road].sections.range
        for index in rows {
            for lane in tables.sections[index].lanes.range {
                let record = tables.lanes[lane]
                for (link, neighbour, word) in [(record.successor, index + 1, "successor"), (record.predecessor, index - 1, "predecessor")] {
                    guard link != LaneRecord.noLink, rows.contains(neighbour), tables.lane(link, inSection: neighbour) == nil else { continue }
                    notes.warn(
                        "road-dangling-link", "road \(names.roads[road]), lane section \(index - rows.lowerBound), lane \(record.id)",
                        "the \(word) lane \(link) does not exist in the next section; the lane ends there", fix: "correct the lane link")
                }
            }
        }
    }
}
