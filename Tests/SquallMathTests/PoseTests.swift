import Foundation
import SquallMath
import Testing

@Suite struct PoseTests {
    private func near(_ a: Vec3, _ b: Vec3, _ tolerance: Double = 1e-12) -> Bool { (a - b).length <= tolerance * max(1, b.length) }

    private func randomRotation(_ random: inout CounterRandom) -> Quaternion {
        Quaternion(w: random.normal(), x: random.normal(), y: random.normal(), z: random.normal()).normalized
    }
    private func randomVector(_ random: inout CounterRandom) -> Vec3 { Vec3(random.normal(), random.normal(), random.normal()) * 30 }

    @Test("rotations compose, invert and keep lengths; matrices and quaternions agree") func rotations() {
        var random = CounterRandom(seed: 1, path: "rotation")
        for _ in 0..<500 {
            let (a, b, v) = (randomRotation(&random), randomRotation(&random), randomVector(&random))
            #expect(near((a * b) * v, a * (b * v)))
            #expect(near(a.conjugate * (a * v), v))
            #expect(abs((a * v).length - v.length) < 1e-12 * v.length)
            let c = a.columns
            #expect(near(cross(c.0, c.1), c.2) && near(c.0 * v.x + c.1 * v.y + c.2 * v.z, a * v))
            #expect(near(Quaternion(columns: c.0, c.1, c.2) * v, a * v))
        }
    }

    /// Half turns have trace -1: each branch of the matrix conversion.
    @Test("matrices of half turns convert back", arguments: [Vec3(1, 0, 0), Vec3(0, 1, 0), Vec3(0, 0, 1), Vec3(1, 1, 0).normalized, Vec3(0.2, 0.3, -0.9).normalized])
    func halfTurns(axis: Vec3) {
        let q = Quaternion(axis: axis, angle: .pi)
        let c = q.columns
        let back = Quaternion(columns: c.0, c.1, c.2)
        for v in [Vec3(1, 2, 3), Vec3(-4, 0, 1)] { #expect(near(back * v, q * v)) }
    }

    @Test("the rotation vector is axis times angle, of the shorter way round") func rotationVectors() {
        var random = CounterRandom(seed: 3, path: "vector")
        for angle in [0, 1e-13, 1e-6, 0.3, 2, 3.1] {
            let axis = randomVector(&random).normalized
            let q = Quaternion(axis: axis, angle: angle)
            #expect(near(q.rotationVector, axis * angle, 1e-9))
            #expect(near(Quaternion(w: -q.w, x: -q.x, y: -q.y, z: -q.z).rotationVector, axis * angle, 1e-9))
        }
        #expect(near(Quaternion(axis: Vec3(0, 0, 1), angle: 4).rotationVector, Vec3(0, 0, 4 - 2 * .pi)))
    }

    @Test("yaw, pitch and roll come back, in ISO 8855 order and sign") func angles() {
        for yaw in stride(from: -3.1, through: 3.1, by: 0.31) {
            for pitch in stride(from: -1.5, through: 1.5, by: 0.3) {
                for roll in stride(from: -3.1, through: 3.1, by: 0.62) {
                    let q = Quaternion(yaw: yaw, pitch: pitch, roll: roll)
                    #expect(abs(wrapAngle(q.yaw - yaw)) < 1e-9 && abs(q.pitch - pitch) < 1e-9 && abs(wrapAngle(q.roll - roll)) < 1e-9)
                }
            }
        }
        #expect(near(Quaternion(yaw: .pi / 2) * Vec3(1, 0, 0), Vec3(0, 1, 0)))
        #expect(near(Quaternion(yaw: 0, pitch: .pi / 2) * Vec3(1, 0, 0), Vec3(0, 0, -1)))
        #expect(near(Quaternion(yaw: 0, pitch: 0, roll: .pi / 2) * Vec3(0, 1, 0), Vec3(0, 0, 1)))
        #expect(abs(Quaternion(yaw: 1, pitch: .pi / 2).pitch - .pi / 2) < 1e-7)
    }

    @Test("slerp turns evenly, by the shorter arc, and joins its ends") func slerp() {
        let axis = Vec3(1, -2, 0.5).normalized
        for angle in [1e-6, 0.01, 1.0, 3.0] {
            let (a, b) = (Quaternion(axis: axis, angle: 0.4), Quaternion(axis: axis, angle: 0.4 + angle))
            for t in [0.0, 0.25, 0.5, 1.0] {
                let expected = Quaternion(axis: axis, angle: 0.4 + angle * t) * Vec3(3, 1, 2)
                #expect(near(Quaternion.slerp(a, b, t) * Vec3(3, 1, 2), expected, 1e-8))
                let negative = Quaternion(w: -b.w, x: -b.x, y: -b.y, z: -b.z)
                #expect(near(Quaternion.slerp(a, negative, t) * Vec3(3, 1, 2), expected, 1e-8))
            }
        }
    }

    @Test("poses and affine maps compose, invert and agree") func poses() {
        var random = CounterRandom(seed: 2, path: "pose")
        for _ in 0..<300 {
            let a = Pose(position: randomVector(&random), rotation: randomRotation(&random))
            let b = Pose(position: randomVector(&random), rotation: randomRotation(&random))
            let p = randomVector(&random)
            #expect(near((a * b) * p, a * (b * p)) && near(a.inverse * (a * p), p))
            #expect(near((a * a.inverse).position, .zero, 1e-11))
            #expect(near(Affine(a) * p, a * p) && near((Affine(a) * Affine(b)) * p, a * (b * p)))
            #expect(abs(Affine(a).determinant - 1) < 1e-12)
            let scaled = Affine(x: randomVector(&random), y: randomVector(&random), z: randomVector(&random), translation: p)
            if abs(scaled.determinant) > 100, let inverse = scaled.inverse { #expect(near(inverse * (scaled * p), p, 1e-8)) }
        }
        #expect(Affine(x: Vec3(1, 0, 0), y: Vec3(2, 0, 0), z: Vec3(0, 0, 1), translation: .zero).inverse == nil)
        #expect(Pose.interpolate(Pose(position: Vec3(0, 0, 0)), Pose(position: Vec3(4, 8, -2)), 0.25).position == Vec3(1, 2, -0.5))
    }

    @Test("nothing grows by more than the stretch, sheared or not; along the longest column of square axes something does") func stretch() {
        var random = CounterRandom(seed: 4, path: "stretch")
        for _ in 0..<200 {
            let turn = Affine(Pose(rotation: randomRotation(&random)))
            let sheared = Affine(x: Vec3(2, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: .zero) * turn
            let direction = randomVector(&random).normalized
            #expect(sheared.linear(direction).length <= sheared.stretch * (1 + 1e-12))
        }
        // A wheel turned by 45 degrees in a body of double length: its columns are 1.58 long, yet it doubles along the body.
        let half = 0.5.squareRoot()
        let wheel = Affine(x: Vec3(2 * half, half, 0), y: Vec3(-2 * half, half, 0), z: Vec3(0, 0, 1), translation: .zero)
        #expect(wheel.stretch >= 2 && wheel.x.length < 1.6)
        #expect(Affine(x: Vec3(0, 3, 0), y: Vec3(2, 0, 0), z: Vec3(0, 0, -1), translation: .zero).stretch == 3)
    }

    @Test("a camera's axes in its mount: z looks forward, x to the right, y down") func cameraAxes() {
        let mount = Pose.mountFromCamera
        #expect(near(mount * Vec3(0, 0, 1), Vec3(1, 0, 0)) && near(mount * Vec3(1, 0, 0), Vec3(0, -1, 0)) && near(mount * Vec3(0, 1, 0), Vec3(0, 0, -1)))
    }

    @Test("angles wrap to one turn, its lower end included", arguments: [0, 1, -1, .pi, -.pi, 3 * .pi, 7, -7, 1e6, -1e6, (-Double.pi).nextDown, Double.pi.nextDown, -1e-17])
    func wrapping(angle: Double) {
        let w = wrapAngle(angle)
        #expect(w >= -.pi && w < .pi)
        #expect(abs(sin(w) - sin(angle)) < 1e-9 && abs(cos(w) - cos(angle)) < 1e-9)
    }

    @Test("vector products and units") func vectors() {
        let (a, b) = (Vec3(1, 2, 3), Vec3(-2, 0.5, 4))
        #expect(cross(a, b) == Vec3(6.5, -10, 4.5) && dot(a, cross(a, b)) == 0 && cross(Vec2(1, 0), Vec2(0, 1)) == 1)
        #expect(Vec3.zero.normalized == .zero && abs(a.normalized.length - 1) < 1e-15 && Vec2(3, 4).length == 5 && Vec2(1, 0).left == Vec2(0, 1))
        #expect(5.clamped(to: 0...3) == 3 && (-5).clamped(to: 0...3) == 0 && lerp(2, 4, 0.5) == 3)
    }
}
