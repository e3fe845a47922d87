import Foundation
import SquallFrames
import SquallGeometry
import SquallMath

/// The placed meshes of an instant, the same for every sensor of a frame.
extension World {
    /// Level of detail per object for a frame seen from `eye`: every sensor of the frame uses the same, so they agree.
    public func levels(in state: WorldState, from eye: Vec3) -> [Int] {
        zip(objects, state.bodies).map { object, body in
            let distance = (body.pose.position - eye).length
            return max(0, (object.levels.lastIndex { $0.distance <= distance }) ?? 0)
        }
    }

    /// All placed meshes at one instant: ground first, then objects in id order. The order depends on `levels` only.
    public func instances(in state: WorldState, levels: [Int]) -> [MeshInstance] {
        var result = ground
        var pieces = 0
        for (index, object) in objects.enumerated() where !object.levels.isEmpty { pieces += object.levels[levels[index]].pieces.count }
        result.reserveCapacity(ground.count + pieces)
        for (index, object) in objects.enumerated() where !object.levels.isEmpty {
            let body = state.bodies[index]
            let root = Affine(body.pose) * Affine(x: Vec3(object.scale.x, 0, 0), y: Vec3(0, object.scale.y, 0), z: Vec3(0, 0, object.scale.z), translation: .zero)
            let joints = jointTransforms(object, body)
            for piece in object.levels[levels[index]].pieces {
                result.append(
                    MeshInstance(
                        mesh: piece.mesh, object: UInt16(index + 1), category: object.category.rawValue, materialBase: object.materialBase,
                        transform: piece.joint.map { root * joints[$0] } ?? root))
            }
        }
        return result
    }

    /// Body from joint, for every joint; parents come before children.
    private func jointTransforms(_ object: Object, _ body: WorldState.Body) -> [Affine] {
        var result: [Affine] = []
        for (index, joint) in object.joints.enumerated() {
            let value = index < body.joints.count ? body.joints[index] : 0
            let local: Pose
            switch joint.kind {
            case .wheel(_, let steered):
                let yaw = Quaternion(axis: Vec3(0, 0, 1), angle: steered ? body.steer : 0)
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
}
