import SquallDiagnostics
import SquallMath
import SquallRoads
import SquallScene
import SquallWeather
import SquallWorld

/// The loop that plays an episode: a fixed step of 1/240 s over a world, from time zero on.
public struct Simulation: Sendable {
    public static let stepSpan = Ticks(perCycleAt: 240)

    public let model: SimulationModel
    public private(set) var state: SimulationState

    /// - Parameters:
    ///   - initial: where everything is at time zero.
    ///   - roads: what lanes there are; nil for a bare plane.
    /// - Throws: `Failure` for unknown actions and arguments.
    public init(world: World, initial: WorldState, roads: (any RoadCatalogue)?, options: SimulationOptions = SimulationOptions()) throws {
        model = try SimulationModel(world: world, roads: roads, options: options)
        state = SimulationState(model, initial: initial)
    }

    /// The world's own start and roads.
    /// - Throws: `Failure` also for actors placed where there is no lane.
    public init(world: World, options: SimulationOptions = SimulationOptions()) throws {
        try self.init(world: world, initial: world.initialState(), roads: world.roads, options: options)
    }

    public var time: Ticks { state.world.time }

    /// Middles of the axles of the vehicle that is this object, in plan view, and the road its tyres have there; nil for another object.
    package func tyres(of object: Int) -> (front: (point: Vec2, surface: SurfaceState), rear: (point: Vec2, surface: SurfaceState))? {
        guard let index = model.vehicles.firstIndex(where: { $0.object == object }) else { return nil }
        let (points, surfaces) = (state.axles(vehicle: index, model), state.surfaces(vehicle: index, model))
        return ((points.front, surfaces.front), (points.rear, surfaces.rear))
    }

    /// End of what is recorded: what happens in the margin beyond it meets and breaks no requirement.
    private var recordedEnd: Ticks { Ticks(seconds: model.world.scene.record.duration) }

    /// One step of 1/240 s.
    public mutating func step() { SquallDynamics.step(model, &state, dt: Self.stepSpan) }

    /// Plays the episode up to `end` and keeps every step; stops where an `always` or a `never` is broken. Requirements judge
    /// the recorded time alone.
    public mutating func run(until end: Ticks) -> Trajectory {
        var trajectory = Trajectory(model, state)
        var monitor = RequirementMonitor(model.world.scene.requirements)
        monitor.observe(model, state)
        while state.world.time < end, !monitor.isBroken {
            step()
            trajectory.append(state)
            noteDroppedChanges(in: &trajectory)
            if state.world.time <= recordedEnd { monitor.observe(model, state) }
        }
        trajectory.violation = monitor.firstViolation
        return trajectory
    }

    private mutating func noteDroppedChanges(in trajectory: inout Trajectory) {
        for index in state.vehicles.indices {
            guard let dropped = state.vehicles[index].driver.dropped else { continue }
            state.vehicles[index].driver.dropped = nil
            trajectory.append(EpisodeRemark(dropped, actor: model.world.objects[model.vehicles[index].object].path))
        }
    }

    /// A whole episode of a world: its recording, and `margin` beyond it for sensors that look past the last frame.
    public static func play(_ world: World, margin: Double = 0.5, options: SimulationOptions = SimulationOptions()) throws -> Trajectory {
        var simulation = try Simulation(world: world, options: options)
        return simulation.run(until: Ticks(seconds: world.scene.record.duration + margin))
    }
}
