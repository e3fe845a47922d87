import Foundation
import SquallGeometry
import SquallMath
import SquallRays
import Testing

@Suite struct MotionTests {
    private func moved(_ instance: MeshInstance, to pose: Pose) -> MeshInstance {
        var result = instance
        result.transform = Affine(pose)
        return result
    }

    @Test func aMovingWallIsWhereItIsAtTheRaysInstant() {
        let start = Shapes.place(0, at: Affine(Pose(position: Vec3(10, 0, 0))))
        let scene = RayScene(MeshTrees([Shapes.wall(half: 5)]), [start], end: [moved(start, to: Pose(position: Vec3(14, 0, 0)))])
        for fraction in [0, 0.25, 0.5, 1.0] {
            let hit = scene.closest(origin: .zero, direction: Vec3(1, 0.01, 0.02), fraction: fraction)
            #expect(abs(Double(hit.t) - (10 + 4 * fraction)) < 1e-4)
        }
    }

    /// Turning bodies bulge out of the boxes of their ends: every instant must agree with a still scene of that instant.
    @Test func turningBodiesAgreeWithStillScenes() {
        let mesh = Shapes.soup(80, seed: 2, extent: 2, size: 1)
        let trees = MeshTrees([mesh])
        var random = CounterRandom(seed: 5, path: "motion")
        let pose = { (random: inout CounterRandom) in
            Pose(position: random.cube() * 6, rotation: Quaternion(yaw: random.uniform() * 6, pitch: random.uniform() * 2, roll: random.uniform() * 6))
        }
        let starts = (0..<12).map { _ in pose(&random) }
        let ends = (0..<12).map { _ in pose(&random) }
        let place = { (poses: [Pose]) in poses.enumerated().map { Shapes.place(0, object: UInt16($0.offset + 1), at: Affine($0.element)) } }
        let moving = RayCaster(RayScene(trees, place(starts), end: place(ends)))
        var (hits, differing) = (0, 0)
        for step in 0...8 {
            let fraction = Double(step) / 8
            let still = RayCaster(RayScene(trees, place(zip(starts, ends).map { Pose.interpolate($0, $1, fraction) })))
            for _ in 0..<200 {
                let (origin, direction) = (random.cube() * 9, Vec3f(random.cube()))
                moving.move(to: origin, fraction: fraction)
                still.move(to: origin)
                let (a, b) = (moving.closest(direction), still.closest(direction))
                hits += b.isHit ? 1 : 0
                differing += a.instance == b.instance && a.triangle == b.triangle && (!b.isHit || abs(a.t - b.t) < 1e-3 * max(1, b.t)) ? 0 : 1
            }
        }
        #expect(hits > 300)
        #expect(differing <= 2)
    }

    @Test func aChangingScaleIsBlended() {
        var (small, large) = (Shapes.place(0), Shapes.place(0))
        small.transform.z *= 1
        large.transform = Affine(x: Vec3(3, 0, 0), y: Vec3(0, 3, 0), z: Vec3(0, 0, 3), translation: .zero)
        let scene = RayScene(MeshTrees([Shapes.sphere()]), [small], end: [large])
        let hit = scene.closest(origin: Vec3(10, 0, 0), direction: Vec3(-1, 0, 0), fraction: 0.5)
        #expect(abs(hit.t - 8) < 0.02)
    }

    @Test func visibilityGivesDepthAlongTheAxisAndTheSky() {
        let scene = RayScene(MeshTrees([Shapes.wall(half: 2)]), [Shapes.place(0, at: Affine(Pose(position: Vec3(5, 0, 0))))])
        let pose = Pose.mountFromCamera
        let (width, height) = (41, 31)
        let pool = WorkerPool(workers: 2)
        defer { pool.close() }
        let buffer = scene.visibility(width: width, height: height, focal: Vec2(20, 20), center: Vec2(20.5, 15.5), pose: pose, pool: pool)
        let alone = scene.visibility(width: width, height: height, focal: Vec2(20, 20), center: Vec2(20.5, 15.5), pose: pose)
        #expect(buffer.instance == alone.instance && buffer.depth == alone.depth && buffer.triangle == alone.triangle)
        let beyond = scene.visibility(width: width, height: height, focal: Vec2(20, 20), center: Vec2(20.5, 15.5), pose: pose, minimum: 5.01)
        #expect(beyond.instance.allSatisfy { $0 == VisibilityBuffer.nothing })
        for y in 0..<height {
            for x in 0..<width {
                // The wall's edges lie 8 pixels from the centre.
                let inside = abs(x - 20) <= 7 && abs(y - 15) <= 7
                let outside = abs(x - 20) >= 9 || abs(y - 15) >= 9
                let pixel = y * width + x
                if inside { #expect(buffer.instance[pixel] == 0 && abs(buffer.depth[pixel] - 5) < 1e-4) }
                if outside { #expect(buffer.instance[pixel] == VisibilityBuffer.nothing && buffer.depth[pixel] == .infinity) }
            }
        }
    }

    @Test func benchCountsRaysAndHits() {
        let turn = RayBench.Turn(origin: .zero, directions: [Vec3f(1, 0, 0), Vec3f(-1, 0, 0), Vec3f(1, 0.1, 0.1)])
        let result = RayBench.run(
            meshes: [Shapes.wall(half: 5)], instances: [Shapes.place(0, at: Affine(Pose(position: Vec3(3, 0, 0))))], turns: [turn], maximum: 120)
        #expect(result.rays == 3 && result.hits == 2 && result.raysPerSecond > 0)
    }
}
