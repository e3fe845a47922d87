import Foundation
import SquallMath
import SquallRoads
import SquallScene

/// The line a driver follows: the centre of a lane over links and junctions, or a path, sampled every metre.
///
/// Everything a step asks of the road (offset, curvature, height, slope, lane) is read from these samples, so the road network is
/// asked only when the course grows.
struct Course: Sendable {
    struct Point: Sendable {
        var position: Vec3
        var normal: Vec3
        /// Unwrapped, radians.
        var heading: Double
        /// Along the course, metres.
        var station: Double
        /// 1/m, left positive.
        var curvature: Double
        var width: Double
        var lane: LaneReference
    }

    /// Where something is on a course.
    struct Projection: Sendable {
        var station: Double
        /// To the left of the course, metres.
        var left: Double
        var index: Int
        var fraction: Double
    }

    static let spacing = 1.0
    private(set) var points: [Point] = []
    /// Last place on the network, to go on from; nil when the course has ended.
    private var head: LanePosition?
    /// Station of the last real point; straight on after it.
    private(set) var end = Double.infinity
    /// Set for a path given by points: there is no lane under it.
    let isPath: Bool
    /// Goes straight on for ever instead of ending.
    private let isEndless: Bool

    var length: Double { points.last?.station ?? 0 }

    /// Along a lane, from `behind` metres before `start` on.
    init(from start: LanePosition, roads: RoadAccess, behind: Double = 60, ahead: Double = 150) {
        (isPath, isEndless) = (false, false)
        var centre = start
        centre.left = 0
        var tail: [LanePosition] = []
        var cursor = centre
        while Double(tail.count) * Self.spacing < behind, let before = roads.catalogue?.travel(from: cursor, by: -Self.spacing), before != cursor {
            tail.append(before)
            cursor = before
        }
        for position in tail.reversed() { append(position, roads) }
        append(centre, roads)
        head = centre
        extend(to: length + ahead, roads)
    }

    /// Straight ahead, over roads where there are any, else level.
    init(straightFrom position: Vec3, heading: Double, roads: RoadAccess) {
        (isPath, isEndless) = (true, true)
        let direction = Vec3(cos(heading), sin(heading), 0)
        for i in -60...200 {
            let p = roads.ground(under: position + direction * (Double(i) * Self.spacing))
            append(Point(position: p.point, normal: p.normal, heading: heading, station: 0, curvature: 0, width: 3.5, lane: .none))
        }
    }

    /// Through the given points by a Catmull-Rom spline, resampled every metre and laid onto the roads below.
    init(path: [Vec3], roads: RoadAccess) {
        (isPath, isEndless) = (true, false)
        for p in resample(path) {
            let heading = points.last.map { atan2(p.y - $0.position.y, p.x - $0.position.x) } ?? 0
            let ground = roads.ground(under: p)
            append(Point(position: ground.point, normal: ground.normal, heading: heading, station: 0, curvature: 0, width: 3.5, lane: .none))
        }
        if points.count > 1 { points[0].heading = points[1].heading }
        // A chord's heading belongs to its middle; the mean of both neighbours belongs to the point.
        for i in points.indices.dropFirst().dropLast() { points[i].heading += wrapAngle(points[i + 1].heading - points[i].heading) / 2 }
        for i in points.indices.dropFirst() { points[i].heading = points[i - 1].heading + wrapAngle(points[i].heading - points[i - 1].heading) }
        for i in points.indices { bend(i) }
        finish()
    }

    /// Grows until `station` is covered.
    mutating func extend(to station: Double, _ roads: RoadAccess) {
        guard !points.isEmpty, station.isFinite else { return }
        // A broken network may stand still; the count bounds the work. Nothing in a scene reaches a thousand kilometres.
        var budget = Int(min(max(0, station - length), 1e6) / Self.spacing) * 4 + 16
        while length < station, budget > 0 {
            budget -= 1
            guard let from = head, let next = roads.catalogue?.travel(from: from, by: Self.spacing), next != from else {
                if end == .infinity, !isEndless { finish() }
                straightOn()
                continue
            }
            head = next
            append(next, roads)
        }
    }

    private mutating func finish() {
        head = nil
        end = length
    }

    private mutating func straightOn() {
        guard var last = points.last else { return }
        let along = cross(cross(last.normal, Vec3(cos(last.heading), sin(last.heading), 0)), last.normal).normalized
        last.position += along * Self.spacing
        last.curvature = 0
        last.lane = isPath ? .none : last.lane
        append(last)
    }

    private mutating func append(_ position: LanePosition, _ roads: RoadAccess) {
        guard let pose = roads.catalogue?.pose(of: position) else { return }
        let c = pose.rotation.columns
        let reference: LaneReference
        if let last = points.last, last.lane.isOnNetwork, roads.ids[Int(last.lane.road)] == position.road, Int(last.lane.lane) == position.lane {
            reference = LaneReference(road: last.lane.road, lane: last.lane.lane, s: position.s, direction: last.lane.direction)
        } else {
            reference = roads.reference(position)
        }
        append(
            Point(
                position: pose.position, normal: c.2, heading: atan2(c.0.y, c.0.x), station: 0, curvature: 0, width: roads.width(position), lane: reference))
    }

    private mutating func append(_ point: Point) {
        var point = point
        if let last = points.last {
            let turn = wrapAngle(point.heading - last.heading)
            let chord = (point.position.xy - last.position.xy).length
            guard chord > 1e-6 else { return }
            point.heading = last.heading + turn
            point.station = last.station + chord * (abs(turn) > 1e-6 ? (turn / 2) / sin(turn / 2) : 1)
        }
        points.append(point)
        if points.count > 2 { bend(points.count - 2) }
    }

    /// Curvature by central difference.
    private mutating func bend(_ i: Int) {
        let (a, b) = (points[max(i - 1, 0)], points[min(i + 1, points.count - 1)])
        if b.station > a.station { points[i].curvature = (b.heading - a.heading) / (b.station - a.station) }
    }

    /// The nearest place, searched from `hint` both ways.
    func project(_ p: Vec2, hint: Int) -> Projection {
        guard points.count > 1 else { return Projection(station: 0, left: 0, index: 0, fraction: 0) }
        var i = hint.clamped(to: 0...points.count - 2)
        var previous = -1
        while true {
            let a = points[i].position.xy, d = points[i + 1].position.xy - points[i].position.xy
            let t = dot(p - a, d) / max(dot(d, d), 1e-12)
            let next = t < 0 ? i - 1 : t > 1 ? i + 1 : i
            if next == i || next == previous || next < 0 || next > points.count - 2 {
                let f = next == i || next < 0 || next > points.count - 2 ? t : t.clamped(to: 0...1)
                let left = cross(d, p - (a + d * f)) / max(d.length, 1e-9)
                return Projection(station: lerp(points[i].station, points[i + 1].station, f), left: left, index: i, fraction: f)
            }
            (previous, i) = (i, next)
        }
    }

    /// Index of the segment that holds a station.
    func index(at station: Double, hint: Int) -> Int {
        guard points.count > 1 else { return 0 }
        var i = hint.clamped(to: 0...points.count - 2)
        while i > 0, points[i].station > station { i -= 1 }
        while i < points.count - 2, points[i + 1].station <= station { i += 1 }
        return i
    }

    /// Heading and curvature at a station.
    func bearing(at station: Double, hint: Int) -> (heading: Double, curvature: Double) {
        guard points.count > 1 else { return (0, 0) }
        let i = index(at: station, hint: hint)
        let (a, b) = (points[i], points[i + 1])
        let f = ((station - a.station) / max(b.station - a.station, 1e-9)).clamped(to: 0...1)
        return (lerp(a.heading, b.heading, f), lerp(a.curvature, b.curvature, f))
    }

    /// Height and normal of the surface at a point beside the course.
    func surface(at p: Vec2, _ projection: Projection) -> (height: Double, normal: Vec3) {
        guard points.count > 1 else { return (points.first?.position.z ?? 0, Vec3(0, 0, 1)) }
        let (a, b) = (points[projection.index], points[projection.index + 1])
        let f = projection.fraction
        let n = (a.normal + (b.normal - a.normal) * f).normalized
        let q = a.position + (b.position - a.position) * f
        let d = p - q.xy
        return (q.z - (n.x * d.x + n.y * d.y) / max(n.z, 0.1), n)
    }

    /// The lane under a projection.
    func lane(at projection: Projection) -> LaneReference {
        guard points.count > 1 else { return points.first?.lane ?? .none }
        let (a, b) = (points[projection.index], points[projection.index + 1])
        var lane = projection.fraction < 0.5 ? a.lane : b.lane
        if a.lane.isSameLane(as: b.lane) { lane.s = lerp(a.lane.s, b.lane.s, projection.fraction) }
        return lane
    }
}

/// Points every metre of a Catmull-Rom spline through `path`.
private func resample(_ path: [Vec3]) -> [Vec3] {
    guard path.count > 1 else { return path }
    var fine: [Vec3] = []
    for i in 0..<path.count - 1 {
        let (p1, p2) = (path[i], path[i + 1])
        let p0 = i > 0 ? path[i - 1] : p1 * 2 - p2
        let p3 = i + 2 < path.count ? path[i + 2] : p2 * 2 - p1
        let count = max(4, Int((p2 - p1).length * 8))
        for k in 0..<count {
            let t = Double(k) / Double(count)
            let (u, w) = (t * t, t * t * t)
            let linear = (p2 - p0) * t, square = (p0 * 2 - p1 * 5 + p2 * 4 - p3) * u, cube = (p1 * 3 - p0 - p2 * 3 + p3) * w
            fine.append((p1 * 2 + linear + square + cube) * 0.5)
        }
    }
    fine.append(path[path.count - 1])
    var result = [fine[0]]
    var rest = Course.spacing
    for (a, b) in zip(fine, fine.dropFirst()) {
        let length = (b - a).length
        var at = rest
        while at <= length {
            result.append(lerp(a, b, at / length))
            at += Course.spacing
        }
        rest = at - length
    }
    if (fine[fine.count - 1] - result[result.count - 1]).length > 0.05 { result.append(fine[fine.count - 1]) }
    return result
}
