import SquallGeometry
import SquallMath
import SquallRays
import Testing

@Suite struct FilterTests {
    private func wallAt(_ x: Double, object: UInt16, mesh: Int32 = 0) -> MeshInstance {
        Shapes.place(mesh, object: object, at: Affine(Pose(position: Vec3(x, 0, 0))))
    }

    @Test func glassStopsOnlyThoseThatAskForIt() {
        let trees = MeshTrees([Shapes.wall(half: 5), Shapes.wall(half: 5)]) { mesh, _ in RaySurface(mesh == 1 ? .glass : []) }
        let scene = RayScene(trees, [wallAt(10, object: 1), wallAt(4, object: 2, mesh: 1)])
        let pane = scene.closest(origin: .zero, direction: Vec3(1, 0.1, 0.1))
        #expect(pane.glass && pane.instance == 1 && abs(pane.t - 4) < 1e-5)
        let behind = scene.closest(origin: .zero, direction: Vec3(1, 0.1, 0.1), options: .throughGlass)
        #expect(!behind.glass && behind.instance == 0 && abs(behind.t - 10) < 1e-5)
        let next = scene.closest(origin: .zero, direction: Vec3(1, 0.1, 0.1), minimum: pane.t)
        #expect(next == behind)
    }

    @Test func singleSidedTrianglesAreSeenFromTheFront() {
        let trees = MeshTrees([Shapes.wall(half: 5)]) { _, _ in RaySurface(.singleSided) }
        for (x, front) in [(-4.0, true), (4, false)] {
            // Mirrored in its own plane a wall faces where it faced; mirrored across it, the other way.
            let plain = wallAt(x, object: 1)
            var (within, across) = (plain, plain)
            within.transform.y = -within.transform.y
            across.transform.x = -across.transform.x
            for (instance, seen) in [(plain, front), (within, front), (across, !front)] {
                let caster = RayCaster(RayScene(trees, [instance]))
                caster.move(to: .zero)
                let hit = caster.closest(Vec3f(Float(x), 0.1, 0.2))
                #expect(hit.isHit == seen)
                if hit.isHit { #expect(caster.surface(of: hit).normal.x * Float(x) < 0) }
            }
        }
    }

    /// A wall whose texture is a 2 x 2 chessboard of holes, repeated twice across, in front of a whole one.
    @Test func masksCutHoles() {
        var leaf = Shapes.wall(half: 5)
        leaf.textureCoordinates = leaf.positions.map { Vec2f(($0.y + 5) / 5, ($0.z + 5) / 5) }
        for (repeats, mirrored) in [(true, false), (true, true), (false, false)] {
            let mask = OpacityMask(width: 2, height: 2, alpha: [0, 255, 255, 127], repeats: repeats, threshold: 0.5)
            let trees = MeshTrees([leaf, Shapes.wall(half: 12)]) { mesh, _ in RaySurface(mask: mesh == 0 ? mask : nil) }
            var near = wallAt(4, object: 1)
            if mirrored { near.transform.y = -near.transform.y }
            let scene = RayScene(trees, [near, MeshInstance(mesh: 1, object: 2, category: 0, materialBase: 0, transform: wallAt(8, object: 2).transform)])
            for i in 0..<20 {
                for j in 0..<20 {
                    let (y, z) = (Double(i) / 2 - 4.75, Double(j) / 2 - 4.75)
                    let local = mirrored ? -y : y
                    func column(_ t: Double) -> Int { repeats ? Int((t + 5) / 2.5) % 2 : min(Int((t + 5) / 2.5), 1) }
                    let kept = [false, true, true, false][column(z) * 2 + column(local)]
                    let direction = Vec3(4, y, z)
                    #expect(scene.closest(origin: .zero, direction: direction).instance == (kept ? 0 : 1), "\(y) \(z)")
                    #expect(scene.occluded(origin: .zero, direction: direction, maximum: 1.5) == kept)
                }
            }
        }
    }

    @Test func theCarrierIsLeftOutAndObjectsAreSkipped() {
        let trees = MeshTrees([Shapes.wall(half: 5)])
        let placed = [wallAt(9, object: 0), wallAt(4, object: 7)]
        #expect(RayScene(trees, placed, excluding: 7).closest(origin: .zero, direction: Vec3(1, 0, 0)).instance == 0)
        #expect(RayScene(trees, placed, excluding: 0).closest(origin: .zero, direction: Vec3(1, 0, 0)).instance == 1)
        #expect(RayScene(trees, placed).closest(origin: .zero, direction: Vec3(1, 0, 0), skipping: 7).instance == 0)
    }

    @Test func limitsAreExclusive() {
        let scene = RayScene(MeshTrees([Shapes.wall(half: 5)]), [wallAt(4, object: 1)])
        let ray = (origin: Vec3.zero, direction: Vec3(1, 0.01, 0.02))
        let t = scene.closest(origin: ray.origin, direction: ray.direction).t
        #expect(!scene.closest(origin: ray.origin, direction: ray.direction, maximum: t).isHit)
        #expect(scene.closest(origin: ray.origin, direction: ray.direction, maximum: t.nextUp).isHit)
        #expect(!scene.closest(origin: ray.origin, direction: ray.direction, minimum: t).isHit)
    }

    @Test func brokenInputIsIgnored() {
        let bad = Float.nan
        let positions = [
            Vec3f(0, 0, 0), Vec3f(1, 0, 0), Vec3f(2, 0, 0), Vec3f(bad, 0, 0), Vec3f(.infinity, 1, 0), Vec3f(4, -1, -1), Vec3f(4, 1, -1), Vec3f(4, 0, 2),
        ]
        // A line, a point, a NaN, an infinity, and one good triangle.
        let mesh = Mesh(positions: positions, normals: positions, indices: [0, 1, 2, 0, 0, 0, 3, 1, 2, 4, 1, 5, 5, 6, 7])
        let trees = MeshTrees([mesh, Mesh(positions: [], normals: [], indices: [])])
        #expect(trees.triangleCount == 3)
        let flat = Affine(x: .zero, y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: .zero)
        let lost = Affine(Pose(position: Vec3(.nan, 0, 0)))
        let scene = RayScene(trees, [Shapes.place(0), Shapes.place(1), Shapes.place(0, at: flat), Shapes.place(0, at: lost), Shapes.place(9), Shapes.place(-1)])
        #expect(scene.closest(origin: Vec3(-1, 0, 0), direction: Vec3(1, 0, 0)).triangle == 4)
        for direction in [Vec3.zero, Vec3(.nan, 0, 0), Vec3(.infinity, 0, 0)] {
            #expect(scene.closest(origin: .zero, direction: direction) == .miss)
        }
        #expect(scene.closest(origin: Vec3(.nan, 0, 0), direction: Vec3(1, 0, 0)) == .miss)
        #expect(scene.closest(origin: .zero, direction: Vec3(1, 0, 0), maximum: .nan) == .miss)
        #expect(RayScene(MeshTrees([]), []).closest(origin: .zero, direction: Vec3(1, 0, 0)) == .miss)
    }

    @Test func manyCoincidentTrianglesStillMakeATree() {
        let one: [UInt32] = [0, 1, 2]
        let wall = Shapes.wall(half: 5)
        let mesh = Mesh(positions: wall.positions, normals: wall.normals, indices: (0..<500).flatMap { _ in one })
        #expect(RayScene(MeshTrees([mesh]), [wallAt(3, object: 1)]).closest(origin: .zero, direction: Vec3(1, 0.1, -0.1)).isHit)
    }

    @Test func treesFromAStoreAreThoseBuiltAnew() {
        let meshes = (0..<6).map { Shapes.soup(50 + 30 * $0, seed: UInt64($0)) }
        let instances = meshes.indices.map { Shapes.place(Int32($0), object: UInt16($0 + 1), at: Affine(Pose(position: Vec3(Double($0) * 3, 0, 0)))) }
        // Full after the first few meshes; the second world marks the same meshes as glass.
        let store = MeshTreeStore(limit: 300)
        let worlds: [[Mesh]] = [meshes, meshes.reversed()]
        for world in worlds {
            for surface in [RaySurface(), RaySurface(.glass)] {
                let kept = RayScene(MeshTrees(world, store: store) { _, _ in surface }, instances), anew = RayScene(MeshTrees(world) { _, _ in surface }, instances)
                var random = CounterRandom(seed: 9, path: "store")
                var hits = 0
                for _ in 0..<300 {
                    let (origin, direction) = (random.cube() * 20, random.cube())
                    let hit = kept.closest(origin: origin, direction: direction)
                    #expect(hit == anew.closest(origin: origin, direction: direction))
                    if hit.isHit { hits += 1 }
                }
                #expect(hits > 20)
            }
        }
    }

    @Test func treesDoNotDependOnTheWorkers() {
        let meshes = (0..<12).map { Shapes.soup(50 + 30 * $0, seed: UInt64($0)) }
        let pool = WorkerPool(workers: 3)
        defer { pool.close() }
        let instances = meshes.indices.map { Shapes.place(Int32($0), object: UInt16($0 + 1), at: Affine(Pose(position: Vec3(Double($0) * 3, 0, 0)))) }
        let (alone, together) = (RayScene(MeshTrees(meshes), instances), RayScene(MeshTrees(meshes, pool: pool), instances))
        var random = CounterRandom(seed: 8, path: "workers")
        for _ in 0..<500 {
            let (origin, direction) = (random.cube() * 40, random.cube())
            #expect(alone.closest(origin: origin, direction: direction) == together.closest(origin: origin, direction: direction))
        }
    }
}
