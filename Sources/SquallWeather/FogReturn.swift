import Foundation
import SquallMath

/// What fog in front of a lidar sends back: the soft return of Hahner, Sakaridis, Dai, Van Gool, "Fog simulation on real LiDAR
/// point clouds for 3D object detection in adverse weather", ICCV 2021 (after Rasshofer, Spies, Spies 2011).
///
/// The pulse is sin^2 of half-power width 20 ns. Its echo off fog of extinction `alpha` is, at apparent range R,
/// I(R) = integral over 0...2 tauH of sin^2(pi t / 2 tauH) exp(-2 alpha r) / r^2 xi(r) dt with r = R - c t / 2, where the receiver's
/// view opens from 0.9 to 1.0 m (xi). The sensor reports the R of the largest echo, less half a pulse length.
///
/// A soft return weighs `backscatter / reference` times I against rho cos(theta) exp(-2 alpha R) / R^2 of a surface. The published
/// reference, 1e-6 / pi, is a fit to one sensor; the consistent one follows from the hard target's own echo, 2 / (pi c) for rho = 1.
/// Patches: fog is never even, so the range of a return is drawn with density I^2 instead of always being the peak (our choice).
public struct FogReturn: Sendable {
    /// Half-power width of the pulse, s.
    public static let pulseWidth = 20e-9
    public static let speedOfLight = 299_792_458.0
    /// Length of the pulse in range: c tauH, m.
    static let pulseLength = speedOfLight * pulseWidth
    /// What the sensor takes off the apparent range: half a pulse length, m.
    public static let rangeShift = pulseLength / 2
    /// Reference of a physically consistent comparison, s/m: a Lambertian target of reflectance 1 echoes 2 / (pi c) per R^2.
    public static let consistentReference = 2 / (Double.pi * speedOfLight)

    /// Extinction of the fog, 1/m: what sends light back.
    public let extinction: Double
    /// Extinction of fog and everything else in the air, 1/m: what takes light away on both ways.
    public let attenuation: Double
    /// Apparent range of the largest echo before the shift, m, and the integral there, s/m2.
    public let peakRange: Double
    public let peakIntegral: Double
    /// Range equivalents of I^2, for draws: cumulative from 0 to 1 over `tableStart` + k `tableStep`.
    private let cumulative: [Double]
    private static let tableStart = 3.9, tableStep = 0.1, tableCount = 160

    /// - Parameter besides: extinction of what else is in the air (rain, haze), 1/m: it dims the fog's echo and adds nothing to it.
    public init(extinction: Double, besides: Double = 0) {
        self.extinction = extinction
        let attenuation = extinction + max(0, besides)
        self.attenuation = attenuation
        // The echo rises to one peak and falls: golden section between the first light and the whole pulse past the opening.
        var (low, high) = (1.0, 1.0 + Self.pulseLength)
        let ratio = (5.0.squareRoot() - 1) / 2
        for _ in 0..<48 {
            let (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
            if Self.integral(a, attenuation) < Self.integral(b, attenuation) { low = a } else { high = b }
        }
        peakRange = (low + high) / 2
        peakIntegral = Self.integral(peakRange, attenuation)
        var sum = 0.0
        var table = [0.0]
        for k in 0..<Self.tableCount {
            let value = Self.integral(Self.tableStart + (Double(k) + 0.5) * Self.tableStep, attenuation)
            sum += value * value
            table.append(sum)
        }
        cumulative = table.map { $0 / max(sum, .leastNormalMagnitude) }
    }

    /// I(R), s/m2, for a beam that meets no surface: what the air of this extinction (1/m, all of it) leaves of the pulse.
    public static func integral(_ range: Double, _ extinction: Double) -> Double {
        let near = max(0.9, range - pulseLength)
        guard range > near else { return 0 }
        let value = { (r: Double) -> Double in
            let s = sin(.pi * (range - r) / pulseLength)
            return s * s * exp(-2 * extinction * r) / (r * r) * min(1, (r - 0.9) * 10)
        }
        // The opening ramp has a corner at 1 m: one Simpson rule on each side.
        let middle = min(max(1, near), range)
        return (simpson(near, middle, 20, value) + simpson(middle, range, 160, value)) * 2 / speedOfLight
    }

    private static func simpson(_ a: Double, _ b: Double, _ n: Int, _ f: (Double) -> Double) -> Double {
        guard b > a else { return 0 }
        let h = (b - a) / Double(n)
        var sum = f(a) + f(b)
        for k in 1..<n { sum += f(a + Double(k) * h) * (k % 2 == 1 ? 4 : 2) }
        return sum * h / 3
    }

    /// What the sensor reports for an even fog, m.
    public var reportedRange: Double { peakRange - Self.rangeShift }

    /// Strength of the soft return, comparable with rho cos(theta) exp(-2 alpha R) / R^2 of a surface, 1/m2.
    public func strength(backscatter: LidarBackscatter, reference: Double = LidarRange.hahnerReference) -> Double {
        backscatter.coefficient(extinction: extinction) / reference * peakIntegral
    }

    /// The range at which a surface is exactly as strong as the fog before it in the published comparison, where both scale with the
    /// surface's own reflectance: exp(-2 alpha R) = R^2 beta / beta0 I.
    public var equalRange: Double {
        let target = strength(backscatter: .published)
        guard target > 0 else { return .infinity }
        return LidarRange.maximum(reflectance: 1, extinction: attenuation, referenceReflectance: target, referenceRange: 1)
    }

    /// Reported range of one return in uneven fog, m: `quantile` in 0..<1.
    public func range(quantile: Double) -> Double {
        var (low, high) = (0, Self.tableCount)
        while high - low > 1 {
            let middle = (low + high) / 2
            if cumulative[middle] <= quantile { low = middle } else { high = middle }
        }
        let span = max(cumulative[low + 1] - cumulative[low], .leastNormalMagnitude)
        let part = ((quantile - cumulative[low]) / span).clamped(to: 0...1)
        return Self.tableStart + (Double(low) + part) * Self.tableStep - Self.rangeShift
    }
}
