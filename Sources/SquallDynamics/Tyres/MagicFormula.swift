import Foundation

/// y = D sin(C atan(Bx - E(Bx - atan Bx))) (Bakker, Nyborg, Pacejka 1987).
@inlinable @inline(__always)
public func magicFormula(_ x: Double, b: Double, c: Double, d: Double, e: Double) -> Double {
    let bx = b * x
    return d * sin(c * atan(bx - e * (bx - atan(bx))))
}

/// The load-dependent Magic Formula of 1989 (Pacejka, Bakker, Lidner), set of the paper's passenger tyre. Loads in newtons outside, kN inside.
public struct MagicFormula89: Sendable {
    public init() {}

    /// Side force, newtons. - Parameters: `degrees` slip angle in degrees; `load` newtons.
    public func lateralForce(degrees: Double, load: Double) -> Double {
        let fz = load / 1000
        let d = (-22.1 * fz + 1011) * fz
        let bcd = 1078 * sin(1.82 * atan(0.208 * fz))
        let e = -0.354 * fz + 0.707
        return magicFormula(degrees, b: bcd / (1.3 * d), c: 1.3, d: d, e: e)
    }

    /// Longitudinal force, newtons. - Parameters: `percent` slip in per cent; `load` newtons.
    public func longitudinalForce(percent: Double, load: Double) -> Double {
        let fz = load / 1000
        let d = (-21.3 * fz + 1144) * fz
        let bcd = (49.6 * fz + 226) * fz * exp(-0.069 * fz)
        let e = (-0.006 * fz + 0.056) * fz + 0.486
        return magicFormula(percent, b: bcd / (1.65 * d), c: 1.65, d: d, e: e)
    }
}

/// Pure side slip of PAC2002 with the coefficients CommonRoad's vehicle models use at zero camber.
public struct PAC2002Lateral: Sendable {
    public var shape = 1.3507, friction = 1.0489, curvature = -0.0074722
    /// Cornering stiffness per newton of load, 1/rad (negative: ISO signs).
    public var stiffness = -21.92
    public init() {}

    /// Side force, newtons; negative for a positive slip angle (rad).
    public func lateralForce(slipAngle: Double, load: Double) -> Double {
        let d = friction * load
        return magicFormula(slipAngle, b: stiffness * load / (shape * d), c: shape, d: d, e: curvature)
    }
}
