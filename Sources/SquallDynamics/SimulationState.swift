import Foundation
import SquallAssets
import SquallFrames
import SquallAssets
import SquallMath
import SquallRoads
import SquallScene
import SquallWeather
import SquallWorld

/// Everything a step writes: the world state that others see, and what only the physics remembers.
public struct SimulationState: Sendable {
    /// Bodies, weather and the contacts that began in the last step.
    public internal(set) var world: WorldState
    /// Steps taken.
    public internal(set) var steps = 0
    var vehicles: [VehicleActor]
    var walkers: [WalkerActor]
    /// Object of each of `vehicles`.
    private let vehicleObjects: [Int]
    var contacts = ContactMemory()
    var contactField: ContactField
    /// As of `world`; what actors look at in the next step.
    var scenery: Scenery

    /// A vehicle with who drives it.
    struct VehicleActor: Sendable {
        var vehicle: Vehicle
        var driver: Driver
        var sequencer: Sequencer
        var stance: Stance
        var signals = DriverSignals()
    }

    /// A walker, or anything else that follows a path without wheels.
    struct WalkerActor: Sendable {
        var walker: Walker
        var driver: Driver
        var sequencer: Sequencer
    }

    /// The state at time zero: everyone in the steady motion their speed and lane ask for.
    init(_ model: SimulationModel, initial: WorldState) {
        world = initial
        scenery = Scenery()
        vehicleObjects = model.vehicles.map(\.object)
        vehicles = model.vehicles.map { Self.vehicle($0, model, initial.bodies[$0.object]) }
        walkers = model.walkers.map { Self.walker($0, model, initial.bodies[$0]) }
        scenery.objects = initial.bodies.enumerated().map { model.silhouette($0, $1) }
        contactField = ContactField(scenery.objects.map(\.box), movers: model.movers.map(\.object))
        scenery.courses = Array(repeating: nil, count: initial.bodies.count)
        for index in vehicles.indices { publish(vehicle: index, model, dt: nil) }
        for index in walkers.indices { publish(walker: index, model, dt: nil) }
        look(at: initial.time, dt: Ticks(perCycleAt: 240), model)
    }

    /// What drivers show with their lamps, by object; flashing lamps steady.
    var signals: [LampSet] {
        var result = [LampSet](repeating: [], count: world.bodies.count)
        for (entry, actor) in zip(vehicleObjects, vehicles) { result[entry] = actor.signals.lamps }
        return result
    }

    /// The scene's actors look at what the world state now says.
    mutating func look(at time: Ticks, dt: Ticks, _ model: SimulationModel) {
        world.time = time
        world.weather = model.world.scene.weather.state(at: time.seconds)
        (scenery.time, scenery.dt, scenery.weather) = (time.seconds, dt.seconds, world.weather)
        for (entry, actor) in zip(model.vehicles, vehicles) {
            scenery.courses[entry.object] = Scenery.CourseView(course: actor.driver.course, projection: actor.driver.projection)
        }
        for (object, actor) in zip(model.walkers, walkers) where !actor.driver.course.isPath {
            scenery.courses[object] = Scenery.CourseView(course: actor.driver.course, projection: actor.driver.projection)
        }
    }

    private static func course(_ model: SimulationModel, _ body: WorldState.Body, yaw: Double) -> Course {
        if let lane = body.lane {
            let course = Course(from: lane, roads: model.roads)
            // Against the lane's direction (a wrong-way driver) the lane is no guide: straight on instead.
            if let point = course.points.first(where: { $0.lane.s == lane.s }) ?? course.points.last, cos(point.heading - yaw) > 0.3 { return course }
        }
        return Course(straightFrom: body.pose.position, heading: yaw, roads: model.roads)
    }

    private static func vehicle(_ entry: SimulationModel.VehicleEntry, _ model: SimulationModel, _ body: WorldState.Body) -> VehicleActor {
        let p = entry.parameters
        let forward = body.pose.rotation * Vec3(1, 0, 0)
        let yaw = atan2(forward.y, forward.x)
        let speed = dot(body.velocity, forward)
        var vehicle = Vehicle(position: body.pose.position.xy, yaw: yaw, speed: speed, parameters: p)
        var driver = Driver(
            course: course(model, body, yaw: yaw), at: vehicle.centre, cruise: max(0, speed), offset: 0, wheelbase: p.wheelbase, centre: p.centre, rearArm: p.rearArm)
        let left = driver.projection.left
        driver.shift = LateralShift(from: left, to: left, start: 0, duration: 1)
        vehicle.settle(curvature: driver.course.bearing(at: driver.projection.station, hint: driver.projection.index).curvature, p)
        let behaviour = SimulationModel.actor(model.world.objects[entry.object], in: model.world)?.behaviour ?? .sequence([])
        return VehicleActor(vehicle: vehicle, driver: driver, sequencer: Sequencer(behaviour), stance: Stance(model.world.objects[entry.object], p))
    }

    private static func walker(_ object: Int, _ model: SimulationModel, _ body: WorldState.Body) -> WalkerActor {
        let forward = body.pose.rotation * Vec3(1, 0, 0)
        let yaw = atan2(forward.y, forward.x)
        let course = Course(straightFrom: body.pose.position, heading: yaw, roads: model.roads)
        let speed = body.velocity.length
        var walker = Walker(pose: body.pose, yaw: yaw, speed: speed, posture: Posture(body.joints), object: model.world.objects[object])
        walker.stand(model.roads)
        let driver = Driver(course: course, at: body.pose.position.xy, cruise: speed, offset: 0)
        let behaviour = SimulationModel.actor(model.world.objects[object], in: model.world)?.behaviour ?? .sequence([])
        return WalkerActor(
            walker: walker, driver: driver, sequencer: Sequencer(behaviour))
    }
}
