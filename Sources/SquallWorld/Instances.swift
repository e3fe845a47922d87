import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath

/// The placed meshes of an instant, the same for every sensor of a frame.
extension World {
    /// Level of detail per object for a frame seen from `eye`: every sensor of the frame uses the same, so they agree.
    /// - Parameter focal: pixels per radian of the frame's longest lens: a level is chosen by its size in the picture.
    public func levels(in state: WorldState, from eye: Vec3, focal: Double = Asset.referenceFocal) -> [Int] {
        let nearer = Asset.referenceFocal / max(1, focal)
        return zip(objects, state.bodies).map { object, body in
            let distance = (body.pose.position - eye).length * nearer
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
            let joints = jointTransforms(object, body)
            let lift = lift(object, body.pose, joints)
            let root = Affine(body.pose) * Affine(x: Vec3(object.scale.x, 0, 0), y: Vec3(0, object.scale.y, 0), z: Vec3(0, 0, object.scale.z), translation: Vec3(0, 0, lift))
            for piece in object.levels[levels[index]].pieces {
                result.append(
                    MeshInstance(
                        mesh: piece.mesh, object: UInt16(index + 1), category: object.category.rawValue, materialBase: object.materialBase,
                        transform: piece.joint.map { root * joints[$0] } ?? root))
            }
        }
        return result
    }

    /// How far the gait lifts or lowers a walker's hips against its origin, metres: the lower foot stands on the level below the origin;
    /// on a slope the foot further up stands on the ground under it.
    private func lift(_ object: Object, _ pose: Pose, _ joints: [Affine]) -> Double {
        guard !object.soles.isEmpty else { return 0 }
        let soles = object.soles.map { joints[$0.joint] * $0.point * object.scale }
        let level = -soles.reduce(.infinity) { min($0, $1.z) }
        guard roads != nil else { return level }
        // More than this below the ground is no slope but a road above.
        let reach = 0.15
        return soles.reduce(level) { lift, sole in
            let place = pose * sole
            let sunk = groundHeight(place.xy) - place.z
            return sunk > lift && sunk < level + reach ? sunk : lift
        }
    }

    /// Body from joint, for every joint; parents come before children.
    private func jointTransforms(_ object: Object, _ body: WorldState.Body) -> [Affine] { Asset.transforms(of: object.joints, turned: body.joints, steer: body.steer) }
}
