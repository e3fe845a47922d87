import Foundation

/// Mean wind over open ground.
public enum Wind {
    /// Speed at a height by the logarithmic law of the neutral surface layer: `u10 ln(z / z0) / ln(10 / z0)`.
    /// - Parameters: `height` above the ground and `roughness` length, metres; 0.03 m is short grass. At or below the roughness length the air stands.
    public static func speed(tenMetre: Double, height: Double, roughness: Double = 0.03) -> Double {
        height > roughness ? tenMetre * log(height / roughness) / log(10 / roughness) : 0
    }
}
