import Foundation
import SquallMath

/// All natural light at one instant, from one weather state and the sun's and the moon's positions. What a renderer asks once a frame.
///
/// Clear sky by Ineichen, Perez 2002 at 110 lm/W over all and 130 lm/W from the sky alone; the beam has the rest. Clouds dim the global
/// light by Kasten, Czeplak 1980 (1 - 0.75 n^3.4); rain closes the sky and thickens the clouds; fog scatters the beam away and evens
/// the sky out. Below the horizon twilight takes over, then the moon: whichever gives the stronger beam casts the shadows.
public struct Lighting: Sendable, Equatable {
    /// Unit vector towards the light that casts shadows, sun (where the air's refraction shows it, its upper rim at the least) or moon, world frame.
    public let sunDirection: Vec3
    /// Lux on a plane facing it, linear sRGB, mean over clouds and gaps; zero when set, hidden by cloud or lost in fog.
    public let sunIlluminance: Vec3
    /// Colour, of unit luminance, of the light that falls on clouds; and how much of what lights them comes as a beam, 0...1.
    public let cloudLight: Vec3, cloudBeamShare: Double
    /// The moon, when it gives the beam.
    public let moonPhase: Double?
    public let sky: SkyModel
    public let ambient: AmbientLight
    /// Cloud cover in effect, rain included, 0...1.
    public let cloudCover: Double
    /// Lux on a horizontal plane, sun, moon and sky together.
    public let horizontalIlluminance: Double
    /// How the stars stand, where they can be seen; nil by day.
    public let stars: CelestialSphere?

    /// Airlight L_air around the horizon, cd/m2, linear sRGB.
    public var horizonLuminance: Vec3 { sky.horizonLuminance }

    /// Share of moonlight that comes from the clear sky around it instead of as a beam: that of the sun at like heights.
    private static let moonlitSky = 0.15

    /// - Parameters:
    ///   - night: moon and stars; a moonless, starless night without.
    ///   - groundAlbedo: what the landscape sends back up, 0...1.
    ///   - altitude: metres above the sea.
    public init(weather: WeatherState, sun: SunPosition, night: NightSky? = nil, groundAlbedo: Double = 0.15, altitude: Double = 0) {
        let clear = ClearSky(sun: sun, linkeTurbidity: weather.turbidity.clamped(to: 1.5...10), altitude: altitude)
        let sunBeam = max(0, clear.global * ClearSky.luminousEfficacy - clear.diffuse * ClearSky.diffuseEfficacy) * Self.discAboveHorizon(sun.apparentElevation)
        let twilight = Twilight.illuminance(elevation: sun.elevation), glow = min(Twilight.starlight, twilight)
        let sunSky = clear.global * ClearSky.luminousEfficacy - sunBeam + twilight - glow
        // By day the moon is a millionth of the light.
        let moonSine = sun.elevation < -2 * .pi / 180 ? max(0, sin(night?.moon.elevation ?? 0)) : 0
        let moonlight = (night?.moon.illuminance ?? 0) * moonSine
        let (moonBeam, moonSky) = (moonlight * (1 - Self.moonlitSky), moonlight * Self.moonlitSky)
        let byMoon = moonBeam > sunBeam
        let beam = sunBeam + moonBeam, clearDiffuse = sunSky + moonSky + glow
        let cover = max(weather.cloudCover.clamped(to: 0...1), Rain.impliedCloudCover(rate: weather.rainRate))
        let fogDepth = Self.fogColumn(weather)
        let sine = byMoon ? moonSine : sin(max(0, sun.apparentElevation))

        let cloudy = (beam + clearDiffuse) * Self.cloudTransmission(cover: cover, rainRate: weather.rainRate)
        let total = cloudy * Self.diffuseTransmission(opticalDepth: fogDepth)
        let direct = min(beam * (1 - cover) * exp(-fogDepth / max(sine, 0.02)), total)
        let diffuse = max(0, total - direct)
        let clearShare = diffuse > 0 ? min(1, clearDiffuse * (1 - cover) / max(cloudy - beam * (1 - cover), 1e-12)) : 0
        let even = -expm1(-fogDepth)

        let airMass = ClearSky.airMass(elevation: byMoon ? night?.moon.elevation ?? 0 : sun.apparentElevation)
        let sunColour = LightColour.sun(airMass: airMass, turbidity: weather.turbidity)
        let ground = (sunColour * direct + Vec3(repeating: diffuse)) * (groundAlbedo / .pi)
        sunDirection = byMoon ? night?.moon.direction ?? sun.direction : sun.apparentDirection
        // The last quarter of a degree, where level ground gets next to nothing, fades out on upright faces too.
        sunIlluminance = sine > 0 ? sunColour * (direct / max(sine, 0.004)) : .zero
        // Clouds at 1.5 km see the sun two degrees longer, and above the thickest haze.
        cloudLight = byMoon ? sunColour : LightColour.sun(airMass: ClearSky.airMass(elevation: sun.apparentElevation + 0.03) * 0.85, turbidity: max(1.5, weather.turbidity - 1))
        cloudBeamShare = byMoon ? 0.6 : ((sun.elevation * 180 / .pi + 3) / 9).clamped(to: 0...1) * 0.6
        moonPhase = byMoon ? night?.moon.phase : nil
        let open = diffuse * (1 - even) * clearShare / max(clearDiffuse, 1e-12)
        sky = SkyModel(
            sun: sun, moon: night?.moon, turbidity: weather.turbidity,
            shares: .init(
                clear: open * sunSky, moonlit: open * moonSky, overcast: diffuse * (1 - even) * (1 - clearShare), uniform: diffuse * even, glow: open * glow,
                ground: ground))
        ambient = AmbientLight(sky: sky)
        cloudCover = cover
        horizontalIlluminance = total
        stars = sun.elevation < -4 * .pi / 180 ? night?.sphere : nil
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
