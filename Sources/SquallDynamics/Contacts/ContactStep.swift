import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene
import SquallWorld

/// Contacts in plan view between what moves and everything else: found by a sweep along x, resolved by impulses in object order.
extension SimulationState {
    /// Cars crumple: little bounces back, metal on metal holds sideways.
    private static let restitution = 0.15, friction = 0.5
    /// Share of an overlap taken out per step; metres left alone.
    private static let correction = 0.2, slop = 0.01

    mutating func resolveContacts(_ model: SimulationModel, at time: Ticks, dt: Double) {
        guard !model.movers.isEmpty else { return }
        for place in model.movers.indices { contactField.move(place, to: box(of: model.movers[place], model)) }
        contactField.search()
        for pair in contactField.pairs {
            let (a, b) = (Int(pair.first), Int(pair.second))
            let (first, second) = (model.mover(of: a), model.mover(of: b))
            guard let overlap = contactField.box(of: a, mover: first).overlap(with: contactField.box(of: b, mover: second)) else { continue }
            resolve(a, b, overlap, first.map { model.movers[$0].kind }, second.map { model.movers[$0].kind }, model, at: time)
        }
    }

    /// Where a mover is now: newer in plan than the scenery, which others looked at in this step.
    private func box(of mover: SimulationModel.Mover, _ model: SimulationModel) -> UprightBox {
        let extent = model.shapes[mover.object].extent
        var box = scenery.objects[mover.object].box
        let origin: Vec2
        switch mover.kind {
        case .vehicle(let i):
            box.axis = vehicles[i].vehicle.heading
            origin = vehicles[i].vehicle.centre - box.axis * model.vehicles[i].parameters.centre
        case .walker(let i):
            box.axis = Vec2(cos(walkers[i].walker.yaw), sin(walkers[i].walker.yaw))
            origin = walkers[i].walker.position.xy
        }
        box.middle = origin + box.axis * ((extent.front - extent.rear) / 2) + box.axis.left * ((extent.left - extent.right) / 2)
        return box
    }

    private mutating func resolve(
        _ a: Int, _ b: Int, _ overlap: UprightBox.Overlap, _ first: SimulationModel.Mover.Kind?, _ second: SimulationModel.Mover.Kind?, _ model: SimulationModel,
        at time: Ticks
    ) {
        guard model.shapes[a].isSolid, model.shapes[b].isSolid else { return }
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

    private func plane(_ mover: SimulationModel.Mover.Kind?, _ object: Int, _ model: SimulationModel) -> PlaneBody {
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
    private mutating func write(_ body: PlaneBody, _ mover: SimulationModel.Mover.Kind?, hard: Bool) {
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

extension SimulationModel.Mover.Kind? {
    fileprivate var isWalker: Bool { if case .walker? = self { true } else { false } }
}
