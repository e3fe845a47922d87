import Foundation
import SquallFrames
import SquallMath

/// How strong an echo is for one sensor, and what follows: whether it is seen, how exact its range is, what intensity is reported.
///
/// The relative form of the range equation (physics.md section 4): an echo of strength rho cos(theta) exp(-2 tau) / R^2 has the
/// signal `strength / (rho_ref / R_ref^2)`; the reference target of the data sheet has signal 1 at its range in clear air and is seen
/// half of the time. The chance to be seen is logistic in decibels; range noise is the data sheet's at strong signal plus the
/// LISA term 0.09 / sqrt(2 signal) m.
public struct LidarDetection: Sendable, Equatable {
    /// Strength at signal 1, 1/m2.
    public let threshold: Double
    /// Range noise at strong signal, m.
    public let rangeNoise: Double
    /// Width of the logistic, dB: three of them above the threshold an echo is missed in 5 % of the shots.
    public static let logisticWidth = 0.5
    /// Echoes closer together than this melt into one, m: c tau / 2 of a 5 ns receiver.
    public static let separableGap = 0.75
    /// Below this signal an echo is not worth drawing: seen once in 10^8 shots.
    public static let faintest = 0.125

    public init(_ model: LidarModel) {
        threshold = model.referenceReflectance / (model.referenceRange * model.referenceRange)
        rangeNoise = model.rangeNoise
    }

    /// Signal of an echo of the given strength (1/m2).
    public func signal(strength: Double) -> Double { strength / threshold }

    /// Strength of a surface: rho cos(theta) exp(-2 tau) / R^2, with rho cos(theta) as `LidarSurface.echo` gives it.
    public static func strength(echo: Double, opticalDepth: Double, range: Double) -> Double {
        echo * exp(-2 * opticalDepth) / (range * range)
    }

    /// Chance that an echo is reported.
    public static func chance(signal: Double) -> Double {
        // Beyond 20 dB the chance to miss is below 10^-17.
        guard signal > 0 else { return 0 }
        return signal < 100 ? 1 / (1 + exp(-10 * log10(signal) / logisticWidth)) : 1
    }

    /// Standard deviation of the range, m.
    public func rangeDeviation(signal: Double) -> Double { (rangeNoise * rangeNoise + 0.09 * 0.09 / (2 * max(signal, 1e-3))).squareRoot() }

    /// Range-compensated intensity, 0...1: what the sensor takes for reflectance. Retroreflectors saturate at 1.
    public static func intensity(strength: Double, range: Double) -> Double { (strength * range * range).clamped(to: 0...1) }
}
