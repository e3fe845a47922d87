import Foundation
import SquallDiagnostics
import SquallMath
import SquallXML

/// Turns the elements of an OpenDRIVE 1.4-1.8 file into tables; collects every fault before it gives up.
struct RoadReader {
    var draft = RoadTables.Draft()
    var names = RoadNames()
    let notes: RoadNotes
    var placed: [PlacedObject] = []

    init(file: String) { notes = RoadNotes(file: file) }

    /// Reads a whole file. Throws `Failure` with every error found.
    mutating func read(_ root: FileElement) throws {
        let header = root.first("header")
        names.geoReference = header?.first("geoReference")?.text.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        if let header {
            let major = header.attributes["revMajor"] ?? "1"
            if major != "1" { notes.warn("road-version", "header", "OpenDRIVE \(major).x is not known", fix: "export as OpenDRIVE 1.4 to 1.8") }
        }
        let roads = root.all("road")
        guard !roads.isEmpty else {
            throw Failure("road-none", file: notes.file, message: "the file holds no <road>", fix: "export a map with at least one road")
        }
        register(root.all("junction"), roads)
        for (index, element) in roads.enumerated() { readRoad(element, index) }
        for (index, element) in root.all("junction").enumerated() { readJunction(element, index) }
        try stopOnErrors()
        checkNetwork()
        try stopOnErrors()
        let tables = RoadTables(draft)
        for (index, element) in roads.enumerated() { readFurniture(element, index, tables) }
        try stopOnErrors()
        notes.ignoreUnread(in: root)
    }

    func stopOnErrors() throws {
        if !notes.errors.isEmpty { throw Failure(notes.errors) }
    }

    private mutating func register(_ junctions: [FileElement], _ roads: [FileElement]) {
        for road in roads {
            let id = road.attributes["id"] ?? ""
            if id.isEmpty { notes.error("road-no-id", "road at line \(road.line)", "a road has no id", fix: "give every road its own id") }
            if names.roadIndex.updateValue(names.roads.count, forKey: id) != nil {
                notes.error("road-duplicate-id", "road \(id) (line \(road.line))", "two roads have the id '\(id)'", fix: "give every road its own id")
            }
            names.roads.append(id)
        }
        for junction in junctions {
            let id = junction.attributes["id"] ?? ""
            if names.junctionIndex.updateValue(names.junctions.count, forKey: id) != nil {
                notes.error(
                    "road-duplicate-id", "junction \(id) (line \(junction.line))", "two junctions have the id '\(id)'", fix: "give every junction its own id")
            }
            names.junctions.append(id)
        }
    }

    private mutating func readRoad(_ element: FileElement, _ index: Int) {
        let place = "road \(names.roads[index])"
        var road = RoadRecord()
        road.leftHand = element.attributes["rule"] == "LHT"
        if let junction = element.attributes["junction"], junction != "-1", !junction.isEmpty {
            if let known = names.junctionIndex[junction] {
                road.junction = Int32(known)
            } else {
                notes.warn(
                    "road-dangling-junction", place, "the road belongs to junction '\(junction)', which the file does not have",
                    fix: "add the junction or set junction=\"-1\"")
            }
        }
        road.segments = readPlanView(element, place)
        let planLength = draft.segments[road.segments.range].last.map { $0.s + $0.length } ?? 0
        road.length = planLength
        if let stated = notes.number(element, "length", place) {
            if stated <= 0 {
                notes.error(
                    "road-zero-length", "\(place) (line \(element.line))", "the road's length is \(stated)",
                    fix: "give the length of its reference line in metres")
            } else if abs(stated - planLength) > 0.1, planLength > 0 {
                notes.warn(
                    "road-length", place, "the road states \(stated) m but its plan view measures \(planLength) m; the plan view counts", fix: "make both equal"
                )
            }
        }
        if let profile = element.first("elevationProfile") {
            road.elevation = readProfile(profile.all("elevation"), "\(place), elevation")
        }
        if let profile = element.first("lateralProfile") { readLateralProfile(profile, &road, place) }
        readSpeeds(element, &road, place)
        readLanes(element, &road, index, place)
        readEnds(element, &road, place)
        draft.roads.append(road)
    }

    private mutating func readLateralProfile(_ profile: FileElement, _ road: inout RoadRecord, _ place: String) {
        road.superelevation = readProfile(profile.all("superelevation"), "\(place), superelevation")
        let falls = profile.all("crossfall")
        road.crossfallLeft = readProfile(falls.filter { $0.attributes["side"] != "right" }, "\(place), crossfall")
        road.crossfallRight = readProfile(falls.filter { $0.attributes["side"] != "left" }, "\(place), crossfall")
    }

    /// Cubic pieces, sorted by s.
    mutating func readProfile(_ elements: [FileElement], key: String = "s", from start: Double = 0, _ place: String) -> Rows {
        var pieces: [Cubic] = []
        for element in elements {
            guard let s = notes.number(element, key, default: 0, place), let a = notes.number(element, "a", default: 0, place),
                let b = notes.number(element, "b", default: 0, place), let c = notes.number(element, "c", default: 0, place),
                let d = notes.number(element, "d", default: 0, place)
            else { continue }
            pieces.append(Cubic(s: start + s, a: a, b: b, c: c, d: d))
        }
        pieces = stablySorted(pieces) { $0.s }
        return RoadTables.Draft.append(pieces, to: &draft.cubics)
    }

    private mutating func readSpeeds(_ element: FileElement, _ road: inout RoadRecord, _ place: String) {
        var speeds: [SpeedRecord] = []
        for type in element.all("type") {
            guard let s = notes.number(type, "s", default: 0, place) else { continue }
            speeds.append(SpeedRecord(s: s, limit: type.first("speed").flatMap { speed($0, place) } ?? .infinity))
        }
        speeds = stablySorted(speeds) { $0.s }
        road.speeds = RoadTables.Draft.append(speeds, to: &draft.speeds)
    }

    /// A `<speed max unit>` in m/s; infinite for "no limit".
    func speed(_ element: FileElement, _ place: String) -> Double? {
        if let text = element.attributes["max"], text == "no limit" || text == "undefined" { return .infinity }
        guard let value = notes.number(element, "max", place) else { return nil }
        switch element.attributes["unit"] ?? "m/s" {
        case "km/h": return value / 3.6
        case "mph": return value * 0.44704
        case "m/s": return value
        default:
            notes.warn("road-speed-unit", place, "there is no unit of speed '\(element.attributes["unit"] ?? "")'; the limit is read in m/s", fix: "write m/s, km/h or mph")
            return value
        }
    }

    private mutating func readEnds(_ element: FileElement, _ road: inout RoadRecord, _ place: String) {
        guard let link = element.first("link") else { return }
        road.predecessor = readEnd(link.first("predecessor"), "\(place), predecessor")
        road.successor = readEnd(link.first("successor"), "\(place), successor")
    }

    private func readEnd(_ element: FileElement?, _ place: String) -> RoadEnd {
        guard let element, let id = element.attributes["elementId"] else { return RoadEnd() }
        let contact = element.attributes["contactPoint"] == "end" ? Contact.end : .start
        let known: Int?
        let kind: RoadEnd.Kind
        if element.attributes["elementType"] == "junction" {
            (kind, known) = (.junction, names.junctionIndex[id])
        } else {
            (kind, known) = (.road, names.roadIndex[id])
        }
        guard let known else {
            notes.warn(
                "road-dangling-link", "\(place) (line \(element.line))",
                "links to \(kind == .road ? "road" : "junction") '\(id)', which the file does not have; the road ends there", fix: "add it or remove the link")
            return RoadEnd()
        }
        return RoadEnd(kind: kind, index: Int32(known), contact: contact)
    }
}

/// Sorted by a key, equal keys in their old order.
func stablySorted<T>(_ rows: [T], by key: (T) -> Double) -> [T] {
    rows.enumerated().sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }.map { $0.element }
}

/// The words behind the numbers of the tables.
struct RoadNames: Sendable {
    var roads: [String] = []
    var roadIndex: [String: Int] = [:]
    var junctions: [String] = []
    var junctionIndex: [String: Int] = [:]
    var laneTypes: [String] = []
    var laneTypeIndex: [String: Int] = [:]
    var geoReference = ""
}
