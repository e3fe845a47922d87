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
            let bones = object.figure.map { $0.bones(Posture(body.joints)) } ?? []
            let shown = object.levels[levels[index]].pieces
            let shapes = shown.map { bones.isEmpty ? nil : meshes[Int($0.mesh)].deformed(by: bones) }
            let lowest = shapes.compactMap { $0?.bounds.lower.z }.min().map { Double($0) * object.scale.z }
            let root = root(object, body.pose, bones, level: Self.grounding(lowest ?? 0))
            for (piece, shape) in zip(shown, shapes) {
                result.append(
                    MeshInstance(
                        mesh: piece.mesh, object: UInt16(index + 1), category: object.category.rawValue, materialBase: object.materialBase,
                        transform: piece.joint.map { root * joints[$0] } ?? root, shape: shape))
            }
        }
        return result
    }

    /// How far a body is lifted so that its lowest point is on the ground: soles roll a few millimetres in or out. What is well above is in
    /// the air, as runners are. - Parameter lowest: over the ground, metres.
    private static func grounding(_ lowest: Double) -> Double {
        guard lowest > 0 else { return -lowest }
        let t = min(lowest / 0.04, 1)
        return -lowest * (t < 0.5 ? 1 : 1 - (2 * t - 1) * (2 * t - 1) * (5 - 4 * t))
    }

    /// World from the mesh frame of an object. - Parameter level: metres that it is lifted on level ground.
    private func root(_ object: Object, _ pose: Pose, _ bones: [Pose], level: Double = 0) -> Affine {
        let scale = object.scale
        return Affine(pose) * Affine(x: Vec3(scale.x, 0, 0), y: Vec3(0, scale.y, 0), z: Vec3(0, 0, scale.z), translation: Vec3(0, 0, lift(object, pose, bones, level)))
    }

    /// The named points of a body at one instant; none for what has no figure.
    public func keypoints(_ object: Object, _ body: WorldState.Body) -> [BodyPoint] {
        guard let figure = object.figure, !figure.keypoints.isEmpty else { return [] }
        let bones = figure.bones(Posture(body.joints))
        let root = root(object, body.pose, bones)
        return figure.keypoints.map { BodyPoint(position: root * (bones[$0.bone] * $0.point), flesh: $0.flesh * object.scale.max()) }
    }

    /// How far a slope lifts a walker against its origin, metres: the foot further up stands on the ground under it.
    private func lift(_ object: Object, _ pose: Pose, _ bones: [Pose], _ level: Double) -> Double {
        guard let figure = object.figure, roads != nil else { return level }
        // More than this below the ground is no slope but a road above.
        let reach = 0.15
        return figure.soles.reduce(level) { lift, sole in
            guard bones.indices.contains(sole.bone) else { return lift }
            let place = pose * (bones[sole.bone] * sole.point * object.scale)
            let sunk = groundHeight(place.xy) - place.z
            return sunk > lift && sunk < level + reach ? sunk : lift
        }
    }

    /// Body from joint, for every joint; parents come before children.
    private func jointTransforms(_ object: Object, _ body: WorldState.Body) -> [Affine] { Asset.transforms(of: object.joints, turned: body.joints, steer: body.steer) }
}
