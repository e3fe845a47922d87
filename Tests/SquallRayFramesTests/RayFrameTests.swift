import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRayFrames
import SquallRays
import Testing

/// Pictures by rays beside pictures by the rasterizer: through a pinhole both must be the same picture.
// One after the other: they share a pool, which serves one caller at a time.
@Suite(.serialized) struct RayFrameTests {
    /// Colours that tell where a point lies and which way it faces.
    final class PlaceShader: FrameShader, @unchecked Sendable {
        override func shade(_ point: borrowing ShadePoint8) -> Color8 { Color8(r: point.position.x, g: point.position.z, b: point.normal.y) }
        override func sky(_ direction: Vector8, x: SIMD8<Float>, y: SIMD8<Float>) -> Color8 { Color8(r: direction.x, g: direction.y, b: direction.z) }
    }

    static let meshes = [TestScene.pebble(rings: 28, radius: 1.2), TestScene.plate(x: -6...6, y: -4...4, depth: 9)]
    static let pool = WorkerPool(workers: 2)
    static let pose = Pose(position: Vec3(0.3, -0.2, 0.1), rotation: Quaternion(yaw: 0.1, pitch: 0.05, roll: -0.08))

    static func scene(_ shift: Double) -> [MeshInstance] {
        [
            TestScene.instance(0, 1, Affine(Pose(position: Vec3(-1 + shift, 0.4, 5), rotation: Quaternion(yaw: shift, pitch: 0, roll: 0)))),
            TestScene.instance(0, 2, Affine(Pose(position: Vec3(1.4, -0.3, 6)))), TestScene.instance(1, 0),
        ]
    }
    static let trees = MeshTrees(meshes, pool: nil) { _, _ in RaySurface() }

    static func render(_ model: CameraModel, samples: Int, workers: WorkerPool = pool) -> (frame: RasterFrame, hidden: Image<UInt8>) {
        let here = scene(0), there = scene(0.2)
        let table = LensTable(model, pool: workers)
        let view = RayView(scene: RayScene(trees, here), table: table, pose: pose)
        let other = RayInstant(instances: there, scene: RayScene(trees, there), pose: Pose(position: pose.position + Vec3(0.1, 0, 0.2), rotation: pose.rotation))
        var frame = RasterFrame(width: 0, height: 0)
        let renderer = RayRenderer(PreparedMeshes(meshes: meshes, materials: [TestScene.gray]))
        let hidden = renderer.render(
            here, view: view, samples: samples, extras: RayRenderer.Extras(forward: other, normals: true), shader: PlaceShader(), pool: workers, into: &frame)
        return (frame, hidden.forward)
    }

    @Test("Through a pinhole rays and rasterizer give one picture") func agreement() {
        let camera = PinholeCamera(width: 160, height: 120, fx: 150, fy: 150, cx: 80, cy: 60)
        let (rays, _) = Self.render(CameraModel(camera), samples: 1)
        var raster = RasterFrame(width: 0, height: 0)
        let there = OtherInstant(instances: Self.scene(0.2), pose: Pose(position: Self.pose.position + Vec3(0.1, 0, 0.2), rotation: Self.pose.rotation))
        Rasterizer(PreparedMeshes(meshes: Self.meshes, materials: [TestScene.gray])).render(
            Self.scene(0), camera: RasterCamera(pose: Self.pose, camera: camera), samples: 1, extras: Rasterizer.Extras(forward: there, normals: true), shader: PlaceShader(),
            pool: Self.pool, into: &raster)
        var (same, seen) = (0, Set<UInt32>())
        for i in raster.visibility.instance.indices {
            seen.insert(raster.visibility.instance[i])
            guard rays.visibility.instance[i] == raster.visibility.instance[i], rays.visibility.triangle[i] == raster.visibility.triangle[i] else { continue }
            same += 1
            let (a, b) = (rays.color, raster.color)
            let apart = SIMD3<Float>(a.red[i] - b.red[i], a.green[i] - b.green[i], a.blue[i] - b.blue[i])
            #expect(dot(apart, apart) < 1e-5)
            if raster.visibility.instance[i] != VisibilityBuffer.nothing {
                let ratio = rays.visibility.depth[i] / raster.visibility.depth[i]
                #expect(ratio > 0.9999 && ratio < 1.0001)
            }
            let flow = rays.flowForward.pixels[i] - raster.flowForward.pixels[i]
            #expect(abs(flow.x) < 0.01 && abs(flow.y) < 0.01)
            let turn = rays.normals.pixels[i] - raster.normals.pixels[i]
            #expect(dot(turn, turn) < 1e-5)
        }
        #expect(same > raster.visibility.instance.count * 99 / 100 && seen.count >= 3, "\(same)")
    }

    @Test("A fisheye sees what its model says, behind its image plane too, whatever the worker count") func fisheye() throws {
        let model = CameraModel(PinholeCamera(width: 120, height: 120, fx: 36, fy: 36, cx: 60, cy: 60), lens: .fisheye(.equidistant))
        let (frame, _) = Self.render(model, samples: 4)
        let plateFront = Vec3(-0.5, -3, 9)
        let inCamera = Self.pose.inverse * plateFront
        let pixel = try #require(model.project(inCamera))
        let index = Int(pixel.y) * 120 + Int(pixel.x)
        #expect(abs(Double(frame.visibility.depth[index]) - inCamera.length) < 0.3)
        // Black beyond the field, sky within it.
        #expect(frame.color.red[0] == 0 && frame.color.blue[0] == 0 && frame.visibility.instance[0] == VisibilityBuffer.nothing && !frame.flowForward.pixels[0].x.isFinite)
        let side = 60 * 120 + 118
        #expect(frame.color.red[side] != 0 || frame.color.blue[side] != 0)
        let alone = Self.render(model, samples: 4, workers: WorkerPool(workers: 1))
        #expect(alone.frame.color.red == frame.color.red && alone.frame.visibility.depth == frame.visibility.depth)
    }

    @Test("What an object covers alone holds what is seen of it") func lone() {
        let model = CameraModel(PinholeCamera(width: 160, height: 120, fx: 100, fy: 100, cx: 80, cy: 60), lens: .fisheye(.equidistant))
        let (frame, _) = Self.render(model, samples: 1)
        let table = LensTable(model, pool: Self.pool)
        let alone = RayLone(table: table, trees: Self.trees, pose: Self.pose, margin: 80).coverage([0..<1, 1..<2], of: Self.scene(0), meshes: Self.meshes, pool: Self.pool)
        for object in 0..<2 {
            let visible = frame.visibility.instance.count { $0 == UInt32(object) }
            #expect(visible > 100 && alone[object].inside >= visible && alone[object].total >= alone[object].inside)
        }
        // Nothing before the second ball's edge hides it from itself: the first is nearer the left, both whole.
        #expect(alone[0].truncation == 0 && alone[1].truncation == 0)
    }

    @Test("Under a rolling shutter a pan skews what stands still") func rolling() {
        let model = CameraModel(PinholeCamera(width: 200, height: 160, fx: 400, fy: 400, cx: 100, cy: 80))
        let bar = [TestScene.plate(x: -0.2...0.2, y: -9...9, depth: 8)]
        let trees = MeshTrees(bar, pool: nil) { _, _ in RaySurface() }
        let placed = [TestScene.instance(0, 1)]
        // 1 deg to the right over the picture's height: about the camera's y axis.
        let pan = Double.pi / 180
        let rows = (0..<160).map { row -> RayScene.Row in
            let turn = pan * ((Double(row) + 0.5) / 160 - 0.5)
            return RayScene.Row(pose: Pose(position: .zero, rotation: Quaternion(w: cos(turn / 2), x: 0, y: sin(turn / 2), z: 0)), fraction: (Double(row) + 0.5) / 160)
        }
        let view = RayView(scene: RayScene(trees, placed, end: placed), table: LensTable(model, pool: Self.pool), pose: .identity, rows: rows)
        var frame = RasterFrame(width: 0, height: 0)
        RayRenderer(PreparedMeshes(meshes: bar, materials: [TestScene.gray])).render(placed, view: view, samples: 1, shader: PlaceShader(), pool: Self.pool, into: &frame)
        func middle(_ row: Int) -> Double {
            let seen = (0..<200).filter { frame.visibility.instance[row * 200 + $0] == 0 }
            return Double(seen.reduce(0, +)) / Double(max(1, seen.count)) + 0.5
        }
        let skew = middle(0) - middle(159)
        let law: Double = 400 * tan(pan) * 159 / 160
        #expect(abs(skew - law) < 1.01, "\(skew)")
    }
}
