import Foundation
import SquallMath

/// `gamma(shape, scale)`, by the regularised incomplete gamma function and its numerical inverse.
struct GammaDistribution: Distribution {
    let shape: Double, scale: Double
    static func make(shape: Double, scale: Double) -> Result<any Distribution, DistributionError> {
        shape > 0 && scale > 0 ? .success(GammaDistribution(shape: shape, scale: scale)) : .failure(.init("shape and scale must be above zero"))
    }
    func cumulative(_ x: Double) -> Double { x > 0 ? regularizedGamma(shape, x / scale) : 0 }
    func quantile(_ u: Double) -> Double {
        var high = max(1, shape)
        while regularizedGamma(shape, high) < u, high < 1e12 { high *= 2 }
        return scale * bisect(0, high) { regularizedGamma(shape, $0) < u }
    }
}

/// `beta(a, b)`, by the regularised incomplete beta function and its numerical inverse.
struct BetaDistribution: Distribution {
    let a: Double, b: Double
    static func make(_ a: Double, _ b: Double) -> Result<any Distribution, DistributionError> {
        a > 0 && b > 0 ? .success(BetaDistribution(a: a, b: b)) : .failure(.init("both shape numbers must be above zero"))
    }
    func cumulative(_ x: Double) -> Double { x <= 0 ? 0 : x >= 1 ? 1 : regularizedBeta(a, b, x) }
    func quantile(_ u: Double) -> Double { bisect(0, 1) { regularizedBeta(a, b, $0) < u } }
}

/// The point where `isBelow` turns false, to the last bits of a Double.
private func bisect(_ low: Double, _ high: Double, _ isBelow: (Double) -> Bool) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<200 {
        let middle = low + (high - low) / 2
        if middle <= low || middle >= high { break }
        if isBelow(middle) { low = middle } else { high = middle }
    }
    return high
}

/// P(a, x): the series below a + 1, Lentz's continued fraction above (Abramowitz and Stegun 6.5.29, 6.5.31).
func regularizedGamma(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return 0 }
    let front = exp(a * log(x) - x - lgamma(a))
    if x < a + 1 {
        var (term, sum, n) = (1 / a, 1 / a, a)
        for _ in 0..<10_000 {
            if term <= sum * 1e-17 { break }
            n += 1
            term *= x / n
            sum += term
        }
        return min(1, front * sum)
    }
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var h = d
    for i in 1..<10_000 {
        let an = -Double(i) * (Double(i) - a)
        b += 2
        d = an * d + b
        if abs(d) < 1e-300 { d = 1e-300 }
        c = b + an / c
        if abs(c) < 1e-300 { c = 1e-300 }
        d = 1 / d
        h *= d * c
        if abs(d * c - 1) < 1e-16 { break }
    }
    return 1 - front * h
}

/// I_x(a, b): Lentz's continued fraction on the side where it converges fast (Abramowitz and Stegun 26.5.8).
func regularizedBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - regularizedBeta(b, a, 1 - x) }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    if abs(d) < 1e-300 { d = 1e-300 }
    d = 1 / d
    var h = d
    for i in 1..<10_000 {
        let m = Double(i)
        for numerator in [m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))] {
            d = 1 + numerator * d
            if abs(d) < 1e-300 { d = 1e-300 }
            c = 1 + numerator / c
            if abs(c) < 1e-300 { c = 1e-300 }
            d = 1 / d
            h *= d * c
        }
        if abs(d * c - 1) < 1e-16 { break }
    }
    return min(1, front * h)
}
