import Foundation
import SquallAssets
import SquallMath
import SquallWeather
import SquallWorld

/// What a surface sends back to a lidar, dry or wet.
///
/// Rough ground keeps echoing at grazing angles where paint follows Lambert's cosine (`RoughReflectance`). Pores full of water darken
/// by Angstrom's law (`WetReflectance`). A film reflects away what Fresnel's equations say, once going in and once coming out:
/// (1 - F)^2 of the light takes part, so that wet roads and puddles fade at grazing angles. Standing water deeper than `mirrorFilm`
/// hides the texture below: its bottom counts half.
///
/// Sheeting sends back `gain` times a Lambertian surface, out to about 40 degrees; a film hardly harms it. Glass beads in road paint
/// are measured lying flat in the light of head lamps (EN 1436: 88.76 degrees of incidence) and are `gain` times as bright as matt
/// paint there; the light they add hardly depends on the angle. Water over the beads takes most of it (wet classes RW of EN 1436).
public struct LidarSurface: Sendable, Equatable {
    /// Diffuse reflectance at the lidar's wavelength, dry.
    public var reflectance: Double
    public var gain: Double
    public var retroreflector: Material.Retroreflector
    public let wetting: Material.Wetting
    private let rough: RoughReflectance
    /// One-way transmission when glass, else 0.
    public var transmission: Double

    /// Film depth (mm) at which a surface is a mirror with a dim bottom.
    public static let mirrorFilm = 2.0
    /// Cosine of the incidence at which beads are measured.
    public static let beadCosine = 0.02164
    /// What a closed film leaves of the beads' light.
    public static let wetBeads = 0.2

    public init(
        reflectance: Double, gain: Double = 1, retroreflector: Material.Retroreflector = .sheeting, wetting: Material.Wetting = .smooth,
        transmission: Double = 0
    ) {
        (self.reflectance, self.gain, self.retroreflector, self.wetting) = (reflectance, gain, retroreflector, wetting)
        self.transmission = transmission
        rough = RoughReflectance(wetting)
    }

    public init(_ material: Material) {
        self.init(
            reflectance: Double(material.reflectance905), gain: Double(material.retroreflection), retroreflector: material.retroreflector,
            wetting: material.wetting)
        if case .glass(let transmission) = material.alpha { self.transmission = Double(material.transmission905 ?? transmission) }
    }

    /// The echo towards the sensor: rho cos(theta) of the Lambertian surface that would send back as much.
    /// - Parameters:
    ///   - cosine: of the angle of incidence.
    ///   - upwards: vertical component of the surface's normal, 0...1: films stay on level surfaces.
    public func echo(cosine: Double, upwards: Double, surface: SurfaceState) -> Double {
        var rho = reflectance
        if surface.wetness > 0 {
            switch wetting {
            case .porous: rho = lerp(rho, WetReflectance.wetAlbedo(rho), surface.wetness)
            case .soft: rho = lerp(rho, WetReflectance.wetAlbedo(rho), surface.wetness * 0.5)
            case .smooth: break
            }
        }
        rho *= filmFactor(cosine: cosine, upwards: upwards, surface: surface)
        let matt = rho * rough.towardsSource(cosine: cosine)
        guard gain > 1 else { return matt }
        switch retroreflector {
        case .sheeting: return matt + rho * cosine * (gain - 1) * Self.sheetingLobe(cosine: cosine)
        case .beads: return matt + rho * Self.beadCosine * (gain - 1) * lerp(1, Self.wetBeads, surface.wetness)
        }
    }

    /// Share of the light that is not mirrored away by water on the surface.
    private func filmFactor(cosine: Double, upwards: Double, surface: SurfaceState) -> Double {
        guard wetting != .soft, surface.wetness > 0 || surface.filmDepth > 0 else { return 1 }
        let through = 1 - WetReflectance.fresnel(angle: acos(cosine.clamped(to: 0...1)))
        // Smooth films close early; between asphalt grains they close once they stand above the texture.
        let closed: Double
        switch wetting {
        case .smooth: closed = surface.wetness
        case .porous: closed = max(0.5 * surface.wetness, (surface.filmDepth / 0.5).clamped(to: 0...1)) * upwards
        case .soft: closed = 0
        }
        let deep = wetting == .porous ? (surface.filmDepth / Self.mirrorFilm - 1).clamped(to: 0...1) * upwards * upwards : 0
        return lerp(1, through * through, closed) * (1 - 0.5 * deep)
    }

    /// Fall-off of a sheeting's retroreflection with the entrance angle: 1 at 0, a half at 30 degrees, nothing beyond 45 (sheeting classes RA2).
    private static func sheetingLobe(cosine: Double) -> Double { ((cosine - 0.7071) / 0.2929).clamped(to: 0...1) }
}
