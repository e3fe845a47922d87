import Foundation
import SquallAssets
import SquallDynamics
import SquallFrames
import SquallMath
import SquallRoads
import SquallScene
import SquallWeather
import SquallWorld
import Testing

/// Worlds as they are built from scenes, with their own shapes and roads.
@Suite struct BuiltWorlds {
    private func build(_ actors: [ConcreteActor], road: String?, weather: WeatherTimeline = WeatherTimeline(), requirements: [TemporalRequirement] = []) throws -> World {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let catalogue = FileCatalogue(directory: root.appendingPathComponent("Scenes/roads").path, library: .builtIn())
        let scene = ConcreteScene(title: "built", road: road, weather: weather, actors: actors.sorted { $0.path < $1.path }, requirements: requirements)
        return try World.build(scene: scene, catalogue: catalogue)
    }

    private func on(_ lane: Int, _ s: Double, _ path: String, _ asset: String, _ speed: Double) -> ConcreteActor {
        ConcreteActor(path: path, asset: asset, category: asset == "semi" ? .truck : .car, placement: .lane(LanePosition(road: "0", lane: lane, s: s)), speed: speed)
    }

    @Test func mixedTrafficInTheRain() throws {
        var weather = WeatherTimeline()
        weather.rainRate = .ramp(from: 0, to: 60, over: 3)
        weather.windSpeed = .constant(12)
        let actors = (0..<18).map { (i: Int) -> ConcreteActor in
            on(i % 2 == 0 ? -3 : -2, 20 + 24 * Double(i / 2), "car\(i)", ["sedan", "van", "semi"][i % 3], 21 + Double(i % 3))
        }
        let world = try build(actors, road: "e6mini.xodr", weather: weather)
        let trajectory = try Simulation.play(world)
        #expect(trajectory.end >= Ticks(seconds: 4))
        let (start, end) = (trajectory.state(at: .zero), trajectory.state(at: Ticks(seconds: 4)))
        #expect(abs(end.weather.rainRate - 60) < 1e-9)
        for (index, object) in world.objects.enumerated() {
            let (a, b) = (start.bodies[index], end.bodies[index])
            guard object.actor != nil else {
                #expect(a == b)
                continue
            }
            #expect((b.pose.position - a.pose.position).length > 40)
            #expect(b.lane?.lane == a.lane?.lane)
            #expect(abs(b.lane?.left ?? 9) < 0.4)
            #expect(b.joints.count == object.joints.count)
        }
        #expect(trajectory.collisions.isEmpty)
    }

    /// A van between two cars hides one from the other until it changes lane.
    @Test func sightIsBlockedByHulls() throws {
        let seen = TemporalRequirement(mode: .never, condition: .query(.visible("c", from: "a")), text: "hidden")
        let near = TemporalRequirement(mode: .always, condition: .query(.visible("b", from: "a")), text: "seen")
        var simulation = try Simulation(
            world: build([on(-3, 50, "a", "sedan", 0), on(-3, 58, "b", "van", 0), on(-3, 70, "c", "sedan", 0)], road: "e6mini.xodr", requirements: [seen, near]))
        #expect(simulation.run(until: Ticks(seconds: 0.1)).violation == nil)
        var open = try Simulation(world: build([on(-3, 50, "a", "sedan", 0), on(-2, 58, "b", "van", 0), on(-3, 70, "c", "sedan", 0)], road: "e6mini.xodr", requirements: [seen]))
        #expect(open.run(until: Ticks(seconds: 0.1)).violation?.index == 0)
    }

    @Test func withoutARoadThereIsAPlane() throws {
        let actor = ConcreteActor(path: "ego", asset: "sedan", category: .car, placement: .ground(Vec2(3, 4), heading: 0.5), speed: 30)
        let trajectory = try Simulation.play(build([actor], road: nil))
        let body = trajectory.state(at: Ticks(seconds: 4)).bodies[0]
        #expect((body.pose.position - Vec3(3 + 120 * cos(0.5), 4 + 120 * sin(0.5), 0)).length < 0.3)
    }

    /// Braking dives, accelerating squats, and the wheels stay on the ground.
    @Test func theBodyLeans() throws {
        var actor = on(-3, 50, "ego", "sedan", 20)
        actor.behaviour = call("brake", [("at", 8)])
        let trajectory = try Simulation.play(build([actor], road: "e6mini.xodr"))
        let world = try build([actor], road: "e6mini.xodr")
        let (before, during) = (trajectory.state(at: .zero).bodies[0], trajectory.state(at: Ticks(seconds: 1)).bodies[0])
        #expect(during.pose.rotation.pitch - before.pose.rotation.pitch > 0.004)
        for joint in world.objects[0].joints {
            guard case .wheel(let radius, _) = joint.kind else { continue }
            let axle = during.pose * joint.pivot
            let road = world.roads?.surface(at: axle.xy)?.height ?? 0
            #expect(abs(axle.z - radius - road) < 0.03)
        }
    }
}
