import SquallFrames

/// What a camera does to light on its way to a file, beyond the exposure (`Exposure`). Everything but the sensor's noise and the processor's work on
/// it and on coloured lights is off unless asked for.
public struct CameraEffects: Sendable, Equatable {
    /// What is written for each picture.
    public enum Output: String, Sendable, Equatable, CaseIterable {
        /// 8-bit sRGB, PNG.
        case srgb8
        /// 12-bit linear RGB, white balanced, in the low bits of 16-bit PNG.
        case linear12
        /// 8-bit sRGB, JPEG.
        case jpeg
        /// The converter's own counts behind a mosaic of red, green, green, blue, in 16-bit grey PNG.
        case bayer
    }
    public var output = Output.srgb8
    /// Of a JPEG, 1...100.
    public var quality = 92
    /// Seconds between the exposures of neighbouring rows, 0 for a shutter that opens everywhere at once. The middle row is at the stamp.
    public var lineTime = 0.0
    /// Whether things smear along their motion while the shutter is open.
    public var motionBlur = false
    /// Share of light that the lens scatters about its source, 0 for none.
    public var glare = 0.0
    /// Brightness of the ghosts that mirror a source through the picture's centre, beside the source; 0 for none.
    public var flare = 0.0
    /// Whether the lens's fall-off towards the corners stays in the picture instead of being divided out.
    public var vignetting = false
    /// Colour temperature that comes out grey, kelvin; nil follows the light.
    public var whiteBalance: Double?
    /// Time constant with which automatic exposure follows the light, seconds; 0 for at once.
    public var exposureDelay = 0.0

    /// Whether the sensor adds noise: shot, dark, read and fixed pattern.
    public var noise = true
    /// Whether pictures taken with gain are smoothed.
    public var denoise = true
    /// Whether coloured lights brighter than white keep their hue.
    public var highlights = true

    public init() {}

    /// Light as it falls, numbers as the converter gives them.
    public static let none: CameraEffects = {
        var effects = CameraEffects()
        (effects.denoise, effects.highlights) = (false, false)
        return effects
    }()
}
