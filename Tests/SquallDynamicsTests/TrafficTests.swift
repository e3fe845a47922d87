import Foundation
import SquallDiagnostics
import SquallDynamics
import SquallFrames
import SquallMath
import SquallScene
import SquallWorld
import Testing

/// CPU time of this thread, so that a busy machine does not fail a test.
private func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

@Suite struct TrafficInTheStepper {
    private func simulate(_ actors: [ConcreteActor], on road: PlaneRoad = PlaneRoad(), requirements: [TemporalRequirement] = []) throws -> Simulation {
        let world = makeWorld(actors, requirements: requirements)
        return try Simulation(world: world, initial: start(world, on: road), roads: road)
    }

    /// Ten cars behind one that brakes to a standstill.
    @Test func platoonDoesNotCollide() throws {
        let leader = car("a", s: 500, speed: 25, do: call("brake", [("at", 6)], when: .binary(.greater, .elapsed, .constant(2))))
        let followers = (0..<9).map { car("b\($0)", s: 460 - 40 * Double($0), speed: 25) }
        var simulation = try simulate([leader] + followers)
        let trajectory = simulation.run(until: Ticks(seconds: 30))
        #expect(trajectory.collisions.isEmpty)
        let xs = trajectory.state(at: trajectory.end).bodies.map(\.pose.position.x)
        #expect(zip(xs, xs.dropFirst()).allSatisfy { $0 - $1 > 4.7 + 1 })
        #expect(trajectory.state(at: trajectory.end).bodies.allSatisfy { $0.velocity.length < 0.8 })
    }

    @Test func keepsTheGapItIsTold() throws {
        let follow = Behaviour.step(
            BehaviourStep(action: "keep_gap", arguments: [.init(name: "to", value: .actor("a")), .init(name: "time", value: .number(.constant(1.5)))]))
        var simulation = try simulate([car("a", s: 300, speed: 20), car("b", s: 240, speed: 23, do: follow)])
        let end = simulation.run(until: Ticks(seconds: 25)).state(at: Ticks(seconds: 25))
        let gap = end.bodies[0].pose.position.x - end.bodies[1].pose.position.x - 4.7
        #expect(abs(gap - (2 + 30)) < 1.5)
    }

    /// A slower car that cuts in makes the follower brake, not crash.
    @Test func cutInIsSeen() throws {
        let cut = Behaviour.step(
            BehaviourStep(action: "change_lane", arguments: [.init(name: "to", value: .lane(.laneOf("ego"))), .init(name: "over", value: .number(.constant(2.5)))]))
        var simulation = try simulate([car("ego", lane: -2, s: 100, speed: 28), car("cutter", lane: -1, s: 130, speed: 24, do: cut)])
        let trajectory = simulation.run(until: Ticks(seconds: 8))
        let end = trajectory.state(at: trajectory.end)
        #expect(trajectory.collisions.isEmpty)
        #expect(end.bodies[0].lane?.lane == -2 && end.bodies[1].lane?.lane == -2)
        #expect(end.bodies[1].velocity.x < 27)
    }

    /// The language page's own sequence: follow until close, change lane, brake after a time.
    @Test func sequencesRunInOrder() throws {
        let behaviour = Behaviour.sequence([
            call("follow_lane", until: .binary(.less, .query(.gap(from: "cutter", to: "ego")), .constant(15))),
            .step(BehaviourStep(action: "change_lane", arguments: [.init(name: "to", value: .lane(.laneOf("ego"))), .init(name: "over", value: .number(.constant(2)))])),
            call("brake", [("at", 4)], when: .binary(.greater, .elapsed, .constant(6))),
        ])
        var simulation = try simulate([car("ego", lane: -2, s: 100, speed: 25), car("cutter", lane: -1, s: 80, speed: 29, do: behaviour)])
        let trajectory = simulation.run(until: Ticks(seconds: 9))
        // In object order: cutter, ego. It starts 15.3 m behind bumper to bumper, closing at 4 m/s: the change begins after 0.1 s.
        #expect(trajectory.state(at: Ticks(seconds: 0.05)).bodies[0].lane?.lane == -1)
        #expect(trajectory.state(at: Ticks(seconds: 4)).bodies[0].lane?.lane == -2)
        #expect(trajectory.state(at: Ticks(seconds: 9)).bodies[0].velocity.x < 18)
    }

    @Test func collisionIsReportedOnce() throws {
        let blind = call("accelerate", [("to", 20), ("at", 1)])
        var simulation = try simulate([car("a", s: 100, speed: 20, do: .repeating(blind, times: nil)), car("b", s: 130, speed: 0)])
        let trajectory = simulation.run(until: Ticks(seconds: 4))
        #expect(trajectory.collisions.count == 1)
        guard let hit = trajectory.collisions.first else { return }
        #expect(hit.first == 1 && hit.second == 2)
        // 30 m less 4.7 m at 20 m/s, a parked car braked by nobody.
        #expect(abs(hit.stamp.seconds - 25.3 / 20) < 0.02)
        #expect(abs(hit.closingSpeed - 20) < 0.3)
        #expect(abs(hit.point.x - (100 + 25.3 + 3.68)) < 0.3)
        let end = trajectory.state(at: trajectory.end)
        #expect(end.bodies[1].pose.position.x > 130.5)
        #expect(end.bodies[1].pose.position.x - end.bodies[0].pose.position.x > 4.6)
    }

    @Test func aWallStopsACar() throws {
        let wall = ConcreteActor(
            path: "wall", asset: "box", category: .wall, placement: .pose(Pose(position: Vec3(160, -1.75, 0))), size: Vec3(1, 8, 2), fixed: true)
        let blind = Behaviour.repeating(call("accelerate", [("to", 15)]), times: nil)
        var simulation = try simulate([car("a", speed: 15, do: blind), wall])
        let trajectory = simulation.run(until: Ticks(seconds: 6))
        #expect(trajectory.collisions.count >= 1)
        #expect(trajectory.state(at: trajectory.end).bodies[0].pose.position.x < 160 - 0.5 - 3.68 + 0.1)
        #expect(trajectory.state(at: trajectory.end).bodies[1].pose.position.x == 160)
    }

    @Test func sameBytesTwice() throws {
        let actors = (0..<12).map { (i: Int) -> ConcreteActor in car("car\(i)", lane: -1 - i % 2, s: 100 + 18 * Double(i / 2), speed: 20 + Double(i % 5)) }
        var (a, b) = (try simulate(actors), try simulate(actors.reversed()))
        let (x, y) = (a.run(until: Ticks(seconds: 6)), b.run(until: Ticks(seconds: 6)))
        for time in [1.0, 2.7182818, 6] { #expect(x.state(at: Ticks(seconds: time)).bodies == y.state(at: Ticks(seconds: time)).bodies) }
        #expect(x.collisions == y.collisions)
    }

    @Test func statesBetweenStepsAreInterpolated() throws {
        var simulation = try simulate([car("a", speed: 24)])
        let trajectory = simulation.run(until: Ticks(seconds: 2))
        let between = trajectory.state(at: Ticks(seconds: 1 + 0.4 / 240)).bodies[0]
        #expect(abs(between.pose.position.x - (124 + 24 * 0.4 / 240)) < 0.02)
        #expect(trajectory.pose(of: 0, at: Ticks(seconds: 1 + 0.4 / 240)) == between.pose)
        #expect(trajectory.end >= Ticks(seconds: 2))
        // Beyond the end the last stored instant counts; before the start it comes from where it was going.
        #expect(trajectory.pose(of: 0, at: trajectory.end + Ticks(5)) == trajectory.pose(of: 0, at: trajectory.end))
        #expect(abs(trajectory.pose(of: 0, at: Ticks(seconds: -0.5)).position.x - (100 - 12)) < 1e-6)
    }

    @Test func requirementsAreWatched() throws {
        let apart = TemporalRequirement(mode: .always, condition: .binary(.greater, .query(.distance("a", "b")), .constant(0)), text: "apart")
        let slow = TemporalRequirement(mode: .eventually, condition: .binary(.less, .query(.speed("a")), .constant(1)), text: "slow")
        let crash = TemporalRequirement(mode: .never, condition: .query(.collided("a", "b")), text: "no crash")
        var safe = try simulate([car("a", s: 100, speed: 20), car("b", s: 160, speed: 20)], requirements: [apart, crash])
        #expect(safe.run(until: Ticks(seconds: 2)).violation == nil)
        var never = try simulate([car("a", s: 100, speed: 20), car("b", s: 160, speed: 20)], requirements: [apart, slow])
        let broken = never.run(until: Ticks(seconds: 2)).violation
        #expect(broken?.index == 1 && broken?.time == never.time)
        let blind = Behaviour.repeating(call("accelerate", [("to", 20)]), times: nil)
        var crashing = try simulate([car("a", s: 100, speed: 20, do: blind), car("b", s: 120, speed: 0)], requirements: [slow, apart, crash])
        let first = crashing.run(until: Ticks(seconds: 6)).violation
        #expect(first?.index == 1)
        #expect(abs((first?.time.seconds ?? 0) - 15.3 / 20) < 0.03)
    }

    /// A crash in the margin beyond the recording breaks nothing; what comes only there meets nothing.
    @Test func requirementsJudgeTheRecordingAlone() throws {
        let early = TemporalRequirement(mode: .always, condition: .binary(.less, .elapsed, .constant(1.5)), text: "early")
        let late = TemporalRequirement(mode: .eventually, condition: .binary(.greater, .elapsed, .constant(1.5)), text: "late")
        for (requirement, holds) in [(early, true), (late, false)] {
            let world = makeWorld([car("a", s: 100, speed: 20)], requirements: [requirement], duration: 1)
            let road = PlaneRoad()
            var simulation = try Simulation(world: world, initial: start(world, on: road), roads: road)
            #expect((simulation.run(until: Ticks(seconds: 2)).violation == nil) == holds, "\(requirement.text)")
            #expect(simulation.time >= Ticks(seconds: 2))
        }
    }

    /// The scene language offers what the stepper runs, word for word.
    @Test func theSchemaNamesEveryActionAndArgument() {
        let offered = Schema.actions.filter { !$0.isFuture }
        #expect(Set(offered.map(\.name)) == Set(ActionRegistry.catalogue.map(\.name)))
        for (name, parameters) in ActionRegistry.catalogue {
            let action = offered.first { $0.name == name }
            #expect(action?.parameters.map(\.name).sorted() == parameters.map(\.name).sorted(), "\(name)")
            #expect(action?.parameters.filter(\.isRequired).map(\.name) == parameters.filter(\.isRequired).map(\.name), "\(name)")
            #expect(action?.motions.isEmpty == false)
        }
    }

    @Test func pathsOutOfReachAreRefused() {
        for far in [Double.nan, 1e20, .infinity] {
            let path = BehaviourStep(action: "follow", arguments: [.init(name: "path", value: .points([.zero, Vec3(far, 0, 0)]))])
            #expect(throws: Failure.self) { try simulate([car("a", speed: 10, do: .step(path))]) }
        }
    }

    /// There is no lane -9 on the road: the car stays on its own.
    @Test func aLaneThatIsNotThereIsNotTaken() throws {
        let change = BehaviourStep(action: "change_lane", arguments: [.init(name: "to", value: .lane(.fixed(road: "1", lane: -9)))])
        var simulation = try simulate([car("a", s: 100, speed: 20, do: .step(change))])
        let body = simulation.run(until: Ticks(seconds: 4)).state(at: Ticks(seconds: 4)).bodies[0]
        #expect(body.lane?.lane == -1 && abs(body.lane?.left ?? 9) < 0.1)
    }

    @Test func unknownActionsAreNamed() {
        #expect(throws: Failure.self) { try simulate([car("a", speed: 10, do: call("fly"))]) }
        do {
            _ = try simulate([car("a", speed: 10, do: .sequence([call("fly"), call("brake", [("hard", 1)]), call("change_lane")]))])
        } catch let failure as Failure {
            #expect(failure.diagnostics.map(\.code) == ["unknown-action", "unknown-argument", "missing-argument"])
        } catch { Issue.record("wrong error") }
    }

    @Test func twentyVehiclesAreQuick() throws {
        let actors = (0..<20).map { (i: Int) -> ConcreteActor in car("car\(i)", lane: -1 - i % 2, s: 100 + 30 * Double(i / 2), speed: 22 + Double(i % 4)) }
        var simulation = try simulate(actors)
        let begin = cpuSeconds()
        _ = simulation.run(until: Ticks(seconds: 4))
        let time = cpuSeconds() - begin
        print("20 vehicles x 4 s: \(time) s of CPU")
        #expect(time < 0.5)
    }
}
