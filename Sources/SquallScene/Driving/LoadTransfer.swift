/// Quasi-static wheel loads: moment balance of a rigid body on level ground.
public enum LoadTransfer {
    /// Load moved from the front to the rear axle by an acceleration forward, newtons: m a h / L.
    public static func longitudinal(mass: Double, acceleration: Double, height: Double, wheelbase: Double) -> Double {
        mass * acceleration * height / wheelbase
    }
    /// Load moved from the inner to the outer wheels by a lateral acceleration, newtons: m a h / T.
    public static func lateral(mass: Double, acceleration: Double, height: Double, track: Double) -> Double {
        mass * acceleration * height / track
    }
    /// Static stability factor T / 2h: the lateral acceleration in g at which the inner wheels lift.
    public static func staticStabilityFactor(track: Double, height: Double) -> Double { track / (2 * height) }
}
