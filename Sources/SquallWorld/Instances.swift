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
            let distance = Self.distance(of: eye, from: object, body.pose) * nearer / object.scale.max()
            return max(0, (object.levels.lastIndex { $0.distance <= distance }) ?? 0)
        }
    }

    /// Metres to the line on the ground through the middle of what is longer than wide: the nose of a tram is near long before its rear axle is.
    private static func distance(of eye: Vec3, from object: Object, _ pose: Pose) -> Double {
        let (size, place) = (object.boxSize, pose.inverse * eye)
        let reach = Vec2(max(0, size.x - size.y) / 2, max(0, size.y - size.x) / 2)
        let past = place.xy - object.boxCenter.xy
        return Vec3(max(0, abs(past.x) - reach.x), max(0, abs(past.y) - reach.y), place.z).length
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
            let shown = object.levels[levels[index]].pieces
            let stance = stance(object, body, level: levels[index])
            let walks = object.figure?.walks ?? true
            let root = root(object, body.pose, stance)
            for (piece, shape) in zip(shown, stance.shapes) {
                result.append(
                    MeshInstance(
                        mesh: piece.mesh, object: UInt16(index + 1), category: (walks || shape == nil ? object.category : .rider).rawValue, materialBase: object.materialBase,
                        transform: piece.joint.map { root * joints[$0] } ?? root, shape: shape))
            }
        }
        return result
    }

    /// How a body bends at an instant, and how far that lifts it.
    private struct Stance {
        var bones: [Pose] = []
        /// Of the pieces of its level; nil where stiff.
        var shapes: [DeformedShape?]
        /// Metres that it is lifted against its origin.
        var lift = 0.0
    }

    private func stance(_ object: Object, _ body: WorldState.Body, level: Int) -> Stance {
        let pieces = object.levels[level].pieces
        guard let figure = object.figure else { return Stance(shapes: pieces.map { _ in nil }) }
        let bones = figure.bones(joints: body.joints, steer: body.steer)
        let shapes = pieces.map { meshes[Int($0.mesh)].deformed(by: bones) }
        guard figure.walks else { return Stance(bones: bones, shapes: shapes) }
        let load = figure.load, depths = pieces.indices.compactMap { lowest(pieces[$0].mesh, shapes[$0], without: load) }
        return Stance(bones: bones, shapes: shapes, lift: lift(object, body.pose, bones, Self.grounding(Double(depths.min() ?? 0) * object.scale.z)))
    }

    /// Height of the lowest point of a bent piece in the body frame; what is held does not bear the body.
    private func lowest(_ mesh: Int32, _ shape: DeformedShape?, without load: Int?) -> Float? {
        guard let shape else { return nil }
        guard let load, let skin = meshes[Int(mesh)].skin else { return shape.bounds.lower.z }
        var low = Float.infinity
        for (vertex, place) in shape.positions.enumerated() where Int(skin.bones[vertex].x) != load { low = min(low, place.z) }
        return low
    }

    /// The labelled box in the body frame. People who stand, walk or run keep the box of their shape at rest, as annotators do; around those who sit,
    /// fall, wave or hold an umbrella it is as tight as the body lies, the umbrella with it.
    public func box(of object: Object, _ body: WorldState.Body) -> (center: Vec3, size: Vec3) {
        let posture = Posture(body.joints)
        guard let figure = object.figure, figure.walks, !object.levels.isEmpty, figure.holdsAloft || max(posture.sitting, posture.falling, posture.waving) > 0
        else { return (object.boxCenter, object.boxSize) }
        let stance = stance(object, body, level: 0)
        let bounds = stance.shapes.compactMap { $0?.bounds }.reduce(into: BoundingBox.empty) { $0.insert($1) }
        guard !bounds.isEmpty else { return (object.boxCenter, object.boxSize) }
        let (lower, upper) = (Vec3(bounds.lower) * object.scale, Vec3(bounds.upper) * object.scale)
        return ((lower + upper) / 2 + Vec3(0, 0, stance.lift), upper - lower)
    }

    /// How far a body is lifted so that its lowest point is on the ground: soles roll a few millimetres in or out. What is well above is in
    /// the air, as runners are. - Parameter lowest: over the ground, metres.
    private static func grounding(_ lowest: Double) -> Double {
        guard lowest > 0 else { return -lowest }
        let t = min(lowest / 0.04, 1)
        return -lowest * (t < 0.5 ? 1 : 1 - (2 * t - 1) * (2 * t - 1) * (5 - 4 * t))
    }

    /// World from the mesh frame of an object.
    private func root(_ object: Object, _ pose: Pose, _ stance: Stance) -> Affine {
        let scale = object.scale
        return Affine(pose) * Affine(x: Vec3(scale.x, 0, 0), y: Vec3(0, scale.y, 0), z: Vec3(0, 0, scale.z), translation: Vec3(0, 0, stance.lift))
    }

    /// The named points of a body at one instant; none for what has no figure. A coarse shape with true soles tells how it lies on the ground.
    public func keypoints(_ object: Object, _ body: WorldState.Body) -> [BodyPoint] {
        guard let figure = object.figure, !figure.keypoints.isEmpty, !object.levels.isEmpty else { return [] }
        let stance = stance(object, body, level: min(2, object.levels.count - 1))
        let root = root(object, body.pose, stance)
        return figure.keypoints.map { BodyPoint(position: root * (stance.bones[$0.bone] * $0.point), flesh: $0.flesh * object.scale.max()) }
    }

    /// How far a slope lifts a walker against its origin, metres: the foot further up stands on the ground under it.
    private func lift(_ object: Object, _ pose: Pose, _ bones: [Pose], _ level: Double) -> Double {
        guard let figure = object.figure, figure.walks, roads != nil else { return level }
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
