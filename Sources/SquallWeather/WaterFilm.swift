import Foundation
import SquallMath

/// Depth of rain water that runs off a road.
public enum WaterFilm {
    /// Film above the texture tops, mm, never below 0. Gallaway et al. 1979 (FHWA-RD-79-31).
    /// - Parameters: rain `rate` mm/h, mean texture depth `texture` mm, drainage path `path` m along `slope` (m/m).
    public static func gallaway(rate: Double, texture: Double, path: Double, slope: Double) -> Double {
        guard rate > 0, path > 0 else { return 0 }
        return max(0, 0.01485 * pow(texture, 0.11) * pow(path, 0.43) * pow(rate, 0.59) * pow(max(slope, 1e-3), -0.42) - texture)
    }

    /// Total water depth, mm. Road Research Laboratory: Russam, Ross 1968. Parameters as for `gallaway`.
    public static func rrl(rate: Double, path: Double, slope: Double) -> Double {
        guard rate > 0, path > 0 else { return 0 }
        return 0.046 * (path * rate).squareRoot() * pow(max(slope, 1e-3), -0.2)
    }

    /// Length of the flow path and the slope along it on a plane of `width` m that falls sideways by `crossSlope` and along by
    /// `longitudinalSlope` (m/m, any sign): water follows the steepest line. Path at most five widths.
    public static func drainage(width: Double, crossSlope: Double, longitudinalSlope: Double) -> (path: Double, slope: Double) {
        let across = max(abs(crossSlope), 0.002)
        let slope = hypot(across, longitudinalSlope)
        return (width * min(5, slope / across), slope)
    }
}

/// The surface of a patch of road under `weather`: film by Gallaway on the drainage line, standing water on top, ice where wet and freezing.
/// - Parameters: slopes in m/m, `pathLength` in m is the level distance across the road that water runs (7.3: two lanes).
public func surfaceState(weather: WeatherState, crossSlope: Double = 0.02, longitudinalSlope: Double = 0, pathLength: Double = 7.3) -> SurfaceState {
    let road = weather.road
    let drainage = WaterFilm.drainage(width: pathLength * max(0, road.drainagePath), crossSlope: crossSlope, longitudinalSlope: longitudinalSlope)
    var state = SurfaceState()
    state.texture = road.texture
    state.filmDepth = WaterFilm.gallaway(rate: weather.rainRate, texture: road.texture, path: drainage.path, slope: drainage.slope) + max(0, road.standingWater)
    let fromRain = -expm1(-2 * max(0, weather.rainRate))
    let fromFilm = -expm1(-10 * state.filmDepth)
    state.wetness = max(road.initialWetness, fromRain, fromFilm).clamped(to: 0...1)
    // Water freezes on the road between 0 and -2 degrees Celsius: salt, traffic and stored heat blur the point.
    let frost = ((273.15 - weather.temperature) / 2).clamped(to: 0...1)
    state.ice = state.wetness * frost * frost * (3 - 2 * frost)
    return state
}
