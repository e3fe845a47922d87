import Foundation
import SquallWeather

/// The load-dependent Magic Formula of 1989 (Pacejka, Bakker, Lidner), set of the paper's passenger tyre. Loads in newtons outside, kN inside.
public enum MagicFormula89 {
    /// Side force, newtons. - Parameters: `degrees` slip angle in degrees; `load` newtons.
    public static func lateralForce(degrees: Double, load: Double) -> Double {
        let fz = load / 1000
        let d = (-22.1 * fz + 1011) * fz
        let bcd = 1078 * sin(1.82 * atan(0.208 * fz))
        let e = -0.354 * fz + 0.707
        return TyreCurve(b: bcd / (1.3 * d), c: 1.3, d: d, e: e).value(slip: degrees)
    }

    /// Longitudinal force, newtons. - Parameters: `percent` slip in per cent; `load` newtons.
    public static func longitudinalForce(percent: Double, load: Double) -> Double {
        let fz = load / 1000
        let d = (-21.3 * fz + 1144) * fz
        let bcd = (49.6 * fz + 226) * fz * exp(-0.069 * fz)
        let e = (-0.006 * fz + 0.056) * fz + 0.486
        return TyreCurve(b: bcd / (1.65 * d), c: 1.65, d: d, e: e).value(slip: percent)
    }
}

/// Pure side slip of PAC2002 with the coefficients CommonRoad's vehicle models use at zero camber.
public enum PAC2002 {
    private static let shape = 1.3507, friction = 1.0489, curvature = -0.0074722
    /// Cornering stiffness per newton of load, 1/rad (negative: ISO signs).
    private static let stiffness = -21.92

    /// Side force, newtons; negative for a positive slip angle (rad).
    public static func lateralForce(slipAngle: Double, load: Double) -> Double {
        TyreCurve(b: stiffness / (shape * friction), c: shape, d: friction * load, e: curvature).value(slip: slipAngle)
    }
}
