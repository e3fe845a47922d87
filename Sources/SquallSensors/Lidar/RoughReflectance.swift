import Foundation
import SquallAssets
import SquallWorld

/// How much a rough matt surface sends back to where the light came from: Oren, Nayar, "Generalization of Lambert's reflectance
/// model", SIGGRAPH 1994, the qualitative model, without interreflections.
///
/// The surface is made of Lambertian facets in V-shaped grooves whose slopes have the standard deviation `sigma`. Seen at a slant, the
/// facets that face the source also face the eye, so that a rough surface is brighter towards the source than Lambert's cosine says.
/// With incidence i, exitance r, azimuth between them phi, a = max(i, r), b = min(i, r):
///
///     f = A + B max(0, cos phi) sin a tan b,    A = 1 - 0.5 s^2 / (s^2 + 0.33),    B = 0.45 s^2 / (s^2 + 0.09)
///
/// The radiance is rho / pi E cos i f. A lidar looks back along its own beam, i = r and phi = 0, where cos i f is A cos i + B sin^2 i:
/// it stays finite at grazing incidence. That is why asphalt echoes to 40 m from a sensor that stands 1.8 m above it and sees 10 % at
/// 50 m; a Lambertian road would end at 20 m.
public struct RoughReflectance: Sendable, Equatable {
    /// Standard deviation of the facets' slope angle, rad; 0 is a Lambertian surface.
    public let sigma: Double
    public let a: Double, b: Double

    public init(sigma: Double) {
        let square = sigma * sigma
        self.sigma = sigma
        a = 1 - 0.5 * square / (square + 0.33)
        b = 0.45 * square / (square + 0.09)
    }

    /// Roughness at the scale of a footprint, by what a surface is made of: mineral grains, leaves and cloth, or a closed skin. The paper
    /// measured 0.26 (plaster) to 0.70 rad (sand, cloth); asphalt and vegetation lie between.
    public init(_ wetting: Material.Wetting) {
        switch wetting {
        case .porous: self.init(sigma: 0.5)
        case .soft: self.init(sigma: 0.6)
        case .smooth: self.init(sigma: 0)
        }
    }

    /// cos i f towards the source: what takes the place of Lambert's cosine.
    /// - Parameter cosine: of the angle of incidence, 0...1.
    public func towardsSource(cosine: Double) -> Double { a * cosine + b * (1 - cosine * cosine) }

    /// f of the paper for any direction. Angles from the normal, below a right angle, and the azimuth between the two directions, rad.
    public func factor(incidence: Double, exitance: Double, azimuth: Double) -> Double {
        a + b * max(0, cos(azimuth)) * sin(max(incidence, exitance)) * tan(min(incidence, exitance))
    }
}
