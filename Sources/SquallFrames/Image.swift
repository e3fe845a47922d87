// SquallFrames: what a capture gives: images, clouds, labels, categories, calibration, episode and dataset records.
// Must never know: where any of it came from (no renderer, no scene, no files).
import SquallMath

/// A dense picture, rows top-down, no padding.
public struct Image<Pixel: BitwiseCopyable & Sendable>: Sendable {
    public let width: Int
    public let height: Int
    public var pixels: [Pixel]

    @inlinable public init(width: Int, height: Int, filledWith pixel: Pixel) {
        (self.width, self.height) = (width, height)
        pixels = Array(repeating: pixel, count: width * height)
    }
    /// For who writes every pixel before one is read: nothing is spent on filling it.
    @inlinable public init(unwrittenWidth width: Int, height: Int) {
        self.init(width: width, height: height, pixels: Array(unsafeUninitializedCapacity: width * height) { _, used in used = width * height })
    }

    /// - Precondition: `pixels.count == width * height`.
    @inlinable public init(width: Int, height: Int, pixels: [Pixel]) {
        precondition(pixels.count == width * height)
        (self.width, self.height, self.pixels) = (width, height, pixels)
    }
    @inlinable public subscript(x: Int, y: Int) -> Pixel {
        get { pixels[y * width + x] }
        set { pixels[y * width + x] = newValue }
    }
}

/// 8-bit sRGB.
public struct RGB8: Sendable, Equatable, BitwiseCopyable {
    public var r: UInt8, g: UInt8, b: UInt8
    @inlinable public init(_ r: UInt8, _ g: UInt8, _ b: UInt8) { (self.r, self.g, self.b) = (r, g, b) }
}

/// 8-bit with alpha, as textures arrive.
public struct RGBA8: Sendable, Equatable, BitwiseCopyable {
    public var r: UInt8, g: UInt8, b: UInt8, a: UInt8
    @inlinable public init(_ r: UInt8, _ g: UInt8, _ b: UInt8, _ a: UInt8) { (self.r, self.g, self.b, self.a) = (r, g, b, a) }
}
