import Foundation
import SquallMath
import SquallScene
import SquallWeather

/// Where a vehicle stands against the lane it follows.
public struct LaneTrack: Sendable, Equatable {
    /// The foot of the vehicle on its lane; `left` is the lateral offset, metres left of the lane's centre in the direction of travel.
    public var position: LanePosition
    /// The vehicle's heading minus the lane's, radians in [-pi, pi), left positive.
    public var headingError: Double
    /// Of the lane's centre line in the direction of travel, 1/m, left positive.
    public var curvature: Double
    /// The lane's own width here, metres.
    public var width: Double
    /// False when the lane ended before the point: the foot is the lane's end.
    public var onLane: Bool
}

/// Questions asked at every step: they allocate nothing and start from where the vehicle was.
extension RoadNetwork {
    /// The foot of a world point on the lane it follows, starting from an earlier position on it. Follows section and road links;
    /// through a junction the straightest connection, or the one the earlier position is already on. nil for an unknown lane.
    public func track(_ position: LanePosition, to point: Vec2, heading: Double) -> LaneTrack? {
        guard var cursor = cursor(position), point.x.isFinite, point.y.isFinite else { return nil }
        var onLane = true
        var foot = tables.project(point, ontoRoad: cursor.road, near: cursor.s, overrun: RoadNetwork.overrun)
        for _ in 0..<64 {
            let section = tables.sections[cursor.section]
            guard foot.s > section.end || foot.s < section.s else { break }
            let road = cursor.road
            cursor.forward = foot.s > section.end
            cursor.s = cursor.forward ? section.end : section.s
            guard tables.crossOver(&cursor) else {
                (foot.s, onLane) = (cursor.s, false)
                break
            }
            guard cursor.road != road else { continue }
            // The end that was just crossed is not crossed back: a foot a hair before it counts as on it.
            foot = tables.project(point, ontoRoad: cursor.road, near: cursor.s, overrun: RoadNetwork.overrun)
            foot.s = cursor.forward ? max(0, foot.s) : min(tables.roads[cursor.road].length, foot.s)
        }
        cursor.s = foot.s.clamped(to: 0...tables.roads[cursor.road].length)
        tables.settle(&cursor)
        return finish(cursor, point, heading, onLane)
    }

    /// How far past a road's end a foot is sought before the next road is entered, metres.
    private static let overrun = 30.0

    @inline(__always) private func finish(_ cursor: LaneCursor, _ point: Vec2, _ heading: Double, _ onLane: Bool) -> LaneTrack {
        let lane = tables.lanes[cursor.lane]
        let direction = Double(lane.direction)
        let edge = tables.edges(ofLane: cursor.lane, inSection: cursor.section, ofRoad: cursor.road, at: cursor.s)
        let (center, slope) = ((edge.inner + edge.outer) / 2, (edge.innerSlope + edge.outerSlope) / 2)
        let line = tables.line(ofRoad: cursor.road, at: cursor.s)
        let tilt = tables.roads[cursor.road].superelevation.count > 0 ? tables.crossSection(ofRoad: cursor.road, at: cursor.s).tiltCosine : 1
        let t = dot(point - line.point, line.tangent.left) / tilt
        let stretch = max(0.05, 1 - line.curvature * center * tilt)
        let laneHeading = line.heading + atan2(slope, stretch) + (direction < 0 ? .pi : 0)
        return LaneTrack(
            position: self.position(cursor, left: direction * (t - center)), headingError: wrapAngle(heading - laneHeading),
            curvature: direction * line.curvature / stretch, width: abs(edge.outer - edge.inner), onLane: onLane)
    }

    /// Curvature of a lane's centre line in the direction of travel, 1/m, left positive; nil for an unknown lane.
    public func curvature(at position: LanePosition) -> Double? {
        guard let cursor = cursor(position) else { return nil }
        let center = tables.center(ofLane: cursor.lane, inSection: cursor.section, ofRoad: cursor.road, at: cursor.s).t
        let curvature = tables.line(ofRoad: cursor.road, at: cursor.s).curvature
        return Double(tables.lanes[cursor.lane].direction) * curvature / max(0.05, 1 - curvature * center)
    }

    /// Width of a lane, metres; nil for an unknown lane.
    public func laneWidth(at position: LanePosition) -> Double? {
        guard let cursor = cursor(position) else { return nil }
        let edge = tables.edges(ofLane: cursor.lane, inSection: cursor.section, ofRoad: cursor.road, at: cursor.s)
        return abs(edge.outer - edge.inner)
    }

    /// The limit the file gives for a lane, m/s; nil for an unknown lane or where none is given.
    public func speedLimit(at position: LanePosition) -> Double? {
        guard let cursor = cursor(position) else { return nil }
        let limit = tables.speedLimit(ofLane: cursor.lane, road: cursor.road, at: cursor.s)
        return limit.isFinite ? limit : nil
    }

    public func laneType(at position: LanePosition) -> LaneType? { cursor(position).map { tables.lanes[$0.lane].type } }

    /// Every lane one can go to where this lane's road ends in the direction of travel, in file order: each start lies on the next road.
    public func exits(from position: LanePosition) -> [LanePosition] {
        guard var cursor = cursor(position) else { return [] }
        let road = cursor.road
        while cursor.road == road, tables.roads[road].sections.range.contains(cursor.section + (cursor.forward ? 1 : -1)) {
            guard tables.crossOver(&cursor), cursor.road == road else { return [] }
        }
        let end = cursor.forward ? tables.roads[road].successor : tables.roads[road].predecessor
        var result: [LanePosition] = []
        if end.kind == .junction {
            tables.eachExit(ofJunction: Int(end.index), from: cursor) { result.append(self.position($0, left: 0)) }
        } else if tables.crossOver(&cursor) {
            result.append(self.position(cursor, left: 0))
        }
        return result
    }

    /// The road surface under a point, nil off the lanes of every road. `near` is where the asker was a moment ago: it makes the answer quick and, where
    /// roads overlap, keeps to the asker's own road.
    public func surface(at point: Vec2, near: LanePosition? = nil) -> SurfacePoint? {
        guard point.x.isFinite, point.y.isFinite, abs(point.x) < 1e9, abs(point.y) < 1e9 else { return nil }
        if let near, let road = names.roadIndex[near.road], near.s.isFinite {
            let foot = tables.project(point, ontoRoad: road, near: near.s)
            if abs(foot.ahead) < 1e-3 {
                let (left, right) = tables.extent(ofRoad: road, at: foot.s)
                if foot.t <= left, foot.t >= right { return tables.surface(road: road, s: foot.s, t: foot.t, line: foot.line) }
            }
        }
        guard let found = nearest(point, within: 0) else { return nil }
        return tables.surface(road: found.road, s: found.s, t: found.t)
    }

    /// How water drains at a point: what tyres, lidar and camera all take the film from. A plain lane's off the lanes of every road.
    /// - Parameter near: as for `surface`.
    public func drainage(at point: Vec2, near: LanePosition? = nil) -> Drainage { surface(at: point, near: near)?.drainage ?? .plain }
}
