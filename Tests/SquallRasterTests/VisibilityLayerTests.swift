import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallWorld
import Testing

/// Glass, alpha masks, flow, normals, the depth pass and the lone pass.
@Suite struct VisibilityLayerTests {
    private let camera = TestScene.camera(64, 64, focal: 64)

    @Test(arguments: [1, 4]) func glassIsSeenAndSeenThrough(samples: Int) {
        let materials = [TestScene.gray, Material(name: "pane", baseColor: Vec3f(repeating: 0.04), alpha: .glass(transmission: 0.5))]
        let meshes = [TestScene.plate(x: -20...20, y: -20...20, depth: 64), TestScene.plate(x: -5...5, y: -5...5, depth: 32, slot: 1)]
        let far = TestScene.plate(x: -30...30, y: -5...5, depth: 80, slot: 1)
        let frame = TestScene.render(
            meshes + [far], (0..<3).map { TestScene.instance($0, $0 + 1) }, camera, materials: materials, samples: samples)
        let (center, beside) = (32 * 64 + 32, 32 * 64 + 20)
        #expect(frame.visibility.instance[center] == 1 && frame.visibility.glass[center] && abs(frame.visibility.depth[center] - 32) < 1e-3)
        #expect(frame.visibility.instance[beside] == 0 && !frame.visibility.glass[beside])
        // The referee's glass lets half through and adds half of its own paint: sqrt(0.04) / 2.
        let wall = frame.color.red[beside]
        #expect(abs(frame.color.red[center] - (wall * 0.5 + 0.1)) < 1e-5)
        // Glass behind the wall's edge shows over the sky, behind the wall it does not.
        #expect(frame.visibility.instance[32 * 64 + 10] == 2 && frame.visibility.glass[32 * 64 + 10])
    }

    @Test func alphaMaskCutsHoles() {
        // Left half of the texture transparent.
        let pixels = (0..<16).map { RGBA8(255, 255, 255, $0 % 4 < 2 ? 0 : 255) }
        let texture = Texture(name: "half", image: Image(width: 4, height: 4, pixels: pixels), srgb: true)
        let leaf = Material(name: "leaf", baseColor: Vec3f(repeating: 0.5), alpha: .mask(0.5), baseColorTexture: 0)
        let meshes = [TestScene.plate(x: -16...16, y: -16...16, depth: 64)]
        let frame = TestScene.render(meshes, [TestScene.instance(0, 1)], camera, materials: [leaf], textures: [texture])
        for x in 0..<64 {
            let inside = x >= 32 && x < 48
            #expect((frame.visibility.instance[32 * 64 + x] == 0) == inside, "column \(x)")
        }
        // The same holes in a shadow map: one metre a pixel.
        let pool = WorkerPool(workers: 1)
        var depth: [Float] = []
        Rasterizer(PreparedMeshes(meshes: meshes, materials: [leaf], textures: [texture])).renderDepth(
            [TestScene.instance(0, 1)], camera: OrthographicCamera(pose: .identity, halfWidth: 32, halfHeight: 32, near: 0, far: 100), width: 64, height: 64,
            pool: pool, into: &depth)
        for x in 0..<64 { #expect((depth[32 * 64 + x] < 100) == (x >= 32 && x < 48), "column \(x)") }
    }

    /// More masked triangles in one tile than it has samples: a tree's leaves, all holes.
    @Test func manyMaskedTrianglesInOneTile() {
        let texture = Texture(name: "air", image: Image(width: 1, height: 1, pixels: [RGBA8(255, 255, 255, 0)]), srgb: true)
        let leaf = Material(name: "leaf", baseColor: Vec3f(repeating: 0.5), alpha: .mask(0.5), doubleSided: true, baseColorTexture: 0)
        var (positions, coordinates, indices): ([Vec3f], [Vec2f], [UInt32]) = ([], [], [])
        for k in 0..<60_000 {
            let (x, y) = (Float(TestScene.unit(1, UInt64(k)) * 50 - 28), Float(TestScene.unit(2, UInt64(k)) * 50 - 28))
            let base = UInt32(positions.count)
            for corner in [Vec2f(0, 0), Vec2f(3, 0), Vec2f(0, 3)] {
                positions.append(Vec3f(x + corner.x, y + corner.y, 64 - Float(k) * 1e-4))
                coordinates.append(corner)
            }
            indices += [base, base + 2, base + 1]
        }
        let leaves = Mesh(positions: positions, normals: Array(repeating: Vec3f(0, 0, -1), count: positions.count), textureCoordinates: coordinates, indices: indices)
        let wall = TestScene.plate(x: -80...80, y: -80...80, depth: 80, slot: 0)
        let frame = TestScene.render(
            [leaves, wall], [TestScene.instance(0, 1, base: 1), TestScene.instance(1, 2)], camera, materials: [TestScene.gray, leaf], textures: [texture])
        #expect(frame.visibility.instance.allSatisfy { $0 == 1 })
    }

    /// However wide the picture, what hangs over its edge counts: margins of a whole width do not fit beside 3840 columns.
    @Test(arguments: [1300, 1600, 3840, 4096]) func truncationOfWidePictures(width: Int) {
        let w = Float(width)
        let camera = TestScene.camera(width, 64, focal: 64)
        let pool = WorkerPool(workers: 1)
        defer { pool.close() }
        // One metre a pixel: a plate over the left edge, from 3/4 of a width outside to 1/4 inside; one whole inside; one all outside.
        let meshes = [
            TestScene.plate(x: -1.25 * w...(-0.25 * w), y: -10...10, depth: 64), TestScene.plate(x: -20...20, y: -10...10, depth: 64),
            TestScene.plate(x: 0.6 * w...0.8 * w, y: -10...10, depth: 64),
        ]
        let lone = Rasterizer(PreparedMeshes(meshes: meshes, materials: [TestScene.gray])).lone(
            [0..<1, 1..<2, 2..<3], of: (0..<3).map { TestScene.instance($0, $0 + 1) }, camera: camera, margin: width, pool: pool)
        #expect(abs(lone[0].truncation - 0.75) < 0.01 && lone[0].inside == width / 4 * 20)
        #expect(lone[1].truncation == 0 && lone[1].inside == 800)
        #expect(lone[2].truncation == 1 && lone[2].inside == 0)
    }

    @Test func flowFollowsObjectsAndCamera() {
        let meshes = [TestScene.plate(x: -4...4, y: -4...4, depth: 16), TestScene.plate(x: -200...200, y: -200...200, depth: 400)]
        let now = [TestScene.instance(0, 1), TestScene.instance(1, 2)]
        var then = now
        let move = Affine(Pose(position: Vec3(0.5, -0.25, 1), rotation: Quaternion(yaw: 0.1)))
        then[0].transform = move
        let pose = Pose(position: Vec3(0.2, 0, 0.5), rotation: Quaternion(yaw: 0, pitch: 0.03))
        let frame = TestScene.render(meshes, now, camera, extras: .init(forward: OtherInstant(instances: then, pose: pose)))
        var objects = Set<UInt32>()
        for y in stride(from: 0, to: 64, by: 3) {
            for x in 0..<64 {
                let pixel = Vec2(Double(x) + 0.5, Double(y) + 0.5)
                let seen = frame.visibility.instance[y * 64 + x]
                objects.insert(seen)
                let ray = camera.camera.unproject(pixel, depth: 1)
                var there: Vec3
                switch seen {
                case 0: there = pose.inverse * (move * (ray * 16))
                case 1: there = pose.inverse * (ray * 400)
                default: there = pose.rotation.conjugate * ray
                }
                let expected = camera.camera.project(there).pixel - pixel
                let flow = frame.flowForward[x, y]
                #expect(abs(Double(flow.x) - expected.x) < 1e-3 && abs(Double(flow.y) - expected.y) < 1e-3, "pixel \(x), \(y)")
            }
        }
        #expect(objects == [0, 1])
        let sky = TestScene.render([], [], camera, extras: .init(forward: OtherInstant(instances: [], pose: pose)))
        let expected = camera.camera.project(pose.rotation.conjugate * camera.camera.unproject(Vec2(10.5, 20.5), depth: 1)).pixel - Vec2(10.5, 20.5)
        #expect(abs(Double(sky.flowForward[10, 20].x) - expected.x) < 1e-3 && abs(Double(sky.flowForward[10, 20].y) - expected.y) < 1e-3)
    }

    @Test func normalsAreInCameraAxesAndFaceTheEye() {
        var material = TestScene.gray
        material.doubleSided = true
        let pose = Pose(position: Vec3(0, 0, 64), rotation: Quaternion(axis: Vec3(0, 1, 0), angle: .pi))
        let behind = RasterCamera(pose: pose, camera: camera.camera, near: 0.1)
        let meshes = [TestScene.plate(x: -8...8, y: -8...8, depth: 32)]
        for view in [camera, behind] {
            let frame = TestScene.render(meshes, [TestScene.instance(0, 1)], view, materials: [material], extras: .init(normals: true))
            let normal = frame.normals[32, 32]
            #expect((normal - Vec3f(0, 0, -1)).length < 1e-5)
            #expect(frame.normals[0, 0] == .zero)
        }
        // One-sided, the plate is not there from behind.
        #expect(TestScene.render(meshes, [TestScene.instance(0, 1)], behind).visibility.instance[32 * 64 + 32] == VisibilityBuffer.nothing)
    }

    @Test func depthPassMeasuresAlongTheAxis() {
        let (meshes, instances) = ([TestScene.ball(24, radius: 3, seed: 9)], [TestScene.instance(0, 1, Affine(Pose(position: Vec3(1, 2, 20))))])
        let view = OrthographicCamera(pose: Pose(position: Vec3(0, 0, 2)), halfWidth: 10, halfHeight: 5, near: 0, far: 40)
        let prepared = PreparedMeshes(meshes: meshes + [TestScene.plate(x: -8...8, y: -4...4, depth: 30)], materials: [TestScene.gray])
        var maps: [[Float]] = []
        for workers in [1, 3] {
            var depth: [Float] = []
            let pool = WorkerPool(workers: workers)
            Rasterizer(prepared).renderDepth(instances + [TestScene.instance(1, 2)], camera: view, width: 200, height: 100, pool: pool, into: &depth)
            pool.close()
            maps.append(depth)
        }
        #expect(maps[0] == maps[1])
        let center = maps[0][(50 + 20) * 200 + 100 + 10]
        #expect(center > 14 && center < 15.1)   // front of the bumpy ball, 3...3.6 m before its centre at 18 m
        #expect(abs(maps[0][20 * 200 + 30] - 28) < 1e-3)
        #expect(maps[0][0] == .infinity)
    }

    @Test func lonePassCountsWhatOthersHide() {
        let (meshes, instances) = TestScene.crowd()
        let camera = TestScene.camera(320, 200, focal: 200)
        let frame = TestScene.render(meshes, instances, camera)
        let rasterizer = Rasterizer(PreparedMeshes(meshes: meshes, materials: [TestScene.gray]))
        let objects = instances.indices.map { $0..<($0 + 1) }
        var answers: [[LoneCoverage]] = []
        for workers in [1, 3] {
            let pool = WorkerPool(workers: workers)
            answers.append(rasterizer.lone(objects, of: instances, camera: camera, margin: 320, pool: pool))
            pool.close()
        }
        #expect(answers[0] == answers[1])
        for index in instances.indices {
            let alone = TestScene.render(meshes, [instances[index]], camera).visibility.instance.count { $0 == 0 }
            #expect(answers[0][index].inside == alone)
            let visible = frame.visibility.instance.indices.filter { frame.visibility.instance[$0] == UInt32(index) }
            #expect(visible.count <= alone)
            for pixel in visible {
                #expect(answers[0][index].columns?.contains(pixel % 320) == true && answers[0][index].rows?.contains(pixel / 320) == true)
            }
        }
        // A plate that is cut in half by the image's left edge.
        let half = Rasterizer(PreparedMeshes(meshes: [TestScene.plate(x: -42...(-22), y: -10...10, depth: 64)], materials: [TestScene.gray]))
        let pool = WorkerPool(workers: 1)
        let coverage = half.lone([0..<1], of: [TestScene.instance(0, 1)], camera: self.camera, margin: 64, pool: pool)[0]
        #expect(coverage.inside == 200 && coverage.total == 400 && coverage.truncation == 0.5)
        #expect(coverage.columns == 0...9 && coverage.rows == 22...41)
    }
}
