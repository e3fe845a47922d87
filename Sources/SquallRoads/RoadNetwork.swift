// SquallRoads: OpenDRIVE networks, read, located, travelled, drained and meshed.
// Must never know: assets, materials, the state of the world, how pixels or returns are made.
import Foundation
import SquallDiagnostics
import SquallMath
import SquallScene
import SquallXML

/// A parsed OpenDRIVE network: geometry, lanes, links, marks, signals and objects. Immutable; copies share their storage.
public struct RoadNetwork: Sendable {
    let tables: RoadTables
    let index: RoadIndex
    let names: RoadNames
    /// The file, as the user named it.
    public let file: String
    /// The projection text of the file's header, empty without one.
    public var geoReference: String { names.geoReference }
    /// Signals and objects that stand on or beside the roads, in file order; no two have one path.
    public let placedObjects: [PlacedObject]
    /// What the file holds and Squall leaves out or doubts, one warning a kind.
    public let ignored: [Diagnostic]

    /// Reads an OpenDRIVE 1.4-1.8 file. Throws `Failure` naming road, section and lane of everything wrong.
    public init(contentsOf path: String) throws {
        let isFile =
            (try? FileManager.default.attributesOfItem(atPath: (path as NSString).resolvingSymlinksInPath))?[.type] as? FileAttributeType == .typeRegular
        guard isFile, let handle = FileHandle(forReadingAtPath: path), let size = try? handle.seekToEnd() else {
            throw Failure("road-file", file: path, message: "the road file cannot be read", fix: "check the path and its permissions")
        }
        guard size <= SceneLimit.roadBytes.value else {
            throw Failure(
                "road-file-size", file: path, message: "the file has \(size) bytes, more than the \(SceneLimit.roadBytes.value) a road file may have",
                fix: "cut the map into smaller files")
        }
        try? handle.seek(toOffset: 0)
        guard let data = try? handle.readToEnd() else {
            throw Failure(
                "road-file", file: path, message: size == 0 ? "the file is empty" : "the road file cannot be read", fix: "name an OpenDRIVE file (.xodr)")
        }
        try self.init(data, file: path)
    }

    /// Reads the bytes of an OpenDRIVE file. `file` names it in messages.
    public init(_ data: Data, file: String) throws {
        let root = try BoundedXML.parse(data, file: file, within: .openDRIVE)
        var reader = RoadReader(file: file)
        try reader.read(root)
        tables = RoadTables(reader.draft)
        index = try RoadIndex(tables, file: file)
        names = reader.names
        placedObjects = RoadNetwork.distinct(reader.placed)
        ignored = reader.notes.diagnostics
        self.file = file
    }

    init(_ other: RoadNetwork, _ roadside: Roadside) {
        let tables = RoadTables(other.tables, roadside: roadside)
        (self.tables, index, names, file, ignored) = (tables, other.index, other.names, other.file, other.ignored)
        placedObjects = other.placedObjects.map { thing in
            guard let found = other.nearest(thing.pose.position.xy, within: 0) else { return thing }
            var result = thing
            let sunk = { (tables: RoadTables) in tables.surface(road: found.road, s: found.s, t: found.t).height }
            result.pose.position.z += sunk(tables) - sunk(other.tables)
            return result
        }
    }

    /// One path per placed object. Road files may use an id twice; later ones get a mark.
    private static func distinct(_ things: [PlacedObject]) -> [PlacedObject] {
        var taken: Set<String> = []
        var next: [String: Int] = [:]
        return things.map { thing in
            guard !taken.insert(thing.path).inserted else { return thing }
            var copy = thing
            var again = next[thing.path] ?? 2
            repeat { (copy.path, again) = ("\(thing.path)#\(again)", again + 1) } while !taken.insert(copy.path).inserted
            next[thing.path] = again
            return copy
        }
    }

    /// Where a lane position lies in the tables; nil for an unknown road, lane or an s off the road (beyond 1 cm, which is clamped).
    func cursor(_ position: LanePosition) -> LaneCursor? {
        guard let road = names.roadIndex[position.road], position.s.isFinite, position.left.isFinite else { return nil }
        let length = tables.roads[road].length
        guard position.s >= -0.01, position.s <= length + 0.01 else { return nil }
        let s = position.s.clamped(to: 0...length)
        let section = tables.section(ofRoad: road, at: s)
        guard let id = Int32(exactly: position.lane), let lane = tables.lane(id, inSection: section) else { return nil }
        return LaneCursor(road: road, section: section, lane: lane, s: s, forward: tables.lanes[lane].direction > 0)
    }

    func position(_ cursor: LaneCursor, left: Double) -> LanePosition {
        LanePosition(road: names.roads[cursor.road], lane: Int(tables.lanes[cursor.lane].id), s: cursor.s, left: left)
    }

    /// t of a position that stands `left` of its lane's centre.
    @inline(__always) func t(_ cursor: LaneCursor, left: Double) -> Double {
        tables.center(ofLane: cursor.lane, inSection: cursor.section, ofRoad: cursor.road, at: cursor.s).t + Double(tables.lanes[cursor.lane].direction) * left
    }
}

/// A signal or an object of a road file, placed in the world.
public struct PlacedObject: Sendable, Equatable {
    /// `road.1.object.lamp_4`, `road.1.signal.7`; repeated ones carry `[k]`, further ones of the same id `#2`, `#3`.
    public var path: String
    /// Name of an archetype.
    public var archetype: String
    /// World from the archetype's frame.
    public var pose: Pose
    /// length, width, height in metres; nil where the file leaves it to the archetype.
    public var size: Vec3?
    /// The file's own words: type, subtype, name.
    public var kind: String

    public init(path: String, archetype: String, pose: Pose, size: Vec3?, kind: String) {
        (self.path, self.archetype, self.pose, self.size, self.kind) = (path, archetype, pose, size, kind)
    }
}

extension XMLBounds {
    /// Of road files.
    fileprivate static var openDRIVE: XMLBounds {
        XMLBounds(
            code: "road", noun: "a road file", root: "OpenDRIVE", rootFix: "name an OpenDRIVE file (.xodr)", bytes: SceneLimit.roadBytes.value,
            elements: SceneLimit.roadElements.value, depth: SceneLimit.roadDepth.value, counted: ("lane", SceneLimit.roadLanes.value),
            smaller: "cut the map into smaller files", texts: ["geoReference"])
    }
}
