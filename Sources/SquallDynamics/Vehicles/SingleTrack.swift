import Foundation
import SquallMath
import SquallScene

/// The non-linear dynamic single track: a rigid body in the plane on two axles with any tyres, kinematic at walking pace.
///
/// State, one SIMD8: x, y (centre of gravity, m), yaw, forward and left speed u, v (body frame, m/s), yaw rate r, 0, 0.
/// Below `slow.lower` the body follows its wheels exactly; up to `slow.upper` the two are blended, because slip angles lose their
/// meaning as the speed goes to zero.
public struct SingleTrack: Sendable {
    public var mass: Double, yawInertia: Double
    /// Centre of gravity to front and rear axle, metres.
    public var frontArm: Double, rearArm: Double
    /// m/s
    public var slow = 0.1...0.6
    /// Seconds in which the kinematic side takes the body onto its wheels' path.
    private static let settling = 0.04

    public init(mass: Double, yawInertia: Double, frontArm: Double, rearArm: Double) {
        (self.mass, self.yawInertia, self.frontArm, self.rearArm) = (mass, yawInertia, frontArm, rearArm)
    }

    /// Everything held over one step.
    public struct Input: Sendable {
        public var steer: Double
        public var front: AxleTyre, rear: AxleTyre
        /// Air, slope and rolling resistance at the centre of gravity, body frame, newtons; about the vertical, N m.
        public var force = Vec2.zero
        public var moment = 0.0
        public init(steer: Double, front: AxleTyre, rear: AxleTyre) { (self.steer, self.front, self.rear) = (steer, front, rear) }
    }

    /// Yaw rate and left speed of the centre of gravity when no wheel slips.
    public func rolling(u: Double, steer: Double) -> (yawRate: Double, left: Double) {
        let r = KinematicSingleTrack.yawRate(speed: u, steer: steer, wheelbase: frontArm + rearArm)
        return (r, r * rearArm)
    }

    @inline(__always)
    public func derivative(_ s: SIMD8<Double>, _ input: Input) -> SIMD8<Double> {
        let (yaw, u, v, r) = (s[2], s[3], s[4], s[5])
        let (cosSteer, sinSteer) = (cos(input.steer), sin(input.steer))
        let patch = Vec2(u, v + frontArm * r)
        let wheel = input.front.force(velocity: Vec2(cosSteer * patch.x + sinSteer * patch.y, -sinSteer * patch.x + cosSteer * patch.y))
        let front = Vec2(cosSteer * wheel.x - sinSteer * wheel.y, sinSteer * wheel.x + cosSteer * wheel.y)
        let rear = input.rear.force(velocity: Vec2(u, v - rearArm * r))
        let total = front + rear + input.force
        let du = total.x / mass + r * v
        var dv = total.y / mass - r * u
        var dr = (frontArm * front.y - rearArm * rear.y + input.moment) / yawInertia
        let speed = (u * u + v * v).squareRoot()
        if speed < slow.upperBound {
            let t = max(0, (speed - slow.lowerBound) / (slow.upperBound - slow.lowerBound))
            let dynamic = t * t * (3 - 2 * t)
            let wish = rolling(u: u, steer: input.steer)
            dv = lerp((wish.left - v) / Self.settling, dv, dynamic)
            dr = lerp((wish.yawRate - r) / Self.settling, dr, dynamic)
        }
        let (c, n) = (cos(yaw), sin(yaw))
        return SIMD8(u * c - v * n, u * n + v * c, r, du, dv, dr, 0, 0)
    }

    public func step(_ state: SIMD8<Double>, _ input: Input, dt: Double) -> SIMD8<Double> {
        rungeKutta4(state, dt: dt) { derivative($0, input) }
    }
}
