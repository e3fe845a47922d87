import SquallFrames
import SquallMath

/// Points per object of a finished cloud.
public enum LidarObjects {
    /// `pointsInBox` counts all points geometrically inside the box at the stamp, as dataset readers do; `hits` counts returns by id.
    /// Objects with neither are left out.
    public static func count(_ points: [LidarPoint], pose: Pose, objects: [ObjectState], limits: DetectabilityLimits) -> [LidarObject] {
        let sensorFromWorld = pose.inverse
        let highest = objects.map { Int($0.id) }.max() ?? 0
        var hits = Array(repeating: 0, count: highest + 1)
        for point in points where point.cause == ReturnCause.surface.rawValue && Int(point.instance) <= highest { hits[Int(point.instance)] += 1 }
        let grid = PointGrid(points)
        return objects.compactMap { object in
            let boxInSensor = sensorFromWorld * object.box.pose
            let inside = grid.count(center: Vec3f(boxInSensor.position), half: Vec3f(object.box.size * 0.5), boxFromSensor: boxInSensor.inverse)
            let count = hits[Int(object.id)]
            guard inside > 0 || count > 0 else { return nil }
            return LidarObject(id: object.id, pointsInBox: inside, hits: count, detectable: count >= limits.lidarReturns)
        }
    }
}
