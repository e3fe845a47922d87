import Foundation

/// A falling drop as a camera records it: a faint line. Garg, Nayar 2004, 2006.
public struct RainStreak: Sendable, Equatable {
    /// Pixels along the motion and across it.
    public var length: Double, width: Double
    /// Share of the exposure during which the drop covers a pixel: the drop's weight in that pixel, 0...1.
    public var weight: Double

    /// - Parameters:
    ///   - diameter: drop diameter, mm.
    ///   - speed: drop speed relative to the camera across the view, m/s.
    ///   - distance: metres along the optical axis.
    ///   - focalLength: pixels.
    ///   - exposure: seconds.
    public init(diameter: Double, speed: Double, distance: Double, focalLength: Double, exposure: Double) {
        let scale = focalLength / max(distance, 1e-6)
        length = scale * speed * exposure
        width = scale * diameter * 1e-3
        let dwell = speed > 0 ? diameter * 1e-3 / speed : exposure
        weight = exposure > 0 ? min(1, dwell / exposure) : 1
    }

    /// Angle (rad) of streaks off the vertical when the camera moves at `relative` (m/s, wind included) through drops falling at `fall` (m/s).
    public static func tilt(relative: Double, fall: Double) -> Double { atan2(relative, fall) }

    /// Terminal speed (m/s) by Garg, Nayar: 200 sqrt(a), drop radius a in metres.
    public static func gargNayarSpeed(radius: Double) -> Double { 200 * max(0, radius).squareRoot() }

    /// Longest time (s) a drop stays in one pixel by Garg, Nayar: sqrt(a) / 50, drop radius a in metres.
    public static func maximumDwell(radius: Double) -> Double { max(0, radius).squareRoot() / 50 }

    /// Diameter (m) on the sensor of the blur circle of a point at `distance`, lens of `focalLength` (m) and f-number `stop` focused at `focus` (m).
    public static func blurCircle(focalLength f: Double, stop: Double, distance z: Double, focus: Double) -> Double {
        guard z > 0 else { return .infinity }
        if focus.isInfinite { return f * f / (stop * z) }
        return f * f * abs(z - focus) / (stop * (focus - f) * z)
    }
}
