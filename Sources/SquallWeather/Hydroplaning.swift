import Foundation
import SquallMath

/// Speeds at which a tyre loses the road to a water film.
public enum Hydroplaning {
    private static let milePerHour = 0.44704
    private static let poundPerSquareInch = 6_894.757_293_168
    private static let inchPerMillimetre = 1 / 25.4
    /// Groove depth of a half-worn car tyre, mm: seven 32nds of an inch.
    public static let treadDepth = 7 * 25.4 / 32

    /// Speed (m/s) at which a tyre at `pressure` (Pa) floats on a deep film: 10.35 sqrt(psi) mph. Horne, Dreher 1963.
    public static func horneSpeed(pressure: Double) -> Double { 10.35 * (max(0, pressure) / poundPerSquareInch).squareRoot() * milePerHour }

    /// Speed (m/s) of full hydroplaning on a film of given depth. Gallaway et al. 1979 (FHWA-RD-79-31).
    /// - Parameters: `film` mm, `texture` mm, `pressure` Pa, `tread` mm, `spinDown` percent (10: onset of spin-down).
    public static func gallawaySpeed(film: Double, texture: Double, pressure: Double = 220_000, tread: Double = treadDepth, spinDown: Double = 10) -> Double {
        guard film > 0 else { return .infinity }
        let w = pow(film * inchPerMillimetre, 0.06)
        let m = pow(max(0, texture) * inchPerMillimetre, 0.14)
        let a = max(10.409 / w + 3.507, (28.952 / w - 7.817) * m)
        let psi = max(0, pressure) / poundPerSquareInch
        return pow(spinDown, 0.04) * pow(psi, 0.3) * pow(max(0, tread) * 32 / 25.4 + 1, 0.06) * a * milePerHour
    }

    /// Water (mm above the texture) that a tread of `tread` mm takes in before it lifts: a void share of 0.3.
    public static func treadCapacity(tread: Double) -> Double { 0.3 * max(0, tread) }

    /// Factor on the wet friction at `speed` (m/s): max(0.05, 1 - (v / v_h)^2) once the film exceeds what the tread takes in, 1 below half
    /// of that, smooth between. A modelling choice on Gallaway's speed.
    public static func frictionFactor(speed: Double, film: Double, texture: Double, pressure: Double = 220_000, tread: Double = treadDepth) -> Double {
        guard film > 0 else { return 1 }
        let limit = gallawaySpeed(film: film, texture: texture, pressure: pressure, tread: tread)
        let floating = max(0.05, 1 - (speed / limit) * (speed / limit))
        let capacity = max(treadCapacity(tread: tread), 1e-6)
        let t = ((film / capacity - 0.5) / 0.5).clamped(to: 0...1)
        return 1 - (1 - floating) * t * t * (3 - 2 * t)
    }
}
