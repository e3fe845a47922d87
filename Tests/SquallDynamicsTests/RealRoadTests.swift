import Foundation
import SquallDynamics
import SquallFrames
import SquallMath
import SquallRoads
import SquallScene
import SquallWorld
import Testing

/// The road files other people made, driven end to end.
@Suite struct RealRoads {
    static func network(_ name: String) throws -> RoadNetwork {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try RoadNetwork(contentsOf: root.appendingPathComponent("Scenes/roads/\(name).xodr").path)
    }

    private static func placed(_ world: World, on road: RoadNetwork) throws -> WorldState {
        let bodies = try world.objects.map { object -> WorldState.Body in
            let actor = world.scene.actors[object.actor ?? 0]
            guard case .lane(let p) = actor.placement else { return WorldState.Body(pose: .identity) }
            let pose = try #require(road.pose(of: p))
            return WorldState.Body(pose: pose, velocity: pose.rotation * Vec3(1, 0, 0) * actor.speed, joints: object.joints.map { _ in 0 }, lane: p)
        }
        return WorldState(time: .zero, bodies: bodies, weather: world.scene.weather.state(at: 0))
    }

    /// Every driving lane of every road of every file, started early on it, keeps its lane and stays on the ground for ten seconds.
    @Test(arguments: ["straight_500m", "curves_elevation", "e6mini", "simple_4way_intersection"]) func everyLaneIsDriven(name: String) throws {
        let road = try Self.network(name)
        var worst = (offset: 0.0, height: 0.0)
        var astray: [String] = []
        for id in road.roadIDs {
            let length = try #require(road.length(ofRoad: id))
            for lane in road.lanes(ofRoad: id, at: length / 2) where lane.type == "driving" {
                let s = lane.direction > 0 ? min(8, length / 4) : length - min(8, length / 4)
                let start = LanePosition(road: id, lane: lane.id, s: s)
                // Bends inside a junction are tighter than any car could take at speed.
                let bend = (0..<20).compactMap { road.travel(from: start, by: Double($0)).flatMap { road.curvature(at: $0) }.map(abs) }.max() ?? 0
                let speed = min(12, (2.5 / max(bend, 1e-3)).squareRoot())
                let actor = ConcreteActor(path: "ego", asset: "sedan", category: .car, placement: .lane(start), speed: speed)
                let world = makeWorld([actor])
                var simulation = try Simulation(world: world, initial: Self.placed(world, on: road), roads: road)
                let trajectory = simulation.run(until: Ticks(seconds: 10))
                var travelled = 0.0
                for k in 1...100 {
                    let body = trajectory.state(at: Ticks(seconds: Double(k) / 10)).bodies[0]
                    travelled += body.velocity.length / 10
                    guard let place = body.lane, let surface = road.surface(at: body.pose.position.xy, near: place) else {
                        // Beyond a dead end there is no lane to be on.
                        if road.travel(from: start, by: travelled + 10) != nil { astray.append("road \(id) lane \(lane.id) after \(travelled) m") }
                        continue
                    }
                    worst.offset = max(worst.offset, abs(place.left))
                    worst.height = max(worst.height, abs(body.pose.position.z - surface.height))
                }
                #expect(travelled > min(20, length / 3), "\(name) road \(id) lane \(lane.id)")
            }
        }
        #expect(astray.isEmpty, "\(name): \(astray.prefix(5))")
        #expect(worst.offset < 0.7)
        #expect(worst.height < 0.06)
    }
}
