import Foundation
import SquallFrames
import SquallMath
import SquallWorld

/// Contacts in plan view between what moves and everything else: found by a sweep along x, resolved by impulses in object order.
extension SimulationState {
    /// Cars crumple: little bounces back, metal on metal holds sideways.
    private static let restitution = 0.15, friction = 0.5
    /// Share of an overlap taken out per step; metres left alone.
    private static let correction = 0.2, slop = 0.01

    /// What a mover is, for contacts.
    fileprivate enum Mover { case vehicle(Int), walker(Int) }

    mutating func resolveContacts(_ model: SimulationModel, at time: Ticks, dt: Double) {
        let movers = movers(model)
        guard !movers.isEmpty else { return }
        let hulls = hulls(model, movers)
        for (a, b) in pairs(hulls, movers: movers.map(\.object)) {
            guard let overlap = hulls[a].overlap(with: hulls[b]) else { continue }
            resolve(a, b, overlap, movers, model, at: time)
        }
    }

    private func movers(_ model: SimulationModel) -> [(object: Int, mover: Mover)] {
        let all = model.vehicles.indices.map { (model.vehicles[$0].object, Mover.vehicle($0)) } + model.walkers.indices.map { (model.walkers[$0], Mover.walker($0)) }
        return all.map { (object: $0.0, mover: $0.1) }.sorted { $0.object < $1.object }
    }

    /// Hulls where things are now: those that moved in this step are newer than the scenery.
    private func hulls(_ model: SimulationModel, _ movers: [(object: Int, mover: Mover)]) -> [Hull] {
        var result = scenery.objects.map { Hull($0) }
        for (object, mover) in movers {
            let shape = model.shapes[object]
            let (origin, axis): (Vec2, Vec2)
            switch mover {
            case .vehicle(let i):
                axis = vehicles[i].vehicle.heading
                origin = vehicles[i].vehicle.centre - axis * model.vehicles[i].parameters.centre
            case .walker(let i):
                axis = Vec2(cos(walkers[i].walker.yaw), sin(walkers[i].walker.yaw))
                origin = walkers[i].walker.position.xy
            }
            result[object].axis = axis
            result[object].middle = origin + axis * ((shape.front - shape.rear) / 2) + axis.left * ((shape.left - shape.right) / 2)
        }
        return result
    }

    /// Pairs whose extents overlap and of which one moves, lower index first, in order.
    private func pairs(_ hulls: [Hull], movers: [Int]) -> [(Int, Int)] {
        var isMover = Array(repeating: false, count: hulls.count)
        for object in movers { isMover[object] = true }
        var result: [(Int, Int)] = []
        for a in movers {
            let (hull, reach) = (hulls[a], hulls[a].reach)
            for b in hulls.indices where b != a && !(isMover[b] && b < a) {
                let d = hulls[b].middle - hull.middle
                let limit = reach + hulls[b].reach
                if abs(d.x) <= limit.x, abs(d.y) <= limit.y { result.append((min(a, b), max(a, b))) }
            }
        }
        return result.sorted { $0 < $1 }
    }

    private mutating func resolve(
        _ a: Int, _ b: Int, _ overlap: Hull.Overlap, _ movers: [(object: Int, mover: Mover)], _ model: SimulationModel, at time: Ticks
    ) {
        guard model.shapes[a].isSolid, model.shapes[b].isSolid else { return }
        let first = movers.first { $0.object == a }?.mover, second = movers.first { $0.object == b }?.mover
        var (x, y) = (plane(first, a, model), plane(second, b, model))
        let closing = dot(x.velocity(at: overlap.point) - y.velocity(at: overlap.point), overlap.normal)
        if contacts.touch(a, b, at: time.seconds) {
            if !scenery.haveTouched(a, b) { scenery.touched.append((a, b)) }
            let height = (max(scenery.objects[a].bottom, scenery.objects[b].bottom) + min(scenery.objects[a].top, scenery.objects[b].top)) / 2
            world.collisions.append(
                Collision(
                    stamp: time, first: UInt16(a + 1), second: UInt16(b + 1), closingSpeed: max(0, closing),
                    point: Vec3(overlap.point.x, overlap.point.y, height)))
        }
        collide(&x, &y, at: overlap.point, normal: overlap.normal, restitution: Self.restitution, friction: Self.friction)
        let push = max(0, overlap.depth - Self.slop) * Self.correction / max(x.inverseMass + y.inverseMass, 1e-12)
        x.centre -= overlap.normal * (push * x.inverseMass)
        y.centre += overlap.normal * (push * y.inverseMass)
        // Walkers who bump into each other stay on their feet.
        let isHard = closing > (first.isWalker && second.isWalker ? 4 : 1)
        write(x, first, hard: isHard)
        write(y, second, hard: isHard)
    }

    private func plane(_ mover: Mover?, _ object: Int, _ model: SimulationModel) -> PlaneBody {
        switch mover {
        case .vehicle(let i):
            let (vehicle, p) = (vehicles[i].vehicle, model.vehicles[i].parameters)
            return PlaneBody(
                centre: vehicle.centre, velocity: vehicle.velocity, yawRate: vehicle.yawRate, inverseMass: 1 / p.mass, inverseInertia: 1 / p.yawInertia)
        case .walker(let i):
            let walker = walkers[i].walker
            return PlaneBody(centre: walker.position.xy, velocity: walker.velocity, yawRate: walker.spin, inverseMass: 1 / walker.mass)
        case nil:
            return PlaneBody(centre: scenery.objects[object].middle, velocity: .zero, inverseMass: 0)
        }
    }

    /// - Parameter hard: the driver gives up driving and brakes; a walker falls.
    private mutating func write(_ body: PlaneBody, _ mover: Mover?, hard: Bool) {
        switch mover {
        case .vehicle(let i):
            let heading = vehicles[i].vehicle.heading
            vehicles[i].vehicle.track[0] = body.centre.x
            vehicles[i].vehicle.track[1] = body.centre.y
            vehicles[i].vehicle.track[3] = dot(body.velocity, heading)
            vehicles[i].vehicle.track[4] = dot(body.velocity, heading.left)
            vehicles[i].vehicle.track[5] = body.yawRate
            if hard { vehicles[i].driver.hasCrashed = true }
        case .walker(let i):
            (walkers[i].walker.position.x, walkers[i].walker.position.y) = (body.centre.x, body.centre.y)
            walkers[i].walker.velocity = body.velocity
            if hard { walkers[i].walker.isKnocked = true }
        case nil: break
        }
    }
}

extension SimulationState.Mover? {
    fileprivate var isWalker: Bool { if case .walker? = self { true } else { false } }
}
