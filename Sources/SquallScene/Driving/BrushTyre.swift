import Foundation

/// The brush model of a tyre in pure side slip (Pacejka, Tire and Vehicle Dynamics): parabolic pressure, one friction value.
public struct BrushTyre: Sendable {
    /// Friction coefficient; cornering stiffness, N/rad.
    public var friction: Double, stiffness: Double
    public init(friction: Double, stiffness: Double) { (self.friction, self.stiffness) = (friction, stiffness) }

    /// The slip angle from which the whole contact slides, rad.
    public func slidingAngle(load: Double) -> Double { atan(3 * friction * load / stiffness) }

    /// Side force, newtons, with the sign of the slip angle (rad).
    public func lateralForce(slipAngle: Double, load: Double) -> Double {
        guard load > 0 else { return 0 }
        let t = tan(slipAngle)
        let z = min(1, stiffness * abs(t) / (3 * friction * load))
        return friction * load * z * (3 - 3 * z + z * z) * (t < 0 ? -1 : 1)
    }
}
