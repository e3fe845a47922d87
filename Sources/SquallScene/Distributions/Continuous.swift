import Foundation
import SquallMath

/// `uniform(from, to)`
struct UniformDistribution: Distribution {
    let low: Double, high: Double
    static func make(_ low: Double, _ high: Double) -> Result<any Distribution, DistributionError> {
        low <= high ? .success(UniformDistribution(low: low, high: high)) : .failure(.init("the lower bound is above the upper"))
    }
    func cumulative(_ x: Double) -> Double { high > low ? ((x - low) / (high - low)).clamped(to: 0...1) : x >= low ? 1 : 0 }
    func quantile(_ u: Double) -> Double { low + (high - low) * u }
}

/// `normal(mean, deviation)`
package struct NormalDistribution: Distribution {
    let mean: Double, deviation: Double

    package init(mean: Double, deviation: Double) { (self.mean, self.deviation) = (mean, deviation) }

    static func make(mean: Double, deviation: Double) -> Result<any Distribution, DistributionError> {
        deviation >= 0 ? .success(NormalDistribution(mean: mean, deviation: deviation)) : .failure(.init("the standard deviation is negative"))
    }
    package func cumulative(_ x: Double) -> Double { deviation > 0 ? 0.5 * erfc(-(x - mean) / (deviation * 2.0.squareRoot())) : x >= mean ? 1 : 0 }
    package func quantile(_ u: Double) -> Double { mean + deviation * standardNormalQuantile(u) }

    /// The upper tail is mirrored into the lower, where probabilities keep their digits.
    package func quantile(_ u: Double, within low: Double, _ high: Double) -> Double? {
        guard deviation > 0, low <= high else { return low <= mean && mean <= high ? mean : nil }
        if low > mean { return NormalDistribution(mean: -mean, deviation: deviation).quantile(1 - u, within: -high, -low).map { -$0 } }
        let (below, above) = (cumulative(low), cumulative(high))
        guard above - below > 1e-200 else { return nil }
        return quantile((below + u * (above - below)).clamped(to: 1e-300...1.0.nextDown)).clamped(to: low...high)
    }
}

/// `lognormal(median, sigma)`: the logarithm is normal with standard deviation sigma.
struct LognormalDistribution: Distribution {
    let median: Double, log: NormalDistribution
    static func make(median: Double, sigma: Double) -> Result<any Distribution, DistributionError> {
        guard median > 0 else { return .failure(.init("the median must be above zero")) }
        guard sigma >= 0 else { return .failure(.init("sigma is negative")) }
        return .success(LognormalDistribution(median: median, log: NormalDistribution(mean: 0, deviation: sigma)))
    }
    func cumulative(_ x: Double) -> Double { x > 0 ? log.cumulative(Foundation.log(x / median)) : 0 }
    func quantile(_ u: Double) -> Double { median * exp(log.quantile(u)) }
}

/// `exponential(mean)`
struct ExponentialDistribution: Distribution {
    let mean: Double
    static func make(mean: Double) -> Result<any Distribution, DistributionError> {
        mean > 0 ? .success(ExponentialDistribution(mean: mean)) : .failure(.init("the mean must be above zero"))
    }
    func cumulative(_ x: Double) -> Double { x > 0 ? -expm1(-x / mean) : 0 }
    func quantile(_ u: Double) -> Double { -mean * log1p(-u) }
}

/// `weibull(shape, scale)`
struct WeibullDistribution: Distribution {
    let shape: Double, scale: Double
    static func make(shape: Double, scale: Double) -> Result<any Distribution, DistributionError> {
        shape > 0 && scale > 0 ? .success(WeibullDistribution(shape: shape, scale: scale)) : .failure(.init("shape and scale must be above zero"))
    }
    func cumulative(_ x: Double) -> Double { x > 0 ? -expm1(-pow(x / scale, shape)) : 0 }
    func quantile(_ u: Double) -> Double { scale * pow(-log1p(-u), 1 / shape) }
}

/// The standard normal quantile: Acklam's rational start (2003), then two Halley steps on erfc, to full precision.
func standardNormalQuantile(_ u: Double) -> Double {
    if u > 0.5 { return -standardNormalQuantile(1 - u) }
    let u = max(u, 1e-300)
    var x: Double
    if u < 0.02425 {
        let q = (-2 * log(u)).squareRoot()
        let top = ((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783
        let bottom = (((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1
        x = top / bottom
    } else {
        let q = u - 0.5
        let r = q * q
        let top = (((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r + 1.383577518672690e2) * r - 3.066479806614716e1) * r + 2.506628277459239) * q
        let bottom = ((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r + 6.680131188771972e1) * r - 1.328068155288572e1) * r + 1
        x = top / bottom
    }
    for _ in 0..<2 {
        let error = 0.5 * erfc(-x / 2.0.squareRoot()) - u
        let step = error * (2 * Double.pi).squareRoot() * exp(x * x / 2)
        guard step.isFinite else { break }
        x -= step / (1 + x * step / 2)
    }
    return x
}
