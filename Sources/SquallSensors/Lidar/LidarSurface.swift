import Foundation
import SquallMath
import SquallWeather
import SquallWorld

/// What a surface sends back to a lidar, dry or wet.
///
/// Pores full of water darken by Angstrom's law (`WetReflectance`). A film reflects away what Fresnel's equations say, once going in
/// and once coming out: (1 - F)^2 of the light takes part, so that wet roads and puddles fade at grazing angles. Standing water
/// deeper than `mirrorFilm` hides the texture below: its bottom counts half. Retroreflectors send back `gain` times a Lambertian
/// surface, out to about 40 degrees; a film hardly harms them.
public struct LidarSurface: Sendable, Equatable {
    /// Diffuse reflectance at the lidar's wavelength, dry.
    public var reflectance: Double
    public var gain: Double
    public var wetting: Material.Wetting
    /// One-way transmission when glass, else 0.
    public var transmission: Double

    /// Film depth (mm) at which a surface is a mirror with a dim bottom.
    public static let mirrorFilm = 2.0

    public init(reflectance: Double, gain: Double = 1, wetting: Material.Wetting = .smooth, transmission: Double = 0) {
        (self.reflectance, self.gain, self.wetting, self.transmission) = (reflectance, gain, wetting, transmission)
    }

    public init(_ material: Material) {
        self.init(reflectance: Double(material.reflectance905), gain: Double(material.retroreflection), wetting: material.wetting)
        if case .glass(let transmission) = material.alpha { self.transmission = Double(transmission) }
    }

    /// Reflectance towards the sensor, cosine not included.
    /// - Parameters:
    ///   - cosine: of the angle of incidence.
    ///   - upwards: vertical component of the surface's normal, 0...1: films stay on level surfaces.
    public func effectiveReflectance(cosine: Double, upwards: Double, surface: SurfaceState) -> Double {
        var rho = reflectance
        if surface.wetness > 0 {
            switch wetting {
            case .porous: rho = lerp(rho, WetReflectance.wetAlbedo(rho), surface.wetness)
            case .soft: rho = lerp(rho, WetReflectance.wetAlbedo(rho), surface.wetness * 0.5)
            case .smooth: break
            }
        }
        rho *= filmFactor(cosine: cosine, upwards: upwards, surface: surface)
        return gain > 1 ? rho * (1 + (gain - 1) * Self.retroLobe(cosine: cosine)) : rho
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

    /// Fall-off of retroreflection with the entrance angle: 1 at 0, a half at 30 degrees, nothing beyond 45 (sheeting classes RA2).
    private static func retroLobe(cosine: Double) -> Double { ((cosine - 0.7071) / 0.2929).clamped(to: 0...1) }
}
