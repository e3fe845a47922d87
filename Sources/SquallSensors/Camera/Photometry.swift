import Foundation
import SquallScene

/// From luminance to electrons (physics of a camera, EV and ISO 12232 conventions).
///
/// `EV = log2(N^2 / t)` at ISO 100; a scene whose mean luminance is `12.5 * 2^EV / 100` cd/m2 is correctly exposed by it.
public enum Photometry {
    /// Photons of 555 nm per lux, second and square micrometre: `1e-12 / (683 lm/W * h c / 555 nm)`.
    public static let photonsPerLuxSecondSquareMicrometre = 1e-12 / 683 / (6.626_070_15e-34 * 299_792_458 / 555e-9)
    /// Share of light that the lens lets through.
    public static let lensTransmission = 0.9
    /// Longest exposure before gain, seconds: a driving camera holds motion blur down and amplifies first, up to `firstGain`.
    public static let longestExposure = 0.01
    public static let firstGain = 4.0
    /// Longest exposure at all, of thirty pictures a second; beyond it gain goes on.
    public static let nightExposure = 1.0 / 30
    /// Most that automatic exposure amplifies: 24 dB, where drivers' cameras end.
    public static let largestGain = 16.0

    /// Exposure value of an f-number and an exposure time in seconds.
    public static func exposureValue(fNumber: Double, time: Double) -> Double { log2(fNumber * fNumber / time) }
    /// The mean luminance, cd/m2, that an exposure value suits (reflected-light meter constant 12.5).
    public static func luminance(exposureValue: Double) -> Double { 12.5 * exp2(exposureValue) / 100 }
    /// The exposure value at ISO 100 that suits a mean luminance in cd/m2.
    public static func exposureValue(luminance: Double) -> Double { log2(luminance * 100 / 12.5) }
    /// Illuminance on the focal plane, lux, of a luminance at `cosine` off the axis: `E = (pi/4) T L / N^2 cos^4`.
    public static func focalPlaneIlluminance(luminance: Double, fNumber: Double, transmission: Double = lensTransmission, cosine: Double = 1) -> Double {
        .pi / 4 * transmission * luminance / (fNumber * fNumber) * pow(cosine, 4)
    }
    /// Mean electrons that `illuminance` lux collect in a pixel of `pitch` metres in `time` seconds.
    public static func electrons(illuminance: Double, time: Double, pitch: Double, quantumEfficiency: Double) -> Double {
        illuminance * time * photonsPerLuxSecondSquareMicrometre * (pitch * 1e6) * (pitch * 1e6) * quantumEfficiency
    }
}

/// How one frame is taken: what metering or the fixed exposure value came to.
public struct ShutterSetting: Sendable, Equatable {
    /// EV at ISO 100.
    public var exposureValue: Double
    /// Seconds.
    public var exposureTime: Double
    /// Amplification before the converter, at least 1, when the exposure time alone does not reach the exposure value.
    public var gain: Double

    /// The time that gives `exposureValue` at the exposure's f-number; past the longest exposure there is gain, then the longer exposure of the night, then
    /// more gain. A shutter time set by hand leaves the rest to the gain, an ISO set by hand to the time. A sensor cannot amplify by less than 1, nor be open
    /// for longer than from one picture to the next: what is asked beyond comes out too bright, or too dark.
    public init(exposureValue: Double, exposure: Exposure) {
        self.exposureValue = exposureValue
        let wanted = exposure.fNumber * exposure.fNumber / exp2(exposureValue)
        if exposure.shutter == nil, let iso = exposure.iso {
            exposureTime = min(wanted * 100 / iso, exposure.interval)
            gain = max(1, iso / 100)
        } else {
            let chosen = min(max(min(wanted, Photometry.longestExposure), wanted / Photometry.firstGain), Photometry.nightExposure)
            exposureTime = min(exposure.shutter ?? chosen, exposure.interval)
            gain = max(1, wanted / exposureTime)
        }
    }
}
