import SquallMath
import SquallXML

/// Lane sections, lanes, their widths, heights and speeds.
extension RoadReader {
    mutating func readLanes(_ element: FileElement, _ road: inout RoadRecord, _ index: Int, _ place: String) {
        guard let lanes = element.first("lanes"), lanes.first("laneSection") != nil else {
            notes.error("road-no-lanes", "\(place) (line \(element.line))", "the road has no <laneSection>", fix: "add <lanes> with at least one <laneSection>")
            return
        }
        road.laneOffset = readProfile(lanes.all("laneOffset"), "\(place), lane offset")
        var starts: [(s: Double, element: FileElement)] = []
        for (number, section) in lanes.all("laneSection").enumerated() {
            guard let s = notes.number(section, "s", "\(place), lane section \(number)") else { continue }
            guard s < max(road.length, 1e-3), s >= -1e-3 else {
                notes.warn(
                    "road-section-outside", "\(place), lane section \(number)",
                    "the section starts at s = \(s), outside the road of \(road.length) m, and is left out", fix: "remove it")
                section.leaveOut()
                continue
            }
            if section.attributes["singleSide"] == "true" { notes.ignore("singleSide of <laneSection>", place) }
            starts.append((s, section))
        }
        starts = stablySorted(starts) { $0.s }
        if starts.isEmpty { notes.error("road-no-lanes", place, "no lane section lies on the road", fix: "start a <laneSection> at s=\"0\"") }
        var sections: [SectionRecord] = []
        for (number, start) in starts.enumerated() {
            let end = number + 1 < starts.count ? starts[number + 1].s : road.length
            sections.append(readSection(start.element, from: number == 0 ? 0 : start.s, to: end, road.leftHand, "\(place), lane section \(number)"))
        }
        road.sections = RoadTables.Draft.append(sections, to: &draft.sections)
    }

    private mutating func readSection(_ element: FileElement, from s: Double, to end: Double, _ leftHand: Bool, _ place: String) -> SectionRecord {
        var rows: [LaneRecord] = []
        for side in ["left", "center", "right"] {
            for lane in element.first(side)?.all("lane") ?? [] {
                guard let id = notes.integer(lane, "id", place) else { continue }
                let fits = side == "left" ? id > 0 : side == "right" ? id < 0 : id == 0
                guard fits else {
                    notes.error(
                        "road-lane-id", "\(place), lane \(id) (line \(lane.line))", "lane \(id) stands under <\(side)>",
                        fix: "left lanes have positive ids, right lanes negative ones")
                    continue
                }
                rows.append(readLane(lane, id, s, end, leftHand, "\(place), lane \(id)"))
            }
        }
        if !rows.contains(where: { $0.id == 0 }) { rows.append(LaneRecord(id: 0, type: .none, direction: leftHand ? -1 : 1, typeName: typeIndex("none"))) }
        rows = stablySorted(rows) { -Double($0.id) }
        for (a, b) in zip(rows, rows.dropFirst()) where a.id != b.id + 1 {
            if a.id == b.id {
                notes.error(
                    "road-duplicate-id", "\(place), lane \(a.id)", "two lanes have the id \(a.id)", fix: "number the lanes outward from the centre lane")
            } else {
                notes.warn(
                    "road-lane-id", "\(place), lane \(b.id)", "lane ids jump from \(a.id) to \(b.id); the lanes are taken as neighbours",
                    fix: "number the lanes outward from the centre lane")
            }
        }
        let center = rows.firstIndex { $0.id == 0 } ?? 0
        let placed = RoadTables.Draft.append(rows, to: &draft.lanes)
        return SectionRecord(s: s, end: end, lanes: placed, center: placed.start + Int32(center))
    }

    private mutating func readLane(_ element: FileElement, _ id: Int32, _ start: Double, _ end: Double, _ leftHand: Bool, _ place: String) -> LaneRecord {
        var lane = LaneRecord(id: id)
        // Lane 0 is the reference line itself: some files call it driving, nobody can drive on it.
        let name = id == 0 ? "none" : element.attributes["type"] ?? "none"
        (lane.typeName, lane.type) = (typeIndex(name), laneType(name, place))
        lane.direction = (id <= 0) != leftHand ? 1 : -1
        if element.attributes["direction"] == "reversed" { lane.direction = -lane.direction }
        if element.attributes["level"] == "true" { notes.ignore("level=\"true\" of <lane>", place) }
        let widths = element.all("width")
        let borders = element.all("border")
        if id != 0, widths.isEmpty, borders.isEmpty {
            notes.warn(
                "road-lane-width", "\(place) (line \(element.line))", "the lane has neither <width> nor <border> and is 0 m wide",
                fix: "add <width sOffset=\"0\" a=\"3.5\" .../>")
        }
        lane.usesBorder = widths.isEmpty && !borders.isEmpty
        if id != 0 { lane.widths = readProfile(lane.usesBorder ? borders : widths, key: "sOffset", from: start, place) }
        readHeights(element, &lane, start, place)
        lane.marks = readMarks(element, start, end, place)
        var speeds: [SpeedRecord] = []
        for limit in element.all("speed") {
            guard let s = notes.number(limit, "sOffset", default: 0, place), let value = speed(limit, place) else { continue }
            speeds.append(SpeedRecord(s: start + s, limit: value))
        }
        lane.speeds = RoadTables.Draft.append(stablySorted(speeds) { $0.s }, to: &draft.speeds)
        if let link = element.first("link") {
            if let before = link.first("predecessor") { lane.predecessor = notes.integer(before, "id", place) ?? LaneRecord.noLink }
            if let after = link.first("successor") { lane.successor = notes.integer(after, "id", place) ?? LaneRecord.noLink }
        }
        return lane
    }

    /// Pavements without a height of their own stand a kerb's height above the carriageway.
    private static let defaultKerb = 0.12

    private mutating func readHeights(_ element: FileElement, _ lane: inout LaneRecord, _ start: Double, _ place: String) {
        var heights: [HeightRecord] = []
        for height in element.all("height") {
            guard let s = notes.number(height, "sOffset", default: 0, place), let inner = notes.number(height, "inner", default: 0, place),
                let outer = notes.number(height, "outer", default: 0, place)
            else { continue }
            heights.append(HeightRecord(s: start + s, inner: inner.clamped(to: -2...2), outer: outer.clamped(to: -2...2)))
        }
        if heights.isEmpty, lane.type == .sidewalk || lane.type == .curb {
            heights = [HeightRecord(s: start, inner: RoadReader.defaultKerb, outer: RoadReader.defaultKerb)]
        }
        lane.heights = RoadTables.Draft.append(stablySorted(heights) { $0.s }, to: &draft.heights)
    }

    private mutating func typeIndex(_ name: String) -> Int32 {
        if let known = names.laneTypeIndex[name] { return Int32(known) }
        names.laneTypeIndex[name] = names.laneTypes.count
        names.laneTypes.append(name)
        return Int32(names.laneTypes.count - 1)
    }

    private func laneType(_ name: String, _ place: String) -> LaneType {
        switch name {
        case "none": return .none
        case "driving", "bidirectional", "bus", "taxi", "HOV", "mwyEntry", "mwyExit", "roadWorks", "slipLane", "shared": return .driving
        case "shoulder": return .shoulder
        case "border": return .border
        case "stop": return .stop
        case "sidewalk", "walking": return .sidewalk
        case "curb": return .curb
        case "median": return .median
        case "biking": return .biking
        case "parking": return .parking
        case "restricted": return .restricted
        case "entry": return .entry
        case "exit", "offRamp": return .exit
        case "onRamp", "connectingRamp": return .ramp
        case "tram": return .tram
        case "rail": return .rail
        case "special1", "special2", "special3": return .special
        default:
            notes.ignore("lane type '\(name)' (taken as none)", place)
            return .none
        }
    }
}
