import Foundation
import SquallMath

/// How a person stands, walks, runs, sits, falls and waves.
///
/// In stance the foot is where the ground holds it: it rolls from the heel to the ball while the body passes over, and the leg follows
/// by its two lengths. In swing hip and knee follow the curves of normal gait (key values after Winter 1991 and Perry 1992: knee 5 degrees
/// at heel strike, 40 at toe-off, 62 in swing; hip 30 flexed to 10 extended), bent at both ends to meet the stance.
public struct BipedGait: Sendable {
    /// Indices into the skeleton.
    package struct Limbs: Sendable {
        var pelvis = 0, spine = 1, chest = 2, neck = 3, head = 4
        /// Left, right: thigh, shin, foot, toes.
        var legs = [[5, 6, 7, 8], [9, 10, 11, 12]]
        /// Left, right: upper arm, forearm, hand.
        var arms = [[13, 14, 15], [16, 17, 18]]
    }
    package let limbs = Limbs()
    /// Contact points of the left foot at rest, body frame; the right one mirrors them.
    package let heel: Vec3
    package let ball: Vec3
    /// Hip height over the ground, metres.
    package let leg: Double
    /// Radians the trunk leans forward at rest pace: old people stoop.
    package var stoop = 0.0

    /// How the left hand holds what it has: before the chest, or hanging.
    package enum Grip: Sendable { case raised, hanging }
    package var grip: Grip?

    package init(heel: Vec3, ball: Vec3, leg: Double, stoop: Double = 0, grip: Grip? = nil) {
        (self.heel, self.ball, self.leg, self.stoop, self.grip) = (heel, ball, leg, stoop, grip)
    }

    private static let degree = Double.pi / 180
    private struct Style: Sendable {
        /// Share of the cycle a foot is on the ground.
        var duty: Double
        /// Degrees over the share of the cycle; the foot's pitch is toe up.
        var hip: GaitCurve, knee: GaitCurve, foot: GaitCurve
        /// Swing of the arm and its mean, mean bend of the elbow and its swing, lean of the trunk, degrees; rise of the hips, metres.
        var arm: Double, armMean: Double, elbow: Double, elbowSwing: Double, lean: Double, rise: Double
        /// Share of the cycle at which the hips are highest, and of the stride that the foot is ahead of where it hangs when it lands.
        var top: Double
        var lead: Double
    }
    private static let walking = Style(
        duty: 0.62, hip: GaitCurve([(0, 28), (0.12, 24), (0.30, 4), (0.50, -11), (0.62, -2), (0.72, 17), (0.85, 31), (0.94, 30)]),
        knee: GaitCurve([(0, 5), (0.14, 18), (0.40, 5), (0.50, 12), (0.62, 40), (0.72, 63), (0.84, 34), (0.95, 3)]),
        foot: GaitCurve([(0, 20), (0.08, 0), (0.36, 0), (0.50, -24), (0.62, -62), (0.72, -46), (0.84, -2), (0.93, 18)]), arm: 22, armMean: 2, elbow: 24, elbowSwing: 12,
        lean: 2, rise: 0.018, top: 0.31, lead: 0.26)
    private static let running = Style(
        duty: 0.36, hip: GaitCurve([(0, 38), (0.18, 12), (0.38, -12), (0.52, 8), (0.72, 50), (0.88, 46)]),
        knee: GaitCurve([(0, 16), (0.15, 38), (0.34, 18), (0.46, 52), (0.62, 104), (0.78, 70), (0.93, 18)]),
        foot: GaitCurve([(0, 8), (0.06, 0), (0.18, 0), (0.36, -58), (0.55, -78), (0.75, -30), (0.92, 8)]), arm: 34, armMean: -4, elbow: 88, elbowSwing: 16, lean: 8, rise: 0.035,
        top: 0.68, lead: 0.12)

    /// How much of a run a pace is, 0...1: people change over where v2 / (g leg) passes 0.5.
    private func runShare(_ pace: Double) -> Double {
        let froude = pace * pace / (9.81 * leg)
        return Self.smooth((froude - 0.42) / 0.16)
    }

    /// Metres per turn. Walking: the step grows with the speed to the power 0.42 (Grieve and Gear 1966), 1.45 m at 1.4 m/s for legs of
    /// 0.92 m; running has a cadence near 1.38 strides a second at 3 m/s (Cavanagh and Kram 1989).
    public func strideLength(_ pace: Double) -> Double {
        let size = leg / 0.92
        let walk = 1.45 * size * pow(max(pace, 0.1) / (1.4 * size.squareRoot()), 0.42)
        // Slow runs have a slower cadence; one that is the same at all speeds would shorten the stride where walking becomes running.
        let cadence = min(1.45, 1 + 0.12 * pace / size.squareRoot())
        return lerp(walk, max(pace, 0.1) / cadence * size.squareRoot(), runShare(pace))
    }

    /// Posed from rest, for every bone.
    public func bones(_ posture: Posture, _ skeleton: Skeleton) -> [Pose] {
        let run = runShare(posture.pace)
        var body = Body(skeleton.bones.count)
        let moving = Self.smooth(posture.pace / 0.35)
        if run < 1 { walk(&body, posture, skeleton, Self.walking) }
        if run > 0 {
            var other = Body(skeleton.bones.count)
            walk(&other, posture, skeleton, Self.running)
            body = run < 1 ? body.blended(with: other, run) : other
        }
        if moving < 1 {
            var still = Body(skeleton.bones.count)
            stand(&still, skeleton)
            body = still.blended(with: body, moving)
        }
        if posture.sitting > 0 {
            var seated = Body(skeleton.bones.count)
            sit(&seated, skeleton)
            body = body.blended(with: seated, Self.smooth(posture.sitting))
        }
        if let grip { hold(&body, grip) }
        if posture.waving > 0 { wave(&body, posture) }
        if posture.falling > 0 { fall(&body, Self.smooth(posture.falling), skeleton) }
        return skeleton.posed(root: body.root, turns: body.turns)
    }

    private struct Body {
        var root = Vec3.zero
        /// Against the body frame, one per bone.
        var turns: [Quaternion]
        init(_ count: Int) { turns = Array(repeating: .identity, count: count) }

        func blended(with other: Body, _ t: Double) -> Body {
            var result = self
            result.root = lerp(root, other.root, t)
            for k in turns.indices { result.turns[k] = .slerp(turns[k], other.turns[k], t) }
            return result
        }
    }

    /// Forward flexion: a limb that hangs swings to the front.
    private static func swing(_ angle: Double) -> Quaternion { Quaternion(axis: Vec3(0, 1, 0), angle: -angle) }
    private static func smooth(_ t: Double) -> Double {
        let u = t.clamped(to: 0...1)
        return u * u * (3 - 2 * u)
    }

    // MARK: Walking and running

    private func walk(_ body: inout Body, _ posture: Posture, _ skeleton: Skeleton, _ style: Style) {
        let stride = strideLength(posture.pace)
        let vigour = min(1.2, stride / (1.45 * leg / 0.92))
        let phase = posture.stride
        let turn = 2 * Double.pi * phase
        let d = Self.degree
        // The pelvis turns with the leg ahead and drops on the side that swings; chest and arms go against it.
        let lean = stoop + style.lean * d
        body.turns[limbs.pelvis] = Quaternion(yaw: -4 * d * vigour * cos(turn), pitch: 0.3 * lean, roll: 2.5 * d * vigour * sin(turn))
        body.turns[limbs.spine] = Quaternion(yaw: 0, pitch: 0.7 * lean, roll: 0)
        body.turns[limbs.chest] = Quaternion(yaw: 5 * d * vigour * cos(turn), pitch: lean, roll: -1.0 * d * sin(turn))
        body.turns[limbs.neck] = Quaternion(yaw: 2 * d * cos(turn), pitch: 0.8 * lean)
        body.turns[limbs.head] = Quaternion(yaw: 0, pitch: 0.4 * stoop)
        let rise = style.rise * vigour * vigour * leg / 0.92
        let height = hipHeight(style, stride, rise, skeleton)
        let hip = skeleton.bones[limbs.legs[0][0]].joint.z
        body.root = Vec3(0, 0.018 * vigour * sin(turn), height - hip + rise * cos(2 * (turn - 2 * .pi * style.top)))
        for side in 0..<2 { leg(&body, side, phase + 0.5 * Double(side), style, stride, skeleton) }
        for side in 0..<2 {
            let forward = -cos(turn + .pi * Double(side))
            let shoulder = (style.armMean + style.arm * vigour * forward) * d
            let elbow = (style.elbow + style.elbowSwing * vigour * forward) * d
            arm(&body, side, shoulder, elbow, out: 2 * d, inward: style.elbow > 60 ? 24 * d : 6 * d)
        }
    }

    private func arm(_ body: inout Body, _ side: Int, _ shoulder: Double, _ elbow: Double, out: Double, inward: Double) {
        let sign: Double = side == 0 ? 1 : -1
        let bones = limbs.arms[side]
        let chest = body.turns[limbs.chest]
        let rest = 0.30   // bend of the elbow the shape has at rest
        let upper = chest * Quaternion(axis: Vec3(1, 0, 0), angle: sign * out) * Self.swing(shoulder)
        body.turns[bones[0]] = upper
        body.turns[bones[1]] = upper * Quaternion(axis: Vec3(0, 0, 1), angle: -sign * inward) * Self.swing(elbow - rest)
        body.turns[bones[2]] = body.turns[bones[1]]
    }

    /// Height of the hips such that no leg on the ground is ever stretched.
    private func hipHeight(_ style: Style, _ stride: Double, _ rise: Double, _ skeleton: Skeleton) -> Double {
        let lengths = legLengths(skeleton)
        let reach = 0.992 * (lengths.0 + lengths.1)
        var height = Double.infinity
        for k in 0...12 {
            let t = style.duty * Double(k) / 12
            let ankle = stanceAnkle(t, style, stride, skeleton)
            let hip = skeleton.bones[limbs.legs[0][0]].joint
            let along = ankle.x - hip.x
            height = min(height, (max(0.01, reach * reach - along * along)).squareRoot() + ankle.z - rise * cos(4 * .pi * (t - style.top)))
        }
        return height
    }

    private func legLengths(_ skeleton: Skeleton) -> (Double, Double) {
        let b = limbs.legs[0].map { skeleton.bones[$0].joint }
        return ((b[1] - b[0]).length, (b[2] - b[1]).length)
    }

    /// Where the left ankle is while its foot is on the ground, body frame, at a share of the cycle.
    private func stanceAnkle(_ t: Double, _ style: Style, _ stride: Double, _ skeleton: Skeleton) -> Vec3 {
        let pitch = style.foot.value(t) * Self.degree
        let ankle = skeleton.bones[limbs.legs[0][2]].joint
        let pivot = pitch > 0 ? heel : ball
        let arm = Self.pitched(ankle - pivot, pitch)
        return pivot + arm + Vec3(stride * (style.lead - t), 0, 0)
    }
    /// Toe up is positive.
    private static func pitched(_ v: Vec3, _ pitch: Double) -> Vec3 { Quaternion(axis: Vec3(0, 1, 0), angle: -pitch) * v }

    private func leg(_ body: inout Body, _ side: Int, _ phase: Double, _ style: Style, _ stride: Double, _ skeleton: Skeleton) {
        let t = phase - phase.rounded(.down)
        let sign: Double = side == 0 ? 1 : -1
        let bones = limbs.legs[side]
        let pelvis = skeleton.bones[limbs.pelvis].joint
        let hip = pelvis + body.root + body.turns[limbs.pelvis] * (skeleton.bones[bones[0]].joint - pelvis)
        let track = 0.72   // feet walk closer together than hips are apart
        let mirror = { (p: Vec3) in Vec3(p.x, sign * p.y * track, p.z) }
        let pitch = style.foot.value(t) * Self.degree
        var angles: (hip: Double, knee: Double, roll: Double)
        if t < style.duty {
            angles = solve(hip, mirror(stanceAnkle(t, style, stride, skeleton)), skeleton)
        } else {
            // The curves of swing, bent to leave the ground and to meet it where stance has the foot.
            let share = (t - style.duty) / (1 - style.duty)
            let off = solve(hip, mirror(stanceAnkle(style.duty, style, stride, skeleton)), skeleton)
            let on = solve(hip, mirror(stanceAnkle(0, style, stride, skeleton)), skeleton)
            let d = Self.degree
            let blend = Self.smooth(share)
            // A walker's leg leaves the ground straighter than the curve: that must be gone by the top of the bend, a third into swing.
            let left = style.duty > 0.5 ? 1 - Self.smooth(share / 0.28) : 1 - blend
            let (hipOff, hipOn) = (off.hip - style.hip.value(style.duty) * d, on.hip - style.hip.value(0) * d)
            let (kneeOff, kneeOn) = (off.knee - style.knee.value(style.duty) * d, on.knee - style.knee.value(0) * d)
            angles.hip = style.hip.value(t) * d + left * hipOff + blend * hipOn
            angles.knee = style.knee.value(t) * d + left * kneeOff + blend * kneeOn
            angles.roll = lerp(off.roll, on.roll, blend)
        }
        set(&body, side, angles, pitch: pitch, toes: t < style.duty ? max(0, -pitch) : max(0, -pitch) * 0.25, skeleton)
    }

    /// Hip and knee flexion, and the tilt to the side, that bring the ankle to a place; the knee bends forward.
    private func solve(_ hip: Vec3, _ ankle: Vec3, _ skeleton: Skeleton) -> (hip: Double, knee: Double, roll: Double) {
        let (upper, lower) = legLengths(skeleton)
        let d = ankle - hip
        let down = (d.y * d.y + d.z * d.z).squareRoot()
        let reach = d.length.clamped(to: abs(upper - lower) + 0.01...(upper + lower) * 0.9995)
        let atHip = acos(((upper * upper + reach * reach - lower * lower) / (2 * upper * reach)).clamped(to: -1...1))
        let atKnee = acos(((upper * upper + lower * lower - reach * reach) / (2 * upper * lower)).clamped(to: -1...1))
        return (atan2(d.x, down) + atHip, .pi - atKnee, atan2(d.y, -d.z))
    }

    private func set(_ body: inout Body, _ side: Int, _ angles: (hip: Double, knee: Double, roll: Double), pitch: Double, toes: Double, _ skeleton: Skeleton) {
        let bones = limbs.legs[side]
        let joints = bones.map { skeleton.bones[$0].joint }
        let (thigh, shin) = (joints[1] - joints[0], joints[2] - joints[1])
        let tilt = { (v: Vec3) in atan2(v.y, -v.z) }
        // Turns are counted from the limbs at rest, which do not hang quite plumb.
        let roll = { (v: Vec3) in Quaternion(axis: Vec3(1, 0, 0), angle: angles.roll - tilt(v)) }
        body.turns[bones[0]] = roll(thigh) * Self.swing(angles.hip - atan2(thigh.x, -thigh.z))
        body.turns[bones[1]] = roll(shin) * Self.swing(angles.hip - angles.knee - atan2(shin.x, -shin.z))
        body.turns[bones[2]] = Quaternion(axis: Vec3(0, 1, 0), angle: -pitch)
        body.turns[bones[3]] = Quaternion(axis: Vec3(0, 1, 0), angle: -pitch - toes)
    }

    /// The left arm as what it holds asks: bent with the hand before the shoulder, or straight down, hardly swinging.
    private func hold(_ body: inout Body, _ grip: Grip) {
        switch grip {
        case .raised:
            arm(&body, 0, 20 * Self.degree, 142 * Self.degree, out: 6 * Self.degree, inward: 24 * Self.degree)
        case .hanging:
            let before = limbs.arms[0].map { body.turns[$0] }
            arm(&body, 0, 0, 8 * Self.degree, out: 9 * Self.degree, inward: 0)
            for (bone, turn) in zip(limbs.arms[0], before) { body.turns[bone] = .slerp(body.turns[bone], turn, 0.2) }
        }
    }

    // MARK: Other things people do

    private func stand(_ body: inout Body, _ skeleton: Skeleton) {
        for bone in [limbs.spine, limbs.chest] { body.turns[bone] = Quaternion(yaw: 0, pitch: stoop) }
        body.turns[limbs.head] = Quaternion(yaw: 0, pitch: 0.4 * stoop)
        for side in 0..<2 { arm(&body, side, 0, 0.30, out: 0, inward: 0) }
    }

    /// On something as high as a chair, 0.45 m for legs of 0.92 m; hands on the thighs.
    private func sit(_ body: inout Body, _ skeleton: Skeleton) {
        let lengths = legLengths(skeleton)
        let ankle = skeleton.bones[limbs.legs[0][2]].joint.z
        let hip = skeleton.bones[limbs.legs[0][0]].joint.z
        body.root = Vec3(0, 0, lengths.1 + ankle + 0.02 - hip)
        for side in 0..<2 {
            set(&body, side, (hip: 86 * Self.degree, knee: 90 * Self.degree, roll: 0.06 * (side == 0 ? 1 : -1)), pitch: 0, toes: 0, skeleton)
            arm(&body, side, 32 * Self.degree, 68 * Self.degree, out: 0.06, inward: 0.25)
        }
        body.turns[limbs.spine] = Quaternion(yaw: 0, pitch: 0.04 + stoop)
    }

    /// The right arm up, its forearm from side to side.
    private func wave(_ body: inout Body, _ posture: Posture) {
        let share = Self.smooth(posture.waving)
        let bones = limbs.arms[1]
        let chest = body.turns[limbs.chest]
        let upper = chest * Quaternion(axis: Vec3(1, 0, 0), angle: -105 * Self.degree) * Self.swing(0.25)
        let fore = upper * Quaternion(axis: Vec3(1, 0, 0), angle: (-62 + 24 * sin(2 * .pi * posture.wave)) * Self.degree)
        for (bone, turn) in zip(bones, [upper, fore, fore]) { body.turns[bone] = .slerp(body.turns[bone], turn, share) }
    }

    /// Forwards onto the ground, hands ahead.
    private func fall(_ body: inout Body, _ share: Double, _ skeleton: Skeleton) {
        let pelvis = skeleton.bones[limbs.pelvis].joint
        for side in 0..<2 {
            let bones = limbs.arms[side]
            // Elbows hang a little, so that the hands lie where the chest does.
            for (bone, lift) in zip(bones, [166.0, 156, 160]) {
                let reach = Self.swing(lift * Self.degree) * Quaternion(axis: Vec3(1, 0, 0), angle: side == 0 ? 0.35 : -0.35)
                body.turns[bone] = .slerp(body.turns[bone], reach, share)
            }
            for bone in limbs.legs[side] { body.turns[bone] = .slerp(body.turns[bone], bone == limbs.legs[side][2] || bone == limbs.legs[side][3] ? Self.swing(-1.0) : Self.swing(0.1), share) }
        }
        for bone in [limbs.pelvis, limbs.spine, limbs.chest, limbs.neck] { body.turns[bone] = .slerp(body.turns[bone], .identity, share) }
        body.turns[limbs.head] = .slerp(body.turns[limbs.head], Self.swing(0.3), share)
        let topple = Quaternion(axis: Vec3(0, 1, 0), angle: share * 0.5 * .pi)
        let lying = 0.13 * leg / 0.92
        let place = topple * (pelvis + body.root)
        body.root = Vec3(place.x * 0.5, body.root.y, max(place.z, 0) + lying * share) - Vec3(pelvis.x, 0, pelvis.z)
        for k in body.turns.indices { body.turns[k] = topple * body.turns[k] }
    }
}
