import Foundation
import SquallMath

/// A sky of stars: as many of each brightness as the real one has, at places of its own.
///
/// Counts follow log10 N(brighter than m) = 0.51 m + 0.62 (4,800 to magnitude 6; a fit to the Bright Star Catalogue's counts within
/// 20 %). Places are even over the sphere; colours are those of 3,500 to 12,000 kelvin. The same stars in every scene.
public struct Stars: Sendable {
    public struct Star: Sendable {
        /// Equatorial unit vector.
        public var direction: Vec3
        /// Lux on a plane facing it above the air, linear sRGB.
        public var illuminance: Vec3
    }
    public let stars: [Star]

    /// Number of stars brighter than magnitude `m`.
    public static func count(brighterThan m: Double) -> Double { pow(10, 0.51 * m + 0.62) }

    /// - Parameter faintest: magnitude.
    public init(faintest: Double = 6) {
        let count = Int(Self.count(brighterThan: faintest))
        var random = CounterRandom(seed: 0, path: "sky.stars")
        stars = (0..<count).map { rank in
            let magnitude = (log10(Double(rank) + 0.5) - 0.62) / 0.51
            let z = 2 * random.uniform() - 1, azimuth = 2 * .pi * random.uniform(), radius = (1 - z * z).squareRoot()
            let kelvin = 4000 + 8000 * random.uniform()
            return Star(
                direction: Vec3(radius * cos(azimuth), radius * sin(azimuth), z),
                illuminance: LightColour.daylight(kelvin: kelvin) * (2.54e-6 * pow(10, -0.4 * magnitude)))
        }
    }
}
