import Foundation
import SquallAssets
import SquallMath

/// What is drawn on signs more than once. Face coordinates, y up.
enum Pictograms {
    private static let black = SignFace.black

    static func bend(_ face: inout SignFace, side: Double) {
        let path = Contour.smooth([Vec2(-0.14, -0.62), Vec2(-0.14, -0.28), Vec2(-0.02, 0.02), Vec2(0.10, 0.18)].map { Vec2($0.x * side, $0.y) }, closed: false, steps: 6)
        face.arrow(path + [Vec2(0.28 * side, 0.36)], width: 0.14, head: 0.26, black)
    }

    static func turn(_ side: Double) -> [Vec2] {
        let arc = (0...6).map { k -> Vec2 in
            let a = .pi - Double(k) / 6 * .pi / 2
            return Vec2(0.02 + 0.28 * cos(a), 0.0 + 0.28 * sin(a))
        }
        return ([Vec2(-0.26, -0.66)] + arc + [Vec2(0.68, 0.28)]).map { Vec2($0.x * side, $0.y) }
    }

    /// A car from behind, its wheels on `at.y`.
    static func car(_ face: inout SignFace, at: Vec2, width w: Double, _ color: Vec3f) {
        let place = { (x: Double, y: Double) in at + Vec2(x * w, y * w) }
        let body = [place(-0.5, 0.12), place(0.5, 0.12), place(0.5, 0.46), place(0.40, 0.56), place(0.30, 0.92), place(-0.30, 0.92), place(-0.40, 0.56), place(-0.5, 0.46)]
        face.fill(Contour.rounded(body, radius: 0.06 * w), color)
        face.fill([place(-0.30, 0.56), place(0.30, 0.56), place(0.23, 0.82), place(-0.23, 0.82)], SignFace.white)
        for x in [-0.40, 0.22] { face.fill(Contour.rectangle(place(x, 0), place(x + 0.18, 0.14)), color) }
        for x in [-0.36, 0.36] { face.fill(Contour.circle(place(x, 0.34), 0.065 * w), SignFace.white) }
    }

    static func skid(_ face: inout SignFace) {
        car(&face, at: Vec2(0.04, -0.12), width: 0.44, black)
        for x in [-0.13, 0.15] {
            let path = (0...16).map { k -> Vec2 in
                let t = Double(k) / 16
                return Vec2(x + 0.09 * sin(2 * .pi * t * 1.25) - 0.10 * t, -0.18 - 0.46 * t)
            }
            face.stroke(path, width: 0.055, black)
        }
    }

    /// Someone walking to the left, feet on `at.y`.
    static func walker(_ face: inout SignFace, at: Vec2, height h: Double, _ color: Vec3f) {
        let place = { (x: Double, y: Double) in at + Vec2(x * h, y * h) }
        face.fill(Contour.circle(place(0.01, 0.91), 0.085 * h), color)
        let torso = [place(-0.085, 0.80), place(0.085, 0.80), place(0.075, 0.42), place(-0.065, 0.42)]
        face.fill(Contour.rounded(torso, radius: 0.04 * h), color)
        for path in [
            [place(-0.02, 0.46), place(-0.09, 0.24), place(-0.22, 0.02)], [place(0.03, 0.46), place(0.09, 0.24), place(0.20, 0.03)],
            [place(-0.05, 0.77), place(-0.17, 0.60), place(-0.25, 0.47)], [place(0.05, 0.77), place(0.15, 0.58), place(0.16, 0.42)],
        ] { face.stroke(path, width: 0.085 * h, color) }
        face.stroke([place(-0.21, 0.035), place(-0.30, 0.035)], width: 0.07 * h, color)
    }

    /// A child running to the left.
    static func runner(_ face: inout SignFace, at: Vec2, height h: Double) {
        let place = { (x: Double, y: Double) in at + Vec2(x * h, y * h) }
        face.fill(Contour.circle(place(-0.06, 0.89), 0.11 * h), black)
        face.fill(Contour.rounded([place(-0.13, 0.78), place(0.06, 0.80), place(0.12, 0.42), place(-0.08, 0.42)], radius: 0.04 * h), black)
        for path in [
            [place(-0.01, 0.46), place(-0.19, 0.30), place(-0.15, 0.04)], [place(0.06, 0.46), place(0.16, 0.24), place(0.36, 0.20)],
            [place(-0.08, 0.74), place(-0.24, 0.60), place(-0.36, 0.66)], [place(0.03, 0.74), place(0.20, 0.62), place(0.24, 0.46)],
        ] { face.stroke(path, width: 0.10 * h, black) }
        face.stroke([place(-0.12, 0.05), place(-0.26, 0.05)], width: 0.08 * h, black)
    }

    /// A roebuck leaping to the left.
    static func deer(_ face: inout SignFace) {
        let body: [(Double, Double)] = [
            (-0.30, 0.06), (-0.23, 0.10), (-0.20, 0.18), (-0.14, 0.17), (-0.14, 0.08), (-0.09, -0.06), (0.05, -0.14), (0.22, -0.24), (0.33, -0.34), (0.36, -0.29), (0.39, -0.36),
            (0.36, -0.46), (0.26, -0.48), (0.12, -0.40), (-0.02, -0.36), (-0.14, -0.30), (-0.19, -0.16), (-0.20, -0.02), (-0.29, 0.01),
        ]
        face.fill(Contour.smooth(body.map { Vec2($0.0, $0.1) }, steps: 3), black)
        for path in [
            [Vec2(-0.12, -0.24), Vec2(-0.30, -0.26), Vec2(-0.38, -0.42)], [Vec2(-0.08, -0.30), Vec2(-0.24, -0.38), Vec2(-0.27, -0.54)],
            [Vec2(0.30, -0.40), Vec2(0.40, -0.52), Vec2(0.55, -0.60)], [Vec2(0.24, -0.42), Vec2(0.30, -0.55), Vec2(0.46, -0.66)],
        ] { face.stroke(path, width: 0.058, black) }
        for path in [
            [Vec2(-0.17, 0.15), Vec2(-0.12, 0.30), Vec2(-0.15, 0.44)], [Vec2(-0.13, 0.28), Vec2(-0.05, 0.34)], [Vec2(-0.15, 0.14), Vec2(-0.06, 0.22), Vec2(-0.04, 0.30)],
        ] { face.stroke(path, width: 0.034, black) }
    }

    /// Someone with a shovel at a heap.
    static func worker(_ face: inout SignFace) {
        face.fill(Contour.circle(Vec2(0.10, 0.22), 0.095), black)
        face.fill(Contour.rounded([Vec2(0.02, 0.13), Vec2(0.20, 0.15), Vec2(0.26, -0.20), Vec2(0.10, -0.24)], radius: 0.04), black)
        for path in [
            [Vec2(0.20, -0.20), Vec2(0.14, -0.42), Vec2(0.24, -0.63)], [Vec2(0.20, -0.22), Vec2(0.32, -0.42), Vec2(0.36, -0.63)],
            [Vec2(0.08, 0.10), Vec2(-0.06, -0.04), Vec2(-0.10, -0.22)], [Vec2(0.12, 0.08), Vec2(0.02, -0.10), Vec2(0.04, -0.16)],
        ] { face.stroke(path, width: 0.088, black) }
        face.stroke([Vec2(0.10, -0.08), Vec2(-0.24, -0.44)], width: 0.045, black)
        face.fill([Vec2(-0.22, -0.36), Vec2(-0.14, -0.45), Vec2(-0.30, -0.54), Vec2(-0.34, -0.48)], black)
        face.fill(Contour.smooth([Vec2(-0.60, -0.64), Vec2(-0.46, -0.50), Vec2(-0.34, -0.42), Vec2(-0.22, -0.50), Vec2(-0.04, -0.64)], steps: 3), black)
    }

    static func bicycle(_ face: inout SignFace, at: Vec2, size s: Double, _ color: Vec3f) {
        let place = { (x: Double, y: Double) in at + Vec2(x * s, y * s) }
        for x in [-0.60, 0.60] {
            let ring = (0...24).map { k -> Vec2 in
                let a = 2 * .pi * Double(k) / 24
                return place(x + 0.40 * cos(a), -0.15 + 0.40 * sin(a))
            }
            face.stroke(ring, width: 0.085 * s, color)
        }
        for path in [
            [place(-0.60, -0.15), place(-0.32, 0.40), place(0.36, 0.40), place(-0.06, -0.15), place(-0.60, -0.15)], [place(-0.06, -0.15), place(-0.38, 0.55)],
            [place(0.60, -0.15), place(0.30, 0.62), place(0.52, 0.66)], [place(-0.52, 0.56), place(-0.24, 0.56)],
        ] { face.stroke(path, width: 0.085 * s, color) }
    }

    static func motorway(_ face: inout SignFace) {
        let white = SignFace.white
        for side in [-1.0, 1] {
            face.fill([Vec2(0.07 * side, -0.78), Vec2(0.62 * side, -0.78), Vec2(0.24 * side, 0.80), Vec2(0.05 * side, 0.80)], white)
            face.fill([Vec2(side * 0.30, 0.44), Vec2(side * 0.86, 0.44), Vec2(side * 0.86, 0.30), Vec2(side * 0.30, 0.30)], white)
        }
        face.fill(Contour.rectangle(Vec2(-0.86, 0.12), Vec2(0.86, 0.44)), white)
        face.fill(Contour.rectangle(Vec2(-0.30, 0.06), Vec2(0.30, 0.12)), SignFace.blue)
        for side in [-1.0, 1] { face.fill(Contour.rectangle(Vec2(side * 0.72 - 0.06, -0.02), Vec2(side * 0.72 + 0.06, 0.16)), white) }
        face.fill(Contour.rectangle(Vec2(-0.035, -0.78), Vec2(0.035, 0.05)), SignFace.blue)
    }

    static func chevrons(_ face: inout SignFace, _ side: Double) {
        for k in -1...1 {
            let x = Double(k) * 0.62
            let points = [(-0.22, 0.29), (0.04, 0.29), (0.26, 0), (0.04, -0.29), (-0.22, -0.29), (0.0, 0)]
            face.fill(points.map { Vec2((x + $0.0) * side, $0.1) }, SignFace.white)
        }
    }
}
