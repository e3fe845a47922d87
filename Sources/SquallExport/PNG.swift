import CDeflate
import CSquallImages
import CSquallKernels
import Foundation
import SquallFrames

/// PNG files: a container over our own Deflate (`sq_deflate`: runs at a pixel's distance, one Huffman code a block), with checksums from libdeflate.
/// libpng reads everything back in the tests.
///
/// The row filter is fixed per kind of picture, so bytes never depend on a heuristic. Sensor noise has nothing to find for a search, and labels are
/// runs: a general compressor takes four times as long for pictures that are as large.
public enum PNG {
    /// Of the library that checks sums.
    public static var libraryVersion: String { LIBDEFLATE_VERSION_STRING }

    /// How rows are predicted before compression: not, from the pixel to the left, or from the row above.
    public enum Filter: UInt8, Sendable { case none = 0, sub = 1, up = 2 }

    /// - Precondition: every picture has at least one pixel.
    public static func encode(_ image: Image<RGB8>, filter: Filter = .up) -> Data {
        image.pixels.withUnsafeBytes { encode($0, Layout(width: image.width, height: image.height, channels: 3, bits: 8), filter) }
    }
    public static func encode(_ image: Image<UInt8>, filter: Filter = .up) -> Data {
        image.pixels.withUnsafeBytes { encode($0, Layout(width: image.width, height: image.height, channels: 1, bits: 8), filter) }
    }
    /// 16-bit grey.
    public static func encode(_ image: Image<UInt16>, filter: Filter = .up) -> Data {
        image.pixels.withUnsafeBytes { encode($0, Layout(width: image.width, height: image.height, channels: 1, bits: 16), filter) }
    }
    /// 16-bit RGB, three values a pixel.
    public static func encodeRGB16(_ values: [UInt16], width: Int, height: Int, filter: Filter = .up) -> Data {
        precondition(values.count == width * height * 3)
        return values.withUnsafeBytes { encode($0, Layout(width: width, height: height, channels: 3, bits: 16), filter) }
    }

    private struct Layout {
        var width: Int
        var height: Int
        var channels: Int
        var bits: Int
        /// Bytes a pixel and a row.
        var step: Int { channels * bits / 8 }
        var stride: Int { width * step }
    }

    private static func encode(_ bytes: UnsafeRawBufferPointer, _ layout: Layout, _ filter: Filter) -> Data {
        precondition(layout.width > 0 && layout.height > 0)
        let size = (layout.stride + 1) * layout.height
        let filtered = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        defer { filtered.deallocate() }
        if let base = bytes.bindMemory(to: UInt8.self).baseAddress { filterRows(base, into: filtered, layout, filter) }

        let body = Buffer(capacity: sq_deflate_bound(size) + 6)
        let bytes = body.start.assumingMemoryBound(to: UInt8.self)
        (bytes[0], bytes[1]) = (0x78, 0x01)   // zlib (RFC 1950): Deflate, 32 KiB window, fastest
        let packed = sq_deflate(filtered, size, UInt32(layout.step), bytes + 2, body.capacity - 6)
        precondition(packed > 0, "out of memory")
        let sum = libdeflate_adler32(1, filtered, size)
        withUnsafeBytes(of: sum.bigEndian) { (body.start + 2 + packed).copyMemory(from: $0.baseAddress!, byteCount: 4) }
        let used = packed + 6

        var out = Data(capacity: used + 57)
        out.append(contentsOf: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        var header: [UInt8] = []
        for value in [UInt32(layout.width), UInt32(layout.height)] { withUnsafeBytes(of: value.bigEndian) { header.append(contentsOf: $0) } }
        header += [UInt8(layout.bits), layout.channels == 3 ? 2 : 0, 0, 0, 0]
        header.withUnsafeBytes { appendChunk("IHDR", $0, to: &out) }
        appendChunk("IDAT", UnsafeRawBufferPointer(start: body.start, count: used), to: &out)
        appendChunk("IEND", UnsafeRawBufferPointer(start: nil, count: 0), to: &out)
        return out
    }

    /// Uninitialised memory that frees itself.
    private final class Buffer {
        let start: UnsafeMutableRawPointer
        let capacity: Int
        init(capacity: Int) { (start, self.capacity) = (.allocate(byteCount: capacity, alignment: 64), capacity) }
        deinit { start.deallocate() }
    }

    /// PNG's 16-bit values have their high byte first; differences are taken byte by byte, so the swap may come after them.
    private static func filterRows(_ bytes: UnsafePointer<UInt8>, into target: UnsafeMutablePointer<UInt8>, _ layout: Layout, _ filter: Filter) {
        let (stride, step) = (layout.stride, layout.step)
        let swap: Int32 = layout.bits == 16 && UInt16(1).bigEndian != 1 ? 1 : 0
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: stride) { zero in
            zero.initialize(repeating: 0)
            guard let nothing = zero.baseAddress else { return }
            for y in 0..<layout.height {
                let row = bytes + y * stride
                let out = target + y * (stride + 1)
                out[0] = filter.rawValue
                switch filter {
                case .none: sq_png_difference(row, nothing, out + 1, stride, swap)
                case .up: sq_png_difference(row, y == 0 ? UnsafePointer(nothing) : row - stride, out + 1, stride, swap)
                case .sub:
                    sq_png_difference(row, nothing, out + 1, step, swap)
                    sq_png_difference(row + step, row, out + 1 + step, stride - step, swap)
                }
            }
        }
    }

    private static func appendChunk(_ type: StaticString, _ data: UnsafeRawBufferPointer, to out: inout Data) {
        withUnsafeBytes(of: UInt32(data.count).bigEndian) { out.append(contentsOf: $0) }
        out.append(type.utf8Start, count: type.utf8CodeUnitCount)
        if let base = data.bindMemory(to: UInt8.self).baseAddress { out.append(base, count: data.count) }
        let crc = libdeflate_crc32(libdeflate_crc32(0, type.utf8Start, type.utf8CodeUnitCount), data.baseAddress ?? UnsafeRawPointer(type.utf8Start), data.count)
        withUnsafeBytes(of: crc.bigEndian) { out.append(contentsOf: $0) }
    }
}
