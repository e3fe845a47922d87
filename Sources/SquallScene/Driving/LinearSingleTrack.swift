import Foundation

/// The linear dynamic single track (Riekert, Schunck 1940) in closed form: how a car corners while slip angles are small.
public struct LinearSingleTrack: Sendable {
    /// kg, kg m².
    public var mass: Double, yawInertia: Double
    /// Centre of gravity to front and rear axle, metres.
    public var frontArm: Double, rearArm: Double
    /// Axle cornering stiffness, N/rad.
    public var frontStiffness: Double, rearStiffness: Double

    public init(mass: Double, yawInertia: Double, frontArm: Double, rearArm: Double, frontStiffness: Double, rearStiffness: Double) {
        (self.mass, self.yawInertia, self.frontArm, self.rearArm) = (mass, yawInertia, frontArm, rearArm)
        (self.frontStiffness, self.rearStiffness) = (frontStiffness, rearStiffness)
    }

    public var wheelbase: Double { frontArm + rearArm }

    /// Understeer gradient K = m/L (b/Cf - a/Cr), rad per m/s².
    public var understeer: Double { mass / wheelbase * (rearArm / frontStiffness - frontArm / rearStiffness) }
    /// The speed at which yaw gain peaks, m/s; infinite for a neutral or oversteering car.
    public var characteristicSpeed: Double { understeer > 0 ? (wheelbase / understeer).squareRoot() : .infinity }

    /// Yaw rate (rad/s) and side-slip angle (rad) in steady cornering at speed `v` (m/s) with front wheel angle `steer` (rad).
    public func steadyState(v: Double, steer: Double) -> (yawRate: Double, sideSlip: Double) {
        let r = v * steer / (wheelbase + understeer * v * v)
        // Moment balance puts a/L of the side force m v r on the rear axle: beta = b r / v - F_rear / C_rear.
        return (r, rearArm * r / v - mass * v * r * frontArm / wheelbase / rearStiffness)
    }

    /// The poles of side slip and yaw rate at speed `v` (m/s): their mean real part, 1/s, and imaginary part, rad/s; the latter 0 when the
    /// car does not swing.
    public func poles(v: Double) -> (real: Double, imaginary: Double) {
        let (cf, cr, a, b) = (frontStiffness, rearStiffness, frontArm, rearArm)
        let slip = (own: -(cf + cr) / (mass * v), yaw: (b * cr - a * cf) / (mass * v * v) - 1)
        let yaw = (slip: (b * cr - a * cf) / yawInertia, own: -(a * a * cf + b * b * cr) / (yawInertia * v))
        let (trace, determinant) = (slip.own + yaw.own, slip.own * yaw.own - slip.yaw * yaw.slip)
        return (trace / 2, max(0, determinant - trace * trace / 4).squareRoot())
    }
}

/// The kinematic single track: wheels roll where they point, no slip.
public enum KinematicSingleTrack {
    /// Yaw rate (rad/s) at `speed` (m/s, of the rear axle) with front wheel angle `steer` (rad) on a `wheelbase` (m): v tan(steer) / L.
    public static func yawRate(speed: Double, steer: Double, wheelbase: Double) -> Double { speed * tan(steer) / wheelbase }
}
