import Foundation
import SquallDynamics
import SquallMath
import SquallScene
import SquallWorld
import Testing

@Suite struct LaneFollowing {
    private func play(_ actors: [ConcreteActor], on road: PlaneRoad, seconds: Double) throws -> (Trajectory, World) {
        let world = makeWorld(actors)
        var simulation = try Simulation(world: world, initial: start(world, on: road), roads: road)
        return (simulation.run(until: Ticks(seconds: seconds)), world)
    }

    @Test func straightAtConstantSpeed() throws {
        let (trajectory, _) = try play([car("ego", speed: 25)], on: PlaneRoad(), seconds: 4)
        let body = trajectory.state(at: Ticks(seconds: 4)).bodies[0]
        #expect(abs(body.pose.position.x - 200) < 0.1)
        #expect(abs(body.pose.position.y + 1.75) < 1e-3)
        #expect(abs(body.velocity.x - 25) < 0.05)
        #expect(body.lane?.lane == -1)
        // Wheels of 0.32 m roll without visible slip.
        #expect(abs(body.joints[0] * 0.32 - 100) < 0.5)
    }

    @Test(arguments: [(0.02, 13.0), (-0.01, 19), (0.003, 33), (0.08, 6)]) func bends(curvature: Double, speed: Double) throws {
        let road = PlaneRoad(length: min(1900, 5.5 / abs(curvature)), curvature: curvature)
        let (trajectory, _) = try play([car("ego", s: 5, speed: speed)], on: road, seconds: 3)
        let bodies = stride(from: 0.0, through: 3, by: 0.1).map { trajectory.state(at: Ticks(seconds: $0)).bodies[0] }
        #expect(bodies.map { abs($0.lane?.left ?? 9) }.max() ?? 9 < 0.25)
        #expect(bodies.map { abs($0.velocity.length - speed) }.max() ?? 9 < 0.03 * speed)
    }

    /// A sensor whose first record begins before the episode sees a world on its way.
    @Test func comesFromWhereItWasGoing() throws {
        let (trajectory, _) = try play([car("ego", s: 5, speed: 19)], on: PlaneRoad(length: 550, curvature: 0.01), seconds: 1)
        let (early, start) = (Ticks(seconds: -0.05), trajectory.state(at: .zero).bodies[0])
        let before = trajectory.state(at: early).bodies[0]
        #expect(before.pose == trajectory.pose(of: 0, at: early))
        #expect((before.pose.position - (start.pose.position - start.velocity * 0.05)).length < 1e-9)
        #expect((start.pose.position - before.pose.position).length > 0.9)
        let turned = start.pose.rotation.columns.0 - before.pose.rotation.columns.0
        #expect((turned - cross(start.angularVelocity, start.pose.rotation.columns.0) * 0.05).length < 1e-3)
        #expect(abs((start.joints[0] - before.joints[0]) * 0.32 - 0.95) < 0.05)
        #expect(trajectory.state(at: .zero).bodies[0] == start)
    }

    @Test func upAHill() throws {
        let (trajectory, _) = try play([car("ego", speed: 20)], on: PlaneRoad(slope: 0.06), seconds: 5)
        let body = trajectory.state(at: Ticks(seconds: 5)).bodies[0]
        #expect(abs(body.pose.position.z - body.pose.position.x * 0.06) < 0.01)
        #expect(abs(body.velocity.length - 20) < 0.3)
        #expect(abs(body.pose.rotation.pitch + atan(0.06)) < 0.005)
    }

    @Test(arguments: ["sedan", "van", "semi"]) func changesLaneAndEndsInIt(asset: String) throws {
        let go = Behaviour.step(
            BehaviourStep(action: "change_lane", arguments: [.init(name: "to", value: .lane(.left)), .init(name: "over", value: .number(.constant(3)))]))
        let (trajectory, _) = try play([car("ego", lane: -2, speed: 25, asset: asset, do: go)], on: PlaneRoad(), seconds: 6)
        let body = trajectory.state(at: Ticks(seconds: 6)).bodies[0]
        #expect(body.lane?.lane == -1)
        #expect(abs(body.lane?.left ?? 9) < 0.15)
        // Half-way in time, half-way across.
        let middle = trajectory.state(at: Ticks(seconds: 1.5)).bodies[0]
        #expect(abs(middle.pose.position.y + 3.5) < 0.6)
    }

    @Test func keepsTheOffsetItWasPlacedWith() throws {
        let (trajectory, _) = try play([car("ego", speed: 20, left: 0.6)], on: PlaneRoad(), seconds: 3)
        #expect(abs((trajectory.state(at: Ticks(seconds: 3)).bodies[0].lane?.left ?? 0) - 0.6) < 0.02)
    }

    @Test func againstTheReferenceLine() throws {
        let (trajectory, _) = try play([car("ego", lane: 1, s: 500, speed: 20)], on: PlaneRoad(), seconds: 3)
        let body = trajectory.state(at: Ticks(seconds: 3)).bodies[0]
        #expect(abs(body.pose.position.x - 440) < 0.2)
        #expect(abs((body.lane?.s ?? 0) - 440) < 0.2)
    }
}
