import SquallMath

/// The distributions a scene can draw numbers from. `pick` chooses among values of any kind and is apart.
public enum DistributionKind: String, Sendable, CaseIterable {
    case uniform, normal, lognormal, exponential, gamma, beta, weibull, poisson, binomial

    /// The distribution for given parameters (SI), or why they are impossible.
    public func make(_ p: [Double]) -> Result<any Distribution, DistributionError> {
        guard p.count == parameters.count, p.allSatisfy(\.isFinite) else { return .failure(.init("its parameters are not finite numbers")) }
        switch self {
        case .uniform: return UniformDistribution.make(p[0], p[1])
        case .normal: return NormalDistribution.make(mean: p[0], deviation: p[1])
        case .lognormal: return LognormalDistribution.make(median: p[0], sigma: p[1])
        case .exponential: return ExponentialDistribution.make(mean: p[0])
        case .gamma: return GammaDistribution.make(shape: p[0], scale: p[1])
        case .beta: return BetaDistribution.make(p[0], p[1])
        case .weibull: return WeibullDistribution.make(shape: p[0], scale: p[1])
        case .poisson: return PoissonDistribution.make(mean: p[0])
        case .binomial: return BinomialDistribution.make(count: p[0], probability: p[1])
        }
    }

    /// Names of the parameters and whether each has the dimension of the draw (else it is a plain number).
    public var parameters: [(name: String, sharesDimension: Bool)] {
        switch self {
        case .uniform: [("from", true), ("to", true)]
        case .normal: [("mean", true), ("deviation", true)]
        case .lognormal: [("median", true), ("sigma", false)]
        case .exponential: [("mean", true)]
        case .gamma, .weibull: [("shape", false), ("scale", true)]
        case .beta: [("a", false), ("b", false)]
        case .poisson: [("mean", false)]
        case .binomial: [("count", false), ("probability", false)]
        }
    }

    public var summary: String {
        switch self {
        case .uniform: "every value between two bounds alike"
        case .normal: "the bell curve, by mean and standard deviation"
        case .lognormal: "a value whose logarithm is normal: by its median, and the standard deviation of the logarithm (a plain number)"
        case .exponential: "waiting times, by their mean"
        case .gamma: "by shape and scale; the mean is shape * scale"
        case .beta: "a share between 0 and 1, by the two shape numbers"
        case .weibull: "by shape and scale"
        case .poisson: "a count, by its mean (at most 10000)"
        case .binomial: "successes among `count` tries (at most 10000), each with `probability`"
        }
    }
}

public struct DistributionError: Error, Sendable, Equatable {
    /// Completes "this draw is impossible: ...".
    public var reason: String
    public init(_ reason: String) { self.reason = reason }
}

/// One distribution with its parameters. Draws invert the distribution function, so one uniform number gives one value,
/// larger for larger, and truncation is exact.
public protocol Distribution: Sendable {
    /// Probability of a value at most x.
    func cumulative(_ x: Double) -> Double
    /// The smallest value whose `cumulative` is at least u, for u in (0, 1).
    func quantile(_ u: Double) -> Double
    /// A draw confined to [low, high], nil when that interval holds (practically) none of the probability.
    func quantile(_ u: Double, within low: Double, _ high: Double) -> Double?
}

extension Distribution {
    public func quantile(_ u: Double, within low: Double, _ high: Double) -> Double? {
        let below = cumulative(low.nextDown)
        let above = cumulative(high)
        guard above - below > 1e-12, high >= low else { return nil }
        let x = quantile((below + u * (above - below)).clamped(to: 1e-300...1.0.nextDown))
        return x.clamped(to: low...high)
    }
}
