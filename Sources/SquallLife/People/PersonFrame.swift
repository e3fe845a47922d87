import SquallAssets
import SquallMath

/// Measures and bones of a person, modelled 1.76 m tall with arms and legs held apart; the box of the archetype sets the final size.
struct PersonFrame: Sendable {
    /// 0 broad shoulders, 1 broad hips.
    var female: Double
    /// Around 1.
    var girth: Double
    /// Head over that of an adult of this height: children's are larger.
    var headSize: Double
    /// Legs over those of an adult.
    var legs: Double

    /// Of the model, metres.
    static let height = 1.76
    static let pelvis = 0, spine = 1, chest = 2, neck = 3, head = 4
    static let legBones = [[5, 6, 7, 8], [9, 10, 11, 12]], armBones = [[13, 14, 15], [16, 17, 18]]
    static let sided = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]
    static let sides = [1.0, -1.0]
    /// What the left hand holds.
    static let load = 19
    /// Slots of what is carried: they stand out of the body's box.
    static let carried = [Slot.accessory, .canopy, .shaft].map(\.rawValue)

    var hipHeight: Double { 0.925 * legs }
    /// How much the trunk stands above that of a grown man: short legs leave more of the height to it.
    func trunk(_ z: Double) -> Double { hipHeight + (z - 0.925) * (1.50 - hipHeight) / 0.575 }
    var shoulder: Double { 0.178 - 0.020 * female }

    /// Left is 1, right -1.
    func hip(_ side: Double) -> Vec3 { Vec3(0, side * (0.088 + 0.004 * female), hipHeight) }
    func knee(_ side: Double) -> Vec3 { Vec3(0.012, side * 0.104, 0.505 * legs) }
    func ankle(_ side: Double) -> Vec3 { Vec3(-0.018, side * 0.118, 0.085) }
    func ball(_ side: Double) -> Vec3 { Vec3(0.105, side * 0.130, 0.028) }
    func toe(_ side: Double) -> Vec3 { Vec3(0.180, side * 0.135, 0.022) }
    func shoulderJoint(_ side: Double) -> Vec3 { Vec3(-0.015, side * shoulder, trunk(1.400)) }
    /// Along the arm as modelled, half-way up.
    func armAxis(_ side: Double) -> Vec3 { Vec3(0, side * 0.7071, -0.7071) }
    func elbow(_ side: Double) -> Vec3 { shoulderJoint(side) + armAxis(side) * (0.285 * (0.4 + 0.6 * legs)) }
    func wrist(_ side: Double) -> Vec3 { elbow(side) + armAxis(side) * (0.250 * (0.4 + 0.6 * legs)) }
    /// Within the fingers of the left hand.
    var grip: Vec3 { wrist(1) + armAxis(1) * 0.085 }
    var headCenter: Vec3 { Vec3(0.008, 0, 1.655) }
    /// A point of the head of a man, on this head.
    func onHead(_ p: Vec3) -> Vec3 {
        let base = Vec3(-0.005, 0, 1.545)
        return base + (p - base) * headSize
    }

    var skeleton: Skeleton {
        typealias Bone = Skeleton.Bone
        var bones = [
            Bone("pelvis", parent: nil, joint: Vec3(-0.005, 0, hipHeight + 0.02), tip: Vec3(-0.005, 0, trunk(1.04))),
            Bone("spine", parent: 0, joint: Vec3(-0.008, 0, trunk(1.06)), tip: Vec3(-0.010, 0, trunk(1.20))),
            Bone("chest", parent: 1, joint: Vec3(-0.012, 0, trunk(1.22)), tip: Vec3(-0.015, 0, trunk(1.44))),
            Bone("neck", parent: 2, joint: Vec3(-0.015, 0, trunk(1.47)), tip: Vec3(-0.004, 0, 1.545)), Bone("head", parent: 3, joint: Vec3(-0.002, 0, 1.56), tip: Vec3(0.01, 0, 1.72)),
        ]
        for (index, side) in Self.sides.enumerated() {
            let first = Self.legBones[index][0]
            bones += [
                Bone("thigh", parent: 0, joint: hip(side), tip: knee(side)), Bone("shin", parent: first, joint: knee(side), tip: ankle(side)),
                Bone("foot", parent: first + 1, joint: ankle(side), tip: ball(side)), Bone("toes", parent: first + 2, joint: ball(side), tip: toe(side)),
            ]
        }
        for (index, side) in Self.sides.enumerated() {
            let first = Self.armBones[index][0]
            bones += [
                Bone("upper arm", parent: 2, joint: shoulderJoint(side), tip: elbow(side)), Bone("forearm", parent: first, joint: elbow(side), tip: wrist(side)),
                Bone("hand", parent: first + 1, joint: wrist(side), tip: wrist(side) + armAxis(side) * 0.15),
            ]
        }
        // What a hand holds stays upright whatever the arm does.
        bones.append(Bone("load", parent: Self.armBones[0][2], joint: grip, tip: grip + Vec3(0, 0, 0.1)))
        return Skeleton(bones)
    }

    /// Flesh around each bone, metres.
    var flesh: [Double] {
        let leg = [0.075 * girth, 0.050, 0.040, 0.040], arm = [0.046, 0.038, 0.03]
        return [0.125 * girth, 0.12 * girth, 0.135 * girth, 0.052, 0.09] + leg + leg + arm + arm + [0.02]
    }

    /// From the pose as modelled to standing: arms down with the elbows a little bent.
    var rest: [Pose] {
        var turns = Array(repeating: Quaternion.identity, count: Self.load + 1)
        for (index, side) in Self.sides.enumerated() {
            let upper = Quaternion(axis: Vec3(1, 0, 0), angle: -side * (0.785 - 0.13))
            let fore = Quaternion(axis: Vec3(1, 0, 0), angle: -side * (0.785 - 0.05)) * Quaternion(axis: Vec3(0, 1, 0), angle: 0)
            let bend = Quaternion(axis: Vec3(0, 1, 0), angle: -0.30)
            let bones = Self.armBones[index]
            (turns[bones[0]], turns[bones[1]], turns[bones[2]]) = (upper, bend * fore, bend * fore)
        }
        return skeleton.posed(root: .zero, turns: turns)
    }

    /// The 17 keypoints of COCO, in its order, in the pose as modelled.
    var keypoints: [Figure.Keypoint] {
        let ends = { (name: String) in ["left_\(name)", "right_\(name)"] }
        var result = [Figure.Keypoint("nose", bone: Self.head, point: onHead(Vec3(0.110, 0, 1.622)), flesh: 0.03 * headSize)]
        for (name, side) in zip(ends("eye"), Self.sides) { result.append(.init(name, bone: Self.head, point: onHead(Vec3(0.086, side * 0.032, 1.655)), flesh: 0.03 * headSize)) }
        for (name, side) in zip(ends("ear"), Self.sides) { result.append(.init(name, bone: Self.head, point: onHead(Vec3(-0.006, side * 0.078, 1.64)), flesh: 0.04 * headSize)) }
        let limbs: [(String, [Int], (Double) -> Vec3, Double)] = [
            ("shoulder", [13, 16], shoulderJoint, 0.11), ("elbow", [14, 17], elbow, 0.08), ("wrist", [15, 18], wrist, 0.06), ("hip", [5, 9], hip, 0.15), ("knee", [6, 10], knee, 0.09),
            ("ankle", [7, 11], ankle, 0.08),
        ]
        for (part, bones, place, flesh) in limbs {
            for (index, side) in Self.sides.enumerated() { result.append(.init(ends(part)[index], bone: bones[index], point: place(side), flesh: flesh)) }
        }
        return result
    }
}
