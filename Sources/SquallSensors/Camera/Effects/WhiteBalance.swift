import Foundation
import SquallMath
import SquallWeather

/// White balance: which light comes out grey.
///
/// `white_balance = 5500 K` divides linear RGB by the colour of a black body of that temperature (von Kries, in the sensor's own primaries);
/// without it the camera follows the light. Chromaticity of black bodies after Kim et al. 2002 (cubic in 1 / T), 1,667 to 25,000 K; hotter and
/// cooler ones are as those.
///
/// Following it, a camera goes part of the way: it looks for whites between 2,500 and 8,000 K only and leaves half of the way to daylight,
/// in mired, in the picture. So evenings stay warm, dusk blue and sodium light orange, as drivers' cameras show them.
public enum WhiteBalance {
    /// Linear sRGB of a black body, luminance 1.
    public static func color(kelvin: Double) -> SIMD3<Float> {
        let t = kelvin.clamped(to: 1667...25_000)
        let (a, b, c) = (1e9 / (t * t * t), 1e6 / (t * t), 1e3 / t)
        let x = t <= 4000 ? -0.2661239 * a - 0.2343589 * b + 0.8776956 * c + 0.179910 : -3.0258469 * a + 2.1070379 * b + 0.2226347 * c + 0.240390
        let y =
            if t <= 2222 { -1.1063814 * x * x * x - 1.34811020 * x * x + 2.18555832 * x - 0.20219683 }
            else if t <= 4000 { -0.9549476 * x * x * x - 1.37418593 * x * x + 2.09137015 * x - 0.16748867 }
            else { 3.0817580 * x * x * x - 5.87338670 * x * x + 3.75112997 * x - 0.37001483 }
        let (bigX, bigZ) = (x / y, (1 - x - y) / y)
        let rgb = Vec3(
            3.2404542 * bigX - 1.5371385 - 0.4985314 * bigZ, -0.9692660 * bigX + 1.8760108 + 0.0415560 * bigZ, 0.0556434 * bigX - 0.2040259 + 1.0572252 * bigZ)
        return SIMD3<Float>(pointwiseMax(rgb, Vec3(repeating: 0.01)))
    }

    /// What a camera that follows the light turns grey, luminance 1.
    /// - Parameter light: linear sRGB of a white surface in that light.
    public static func following(_ light: Vec3) -> SIMD3<Float> {
        let luminance = LightColour.luminance(light)
        guard luminance > 0 else { return SIMD3(1, 1, 1) }
        let kelvin = LightColour.temperature(light)
        let (found, daylight) = (1e6 / kelvin.clamped(to: coolest...warmest), 1e6 / 6500)
        let wanted = color(kelvin: 1e6 / (daylight + adaptation * (found - daylight)))
        // What the light has of green or magenta beside the black body's colour goes whole.
        let white = Vec3(wanted) * (light / luminance) / Vec3(color(kelvin: kelvin))
        return SIMD3<Float>(pointwiseMax(white / max(LightColour.luminance(white), 1e-6), Vec3(repeating: 0.15)))
    }

    private static let coolest = 2500.0, warmest = 8000.0, adaptation = 0.5
}
