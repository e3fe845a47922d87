import Foundation
import SquallMath

/// Where the sun stands, by the Astronomical Almanac's low-precision formulas (Michalsky 1988). Within 0.015 degrees of NREL SPA, 2020-35.
public struct SunPosition: Sendable, Equatable {
    /// True elevation above the horizon, radians; negative when set. Refraction is not in it.
    public var elevation: Double
    /// Radians clockwise from north, 0..<2 pi.
    public var azimuth: Double
    /// Distance to the sun, astronomical units.
    public var distance: Double

    public init(elevation: Double, azimuth: Double, distance: Double = 1) {
        (self.elevation, self.azimuth, self.distance) = (elevation, azimuth, distance)
    }

    /// - Parameters: `julianDate` in universal time; `latitude` and `longitude` in radians, north and east positive.
    public init(julianDate: Double, latitude: Double, longitude: Double) {
        let radians = Double.pi / 180
        let n = julianDate - 2_451_545
        let meanLongitude = 280.460 + 0.985_647_4 * n
        let anomaly = (357.528 + 0.985_600_3 * n) * radians
        let ecliptic = (meanLongitude + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly)) * radians
        let obliquity = (23.439 - 4e-7 * n) * radians
        let rightAscension = atan2(cos(obliquity) * sin(ecliptic), cos(ecliptic))
        let declination = asin(sin(obliquity) * sin(ecliptic))
        let dayFraction = julianDate + 0.5 - (julianDate + 0.5).rounded(.down)
        let siderealHours = 6.697_375 + 0.065_709_824_2 * n + 24 * dayFraction
        let hourAngle = (siderealHours.truncatingRemainder(dividingBy: 24) * 15) * radians + longitude - rightAscension
        let sine = sin(declination) * sin(latitude) + cos(declination) * cos(latitude) * cos(hourAngle)
        elevation = asin(sine.clamped(to: -1...1))
        let east = -cos(declination) * sin(hourAngle)
        let north = sin(declination) * cos(latitude) - cos(declination) * sin(latitude) * cos(hourAngle)
        let bearing = atan2(east, north)
        azimuth = bearing < 0 ? bearing + 2 * .pi : bearing
        distance = 1.000_14 - 0.016_71 * cos(anomaly) - 0.000_14 * cos(2 * anomaly)
    }

    /// Where the sun is seen through the air's refraction, never below 0.05 degrees: while a part of the disc is up, that is what shines.
    public var apparentDirection: Vec3 {
        let elevation = max(apparentElevation, 0.05 * .pi / 180)
        return Vec3(sin(azimuth) * cos(elevation), cos(azimuth) * cos(elevation), sin(elevation))
    }

    /// Unit vector towards the sun in the world frame: x east, y north, z up.
    public var direction: Vec3 { Vec3(sin(azimuth) * cos(elevation), cos(azimuth) * cos(elevation), sin(elevation)) }

    /// Elevation (rad) as seen through the air, raised by refraction. Saemundsson 1986, standard air; no lift below -2 degrees.
    public var apparentElevation: Double {
        let h = elevation * 180 / .pi
        guard h > -2 else { return elevation }
        let minutes = 1.02 / tan((h + 10.3 / (h + 5.11)) * .pi / 180)
        return elevation + max(0, minutes) / 60 * .pi / 180
    }
}

/// Julian dates: days since noon, 1 January 4713 BC.
public enum JulianDate {
    /// Julian date of a Gregorian calendar date and `seconds` after its midnight, universal time. Seconds may lie outside the day.
    /// Fliegel, Van Flandern 1968.
    public static func of(year: Int, month: Int, day: Int, seconds: Double) -> Double {
        let a = (month - 14) / 12
        let number = (1461 * (year + 4800 + a)) / 4 + (367 * (month - 2 - 12 * a)) / 12 - (3 * ((year + 4900 + a) / 100)) / 4 + day - 32075
        return Double(number) - 0.5 + seconds / 86_400
    }
}
