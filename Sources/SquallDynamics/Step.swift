import Foundation
import SquallAssets
import SquallFrames
import SquallMath
import SquallRoads
import SquallScene
import SquallWeather
import SquallWorld

/// Advances the state by one step: everyone decides on the same picture, then everything moves, then contacts are resolved.
///
/// The only function that writes bodies. Deterministic: fixed order of objects, no clock, no shared random stream.
/// - Parameter dt: 1/240 s in every episode.
public func step(_ model: SimulationModel, _ state: inout SimulationState, dt: Ticks) {
    let seconds = dt.seconds
    var controls: [VehicleControls] = []
    var paces: [Double] = []
    for index in state.vehicles.indices { controls.append(state.decide(vehicle: index, model)) }
    for index in state.walkers.indices { paces.append(state.decide(walker: index, model)) }
    for index in state.vehicles.indices { state.move(vehicle: index, controls[index], model, dt: seconds) }
    state.walk(paces, model, dt: seconds)
    let now = state.world.time + dt
    state.world.collisions = []
    state.resolveContacts(model, at: now, dt: seconds)
    for index in state.vehicles.indices { state.publish(vehicle: index, model, dt: seconds) }
    for index in state.walkers.indices { state.publish(walker: index, model, dt: seconds) }
    state.steps += 1
    state.look(at: now, dt: dt, model)
}

extension SimulationState {
    /// What the driver does with pedals and wheel.
    fileprivate mutating func decide(vehicle index: Int, _ model: SimulationModel) -> VehicleControls {
        let view = DriverView(model: model, scenery: scenery, me: model.vehicles[index].object)
        var driver = vehicles[index].driver
        driver.course.extend(to: driver.projection.station + max(150, 8 * abs(view.own.speed)), model.roads)
        let intent = driver.hasCrashed ? Intent(acceleration: -6) : vehicles[index].sequencer.intent(&driver, view) ?? Intent()
        let curvature = intent.curvature ?? driver.steering(view)
        let acceleration = intent.acceleration ?? driver.cruising(view)
        vehicles[index].driver = driver
        vehicles[index].signals.update(acceleration: acceleration, speed: view.own.speed, driver: driver, time: scenery.time)
        return VehicleControls(acceleration: acceleration, steer: atan(curvature * model.vehicles[index].parameters.wheelbase), brakes: intent.brakes)
    }

    fileprivate mutating func decide(walker index: Int, _ model: SimulationModel) -> Double {
        let view = DriverView(model: model, scenery: scenery, me: model.walkers[index])
        var driver = walkers[index].driver
        driver.course.extend(to: driver.projection.station + 20, model.roads)
        let intent = walkers[index].sequencer.intent(&driver, view)
        walkers[index].walker.gesture = intent?.gesture ?? Walker.Gesture()
        let left = driver.course.end - driver.projection.station
        let wish = intent?.pace ?? (left < 0.2 ? 0 : driver.cruise)
        // Slows over the last step or two, so as to stand on the end and not beyond it.
        let pace = min(wish, max(0, left) / 0.8)
        walkers[index].driver = driver
        return pace
    }

    fileprivate mutating func move(vehicle index: Int, _ controls: VehicleControls, _ model: SimulationModel, dt: Double) {
        let p = model.vehicles[index].parameters
        let around = surroundings(vehicle: index, model)
        vehicles[index].vehicle.step(p, controls, around, dt: dt)
    }

    /// Road, slope and wind at a vehicle.
    private func surroundings(vehicle index: Int, _ model: SimulationModel) -> VehicleSurroundings {
        let (vehicle, driver) = (vehicles[index].vehicle, vehicles[index].driver)
        let weather = world.weather
        let toward = Vec2(-sin(weather.windFrom), -cos(weather.windFrom))
        let normal = driver.course.surface(at: vehicle.centre, driver.projection).normal
        let heading = vehicle.heading
        // Gravity along the surface: -g (e_z - n n_z), seen along the heading and to its left.
        let slope = Vec2(dot(normal.xy, heading), dot(normal.xy, heading.left)) * (Physics.gravity * normal.z)
        let (front, rear) = surfaces(vehicle: index, model)
        return VehicleSurroundings(front: front, rear: rear, slope: slope, wind: toward * weather.windSpeed)
    }

    /// The road under the axles of a vehicle.
    func surfaces(vehicle index: Int, _ model: SimulationModel) -> (front: SurfaceState, rear: SurfaceState) {
        if let fixed = model.options.surface { return (fixed, fixed) }
        let water = RoadWater(world.weather)
        guard water.varies else {
            let same = water.state(.plain)
            return (same, same)
        }
        let (front, rear) = axles(vehicle: index, model)
        let lane = scenery.objects[model.vehicles[index].object].lane
        return (water.state(model.roads.drainage(at: front, near: lane)), water.state(model.roads.drainage(at: rear, near: lane)))
    }

    /// Middles of a vehicle's axles in plan view.
    func axles(vehicle index: Int, _ model: SimulationModel) -> (front: Vec2, rear: Vec2) {
        let (vehicle, p) = (vehicles[index].vehicle, model.vehicles[index].parameters)
        return (vehicle.centre + vehicle.heading * p.frontArm, vehicle.centre - vehicle.heading * p.rearArm)
    }

    fileprivate mutating func walk(_ paces: [Double], _ model: SimulationModel, dt: Double) {
        let bodies = walkers.map { (position: $0.walker.position.xy, radius: $0.walker.radius) }
        for index in walkers.indices {
            var driver = walkers[index].driver
            let hint = driver.projection.index
            let station = driver.projection.station + 0.8
            let i = driver.course.index(at: station, hint: hint)
            let a = driver.course.points[i], b = driver.course.points[min(i + 1, driver.course.points.count - 1)]
            let f = b.station > a.station ? (station - a.station) / (b.station - a.station) : 0
            let target = a.position.xy + (b.position.xy - a.position.xy) * f
            walkers[index].walker.step(target: target, pace: paces[index], among: bodies, me: index, roads: model.roads, dt: dt)
            driver.projection = driver.course.project(walkers[index].walker.position.xy, hint: hint)
            walkers[index].driver = driver
        }
    }

    /// Writes a vehicle into the world state and the scenery.
    /// - Parameter dt: since it was written last, seconds; nil at the start.
    mutating func publish(vehicle index: Int, _ model: SimulationModel, dt: Double?) {
        let entry = model.vehicles[index]
        var actor = vehicles[index]
        let vehicle = actor.vehicle
        actor.driver.projection = actor.driver.course.project(vehicle.centre, hint: actor.driver.projection.index)
        let origin = actor.driver.course.project(vehicle.centre - vehicle.heading * entry.parameters.centre, hint: actor.driver.projection.index)
        let lane = actor.driver.course.lane(at: origin)
        let changed = lane.lane != scenery.objects[entry.object].lane.lane
        let stance = actor.stance.stand(
            vehicle, entry.parameters, on: actor.driver.course, near: actor.driver.projection.index, courseChanged: changed, dt: dt ?? 1)
        let c = entry.parameters.centre
        let r = vehicle.yawRate
        let velocity = stance.forward * vehicle.track[3] + stance.left * (vehicle.track[4] - r * c)
        let acceleration = stance.forward * (vehicle.acceleration.x + r * r * c) + stance.left * vehicle.acceleration.y
        var body = WorldState.Body(
            pose: stance.pose, velocity: velocity, acceleration: acceleration, angularVelocity: cross(stance.forward, stance.left) * r,
            steer: vehicle.steer, joints: actor.stance.joints(vehicle, count: model.world.objects[entry.object].joints.count),
            lane: model.roads.position(lane, left: origin.left) ?? world.bodies[entry.object].lane)
        scenery.objects[entry.object] = model.silhouette(entry.object, body, lane: lane, offset: origin.left)
        // Others see how it drives; its label says how the body moves, leaning and climbing included.
        if let dt { body.measure(since: world.bodies[entry.object].pose, dt: dt) }
        world.bodies[entry.object] = body
        vehicles[index] = actor
    }

    /// Writes a walker into the world state and the scenery.
    /// - Parameter dt: since it was written last, seconds; nil at the start.
    mutating func publish(walker index: Int, _ model: SimulationModel, dt: Double?) {
        let object = model.walkers[index]
        let walker = walkers[index].walker
        var body = WorldState.Body(
            pose: Pose(position: walker.position, rotation: Quaternion(yaw: walker.yaw)), velocity: Vec3(walker.velocity.x, walker.velocity.y, 0),
            acceleration: Vec3(walker.acceleration.x, walker.acceleration.y, 0), angularVelocity: Vec3(0, 0, walker.spin),
            joints: model.world.objects[object].figure?.walks != true ? world.bodies[object].joints : walker.posture.numbers,
            lane: world.bodies[object].lane)
        let before = scenery.objects[object]
        scenery.objects[object] = model.silhouette(object, body, lane: before.lane, offset: before.laneOffset)
        if let dt { body.measure(since: world.bodies[object].pose, dt: dt) }
        world.bodies[object] = body
    }
}

extension WorldState.Body {
    /// Velocity and angular velocity of the step that led here: what they say is what the poses do, whatever moved the body
    /// (wheels, springs, the slope, a push out of a contact).
    fileprivate mutating func measure(since before: Pose, dt: Double) {
        velocity = (pose.position - before.position) / dt
        angularVelocity = (pose.rotation * before.rotation.conjugate).rotationVector / dt
    }
}
