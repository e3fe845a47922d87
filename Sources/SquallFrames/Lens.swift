import Foundation
import SquallMath

/// How a lens bends light on its way from a direction to the image plane, before focal lengths and principal point.
///
/// - `pinhole`: straight lines stay straight.
/// - `brownConrady` (Brown 1971; OpenCV's k1 k2 p1 p2 k3): `x' = x (1 + k1 r2 + k2 r4 + k3 r6) + 2 p1 x y + p2 (r2 + 2 x2)`, y alike with
///   `p1 (r2 + 2 y2) + 2 p2 x y`, on `x = X / Z`. Sees less than 90 degrees off its axis.
/// - `kannalaBrandt` (2006; OpenCV's fisheye): the image radius is `theta (1 + k1 theta2 + k2 theta4 + k3 theta6 + k4 theta8)` at `theta` off the axis.
/// - `fisheye`: ideal, see `Fisheye`.
///
/// The last two see behind the image plane too, as far as half of `field`, radians; what lies beyond stays black.
public enum Lens: Sendable, Equatable {
    case pinhole
    case brownConrady(BrownConrady)
    case kannalaBrandt(KannalaBrandt, field: Double = Lens.widest)
    case fisheye(Fisheye, field: Double = Lens.widest)

    /// The widest full field of view that a lens may have, radians: 190 degrees.
    public static let widest = 190 * Double.pi / 180

    /// Image radius in focal lengths of an ideal fisheye at an angle off its axis.
    public enum Fisheye: String, Sendable, Equatable, CaseIterable {
        /// theta
        case equidistant
        /// 2 sin(theta / 2)
        case equisolid
        /// 2 tan(theta / 2)
        case stereographic

        func radius(_ angle: Double) -> Double {
            switch self {
            case .equidistant: angle
            case .equisolid: 2 * sin(angle / 2)
            case .stereographic: 2 * tan(angle / 2)
            }
        }
        func angle(_ radius: Double) -> Double {
            switch self {
            case .equidistant: radius
            case .equisolid: 2 * asin(min(1, radius / 2))
            case .stereographic: 2 * atan(radius / 2)
            }
        }
    }

    public struct BrownConrady: Sendable, Equatable {
        public let k1: Double, k2: Double, p1: Double, p2: Double, k3: Double
        let radial: OddPolynomial

        public init(k1: Double = 0, k2: Double = 0, p1: Double = 0, p2: Double = 0, k3: Double = 0) {
            (self.k1, self.k2, self.p1, self.p2, self.k3) = (k1, k2, p1, p2, k3)
            radial = OddPolynomial(k1, k2, k3, 0)
        }

        /// Where a point (X / Z, Y / Z) lands, in focal lengths.
        func bend(_ p: Vec2) -> Vec2 {
            let r2 = p.x * p.x + p.y * p.y
            let scale = 1 + r2 * (k1 + r2 * (k2 + r2 * k3))
            return Vec2(p.x * scale + 2 * p1 * p.x * p.y + p2 * (r2 + 2 * p.x * p.x), p.y * scale + p1 * (r2 + 2 * p.y * p.y) + 2 * p2 * p.x * p.y)
        }

        /// Columns of the derivative of `bend`, and its determinant.
        func derivative(_ p: Vec2) -> (x: Vec2, y: Vec2, determinant: Double) {
            let r2 = p.x * p.x + p.y * p.y
            let scale = 1 + r2 * (k1 + r2 * (k2 + r2 * k3)), slope = k1 + r2 * (2 * k2 + 3 * k3 * r2)
            let cross = 2 * p.x * p.y * slope + 2 * p1 * p.x + 2 * p2 * p.y
            let x = Vec2(scale + 2 * p.x * p.x * slope + 2 * p1 * p.y + 6 * p2 * p.x, cross)
            let y = Vec2(cross, scale + 2 * p.y * p.y * slope + 6 * p1 * p.y + 2 * p2 * p.x)
            return (x, y, x.x * y.y - x.y * y.x)
        }

        /// The inverse of `bend`: the radial part first, then Newton's method; nil where nothing lands.
        func straighten(_ image: Vec2) -> Vec2? {
            let radius = (image.x * image.x + image.y * image.y).squareRoot()
            guard radius > 0, let flat = radial.inverse(radius) else { return radius == 0 && p1 == 0 && p2 == 0 ? .zero : newton(image, from: .zero) }
            return newton(image, from: image * (flat / radius))
        }

        private func newton(_ image: Vec2, from start: Vec2) -> Vec2? {
            var p = start
            for _ in 0..<20 {
                let miss = bend(p) - image
                if max(abs(miss.x), abs(miss.y)) < 1e-13 { break }
                let d = derivative(p)
                guard d.determinant > 1e-9 else { return nil }
                p = p - Vec2(d.y.y * miss.x - d.y.x * miss.y, d.x.x * miss.y - d.x.y * miss.x) * (1 / d.determinant)
            }
            let miss = bend(p) - image
            return max(abs(miss.x), abs(miss.y)) < 1e-10 && derivative(p).determinant > 0 ? p : nil
        }
    }

    public struct KannalaBrandt: Sendable, Equatable {
        public let k1: Double, k2: Double, k3: Double, k4: Double
        let radial: OddPolynomial

        public init(k1: Double = 0, k2: Double = 0, k3: Double = 0, k4: Double = 0) {
            (self.k1, self.k2, self.k3, self.k4) = (k1, k2, k3, k4)
            radial = OddPolynomial(k1, k2, k3, k4)
        }
    }
}

/// `x (1 + a x2 + b x4 + c x6 + d x8)`: how far off the axis an image point lies.
struct OddPolynomial: Sendable, Equatable {
    let a: Double, b: Double, c: Double, d: Double
    /// Where it stops growing, nil when it grows as far as anyone looks (`reach`).
    let fold: Double?
    /// Tangents of 87 degrees; angles end sooner.
    static let reach = 20.0

    init(_ a: Double, _ b: Double, _ c: Double, _ d: Double) {
        (self.a, self.b, self.c, self.d) = (a, b, c, d)
        let slope = { (x: Double) -> Double in Self.slope(a, b, c, d, x) }
        let steps = 4000
        let first = (1...steps).first { slope(Double($0) / Double(steps) * Self.reach) <= 0 }
        fold = first.map { step in
            var (low, high) = (Double(step - 1) / Double(steps) * Self.reach, Double(step) / Double(steps) * Self.reach)
            for _ in 0..<60 {
                let middle = (low + high) / 2
                if slope(middle) > 0 { low = middle } else { high = middle }
            }
            return low
        }
    }

    private static func slope(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ x: Double) -> Double {
        let s = x * x
        return 1 + s * (3 * a + s * (5 * b + s * (7 * c + s * 9 * d)))
    }

    func callAsFunction(_ x: Double) -> Double {
        let s = x * x
        return x * (1 + s * (a + s * (b + s * (c + s * d))))
    }

    /// The argument below the fold that gives a value of at least 0; nil for values that none gives. Newton's method within a bracket.
    func inverse(_ value: Double) -> Double? {
        var (low, high) = (0.0, fold ?? Self.reach)
        guard value >= 0, value <= self(high) else { return nil }
        var x = min(value, high)
        for _ in 0..<80 {
            let miss = self(x) - value
            if miss > 0 { high = x } else { low = x }
            let next = x - miss / Self.slope(a, b, c, d, x)
            let step = next > low && next < high ? next : (low + high) / 2
            if abs(step - x) <= 1e-15 * max(1, x) { return step }
            x = step
        }
        return x
    }
}
