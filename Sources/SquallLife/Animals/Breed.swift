import Foundation
import SquallAssets
import SquallMath

/// What makes one kind of four-footed animal: measures as shares of its height at the withers, which is 1 in the model.
struct Breed: Sendable {
    enum Head: Sendable { case deer, boar, dog, cat, cow, horse }

    /// One section of the trunk: where, as a share of the way from hip to shoulder, its upper and lower edge and half its width.
    struct Rib: Sendable {
        var along: Double, top: Double, bottom: Double, half: Double
        init(_ along: Double, _ top: Double, _ bottom: Double, _ half: Double) { (self.along, self.top, self.bottom, self.half) = (along, top, bottom, half) }
    }

    var head: Head
    /// Hip to shoulder.
    var length: Double
    var ribs: [Rib]
    /// Half the width at the shoulders and at the hips.
    var chest: Double, hips: Double
    /// Tip of the neck before the shoulder and over the ground; height of its lower edge at the breast; half its width at breast and head;
    /// half its depth at the head.
    var poll: Vec2, throat: Double, neckRoot: Double, neckEnd: Double, neckDepth: Double
    /// Length of the head, and the angle it hangs down with, radians.
    var skull: Double, pitch: Double
    /// Radii of thigh, forearm and cannon.
    var thigh: Double, forearm: Double, cannon: Double
    /// Heights of elbow, knee, stifle and hock.
    var elbow: Double, knee: Double, stifle: Double, hock: Double
    /// Length and radius of the tail, its angle from straight down at the root and at the tip, radians.
    var tail: Double, tailRadius: Double, tailAngles: Vec2
    /// Whether it walks on paws, with longer feet.
    var paws = false

    static let deer = Breed(
        head: .deer, length: 0.72, ribs: [Rib(-0.05, 0.99, 0.66, 0.11), Rib(0.2, 0.96, 0.60, 0.135), Rib(0.5, 0.955, 0.545, 0.155), Rib(0.8, 0.97, 0.53, 0.145), Rib(1.02, 0.96, 0.56, 0.115)],
        chest: 0.135, hips: 0.150, poll: Vec2(0.37, 1.24), throat: 0.68, neckRoot: 0.080, neckEnd: 0.052, neckDepth: 0.070, skull: 0.31, pitch: 0.50, thigh: 0.085, forearm: 0.050,
        cannon: 0.0195, elbow: 0.55, knee: 0.32, stifle: 0.59, hock: 0.39, tail: 0.13, tailRadius: 0.030, tailAngles: Vec2(0.55, 0.25))
    static let boar = Breed(
        head: .boar, length: 0.80, ribs: [Rib(-0.08, 0.90, 0.50, 0.15), Rib(0.2, 0.94, 0.42, 0.20), Rib(0.5, 0.985, 0.375, 0.225), Rib(0.8, 1.02, 0.36, 0.225), Rib(1.05, 1.00, 0.40, 0.19)],
        chest: 0.215, hips: 0.190, poll: Vec2(0.30, 0.90), throat: 0.50, neckRoot: 0.185, neckEnd: 0.140, neckDepth: 0.185, skull: 0.50, pitch: 0.50, thigh: 0.105, forearm: 0.068,
        cannon: 0.034, elbow: 0.44, knee: 0.22, stifle: 0.48, hock: 0.29, tail: 0.24, tailRadius: 0.020, tailAngles: Vec2(0.35, 0.05))
    static let dog = Breed(
        head: .dog, length: 0.74, ribs: [Rib(-0.05, 0.96, 0.68, 0.115), Rib(0.2, 0.965, 0.64, 0.135), Rib(0.5, 0.965, 0.545, 0.160), Rib(0.8, 0.985, 0.49, 0.165), Rib(1.04, 0.98, 0.52, 0.130)],
        chest: 0.165, hips: 0.150, poll: Vec2(0.17, 1.15), throat: 0.66, neckRoot: 0.120, neckEnd: 0.100, neckDepth: 0.120, skull: 0.40, pitch: 0.20, thigh: 0.090, forearm: 0.052,
        cannon: 0.040, elbow: 0.51, knee: 0.185, stifle: 0.52, hock: 0.25, tail: 0.58, tailRadius: 0.038, tailAngles: Vec2(0.75, 1.35), paws: true)
    static let cat = Breed(
        head: .cat, length: 0.94, ribs: [Rib(-0.05, 0.98, 0.68, 0.14), Rib(0.2, 0.95, 0.60, 0.175), Rib(0.5, 0.93, 0.52, 0.205), Rib(0.8, 0.95, 0.53, 0.190), Rib(1.03, 0.95, 0.57, 0.150)],
        chest: 0.175, hips: 0.175, poll: Vec2(0.15, 1.10), throat: 0.68, neckRoot: 0.125, neckEnd: 0.125, neckDepth: 0.135, skull: 0.39, pitch: 0.12, thigh: 0.105, forearm: 0.062,
        cannon: 0.050, elbow: 0.50, knee: 0.17, stifle: 0.52, hock: 0.25, tail: 0.98, tailRadius: 0.050, tailAngles: Vec2(0.85, 1.75), paws: true)
    static let cow = Breed(
        head: .cow, length: 0.96, ribs: [Rib(-0.05, 0.985, 0.58, 0.17), Rib(0.2, 0.975, 0.47, 0.215), Rib(0.48, 0.965, 0.395, 0.250), Rib(0.78, 0.975, 0.42, 0.220), Rib(1.04, 0.975, 0.46, 0.165)],
        chest: 0.185, hips: 0.190, poll: Vec2(0.36, 1.03), throat: 0.52, neckRoot: 0.105, neckEnd: 0.085, neckDepth: 0.125, skull: 0.38, pitch: 0.80, thigh: 0.100, forearm: 0.060,
        cannon: 0.031, elbow: 0.50, knee: 0.28, stifle: 0.56, hock: 0.36, tail: 0.66, tailRadius: 0.020, tailAngles: Vec2(0.22, 0.02))
    static let horse = Breed(
        head: .horse, length: 0.80, ribs: [Rib(-0.05, 0.985, 0.60, 0.16), Rib(0.2, 0.965, 0.545, 0.170), Rib(0.5, 0.945, 0.505, 0.185), Rib(0.8, 0.985, 0.50, 0.165), Rib(1.02, 0.985, 0.54, 0.135)],
        chest: 0.150, hips: 0.165, poll: Vec2(0.38, 1.27), throat: 0.66, neckRoot: 0.100, neckEnd: 0.068, neckDepth: 0.112, skull: 0.42, pitch: 0.82, thigh: 0.100, forearm: 0.062,
        cannon: 0.0265, elbow: 0.54, knee: 0.315, stifle: 0.58, hock: 0.385, tail: 0.60, tailRadius: 0.046, tailAngles: Vec2(0.30, 0.03))
}

extension Breed {
    static let sides = [1.0, -1.0]
    var hipX: Double { -length / 2 }
    var foreX: Double { length / 2 }
    var hasHooves: Bool { !paws }

    /// Joints of a leg from the top, and where the foot meets the ground. - Parameter side: 1 left, -1 right.
    func hindLeg(_ side: Double) -> [Vec3] {
        let y = side * (hips - thigh * 0.85)
        return [
            Vec3(hipX + 0.02, y, 0.80), Vec3(hipX + 0.12, y * 1.06, stifle), Vec3(hipX - 0.095, y, hock), Vec3(hipX - (paws ? 0.065 : 0.085), y, paws ? 0.065 : 0.105),
            Vec3(hipX + (paws ? 0.03 : -0.035), y, 0),
        ]
    }
    func foreLeg(_ side: Double) -> [Vec3] {
        let y = side * (chest - forearm * 0.9)
        return [
            Vec3(foreX + 0.08, y, 0.68), Vec3(foreX - 0.07, y * 1.04, elbow), Vec3(foreX - 0.035, y, knee), Vec3(foreX - (paws ? 0.025 : 0.04), y, paws ? 0.06 : 0.100),
            Vec3(foreX + (paws ? 0.055 : 0.01), y, 0),
        ]
    }
    var neckTip: Vec3 { Vec3(foreX + poll.x, 0, poll.y) }
    var neckBase: Vec3 { Vec3(foreX - 0.02, 0, 0.82) }
    var noseTip: Vec3 { onHead(1, 0, 0) }
    var tailRoot: Vec3 { Vec3(hipX - 0.155, 0, 0.90) }
    /// Points along the tail, the first at its root.
    var tailPath: [Vec3] {
        let steps = 6
        var points = [tailRoot]
        for k in 0..<steps {
            let angle = lerp(tailAngles.x, tailAngles.y, Double(k) / Double(steps - 1))
            points.append((points.last ?? tailRoot) + Vec3(-sin(angle), 0, -cos(angle)) * (tail / Double(steps)))
        }
        return points
    }
    var tailTip: Vec3 { tailPath.last ?? tailRoot }

    /// A point of the head: shares of its length along it, up from it and to the left.
    func onHead(_ along: Double, _ up: Double, _ left: Double) -> Vec3 {
        let (x, z) = (Vec3(cos(pitch), 0, -sin(pitch)), Vec3(sin(pitch), 0, cos(pitch)))
        return neckTip + (x * along + z * up + Vec3(0, left, 0)) * skull
    }
    /// The inverse of `onHead`.
    func inHead(_ p: Vec3) -> Vec3 {
        let q = (p - neckTip) / skull
        return Vec3(q.x * cos(pitch) - q.z * sin(pitch), q.y, q.x * sin(pitch) + q.z * cos(pitch))
    }

    var skeleton: Skeleton {
        typealias Bone = Skeleton.Bone
        var bones = [
            Bone("pelvis", parent: nil, joint: Vec3(hipX, 0, 0.82), tip: Vec3(hipX + length * 0.22, 0, 0.80)),
            Bone("spine", parent: 0, joint: Vec3(hipX + length * 0.30, 0, 0.80), tip: Vec3(hipX + length * 0.6, 0, 0.78)),
            Bone("chest", parent: 1, joint: Vec3(hipX + length * 0.65, 0, 0.77), tip: Vec3(foreX, 0, 0.77)), Bone("neck", parent: 2, joint: neckBase, tip: neckTip),
            Bone("head", parent: 3, joint: neckTip, tip: noseTip), Bone("tail", parent: 0, joint: tailRoot, tip: tailTip),
        ]
        for leg in Self.sides.map(hindLeg) + Self.sides.map(foreLeg) {
            let first = bones.count
            let parent = first < 14 ? 0 : 2
            for (k, name) in ["upper leg", "lower leg", "cannon", "foot"].enumerated() {
                bones.append(Bone(name, parent: k == 0 ? parent : first + k - 1, joint: leg[k], tip: leg[k + 1]))
            }
        }
        return Skeleton(bones)
    }

    var flesh: [Double] {
        let hind = [thigh, thigh * 0.5, cannon, cannon], fore = [forearm * 1.1, forearm * 0.8, cannon, cannon]
        return [hips * 0.95, chest * 1.15, chest, neckEnd * 1.3, skull * 0.2, tailRadius] + hind + hind + fore + fore
    }
}
