import SquallMath

/// Where joints stand when turned.
extension Asset {
    /// Body from joint, for every joint; parents come before children. - Parameter turned: as in `WorldState.Body.joints`.
    package static func transforms(of joints: [Joint], turned values: [Double], steer: Double) -> [Affine] {
        var result: [Affine] = []
        for (index, joint) in joints.enumerated() {
            let value = index < values.count ? values[index] : 0
            let local: Pose
            switch joint.kind {
            case .wheel(_, let steered):
                let yaw = Quaternion(axis: Vec3(0, 0, 1), angle: steered ? steer : 0)
                local = Pose(position: joint.pivot, rotation: yaw * Quaternion(axis: Vec3(0, 1, 0), angle: value))
            case .fork(let axis): local = Pose(position: joint.pivot, rotation: Quaternion(axis: axis, angle: steer))
            case .crank, .pedal: local = Pose(position: joint.pivot, rotation: Quaternion(axis: Vec3(0, 1, 0), angle: value))
            }
            let parent = joint.parent.flatMap { $0 < result.count ? result[$0] : nil } ?? .identity
            result.append(parent * Affine(local))
        }
        return result
    }
}
