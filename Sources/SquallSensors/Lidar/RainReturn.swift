import Foundation
import SquallMath
import SquallWeather

/// What single drops in a lidar's beam send back: the rain of `LISA`, thinned.
///
/// LISA draws every drop of the beam's cone, thousands of them; here only those that could be detected are drawn, which is the same
/// process thinned: their mean number, their range by the thinned density, their diameter by the tail of the distribution.
public struct RainReturn: Sendable {
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
        return share < 1 ? max(LISA.minimumDiameter, share * beam * 1e3) : nil
    }

    /// One of those drops: its range (m) and its strength (1/m2).
    public func drop(_ random: inout CounterRandom, extinction b: Double) -> (range: Double, strength: Double) {
        let range = range(&random)
        return (range, strength(&random, at: range, extinction: b))
    }

    /// How far away one of those drops is, m.
    func range(_ random: inout CounterRandom) -> Double {
        let target = random.uniform() * meanCount
        var (low, high) = (0, Self.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if cumulative[middle] <= target { low = middle } else { high = middle }
        }
        return nearest + (Double(low) + random.uniform()) * Self.step
    }

    /// What one of those drops sends back from a range, 1/m2.
    func strength(_ random: inout CounterRandom, at range: Double, extinction b: Double) -> Double {
        let width = beam.diameter(at: range)
        let smallest = Self.smallestDiameter(range: range, beam: width, floor: floor) ?? LISA.minimumDiameter
        let diameter = Rain.diameter(quantile: random.uniform(), rate: rate, above: smallest)
        return LISA.dropStrength(diameter: diameter, range: range, beam: width, extinction: b)
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
