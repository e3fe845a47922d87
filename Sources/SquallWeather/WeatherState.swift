// SquallWeather: the state of the air, the sky and the road surface, and pure functions between them.
// Must never know: time stepping, sensors, meshes. Everything here is a function of its arguments.
import SquallMath

/// The single weather state at one instant. No sensor and no tyre has another.
public struct WeatherState: Sendable, Equatable, Codable {
    /// Rain rate, mm/h.
    public var rainRate = 0.0
    /// Meteorological optical range of the fog alone, metres; infinity for none.
    public var fogVisibility = Double.infinity
    /// Scale height of the fog, metres; infinity for a uniform layer.
    public var fogScaleHeight = Double.infinity
    /// Fraction of the sky covered, 0 clear ... 1 overcast.
    public var cloudCover = 0.0
    /// Preetham turbidity of the clear part: 2 clear ... 6 hazy.
    public var turbidity = 3.0
    /// Wind at 10 m: speed m/s, and the direction it comes from, radians clockwise from north.
    public var windSpeed = 0.0
    public var windFrom = 0.0
    /// Air temperature, kelvin.
    public var temperature = 288.15
    /// What the road is like apart from the rain that falls on it.
    public var road = RoadSurfaceConditions()

    public init() {}
}

/// What the road is like apart from the rain that falls on it.
public struct RoadSurfaceConditions: Sendable, Equatable, Codable {
    /// Mean texture depth, mm.
    public var texture = 0.5
    /// Factor on the drainage path length: 1 designed, above 1 poor (ruts, blocked gullies).
    public var drainagePath = 1.0
    /// Standing water added on top of the film, mm.
    public var standingWater = 0.0
    /// Wetness of the surface without rain, 0 dry ... 1 saturated.
    public var initialWetness = 0.0
    public init() {}
}
