import Foundation
import SquallMath
import SquallWeather

/// The tyres of one axle on the patch of road they stand on, as a force for a sliding velocity.
///
/// Combined slip by similarity: the tyre curve is read at the length of the slip vector (sliding velocity over travelling
/// velocity) and the force points against it, so a locked wheel pulls against its motion whatever the direction, and braking
/// takes from cornering exactly what the friction circle allows.
public struct AxleTyre: Sendable {
    /// Normalised force over slip on this patch.
    public var curve: TyreCurve
    /// Axle load, newtons.
    public var load: Double
    /// Share of friction left by uneven wheel loads, 0...1.
    public var grip: Double
    /// Longitudinal slip: -1 locked ... 0 rolling ... positive driving.
    public var slip: Double

    public init(curve: TyreCurve, load: Double, grip: Double = 1, slip: Double = 0) {
        (self.curve, self.load, self.grip, self.slip) = (curve, load, grip, slip)
    }

    /// Below this the slip ratio is taken against a fixed speed, which keeps the step stable at walking pace, m/s.
    public static let slowestReference = 0.5

    /// Force of the road on the axle, wheel frame (x rolling direction, y left), newtons. - Parameter velocity: of the patch, wheel frame, m/s.
    @inline(__always)
    public func force(velocity: Vec2) -> Vec2 {
        let sliding = Vec2(-slip * max(abs(velocity.x), Self.slowestReference), velocity.y)
        let speed = sliding.length
        guard speed > 1e-9, load > 0 else { return .zero }
        let ratio = speed / max(velocity.length, Self.slowestReference)
        return sliding * (-curve.value(slip: min(ratio, 1.5)) * grip * load / speed)
    }

    /// The slip at which the curve gives `share` of the load as force, on its rising side; the peak's slip when `share` is beyond it.
    static func slip(for share: Double, on curve: TyreCurve, peakSlip: Double) -> Double {
        guard share > 0 else { return 0 }
        guard share < curve.value(slip: peakSlip) else { return peakSlip }
        var (low, high) = (0.0, peakSlip)
        var x = min(share / curve.stiffness, peakSlip)
        for _ in 0..<8 {
            let error = curve.value(slip: x) - share
            if abs(error) < 1e-7 { break }
            if error > 0 { high = x } else { low = x }
            // The curve is concave up to its peak, so the secant through the origin-side stiffness cannot overshoot far; bisect when it does.
            let slope = (curve.value(slip: x + 1e-5) - curve.value(slip: x)) * 1e5
            let next = x - error / max(slope, 1e-3)
            x = next > low && next < high ? next : (low + high) / 2
        }
        return x
    }
}

/// The slip of a curve's peak, recomputed only when the curve changes shape.
struct PeakSlip: Sendable {
    private var curve = TyreCurve.dry
    private(set) var slip = TyreCurve.dry.peak.slip

    mutating func follow(_ new: TyreCurve) {
        let close = abs(new.b - curve.b) < 0.01 * curve.b && abs(new.c - curve.c) < 0.005 * curve.c && abs(new.e - curve.e) < 0.005
        if !close { (curve, slip) = (new, new.peak.slip) }
    }
}
