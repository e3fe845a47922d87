import SquallMath

/// A place on the outer edge of a road, for what stands beside it.
public struct RoadEdge: Sendable {
    /// On the edge of the outermost lane that somebody uses: grass strips (`none`, `border`) lie beyond it. World frame.
    public var point: Vec3
    /// Unit vectors in plan view: along growing s, and away from the road.
    public var along: Vec2
    public var outward: Vec2
    /// The outermost lane is a pavement for walkers, or ends in a kerb.
    public var hasWalk: Bool
    /// There is a lane for parked cars on this side: its middle, metres inwards from the edge, nil without.
    public var parking: Double?
    /// Lanes that cars may use, both directions.
    public var lanes: Int
    /// Of the fastest lane, m/s; nil where the file gives none.
    public var limit: Double?
}

extension RoadNetwork {
    public var roadCount: Int { tables.roads.count }
    public func roadName(_ road: Int) -> String { names.roads[road] }
    public func length(ofRoad road: Int) -> Double { tables.roads[road].length }
    /// Whether a road crosses a junction.
    public func isConnecting(_ road: Int) -> Bool { tables.roads[road].junction >= 0 }

    /// On its reference line, world frame.
    public func point(ofRoad road: Int, at s: Double) -> Vec3 { tables.crossSection(ofRoad: road, at: s).point(t: 0) }

    /// The left or right edge of a road, in file order of roads.
    public func edge(ofRoad road: Int, at s: Double, left: Bool) -> RoadEdge {
        let cut = tables.crossSection(ofRoad: road, at: s)
        let section = tables.section(ofRoad: road, at: s)
        let rows = tables.sections[section].lanes
        let outermost = tables.outermost(ofSection: section, left: left)
        let t = outermost.map { tables.edges(ofLane: $0, inSection: section, ofRoad: road, at: s).outer } ?? 0
        let type = outermost.map { tables.lanes[$0].type } ?? .none
        var (parking, lanes, limit): (Double?, Int, Double?) = (nil, 0, nil)
        for lane in rows.range where tables.lanes[lane].id != 0 {
            if tables.lanes[lane].type.isDrivable {
                lanes += 1
                let speed = tables.speedLimit(ofLane: lane, road: road, at: s)
                if speed.isFinite { limit = max(limit ?? 0, speed) }
            }
            guard tables.lanes[lane].type == .parking, (tables.lanes[lane].id > 0) == left else { continue }
            let edges = tables.edges(ofLane: lane, inSection: section, ofRoad: road, at: s)
            if abs(edges.outer - edges.inner) > 1.8 { parking = abs(t - (edges.inner + edges.outer) / 2) }
        }
        let sideways = (left ? 1.0 : -1.0) * cut.line.tangent.left
        return RoadEdge(
            point: cut.point(t: t), along: cut.line.tangent, outward: sideways, hasWalk: type == .sidewalk || type == .curb, parking: parking, lanes: lanes,
            limit: limit)
    }

    /// Whether no lane that somebody uses comes within a distance of a point, metres.
    public func isFree(_ point: Vec2, within distance: Double) -> Bool {
        guard point.x.isFinite, point.y.isFinite, distance >= 0, abs(point.x) < 1e9, abs(point.y) < 1e9 else { return false }
        var free = true
        index.candidates(near: point, radius: min(distance, 2000)) { stretch in
            guard free else { return }
            let road = Int(stretch.road)
            let foot = tables.project(point, ontoRoad: road, near: stretch.s)
            let section = tables.section(ofRoad: road, at: foot.s)
            guard let left = tables.outermost(ofSection: section, left: true), let right = tables.outermost(ofSection: section, left: false) else { return }
            let high = tables.edges(ofLane: left, inSection: section, ofRoad: road, at: foot.s).outer
            let low = tables.edges(ofLane: right, inSection: section, ofRoad: road, at: foot.s).outer
            let outside = max(0, foot.t - high, low - foot.t)
            if outside * outside + foot.ahead * foot.ahead <= distance * distance { free = false }
        }
        return free
    }

    /// Points on the reference lines, at least `spacing` apart along them.
    public func samples(every spacing: Double) -> [Vec3] {
        var result: [Vec3] = []
        for road in tables.roads.indices {
            let count = max(1, Int((tables.roads[road].length / spacing).rounded(.up)))
            for k in 0...count { result.append(tables.crossSection(ofRoad: road, at: tables.roads[road].length * Double(k) / Double(count)).point(t: 0)) }
        }
        return result
    }
}

extension RoadTables {
    /// The outermost lane of a side that is more than a strip of grass; the centre lane where there is none.
    func outermost(ofSection section: Int, left: Bool) -> Int? {
        let rows = sections[section].lanes
        guard !rows.isEmpty else { return nil }
        let center = Int(sections[section].center)
        var lane = left ? Int(rows.start) : rows.last
        while lane != center {
            let type = lanes[lane].type
            if type != .none, type != .border { return lane }
            lane += left ? 1 : -1
        }
        return center
    }
}
