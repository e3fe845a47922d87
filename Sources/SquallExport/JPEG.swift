import CSquallImages
import Foundation
import SquallDiagnostics
import SquallFrames
import SquallMath

/// JPEG files through libjpeg-turbo: baseline, accurate transform, colour at half resolution.
public enum JPEG {
    /// - Parameter quality: 1...100 of the Independent JPEG Group.
    /// - Throws: `Failure` with the code `jpeg-failed`.
    public static func encode(_ image: Image<RGB8>, quality: Int) throws -> Data {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        var message = [CChar](repeating: 0, count: 160)
        let result = image.pixels.withUnsafeBytes { pixels in
            sq_jpeg_encode(
                pixels.bindMemory(to: UInt8.self).baseAddress, UInt32(image.width), UInt32(image.height), Int32(quality.clamped(to: 1...100)), &bytes, &count, &message)
        }
        defer { sq_jpeg_release(bytes) }
        guard result == 0, let bytes else {
            throw Failure("jpeg-failed", file: "rgb", message: "the picture cannot be encoded: \(String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))")
        }
        return Data(bytes: bytes, count: count)
    }

    /// Reads our own JPEG files back, for sheets.
    /// - Throws: `Failure` with the code `jpeg-unreadable`.
    public static func read(_ url: URL) throws -> Image<RGB8> {
        func failure(_ reason: String) -> Failure { Failure("jpeg-unreadable", file: url.path, message: "the picture cannot be read: \(reason)") }
        let data: Data
        do { data = try Data(contentsOf: url) } catch { throw failure(error.localizedDescription) }
        var header = sq_image_header()
        var message = [CChar](repeating: 0, count: 160)
        let values: [UInt8]? = data.withUnsafeBytes { bytes -> [UInt8]? in
            let base = bytes.bindMemory(to: UInt8.self).baseAddress
            guard sq_jpeg_header(base, data.count, &header, &message) == 0 else { return nil }
            let count = Int(header.width) * Int(header.height) * 4
            guard count <= 1 << 28 else { return nil }
            var out = [UInt8](repeating: 0, count: count)
            return sq_jpeg_rgba8(base, data.count, &out, count, &message) == 0 ? out : nil
        }
        guard let values else { throw failure("it is damaged or too large") }
        let (width, height) = (Int(header.width), Int(header.height))
        return Image(width: width, height: height, pixels: (0..<width * height).map { RGB8(values[4 * $0], values[4 * $0 + 1], values[4 * $0 + 2]) })
    }
}
