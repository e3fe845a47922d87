import Foundation

/// Backscatter coefficients (1/(m sr)) of fog for a lidar.
public enum LidarBackscatter: Sendable, Equatable {
    /// 0.046 / MOR: the value of Hahner et al. 2021, low against Mie theory but what published augmentations use.
    case published
    /// Extinction over a lidar ratio S (sr); water droplets have S = 17-20 sr.
    case lidarRatio(Double)

    /// Mie theory for water fog: S = 18 sr.
    public static let mie = LidarBackscatter.lidarRatio(18)

    /// Backscatter (1/(m sr)) of fog with extinction `b` (1/m).
    public func coefficient(extinction b: Double) -> Double {
        switch self {
        case .published: 0.046 * b / Visibility.opticalDepthAtMOR
        case .lidarRatio(let s): s > 0 ? b / s : 0
        }
    }
}

/// Ranges a lidar reaches through a medium.
public enum LidarRange {
    /// Backscatter of the hard-target reference in Hahner et al. 2021, 1/(m sr).
    public static let hahnerReference = 1e-6 / Double.pi

    /// Farthest range (m) at which a target of `reflectance` is detected through extinction `b` (1/m) by a sensor that just
    /// sees `referenceReflectance` at `referenceRange` (m) in clear air: rho exp(-2 b R) / R^2 = rho0 / R0^2.
    ///
    /// Newton on ln of both sides, monotone, so it converges from the clear-air range.
    public static func maximum(reflectance: Double, extinction b: Double, referenceReflectance: Double = 0.1, referenceRange: Double) -> Double {
        guard reflectance > 0, referenceReflectance > 0, referenceRange > 0 else { return 0 }
        let clear = referenceRange * (reflectance / referenceReflectance).squareRoot()
        guard b > 0 else { return clear }
        // u = ln R solves u + b e^u = ln(clear); convex, so Newton from above descends monotonically.
        var u = log(clear)
        for _ in 0..<60 {
            let r = exp(u)
            let step = (u + b * r - log(clear)) / (1 + b * r)
            u -= step
            if abs(step) < 1e-14 { break }
        }
        return exp(u)
    }

    /// Power reflectance of a water drop at normal incidence: ((n - 1) / (n + 1))^2; n = 1.328 at 905 nm.
    public static func dropReflectance(index n: Double = 1.328) -> Double { ((n - 1) / (n + 1)) * ((n - 1) / (n + 1)) }
}
