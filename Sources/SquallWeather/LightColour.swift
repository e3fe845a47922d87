import Foundation
import SquallMath

/// Scene-linear colour on the sRGB primaries, scaled so that `luminance` of it is the photometric quantity (cd/m2 or lux).
public enum LightColour {
    /// Weights of the linear sRGB primaries in luminance: the second row of their matrix to CIE XYZ under D65, IEC 61966-2-1; BT.709 rounds them to
    /// .2126, .7152, .0722.
    public static let weights = Vec3(0.212_639, 0.715_169, 0.072_192)

    /// Photometric value of a scene-linear colour.
    public static func luminance(_ rgb: Vec3) -> Double { dot(weights, rgb) }

    /// Linear sRGB from CIE chromaticity and luminance; colours outside the gamut are clipped at zero. IEC 61966-2-1.
    public static func rgb(luminance: Double, x: Double, y: Double) -> Vec3 {
        let bigX = luminance * x / max(y, 1e-4), bigZ = luminance * (1 - x - y) / max(y, 1e-4)
        let r = 3.240_970 * bigX - 1.537_383 * luminance - 0.498_611 * bigZ
        let g = -0.969_244 * bigX + 1.875_968 * luminance + 0.041_555 * bigZ
        let b = 0.055_630 * bigX - 0.203_977 * luminance + 1.056_972 * bigZ
        return Vec3(max(0, r), max(0, g), max(0, b))
    }

    /// CIE XYZ of a linear sRGB colour. IEC 61966-2-1.
    static func xyz(_ rgb: Vec3) -> Vec3 {
        Vec3(dot(Vec3(0.412_391, 0.357_584, 0.180_481), rgb), dot(weights, rgb), dot(Vec3(0.019_331, 0.119_195, 0.950_532), rgb))
    }

    /// The colour of unit luminance with the hue and saturation of `rgb`.
    public static func normalised(_ rgb: Vec3) -> Vec3 {
        let l = luminance(rgb)
        return l > 0 ? rgb / l : Vec3(repeating: 1)
    }

    /// Correlated colour temperature of a linear sRGB colour, kelvin, 1,667 to 25,000. McCamy 1992; to a few hundredths between 2,500 and 10,000 K.
    public static func temperature(_ rgb: Vec3) -> Double {
        let v = xyz(rgb), sum = v.x + v.y + v.z
        guard sum > 0 else { return 6500 }
        let (x, y) = (v.x / sum, v.y / sum)
        // Beyond the black bodies' end of the diagram the fit turns round.
        let n = ((x - 0.3320) / min(0.1858 - y, -0.02)).clamped(to: -1.4...1.4)
        return (449 * n * n * n + 3525 * n * n + 6823.3 * n + 5520.33).clamped(to: 1667...25_000)
    }

    /// Daylight of correlated colour temperature `kelvin` (4000...25000), unit luminance: CIE D illuminants (Judd et al. 1964).
    public static func daylight(kelvin: Double) -> Vec3 {
        let t = kelvin.clamped(to: 4000...25_000)
        let x = t <= 7000
            ? -4.6070e9 / (t * t * t) + 2.9678e6 / (t * t) + 99.11 / t + 0.244063
            : -2.0064e9 / (t * t * t) + 1.9018e6 / (t * t) + 247.48 / t + 0.237040
        return rgb(luminance: 1, x: x, y: daylightLocus(x: x))
    }

    /// CIE y of natural daylight of chromaticity x. Judd, MacAdam, Wyszecki 1964, fitted to measured skies.
    public static func daylightLocus(x: Double) -> Double { -3 * x * x + 2.870 * x - 0.275 }

    /// Colour of the direct sun behind `airMass` air masses at `turbidity`, unit luminance: a 5800 K disc behind Rayleigh scattering
    /// and Angstrom haze (exponent 1.3, beta = 0.04608 T - 0.04586, as in Preetham 1999) at the primaries' dominant wavelengths.
    public static func sun(airMass: Double, turbidity: Double) -> Vec3 {
        let beta = max(0, 0.04608 * turbidity - 0.04586)
        let disc = Vec3(1.07, 0.98, 0.93)
        var colour = Vec3.zero
        for (i, micrometres) in [0.611, 0.549, 0.465].enumerated() {
            let rayleigh = 0.008735 * pow(micrometres, -4.08), haze = beta * pow(micrometres, -1.3)
            colour[i] = disc[i] * exp(-airMass * (rayleigh + haze))
        }
        return normalised(colour)
    }
}
