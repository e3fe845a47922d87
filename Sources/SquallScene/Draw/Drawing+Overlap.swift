import SquallDiagnostics
import SquallFrames
import SquallMath

/// Nothing may start within something else: the first step would throw them apart. Traffic keeps clear by itself.
extension Drawing {
    /// How far boxes may reach into each other, metres: things that touch stand beside each other.
    private static let touch = 0.01

    /// One actor's box in plan view, a little smaller than it is, with its extent upwards where that is known.
    private struct Footprint {
        var path: String
        var origin: Origin?
        var isFixed: Bool
        var outline: [Vec2]
        /// Lowest and highest z; nil on ground whose height only the world knows.
        var heights: ClosedRange<Double>?
        /// Stands on the ground or a lane, not at a height of its own.
        var isGrounded: Bool
        var west: Double { outline.reduce(.infinity) { min($0, $1.x) } }
        var east: Double { outline.reduce(-.infinity) { max($0, $1.x) } }
    }

    /// - Throws: `Rejection` when a box overlaps another and one of the two is not `fixed`.
    func refuseOverlaps(_ instances: [Instance], _ actors: [ConcreteActor]) throws {
        let prints = try zip(instances, actors).compactMap(footprint)
        let order = prints.indices.sorted { (prints[$0].west, $0) < (prints[$1].west, $1) }
        var worst: (Int, Int)?
        for (place, a) in order.enumerated() {
            let east = prints[a].east
            for b in order[(place + 1)...] {
                guard prints[b].west < east else { break }
                guard overlap(prints[a], prints[b]) else { continue }
                let pair = (min(a, b), max(a, b))
                if worst.map({ pair < $0 }) ?? true { worst = pair }
            }
        }
        guard let worst else { return }
        let (first, second) = (prints[worst.0], prints[worst.1])
        let reason = "'\(second.path)' starts within '\(first.path)': their boxes overlap"
        throw Rejection(reason: reason, origin: second.origin, fix: "place them further apart")
    }

    /// nil for what takes part in no contact.
    private func footprint(_ instance: Instance, _ actor: ConcreteActor) throws -> Footprint? {
        var (size, rear) = try hull(of: instance)
        // Crowns and lamp arms reach over the road: trees and posts are as thick as their trunk, as in contacts.
        let trunk: Double? = switch actor.category {
        case .vegetation: 0.5
        case .pole, .trafficSign, .trafficLight: 0.2
        default: nil
        }
        if let trunk { (size.x, size.y, rear) = (min(size.x, trunk), min(size.y, trunk), min(size.x, trunk) / 2) }
        guard size.x > 0.04, size.y > 0.04, size.z > 0.1 else { return nil }
        let origin = instance.template["place"]?.origin ?? instance.template.origin
        let pose = try pose(of: actor.placement, origin)
        let inner = (size: size - Vec3(2, 2, 0) * Self.touch, originFromRear: rear - Self.touch)
        var (heights, isGrounded): (ClosedRange<Double>?, Bool) = (pose.position.z + Self.touch...pose.position.z + size.z - Self.touch, false)
        if case .ground = actor.placement { (heights, isGrounded) = (scene.network == nil ? heights : nil, true) }
        if case .lane = actor.placement { isGrounded = true }
        return Footprint(path: instance.path, origin: origin, isFixed: actor.fixed, outline: outline(pose, inner), heights: heights, isGrounded: isGrounded)
    }

    private func overlap(_ a: Footprint, _ b: Footprint) -> Bool {
        guard !(a.isFixed && b.isFixed) else { return false }
        if let x = a.heights, let y = b.heights {
            guard x.overlaps(y) else { return false }
        } else {
            guard a.isGrounded, b.isGrounded else { return false }
        }
        return outlineDistance(a.outline, b.outline) == 0
    }
}
