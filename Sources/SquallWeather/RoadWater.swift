import Foundation
import SquallMath

/// The way water runs over a road to a point: how long it is, and how steep.
public struct Drainage: Sendable, Equatable {
    /// Metres along the flow line from the crown or the high edge.
    public var path: Double
    /// Along the flow line, m/m.
    public var slope: Double

    public init(path: Double, slope: Double) { (self.path, self.slope) = (path, slope) }

    /// Two lanes of a plain road: 7.3 m at 2 %. What is taken where no road says otherwise.
    public static let plain = WaterFilm.drainage(width: 7.3, crossSlope: 0.02, longitudinalSlope: 0)

    /// What Gallaway's film grows with: path^0.43 slope^-0.42.
    public var factor: Double { path > 0 ? pow(path, 0.43) * pow(max(slope, 1e-3), -0.42) : 0 }
}

/// What the weather of one instant makes of the road, wherever water runs: tyres, lidar and camera ask it alone. Where roads
/// lie above each other, tyres know which one they are on; sensors read a map in plan view, which holds one of them.
///
/// Film by Gallaway (`WaterFilm.gallaway`) on the drainage line, standing water on top, ice where wet and freezing. A point enters by the
/// factor of its drainage alone, so that a map of factors serves every weather.
public struct RoadWater: Sendable, Equatable {
    /// Film above the texture tops, mm, is `max(0, scale * factor - texture) + standing`.
    public let scale: Double, texture: Double, standing: Double
    private let initialWetness: Double, fromRain: Double, frozen: Double

    public init(_ weather: WeatherState) {
        let road = weather.road
        texture = road.texture
        standing = max(0, road.standingWater)
        let spread = pow(max(0, road.drainagePath), 0.43)
        scale = weather.rainRate > 0 ? WaterFilm.share(rate: weather.rainRate, texture: road.texture) * spread : 0
        initialWetness = road.initialWetness
        fromRain = -expm1(-2 * max(0, weather.rainRate))
        // Water freezes on the road between 0 and -2 degrees Celsius: salt, traffic and stored heat blur the point.
        let frost = ((273.15 - weather.temperature) / 2).clamped(to: 0...1)
        frozen = frost * frost * (3 - 2 * frost)
    }

    /// True when the film depends on how the road drains.
    public var varies: Bool { scale > 0 }

    /// Depth of water above the texture tops, mm.
    public func film(factor: Double) -> Double { max(0, scale * factor - texture) + standing }

    /// The surface where water drains with this factor.
    public func state(factor: Double) -> SurfaceState {
        var state = SurfaceState()
        state.texture = texture
        state.filmDepth = film(factor: factor)
        state.wetness = max(initialWetness, fromRain, -expm1(-10 * state.filmDepth)).clamped(to: 0...1)
        state.ice = state.wetness * frozen
        return state
    }

    public func state(_ drainage: Drainage) -> SurfaceState { state(factor: drainage.factor) }
}

/// The surface of a plane patch of road under `weather`.
/// - Parameters: slopes in m/m, `pathLength` in m is the level distance across the road that water runs (7.3: two lanes).
public func surfaceState(weather: WeatherState, crossSlope: Double = 0.02, longitudinalSlope: Double = 0, pathLength: Double = 7.3) -> SurfaceState {
    RoadWater(weather).state(WaterFilm.drainage(width: pathLength, crossSlope: crossSlope, longitudinalSlope: longitudinalSlope))
}
