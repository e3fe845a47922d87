import SquallMath
import SquallWeather

/// What falling drops send to the eye, cd/m2 per primary: the light of the half-space they refract, upside down.
///
/// A drop bends a ray that meets it at angle of incidence i by 2 (i - asin(sin i / 1.33)), at most 82.5 degrees (Garg, Nayar 2004), and
/// half of its disc by less than 25 degrees: it shows most of all what lies behind it. It lets 93 % through and reflects the mean of
/// everything around it with the rest (Fresnel, mean over the disc).
public struct DropLuminance: Sendable, Equatable {
    /// Of a drop that shows only sky, and of one that shows only ground.
    public var above: SIMD3<Float>, below: SIMD3<Float>

    public init(above: SIMD3<Float>, below: SIMD3<Float>) { (self.above, self.below) = (above, below) }

    /// The part of the sky that drops near the horizon show lies between the horizon and the mean of the sky.
    public init(_ sky: SkyModel) {
        let mirrored = (sky.meanLuminance + sky.groundLuminance) * (0.5 * 0.07)
        above = SIMD3<Float>((sky.horizonLuminance + sky.meanLuminance) * (0.5 * 0.93) + mirrored)
        below = SIMD3<Float>(sky.groundLuminance * 0.93 + mirrored)
    }

    /// Share of a drop's disc that shows sky, seen at an elevation of which `sinElevation` is the sine: a half at the horizon, all
    /// from 32 degrees up. Over the middle of the disc the deviation is 0.55 radians per radius, so the image of the horizon is a chord
    /// `sin / 0.55` radii off the centre.
    public static func skyShare(sinElevation: Double) -> Double {
        let u = (sinElevation / 0.55).clamped(to: -1...1)
        // Area of a disc on one side of a chord, to 0.6 % by its first two odd terms.
        return (0.5 + u * (0.6366 - 0.1366 * u * u)).clamped(to: 0...1)
    }

    /// Luminance of a drop of which `sky` 0...1 shows sky.
    public func value(sky: Float) -> SIMD3<Float> { below + (above - below) * sky }
}
