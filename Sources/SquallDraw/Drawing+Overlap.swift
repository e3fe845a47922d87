import SquallDiagnostics
import SquallGeometry
import SquallMath
import SquallScene

/// Nothing may start within something else: the first step would throw them apart. Traffic keeps clear by itself.
extension Drawing {
    /// How far boxes may reach into each other, metres: things that touch stand beside each other.
    private static let touch = 0.01

    /// One actor's solid part where it starts, a little smaller than it is.
    private struct Footprint {
        var path: String
        var origin: Origin?
        var isFixed: Bool
        var box: UprightBox
        /// False on ground whose height only the world knows: there only other grounded ones can be in the way.
        var hasHeight: Bool
        /// Stands on the ground or a lane, not at a height of its own.
        var isGrounded: Bool
        var west: Double { box.middle.x - box.reach.x }
        var east: Double { box.middle.x + box.reach.x }
    }

    /// - Throws: `Rejection` when a box overlaps another and one of the two is not `fixed`.
    func refuseOverlaps(_ instances: [Instance], _ actors: [ConcreteActor]) throws {
        let prints = try zip(instances, actors).compactMap(footprint)
        let order = prints.indices.sorted { (prints[$0].west, $0) < (prints[$1].west, $1) }
        var first: (Int, Int)?
        for (place, a) in order.enumerated() {
            let east = prints[a].east
            for b in order[(place + 1)...] {
                guard prints[b].west < east else { break }
                guard overlap(prints[a], prints[b]) else { continue }
                let pair = (min(a, b), max(a, b))
                if first.map({ pair < $0 }) ?? true { first = pair }
            }
        }
        guard let first else { return }
        let (one, other) = (prints[first.0], prints[first.1])
        let reason = "'\(other.path)' starts within '\(one.path)': their boxes overlap"
        throw Rejection(reason: reason, origin: other.origin, fix: "place them further apart")
    }

    /// nil for what takes part in no contact.
    private func footprint(_ instance: Instance, _ actor: ConcreteActor) throws -> Footprint? {
        let origin = instance.template["place"]?.origin ?? instance.template.origin
        let start = try startBox(of: instance, origin)
        var box = start.box
        guard box.halfLength > 0.02, box.halfWidth > 0.02, box.top - box.bottom > 0.1 else { return nil }
        box.halfLength -= Self.touch
        box.halfWidth -= Self.touch
        box.bottom += Self.touch
        box.top -= Self.touch
        let isGrounded = switch actor.placement {
        case .ground, .lane: true
        default: false
        }
        return Footprint(path: instance.path, origin: origin, isFixed: actor.fixed, box: box, hasHeight: start.hasHeight, isGrounded: isGrounded)
    }

    private func overlap(_ a: Footprint, _ b: Footprint) -> Bool {
        guard !(a.isFixed && b.isFixed) else { return false }
        if a.hasHeight, b.hasHeight { return a.box.overlap(with: b.box) != nil }
        return a.isGrounded && b.isGrounded && a.box.planDistance(to: b.box) == 0
    }
}
