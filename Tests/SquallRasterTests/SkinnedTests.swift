import SquallAssets
import SquallFrames
import SquallGeometry
import SquallLife
import SquallMath
import SquallRaster
import SquallRays
import SquallWorld
import Testing

/// Bodies that bend are the same for rasterizer, rays and flow.
@Suite struct SkinnedTests {
    /// Three walkers in the camera's frame (x right, y down), at a share of their stride.
    private func crowd(_ mesh: Mesh, _ figure: Figure, _ stride: Double) -> [MeshInstance] {
        (0..<3).map { k in
            let upright = Affine(x: Vec3(0.3, 0, 0.95), y: Vec3(0.95, 0, -0.3), z: Vec3(0, -1, 0), translation: Vec3(Double(k) * 1.1 - 1.1, 1 + 0.1 * stride, 4 + 0.6 * Double(k)))
            let shape = mesh.deformed(by: figure.bones(Posture(stride: stride + 0.3 * Double(k), pace: 1.4)))
            return MeshInstance(mesh: 0, object: UInt16(k + 1), category: 0, materialBase: 0, transform: upright, shape: shape)
        }
    }

    private func walker() throws -> (mesh: Mesh, figure: Figure) {
        let asset = try AssetLibrary(LivingShapes.all).asset(named: "adult")
        var mesh = try #require(asset.levels.dropFirst().first?.pieces.first).mesh
        for k in mesh.parts.indices { mesh.parts[k].slot = 0 }
        return (mesh, try #require(asset.figure))
    }

    private let camera = TestScene.camera(320, 240, focal: 300)

    @Test func raysSeeTheSameShape() throws {
        let (mesh, figure) = try walker()
        let instances = crowd(mesh, figure, 0.1)
        let frame = TestScene.render([mesh], instances, camera)
        let rays = RayScene(MeshTrees([mesh]) { _, _ in RaySurface(.singleSided) }, instances).visibility(
            width: 320, height: 240, focal: Vec2(300, 300), center: Vec2(160, 120), pose: camera.pose)
        var (different, covered) = (0, 0)
        for pixel in rays.instance.indices {
            if rays.instance[pixel] != VisibilityBuffer.nothing { covered += 1 }
            if rays.instance[pixel] != frame.visibility.instance[pixel] {
                different += 1
            } else if rays.triangle[pixel] == frame.visibility.triangle[pixel], rays.instance[pixel] != VisibilityBuffer.nothing {
                #expect(abs(frame.visibility.depth[pixel] / rays.depth[pixel] - 1) < 0.002)
            }
        }
        #expect(covered > 4000, "\(covered)")
        #expect(different <= 12, "\(different) of \(covered)")
        // The pose matters: the rest pose is seen elsewhere.
        let resting = TestScene.render([mesh], instances.map { var i = $0; i.shape = nil; return i }, camera)
        #expect(zip(resting.visibility.instance, frame.visibility.instance).filter { $0 != $1 }.count > 500)
    }

    /// Each point of a triangle keeps its barycentric coordinates: the flow must lead to where they are then.
    @Test func flowFollowsTheSkin() throws {
        let (mesh, figure) = try walker()
        let (now, then) = (crowd(mesh, figure, 0.1), crowd(mesh, figure, 0.17))
        let pose = Pose(position: Vec3(0.05, 0, 0.1), rotation: Quaternion(yaw: 0.01))
        let frame = TestScene.render([mesh], now, camera, extras: .init(forward: OtherInstant(instances: then, pose: pose)))
        var (judged, moved) = (0, 0.0)
        for pixel in stride(from: 0, to: 320 * 240, by: 7) where frame.visibility.instance[pixel] != VisibilityBuffer.nothing {
            let (index, triangle) = (Int(frame.visibility.instance[pixel]), Int(frame.visibility.triangle[pixel]))
            let (a, b) = (now[index].corners(triangle, of: mesh), then[index].corners(triangle, of: mesh))
            let at = Vec2(Double(pixel % 320) + 0.5, Double(pixel / 320) + 0.5)
            let ray = camera.camera.unproject(at, depth: 1)
            let (e1, e2) = (a.1 - a.0, a.2 - a.0)
            let n = cross(e1, e2)
            guard n.length > 1e-6, abs(dot(n.normalized, ray)) > 0.05 else { continue }
            let point = ray * (dot(a.0, n) / dot(ray, n)) - a.0
            let (u, v) = (dot(cross(point, e2), n) / dot(n, n), dot(cross(e1, point), n) / dot(n, n))
            let end = camera.camera.project(pose.inverse * (b.0 + (b.1 - b.0) * u + (b.2 - b.0) * v)).pixel
            let flow = frame.flowForward.pixels[pixel]
            #expect((at + Vec2(Double(flow.x), Double(flow.y)) - end).length < 0.02)
            judged += 1
            moved = max(moved, (end - at).length)
        }
        #expect(judged > 500)
        #expect(moved > 5, "limbs move: \(moved)")
    }

    @Test func sameBytesForAnyWorkersAndAfterAnyFrame() throws {
        let (mesh, figure) = try walker()
        let (now, then) = (crowd(mesh, figure, 0.1), crowd(mesh, figure, 0.6))
        let extras = Rasterizer.Extras(forward: OtherInstant(instances: then, pose: camera.pose), normals: true)
        let frames = [1, 2, 3].map { TestScene.render([mesh], now, camera, samples: 4, extras: extras, workers: $0) }
        let pool = WorkerPool(workers: 2)
        defer { pool.close() }
        let rasterizer = Rasterizer(PreparedMeshes(meshes: [mesh], materials: [TestScene.gray]))
        var used = RasterFrame(width: 320, height: 240)
        for instances in [then, now] {
            rasterizer.render(instances, camera: camera, samples: 4, extras: extras, shader: ReferenceShader(materials: [TestScene.gray], light: Vec3(0, 0, -1), sky: .zero), pool: pool, into: &used)
        }
        for frame in frames.dropFirst() + [used] {
            #expect(frame.visibility.triangle == frames[0].visibility.triangle)
            #expect(frame.color.red.map(\.bitPattern) == frames[0].color.red.map(\.bitPattern))
            #expect(frame.flowForward.pixels.map(\.x.bitPattern) == frames[0].flowForward.pixels.map(\.x.bitPattern))
        }
        let lone = rasterizer.lone([0..<1], of: now, camera: camera, margin: 320, pool: pool)
        #expect(lone[0].inside >= frames[0].visibility.instance.filter { $0 == 0 }.count)
    }
}
