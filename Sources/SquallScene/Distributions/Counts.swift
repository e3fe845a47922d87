import Foundation
import SquallMath

/// `poisson(mean)`
struct PoissonDistribution: Distribution {
    let mean: Double
    static func make(mean: Double) -> Result<any Distribution, DistributionError> {
        (0...10_000).contains(mean) ? .success(PoissonDistribution(mean: mean)) : .failure(.init("the mean must lie between 0 and 10000"))
    }
    func cumulative(_ x: Double) -> Double { x < 0 ? 0 : mean == 0 ? 1 : 1 - regularizedGamma(x.rounded(.down) + 1, mean) }
    func quantile(_ u: Double) -> Double { smallestCount(u, from: mean, spread: mean.squareRoot(), limit: 1e6, cumulative) }
}

/// `binomial(count, probability)`
struct BinomialDistribution: Distribution {
    let count: Double, probability: Double
    static func make(count: Double, probability: Double) -> Result<any Distribution, DistributionError> {
        guard (0...10_000).contains(count), count == count.rounded() else { return .failure(.init("the count must be a whole number between 0 and 10000")) }
        guard (0...1).contains(probability) else { return .failure(.init("the probability must lie between 0 and 1")) }
        return .success(BinomialDistribution(count: count, probability: probability))
    }
    func cumulative(_ x: Double) -> Double {
        let k = x.rounded(.down)
        if k < 0 { return 0 }
        if k >= count { return 1 }
        return regularizedBeta(count - k, k + 1, 1 - probability)
    }
    func quantile(_ u: Double) -> Double {
        smallestCount(u, from: count * probability, spread: (count * probability * (1 - probability)).squareRoot(), limit: count, cumulative)
    }
}

/// The smallest whole number whose cumulative probability reaches u: brackets around the mean, then halves.
private func smallestCount(_ u: Double, from mean: Double, spread: Double, limit: Double, _ cumulative: (Double) -> Double) -> Double {
    var low = max(-1, (mean - 10 * spread - 10).rounded(.down))
    var high = min(limit, (mean + 10 * spread + 20).rounded(.up))
    if cumulative(low) >= u { low = -1 }
    if cumulative(high) < u { high = limit }
    while high - low > 1 {
        let middle = ((low + high) / 2).rounded(.down)
        if cumulative(middle) >= u { high = middle } else { low = middle }
    }
    return high
}
