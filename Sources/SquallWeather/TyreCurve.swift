import Foundation

/// Normalised tyre force over slip: y = D sin(C atan(Bx - E (Bx - atan Bx))). Bakker, Nyborg, Pacejka 1987 (the Magic Formula).
///
/// x is the slip ratio or slip angle in radians; y is force over load.
public struct TyreCurve: Sendable, Equatable {
    /// Stiffness, shape, peak, curvature.
    public var b: Double, c: Double, d: Double, e: Double

    public init(b: Double, c: Double, d: Double, e: Double) { (self.b, self.c, self.d, self.e) = (b, c, d, e) }

    /// Force over load at `slip`; odd in it.
    public func value(slip: Double) -> Double {
        let x = b * slip
        return d * sin(c * atan(x - e * (x - atan(x))))
    }

    /// Slope at zero slip: B C D, per unit slip.
    public var stiffness: Double { b * c * d }

    /// Friction of a locked wheel: the curve at slip 1.
    public var sliding: Double { value(slip: 1) }

    /// Slip and force of the peak between 0 and 1.
    public var peak: (slip: Double, value: Double) {
        var low = 0.0, high = 1.0
        let ratio = 0.618_033_988_749_894_9
        for _ in 0..<60 {
            let p = high - ratio * (high - low), q = low + ratio * (high - low)
            if value(slip: p) < value(slip: q) { low = p } else { high = q }
        }
        let slip = (low + high) / 2
        return (slip, value(slip: slip))
    }

    /// Published normalised sets (after Pacejka).
    public static let dry = TyreCurve(b: 10, c: 1.9, d: 1, e: 0.97)
    public static let wet = TyreCurve(b: 12, c: 2.3, d: 0.82, e: 1)
    public static let snow = TyreCurve(b: 5, c: 2, d: 0.3, e: 1)
    public static let ice = TyreCurve(b: 4, c: 2, d: 0.1, e: 1)

    /// Longitudinal sets measured by Braghin et al. 2006, as used by Berntorp 2014.
    public static let measuredDry = TyreCurve(b: 11.7, c: 1.69, d: 1.20, e: 0.377)
    public static let measuredWet = TyreCurve(b: 12, c: 1.80, d: 1.06, e: 0.313)
    public static let measuredSnow = TyreCurve(b: 10.2, c: 1.96, d: 0.407, e: 0.651)
    public static let measuredIce = TyreCurve(b: 31.1, c: 1.77, d: 0.172, e: 0.710)

    /// Parameters mixed linearly: `share` of `other`, the rest of this curve.
    public func mixed(with other: TyreCurve, share: Double) -> TyreCurve {
        TyreCurve(b: b + (other.b - b) * share, c: c + (other.c - c) * share, d: d + (other.d - d) * share, e: e + (other.e - e) * share)
    }
}
