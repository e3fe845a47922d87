import Foundation
import SquallMath

/// The sky as a light source: scene-linear luminance (cd/m2, linear sRGB primaries) in every direction.
///
/// A sum of three skies, each scaled so that its horizontal integral is its share of the diffuse illuminance: clear (luminance of the
/// standard clear skies of CIE S 011, colour of Preetham 1999, whose luminance lacks the bright horizon of measured skies), overcast
/// (Moon, Spencer 1942) and, in fog, uniform. World frame: x east, y north, z up.
public struct SkyModel: Sendable, Equatable {
    /// Towards the sun; lifted to half a degree above the horizon for the shape of the clear sky.
    private let sunDirection: Vec3
    private let preetham: PreethamSky
    /// 0 for the CIE's clear sky of type 12 (turbidity up to 3) ... 1 for type 13 (from 6).
    private let haze: Double
    /// Factor to the clear part's cd/m2, colour of twilight included.
    private let clearScale: Vec3
    /// Zenith luminance of the overcast part, and the luminance of the uniform part.
    private let overcastZenith: Vec3, uniform: Vec3
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

    /// Lux on a horizontal plane from each of the three skies, and the ground below them.
    struct Shares {
        var clear: Double, overcast: Double, uniform: Double
        var ground: Vec3
    }

    init(sun: SunPosition, turbidity: Double, shares: Shares) {
        let elevation = max(sun.elevation, 0.5 * .pi / 180)
        let direction = SunPosition(elevation: elevation, azimuth: sun.azimuth).direction
        sunDirection = direction
        let sky = PreethamSky(sunZenith: .pi / 2 - elevation, turbidity: turbidity.clamped(to: 1.9...10))
        preetham = sky
        let haze = ((turbidity - 3) / 3).clamped(to: 0...1)
        self.haze = haze
        diffuseIlluminance = shares.clear + shares.overcast + shares.uniform
        fogShare = diffuseIlluminance > 0 ? shares.uniform / diffuseIlluminance : 0
        groundLuminance = shares.ground
        // After sunset ozone absorption turns the zenith deep blue; Preetham knows only a sun above the horizon.
        let dusk = (-sun.elevation / (6 * .pi / 180)).clamped(to: 0...1)
        let tint = LightColour.normalised(lerp(Vec3(repeating: 1), Vec3(0.55, 0.8, 1.9), dusk))
        var integral = 0.0
        SkyQuadrature.upper { d, solidAngle in
            integral += LightColour.luminance(Self.clear(sky, haze, direction, d) * tint) * d.z * solidAngle
        }
        clearScale = integral > 0 ? tint * (shares.clear / integral) : .zero
        let cloudColour = LightColour.normalised(lerp(LightColour.daylight(kelvin: 6800), LightColour.daylight(kelvin: 9000), dusk))
        overcastZenith = cloudColour * CIESky.overcastZenith(illuminance: shares.overcast)
        uniform = cloudColour * (shares.uniform / .pi)
        (horizonLuminance, meanLuminance) = means()
    }

    private static func clear(_ sky: PreethamSky, _ haze: Double, _ sun: Vec3, _ d: Vec3) -> Vec3 {
        let gamma = acos(dot(sun, d).clamped(to: -1...1))
        let v = sky.value(cosZenith: d.z, gamma: gamma)
        // Preetham's fit strays from the daylight locus, most of all to magenta at the horizon; measured skies lie within 0.01 above it.
        let locus = LightColour.daylightLocus(x: v.x)
        return LightColour.rgb(luminance: CIESky.clear(cosZenith: d.z, gamma: gamma, haze: haze), x: v.x, y: v.y.clamped(to: locus...locus + 0.01))
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

    /// Luminance (cd/m2, linear sRGB) of the sky towards unit vector `d`. The sun's disc is not in it. Below the horizon: the
    /// horizon in that azimuth, which is what an open view fades into.
    public func luminance(towards d: Vec3) -> Vec3 {
        let up = d.z > 0.005 ? d : Vec3(d.x, d.y, 0.005 * max(1e-9, (d.x * d.x + d.y * d.y).squareRoot())).normalized
        return Self.clear(preetham, haze, sunDirection, up) * clearScale + overcastZenith * CIESky.overcast(sinElevation: up.z) + uniform
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
