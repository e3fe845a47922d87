import SquallGeometry
import SquallMath
import SquallRays
import Testing

@Suite struct ClosestHitTests {
    /// Rays may differ from the judge only where it sees two surfaces nearly at once, or an edge within rounding.
    private func compare(_ meshes: [Mesh], _ instances: [MeshInstance], rays: Int, extent: Double, tolerance: Double = 1e-4) -> Int {
        let caster = RayCaster(RayScene(MeshTrees(meshes), instances))
        var random = CounterRandom(seed: 3, path: "rays")
        var differing = 0
        for _ in 0..<rays {
            let (origin, direction) = (random.cube() * extent, random.cube().normalized)
            caster.move(to: origin)
            let hit = caster.closest(Vec3f(direction))
            let truth = BruteForce.closest(meshes, instances, origin: origin, direction: Vec3(Vec3f(direction)))
            if hit.isHit != (truth != nil) {
                differing += 1
            } else if let truth {
                let same = Int(hit.instance) == truth.instance && Int(hit.triangle) == truth.triangle
                if !same || abs(Double(hit.t) - truth.t) > tolerance * max(1, truth.t) { differing += 1 }
                #expect(caster.occluded(Vec3f(direction), maximum: hit.t * 1.01))
                #expect(!caster.occluded(Vec3f(direction), maximum: hit.t * 0.99))
            }
        }
        return differing
    }

    @Test(arguments: [1, 2, 3, 7, 8, 9, 17, 64, 65, 500]) func agreesWithBruteForceOnSoups(count: Int) {
        let mesh = Shapes.soup(count, seed: UInt64(count))
        #expect(compare([mesh], [Shapes.place(0)], rays: 1500, extent: 12) <= 1)
    }

    @Test func agreesUnderScaledTurnedAndMirroredPlacements() {
        let meshes = [Shapes.soup(60, seed: 1, extent: 1, size: 0.6), Shapes.sphere(rings: 6, sectors: 9), Shapes.soup(20, seed: 5, extent: 1, size: 1)]
        var random = CounterRandom(seed: 9, path: "place")
        var instances: [MeshInstance] = []
        for index in 0..<40 {
            var m = Affine(Pose(position: random.cube() * 20, rotation: Quaternion(yaw: random.uniform() * 6, pitch: random.uniform(), roll: random.uniform())))
            let scale = Vec3(0.3 + 3 * random.uniform(), 0.3 + random.uniform(), index % 5 == 0 ? -1 : 1)
            (m.x, m.y, m.z) = (m.x * scale.x, m.y * scale.y, m.z * scale.z)
            instances.append(Shapes.place(Int32(index % 3), object: UInt16(index + 1), at: m))
        }
        #expect(compare(meshes, instances, rays: 1500, extent: 25) <= 3)
    }

    @Test func agreesFarFromTheWorldsOrigin() {
        let far = Vec3(512_345.5, -4_812_345.25, 123)
        let mesh = Shapes.sphere()
        let scene = RayScene(MeshTrees([mesh]), [Shapes.place(0, at: Affine(Pose(position: far)))])
        let hit = scene.closest(origin: far + Vec3(5, 0.01, 0.02), direction: Vec3(-1, 0, 0))
        #expect(abs(hit.t - 4) < 0.01)
    }

    @Test func neverSlipsThroughAClosedMesh() {
        let mesh = Shapes.sphere()
        let caster = RayCaster(RayScene(MeshTrees([mesh]), [Shapes.place(0, at: Affine(Pose(rotation: Quaternion(yaw: 0.3, pitch: 0.2))))]))
        var random = CounterRandom(seed: 1, path: "inside")
        for _ in 0..<20_000 {
            caster.move(to: random.cube() * 0.3)
            #expect(caster.closest(Vec3f(random.cube())).isHit)
        }
    }

    @Test func hitsCornersAndEdgesExactly() {
        let mesh = Shapes.sphere()
        let scene = RayScene(MeshTrees([mesh]), [Shapes.place(0)])
        let caster = RayCaster(scene)
        for triangle in 0..<mesh.triangleCount {
            let c = mesh.corners(triangle)
            for target in [c.0, c.1, c.2, (c.0 + c.1) * 0.5, (c.1 + c.2) * 0.5, (c.2 + c.0) * 0.5] {
                let hit = caster.closest(target)
                #expect(abs(hit.t - 1) < 1e-5)
            }
        }
    }

    @Test func axisAlignedRaysThroughAGridOfCorners() {
        // A flat grid whose every corner lies exactly on the rays: the small case, exhaustively, from six sides.
        let n = 5
        var (positions, indices): ([Vec3f], [UInt32]) = ([], [])
        for y in 0...n { for x in 0...n { positions.append(Vec3f(Float(x), Float(y), 0)) } }
        for y in 0..<n {
            for x in 0..<n {
                let a = UInt32(y * (n + 1) + x)
                indices += [a, a + 1, a + UInt32(n) + 2, a, a + UInt32(n) + 2, a + UInt32(n) + 1]
            }
        }
        let mesh = Mesh(positions: positions, normals: positions, indices: indices)
        let turns = [
            Quaternion.identity, Quaternion(yaw: 0, pitch: .pi / 2), Quaternion(yaw: 0, pitch: 0, roll: .pi / 2), Quaternion(yaw: 1, pitch: 2, roll: 3),
        ]
        for turn in turns {
            let place = Affine(Pose(rotation: turn))
            let caster = RayCaster(RayScene(MeshTrees([mesh]), [Shapes.place(0, at: place)]))
            for y in 1..<n {
                for x in 1..<n {
                    for side in [-3.0, 3.0] {
                        caster.move(to: place * Vec3(Double(x), Double(y), side))
                        let hit = caster.closest(Vec3f(place.linear(Vec3(0, 0, -side))))
                        #expect(abs(hit.t - 1) < 1e-5)
                    }
                }
            }
        }
    }

    @Test func barycentricsGiveTheHitPoint() {
        let mesh = Shapes.soup(200, seed: 4)
        let caster = RayCaster(RayScene(MeshTrees([mesh]), [Shapes.place(0)]))
        var random = CounterRandom(seed: 2, path: "bary")
        var hits = 0
        for _ in 0..<500 {
            let (origin, direction) = (random.cube() * 10, random.cube())
            caster.move(to: origin)
            let hit = caster.closest(Vec3f(direction))
            guard hit.isHit else { continue }
            hits += 1
            let c = mesh.corners(Int(hit.triangle))
            let point = c.0 * (1 - hit.u - hit.v) + c.1 * hit.u + c.2 * hit.v
            #expect((Vec3(point) - (origin + direction * Double(hit.t))).length < 1e-4)
        }
        #expect(hits > 100)
    }
}
