import SquallMath

/// What the weather did to one frame, in the units datasets write: millimetres, radians, lux.
public struct WeatherSummary: Sendable, Equatable {
    /// mm/h
    public var rainRate: Double
    /// Meteorological optical range at 1.5 m, metres, fog, rain and air together.
    public var visibility: Double
    /// Water film on the surface it was made for, mm, and the peak friction of a passenger tyre there at 50 km/h.
    public var filmDepth: Double, friction: Double
    /// Radians; azimuth clockwise from north.
    public var sunElevation: Double, sunAzimuth: Double
    /// Horizontal illuminance, lux.
    public var illuminance: Double
    /// m/s, and where it comes from, radians clockwise from north.
    public var windSpeed: Double, windFrom: Double
    /// 0...1, what rain implies included.
    public var cloudCover: Double

    /// - Parameter surface: the road it speaks of; nil for a plain lane of 2 % cross slope, 7.3 m from its crown.
    public init(weather: WeatherState, sun: SunPosition, lighting: Lighting, surface known: SurfaceState? = nil) {
        let surface = known ?? surfaceState(weather: weather)
        rainRate = weather.rainRate
        visibility = weather.medium.visibility(atHeight: 1.5)
        filmDepth = surface.filmDepth
        friction = TyreSet.normalised.curve(on: surface, speed: 50 / 3.6).peak.value
        (sunElevation, sunAzimuth) = (sun.elevation, sun.azimuth)
        illuminance = lighting.horizontalIlluminance
        (windSpeed, windFrom) = (weather.windSpeed, weather.windFrom)
        cloudCover = lighting.cloudCover
    }
}
