import Foundation

/// Rain as drops: size distribution, fall speed, shape, and what they take from a ray. Rates in mm/h, drop diameters in mm.
public enum Rain {
    /// Marshall-Palmer intercept, drops per m3 and mm.
    public static let intercept = 8000.0

    /// Slope (1/mm) of the exponential drop size distribution at `rate` (mm/h). Marshall, Palmer 1948.
    public static func slope(rate: Double) -> Double { rate > 0 ? 4.1 * pow(rate, -0.21) : .infinity }

    /// Drops per m3 and mm of diameter `diameter` (mm). Marshall, Palmer 1948.
    public static func dropDensity(diameter: Double, rate: Double) -> Double {
        rate > 0 ? intercept * exp(-slope(rate: rate) * diameter) : 0
    }

    /// Drops per m3 with a diameter above `minimum` (mm).
    public static func dropCount(rate: Double, above minimum: Double = 0) -> Double {
        rate > 0 ? intercept / slope(rate: rate) * exp(-slope(rate: rate) * minimum) : 0
    }

    /// Liquid water in the air, g/m3: pi rho_w N0 / Lambda^4.
    public static func liquidWater(rate: Double) -> Double {
        rate > 0 ? .pi * 1e-3 * intercept / pow(slope(rate: rate), 4) : 0
    }

    /// Factor of `extinction(rate:)`: pi/4 Q N0 Gamma(3) / Lambda^3 with Q_ext = 2, per metre.
    public static let extinctionFactor = Double.pi * 8000 / (4.1 * 4.1 * 4.1) * 1e-6

    /// Extinction (1/m) of rain for visible and near-infrared light: 3.6466e-4 R^0.63, the Marshall-Palmer integral with Q_ext = 2.
    public static func extinction(rate: Double) -> Double { rate > 0 ? extinctionFactor * pow(rate, 0.63) : 0 }

    /// Share of `extinction(rate:)` due to drops larger than `minimum` (mm): the upper incomplete gamma function of order 3.
    public static func extinctionShare(rate: Double, above minimum: Double) -> Double {
        guard rate > 0 else { return 0 }
        let x = slope(rate: rate) * max(0, minimum)
        return exp(-x) * (1 + x + x * x / 2)
    }

    /// Attenuation (1/m) by ITU-R P.1817: 1.076 R^0.67 dB/km. A cross-check for `extinction(rate:)`, not used by the sensors.
    public static func ituExtinction(rate: Double) -> Double { rate > 0 ? 1.076 * pow(rate, 0.67) / (10 / 2.302585092994046) * 1e-3 : 0 }

    /// Terminal fall speed (m/s) of a drop of `diameter` (mm). Atlas, Srivastava, Sekhon 1973; 0 below 0.11 mm.
    public static func fallSpeed(diameter: Double) -> Double { max(0, 9.65 - 10.3 * exp(-0.6 * diameter)) }

    /// Height over width of a falling drop of `diameter` (mm). Pruppacher, Beard 1970; round below 0.5 mm.
    public static func axisRatio(diameter: Double) -> Double { diameter < 0.5 ? 1 : max(0.3, 1.03 - 0.062 * diameter) }

    /// Drop diameter (mm) at quantile `u` in 0..<1 of the exponential distribution above `minimum` (mm).
    public static func diameter(quantile u: Double, rate: Double, above minimum: Double = 0) -> Double {
        rate > 0 ? minimum - log1p(-min(max(0, u), 0.999_999_999)) / slope(rate: rate) : minimum
    }

    /// Cloud cover that a rain rate implies, 0...1: rain falls from a closed sky. Modelling choice: 1 - exp(-2 R).
    public static func impliedCloudCover(rate: Double) -> Double { rate > 0 ? -expm1(-2 * rate) : 0 }

    /// Drops that meet a vertical pane moving at `speed` (m/s), per m2 and second; diameters above `minimum` (mm).
    public static func paneFlux(rate: Double, speed: Double, above minimum: Double = 0.5) -> Double {
        dropCount(rate: rate, above: minimum) * abs(speed)
    }
}
