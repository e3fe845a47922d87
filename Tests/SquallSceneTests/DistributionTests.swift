import Foundation
import SquallMath
import SquallScene
import Testing

/// Every distribution against its closed forms: moments, inverse, chi-square of the sampler.
@Suite struct DistributionTests {
    struct Case: Sendable {
        var kind: DistributionKind
        var parameters: [Double]
        var mean: Double
        var variance: Double
    }

    static let cases: [Case] = [
        Case(kind: .uniform, parameters: [2, 6], mean: 4, variance: 16.0 / 12),
        Case(kind: .normal, parameters: [18, 4], mean: 18, variance: 16),
        Case(kind: .lognormal, parameters: [10, 0.3], mean: 10 * exp(0.045), variance: (exp(0.09) - 1) * 100 * exp(0.09)),
        Case(kind: .exponential, parameters: [5], mean: 5, variance: 25),
        Case(kind: .gamma, parameters: [2.5, 3], mean: 7.5, variance: 22.5),
        Case(kind: .gamma, parameters: [0.5, 2], mean: 1, variance: 2),
        Case(kind: .beta, parameters: [2, 5], mean: 2.0 / 7, variance: 10.0 / (49 * 8)),
        Case(kind: .beta, parameters: [0.5, 0.5], mean: 0.5, variance: 0.125),
        Case(kind: .weibull, parameters: [1.7, 9], mean: 9 * tgamma(1 + 1 / 1.7), variance: 81 * (tgamma(1 + 2 / 1.7) - pow(tgamma(1 + 1 / 1.7), 2))),
        Case(kind: .poisson, parameters: [14], mean: 14, variance: 14),
        Case(kind: .poisson, parameters: [0.4], mean: 0.4, variance: 0.4),
        Case(kind: .binomial, parameters: [20, 0.3], mean: 6, variance: 4.2),
    ]

    private static func make(_ kind: DistributionKind, _ parameters: [Double]) throws -> any Distribution { try kind.make(parameters).get() }

    /// 5,000 stratified uniforms integrate the quantile function: far sharper than random draws.
    @Test(arguments: cases) func moments(_ c: Case) throws {
        let distribution = try Self.make(c.kind, c.parameters)
        let n = 5000
        var (sum, squares) = (0.0, 0.0)
        for i in 0..<n {
            let x = distribution.quantile((Double(i) + 0.5) / Double(n))
            sum += x
            squares += (x - c.mean) * (x - c.mean)
        }
        #expect(abs(sum / Double(n) - c.mean) < 2e-3 * max(c.mean, 1))
        #expect(abs(squares / Double(n) - c.variance) < 2e-2 * c.variance)
    }

    @Test(arguments: cases) func quantileInvertsCumulative(_ c: Case) throws {
        let distribution = try Self.make(c.kind, c.parameters)
        let isCount = c.kind == .poisson || c.kind == .binomial
        for u in [1e-6, 0.01, 0.1, 0.25, 0.5, 0.77, 0.9, 0.999, 1 - 1e-7] {
            let x = distribution.quantile(u)
            if isCount {
                #expect(distribution.cumulative(x) >= u)
                #expect(x == 0 || distribution.cumulative(x - 1) < u)
            } else {
                #expect(abs(distribution.cumulative(x) - u) < 1e-9)
            }
        }
    }

    /// 4096 keyed draws in 16 equally likely cells: chi-square below the 99.99 % point for 15 degrees of freedom (44.3).
    @Test(arguments: cases.filter { $0.kind != .poisson && $0.kind != .binomial }) func sampler(_ c: Case) throws {
        let distribution = try Self.make(c.kind, c.parameters)
        var counts = [Int](repeating: 0, count: 16)
        for sample in 0..<4096 {
            var random = CounterRandom(seed: 11, sample: UInt32(sample), path: "x")
            let x = distribution.quantile(random.openUniform())
            counts[min(15, Int(distribution.cumulative(x) * 16))] += 1
        }
        let chi = counts.reduce(0.0) { $0 + pow(Double($1) - 256, 2) / 256 }
        #expect(chi < 44.3)
    }

    @Test func knownValues() throws {
        let normal = try Self.make(.normal, [0, 1])
        #expect(abs(normal.quantile(0.975) - 1.959963984540054) < 1e-12)
        #expect(abs(normal.quantile(1e-10) + 6.361340902404056) < 1e-9)
        #expect(abs(try Self.make(.gamma, [3, 1]).cumulative(2) - (1 - 5 * exp(-2))) < 1e-14)
        #expect(abs(try Self.make(.beta, [2, 3]).cumulative(0.4) - 0.5248) < 1e-12)
        #expect(abs(try Self.make(.poisson, [2]).cumulative(1) - 3 * exp(-2)) < 1e-14)
        #expect(abs(try Self.make(.binomial, [3, 0.5]).cumulative(1) - 0.5) < 1e-14)
    }

    @Test(arguments: cases) func truncationStaysInsideAndKeepsTheShape(_ c: Case) throws {
        let distribution = try Self.make(c.kind, c.parameters)
        let (low, high) = (distribution.quantile(0.3), distribution.quantile(0.8))
        var random = CounterRandom(seed: 3, path: "t")
        for _ in 0..<200 {
            let x = try #require(distribution.quantile(random.openUniform(), within: low, high))
            #expect(x >= low && x <= high)
        }
        let middle = try #require(distribution.quantile(0.5, within: low, high))
        let share = (distribution.cumulative(middle) - distribution.cumulative(low.nextDown)) / (distribution.cumulative(high) - distribution.cumulative(low.nextDown))
        #expect(share >= 0.5 - 1e-6)
    }

    @Test func farTailsOfTheNormalAreExact() throws {
        let normal = try Self.make(.normal, [0, 1])
        let x = try #require(normal.quantile(0.5, within: 12, 13))
        // Median of the tail beyond 12: the density falls like exp(-12 x).
        #expect(abs(x - 12 - log(2) / 12) < 1e-3)
        let mirrored = try #require(normal.quantile(0.5, within: -13, -12))
        #expect(abs(mirrored + x) < 1e-9)
        #expect(normal.quantile(0.5, within: 60, 61) == nil)
        #expect(try Self.make(.uniform, [0, 1]).quantile(0.5, within: 2, 3) == nil)
    }

    @Test(arguments: [
        (DistributionKind.uniform, [3.0, 1.0]), (.normal, [0, -1]), (.lognormal, [0, 1]), (.exponential, [0]), (.gamma, [-1, 1]), (.beta, [0, 1]), (.weibull, [1, 0]),
        (.poisson, [-1]),
        (.poisson, [1e9]), (.binomial, [2.5, 0.5]), (.binomial, [2, 1.5]), (.normal, [.nan, 1]), (.uniform, [0, .infinity]),
    ])
    func impossibleParametersSayWhy(_ kind: DistributionKind, _ parameters: [Double]) {
        guard case .failure(let error) = kind.make(parameters) else {
            Issue.record("\(kind) accepted \(parameters)")
            return
        }
        #expect(!error.reason.isEmpty)
    }
}
