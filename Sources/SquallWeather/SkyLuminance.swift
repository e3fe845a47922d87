import Foundation
import SquallMath

/// Analytic sky luminance of Preetham, Shirley, Smits 1999: Perez distributions of Y, x and y fitted to a scattering simulation.
///
/// Made for turbidity 2-6 and a sun above the horizon.
public struct PreethamSky: Sendable, Equatable {
    /// The five parameters of a Perez distribution.
    struct Perez: Sendable, Equatable {
        var a, b, c, d, e: Double

        @inline(__always) func value(cosZenith: Double, gamma: Double, cosGamma: Double) -> Double {
            (1 + a * exp(b / cosZenith)) * (1 + c * exp(d * gamma) + e * cosGamma * cosGamma)
        }
    }
    private let luminance: Perez, x: Perez, y: Perez
    /// Zenith value over the distribution's value there.
    private let scaleY: Double, scaleX: Double, scaley: Double

    /// - Parameters: sun's zenith angle (rad) and turbidity.
    public init(sunZenith s: Double, turbidity t: Double) {
        luminance = Perez(a: 0.1787 * t - 1.4630, b: -0.3554 * t + 0.4275, c: -0.0227 * t + 5.3251, d: 0.1206 * t - 2.5771, e: -0.0670 * t + 0.3703)
        x = Perez(a: -0.0193 * t - 0.2592, b: -0.0665 * t + 0.0008, c: -0.0004 * t + 0.2125, d: -0.0641 * t - 0.8989, e: -0.0033 * t + 0.0452)
        y = Perez(a: -0.0167 * t - 0.2608, b: -0.0950 * t + 0.0092, c: -0.0079 * t + 0.2102, d: -0.0441 * t - 1.6537, e: -0.0109 * t + 0.0529)
        let zenithY = (4.0453 * t - 4.9710) * tan((4 / 9 - t / 120) * (.pi - 2 * s)) - 0.2155 * t + 2.4192
        let zenithX =
            t * t * (((0.00166 * s - 0.00375) * s + 0.00209) * s) + t * (((-0.02903 * s + 0.06377) * s - 0.03202) * s + 0.00394)
            + (((0.11693 * s - 0.21196) * s + 0.06052) * s + 0.25886)
        let zenithy =
            t * t * (((0.00275 * s - 0.00610) * s + 0.00317) * s) + t * (((-0.04214 * s + 0.08970) * s - 0.04153) * s + 0.00516)
            + (((0.15346 * s - 0.26756) * s + 0.06670) * s + 0.26688)
        let c = cos(s)
        scaleY = zenithY / luminance.value(cosZenith: 1, gamma: s, cosGamma: c)
        scaleX = zenithX / x.value(cosZenith: 1, gamma: s, cosGamma: c)
        scaley = zenithy / y.value(cosZenith: 1, gamma: s, cosGamma: c)
    }

    /// Luminance (kcd/m2) and CIE chromaticity x, y in a direction of `cosZenith` above the horizon at angle `gamma` (rad) from the sun.
    public func value(cosZenith: Double, gamma: Double) -> (luminance: Double, x: Double, y: Double) {
        let c = max(cosZenith, 1e-3), g = cos(gamma)
        return (
            scaleY * luminance.value(cosZenith: c, gamma: gamma, cosGamma: g), scaleX * x.value(cosZenith: c, gamma: gamma, cosGamma: g),
            scaley * y.value(cosZenith: c, gamma: gamma, cosGamma: g)
        )
    }
}

/// The standard skies of the CIE, relative to the zenith.
public enum CIESky {
    /// Overcast sky: (1 + 2 sin elevation) / 3. Moon, Spencer 1942.
    public static func overcast(sinElevation: Double) -> Double { (1 + 2 * max(0, sinElevation)) / 3 }

    /// Zenith luminance (cd/m2) of an overcast sky that gives `illuminance` (lx) on a horizontal plane: E = 7 pi / 9 Lz.
    public static func overcastZenith(illuminance: Double) -> Double { illuminance * 9 / (7 * .pi) }

    /// Clear sky without and with haze, in any unit: from type 12 (`haze` 0: a...e = -1, -0.32, 10, -3, 0.45) to type 13 (`haze` 1:
    /// c = 16, e = 0.30) of CIE S 011 / ISO 15469, in a direction of `cosZenith` above the horizon at angle `gamma` (rad) from the sun.
    static func clear(cosZenith: Double, gamma: Double, haze: Double) -> Double {
        let (c, e) = (10 + 6 * haze, 0.45 - 0.15 * haze)
        let g = cos(gamma)
        return (1 - exp(-0.32 / max(cosZenith, 1e-3))) * (1 + c * (exp(-3 * gamma) - exp(-3 * .pi / 2)) + e * g * g)
    }

    /// Clear sky, type 12 of CIE S 011 / ISO 15469 (a...e = -1, -0.32, 10, -3, 0.45): luminance at zenith angle `zenith` and angle
    /// `gamma` from the sun, over that of the zenith, sun at zenith angle `sunZenith`; radians.
    public static func clear(zenith: Double, gamma: Double, sunZenith: Double) -> Double {
        let gradation = { (z: Double) in z < .pi / 2 ? 1 - exp(-0.32 / cos(z)) : 1 }
        let indicatrix = { (g: Double) in 1 + 10 * (exp(-3 * g) - exp(-3 * .pi / 2)) + 0.45 * cos(g) * cos(g) }
        return gradation(zenith) * indicatrix(gamma) / (gradation(0) * indicatrix(sunZenith))
    }

    /// Angle (rad) between two sky directions given by zenith angles and their difference of azimuth.
    public static func angle(zenith: Double, otherZenith: Double, azimuthDifference: Double) -> Double {
        acos((cos(zenith) * cos(otherZenith) + sin(zenith) * sin(otherZenith) * cos(azimuthDifference)).clamped(to: -1...1))
    }
}
