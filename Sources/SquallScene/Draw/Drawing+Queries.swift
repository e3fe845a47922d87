import Foundation
import SquallMath

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

    /// The ground outline of an actor, counter-clockwise.
    func outline(_ pose: Pose, _ hull: (size: Vec3, originFromRear: Double)) -> [Vec2] {
        let (back, front, side) = (-hull.originFromRear, hull.size.x - hull.originFromRear, hull.size.y / 2)
        return [Vec3(back, -side, 0), Vec3(front, -side, 0), Vec3(front, side, 0), Vec3(back, side, 0)].map { (pose * $0).xy }
    }

    func hullDistance(_ a: Instance, _ b: Instance, _ origin: Origin?) throws -> Double {
        outlineDistance(
            outline(try pose(of: placement(of: a), origin), try hull(of: a)), outline(try pose(of: placement(of: b), origin), try hull(of: b)))
    }
}

/// Distance between two convex outlines, 0 when they overlap: separating axes first, then corners against edges.
func outlineDistance(_ a: [Vec2], _ b: [Vec2]) -> Double {
    func separates(_ p: [Vec2], _ q: [Vec2]) -> Bool {
        p.indices.contains { i in
            let edge = p[(i + 1) % p.count] - p[i]
            return q.allSatisfy { cross(edge, $0 - p[i]) < 0 }
        }
    }
    guard separates(a, b) || separates(b, a) else { return 0 }
    func nearest(_ corners: [Vec2], _ outline: [Vec2]) -> Double {
        var best = Double.infinity
        for corner in corners {
            for i in outline.indices {
                let (p, q) = (outline[i], outline[(i + 1) % outline.count])
                let edge = q - p
                let t = (dot(corner - p, edge) / max(dot(edge, edge), 1e-12)).clamped(to: 0...1)
                best = min(best, (corner - p - edge * t).length)
            }
        }
        return best
    }
    return min(nearest(a, b), nearest(b, a))
}
