import Foundation
import SquallGeometry
import SquallMath

/// Where joints stand when turned, and what of a shape touches the ground.
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
            case .limb(let phase, let amplitude, let bend):
                let swing = sin(2 * .pi * (value + phase))
                let angle = bend ? amplitude * max(0, swing) : amplitude * swing
                local = Pose(position: joint.pivot, rotation: Quaternion(axis: Vec3(0, 1, 0), angle: angle))
            }
            let parent = joint.parent.flatMap { $0 < result.count ? result[$0] : nil } ?? .identity
            result.append(parent * Affine(local))
        }
        return result
    }

    /// What limbs stand on: heel, toe and middle of the sole of every joint whose shape reaches the ground when all are straight.
    package var soles: [(joint: Int, point: Vec3)] {
        let straight = joints.map { joint -> Joint in
            var joint = joint
            if case .limb(let phase, _, let bend) = joint.kind { joint.kind = .limb(phase: phase, amplitude: 0, bend: bend) }
            return joint
        }
        let rest = Self.transforms(of: straight, turned: [], steer: 0)
        var feet: [(joint: Int, points: [Vec3], height: Double)] = []
        for piece in levels.first?.pieces ?? [] {
            guard let joint = piece.joint, joints.indices.contains(joint), case .limb = joints[joint].kind else { continue }
            let points = piece.mesh.positions.map { Vec3($0) }
            feet.append((joint, points, points.reduce(.infinity) { min($0, (rest[joint] * $1).z) }))
        }
        let lowest = feet.reduce(.infinity) { min($0, $1.height) }
        return feet.filter { $0.height < lowest + 0.02 }.flatMap { foot in
            // The lowest point of a foot that points its toe down, of one that lifts it, and of a level one.
            [0.3, -0.3, 0].compactMap { tilt in foot.points.max { tilt * $0.x - $0.z < tilt * $1.x - $1.z }.map { (foot.joint, $0) } }
        }
    }
}
