import Foundation
import SquallDynamics
import SquallMath
import SquallScene
import SquallWeather
import Testing

/// Trajectories and closed forms of the single-track models, computed independently.
@Suite struct SingleTrackOracles {
    /// Wheels that cannot slip: the stepper held to its kinematic side runs on the circle, whatever the tyres.
    @Test func kinematic() {
        var model = SingleTrack(mass: 1000, yawInertia: 1800, frontArm: 1.15620, rearArm: 1.42271)
        model.slow = 100...101
        let rolling = model.rolling(u: 10, steer: 0.1)
        var input = SingleTrack.Input(steer: 0.1, front: AxleTyre(curve: .dry, load: 0), rear: AxleTyre(curve: .dry, load: 0))
        // What keeps the forward speed: the centre of gravity moves sideways on its circle.
        input.force = Vec2(-1000 * rolling.yawRate * rolling.left, 0)
        var state = SIMD8<Double>(1.42271, 0, 0, 10, rolling.left, rolling.yawRate, 0, 0)
        for _ in 0..<1200 { state = model.step(state, input, dt: 1.0 / 240) }
        let rear = Vec2(state[0], state[1]) - Vec2(cos(state[2]), sin(state[2])) * 1.42271
        // The printed (23.92170, 35.10534, 1.945290) carries its adaptive integrator's error of 5e-5 m; the circle is exact.
        let radius = 2.57891 / tan(0.1), angle = 50 / radius
        #expect(abs(rear.x - radius * sin(angle)) < 1e-8 && abs(rear.y - radius * (1 - cos(angle))) < 1e-8 && abs(state[2] - angle) < 1e-12)
        #expect(abs(rear.x - 23.92170) < 6e-5 && abs(rear.y - 35.10534) < 6e-5 && abs(state[2] - 1.945290) < 3e-6)
    }

    private let linear = LinearSingleTrack(mass: 1500, yawInertia: 2500, frontArm: 1.2, rearArm: 1.5, frontStiffness: 80_000, rearStiffness: 90_000)

    @Test(arguments: [(10.0, 0.0999691, 0.0075902), (20, 0.1537002, -0.0112429), (30, 0.1664099, -0.0286595)])
    func linearSteadyState(v: Double, yawRate: Double, sideSlip: Double) {
        let steady = linear.steadyState(v: v, steer: 0.03)
        #expect(abs(steady.yawRate - yawRate) < 1.01e-7 && abs(steady.sideSlip - sideSlip) < 1.01e-7)
        // The stepper with tyres that hardly bend ends there, a tenth of the angle for smallness.
        let state = cornering(linear, v: v, steer: 0.003, steps: 2400).last ?? .zero
        #expect(abs(state[5] * 10 / yawRate - 1) < 2e-5, "\(state[5] * 10) for \(yawRate)")
        #expect(abs(atan2(state[4], state[3]) * 10 / sideSlip - 1) < 2e-4, "\(atan2(state[4], state[3]) * 10) for \(sideSlip)")
    }

    /// States of the stepper at constant speed on tyres of the linear track's stiffness, from driving straight.
    private func cornering(_ track: LinearSingleTrack, v: Double, steer: Double, steps: Int) -> [SIMD8<Double>] {
        let model = SingleTrack(mass: track.mass, yawInertia: track.yawInertia, frontArm: track.frontArm, rearArm: track.rearArm)
        let straight = { (stiffness: Double) in AxleTyre(curve: TyreCurve(b: 0.01, c: 1, d: stiffness / 0.01, e: 0), load: 1) }
        let input = SingleTrack.Input(steer: steer, front: straight(track.frontStiffness), rear: straight(track.rearStiffness))
        var states = [SIMD8<Double>(0, 0, 0, v, 0, 0, 0, 0)]
        for step in 0..<steps {
            var next = model.step(states[step], input, dt: 1.0 / 240)
            next[3] = (v * v - next[4] * next[4]).squareRoot()
            states.append(next)
        }
        return states
    }

    @Test func understeerAndPoles() {
        #expect(abs(linear.understeer - 0.00300926) < 1.01e-8)
        #expect(abs(linear.characteristicSpeed - 29.954) < 1.01e-3)
        let poles = linear.poles(v: 20)
        #expect(abs(poles.real + 6.0103) < 1.01e-4 && abs(poles.imaginary - 3.8037) < 1.01e-4)
        // The stepper swings to rest with them: after half a swing the distance to its end has changed sign and fallen by exp(real pi / imaginary).
        let states = cornering(linear, v: 20, steer: 0.0003, steps: 2400)
        let end = states[2400][5]
        let half = Int((Double.pi / poles.imaginary * 240).rounded())
        let ratio = (states[60 + half][5] - end) / (states[60][5] - end)
        #expect(abs(ratio + exp(poles.real * Double(half) / 240)) < 2e-4, "\(ratio)")
    }

    /// CommonRoad's ST model: stiffness C_S mu Fz per axle, here with its parameter set 2. Its angles are small, the stepper's exact.
    @Test func commonRoadTrajectory() {
        let (m, a, b) = (1093.3, 1.15620, 1.42272)
        let stiffness = 1.0489 * 20.898 * m * 9.81 / (a + b)
        let track = LinearSingleTrack(mass: m, yawInertia: 1791.6, frontArm: a, rearArm: b, frontStiffness: stiffness * b, rearStiffness: stiffness * a)
        let states = cornering(track, v: 20, steer: 0.02, steps: 1200)
        for (step, r) in [(24, 0.10239), (60, 0.14466), (120, 0.15440), (240, 0.15510), (1200, 0.15510)] {
            #expect(abs(states[step][5] / r - 1) < 1e-3, "\(states[step][5]) after \(step) steps")
        }
        #expect(abs(states[1200][0] - 90.913) < 0.05 && abs(states[1200][1] - 35.321) < 0.05 && abs(states[1200][2] - 0.76115) < 1e-3, "\(states[1200])")
    }

    /// Slip angles small: a tyre's own curve turns the car as the closed form with stiffness B C D Fz.
    @Test func nonlinearTrackAgreesWithLinear() {
        let (m, a, b, g) = (1500.0, 1.2, 1.5, 9.81)
        let frontLoad = m * g * b / (a + b), rearLoad = m * g * a / (a + b)
        let model = SingleTrack(mass: m, yawInertia: 2500, frontArm: a, rearArm: b)
        let input = SingleTrack.Input(steer: 0.002, front: AxleTyre(curve: .dry, load: frontLoad), rear: AxleTyre(curve: .dry, load: rearLoad))
        let c = TyreCurve.dry.stiffness
        let reference = LinearSingleTrack(
            mass: m, yawInertia: 2500, frontArm: a, rearArm: b, frontStiffness: c * frontLoad, rearStiffness: c * rearLoad)
        var state = SIMD8<Double>(0, 0, 0, 20, 0, 0, 0, 0)
        for _ in 0..<720 { state = model.step(state, input, dt: 1.0 / 240) }
        let steady = reference.steadyState(v: 20, steer: 0.002)
        #expect(abs(state[5] / steady.yawRate - 1) < 0.01)
        #expect(abs(atan2(state[4], state[3]) - steady.sideSlip) < 0.01 * abs(steady.sideSlip))
    }

    /// At a crawl the wheels decide: the rear axle runs on the circle of the kinematic track.
    @Test func crawlsKinematically() {
        let model = SingleTrack(mass: 1500, yawInertia: 2500, frontArm: 1.2, rearArm: 1.5)
        let input = SingleTrack.Input(steer: 0.4, front: AxleTyre(curve: .ice, load: 8000), rear: AxleTyre(curve: .ice, load: 6000))
        let rolling = model.rolling(u: 0.08, steer: 0.4)
        var state = SIMD8<Double>(0, 0, 0, 0.08, rolling.left, rolling.yawRate, 0, 0)
        for _ in 0..<2400 {
            state = model.step(state, input, dt: 1.0 / 240)
            state[3] = 0.08
        }
        #expect(abs(state[2] - 0.08 * tan(0.4) / 2.7 * 10) < 1e-4)
        let rear = Vec2(state[0], state[1]) - Vec2(cos(state[2]), sin(state[2])) * 1.5
        let radius = 2.7 / tan(0.4)
        #expect(abs((rear - Vec2(-1.5, radius)).length - radius) < 2e-3)
    }

    @Test func integrators() {
        var state = Vec2(1, 0)
        for _ in 0..<1000 { state = rungeKutta4(state, dt: 0.01) { Vec2($0.y, -100 * $0.x) } }
        #expect(abs((state.y * state.y / 2 + 50 * state.x * state.x) / 50 - 0.9999861) < 1.01e-7)
    }
}
