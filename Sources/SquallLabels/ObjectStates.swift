import SquallFrames
import SquallMath
import SquallScene
import SquallWorld

/// What every object is at one instant: box, velocity, category.
extension World {
    /// Every object's truth at one instant, in id order. The box is the labelled 3D box (`World.box`); velocity is that of the body
    /// where the box has its centre.
    public func objectStates(in state: WorldState) -> [ObjectState] {
        zip(objects, state.bodies).enumerated().compactMap { index, pair in
            let (object, body) = pair
            guard object.boxSize != .zero else { return nil }
            let shape = box(of: object, body)
            let arm = body.pose.rotation * shape.center
            var result = ObjectState(
                id: UInt16(index + 1), category: object.category,
                box: OrientedBox(pose: Pose(position: body.pose.position + arm, rotation: body.pose.rotation), size: shape.size),
                velocity: body.velocity + cross(body.angularVelocity, arm), angularVelocity: body.angularVelocity, acceleration: body.acceleration,
                isStatic: object.isStatic)
            result.keypoints = keypoints(object, body)
            return result
        }
    }
}
