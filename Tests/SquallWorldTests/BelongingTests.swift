import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene
import SquallWorld
import Testing

/// People with something in hand: it goes with the hand, the box holds it, the weather decides where nobody says.
@Suite struct BelongingTests {
    private static let catalogue = FileCatalogue(directory: ".", library: .builtIn())

    private static func person(_ path: String, _ asset: String, _ holds: Belonging?, behaviour: Behaviour = .sequence([])) -> ConcreteActor {
        var actor = ConcreteActor(path: path, asset: asset, category: .person, placement: .pose(.identity), behaviour: behaviour)
        actor.holds = holds
        return actor
    }

    /// All vertices of the finest level in the body frame.
    private static func vertices(_ world: World, _ state: WorldState) -> [Vec3] {
        world.instances(in: state, levels: [0]).filter { $0.object == 1 }.flatMap { instance -> [Vec3] in
            let positions = instance.shape?.positions ?? world.meshes[Int(instance.mesh)].positions
            return positions.map { instance.transform * Vec3($0) }
        }
    }

    @Test("an umbrella is over the head at every step, in the hand, and in the box", arguments: ["adult", "child", "elder"], [0.0, 1.3])
    func umbrella(asset: String, pace: Double) throws {
        let world = try World.build(scene: ConcreteScene(title: "t", actors: [Self.person("a", asset, .umbrella)]), catalogue: Self.catalogue)
        var state = try world.initialState()
        let object = world.objects[0], figure = try #require(object.figure)
        for step in 0..<8 {
            state.bodies[0].joints = Posture(stride: Double(step) / 8, pace: pace).numbers
            let box = world.box(of: object, state.bodies[0]), points = Self.vertices(world, state)
            let bounds = BoundingBox(containing: points.map { Vec3f($0) })
            #expect((Vec3(bounds.center) - box.center).length < 2e-3 && (Vec3(bounds.size) - box.size).length < 2e-3, "step \(step)")
            let named = Dictionary(uniqueKeysWithValues: zip(figure.keypoints.map(\.name), world.keypoints(object, state.bodies[0]).map(\.position)))
            let nose = try #require(named["nose"]), wrist = try #require(named["left_wrist"])
            // Nothing of a person is that much higher than the nose: what is there is cloth, and its middle lies over the head.
            let scale = object.boxSize.z / 1.76, cloth = points.filter { $0.z > nose.z + 0.25 * scale }
            let middle = cloth.reduce(.zero, +) / Double(max(1, cloth.count))
            #expect(cloth.count > 50 && (middle - nose).xy.length < 0.25 * scale, "step \(step): \(cloth.count) about \(middle), nose \(nose)")
            #expect(points.contains { ($0 - wrist).length < 0.09 } && wrist.z > 0.55 * object.boxSize.z)
            #expect(box.size.y > 0.9 * object.boxSize.z / 1.76)
        }
    }

    @Test("a bag hangs below the hand", arguments: [Belonging.handBag, .shoppingBag]) func bag(_ bag: Belonging) throws {
        let actors = [Self.person("a", "adult", bag)], free = [Self.person("a", "adult", .nothing)]
        let world = try World.build(scene: ConcreteScene(title: "t", actors: actors), catalogue: Self.catalogue)
        let empty = try World.build(scene: ConcreteScene(title: "t", actors: free), catalogue: Self.catalogue)
        var state = try world.initialState()
        state.bodies[0].joints = Posture(stride: 0.3, pace: 1.2).numbers
        let wrist = try #require(zip(world.objects[0].figure?.keypoints.map(\.name) ?? [], world.keypoints(world.objects[0], state.bodies[0])).first { $0.0 == "left_wrist" }?.1.position)
        let below = Self.vertices(world, state).filter { ($0 - wrist).xy.length < 0.25 && $0.z < wrist.z - 0.3 && $0.y > 0.2 }
        #expect(below.count > 20)
        // What it holds leaves the box of the body as it is.
        #expect(world.objects[0].boxSize == empty.objects[0].boxSize)
    }

    @Test("what is held carries nobody: who sits with a bag or falls with an umbrella lies where the empty-handed do", arguments: [
        (Belonging.shoppingBag, Posture([0, 0, 1])), (.umbrella, Posture([0, 0, 0, 1])), (.handBag, Posture(stride: 0.2, pace: 1.2)),
    ]) func grounding(_ held: Belonging, _ posture: Posture) throws {
        let heights = try [held, .nothing].map { belonging -> Double in
            let world = try World.build(scene: ConcreteScene(title: "t", actors: [Self.person("a", "adult", belonging)]), catalogue: Self.catalogue)
            var state = try world.initialState()
            state.bodies[0].joints = posture.numbers
            let points = zip(world.objects[0].figure?.keypoints.map(\.name) ?? [], world.keypoints(world.objects[0], state.bodies[0]).map(\.position))
            return try #require(points.first { $0.0 == "left_hip" }?.1.z)
        }
        #expect(abs(heights[0] - heights[1]) < 0.01, "\(heights)")
    }

    @Test("in the rain half of the grown people have umbrellas, in the dry none has") func weather() throws {
        func share(rain: Double, _ asset: String, _ behaviour: Behaviour = .sequence([])) throws -> Double {
            let actors = (0..<160).map { Self.person("p[\($0)]", asset, nil, behaviour: behaviour) }
            var scene = ConcreteScene(title: "t", actors: actors)
            scene.weather.rainRate = .constant(rain * 1e-3 / 3600)
            let world = try World.build(scene: scene, catalogue: Self.catalogue)
            return Double(world.objects.filter { $0.figure?.holdsAloft == true }.count) / Double(actors.count)
        }
        // 160 draws of 0.55: three standard errors are 0.12.
        #expect(abs(try share(rain: 5, "adult") - 0.55) < 0.12)
        #expect(try share(rain: 0.1, "adult") == 0)
        #expect(try share(rain: 5, "child") == 0)
        #expect(try share(rain: 5, "adult", .step(BehaviourStep(action: "run"))) == 0)
    }
}
