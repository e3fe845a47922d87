import Foundation
import SquallDynamics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene
import SquallWorld
import Testing

/// Labels of motion against the poses themselves, over whole scenes.
@Suite struct MotionTruth {
    private func build(_ actors: [ConcreteActor], road: String?, duration: Double = 4) throws -> World {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let catalogue = FileCatalogue(directory: root.appendingPathComponent("Scenes/roads").path, library: .builtIn())
        var record = Recording()
        record.duration = duration
        return try World.build(scene: ConcreteScene(title: "motion", road: road, actors: actors.sorted { $0.path < $1.path }, record: record), catalogue: catalogue)
    }
    private func on(
        _ road: String, _ lane: Int, _ s: Double, _ path: String, _ asset: String, _ speed: Double, left: Double = 0, do behaviour: Behaviour = .sequence([])
    ) -> ConcreteActor {
        ConcreteActor(
            path: path, asset: asset, category: Archetype.named(asset)?.category ?? .car, placement: .lane(LanePosition(road: road, lane: lane, s: s, left: left)), speed: speed,
            behaviour: behaviour)
    }

    /// The largest differences between labels and central differences over one step either way, over every step of all that moves,
    /// and `mean` those to differences over the step before, which a label is the mean of. What collides is left out for the step of the blow.
    private func worst(_ world: World) throws -> (velocity: Double, spin: Double, mean: Double, fastest: Double, quickest: Double) {
        let trajectory = try Simulation.play(world)
        let step = Simulation.stepSpan
        var worst = (velocity: 0.0, spin: 0.0, mean: 0.0, fastest: 0.0, quickest: 0.0)
        for number in 1..<(trajectory.steps - 1) {
            let time = step * number
            let (before, now, after) = (trajectory.state(at: time - step), trajectory.state(at: time), trajectory.state(at: time + step))
            let struck = Set(trajectory.collisions(after: time - step - step, through: time + step).flatMap { [Int($0.first) - 1, Int($0.second) - 1] })
            let span = 2 * step.seconds
            for (index, object) in world.objects.enumerated() where object.actor != nil && !object.isStatic && !struck.contains(index) {
                let (a, b) = (before.bodies[index].pose, after.bodies[index].pose)
                let velocity = (b.position - a.position) / span
                let spin = (b.rotation * a.rotation.conjugate).rotationVector / span
                let body = now.bodies[index]
                let (moved, turned) = (body.pose.position - a.position, (body.pose.rotation * a.rotation.conjugate).rotationVector)
                worst.mean = max(worst.mean, (body.velocity - moved / step.seconds).length, (body.angularVelocity - turned / step.seconds).length)
                worst.velocity = max(worst.velocity, (body.velocity - velocity).length)
                worst.spin = max(worst.spin, (body.angularVelocity - spin).length)
                (worst.fastest, worst.quickest) = (max(worst.fastest, velocity.length), max(worst.quickest, spin.length))
            }
        }
        return worst
    }

    @Test("on a winding, hilly road, braking and changing speed, labels of motion are what the poses do") func vehicles() throws {
        let cars = [
            on("1", -1, 30, "a", "sedan", 18, do: .sequence([.step(BehaviourStep(action: "follow_lane", arguments: [])), call("brake", [("at", 6)])])),
            on("1", -1, 80, "b", "semi", 16), on("1", 1, 200, "c", "van", 15, do: call("brake", [("at", 8)])),
        ]
        let found = try worst(build(cars, road: "curves_elevation.xodr"))
        // Half a step behind: by half of 10 m/s² times 1/240 s, and by half of what the springs' motion changes by when a brake lets go.
        #expect(found.mean < 1e-6 && found.velocity < 0.1 && found.spin < 0.05, "\(found)")
        #expect(found.fastest > 14 && found.quickest > 0.02)
    }

    @Test("of a walker that turns to cross and of a car that goes round a bend in town too") func walkers() throws {
        let actors = [
            on("0", -1, 88, "walker", "adult", 0, left: -3, do: call("cross", [("distance", 7), ("speed", 1.5)])), on("0", -1, 40, "ego", "sedan", 8),
        ]
        let found = try worst(build(actors, road: "simple_4way_intersection.xodr"))
        #expect(found.mean < 1e-6 && found.velocity < 0.05 && found.spin < 0.06, "\(found)")
        #expect(found.quickest > 1.5, "the walker turns")
    }

    @Test("a body that was struck is where its velocity takes it") func struck() throws {
        let actors = [on("0", -3, 50, "a", "sedan", 20), on("0", -3, 66, "b", "sedan", 2, left: 0.6), on("0", -2, 60, "c", "van", 22)]
        let found = try worst(build(actors, road: "e6mini.xodr"))
        // Pushes that part overlapping bodies come and go from step to step.
        #expect(found.velocity < 1 && found.spin < 1, "\(found)")
    }

    @Test("a walker told to cross turns square to the road at a person's pace, then goes straight over it") func turning() throws {
        let world = try build([on("0", -1, 50, "walker", "adult", 0, left: -3, do: call("cross", [("speed", 1.5)]))], road: "simple_4way_intersection.xodr")
        let trajectory = try Simulation.play(world)
        var (last, fastest) = (trajectory.pose(of: 0, at: .zero), 0.0)
        for number in 1..<trajectory.steps {
            let pose = trajectory.pose(of: 0, at: Simulation.stepSpan * number)
            fastest = max(fastest, abs(wrapAngle(pose.rotation.yaw - last.rotation.yaw)) * 240)
            last = pose
        }
        #expect(fastest > 1 && fastest < 2.6)
        let (start, early, end) = (trajectory.pose(of: 0, at: .zero), trajectory.pose(of: 0, at: Ticks(seconds: 0.2)), last)
        #expect(abs(wrapAngle(early.rotation.yaw - start.rotation.yaw)) < 0.5, "no jump")
        #expect(abs(abs(wrapAngle(end.rotation.yaw - start.rotation.yaw)) - .pi / 2) < 0.02)
        #expect(abs(end.position.x - start.position.x) < 0.05 && abs(end.position.y - start.position.y) > 3)
    }

    /// The lowest vertex of a walker above the ground under it, metres, at many instants.
    private func clearances(_ world: World, seconds: ClosedRange<Double>) throws -> [Double] {
        let trajectory = try Simulation.play(world)
        let index = try #require(world.objects.firstIndex { $0.path == "walker" })
        return stride(from: seconds.lowerBound, through: seconds.upperBound, by: 0.05).map { time in
            let state = trajectory.state(at: Ticks(seconds: time))
            let levels = world.levels(in: state, from: state.bodies[index].pose.position)
            return world.instances(in: state, levels: levels).filter { Int($0.object) == index + 1 }.reduce(.infinity) { least, instance in
                (instance.shape?.positions ?? world.meshes[Int(instance.mesh)].positions).reduce(least) { least, vertex in
                    let p = instance.transform * Vec3(vertex)
                    return min(least, p.z - world.groundHeight(p.xy))
                }
            }
        }
    }

    @Test("on a plane the sole of a walker touches the ground at every phase of its gait") func soleOnAPlane() throws {
        let actor = ConcreteActor(path: "walker", asset: "adult", category: .person, placement: .ground(.zero, heading: 0.3), speed: 1.4)
        let found = try clearances(build([actor], road: nil), seconds: 0...4)
        #expect(found.allSatisfy { abs($0) < 0.003 }, "\(found)")
    }

    @Test("and over the verge and the lanes of a town: never in the ground, at most a step above it") func soleInTown() throws {
        let found = try clearances(
            build([on("0", -1, 50, "walker", "adult", 0, left: -3, do: call("cross", [("speed", 1.5)]))], road: "simple_4way_intersection.xodr"), seconds: 0...4)
        #expect(found.allSatisfy { $0 > -0.013 && $0 < 0.03 }, "\(found)")
    }
}
