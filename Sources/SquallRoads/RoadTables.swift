import SquallMath

/// A run of rows in one of the flat tables of `RoadTables`.
struct Rows: Sendable, Equatable {
    var start: Int32 = 0
    var count: Int32 = 0
    var range: Range<Int> { Int(start)..<Int(start + count) }
    var isEmpty: Bool { count == 0 }
    var last: Int { Int(start + count) - 1 }
}

/// `a + b ds + c ds^2 + d ds^3` with `ds = s - self.s`, valid from `s` to the next piece of its profile.
struct Cubic: Sendable, Equatable {
    var s = 0.0, a = 0.0, b = 0.0, c = 0.0, d = 0.0

    @inline(__always) func value(at station: Double) -> Double {
        let x = station - s
        return a + x * (b + x * (c + x * d))
    }
    @inline(__always) func slope(at station: Double) -> Double {
        let x = station - s
        return b + x * (2 * c + x * 3 * d)
    }
}

/// One plan-view geometry in the form evaluation wants.
struct PlanSegment: Sendable {
    enum Kind: UInt8, Sendable { case line, arc, spiral, polynomial }
    var kind = Kind.line
    var s = 0.0, length = 0.0
    var x = 0.0, y = 0.0, heading = 0.0, cosine = 1.0, sine = 0.0
    /// Curvature at the start and its growth per metre.
    var curvature = 0.0, rate = 0.0
    /// u(p) and v(p), constant term first.
    var u = SIMD4<Double>(), v = SIMD4<Double>()
    /// p per metre, when the parameter runs evenly with the arc length (`knots` is empty then).
    var parameterRate = 1.0
    /// Spiral: the points where the integration panels start. Polynomial: parameter and its growth at even arc lengths.
    var knots = Rows()
    /// Distance between knots.
    var knotStep = 0.0
}

/// A spiral's panel start, or (x: parameter, y: parameter per metre) of a polynomial.
struct Knot: Sendable { var x = 0.0, y = 0.0 }

enum Contact: UInt8, Sendable { case start, end }

/// What a road's end is tied to.
struct RoadEnd: Sendable, Equatable {
    enum Kind: UInt8, Sendable { case none, road, junction }
    var kind = Kind.none
    var index: Int32 = -1
    var contact = Contact.start
}

struct RoadRecord: Sendable {
    var length = 0.0
    var segments = Rows(), elevation = Rows(), superelevation = Rows(), crossfallLeft = Rows(), crossfallRight = Rows()
    var laneOffset = Rows(), sections = Rows(), speeds = Rows()
    var junction: Int32 = -1
    var predecessor = RoadEnd(), successor = RoadEnd()
    var leftHand = false
    /// The heading of the reference line at both ends.
    var startHeading = 0.0, endHeading = 0.0
}

struct SectionRecord: Sendable {
    var s = 0.0, end = 0.0
    /// By falling id: leftmost first, the centre lane among them.
    var lanes = Rows()
    /// Row of lane 0.
    var center: Int32 = 0
}

/// OpenDRIVE lane types, gathered by what they mean to a driver and a mesh.
public enum LaneType: UInt8, Sendable, CaseIterable {
    case none, driving, shoulder, border, stop, sidewalk, curb, median, biking, parking, restricted, entry, exit, ramp, tram, rail, special

    /// Lanes a car may use.
    public var isDrivable: Bool {
        switch self {
        case .driving, .entry, .exit, .ramp: true
        default: false
        }
    }
    /// Covered with asphalt.
    public var isPaved: Bool {
        switch self {
        case .none, .border, .sidewalk, .curb, .median, .rail: false
        default: true
        }
    }
}

struct LaneRecord: Sendable {
    static let noLink = Int32.min
    var id: Int32 = 0
    var type = LaneType.none
    /// +1 with growing s, -1 against.
    var direction: Int8 = 1
    var usesBorder = false
    var widths = Rows(), heights = Rows(), marks = Rows(), speeds = Rows()
    var predecessor = LaneRecord.noLink, successor = LaneRecord.noLink
    /// Index into `typeNames`, the text as the file has it.
    var typeName: Int32 = 0
}

/// Height above the road plane at a lane's inner and outer edge, from `s` on.
struct HeightRecord: Sendable { var s = 0.0, inner = 0.0, outer = 0.0 }
/// A limit in m/s from `s` on; infinite for none.
struct SpeedRecord: Sendable { var s = 0.0, limit = Double.infinity }

public enum MarkColor: UInt8, Sendable { case white, yellow, other }

/// A road mark on the outer edge of its lane (the centre line for lane 0), from `s` to the next mark of the lane.
struct MarkRecord: Sendable {
    var s = 0.0, end = 0.0
    var color = MarkColor.white
    var lines = Rows()
}

/// One painted line of a mark. `space` 0 is a solid line.
struct MarkLine: Sendable { var length = 0.0, space = 0.0, offset = 0.0, start = 0.0, width = 0.12 }

struct JunctionRecord: Sendable { var connections = Rows() }
struct ConnectionRecord: Sendable {
    var incoming: Int32 = -1, connecting: Int32 = -1
    var contact = Contact.start
    var links = Rows()
}
struct LinkRecord: Sendable { var from: Int32 = 0, to: Int32 = 0 }

/// The network as flat tables of plain rows, so that evaluation allocates nothing and counts no references.
final class RoadTables: @unchecked Sendable {  // immutable after init
    let cubics: UnsafeBufferPointer<Cubic>
    let segments: UnsafeBufferPointer<PlanSegment>
    let knots: UnsafeBufferPointer<Knot>
    let roads: UnsafeBufferPointer<RoadRecord>
    let sections: UnsafeBufferPointer<SectionRecord>
    let lanes: UnsafeBufferPointer<LaneRecord>
    let heights: UnsafeBufferPointer<HeightRecord>
    let speeds: UnsafeBufferPointer<SpeedRecord>
    let marks: UnsafeBufferPointer<MarkRecord>
    let markLines: UnsafeBufferPointer<MarkLine>
    let junctions: UnsafeBufferPointer<JunctionRecord>
    let connections: UnsafeBufferPointer<ConnectionRecord>
    let links: UnsafeBufferPointer<LinkRecord>
    /// The shape of what lies along the pavement.
    let roadside: Roadside
    /// Whose rows these are, when they are another's.
    private let owner: RoadTables?

    /// The tables while a file is read.
    struct Draft {
        var cubics: [Cubic] = [], segments: [PlanSegment] = [], knots: [Knot] = [], roads: [RoadRecord] = []
        var sections: [SectionRecord] = [], lanes: [LaneRecord] = [], heights: [HeightRecord] = [], speeds: [SpeedRecord] = []
        var marks: [MarkRecord] = [], markLines: [MarkLine] = []
        var junctions: [JunctionRecord] = [], connections: [ConnectionRecord] = [], links: [LinkRecord] = []

        /// Appends rows to one table and says where they went.
        static func append<T>(_ rows: [T], to table: inout [T]) -> Rows {
            let start = Int32(table.count)
            table += rows
            return Rows(start: start, count: Int32(rows.count))
        }
    }

    init(_ draft: Draft) {
        func freeze<T>(_ rows: [T]) -> UnsafeBufferPointer<T> {
            let buffer = UnsafeMutableBufferPointer<T>.allocate(capacity: rows.count)
            _ = buffer.initialize(from: rows)
            return UnsafeBufferPointer(buffer)
        }
        (cubics, segments, knots, roads) = (freeze(draft.cubics), freeze(draft.segments), freeze(draft.knots), freeze(draft.roads))
        (sections, lanes, heights, speeds) = (freeze(draft.sections), freeze(draft.lanes), freeze(draft.heights), freeze(draft.speeds))
        (marks, markLines) = (freeze(draft.marks), freeze(draft.markLines))
        (junctions, connections, links) = (freeze(draft.junctions), freeze(draft.connections), freeze(draft.links))
        (roadside, owner) = (.level, nil)
    }

    /// The same rows beside other ground.
    init(_ other: RoadTables, roadside: Roadside) {
        (cubics, segments, knots, roads) = (other.cubics, other.segments, other.knots, other.roads)
        (sections, lanes, heights, speeds) = (other.sections, other.lanes, other.heights, other.speeds)
        (marks, markLines) = (other.marks, other.markLines)
        (junctions, connections, links) = (other.junctions, other.connections, other.links)
        (self.roadside, owner) = (roadside, other)
    }

    deinit {
        guard owner == nil else { return }
        cubics.deallocate()
        segments.deallocate()
        knots.deallocate()
        roads.deallocate()
        sections.deallocate()
        lanes.deallocate()
        heights.deallocate()
        speeds.deallocate()
        marks.deallocate()
        markLines.deallocate()
        junctions.deallocate()
        connections.deallocate()
        links.deallocate()
    }

    /// The last row of `rows` whose s is at most `s`, the first when all are beyond; nil for no rows.
    @inline(__always) func row<T>(_ table: UnsafeBufferPointer<T>, _ rows: Rows, at s: Double, key: (T) -> Double) -> Int? {
        guard rows.count > 0 else { return nil }
        var (low, high) = (Int(rows.start), Int(rows.start + rows.count))
        while high - low > 1 {
            let middle = (low + high) / 2
            if key(table[middle]) <= s { low = middle } else { high = middle }
        }
        return low
    }

    @inline(__always) func cubic(_ rows: Rows, at s: Double) -> Cubic? {
        guard rows.count > 0 else { return nil }
        if rows.count == 1 { return cubics[Int(rows.start)] }
        return row(cubics, rows, at: s) { $0.s }.map { cubics[$0] }
    }
    /// Value and slope of a profile; zero without one.
    @inline(__always) func profile(_ rows: Rows, at s: Double) -> (value: Double, slope: Double) {
        guard let piece = cubic(rows, at: s) else { return (0, 0) }
        return (piece.value(at: s), piece.slope(at: s))
    }

    /// The lane section in force at s of a road.
    func section(ofRoad road: Int, at s: Double) -> Int { row(sections, roads[road].sections, at: s) { $0.s } ?? 0 }
}
