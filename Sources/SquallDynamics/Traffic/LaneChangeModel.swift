/// MOBIL (Kesting, Treiber, Helbing 2007): whether a lane change is safe and worth it, judged by accelerations of a car-following model.
public struct LaneChangeModel: Sendable {
    /// Weight of the others' loss against the own gain.
    public var politeness: Double
    /// Gain a change must bring, m/s²; hardest braking it may force on the new follower, m/s²; bias towards the target lane, m/s².
    public var threshold: Double, safeBraking: Double, bias: Double

    public init(politeness: Double = 0.2, threshold: Double = 0.1, safeBraking: Double = 4, bias: Double = 0.3) {
        (self.politeness, self.threshold, self.safeBraking, self.bias) = (politeness, threshold, safeBraking, bias)
    }

    /// Accelerations before and after the change, m/s².
    public struct Accelerations: Sendable {
        public var before: Double, after: Double
        public init(before: Double, after: Double) { (self.before, self.after) = (before, after) }
        var gain: Double { after - before }
    }

    /// The new follower is not made to brake harder than `safeBraking`.
    public func isSafe(newFollower: Accelerations) -> Bool { newFollower.after >= -safeBraking }

    /// Own gain plus the politely weighted gain of both followers, m/s².
    public func incentive(own: Accelerations, newFollower: Accelerations, oldFollower: Accelerations) -> Double {
        own.gain + politeness * (newFollower.gain + oldFollower.gain)
    }
}
