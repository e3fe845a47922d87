import Foundation

/// Sunlight under a clear sky. Ineichen, Perez 2002, with the air mass of Kasten, Young 1989.
public struct ClearSky: Sendable, Equatable {
    /// W/m2: on a horizontal plane, on a plane facing the sun (beam only), and on a horizontal plane from the sky alone.
    public var global: Double, direct: Double, diffuse: Double

    /// Lumens per watt of daylight.
    public static let luminousEfficacy = 110.0
    /// Lumens per watt of a clear sky without the sun: bluer, with less infrared, than the beam (Perez et al. 1990 measure 120...150).
    public static let diffuseEfficacy = 130.0
    /// Solar constant, W/m2 at one astronomical unit.
    public static let solarConstant = 1366.1

    /// - Parameters: `linkeTurbidity` 2 (clean) ... 7 (polluted); `altitude` in metres above the sea.
    public init(sun: SunPosition, linkeTurbidity: Double, altitude: Double = 0) {
        let elevation = sun.apparentElevation
        let cosZenith = sin(elevation)
        guard cosZenith > 0 else {
            (global, direct, diffuse) = (0, 0, 0)
            return
        }
        let extraterrestrial = Self.solarConstant / (sun.distance * sun.distance)
        let airMass = Self.airMass(elevation: elevation) * Self.pressureRatio(altitude: altitude)
        let f1 = exp(-altitude / 8000), f2 = exp(-altitude / 1250)
        let c1 = 5.09e-5 * altitude + 0.868, c2 = 3.92e-5 * altitude + 0.0387
        global = c1 * extraterrestrial * cosZenith * exp(-c2 * airMass * (f1 + f2 * (linkeTurbidity - 1)))
        let beam = extraterrestrial * (0.664 + 0.163 / f1) * exp(-0.09 * airMass * (linkeTurbidity - 1))
        let limit = global * (1 - (0.1 - 0.2 * exp(-linkeTurbidity)) / (0.1 + 0.882 / f1)) / cosZenith
        direct = max(0, min(beam, limit))
        diffuse = max(0, global - direct * cosZenith)
    }

    /// Relative optical air mass at apparent elevation (rad). Kasten, Young 1989; about 38 at the horizon.
    public static func airMass(elevation: Double) -> Double {
        let degrees = max(0, elevation * 180 / .pi)
        return 1 / (sin(degrees * .pi / 180) + 0.50572 * pow(degrees + 6.07995, -1.6364))
    }

    /// Air pressure at `altitude` (m) over that at sea level: standard atmosphere.
    public static func pressureRatio(altitude: Double) -> Double {
        pow(max(0, (44_331.514 - altitude) / 11_880.516), 1 / 0.190_263_2) * 100 / 101_325
    }
}
