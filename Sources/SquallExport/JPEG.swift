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
}
