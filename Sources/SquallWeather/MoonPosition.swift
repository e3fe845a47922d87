import Foundation
import SquallMath

/// Where the moon stands and how much of it is lit, by the low-precision series of the Astronomical Almanac (page D46): within 0.3
/// degrees in longitude and 0.2 in latitude, 1900-2100. The place on Earth is allowed for to first order of the parallax.
public struct MoonPosition: Sendable, Equatable {
    /// Elevation above the horizon as seen from the ground (refraction left out), radians.
    public var elevation: Double
    /// Radians clockwise from north, 0..<2 pi.
    public var azimuth: Double
    /// Phase angle sun-moon-earth, radians: 0 full, pi new.
    public var phase: Double

    /// Ecliptic longitude and latitude (rad) and horizontal parallax (rad) at a Julian date.
    public static func ecliptic(julianDate: Double) -> (longitude: Double, latitude: Double, parallax: Double) {
        let t = (julianDate - 2_451_545) / 36_525
        let s = { (start: Double, rate: Double) in sin((start + rate * t).truncatingRemainder(dividingBy: 360) * .pi / 180) }
        let c = { (start: Double, rate: Double) in cos((start + rate * t).truncatingRemainder(dividingBy: 360) * .pi / 180) }
        let longitude =
            218.32 + 481_267.881 * t + 6.29 * s(135.0, 477_198.87) - 1.27 * s(259.3, -413_335.36) + 0.66 * s(235.7, 890_534.22) + 0.21 * s(269.9, 954_397.74)
            - 0.19 * s(357.5, 35_999.05) - 0.11 * s(186.5, 966_404.03)
        let latitude = 5.13 * s(93.3, 483_202.02) + 0.28 * s(228.2, 960_400.89) - 0.28 * s(318.3, 6_003.15) - 0.17 * s(217.6, -407_332.21)
        let parallax =
            0.9508 + 0.0518 * c(135.0, 477_198.87) + 0.0095 * c(259.3, -413_335.36) + 0.0078 * c(235.7, 890_534.22) + 0.0028 * c(269.9, 954_397.74)
        return (longitude * .pi / 180, latitude * .pi / 180, parallax * .pi / 180)
    }

    public init(elevation: Double, azimuth: Double, phase: Double) { (self.elevation, self.azimuth, self.phase) = (elevation, azimuth, phase) }

    /// - Parameters: `julianDate` in universal time; `latitude` and `longitude` in radians, north and east positive.
    public init(julianDate: Double, latitude: Double, longitude: Double) {
        let (lambda, beta, parallax) = Self.ecliptic(julianDate: julianDate)
        let n = julianDate - 2_451_545
        let tilt = (23.439 - 4e-7 * n) * .pi / 180
        let l = cos(beta) * cos(lambda)
        let m = cos(tilt) * cos(beta) * sin(lambda) - sin(tilt) * sin(beta)
        let k = sin(tilt) * cos(beta) * sin(lambda) + cos(tilt) * sin(beta)
        let direction = CelestialSphere(julianDate: julianDate, latitude: latitude, longitude: longitude).horizontal(Vec3(l, m, k))
        let geocentric = asin(direction.z.clamped(to: -1...1))
        elevation = geocentric - parallax * cos(geocentric)
        let bearing = atan2(direction.x, direction.y)
        azimuth = bearing < 0 ? bearing + 2 * .pi : bearing
        let anomaly = (357.528 + 0.985_600_3 * n) * .pi / 180
        let sun = (280.460 + 0.985_647_4 * n + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly)) * .pi / 180
        // The sun is 390 times as far: the phase angle is the supplement of the elongation within 0.15 degrees.
        phase = .pi - acos((cos(beta) * cos(lambda - sun)).clamped(to: -1...1))
    }

    /// Unit vector towards the moon: x east, y north, z up.
    public var direction: Vec3 { Vec3(sin(azimuth) * cos(elevation), cos(azimuth) * cos(elevation), sin(elevation)) }

    /// Lux on a plane facing the moon at the ground: visual magnitude -12.73 + 0.026 |a| + 4e-9 a^4 at phase angle a in degrees (Allen
    /// 1976), magnitude 0 being 2.54e-6 lx, dimmed by 0.2 magnitudes per air mass. A full moon high up gives 0.26 lx.
    public var illuminance: Double {
        guard elevation > 0 else { return 0 }
        let a = phase.magnitude * 180 / .pi
        let magnitude = -12.73 + 0.026 * a + 4e-9 * a * a * a * a
        return 2.54e-6 * pow(10, -0.4 * (magnitude + 0.2 * ClearSky.airMass(elevation: elevation)))
    }
}

/// How the sky of the stars stands over a place on Earth.
public struct CelestialSphere: Sendable, Equatable {
    /// Local mean sidereal time and latitude, radians.
    public let siderealAngle: Double, latitude: Double

    /// - Parameters: `julianDate` in universal time; `latitude` and `longitude` in radians, north and east positive.
    public init(julianDate: Double, latitude: Double, longitude: Double) {
        let n = julianDate - 2_451_545
        let dayFraction = julianDate + 0.5 - (julianDate + 0.5).rounded(.down)
        let hours = 6.697_375 + 0.065_709_824_2 * n + 24 * dayFraction
        siderealAngle = hours.truncatingRemainder(dividingBy: 24) * 15 * .pi / 180 + longitude
        self.latitude = latitude
    }

    /// World direction (east, north, up) of an equatorial unit vector (towards the vernal equinox, six hours east of it, north pole).
    public func horizontal(_ e: Vec3) -> Vec3 {
        let (s, c) = (sin(siderealAngle), cos(siderealAngle))
        let meridian = e.x * c + e.y * s, east = e.y * c - e.x * s
        return Vec3(east, e.z * cos(latitude) - meridian * sin(latitude), e.z * sin(latitude) + meridian * cos(latitude))
    }
}

/// What lights a night: the moon, and how the stars stand.
public struct NightSky: Sendable, Equatable {
    public var moon: MoonPosition
    public var sphere: CelestialSphere

    /// - Parameters: as for `MoonPosition`.
    public init(julianDate: Double, latitude: Double, longitude: Double) {
        moon = MoonPosition(julianDate: julianDate, latitude: latitude, longitude: longitude)
        sphere = CelestialSphere(julianDate: julianDate, latitude: latitude, longitude: longitude)
    }
}
