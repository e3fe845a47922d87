import SquallMath

/// One of the finitely many shapes an asset may take. Each quantity is drawn by its own name, so that adding one changes no other.
public struct Variant: Sendable, Hashable {
    public let asset: String
    public let index: Int

    public init(_ asset: String, _ index: Int) { (self.asset, self.index) = (asset, index) }

    private func random(_ quantity: String) -> CounterRandom { CounterRandom(seed: 0, sample: UInt32(truncatingIfNeeded: index), path: "asset.\(asset).\(quantity)") }

    /// Variant 0 has the middle of every range.
    package func uniform(_ quantity: String, _ range: ClosedRange<Double>) -> Double {
        if index == 0 { return (range.lowerBound + range.upperBound) / 2 }
        var random = random(quantity)
        return range.lowerBound + (range.upperBound - range.lowerBound) * random.uniform()
    }

    /// Variant 0 has the first of the choices.
    package func choice<Choice>(_ quantity: String, _ choices: [Choice]) -> Choice? {
        if index == 0 { return choices.first }
        var random = random(quantity)
        return choices.isEmpty ? nil : choices[min(choices.count - 1, Int(random.uniform() * Double(choices.count)))]
    }
}
