import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRays
import SquallWorld
import Testing

/// The rasterizer against exact rays, against itself with other workers, and against closed forms.
@Suite struct VisibilityTruthTests {
    @Test(arguments: [1, 4]) func agreesWithRays(samples: Int) {
        let (meshes, instances) = TestScene.crowd()
        let camera = TestScene.camera(320, 200, focal: 200, pose: Pose(position: Vec3(0.3, 0.1, 0), rotation: Quaternion(yaw: 0.1, pitch: 0.05, roll: 0.2)))
        let frame = TestScene.render(meshes, instances, camera, samples: samples)
        let rays = RayScene(MeshTrees(meshes), instances).visibility(
            width: 320, height: 200, focal: Vec2(200, 200), center: Vec2(160, 100), pose: camera.pose)
        var (different, covered) = (0, 0)
        for pixel in 0..<(320 * 200) where rays.depth[pixel] > 0.11 {
            if rays.instance[pixel] != VisibilityBuffer.nothing { covered += 1 }
            if rays.instance[pixel] != frame.visibility.instance[pixel] {
                different += 1
            } else if rays.instance[pixel] != VisibilityBuffer.nothing, rays.triangle[pixel] == frame.visibility.triangle[pixel] {
                #expect(abs(frame.visibility.depth[pixel] / rays.depth[pixel] - 1) < 0.002)
            }
        }
        #expect(covered > 20_000)
        #expect(different <= 8, "\(different) of 64,000 ids differ")
    }

    @Test(arguments: [1, 4]) func sameBytesForAnyWorkers(samples: Int) {
        let (meshes, instances) = TestScene.crowd()
        let camera = TestScene.camera(333, 211)
        let other = OtherInstant(instances: instances, pose: Pose(position: Vec3(0, 0, 0.4), rotation: Quaternion(yaw: 0.02)))
        let extras = Rasterizer.Extras(forward: other, backward: other, normals: true)
        let frames = [1, 2, 3].map { TestScene.render(meshes, instances, camera, samples: samples, extras: extras, workers: $0) }
        for frame in frames.dropFirst() {
            #expect(frame.visibility.instance == frames[0].visibility.instance)
            #expect(frame.visibility.triangle == frames[0].visibility.triangle)
            #expect(frame.visibility.depth.map(\.bitPattern) == frames[0].visibility.depth.map(\.bitPattern))
            #expect(frame.color.red.map(\.bitPattern) == frames[0].color.red.map(\.bitPattern))
            #expect(frame.flowForward.pixels.map(\.x.bitPattern) == frames[0].flowForward.pixels.map(\.x.bitPattern))
            #expect(frame.normals.pixels == frames[0].normals.pixels)
        }
    }

    @Test func labelsDoNotDependOnColorSamples() {
        let (meshes, instances) = TestScene.crowd()
        let camera = TestScene.camera(320, 200, focal: 200)
        let (one, four) = (TestScene.render(meshes, instances, camera), TestScene.render(meshes, instances, camera, samples: 4))
        #expect(one.visibility.instance == four.visibility.instance)
        #expect(one.visibility.triangle == four.visibility.triangle)
        #expect(one.visibility.depth == four.visibility.depth)
    }

    /// A ground plane that passes under the eye and beyond the guard band: depth is height over slope at every pixel below the horizon.
    @Test func groundAcrossTheNearPlane() {
        let ground = Mesh(
            positions: [Vec3f(-3000, 1.5, -3000), Vec3f(3000, 1.5, -3000), Vec3f(3000, 1.5, 3000), Vec3f(-3000, 1.5, 3000)],
            normals: Array(repeating: Vec3f(0, -1, 0), count: 4), indices: [0, 1, 2, 0, 2, 3])
        let frame = TestScene.render([ground], [TestScene.instance(0, 0)], TestScene.camera(640, 400))
        for y in 0..<400 {
            for x in stride(from: 0, to: 640, by: 7) {
                let slope = (Double(y) + 0.5 - 200) / 640
                let depth = Double(frame.visibility.depth[y * 640 + x])
                if slope > 1.5 / 3000 * 1.01 {
                    #expect(abs(depth * slope / 1.5 - 1) < 1e-4, "row \(y)")
                } else if slope < 0 {
                    #expect(depth == .infinity)
                }
            }
        }
    }

    /// Edges through pixel centres: the left and the upper edge belong to a surface, the right and the lower do not.
    @Test func topLeftRule() {
        // At depth 64 with focal length 64 a metre is a pixel; the image centre is at (32, 32).
        let camera = TestScene.camera(64, 64, focal: 64)
        let plates = [
            TestScene.plate(x: -16.5...(-4.5), y: -10.5...7.5, depth: 64), TestScene.plate(x: -4.5...9.5, y: -10.5...7.5, depth: 64),
            TestScene.plate(x: -16.5...9.5, y: 7.5...20.5, depth: 64),
        ]
        let frame = TestScene.render(plates, (0..<3).map { TestScene.instance($0, $0 + 1) }, camera)
        for y in 0..<64 {
            for x in 0..<64 {
                let (px, py) = (Float(x) + 0.5 - 32, Float(y) + 0.5 - 32)
                var expected = VisibilityBuffer.nothing
                if (-16.5..<(-4.5)).contains(px), (-10.5..<7.5).contains(py) { expected = 0 }
                if (-4.5..<9.5).contains(px), (-10.5..<7.5).contains(py) { expected = 1 }
                if (-16.5..<9.5).contains(px), (7.5..<20.5).contains(py) { expected = 2 }
                #expect(frame.visibility.instance[y * 64 + x] == expected, "pixel \(x), \(y)")
            }
        }
    }

    /// The rotated grid sees a vertical edge in quarter steps, labels only at the centre.
    @Test(arguments: [(0.0, 1.0), (0.25, 0.75), (0.5, 0.5), (0.75, 0.25)]) func edgeCoverage(shift: Double, share: Double) {
        let camera = TestScene.camera(64, 64, focal: 64)
        let plate = TestScene.plate(x: Float(shift)...20, y: -20...20, depth: 64)
        let frame = TestScene.render([plate], [TestScene.instance(0, 1)], camera, samples: 4)
        let inside = frame.color.red[32 * 64 + 40]
        #expect(inside > 0.5)
        #expect(abs(frame.color.red[32 * 64 + 32] / inside - Float(share)) < 1e-5)
        #expect((frame.visibility.instance[32 * 64 + 32] == 0) == (shift <= 0.5))
    }
}
