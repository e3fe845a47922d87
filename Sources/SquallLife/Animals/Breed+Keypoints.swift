import SquallAssets
import SquallMath

/// What labels know of a breed.
extension Breed {
    /// The 17 points of AP-10K, in its order, in the pose as modelled. The knee of a hind leg is its stifle; paws are points inside feet and hooves.
    var keypoints: [Figure.Keypoint] {
        typealias Point = Figure.Keypoint
        let head = QuadrupedGait.head
        var result = [
            Point("left_eye", bone: head, point: onHead(eye.at.x, eye.at.z, eye.at.y), flesh: 0.12 * skull),
            Point("right_eye", bone: head, point: onHead(eye.at.x, eye.at.z, -eye.at.y), flesh: 0.12 * skull),
            Point("nose", bone: head, point: onHead(0.88, 0, 0), flesh: 0.25 * skull), Point("neck", bone: QuadrupedGait.neck, point: neckBase, flesh: 1.4 * neckRoot + 0.06),
            Point("root_of_tail", bone: QuadrupedGait.tail, point: tailRoot, flesh: 0.10),
        ]
        let legs: [(parts: [String], joints: (Double) -> [Vec3], bones: [[Int]], depths: [Double])] = [
            (["shoulder", "elbow", "front_paw"], foreLeg, QuadrupedGait.fore, [0.9 * chest, 2 * forearm, 2 * cannon + 0.03]),
            (["hip", "knee", "back_paw"], hindLeg, QuadrupedGait.hind, [0.9 * hips, 1.4 * thigh, 2 * cannon + 0.03]),
        ]
        for leg in legs {
            for (index, side) in Self.sides.enumerated() {
                let at = leg.joints(side), bone = leg.bones[index], prefix = side > 0 ? "left_" : "right_"
                let points = [(bone[0], at[0]), (bone[1], at[1]), (bone[3], lerp(at[4], at[3], 0.35))]
                for (k, part) in leg.parts.enumerated() { result.append(Point(prefix + part, bone: points[k].0, point: points[k].1, flesh: leg.depths[k])) }
            }
        }
        return result
    }
}
