import Foundation

/// Extinction and visibility: how far a ray sees through a homogeneous medium.
///
/// Beer-Lambert transmittance and the airlight law (Koschmieder 1924). The meteorological optical range (MOR) is the distance at which
/// transmittance falls to 5 % (WMO-No. 8); the older visual range uses 2 %.
public enum Visibility {
    /// ln 20: optical depth at the meteorological optical range.
    public static let opticalDepthAtMOR = 2.995732273553991
    /// Optical depth at the 2 % visual range, as the literature rounds it.
    public static let opticalDepthAtVisualRange = 3.912

    /// Extinction (1/m) of a medium whose meteorological optical range is `mor` metres; 0 for an infinite range.
    public static func extinction(mor: Double) -> Double { mor > 0 ? opticalDepthAtMOR / mor : .infinity }

    /// Meteorological optical range (m) at extinction `b` (1/m); infinite in a vacuum.
    public static func mor(extinction b: Double) -> Double { b > 0 ? opticalDepthAtMOR / b : .infinity }

    /// The 2 % visual range (m) that belongs to a meteorological optical range (m).
    public static func visualRange(mor: Double) -> Double { mor * (opticalDepthAtVisualRange / opticalDepthAtMOR) }

    /// Share of light left after `distance` metres at extinction `b` (1/m).
    public static func transmittance(extinction b: Double, distance: Double) -> Double { exp(-b * distance) }

    /// Apparent luminance of an object of luminance `object` behind a medium of transmittance `t` lit to `airlight` (Koschmieder 1924).
    public static func apparentLuminance(object: Double, airlight: Double, transmittance t: Double) -> Double {
        object * t + airlight * (1 - t)
    }

    /// Henyey-Greenstein phase function (1/sr) at scattering angle `angle` (rad) with asymmetry `g`; fog droplets have g = 0.80-0.88.
    /// Henyey, Greenstein 1941.
    public static func henyeyGreenstein(angle: Double, g: Double) -> Double {
        (1 - g * g) / (4 * .pi * pow(1 + g * g - 2 * g * cos(angle), 1.5))
    }
}
