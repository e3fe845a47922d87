import SquallFrames
import SquallLabels
import SquallMath
import Testing

@Suite struct PointGridTests {
    @Test("sorting points into columns changes no count: against every point with every box, near, far and outside the grid") func bruteForce() {
        var random = CounterRandom(seed: 1, path: "cloud")
        let spread = { (random: inout CounterRandom, half: Double) in (random.uniform() * 2 - 1) * half }
        // Most points lie beyond the 128 m that the grid's inner columns cover, some share a corner of it.
        let cloud = (0..<4000).map { index in
            let half = index % 4 == 0 ? 5.0 : index % 4 == 1 ? 60 : 300
            return LidarPoint(
                position: Vec3f(Vec3(spread(&random, half), spread(&random, half), spread(&random, 3))), intensity: 0, timeOffset: 0, ring: 0,
                instance: UInt16(random.uniform() * 40), category: 0, cause: ReturnCause.surface.rawValue, returnIndex: 0)
        }
        let sensor = Pose(position: Vec3(30, -20, 2), rotation: Quaternion(yaw: 0.7))
        let objects = (1...60).map { id in
            let half = id % 3 == 0 ? 280.0 : 50
            let turn = Quaternion(yaw: spread(&random, 3)) * Quaternion(axis: Vec3(1, 0, 0), angle: spread(&random, 0.5))
            let size = id % 7 == 0 ? Vec3(120, 90, 8) : Vec3(1 + 20 * random.uniform(), 1 + 10 * random.uniform(), 4)
            let place = Vec3(spread(&random, half), spread(&random, half), spread(&random, 2))
            return ObjectState(
                id: UInt16(id), category: .car, box: OrientedBox(pose: Pose(position: place, rotation: turn), size: size), velocity: .zero, angularVelocity: .zero,
                acceleration: .zero, isStatic: false)
        }
        let found = LidarObjects.count(cloud, pose: sensor, objects: objects, limits: DetectabilityLimits())
        var total = 0
        for object in objects {
            let boxFromWorld = object.box.pose.inverse
            let inside = cloud.filter { point in
                let p = boxFromWorld * (sensor * Vec3(point.position)), half = object.box.size * 0.5
                return abs(p.x) <= half.x && abs(p.y) <= half.y && abs(p.z) <= half.z
            }.count
            total += inside
            #expect((found.first { $0.id == object.id }?.pointsInBox ?? 0) == inside, "object \(object.id)")
        }
        #expect(total > 1000)
    }
}
