import Foundation
import SquallMath
import SquallWeather

/// What single drops in a lidar's beam send back: the model of LISA (Kilic et al., "Lidar light scattering augmentation", 2021).
///
/// Drops of the Marshall-Palmer distribution above 0.05 mm fill the beam's cone with a Poisson number. A drop of diameter D at range
/// r echoes rho_f exp(-2 b r) min((D / d)^2, 1) / r^2, with d the beam's diameter there and rho_f the reflectance of water. LISA
/// draws every drop of the cone, thousands of them; here only those that could be detected are drawn, which is the same process
/// thinned: their mean number, their range by the thinned density, their diameter by the tail of the distribution.
public struct RainReturn: Sendable {
    /// Smallest drop counted, mm.
    public static let minimumDiameter = 0.05
    /// Beam divergence of the paper, rad.
    public static let paperDivergence = 3e-3

    // MARK: - The paper's formulas

    /// Beam diameter at range `r` (m) in the paper: r tan(3 mrad).
    public static func paperBeamDiameter(range r: Double) -> Double { r * tan(paperDivergence) }

    /// Mean number of drops in a cone of length `r` (m) and base diameter `diameter` (m) at `rate` (mm/h).
    public static func dropCount(range r: Double, diameter: Double, rate: Double) -> Double {
        .pi / 3 * r * diameter * diameter / 4 * Rain.dropCount(rate: rate, above: minimumDiameter)
    }

    /// Range of a drop uniform in a cone of length `r`: r u^(1/3).
    public static func dropRange(quantile u: Double, within r: Double) -> Double { r * cbrt(u) }

    /// Strength of a drop of `diameter` (mm) at range `r` (m) in a beam of diameter `beam` (m), comparable with rho exp(-2 b R) / R^2.
    public static func strength(
        diameter: Double, range r: Double, beam: Double, extinction b: Double, reflectance: Double = LidarRange.dropReflectance()
    ) -> Double {
        let share = diameter * 1e-3 / beam
        return reflectance * exp(-2 * b * r) * min(share * share, 1) / (r * r)
    }

    /// Strength of a surface, the floor of detection and the range noise of the paper: rho exp(-2 b R) / R^2, 0.9 / Rmax^2 and
    /// 0.09 / sqrt(2 P / Pmin), m.
    public static func paperStrength(reflectance: Double, range r: Double, extinction b: Double) -> Double { reflectance * exp(-2 * b * r) / (r * r) }
    public static func paperFloor(maximumRange: Double = 200) -> Double { 0.9 / (maximumRange * maximumRange) }
    public static func paperRangeNoise(signalToNoise: Double) -> Double { 0.09 / (2 * signalToNoise).squareRoot() }

    // MARK: - The thinned process of one sensor

    /// Mean number of drops in the beam strong enough to matter.
    public let meanCount: Double
    private let rate: Double
    private let floor: Double
    private let beam: LidarBeam
    /// Cumulative share of those drops over ranges from `nearest` in `step`s.
    private let cumulative: [Double]
    private static let step = 0.1, count = 200

    /// - Parameters:
    ///   - rate: mm/h.
    ///   - floor: strength below which a drop is never seen, 1/m2.
    ///   - nearest: where the receiver begins to see, m.
    public init(rate: Double, beam: LidarBeam, floor: Double, nearest: Double) {
        (self.rate, self.floor, self.beam, self.nearest) = (rate, floor, beam, nearest)
        var sum = 0.0
        var table = [0.0]
        for k in 0..<Self.count {
            let r = nearest + (Double(k) + 0.5) * Self.step
            let d = beam.diameter(at: r)
            if let smallest = Self.smallestDiameter(range: r, beam: d, floor: floor) {
                sum += .pi / 4 * d * d * Self.step * Rain.dropCount(rate: rate, above: smallest)
            }
            table.append(sum)
        }
        meanCount = sum
        cumulative = table
    }
    private let nearest: Double

    /// The smallest drop (mm) that reaches `floor` at range `r`, nil when none does.
    private static func smallestDiameter(range r: Double, beam: Double, floor: Double) -> Double? {
        let share = (floor * r * r / LidarRange.dropReflectance()).squareRoot()
        return share < 1 ? max(minimumDiameter, share * beam * 1e3) : nil
    }

    /// One of those drops: its range (m) and its strength (1/m2).
    public func drop(_ random: inout CounterRandom, extinction b: Double) -> (range: Double, strength: Double) {
        let target = random.uniform() * meanCount
        var (low, high) = (0, Self.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if cumulative[middle] <= target { low = middle } else { high = middle }
        }
        let range = nearest + (Double(low) + random.uniform()) * Self.step
        let width = beam.diameter(at: range)
        let smallest = Self.smallestDiameter(range: range, beam: width, floor: floor) ?? Self.minimumDiameter
        let diameter = Rain.diameter(quantile: random.uniform(), rate: rate, above: smallest)
        return (range, Self.strength(diameter: diameter, range: range, beam: width, extinction: b))
    }

    /// A Poisson number with `meanCount`, by counting exponential gaps; capped, as the strongest few decide.
    public func number(_ random: inout CounterRandom) -> Int {
        guard meanCount > 0 else { return 0 }
        let limit = exp(-min(meanCount, 20))
        var (product, count) = (random.uniform(), 0)
        while product > limit && count < 40 {
            product *= random.uniform()
            count += 1
        }
        return count
    }
}

/// A laser beam's width.
public struct LidarBeam: Sendable, Equatable {
    /// Exit diameter, m, and full divergence, rad.
    public var aperture: Double, divergence: Double
    public init(aperture: Double, divergence: Double) { (self.aperture, self.divergence) = (aperture, divergence) }
    /// Footprint diameter at range `r`, m: d0 + 2 r tan(divergence / 2).
    public func diameter(at r: Double) -> Double { aperture + 2 * r * tan(divergence / 2) }
}
