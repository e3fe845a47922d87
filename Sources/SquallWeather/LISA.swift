import Foundation

/// Rain in a lidar's beam as LISA counts it (Kilic et al., "Lidar light scattering augmentation", 2021).
///
/// Drops of the Marshall-Palmer distribution above 0.05 mm fill the beam's cone with a Poisson number. A drop of diameter D at range
/// r echoes rho_f exp(-2 b r) min((D / d)^2, 1) / r^2, with d the beam's diameter there and rho_f the reflectance of water.
public enum LISA {
    /// Smallest drop counted, mm.
    public static let minimumDiameter = 0.05
    /// Beam divergence, rad.
    public static let divergence = 3e-3

    /// Beam diameter (m) at `range` (m): r tan(3 mrad).
    public static func beamDiameter(range: Double) -> Double { range * tan(divergence) }

    /// Mean number of drops in a cone of length `range` (m) and base diameter `diameter` (m) at `rate` (mm/h).
    public static func dropCount(range: Double, diameter: Double, rate: Double) -> Double {
        .pi / 3 * range * diameter * diameter / 4 * Rain.dropCount(rate: rate, above: minimumDiameter)
    }

    /// Strength of a drop of `diameter` (mm) at `range` (m) in a beam of diameter `beam` (m), comparable with `surfaceStrength`, 1/m2.
    public static func dropStrength(
        diameter: Double, range r: Double, beam: Double, extinction b: Double, reflectance: Double = LidarRange.dropReflectance()
    ) -> Double {
        let share = diameter * 1e-3 / beam
        return reflectance * exp(-2 * b * r) * min(share * share, 1) / (r * r)
    }

    /// Strength of a surface, 1/m2: rho exp(-2 b R) / R^2.
    public static func surfaceStrength(reflectance: Double, range r: Double, extinction b: Double) -> Double { reflectance * exp(-2 * b * r) / (r * r) }

    /// Signal to noise of that surface: its strength over the floor of detection 0.9 / Rmax^2.
    public static func signal(reflectance: Double, range: Double, extinction: Double, maximumRange: Double = 200) -> Double {
        surfaceStrength(reflectance: reflectance, range: range, extinction: extinction) * maximumRange * maximumRange / 0.9
    }

    /// Standard deviation of the range, m: 0.09 / sqrt(2 signal).
    public static func rangeNoise(signal: Double) -> Double { 0.09 / (2 * signal).squareRoot() }
}
