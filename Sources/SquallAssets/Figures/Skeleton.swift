import SquallMath

/// Bones in the body frame at rest. Every bone's own axes are the body's then: a posed bone is a turn about its joint.
public struct Skeleton: Sendable, Equatable {
    public struct Bone: Sendable, Equatable {
        public var name: String
        /// Index of the bone it hangs from, nil for the root; parents come first.
        public var parent: Int?
        /// Where it starts and ends at rest, metres.
        public var joint: Vec3
        public var tip: Vec3
        public init(_ name: String, parent: Int?, joint: Vec3, tip: Vec3) { (self.name, self.parent, self.joint, self.tip) = (name, parent, joint, tip) }
    }

    public var bones: [Bone]
    public init(_ bones: [Bone]) { self.bones = bones }

    /// Posed from rest, for every bone.
    /// - Parameters:
    ///   - root: how far the root's joint is from its place at rest, metres.
    ///   - turns: of every bone against the body frame; what is missing does not turn.
    public func posed(root: Vec3, turns: [Quaternion]) -> [Pose] {
        var joints: [Vec3] = []
        let turns = turns + Array(repeating: .identity, count: max(0, bones.count - turns.count))
        return bones.enumerated().map { index, bone in
            let turn = turns[index]
            var joint = bone.joint + root
            if let parent = bone.parent, parent < index { joint = joints[parent] + turns[parent] * (bone.joint - bones[parent].joint) }
            joints.append(joint)
            return Pose(position: joint - turn * bone.joint, rotation: turn)
        }
    }

    /// Joints and tips moved by a map of the body frame onto itself that keeps its axes.
    package func scaled(by scale: Vec3, then shift: Vec3) -> Skeleton {
        Skeleton(bones.map { Bone($0.name, parent: $0.parent, joint: $0.joint * scale + shift, tip: $0.tip * scale + shift) })
    }
}
