import Testing

/// A computed value beside the printed oracle; it must round to the last printed digit.
struct Oracle: Sendable, CustomTestStringConvertible {
    let name: String
    let value: Double, expected: Double, tolerance: Double

    /// `digits`: how many decimals the oracle was printed with.
    init(_ name: String, _ value: Double, _ expected: Double, digits: Int) {
        var unit = 1.0
        for _ in 0..<abs(digits) { unit *= digits > 0 ? 0.1 : 10 }
        (self.name, self.value, self.expected, tolerance) = (name, value, expected, unit * 0.501)
    }
    /// Within a stated distance.
    init(_ name: String, _ value: Double, _ expected: Double, within tolerance: Double) {
        (self.name, self.value, self.expected, self.tolerance) = (name, value, expected, tolerance)
    }

    var testDescription: String { name }
    func check(_ location: SourceLocation = #_sourceLocation) {
        #expect(abs(value - expected) <= tolerance, "\(name): \(value), expected \(expected) within \(tolerance)", sourceLocation: location)
    }
}
