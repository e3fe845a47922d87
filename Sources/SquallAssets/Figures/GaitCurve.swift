import SquallMath

/// A periodic quantity of the gait through key values at shares of the cycle: cubic between them, flat where the values turn, so that it
/// never overshoots what was measured (Fritsch and Butland 1984).
package struct GaitCurve: Sendable {
    private let keys: [(at: Double, value: Double)]
    private let slopes: [Double]

    /// - Parameter keys: by rising share 0..<1.
    package init(_ keys: [(Double, Double)]) {
        let keys = keys.map { (at: $0.0, value: $0.1) }
        let count = keys.count
        let steps = keys.indices.map { k -> (length: Double, slope: Double) in
            let next = keys[(k + 1) % count]
            let length = next.at - keys[k].at + (k + 1 == count ? 1 : 0)
            return (length, (next.value - keys[k].value) / length)
        }
        slopes = keys.indices.map { k in
            let (a, b) = (steps[(k + count - 1) % count], steps[k])
            guard a.slope * b.slope > 0 else { return 0 }
            let weight = (1 + b.length / (a.length + b.length)) / 3
            return a.slope * b.slope / (weight * b.slope + (1 - weight) * a.slope)
        }
        self.keys = keys
    }

    /// - Parameter share: of the cycle; whole turns change nothing.
    package func value(_ share: Double) -> Double {
        let t = share - share.rounded(.down)
        let k = keys.lastIndex { $0.at <= t } ?? keys.count - 1
        let n = (k + 1) % keys.count
        let length = keys[n].at - keys[k].at + (n <= k ? 1 : 0)
        let u = (t - keys[k].at + (t < keys[k].at ? 1 : 0)) / length
        let (a, b) = (keys[k].value, keys[n].value)
        let (u2, u3) = (u * u, u * u * u)
        return a * (2 * u3 - 3 * u2 + 1) + b * (3 * u2 - 2 * u3) + length * (slopes[k] * (u3 - 2 * u2 + u) + slopes[n] * (u3 - u2))
    }
}
