import Foundation
import SquallAssets
import SquallMath

/// What makes one kind of four-footed animal: measures as shares of its height at the withers, which is 1 in the model.
struct Breed: Sendable {
    enum Head: Sendable { case deer, boar, dog, cat, cow, horse }
    var head: Head
    /// Shoulder to hip; depth and width of the chest and of the belly before the hips.
    var length: Double, chest: Double, width: Double, belly: Double, rump: Double
    /// Tip of the neck seen from the withers, forward and up; its radius at the body and at the head.
    var neck: Vec2, neckRoot: Double, neckEnd: Double
    /// Length of the head, angle it hangs down with, radians; radius of skull and muzzle.
    var skull: Double, pitch: Double, cranium: Double, muzzle: Double
    /// Radii of thigh, of the middle of the legs, and of the cannons; height of the elbow.
    var thigh: Double, leg: Double, cannon: Double
    /// Length and radius of the tail, and its angle from straight down, radians.
    var tail: Double, tailRadius: Double, tailAngle: Double
    /// Whether it walks on paws, with longer feet.
    var paws: Bool
    /// Coats, one picked by the actor's path.
    var coats: [Vec3f]

    static let deer = Breed(
        head: .deer, length: 0.78, chest: 0.190, width: 0.140, belly: 0.165, rump: 0.175, neck: Vec2(0.30, 0.36), neckRoot: 0.135, neckEnd: 0.075, skull: 0.30, pitch: 0.45, cranium: 0.078,
        muzzle: 0.042, thigh: 0.125, leg: 0.040, cannon: 0.024, tail: 0.10, tailRadius: 0.03, tailAngle: 0.5, paws: false,
        coats: [Vec3f(0.22, 0.115, 0.055), Vec3f(0.17, 0.095, 0.05), Vec3f(0.26, 0.15, 0.08)])
    static let boar = Breed(
        head: .boar, length: 0.92, chest: 0.315, width: 0.235, belly: 0.255, rump: 0.235, neck: Vec2(0.32, -0.14), neckRoot: 0.265, neckEnd: 0.175, skull: 0.46, pitch: 0.50, cranium: 0.150,
        muzzle: 0.070, thigh: 0.165, leg: 0.062, cannon: 0.042, tail: 0.22, tailRadius: 0.02, tailAngle: 0.3, paws: false,
        coats: [Vec3f(0.040, 0.033, 0.027), Vec3f(0.06, 0.048, 0.036), Vec3f(0.025, 0.022, 0.02)])
    static let dog = Breed(
        head: .dog, length: 0.86, chest: 0.215, width: 0.150, belly: 0.150, rump: 0.160, neck: Vec2(0.24, 0.26), neckRoot: 0.140, neckEnd: 0.105, skull: 0.36, pitch: 0.22, cranium: 0.110,
        muzzle: 0.062, thigh: 0.120, leg: 0.050, cannon: 0.036, tail: 0.50, tailRadius: 0.030, tailAngle: 1.05, paws: true,
        coats: [Vec3f(0.30, 0.18, 0.08), Vec3f(0.03, 0.026, 0.024), Vec3f(0.16, 0.09, 0.045), Vec3f(0.52, 0.46, 0.38)])
    static let cat = Breed(
        head: .cat, length: 1.02, chest: 0.205, width: 0.185, belly: 0.205, rump: 0.185, neck: Vec2(0.20, 0.18), neckRoot: 0.140, neckEnd: 0.120, skull: 0.24, pitch: 0.12, cranium: 0.155,
        muzzle: 0.085, thigh: 0.135, leg: 0.060, cannon: 0.046, tail: 0.95, tailRadius: 0.042, tailAngle: 1.15, paws: true,
        coats: [Vec3f(0.05, 0.045, 0.04), Vec3f(0.34, 0.17, 0.06), Vec3f(0.22, 0.20, 0.18), Vec3f(0.015, 0.014, 0.014)])
    static let cow = Breed(
        head: .cow, length: 1.00, chest: 0.262, width: 0.225, belly: 0.290, rump: 0.225, neck: Vec2(0.34, 0.03), neckRoot: 0.190, neckEnd: 0.130, skull: 0.40, pitch: 0.62, cranium: 0.105,
        muzzle: 0.078, thigh: 0.150, leg: 0.056, cannon: 0.038, tail: 0.62, tailRadius: 0.020, tailAngle: 0.08, paws: false,
        coats: [Vec3f(0.17, 0.075, 0.03), Vec3f(0.03, 0.024, 0.02), Vec3f(0.50, 0.46, 0.40), Vec3f(0.28, 0.16, 0.075)])
    static let horse = Breed(
        head: .horse, length: 0.88, chest: 0.235, width: 0.165, belly: 0.215, rump: 0.195, neck: Vec2(0.38, 0.36), neckRoot: 0.165, neckEnd: 0.088, skull: 0.38, pitch: 0.75, cranium: 0.088,
        muzzle: 0.058, thigh: 0.145, leg: 0.050, cannon: 0.030, tail: 0.58, tailRadius: 0.046, tailAngle: 0.22, paws: false,
        coats: [Vec3f(0.15, 0.06, 0.022), Vec3f(0.06, 0.028, 0.014), Vec3f(0.02, 0.017, 0.015), Vec3f(0.42, 0.40, 0.37)])
}

extension Breed {
    static let sides = [1.0, -1.0]
    var hipX: Double { -length / 2 }
    var foreX: Double { length / 2 }
    var hip: Vec3 { Vec3(hipX + 0.02, width * 0.52, 0.80) }
    private var mirrored: (Vec3, Double) -> Vec3 { { Vec3($0.x, $0.y * $1, $0.z) } }

    /// Joints of a leg from the top, and where the foot meets the ground. - Parameter side: 1 left, -1 right.
    func hindLeg(_ side: Double) -> [Vec3] {
        let y = side * width * 0.52
        return [
            Vec3(hipX + 0.02, y, 0.80), Vec3(hipX + 0.13, y, 0.555), Vec3(hipX - 0.09, y, 0.33), Vec3(hipX - 0.045, y, paws ? 0.07 : 0.105), Vec3(hipX + (paws ? 0.05 : 0.0), y, 0),
        ]
    }
    func foreLeg(_ side: Double) -> [Vec3] {
        let y = side * width * 0.50
        return [
            Vec3(foreX + 0.04, y, 0.68), Vec3(foreX - 0.06, y, 0.52), Vec3(foreX - 0.03, y, 0.29), Vec3(foreX - 0.03, y, paws ? 0.06 : 0.095), Vec3(foreX + (paws ? 0.05 : 0.01), y, 0),
        ]
    }
    var withers: Vec3 { Vec3(foreX - 0.03, 0, 0.93) }
    var neckTip: Vec3 { Vec3(foreX + neck.x, 0, 0.90 + neck.y) }
    var noseTip: Vec3 { neckTip + Vec3(cos(pitch), 0, -sin(pitch)) * skull }
    var tailRoot: Vec3 { Vec3(hipX - rump * 0.85, 0, 0.86) }
    var tailTip: Vec3 { tailRoot + Vec3(-sin(tailAngle), 0, -cos(tailAngle)) * tail }

    var skeleton: Skeleton {
        typealias Bone = Skeleton.Bone
        var bones = [
            Bone("pelvis", parent: nil, joint: Vec3(hipX, 0, 0.82), tip: Vec3(hipX + length * 0.22, 0, 0.80)),
            Bone("spine", parent: 0, joint: Vec3(hipX + length * 0.30, 0, 0.80), tip: Vec3(hipX + length * 0.6, 0, 0.78)),
            Bone("chest", parent: 1, joint: Vec3(hipX + length * 0.65, 0, 0.77), tip: Vec3(foreX, 0, 0.77)), Bone("neck", parent: 2, joint: Vec3(foreX + 0.02, 0, 0.84), tip: neckTip),
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
        let hind = [thigh * 0.75, leg, cannon, cannon], fore = [thigh * 0.6, leg, cannon, cannon]
        return [rump * 0.9, belly * 0.95, chest * 0.9, neckEnd, cranium, tailRadius] + hind + hind + fore + fore
    }
}
