/// What is written of a camera's picture; `CameraFrame.rgb` always holds it as a viewer shows it.
public enum PictureFile: Sendable, Equatable {
    /// `rgb`, PNG.
    case srgb8
    /// `rgb`, JPEG of a quality of 1 to 100.
    case jpeg(quality: Int)
    /// Linear RGB of 12 bits, three values a pixel, in 16-bit PNG.
    case linear12([UInt16])
    /// Converter counts behind the mosaic red green / green blue, black level included, in 16-bit grey PNG.
    case bayer([UInt16])

    /// As scenes and records call it.
    public var name: String {
        switch self {
        case .srgb8: "srgb8"
        case .jpeg: "jpeg"
        case .linear12: "linear12"
        case .bayer: "bayer"
        }
    }
    /// Of its file name.
    public var fileExtension: String { if case .jpeg = self { "jpg" } else { "png" } }
    /// Whether any viewer shows it as it was seen.
    public var isDisplayReferred: Bool {
        switch self {
        case .srgb8, .jpeg: true
        case .linear12, .bayer: false
        }
    }
}

/// How a picture was exposed.
public struct ShutterRecord: Sendable, Equatable, Codable {
    /// Seconds that each row was open, and between the openings of neighbouring rows; the middle row's middle is the stamp.
    public var exposureTime: Double, lineTime: Double
    /// Amplification before the converter.
    public var gain: Double
    public init(exposureTime: Double, lineTime: Double, gain: Double) { (self.exposureTime, self.lineTime, self.gain) = (exposureTime, lineTime, gain) }
}
