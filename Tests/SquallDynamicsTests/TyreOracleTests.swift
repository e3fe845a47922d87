import Foundation
import SquallDynamics
import SquallMath
import SquallScene
import SquallWeather
import Testing

/// Values of the tyre models, computed independently; tolerance is the last printed digit.
@Suite struct TyreOracles {
    @Test(arguments: [
        (TyreCurve.dry, [0.73562, 0.95584, 0.99918, 0.91452]), (.wet, [0.74493, 0.81712, 0.74831, 0.63717]), (.snow, [0.13867, 0.22897, 0.29145, 0.28551]),
        (.ice, [0.03800, 0.06648, 0.09273, 0.09615]),
    ]) func normalisedAxle(curve: TyreCurve, values: [Double]) {
        for (slip, value) in zip([0.05, 0.1, 0.2, 1], values) {
            // Through the axle: a wheel that slips by so much on a kilonewton.
            let axle = AxleTyre(curve: curve, load: 1000, slip: -slip)
            #expect(abs(-axle.force(velocity: Vec2(20, 0)).x / 1000 - value) < 1.01e-5)
        }
    }

    @Test func peakOfTheDryCurve() { #expect(abs(TyreCurve.dry.peak.slip - 0.1802) < 1e-4) }

    @Test func magicFormula1989() {
        for (degrees, force) in [(1.0, 1009.4), (2, 1911.1), (4, 3096.6), (8, 3676.8)] {
            #expect(abs(MagicFormula89.lateralForce(degrees: degrees, load: 4000) - force) < 0.1)
        }
        for (percent, force) in [(2.0, 2281.8), (5, 3823.7), (10, 4234.4), (100, 2898.6)] {
            #expect(abs(MagicFormula89.longitudinalForce(percent: percent, load: 4000) - force) < 0.1)
        }
    }

    @Test func pac2002() {
        for (angle, force) in [(0.01, -863.73), (0.03, -2324.55), (0.05, -3260.48), (0.1, -4092.17)] {
            #expect(abs(PAC2002.lateralForce(slipAngle: angle, load: 4000) - force) < 0.011)
        }
    }

    @Test func brush() {
        let tyre = BrushTyre(friction: 0.9, stiffness: 60_000)
        for (angle, force) in [(0.01, 567.30), (0.03, 1517.04), (0.05, 2245.13), (0.1, 3287.90)] {
            #expect(abs(tyre.lateralForce(slipAngle: angle, load: 4000) - force) < 0.011)
        }
        #expect(abs(tyre.slidingAngle(load: 4000) - 0.17809) < 1.01e-5)
        #expect(abs(tyre.lateralForce(slipAngle: 0.3, load: 4000) - 3600) < 1e-9)
        #expect(tyre.lateralForce(slipAngle: -0.03, load: 4000) == -tyre.lateralForce(slipAngle: 0.03, load: 4000))
    }

    /// A locked wheel pulls straight against its motion, whatever the direction, with the sliding friction.
    @Test(arguments: [0.0, 0.3, 1.2, 2.5]) func lockedWheelOpposesItsMotion(angle: Double) {
        let axle = AxleTyre(curve: .dry, load: 4000, slip: cos(angle) < 0 ? 1 : -1)
        let velocity = Vec2(cos(angle), sin(angle)) * 12
        let locked = AxleTyre(curve: .dry, load: 4000, slip: -1)
        let force = locked.force(velocity: velocity)
        if cos(angle) > 0 {
            #expect(abs(cross(force, velocity)) < 1e-6 * force.length * 12)
            #expect(abs(force.length - 4000 * TyreCurve.dry.sliding) < 1e-6)
        }
        #expect(dot(axle.force(velocity: velocity), velocity) < 0)
    }

    /// Braking and cornering together never exceed the friction circle.
    @Test func combinedSlipStaysInTheCircle() {
        for slip in stride(from: -1.0, through: 0, by: 0.05) {
            for angle in stride(from: -0.5, through: 0.5, by: 0.05) {
                let f = AxleTyre(curve: .wet, load: 3000, slip: slip).force(velocity: Vec2(cos(angle), sin(angle)) * 15)
                #expect(f.length <= 3000 * TyreCurve.wet.peak.value * (1 + 1e-9))
            }
        }
    }

    @Test func loadTransfer() {
        #expect(abs(LoadTransfer.longitudinal(mass: 1500, acceleration: 8, height: 0.55, wheelbase: 2.7) - 2444.4) < 0.1)
        #expect(abs(LoadTransfer.lateral(mass: 1500, acceleration: 6, height: 0.55, track: 1.55) - 3193.5) < 0.1)
        #expect(abs(LoadTransfer.staticStabilityFactor(track: 1.55, height: 0.55) - 1.409) < 1e-3)
    }
}
