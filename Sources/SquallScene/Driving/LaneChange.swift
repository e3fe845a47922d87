/// MOBIL (Kesting, Treiber, Helbing 2007): what a lane change is worth, judged by accelerations of a car-following model.
public enum LaneChange {
    /// Accelerations before and after the change, m/s².
    public struct Accelerations: Sendable {
        public var before: Double, after: Double
        public init(before: Double, after: Double) { (self.before, self.after) = (before, after) }
        var gain: Double { after - before }
    }

    /// Own gain plus that of both followers weighted with `politeness`, m/s². MOBIL changes lanes above 0.1 m/s² (plus 0.3 to the faster lane)
    /// when the new follower's `after` stays above -4 m/s².
    public static func incentive(own: Accelerations, newFollower: Accelerations, oldFollower: Accelerations, politeness: Double = 0.2) -> Double {
        own.gain + politeness * (newFollower.gain + oldFollower.gain)
    }
}
