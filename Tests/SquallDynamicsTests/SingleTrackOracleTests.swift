import Foundation
import SquallDynamics
import SquallMath
import SquallWeather
import Testing

/// Trajectories and closed forms of the single-track models, computed independently.
@Suite struct SingleTrackOracles {
    @Test func kinematic() {
        let model = KinematicSingleTrack(wheelbase: 2.57891)
        var state = Vec4.zero
        for _ in 0..<1200 { state = rungeKutta4(state, dt: 1.0 / 240) { model.derivative($0, v: 10, steer: 0.1) } }
        // The printed (23.92170, 35.10534, 1.945290) carries its adaptive integrator's error of 5e-5 m; the circle is exact.
        let radius = 2.57891 / tan(0.1), angle = 50 / radius
        #expect(abs(state.x - radius * sin(angle)) < 1e-8 && abs(state.y - radius * (1 - cos(angle))) < 1e-8 && abs(state.z - angle) < 1e-12)
        #expect(abs(state.x - 23.92170) < 6e-5 && abs(state.y - 35.10534) < 6e-5 && abs(state.z - 1.945290) < 3e-6)
    }

    private let linear = LinearSingleTrack(mass: 1500, yawInertia: 2500, frontArm: 1.2, rearArm: 1.5, frontStiffness: 80_000, rearStiffness: 90_000)

    @Test(arguments: [(10.0, 0.0999691, 0.0075902), (20, 0.1537002, -0.0112429), (30, 0.1664099, -0.0286595)])
    func linearSteadyState(v: Double, yawRate: Double, sideSlip: Double) {
        let steady = linear.steadyState(v: v, steer: 0.03)
        #expect(abs(steady.yawRate - yawRate) < 1.01e-7 && abs(steady.sideSlip - sideSlip) < 1.01e-7)
        // The stepper ends where the closed form says.
        var state = SIMD8<Double>(0, 0, 0, v, 0, 0, 0, 0)
        for _ in 0..<2400 { state = rungeKutta4(state, dt: 1.0 / 240) { linear.derivative($0, steer: 0.03, acceleration: 0) } }
        #expect(abs(state[5] - yawRate) < 1e-7 && abs(state[4] - sideSlip) < 1e-7)
    }

    @Test func understeerAndPoles() {
        #expect(abs(linear.understeer - 0.00300926) < 1.01e-8)
        #expect(abs(linear.characteristicSpeed - 29.954) < 1.01e-3)
        let poles = linear.poles(v: 20)
        #expect(abs(poles.real + 6.0103) < 1.01e-4 && abs(poles.imaginary - 3.8037) < 1.01e-4)
    }

    /// CommonRoad's ST model: stiffness C_S mu Fz per axle, here with its parameter set 2.
    @Test func commonRoadTrajectory() {
        let (m, a, b) = (1093.3, 1.15620, 1.42272)
        let stiffness = 1.0489 * 20.898 * m * 9.81 / (a + b)
        let model = LinearSingleTrack(
            mass: m, yawInertia: 1791.6, frontArm: a, rearArm: b, frontStiffness: stiffness * b, rearStiffness: stiffness * a, height: 0.61373)
        var state = SIMD8<Double>(0, 0, 0, 20, 0, 0, 0, 0)
        var yawRates: [Int: Double] = [:]
        for step in 1...1200 {
            state = rungeKutta4(state, dt: 1.0 / 240) { model.derivative($0, steer: 0.02, acceleration: 0) }
            yawRates[step] = state[5]
        }
        for (step, r) in [(24, 0.10239), (60, 0.14466), (120, 0.15440), (240, 0.15510), (1200, 0.15510)] {
            #expect(abs((yawRates[step] ?? 0) - r) < 1.01e-5, "after \(step) steps")
        }
        #expect(abs(state[0] - 90.913) < 1.01e-3 && abs(state[1] - 35.321) < 1.01e-3 && abs(state[2] - 0.76115) < 1.01e-5)
    }

    /// Slip angles small: the non-linear track turns as the linear one with stiffness B C D Fz.
    @Test func nonlinearTrackAgreesWithLinear() {
        let (m, a, b, g) = (1500.0, 1.2, 1.5, 9.81)
        let frontLoad = m * g * b / (a + b), rearLoad = m * g * a / (a + b)
        let model = SingleTrack(mass: m, yawInertia: 2500, frontArm: a, rearArm: b)
        let input = SingleTrack.Input(steer: 0.002, front: AxleTyre(curve: .dry, load: frontLoad), rear: AxleTyre(curve: .dry, load: rearLoad))
        let c = TyreCurve.dry.stiffness
        let reference = LinearSingleTrack(
            mass: m, yawInertia: 2500, frontArm: a, rearArm: b, frontStiffness: c * frontLoad, rearStiffness: c * rearLoad)
        var (x, y) = (SIMD8<Double>(0, 0, 0, 20, 0, 0, 0, 0), SIMD8<Double>(0, 0, 0, 20, 0, 0, 0, 0))
        for _ in 0..<240 {
            x = model.step(x, input, dt: 1.0 / 240)
            y = rungeKutta4(y, dt: 1.0 / 240) { reference.derivative($0, steer: 0.002, acceleration: 0) }
        }
        #expect(abs(x[5] - y[5]) < 0.01 * y[5])
        #expect(abs(x[1] - y[1]) < 0.01 * y[1])
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
        var (x, v) = (1.0, 0.0)
        for _ in 0..<1000 { semiImplicitEuler(x: &x, v: &v, dt: 0.01) { -100 * $0 } }
        #expect(abs((v * v / 2 + 50 * x * x) / 50 - 1.042642) < 1.01e-6)
        #expect(abs(x - 0.906213) < 1.01e-6)
        (x, v) = (0, 0)
        for _ in 0..<100 { semiImplicitEuler(x: &x, v: &v, dt: 0.01) { _ in -9.81 } }
        #expect(abs(x + 4.95405) < 1.01e-5)
    }
}
