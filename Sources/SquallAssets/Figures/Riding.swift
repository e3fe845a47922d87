import Foundation
import SquallMath

/// How somebody sits on a two-wheeler: hips over the saddle, hands on grips that turn with the fork, feet on pedals that go round or on
/// rests. The trunk leans as far as the arms need to reach the grips with their elbows a little bent; arms and legs follow by their two lengths.
public struct Riding: Sendable {
    private let seat: Seat
    private let joints: [Asset.Joint]
    /// Of the person: limbs, and the ball of the left foot at rest.
    private let gait: BipedGait
    /// Of the trunk, radians forward.
    private let lean: Double
    /// Share of its length that an arm is stretched to.
    private static let reach = 0.93

    package init(_ seat: Seat, joints: [Asset.Joint], _ gait: BipedGait, _ skeleton: Skeleton) {
        (self.seat, self.joints, self.gait) = (seat, joints, gait)
        let arm = skeleton.lengths(gait.limbs.arms[0])
        // The further forward, the nearer the shoulders come to the grips.
        var (upright, low) = (-0.2, 1.25)
        for _ in 0..<24 {
            let middle = (upright + low) / 2
            let trunk = Self.trunk(middle, seat, gait, skeleton)
            let shoulder = trunk.poses[gait.limbs.chest] * skeleton.bones[gait.limbs.arms[0][0]].joint
            if (Self.wrist(seat.grip, from: shoulder) - shoulder).length > Self.reach * (arm.0 + arm.1) { upright = middle } else { low = middle }
        }
        lean = (upright + low) / 2
    }

    /// Posed from rest in the frame of what is ridden, for every bone.
    /// - Parameters:
    ///   - turned: of every joint of what is ridden, radians. - steer: of the front wheel, radians, left positive.
    package func bones(turned: [Double], steer: Double, _ skeleton: Skeleton) -> [Pose] {
        let places = Asset.transforms(of: joints, turned: turned, steer: steer)
        var body = Self.trunk(lean, seat, gait, skeleton)
        body.turns[gait.limbs.head] = Quaternion(yaw: 0.5 * steer, pitch: 0.05 * lean)
        for side in 0..<2 {
            let sign: Double = side == 0 ? 1 : -1
            let grip = Vec3(seat.grip.x, sign * seat.grip.y, seat.grip.z)
            arm(&body, side, seat.fork.map { places[$0] * (grip - joints[$0].pivot) } ?? grip, skeleton)
            leg(&body, side, side < seat.pedals.count ? places[seat.pedals[side]].translation : Vec3(seat.rest.x, sign * seat.rest.y, seat.rest.z), skeleton)
        }
        return skeleton.posed(root: body.root, turns: body.turns)
    }

    private struct Body {
        var root = Vec3.zero
        var turns: [Quaternion]
        var poses: [Pose] = []
    }

    /// Hips, back and head.
    private static func trunk(_ lean: Double, _ seat: Seat, _ gait: BipedGait, _ skeleton: Skeleton) -> Body {
        let limbs = gait.limbs
        var body = Body(turns: Array(repeating: .identity, count: skeleton.bones.count))
        for (bone, share) in [(limbs.pelvis, 0.5), (limbs.spine, 0.8), (limbs.chest, 1.0), (limbs.neck, 0.45), (limbs.head, 0.05)] {
            body.turns[bone] = Quaternion(yaw: 0, pitch: share * lean)
        }
        // Hip joints are this far above what one sits on.
        let rise = 0.085 * gait.leg / 0.92
        let pelvis = skeleton.bones[limbs.pelvis].joint
        let hips = (skeleton.bones[limbs.legs[0][0]].joint + skeleton.bones[limbs.legs[1][0]].joint) / 2
        body.root = seat.saddle + Vec3(0, 0, rise) - pelvis - body.turns[limbs.pelvis] * (hips - pelvis)
        body.poses = skeleton.posed(root: body.root, turns: body.turns)
        return body
    }

    /// A wrist is behind and a little over the grip in its hand.
    private static func wrist(_ grip: Vec3, from shoulder: Vec3) -> Vec3 { grip + (shoulder - grip).normalized * 0.065 + Vec3(0, 0, 0.028) }

    private func arm(_ body: inout Body, _ side: Int, _ grip: Vec3, _ skeleton: Skeleton) {
        let bones = gait.limbs.arms[side], sign: Double = side == 0 ? 1 : -1
        let shoulder = body.poses[gait.limbs.chest] * skeleton.bones[bones[0]].joint
        let bent = Bend(shoulder, Self.wrist(grip, from: shoulder), skeleton.lengths(bones), towards: Vec3(-0.25, sign * 0.55, -0.8))
        let normal = cross(bent.along, bent.pole)
        body.turns[bones[0]] = Self.turn(skeleton.bones[bones[1]].joint - skeleton.bones[bones[0]].joint, to: bent.middle - shoulder, normal)
        body.turns[bones[1]] = Self.turn(skeleton.bones[bones[2]].joint - skeleton.bones[bones[1]].joint, to: bent.end - bent.middle, normal)
        // Fingers go over the grip.
        body.turns[bones[2]] = Self.turn(skeleton.bones[bones[2]].tip - skeleton.bones[bones[2]].joint, to: grip + Vec3(0.05, -sign * 0.01, 0.012) - bent.end, normal)
    }

    private func leg(_ body: inout Body, _ side: Int, _ sole: Vec3, _ skeleton: Skeleton) {
        let bones = gait.limbs.legs[side], sign: Double = side == 0 ? 1 : -1
        let hip = body.poses[gait.limbs.pelvis] * skeleton.bones[bones[0]].joint
        let ball = Vec3(gait.ball.x, sign * gait.ball.y, gait.ball.z)
        let lever = skeleton.bones[bones[2]].joint - ball
        let lengths = skeleton.lengths(bones)
        // Heels rise where the leg would be too short.
        var pitch = seat.pedals.isEmpty ? 0.02 : 0.22
        let wanted = (sole + Quaternion(yaw: 0, pitch: pitch) * lever - hip).length / (lengths.0 + lengths.1)
        pitch += min(0.75, max(0, (wanted - 0.90) / 0.13))
        let foot = Quaternion(yaw: 0, pitch: pitch)
        let bent = Bend(hip, sole + foot * lever, lengths, towards: Vec3(1, sign * (seat.pedals.isEmpty ? 0.3 : 0.1), 0.3))
        let normal = cross(bent.pole, bent.along)
        body.turns[bones[0]] = Self.turn(skeleton.bones[bones[1]].joint - skeleton.bones[bones[0]].joint, to: bent.middle - hip, normal)
        body.turns[bones[1]] = Self.turn(skeleton.bones[bones[2]].joint - skeleton.bones[bones[1]].joint, to: bent.end - bent.middle, normal)
        (body.turns[bones[2]], body.turns[bones[3]]) = (foot, foot)
    }

    /// A limb of two lengths between two places, its middle joint towards a side.
    private struct Bend {
        var middle: Vec3, end: Vec3
        /// Unit, from start to end, and square to it towards the middle joint.
        var along: Vec3, pole: Vec3

        init(_ start: Vec3, _ target: Vec3, _ lengths: (Double, Double), towards side: Vec3) {
            let (a, b) = lengths
            along = (target - start).normalized
            let d = (target - start).length.clamped(to: abs(a - b) + 0.01...0.998 * (a + b))
            let x = (a * a - b * b + d * d) / (2 * d)
            pole = (side - along * dot(side, along)).normalized
            middle = start + along * x + pole * max(0, a * a - x * x).squareRoot()
            end = start + along * d
        }
    }

    /// Turns a bone from its direction at rest, where knees and elbows bend about y, to another about whose `axis` they then bend.
    private static func turn(_ rest: Vec3, to direction: Vec3, _ axis: Vec3) -> Quaternion {
        func frame(_ direction: Vec3, _ axis: Vec3) -> Quaternion {
            let x = direction.normalized
            let y = (axis - x * dot(axis, x)).normalized
            return Quaternion(columns: x, y, cross(x, y))
        }
        return (frame(direction, axis) * frame(rest, Vec3(0, 1, 0)).conjugate).normalized
    }
}

extension Skeleton {
    /// Lengths of the two bones of a limb whose joints these are, metres.
    fileprivate func lengths(_ limb: [Int]) -> (Double, Double) {
        ((bones[limb[1]].joint - bones[limb[0]].joint).length, (bones[limb[2]].joint - bones[limb[1]].joint).length)
    }
}
