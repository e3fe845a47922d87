import Foundation
import SquallDynamics
import SquallMath
import SquallScene
import SquallWeather
import SquallWorld
import Testing

/// Braking through the whole stepper: world, behaviours, tyres, stance, trajectory.
@Suite struct BrakingThroughTheStepper {
    static let dry = SurfaceState()
    static let wet: SurfaceState = { var s = SurfaceState(); s.wetness = 1; return s }()
    static let icy: SurfaceState = { var s = SurfaceState(); s.ice = 1; return s }()
    static func flooded(_ film: Double) -> SurfaceState { var s = SurfaceState(); (s.wetness, s.filmDepth) = (1, film); return s }

    /// Metres from `speed` to standstill, and the final state.
    static func stop(
        from speed: Double, on surface: SurfaceState, locked: Bool = false, at deceleration: Double = 20, drag: Bool = true, asset: String = "sedan"
    ) throws -> Double {
        let road = PlaneRoad(length: 5000)
        let world = makeWorld([car("ego", s: 50, speed: speed, asset: asset, do: call("brake", [("at", deceleration), ("locked", locked ? 1 : 0)]))])
        var options = SimulationOptions(surface: surface)
        if !drag, var set = options.vehicles[asset] {
            (set.dragArea, set.sideArea, set.rollingResistance) = (0, 0, 0)
            options.vehicles[asset] = set
        }
        var simulation = try Simulation(world: world, initial: start(world, on: road), roads: road, options: options)
        let begin = simulation.state.world.bodies[0].pose.position
        while simulation.state.world.bodies[0].velocity.length > 0, simulation.time.seconds < 120 { simulation.step() }
        let body = simulation.state.world.bodies[0]
        #expect(body.velocity.length == 0)
        return (body.pose.position - begin).length
    }

    /// The acceptance oracle: within 5 % of v² / 2 mu g with mu the tyre curve at slip 1.
    @Test(arguments: [("dry", BrakingThroughTheStepper.dry, TyreCurve.dry), ("wet", wet, .wet), ("icy", icy, .ice)], [30.0, 50])
    func lockedWheels(set: (name: String, surface: SurfaceState, curve: TyreCurve), kmh: Double) throws {
        let distance = try Self.stop(from: kmh / 3.6, on: set.surface, locked: true, drag: false)
        let oracle = Braking.stoppingDistance(speed: kmh / 3.6, friction: set.curve.sliding)
        #expect(abs(distance / oracle - 1) < 0.05, "\(set.name) from \(kmh) km/h: \(distance) m against \(oracle) m")
    }

    @Test func vansAndTrucksObeyTheSameLaw() throws {
        for asset in ["van", "semi"] {
            let distance = try Self.stop(from: 50 / 3.6, on: Self.wet, locked: true, drag: false, asset: asset)
            #expect(abs(distance / Braking.stoppingDistance(speed: 50 / 3.6, friction: TyreCurve.wet.sliding) - 1) < 0.05)
        }
    }

    @Test func antilockBeatsLockedWheels() throws {
        for surface in [Self.wet, Self.dry] {
            #expect(try Self.stop(from: 25, on: surface) < Self.stop(from: 25, on: surface, locked: true))
        }
    }

    @Test func iceIsLongerThanWetIsLongerThanDry() throws {
        let (dry, wet, ice) = try (Self.stop(from: 20, on: Self.dry), Self.stop(from: 20, on: Self.wet), Self.stop(from: 20, on: Self.icy))
        #expect(dry < wet && wet < ice && ice > 6 * dry)
    }

    @Test func deeperWaterStopsLater() throws {
        let distances = try [0.0, 2, 4, 8].map { try Self.stop(from: 30, on: Self.flooded($0)) }
        #expect(zip(distances, distances.dropFirst()).allSatisfy { $0 <= $1 })
        #expect((distances.last ?? 0) > 1.15 * distances[0])
    }

    @Test func gentleBrakingIsWhatWasAskedFor() throws {
        let distance = try Self.stop(from: 20, on: Self.dry, at: 3)
        #expect(abs(distance - 400.0 / 6) < 0.06 * 400 / 6)
    }

    /// A rainstorm reaches the tyres through the weather alone.
    @Test func rainReachesTheTyres() throws {
        let road = PlaneRoad(length: 3000)
        let distances = try [0.0, 30, 150].map { rate -> Double in
            var weather = WeatherTimeline()
            weather.rainRate = .constant(rate)
            let world = makeWorld([car("ego", lane: -2, s: 50, speed: 33, do: call("brake", [("at", 20)]))], weather: weather)
            var simulation = try Simulation(world: world, initial: start(world, on: road), roads: road)
            let trajectory = simulation.run(until: Ticks(seconds: 12))
            return trajectory.state(at: trajectory.end).bodies[0].pose.position.x
        }
        #expect(distances[0] < distances[1] - 5 && distances[1] < distances[2] - 1)
    }

    @Test func standsStillOnASlope() throws {
        let road = PlaneRoad(slope: 0.08)
        let world = makeWorld([car("ego", speed: 3, do: call("stop"))])
        var simulation = try Simulation(world: world, initial: start(world, on: road), roads: road)
        let trajectory = simulation.run(until: Ticks(seconds: 8))
        let (a, b) = (trajectory.pose(of: 0, at: Ticks(seconds: 5)), trajectory.pose(of: 0, at: Ticks(seconds: 8)))
        #expect((a.position - b.position).length < 1e-3)
    }
}
