import SquallAssets
import SquallFrames
import SquallGeometry
import SquallLabels
import SquallMath
import SquallRun
import SquallScene
import SquallWorld
import Testing

/// Boxes and keypoints of people and animals, whatever they do.
@Suite struct PosedBoxTests {
    @Test("boxes of who sits, falls or waves are tight on six sides, and hold the keypoints", arguments: ["adult", "child", "elder", "deer"], [0.05, 0.5, 1.0])
    func tight(name: String, share: Double) throws {
        let actor = ConcreteActor(path: "one", asset: name, category: .person, placement: .ground(Vec2(3, 4), heading: 0.7))
        let world = try World.build(scene: ConcreteScene(title: "pose", seed: 1, road: nil, actors: [actor]), catalogue: FileCatalogue(directory: "/", library: .builtIn()))
        let rest = world.objects[0].boxSize
        for posture in [\Posture.sitting, \.falling, \.waving] {
            var posed = Posture()
            posed[keyPath: posture] = share
            var state = try world.initialState()
            state.bodies[0].joints = posed.numbers
            let object = try #require(world.objectStates(in: state).first)
            let inverse = object.box.pose.inverse
            var bounds = (lower: Vec3(repeating: .infinity), upper: Vec3(repeating: -.infinity))
            for instance in world.instances(in: state, levels: [0]) where instance.object == 1 {
                for p in instance.shape?.positions ?? world.meshes[Int(instance.mesh)].positions {
                    let q = inverse * (instance.transform * Vec3(p))
                    bounds = (pointwiseMin(bounds.lower, q), pointwiseMax(bounds.upper, q))
                }
            }
            let half = object.box.size / 2
            #expect((bounds.lower + half).length < 1e-3 && (bounds.upper - half).length < 1e-3, "\(name) \(posture) \(share): \(bounds) in \(half)")
            for point in object.keypoints {
                let q = inverse * point.position
                #expect(abs(q.x) < half.x + 0.03 && abs(q.y) < half.y + 0.03 && abs(q.z) < half.z + 0.03, "\(name) \(posture) \(share): a keypoint at \(q)")
            }
            if posture == \.falling, share == 1 { #expect(object.box.size.z < 0.55 * rest.z && object.box.size.max() > 0.8 * rest.max()) }
        }
    }
}
