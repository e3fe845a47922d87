import SquallMath
import SquallWeather

/// Civil time as the sun counts it.
extension CivilTime {
    /// Julian date, universal time.
    public var julianDate: Double { JulianDate.of(year: year, month: month, day: day, seconds: seconds - offset) }

    /// This instant moved `elapsed` seconds on; the date is left, so `seconds` may pass midnight.
    public func advanced(by elapsed: Double) -> CivilTime { CivilTime(year: year, month: month, day: day, seconds: seconds + elapsed, offset: offset) }
}

/// The sun over a place: `sun_elevation(place, time)` and `sun_azimuth(place, time)` of the language. Angles in radians.
public enum SunCalculator {
    /// Position of the sun at `latitude`, `longitude` (rad, north and east positive) at a civil time.
    public static func position(latitude: Double, longitude: Double, time: CivilTime) -> SunPosition {
        SunPosition(julianDate: time.julianDate, latitude: latitude, longitude: longitude)
    }

    /// True elevation, rad. Michalsky 1988.
    public static func sunElevation(latitude: Double, longitude: Double, julianDate: Double) -> Double {
        SunPosition(julianDate: julianDate, latitude: latitude, longitude: longitude).elevation
    }

    /// Clockwise from north, rad. Michalsky 1988.
    public static func sunAzimuth(latitude: Double, longitude: Double, julianDate: Double) -> Double {
        SunPosition(julianDate: julianDate, latitude: latitude, longitude: longitude).azimuth
    }
}
