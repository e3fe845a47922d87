import Foundation
import SquallDynamics
import SquallFrames
import SquallMath
import SquallScene
import SquallWorld
import Testing

@Suite struct Walkers {
    private func adult(_ path: String, at p: Vec2, heading: Double, speed: Double = 1.4, do behaviour: Behaviour = .sequence([])) -> ConcreteActor {
        ConcreteActor(path: path, asset: "adult", category: .person, placement: .ground(p, heading: heading), speed: speed, behaviour: behaviour)
    }
    private func run(_ actors: [ConcreteActor], on road: PlaneRoad?, seconds: Double) throws -> Trajectory {
        let world = makeWorld(actors)
        var simulation = try Simulation(world: world, initial: start(world, on: road), roads: road)
        return simulation.run(until: Ticks(seconds: seconds))
    }

    @Test func walksStraightAhead() throws {
        let body = try run([adult("a", at: .zero, heading: .pi / 2)], on: nil, seconds: 5).state(at: Ticks(seconds: 5)).bodies[0]
        #expect(abs(body.pose.position.y - 7) < 0.02 && abs(body.pose.position.x) < 1e-6)
        // The gait goes with the way: 7 m are nearly five turns.
        #expect(abs(body.joints[0] - 7 / 1.45) < 0.05)
    }

    @Test func crossesTheRoadAndStops() throws {
        let actor = adult("a", at: Vec2(300, -9), heading: 0, speed: 0, do: call("cross", [("speed", 1.5)]))
        let trajectory = try run([actor], on: PlaneRoad(), seconds: 20)
        let end = trajectory.state(at: trajectory.end).bodies[0]
        // Four lanes of 3.5 m and 2 m more, at a right angle.
        #expect(abs(end.pose.position.y - (-9 + 16)) < 0.5)
        #expect(abs(end.pose.position.x - 300) < 0.05)
        #expect(end.velocity.length < 0.05)
    }

    @Test func followsAPath() throws {
        let path = Behaviour.step(
            BehaviourStep(
                action: "walk",
                arguments: [
                    .init(name: "path", value: .points([Vec3(5, 0, 0), Vec3(5, 6, 0)])), .init(name: "speed", value: .number(.constant(1.6))),
                ]))
        let trajectory = try run([adult("a", at: .zero, heading: 0, do: path)], on: nil, seconds: 10)
        #expect((trajectory.pose(of: 0, at: trajectory.end).position - Vec3(5, 6, 0)).length < 0.4)
    }

    @Test func theSlowestTurnRoundToo() throws {
        let path = Behaviour.step(
            BehaviourStep(action: "walk", arguments: [.init(name: "path", value: .points([Vec3(-5, 0, 0)])), .init(name: "speed", value: .number(.constant(0.08)))]))
        let trajectory = try run([adult("a", at: .zero, heading: 0, speed: 0, do: path)], on: nil, seconds: 20)
        let walked = -trajectory.pose(of: 0, at: trajectory.end).position.x
        #expect(walked > 1.2 && walked < 1.65, "\(walked) m in 20 s at 0.08 m/s")
    }

    /// Ground that is no step away is not theirs: neither a street below a bridge nor a deck above draws them.
    @Test(arguments: [5.0, 0.6, -3]) func othersGroundIsLeftAlone(height: Double) throws {
        let actor = ConcreteActor(path: "a", asset: "adult", category: .person, placement: .pose(Pose(position: Vec3(100, -20, height), rotation: .identity)), speed: 1.4)
        let trajectory = try run([actor], on: PlaneRoad(), seconds: 4)
        #expect(abs(trajectory.pose(of: 0, at: trajectory.end).position.z - height) < 1e-9)
    }

    @Test func walkersMakeWay() throws {
        let trajectory = try run([adult("a", at: .zero, heading: 0), adult("b", at: Vec2(8, 0.1), heading: .pi)], on: nil, seconds: 7)
        var nearest = Double.infinity
        for step in 0..<700 {
            let bodies = trajectory.state(at: Ticks(seconds: Double(step) / 100)).bodies
            nearest = min(nearest, (bodies[0].pose.position - bodies[1].pose.position).length)
        }
        #expect(nearest > 0.45)
        #expect(trajectory.pose(of: 0, at: trajectory.end).position.x > 6)
    }

    /// Who sits or lies stays there until upright again; who comes along stops before sitting down.
    @Test(arguments: ["fall", "sit"]) func nobodySlidesWhileDown(gesture: String) throws {
        let behaviour = Behaviour.sequence([call(gesture, [("time", 1.5)]), call("walk", [("speed", 1.5)])])
        let other = adult("b", at: Vec2(-1.5, 0.8), heading: 0, speed: 1.4)
        let trajectory = try run([adult("a", at: .zero, heading: 0, speed: 0, do: behaviour), other], on: nil, seconds: 6)
        let bodies = (0...600).map { trajectory.state(at: Ticks(seconds: Double($0) / 100)).bodies[0] }
        let down = bodies.filter { max($0.joints[2], $0.joints[3]) > 0.06 }
        #expect(down.count > 150 && down.contains { max($0.joints[2], $0.joints[3]) > 0.99 })
        for body in down { #expect((body.pose.position.xy - down[0].pose.position.xy).length < 0.06, "\(body.pose.position)") }
        #expect(bodies[600].pose.position.x > 2, "\(bodies[600].pose.position)")
    }

    @Test func whoeverComesAlongStopsBeforeSittingDown() throws {
        let walk = call("walk", [("speed", 1.4)], until: .binary(.greater, .elapsed, .constant(1)))
        let trajectory = try run([adult("a", at: .zero, heading: 0, do: .sequence([walk, call("sit")]))], on: nil, seconds: 5)
        let bodies = (0...500).map { trajectory.state(at: Ticks(seconds: Double($0) / 100)).bodies[0] }
        #expect(bodies[500].joints[2] == 1)
        for body in bodies where body.joints[2] > 0 { #expect(body.velocity.length < 0.21) }
    }

    /// A car meets a walker in its lane: it brakes when it can, and the impact is reported when it cannot.
    @Test func carsBrakeForWalkers() throws {
        let far = try run([car("ego", speed: 14), adult("p", at: Vec2(170, -1.75), heading: 0, speed: 0)], on: PlaneRoad(), seconds: 10)
        #expect(far.collisions.isEmpty)
        let near = try run([car("ego", speed: 14), adult("p", at: Vec2(110, -1.75), heading: 0, speed: 0)], on: PlaneRoad(), seconds: 4)
        #expect(near.collisions.count == 1)
        #expect(near.pose(of: 1, at: near.end).position.x > 112)
    }
}
