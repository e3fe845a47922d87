import Foundation
import SquallMath

/// All natural light at one instant, from one weather state and the sun's position. What a renderer asks once a frame.
///
/// Clear sky by Ineichen, Perez 2002 at 110 lm/W over all and 130 lm/W from the sky alone; the beam has the rest. Clouds dim the global
/// light by Kasten, Czeplak 1980 (1 - 0.75 n^3.4); rain closes the sky and thickens the clouds; fog scatters the beam away and evens
/// the sky out. Below the horizon twilight takes over.
public struct Lighting: Sendable, Equatable {
    /// Unit vector towards the sun, world frame.
    public let sunDirection: Vec3
    /// Lux on a plane facing the sun, linear sRGB; zero when set, hidden by cloud or lost in fog.
    public let sunIlluminance: Vec3
    public let sky: SkyModel
    public let ambient: AmbientLight
    /// Cloud cover in effect, rain included, 0...1.
    public let cloudCover: Double
    /// Lux on a horizontal plane, sun and sky together.
    public let horizontalIlluminance: Double

    /// Airlight L_air around the horizon, cd/m2, linear sRGB.
    public var horizonLuminance: Vec3 { sky.horizonLuminance }
    /// Order-2 spherical harmonics of the ambient irradiance, nine linear sRGB coefficients (lux); see `AmbientLight`.
    public var sh9: [Vec3] { ambient.coefficients }

    /// - Parameters:
    ///   - groundAlbedo: what the landscape sends back up, 0...1.
    ///   - altitude: metres above the sea.
    public init(weather: WeatherState, sun: SunPosition, groundAlbedo: Double = 0.15, altitude: Double = 0) {
        let clear = ClearSky(sun: sun, linkeTurbidity: weather.turbidity.clamped(to: 1.5...10), altitude: altitude)
        let sine = sin(max(0, sun.apparentElevation))
        let beam = max(0, clear.global * ClearSky.luminousEfficacy - clear.diffuse * ClearSky.diffuseEfficacy) * Self.discAboveHorizon(sun.apparentElevation)
        let clearDiffuse = clear.global * ClearSky.luminousEfficacy - beam + Twilight.illuminance(elevation: sun.elevation)
        let cover = max(weather.cloudCover.clamped(to: 0...1), Rain.impliedCloudCover(rate: weather.rainRate))
        let fogDepth = Self.fogColumn(weather)

        let cloudy = (beam + clearDiffuse) * Self.cloudTransmission(cover: cover, rainRate: weather.rainRate)
        let total = cloudy * Self.diffuseTransmission(opticalDepth: fogDepth)
        let direct = min(beam * (1 - cover) * exp(-fogDepth / max(sine, 0.02)), total)
        let diffuse = max(0, total - direct)
        let clearShare = diffuse > 0 ? min(1, clearDiffuse * (1 - cover) / max(cloudy - beam * (1 - cover), 1e-12)) : 0
        let even = -expm1(-fogDepth)

        let sunColour = LightColour.sun(airMass: ClearSky.airMass(elevation: sun.apparentElevation), turbidity: weather.turbidity)
        let ground = (sunColour * direct + Vec3(repeating: diffuse)) * (groundAlbedo / .pi)
        sunDirection = sun.direction
        sunIlluminance = sine > 0 ? sunColour * (direct / sine) : .zero
        sky = SkyModel(
            sun: sun, turbidity: weather.turbidity,
            shares: .init(
                clear: diffuse * (1 - even) * clearShare, overcast: diffuse * (1 - even) * (1 - clearShare), uniform: diffuse * even, ground: ground))
        ambient = AmbientLight(sky: sky)
        cloudCover = cover
        horizontalIlluminance = total
    }

    /// Share of the disc above the horizon: half a degree of sun, smooth.
    static func discAboveHorizon(_ elevation: Double) -> Double {
        let t = ((elevation * 180 / .pi + 0.27) / 0.54).clamped(to: 0...1)
        return t * t * (3 - 2 * t)
    }

    /// Share of clear-sky global light under clouds of `cover` 0...1: 1 - 0.75 n^3.4 (Kasten, Czeplak 1980), less under rain, whose clouds
    /// are thicker. The rain factor 1 / (1 + 0.06 R^0.8) is a modelling choice: 0.55 at 25 mm/h, 0.30 at 100.
    public static func cloudTransmission(cover: Double, rainRate: Double) -> Double {
        (1 - 0.75 * pow(cover, 3.4)) / (1 + 0.06 * pow(max(0, rainRate), 0.8))
    }

    /// Share of light that comes down through a conservative scattering layer: 1 / (1 + (1 - g) tau / 2), g = 0.85. Bohren 1987.
    public static func diffuseTransmission(opticalDepth: Double) -> Double { 1 / (1 + 0.075 * max(0, opticalDepth)) }

    /// Vertical optical depth of the fog; a uniform layer counts as 200 m thick, an ordinary radiation or advection fog.
    static func fogColumn(_ weather: WeatherState) -> Double {
        guard weather.fogVisibility.isFinite else { return 0 }
        let thickness = weather.fogScaleHeight.isFinite ? max(0, weather.fogScaleHeight) : 200
        return Visibility.extinction(mor: max(weather.fogVisibility, 1)) * thickness
    }
}
