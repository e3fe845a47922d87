/// The intelligent driver model (Treiber, Hennecke, Helbing 2000): how hard a driver accelerates behind a leader.
public struct IntelligentDriver: Sendable, Equatable {
    /// Wished speed, m/s.
    public var desiredSpeed: Double
    /// Time gap, seconds.
    public var timeGap: Double
    /// Comfortable acceleration and braking, m/s², both positive.
    public var acceleration: Double, braking: Double
    /// Gap at standstill, metres.
    public var standstillGap: Double

    public init(desiredSpeed: Double, timeGap: Double = 1.6, acceleration: Double = 1.5, braking: Double = 2.0, standstillGap: Double = 2) {
        (self.desiredSpeed, self.timeGap, self.acceleration) = (desiredSpeed, timeGap, acceleration)
        (self.braking, self.standstillGap) = (braking, standstillGap)
    }

    /// The wish without a leader: a (1 - (v/v0)^4), m/s².
    public func free(speed v: Double) -> Double {
        guard desiredSpeed > 1e-3 else { return v > 0 ? -braking : 0 }
        let ratio = v / desiredSpeed
        return acceleration * (1 - ratio * ratio * ratio * ratio)
    }

    /// The wished acceleration, m/s². - Parameters: `closing` own speed minus the leader's; `gap` bumper to bumper, metres.
    public func wish(speed v: Double, closing: Double, gap: Double) -> Double {
        let ratio = wishedGap(speed: v, closing: closing) / max(gap, 0.01)
        return free(speed: v) - acceleration * ratio * ratio
    }

    /// s* = s0 + max(0, vT + v dv / 2 sqrt(ab)), metres.
    public func wishedGap(speed v: Double, closing: Double) -> Double {
        standstillGap + max(0, v * timeGap + v * closing / (2 * (acceleration * braking).squareRoot()))
    }

    /// The gap at which a follower at the leader's speed neither gains nor loses, metres.
    public func equilibriumGap(speed v: Double) -> Double {
        let ratio = v / desiredSpeed
        return (standstillGap + v * timeGap) / (1 - ratio * ratio * ratio * ratio).squareRoot()
    }
}
