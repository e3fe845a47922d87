import SquallFrames
import SquallMath

/// Counts the points of a recorded cloud inside recorded boxes, anew from the files alone.
struct PointsInBoxes {
    /// Sensor frame, metres.
    private let points: [Vec3f]
    private let sensorFromWorld: Pose
    /// Metres: clouds are in single precision and records keep a micrometre, so a point this near a face may count either way.
    static let tolerance = 1e-4

    /// nil when the record's pose is not one.
    init?(_ points: [LidarPoint], _ record: FrameRecord.Points) {
        guard let pose = Self.pose(record.position, record.rotation) else { return nil }
        self.points = points.map(\.position)
        sensorFromWorld = pose.inverse
    }

    /// The fewest and the most points that may count as inside; nil when the box is none.
    func range(of body: FrameRecord.Body) -> ClosedRange<Int>? {
        guard let pose = Self.pose(body.center, body.rotation), body.size.count == 3 else { return nil }
        let half = Vec3(body.size[0], body.size[1], body.size[2]) * 0.5
        let boxInSensor = sensorFromWorld * pose
        let boxFromSensor = boxInSensor.inverse
        let (center, reach) = (Vec3f(boxInSensor.position), Float(half.length + 0.01))
        var (least, most) = (0, 0)
        for point in points {
            let offset = point - center
            guard (offset * offset).sum() < reach * reach else { continue }
            let p = boxFromSensor * Vec3(point)
            let beyond = max(abs(p.x) - half.x, abs(p.y) - half.y, abs(p.z) - half.z)
            if beyond <= Self.tolerance { most += 1 }
            if beyond <= -Self.tolerance { least += 1 }
        }
        return least...most
    }

    private static func pose(_ position: [Double], _ rotation: [Double]) -> Pose? {
        guard position.count == 3, rotation.count == 4 else { return nil }
        let turn = Quaternion(w: rotation[0], x: rotation[1], y: rotation[2], z: rotation[3])
        return Pose(position: Vec3(position[0], position[1], position[2]), rotation: turn)
    }
}
