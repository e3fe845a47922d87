import SquallFrames
import SquallMath

/// Points per object of a finished cloud.
public enum LidarObjects {
    /// `pointsInBox` counts all surface points geometrically inside the box at the stamp, as dataset readers do; `hits` counts returns by id.
    /// Objects with neither are left out.
    public static func count(_ points: [LidarPoint], pose: Pose, objects: [ObjectState], limits: DetectabilityLimits) -> [LidarObject] {
        let sensorFromWorld = pose.inverse
        let highest = objects.map { Int($0.id) }.max() ?? 0
        var hits = Array(repeating: 0, count: highest + 1)
        for point in points where point.cause == ReturnCause.surface.rawValue && Int(point.instance) <= highest { hits[Int(point.instance)] += 1 }
        return objects.compactMap { object in
            let boxFromSensor = (sensorFromWorld * object.box.pose).inverse
            let columns = boxFromSensor.rotation.columns
            let (x, y, z, t) = (Vec3f(columns.0), Vec3f(columns.1), Vec3f(columns.2), Vec3f(boxFromSensor.position))
            let half = Vec3f(object.box.size * 0.5)
            let center = Vec3f((sensorFromWorld * object.box.pose).position)
            let reach = half.lengthSquared
            var inside = 0
            for point in points {
                let d = point.position - center
                guard dot(d, d) <= reach else { continue }
                let p = x * point.position.x + y * point.position.y + z * point.position.z + t
                if abs(p.x) <= half.x && abs(p.y) <= half.y && abs(p.z) <= half.z { inside += 1 }
            }
            let count = hits[Int(object.id)]
            guard inside > 0 || count > 0 else { return nil }
            return LidarObject(id: object.id, pointsInBox: inside, hits: count, detectable: count >= limits.lidarReturns)
        }
    }
}
