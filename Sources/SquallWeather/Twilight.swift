import Foundation

/// Horizontal illuminance of the sky around and after sunset, clear weather.
public enum Twilight {
    /// Elevation (deg) and lux: sunset, end of civil, nautical and astronomical twilight. The last is starlight and airglow.
    private static let table: [(elevation: Double, lux: Double)] = [(0, 400), (-6, 3.4), (-12, 0.008), (-18, 0.0006)]

    /// Lux from stars and airglow on a moonless night.
    public static let starlight = 0.0006

    /// Lux at true sun elevation `elevation` (rad): the logarithm is interpolated between the twilight limits, and above the horizon
    /// the term fades within a few degrees, where daylight takes over.
    public static func illuminance(elevation: Double) -> Double {
        let degrees = elevation * 180 / .pi
        guard degrees < 0 else { return 400 * exp(-(degrees / 3) * (degrees / 3)) }
        for (upper, lower) in zip(table, table.dropFirst()) where degrees >= lower.elevation {
            let t = (degrees - lower.elevation) / (upper.elevation - lower.elevation)
            return max(lower.lux, exp(log(lower.lux) + (log(upper.lux) - log(lower.lux)) * t))
        }
        return starlight
    }
}
