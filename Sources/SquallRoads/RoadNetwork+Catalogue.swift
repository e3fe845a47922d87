import Foundation
import SquallDiagnostics
import SquallMath
import SquallScene

/// What a scene may ask of a road network.
extension RoadNetwork: RoadCatalogue {
    public var roadIDs: [String] { names.roads }
    public var junctionIDs: [String] { names.junctions }

    public func length(ofRoad id: String) -> Double? { names.roadIndex[id].map { tables.roads[$0].length } }

    public func lanes(ofRoad id: String, at s: Double) -> [LaneSummary] {
        guard let road = names.roadIndex[id], s.isFinite else { return [] }
        let station = s.clamped(to: 0...tables.roads[road].length)
        let section = tables.section(ofRoad: road, at: station)
        return tables.sections[section].lanes.range.map { row in
            let lane = tables.lanes[row]
            let edge = tables.edges(ofLane: row, inSection: section, ofRoad: road, at: station)
            return LaneSummary(
                id: Int(lane.id), type: names.laneTypes[Int(lane.typeName)], width: lane.id == 0 ? 0 : abs(edge.outer - edge.inner),
                direction: Int(lane.direction))
        }
    }

    public func pose(of position: LanePosition) -> Pose? {
        guard let cursor = cursor(position) else { return nil }
        return pose(cursor, left: position.left)
    }

    /// The frame on the surface: x along the lane's centre line in the direction of travel, z along the normal.
    func pose(_ cursor: LaneCursor, left: Double) -> Pose {
        let center = tables.center(ofLane: cursor.lane, inSection: cursor.section, ofRoad: cursor.road, at: cursor.s)
        let direction = Double(tables.lanes[cursor.lane].direction)
        let t = center.t + direction * left
        let cut = tables.crossSection(ofRoad: cursor.road, at: cursor.s)
        let lane = left == 0 ? cursor.lane : tables.lane(ofRoad: cursor.road, section: cursor.section, s: cursor.s, t: t)
        let lift = tables.raise(road: cursor.road, section: cursor.section, lane: lane, s: cursor.s, t: t)
        let d = cut.derivatives(t: t, raiseSlope: lift.slope)
        let z = cross(d.bys, d.byt).normalized
        let along = (direction * (d.bys + center.slope * d.byt)).normalized
        let x = (along - dot(along, z) * z).normalized
        return Pose(position: cut.point(t: t, raise: lift.value), rotation: Quaternion(columns: x, cross(z, x), z))
    }

    public func neighbour(of position: LanePosition, left: Bool, drivable: Bool) -> LanePosition? {
        guard let cursor = cursor(position) else { return nil }
        let own = tables.lanes[cursor.lane]
        let step: Int32 = left == (own.direction > 0) ? 1 : -1
        var id = own.id + step
        if id == 0 { id += step }
        guard let row = tables.lane(id, inSection: cursor.section) else { return nil }
        let lane = tables.lanes[row]
        if drivable, !lane.type.isDrivable { return nil }
        var beside = cursor
        beside.lane = row
        return self.position(beside, left: lane.direction == own.direction ? position.left : -position.left)
    }

    public func travel(from position: LanePosition, by distance: Double) -> LanePosition? {
        guard var cursor = cursor(position), distance.isFinite, abs(distance) < 1e6 else { return nil }
        let start = tables.lanes[cursor.lane].direction
        let sense = (distance >= 0) == (start > 0)
        cursor.forward = sense
        guard tables.advance(&cursor, by: abs(distance)) else { return nil }
        let kept = (cursor.forward == (tables.lanes[cursor.lane].direction > 0)) == (distance >= 0)
        return self.position(cursor, left: kept ? position.left : -position.left)
    }

    public func locate(_ point: Vec2, within: Double) -> LanePosition? {
        guard let found = nearest(point, within: within) else { return nil }
        let section = tables.section(ofRoad: found.road, at: found.s)
        let row = tables.lane(ofRoad: found.road, section: section, s: found.s, t: found.t)
        let cursor = LaneCursor(road: found.road, section: section, lane: row, s: found.s, forward: true)
        let center = tables.center(ofLane: row, inSection: section, ofRoad: found.road, at: found.s).t
        return self.position(cursor, left: Double(tables.lanes[row].direction) * (found.t - center))
    }

    /// The road whose lanes are nearest to a point, with the point's s and t; among roads that hold it, the one whose reference line is nearest.
    func nearest(_ point: Vec2, within: Double) -> (road: Int, s: Double, t: Double)? {
        guard point.x.isFinite, point.y.isFinite, within >= 0, abs(point.x) < 1e9, abs(point.y) < 1e9 else { return nil }
        var best: (road: Int, s: Double, t: Double)?
        var key = (Double.infinity, Double.infinity)
        index.candidates(near: point, radius: min(within, 2000)) { stretch in
            let road = Int(stretch.road)
            let foot = tables.project(point, ontoRoad: road, near: stretch.s)
            let (left, right) = tables.extent(ofRoad: road, at: foot.s)
            let outside = max(0, foot.t - left, right - foot.t)
            let gap = (outside * outside + foot.ahead * foot.ahead).squareRoot()
            guard gap <= within + 1e-6 else { return }
            let candidate = (gap < 1e-6 ? 0 : gap, abs(foot.t))
            if candidate < key { (best, key) = ((road, foot.s, foot.t), candidate) }
        }
        return best
    }

    public func distanceAlong(from: LanePosition, to: LanePosition) -> Double? {
        guard let start = cursor(from), let goal = cursor(to) else { return nil }
        if start.road == goal.road {
            let growing = goal.s >= start.s
            let length = pathLength(start, to: goal.s)
            return growing == start.forward ? length : -length
        }
        return RouteSearch(tables).distance(from: start, to: goal, limit: 2000)
    }

    /// Metres along the lane from the cursor to another s of the same road, positive.
    func pathLength(_ cursor: LaneCursor, to s: Double) -> Double { tables.pathLength(cursor, to: s) }

    public func approaches(ofJunction id: String) -> [(road: String, atEnd: Bool)]? {
        guard let junction = names.junctionIndex[id] else { return nil }
        var result: [(road: String, atEnd: Bool)] = []
        for (index, road) in tables.roads.enumerated() where road.junction < 0 {
            if road.predecessor.kind == .junction, Int(road.predecessor.index) == junction { result.append((names.roads[index], false)) }
            if road.successor.kind == .junction, Int(road.successor.index) == junction { result.append((names.roads[index], true)) }
        }
        return result
    }
}
