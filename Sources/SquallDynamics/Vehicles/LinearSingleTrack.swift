import Foundation
import SquallMath

/// The linear dynamic single track (Riekert, Schunck 1940), with the optional longitudinal load transfer of CommonRoad's ST model
/// (Althoff, Koschi, Manzinger 2017).
///
/// Small angles, tyres linear in slip angle. It gives closed forms: steady-state gains, poles, the understeer gradient that
/// `follow_lane` steers with.
public struct LinearSingleTrack: Sendable {
    /// kg, kg m².
    public var mass: Double, yawInertia: Double
    /// Centre of gravity to front and rear axle, metres.
    public var frontArm: Double, rearArm: Double
    /// Axle cornering stiffness on level ground at rest, N/rad.
    public var frontStiffness: Double, rearStiffness: Double
    /// Height of the centre of gravity, metres; 0 switches load transfer off.
    public var height: Double

    public init(
        mass: Double, yawInertia: Double, frontArm: Double, rearArm: Double, frontStiffness: Double, rearStiffness: Double, height: Double = 0
    ) {
        (self.mass, self.yawInertia, self.frontArm, self.rearArm) = (mass, yawInertia, frontArm, rearArm)
        (self.frontStiffness, self.rearStiffness, self.height) = (frontStiffness, rearStiffness, height)
    }

    public var wheelbase: Double { frontArm + rearArm }

    /// Understeer gradient K = m/L (b/Cf - a/Cr), rad per m/s².
    public var understeer: Double { mass / wheelbase * (rearArm / frontStiffness - frontArm / rearStiffness) }
    /// The speed at which yaw gain peaks, m/s; infinite for a neutral or oversteering car.
    public var characteristicSpeed: Double { understeer > 0 ? (wheelbase / understeer).squareRoot() : .infinity }

    /// Yaw rate (rad/s) and side-slip angle (rad) in steady cornering at speed `v` with front wheel angle `steer`.
    public func steadyState(v: Double, steer: Double) -> (yawRate: Double, sideSlip: Double) {
        let r = v * steer / (wheelbase + understeer * v * v)
        // Moment balance puts a/L of the side force m v r on the rear axle: beta = b r / v - F_rear / C_rear.
        return (r, rearArm * r / v - mass * v * r * frontArm / wheelbase / rearStiffness)
    }

    /// The system matrix of (beta, r) at speed `v`, rows first.
    public func systemMatrix(v: Double) -> (Double, Double, Double, Double) {
        let (cf, cr, a, b) = (frontStiffness, rearStiffness, frontArm, rearArm)
        return (-(cf + cr) / (mass * v), (b * cr - a * cf) / (mass * v * v) - 1, (b * cr - a * cf) / yawInertia, -(a * a * cf + b * b * cr) / (yawInertia * v))
    }

    /// Both poles at speed `v`: real part and imaginary part (0 and the half difference reported as real when overdamped).
    public func poles(v: Double) -> (real: Double, imaginary: Double) {
        let m = systemMatrix(v: v)
        let (trace, determinant) = (m.0 + m.3, m.0 * m.3 - m.1 * m.2)
        return (trace / 2, max(0, determinant - trace * trace / 4).squareRoot())
    }

    /// The rate of (x, y, yaw, v, beta, r, 0, 0); reference point the centre of gravity.
    ///
    /// - Parameters: `steer` front wheel angle, rad; `acceleration` along the heading, m/s², which moves load to the rear axle.
    public func derivative(_ s: SIMD8<Double>, steer: Double, acceleration: Double) -> SIMD8<Double> {
        let (yaw, v, beta, r) = (s[2], s[3], s[4], s[5])
        let transfer = acceleration * height / Physics.gravity
        let cf = frontStiffness * (rearArm - transfer) / rearArm
        let cr = rearStiffness * (frontArm + transfer) / frontArm
        let front = cf * (steer - beta - frontArm * r / v)
        let rear = cr * (-beta + rearArm * r / v)
        return SIMD8(
            v * cos(beta + yaw), v * sin(beta + yaw), r, acceleration, (front + rear) / (mass * v) - r, (frontArm * front - rearArm * rear) / yawInertia, 0, 0)
    }
}
