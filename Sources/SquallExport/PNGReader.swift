import CSquallImages
import Foundation
import SquallDiagnostics
import SquallFrames

/// Reads our own PNG files back through libpng, for sheets and verification. Bounded: at most 16384 pixels a side.
public enum PNGReader {
    public static func rgb8(_ url: URL) throws -> Image<RGB8> {
        let rgba: (width: Int, height: Int, values: [UInt8]) = try read(url, perPixel: 4, sq_png_rgba8)
        let pixels = (0..<(rgba.width * rgba.height)).map { RGB8(rgba.values[4 * $0], rgba.values[4 * $0 + 1], rgba.values[4 * $0 + 2]) }
        return Image(width: rgba.width, height: rgba.height, pixels: pixels)
    }

    /// 8- or 16-bit grey, not rescaled.
    public static func grey16(_ url: URL) throws -> Image<UInt16> {
        let grey: (width: Int, height: Int, values: [UInt16]) = try read(url, perPixel: 1, sq_png_grey16)
        return Image(width: grey.width, height: grey.height, pixels: grey.values)
    }

    /// Three values a pixel.
    public static func rgb16(_ url: URL) throws -> (width: Int, height: Int, values: [UInt16]) { try read(url, perPixel: 3, sq_png_rgb16) }

    private typealias Decoder<Value> = (UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<Value>?, Int, UnsafeMutablePointer<CChar>?) -> Int32

    private static func read<Value: BinaryInteger>(_ url: URL, perPixel: Int, _ decode: Decoder<Value>) throws -> (width: Int, height: Int, values: [Value]) {
        let data: Data
        do { data = try Data(contentsOf: url) } catch {
            throw Failure("png-unreadable", file: url.path, message: "the picture cannot be read: \(error.localizedDescription)")
        }
        var header = sq_image_header()
        var message = [CChar](repeating: 0, count: 160)
        let values: [Value]? = data.withUnsafeBytes { bytes -> [Value]? in
            let base = bytes.bindMemory(to: UInt8.self).baseAddress
            guard sq_png_header(base, data.count, &header, &message) == 0 else { return nil }
            let count = Int(header.width) * Int(header.height) * perPixel
            guard count <= 1 << 28 else { return nil }
            var out = [Value](repeating: 0, count: count)
            return decode(base, data.count, &out, count, &message) == 0 ? out : nil
        }
        guard let values else {
            let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw Failure("png-unreadable", file: url.path, message: "the picture cannot be decoded: \(reason.isEmpty ? "it is too large" : reason)")
        }
        return (Int(header.width), Int(header.height), values)
    }
}
