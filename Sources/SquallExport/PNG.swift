import CDeflate
import Foundation
import SquallFrames

/// PNG files: a container over libdeflate, level 1. libpng reads everything back in the tests.
///
/// Row filters are fixed per kind of picture (none for noisy colour, sub for smooth data): bytes never depend on a heuristic.
public enum PNG {
    /// How rows are predicted before compression.
    public enum Filter: UInt8, Sendable { case none = 0, sub = 1, up = 2 }

    public static func encode(_ image: Image<RGB8>, filter: Filter = .up) -> Data {
        image.pixels.withUnsafeBytes { encode($0, width: image.width, height: image.height, channels: 3, bits: 8, filter: filter) }
    }
    public static func encode(_ image: Image<UInt8>, filter: Filter = .up) -> Data {
        image.pixels.withUnsafeBytes { encode($0, width: image.width, height: image.height, channels: 1, bits: 8, filter: filter) }
    }
    /// 16-bit grey.
    public static func encode(_ image: Image<UInt16>, filter: Filter = .up) -> Data {
        let big = image.pixels.map { $0.bigEndian }
        return big.withUnsafeBytes { encode($0, width: image.width, height: image.height, channels: 1, bits: 16, filter: filter) }
    }
    /// 16-bit RGB, three values a pixel.
    public static func encodeRGB16(_ values: [UInt16], width: Int, height: Int, filter: Filter = .up) -> Data {
        precondition(values.count == width * height * 3)
        let big = values.map { $0.bigEndian }
        return big.withUnsafeBytes { encode($0, width: width, height: height, channels: 3, bits: 16, filter: filter) }
    }

    private static func encode(_ bytes: UnsafeRawBufferPointer, width: Int, height: Int, channels: Int, bits: Int, filter: Filter) -> Data {
        let filtered = filterRows(bytes, stride: width * channels * bits / 8, height: height, step: channels * bits / 8, filter: filter)
        var out = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        var header = Data()
        for value in [UInt32(width), UInt32(height)] { withUnsafeBytes(of: value.bigEndian) { header.append(contentsOf: $0) } }
        header.append(contentsOf: [UInt8(bits), channels == 3 ? 2 : 0, 0, 0, 0])
        appendChunk("IHDR", header, to: &out)
        appendChunk("IDAT", compress(filtered), to: &out)
        appendChunk("IEND", Data(), to: &out)
        return out
    }

    private static func filterRows(_ bytes: UnsafeRawBufferPointer, stride: Int, height: Int, step: Int, filter: Filter) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: (stride + 1) * height) { out, count in
            for y in 0..<height {
                let target = out.baseAddress! + y * (stride + 1)
                let row = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self) + y * stride
                let kind: Filter = y == 0 && filter == .up ? .none : filter
                target[0] = kind.rawValue
                let data = target + 1
                switch kind {
                case .none: data.update(from: row, count: stride)
                case .up: for x in 0..<stride { data[x] = row[x] &- row[x - stride] }
                case .sub:
                    data.update(from: row, count: min(step, stride))
                    for x in min(step, stride)..<stride { data[x] = row[x] &- row[x - step] }
                }
            }
            count = (stride + 1) * height
        }
    }

    private static func compress(_ bytes: [UInt8]) -> Data {
        guard let compressor = libdeflate_alloc_compressor(1) else { preconditionFailure("libdeflate: out of memory") }
        defer { libdeflate_free_compressor(compressor) }
        var out = Data(count: libdeflate_zlib_compress_bound(compressor, bytes.count))
        let used = out.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes { libdeflate_zlib_compress(compressor, $0.baseAddress, $0.count, target.baseAddress, target.count) }
        }
        return out.prefix(used)
    }

    private static func appendChunk(_ type: String, _ data: Data, to out: inout Data) {
        withUnsafeBytes(of: UInt32(data.count).bigEndian) { out.append(contentsOf: $0) }
        let start = out.count
        out.append(contentsOf: Array(type.utf8))
        out.append(data)
        let crc = out.suffix(from: start).withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
        withUnsafeBytes(of: crc.bigEndian) { out.append(contentsOf: $0) }
    }
}
