import Foundation
import SquallGeometry
import SquallMath
import SquallScene

/// Questions about the scene as drawn: distances, gaps.
extension Drawing {
    private func actors(_ arguments: [Expression], _ scope: Scope) throws -> [Instance] {
        try arguments.map { argument in
            guard case .actor(let reference) = argument.kind, let actor = try instance(reference, scope, argument.origin) else {
                throw failure("not-an-actor", argument.origin, "this is not an actor")
            }
            return actor
        }
    }

    /// A question about the world as drawn, before the episode starts.
    func startQuery(_ kind: QueryKind, _ arguments: [Expression], _ origin: Origin?, _ scope: Scope) throws -> Value {
        let actors = try actors(arguments, scope)
        switch kind {
        case .speed: return try value(of: .speed, actors[0], origin)
        case .s: return try value(of: .s, actors[0], origin)
        case .lane: return .number(Double(try lanePosition(of: actors[0], origin).lane))
        case .acceleration: return .number(0)
        case .distance: return .number(try hullDistance(actors[0], actors[1], origin))
        case .gap: return .number(try gap(actors[0], actors[1], origin).free)
        case .timeToCollision:
            let closing = try startSpeed(actors[0], origin) - startSpeed(actors[1], origin)
            let (gap, isAhead) = try gap(actors[0], actors[1], origin)
            let towards = isAhead ? closing : -closing
            return .number(towards > 0 ? gap / towards : .infinity)
        case .collided: return .truth(try hullDistance(actors[0], actors[1], origin) <= 0)
        case .visible: throw failure("needs-time", origin, "visible() can be asked during the episode only", fix: "write require always, eventually or never")
        }
    }

    private func startSpeed(_ actor: Instance, _ origin: Origin?) throws -> Double {
        if case .number(let v) = try value(of: .speed, actor, origin) { return v }
        return 0
    }

    /// Bumper to bumper along the lane, and whether the other is ahead; 0 abreast, infinite when no lane joins them.
    private func gap(_ own: Instance, _ other: Instance, _ origin: Origin?) throws -> (free: Double, isAhead: Bool) {
        let roads = try roads(nil, origin)
        let (a, b) = (try lanePosition(of: own, origin), try lanePosition(of: other, origin))
        guard let apart = roads.distanceAlong(from: a, to: b) ?? roads.distanceAlong(from: b, to: a).map({ -$0 }) else { return (.infinity, true) }
        let (behind, ahead) = apart >= 0 ? (try hull(of: own), try hull(of: other)) : (try hull(of: other), try hull(of: own))
        return (max(0, abs(apart) - (behind.size.x - behind.originFromRear) - ahead.originFromRear), apart >= 0)
    }

    /// Shortest distance between two actors where they start, metres: what `distance` is during the episode, at time zero.
    ///
    /// Without a road below, the height of a placement on the ground is known to the world only: there distances are level.
    func hullDistance(_ a: Instance, _ b: Instance, _ origin: Origin?) throws -> Double {
        let (one, other) = (try startBox(of: a, origin), try startBox(of: b, origin))
        return one.hasHeight && other.hasHeight ? one.box.distance(to: other.box) : one.box.planDistance(to: other.box)
    }

    /// The solid part of an actor where it starts, and whether its height is known here.
    func startBox(of actor: Instance, _ origin: Origin?) throws -> (box: UprightBox, hasHeight: Bool) {
        let placement = try placement(of: actor)
        var (pose, hasHeight) = (try pose(of: placement, origin), true)
        if case .ground(let point, _) = placement, scene.network != nil {
            let roads = try roads(nil, origin)
            let road = roads.locate(point, within: 2).flatMap { roads.pose(of: $0) }
            if let road { pose.position.z = road.position.z }
            hasHeight = road != nil
        }
        return (try solidExtent(of: actor).placed(at: pose), hasHeight)
    }
}
