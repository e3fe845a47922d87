import Foundation
import SquallMath

/// The sky as a light source: scene-linear luminance (cd/m2, linear sRGB primaries) in every direction.
///
/// A sum of skies, each scaled so that its horizontal integral is its share of the diffuse illuminance: clear around the sun and around
/// the moon (`ClearDome`), overcast (Moon, Spencer 1942) and uniform, in fog and from the night's own glow. World frame: x east, y north, z up.
///
/// `luminance` is the mean over clouds and gaps. Who draws clouds takes it apart: gaps hold `clearLuminance / (1 - cover)`, clouds
/// `cloudLuminance / cover`, so that their mean is the sky that lights the scene.
public struct SkyModel: Sendable, Equatable {
    private let domes: [(dome: ClearDome, lux: Double)]
    /// Zenith luminance of the overcast part, and the luminance of the uniform part.
    public let overcastZenith: Vec3, uniform: Vec3
    /// Share of the uniform part in the diffuse light, 0...1.
    private let fogShare: Double
    /// Luminance of the ground as seen from above: albedo times illuminance over pi.
    public let groundLuminance: Vec3
    /// Diffuse illuminance of a horizontal plane, lux.
    public let diffuseIlluminance: Double
    /// Mean luminance around the horizon: the airlight L_air of Koschmieder's law.
    public private(set) var horizonLuminance = Vec3.zero
    /// Mean luminance over the upper hemisphere, by solid angle.
    public private(set) var meanLuminance = Vec3.zero

    /// Lux on a horizontal plane from each of the skies, and the ground below them.
    struct Shares {
        /// Clear sky around the sun and around the moon.
        var clear = 0.0, moonlit = 0.0
        var overcast = 0.0, uniform = 0.0
        /// Airglow and starlight, part of no light's sky.
        var glow = 0.0
        var ground = Vec3.zero
    }

    init(sun: SunPosition, moon: MoonPosition? = nil, turbidity: Double, shares: Shares) {
        var domes: [(ClearDome, Double)] = []
        if shares.clear > 0 { domes.append((ClearDome(elevation: sun.elevation, azimuth: sun.azimuth, turbidity: turbidity), shares.clear)) }
        if let moon, shares.moonlit > 0 { domes.append((ClearDome(elevation: moon.elevation, azimuth: moon.azimuth, turbidity: turbidity), shares.moonlit)) }
        self.domes = domes
        diffuseIlluminance = shares.clear + shares.moonlit + shares.overcast + shares.uniform + shares.glow
        fogShare = diffuseIlluminance > 0 ? shares.uniform / diffuseIlluminance : 0
        groundLuminance = shares.ground
        let dusk = (-sun.elevation / (6 * .pi / 180)).clamped(to: 0...1)
        let cloudColour = LightColour.normalised(lerp(LightColour.daylight(kelvin: 6800), LightColour.daylight(kelvin: 9000), dusk))
        overcastZenith = cloudColour * CIESky.overcastZenith(illuminance: shares.overcast)
        uniform = cloudColour * (shares.uniform / .pi) + LightColour.daylight(kelvin: 5000) * (shares.glow / .pi)
        (horizonLuminance, meanLuminance) = means()
    }

    public static func == (a: SkyModel, b: SkyModel) -> Bool {
        a.domes.count == b.domes.count && zip(a.domes, b.domes).allSatisfy { $0.lux == $1.lux && $0.dome == $1.dome } && a.overcastZenith == b.overcastZenith
            && a.uniform == b.uniform && a.fogShare == b.fogShare && a.groundLuminance == b.groundLuminance
    }

    private func means() -> (horizon: Vec3, mean: Vec3) {
        var horizon = Vec3.zero
        for i in 0..<32 {
            let a = (Double(i) + 0.5) * .pi / 16
            horizon += luminance(towards: Vec3(cos(a), sin(a), 0.03).normalized) / 32
        }
        var mean = Vec3.zero
        SkyQuadrature.upper { d, solidAngle in mean += luminance(towards: d) * solidAngle }
        return (horizon, mean / (2 * .pi))
    }

    /// The direction whose sky is seen along `d`: below the horizon, the horizon in that azimuth.
    private static func raised(_ d: Vec3) -> Vec3 {
        d.z > 0.005 ? d : Vec3(d.x, d.y, 0.005 * max(1e-9, (d.x * d.x + d.y * d.y).squareRoot())).normalized
    }

    /// Luminance (cd/m2, linear sRGB) of the sky towards unit vector `d`, clouds evened out. Discs of sun and moon are not in it. Below
    /// the horizon: the horizon in that azimuth, which is what an open view fades into.
    public func luminance(towards d: Vec3) -> Vec3 {
        let up = Self.raised(d)
        return clear(up) + overcastZenith * CIESky.overcast(sinElevation: up.z) + uniform
    }

    /// What the gaps between clouds contribute to `luminance`.
    public func clearLuminance(towards d: Vec3) -> Vec3 { clear(Self.raised(d)) }

    private func clear(_ up: Vec3) -> Vec3 {
        var sum = Vec3.zero
        for (dome, lux) in domes { sum += dome.luminance(towards: up) * lux }
        return sum
    }

    /// Airlight L_air (cd/m2, linear sRGB) on a ray along unit vector `d`: the horizon in that azimuth, and in fog, where light
    /// arrives after many scatterings, the mean of the horizon.
    public func airlight(along d: Vec3) -> Vec3 {
        lerp(luminance(towards: Vec3(d.x, d.y, 0.03 * max(1e-9, (d.x * d.x + d.y * d.y).squareRoot())).normalized), horizonLuminance, fogShare)
    }
}

/// Fixed quadrature over the sky: midpoints, equal solid angle per sample of a ring.
enum SkyQuadrature {
    static let rings = 32, sectors = 40

    /// Calls `body` with a unit direction and its solid angle over the upper hemisphere.
    static func upper(_ body: (Vec3, Double) -> Void) {
        for ring in 0..<rings {
            // Rings are thin at the horizon, where a clear sky changes fast: z = t^2.
            let low = Double(ring) / Double(rings), high = Double(ring + 1) / Double(rings)
            let z = (low * low + high * high) / 2, height = high * high - low * low
            let radius = (1 - z * z).squareRoot()
            for sector in 0..<sectors {
                let a = (Double(sector) + 0.5) * 2 * .pi / Double(sectors)
                body(Vec3(radius * cos(a), radius * sin(a), z), height * 2 * .pi / Double(sectors))
            }
        }
    }
}
