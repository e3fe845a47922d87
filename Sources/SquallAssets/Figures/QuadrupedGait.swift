import Foundation
import SquallMath

/// How a four-footed animal stands, walks, trots, gallops and falls.
///
/// Feet on the ground stay where they are; the leg turns over them. Walking follows the lateral sequence (left hind, left fore, right hind, right fore a
/// quarter apart), trotting pairs the diagonals, galloping lands both hind feet and then both fore feet a little apart (Hildebrand 1965, 1977); the changes
/// come where v2 / (g hip height) passes 0.5 and 2 to 3 (Alexander and Jayes 1983). The back stays straight.
public struct QuadrupedGait: Sendable {
    /// Bones of one leg: upper, lower, cannon, foot.
    package static let hind = [[6, 7, 8, 9], [10, 11, 12, 13]], fore = [[14, 15, 16, 17], [18, 19, 20, 21]]
    package static let pelvis = 0, spine = 1, chest = 2, neck = 3, head = 4, tail = 5

    /// Hip height over the ground, metres.
    package let height: Double

    package init(height: Double) { self.height = height }

    private func trotShare(_ pace: Double) -> Double { smooth((pace * pace / (9.81 * height) - 0.35) / 0.3) }

    private func gallopShare(_ pace: Double) -> Double { smooth(pace * pace / (9.81 * height) - 2) }

    /// Metres per turn: Alexander's 1976 rule for mammals, stride = 2.3 h (v2 / g h)^0.3.
    public func strideLength(_ pace: Double) -> Double { 2.3 * height * pow(max(pace, 0.1) * max(pace, 0.1) / (9.81 * height), 0.3) }

    /// Posed from rest, for every bone.
    public func bones(_ posture: Posture, _ skeleton: Skeleton) -> [Pose] {
        var turns = Array(repeating: Quaternion.identity, count: skeleton.bones.count)
        let trot = trotShare(posture.pace), gallop = gallopShare(posture.pace), moving = smooth(posture.pace / 0.3)
        let turn = 2 * Double.pi * posture.stride
        var root = Vec3(0, 0, moving * (-0.012 * height + 0.010 * height * (1 + trot) * (1 - gallop) * cos(2 * turn) + 0.03 * height * gallop * cos(turn - 2.2)))
        let nod = 0.05 * moving * (1 - trot) * cos(2 * turn + 0.6)
        turns[Self.neck] = Quaternion(yaw: 0, pitch: nod)
        turns[Self.head] = Quaternion(yaw: 0, pitch: 0.6 * nod)
        turns[Self.tail] = Quaternion(yaw: 0.16 * moving * sin(turn), pitch: 0.1 * moving)
        let stride = strideLength(posture.pace)
        // A leg reaches only so far: the longer the stride, the shorter the share of it that the foot is on the ground.
        let duty = min(lerp(0.64, 0.46, trot), lerp(0.86, lerp(0.62, 0.52, gallop), trot) * height / stride)
        let (pair, fore) = (lerp(0.5, 0.12, gallop), lerp(lerp(-0.25, 0.5, trot), 0.56, gallop))
        for side in 0..<2 {
            let other = pair * Double(side)
            step(&turns, Self.hind[side], posture.stride + other, duty, stride * moving, skeleton, root, forward: true)
            step(&turns, Self.fore[side], posture.stride + other + fore, duty, stride * moving, skeleton, root, forward: false)
        }
        if posture.falling > 0 {
            let topple = Quaternion(axis: Vec3(1, 0, 0), angle: 0.5 * .pi * smooth(posture.falling))
            let pelvis = skeleton.bones[Self.pelvis].joint
            root = topple * (pelvis + root) + Vec3(0, 0, 0.22 * height * smooth(posture.falling)) - pelvis
            for k in turns.indices { turns[k] = topple * turns[k] }
        }
        return skeleton.posed(root: root, turns: turns)
    }

    private func smooth(_ t: Double) -> Double {
        let u = t.clamped(to: 0...1)
        return u * u * (3 - 2 * u)
    }

    /// Poses one leg in its own plane. - Parameter forward: the joint below the first bends forward (hind legs) or backward.
    private func step(_ turns: inout [Quaternion], _ bones: [Int], _ phase: Double, _ duty: Double, _ stride: Double, _ skeleton: Skeleton, _ root: Vec3, forward: Bool) {
        let t = phase - phase.rounded(.down)
        let joints = bones.map { skeleton.bones[$0].joint }
        let contact = skeleton.bones[bones[3]].tip
        let (travel, lift, fold): (Double, Double, Double)
        if t < duty {
            (travel, lift, fold) = (stride * (0.5 * duty - t), 0, 0)
        } else {
            let s = (t - duty) / (1 - duty)
            // Leaves and meets the ground at the speed of stance.
            let reach = min(stride, 1.35 * height)
            travel = lerp(-0.5, 0.5, smooth(s)) * stride * duty - 0.35 * reach * (1 - duty) * s * (1 - s) * (1 - 2 * s)
            (lift, fold) = (0.11 * height * sin(.pi * s) * min(1, 2 * stride / height), sin(.pi * pow(s, 0.75)) * min(1, 2 * stride / height))
        }
        let hip = joints[0] + root
        let foot = contact + Vec3(travel, 0, lift)
        // The cannon leans with the whole leg, and folds back in swing.
        let lean = atan2(foot.x - contact.x, hip.z - foot.z) * 0.85 - fold * (forward ? 0.55 : 0.95)
        let cannon = Quaternion(axis: Vec3(0, 1, 0), angle: -lean)
        let ankle = foot + cannon * (joints[2] - contact)
        let (upper, lower) = (joints[1] - joints[0], joints[2] - joints[1])
        let d = Vec3(ankle.x - hip.x, 0, ankle.z - hip.z)
        let (a, b) = ((upper.x * upper.x + upper.z * upper.z).squareRoot(), (lower.x * lower.x + lower.z * lower.z).squareRoot())
        let reach = d.length.clamped(to: abs(a - b) + 1e-3...(a + b) * 0.999)
        let atHip = acos(((a * a + reach * reach - b * b) / (2 * a * reach)).clamped(to: -1...1))
        // Angles from straight down, forward positive.
        let line = atan2(d.x, -d.z)
        let first = line + (forward ? atHip : -atHip)
        let knee = Vec3(hip.x + a * sin(first), 0, hip.z - a * cos(first))
        let second = atan2(ankle.x - knee.x, knee.z - ankle.z)
        turns[bones[0]] = Quaternion(axis: Vec3(0, 1, 0), angle: -(first - atan2(upper.x, -upper.z)))
        turns[bones[1]] = Quaternion(axis: Vec3(0, 1, 0), angle: -(second - atan2(lower.x, -lower.z)))
        turns[bones[2]] = cannon
        turns[bones[3]] = Quaternion(axis: Vec3(0, 1, 0), angle: -(t < duty ? lean : lean - 0.6 * fold))
    }
}
