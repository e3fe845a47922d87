import SquallMath

/// How grass strips fall away from the pavement they lie along: a ditch, a swale, or level. Surroundings choose; all that asks for heights (wheels,
/// soles, rays, pictures) sees the same.
///
/// Only the outermost lanes of a road that nobody uses (`none`, `border`) beside pavement have such a shape; medians and strips behind kerbs stay level.
public struct Roadside: Sendable, Hashable {
    /// Distance from the pavement and depth below its edge, metres, rising distances; level beyond the last. Empty: level from the edge on.
    let knots: [Vec2]
    /// How far below roads open country stays, metres: deeper than any ditch.
    let bed: Double

    public static let level = Roadside(knots: [], bed: 0.3)
    /// A shallow trough some metres out that takes the water of a wide carriageway; its banks can be driven over.
    public static let swale = Roadside(knots: [Vec2(0, 0), Vec2(1.5, 0.06), Vec2(3, 0.30), Vec2(4.3, 0.55), Vec2(5.2, 0.55), Vec2(6.6, 0.30), Vec2(8, 0.25)], bed: 0.8)
    /// A cut ditch close to a country road.
    public static let ditch = Roadside(knots: [Vec2(0, 0), Vec2(1, 0.04), Vec2(1.7, 0.18), Vec2(2.8, 0.80), Vec2(3.2, 0.80), Vec2(4.3, 0.26), Vec2(5.5, 0.20)], bed: 1.0)

    /// Depth below the pavement's edge at a distance from it, metres.
    func drop(at distance: Double) -> Double {
        guard let last = knots.last, distance > 0 else { return 0 }
        guard distance < last.x else { return last.y }
        for (a, b) in zip(knots, knots.dropFirst()) where distance < b.x { return lerp(a.y, b.y, (distance - a.x) / (b.x - a.x)) }
        return last.y
    }

    /// Its growth per metre, over the width of a spade: banks are rounded.
    func slope(at distance: Double) -> Double {
        let half = 0.3
        return (drop(at: distance + half) - drop(at: distance - half)) / (2 * half)
    }
}

extension RoadTables {
    /// Where the pavement ends that grass strips on one side of a road lie along: its t; nil where there are none, or a kerb comes before them.
    func pavementEdge(ofRoad road: Int, section: Int, left: Bool, at s: Double) -> Double? {
        guard let lane = outermost(ofSection: section, left: left), lanes[lane].id != 0, lanes[lane].type.isPaved else { return nil }
        return edges(ofLane: lane, inSection: section, ofRoad: road, at: s).outer
    }

    /// Whether a lane is a grass strip beyond all that anybody uses.
    func isRoadside(lane: Int, section: Int) -> Bool {
        guard lanes[lane].id != 0, lanes[lane].type == .none || lanes[lane].type == .border else { return false }
        guard let used = outermost(ofSection: section, left: lanes[lane].id > 0), lanes[used].id != 0, lanes[used].type.isPaved else { return false }
        return abs(lanes[lane].id) > abs(lanes[used].id)
    }

    /// How far a place in a lane lies below the plane of the road for being part of a ditch, metres, and the growth of that along t.
    func sink(road: Int, section: Int, lane: Int, s: Double, t: Double) -> (value: Double, slope: Double) {
        guard !roadside.knots.isEmpty, isRoadside(lane: lane, section: section) else { return (0, 0) }
        let left = lanes[lane].id > 0
        guard let edge = pavementEdge(ofRoad: road, section: section, left: left, at: s) else { return (0, 0) }
        let distance = left ? t - edge : edge - t
        return (roadside.drop(at: distance), roadside.slope(at: distance) * (left ? 1 : -1))
    }

    /// Width of the gravel between a side's pavement and its grass, metres: wide along carriageways of two lanes and more or with a hard shoulder,
    /// narrow in towns and across junctions.
    func gravel(ofRoad road: Int, section: Int, left: Bool, at s: Double) -> Double {
        guard roads[road].junction < 0 else { return 0.5 }
        var (driven, hard, limit) = (0, false, 0.0)
        for lane in sections[section].lanes.range where lanes[lane].id != 0 && (lanes[lane].id > 0) == left {
            if lanes[lane].type == .stop { hard = true }
            guard lanes[lane].type.isDrivable else { continue }
            driven += 1
            limit = max(limit, speedLimit(ofLane: lane, road: road, at: s))
        }
        if hard || driven > 1 { return 1.5 }
        return limit < 17 ? 0.5 : 1
    }
}
