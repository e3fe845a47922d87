import Foundation
import SquallMath

/// Depth of rain water that runs off a road.
public enum WaterFilm {
    /// Film above the texture tops, mm, never below 0. Gallaway et al. 1979 (FHWA-RD-79-31).
    /// - Parameters: rain `rate` mm/h, mean texture depth `texture` mm, drainage path `path` m along `slope` (m/m).
    public static func gallaway(rate: Double, texture: Double, path: Double, slope: Double) -> Double {
        guard rate > 0, path > 0 else { return 0 }
        return max(0, share(rate: rate, texture: texture) * Drainage(path: path, slope: slope).factor - texture)
    }

    /// What the rain and the texture contribute to Gallaway's film; times `Drainage.factor` it is the depth above the texture's foot, mm.
    static func share(rate: Double, texture: Double) -> Double { 0.01485 * pow(texture, 0.11) * pow(rate, 0.59) }

    /// Total water depth, mm. Road Research Laboratory: Russam, Ross 1968. Parameters as for `gallaway`.
    public static func rrl(rate: Double, path: Double, slope: Double) -> Double {
        guard rate > 0, path > 0 else { return 0 }
        return 0.046 * (path * rate).squareRoot() * pow(max(slope, 1e-3), -0.2)
    }

    /// Length of the flow path and the slope along it on a plane of `width` m that falls sideways by `crossSlope` and along by
    /// `longitudinalSlope` (m/m, any sign): water follows the steepest line. Path at most five widths.
    public static func drainage(width: Double, crossSlope: Double, longitudinalSlope: Double) -> Drainage {
        let across = max(abs(crossSlope), 0.002)
        let slope = hypot(across, longitudinalSlope)
        return Drainage(path: width * min(5, slope / across), slope: slope)
    }
}
