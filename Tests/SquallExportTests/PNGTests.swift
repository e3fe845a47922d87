import CSquallImages
import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallMath
import Testing

@Suite struct PNGTests {
    static let sizes = [(1, 1), (1, 7), (7, 1), (3, 5), (17, 9), (64, 33), (131, 2)]
    static let filters: [PNG.Filter] = [.none, .sub, .up]

    private func values<T: FixedWidthInteger>(_ count: Int, _ type: T.Type, seed: UInt64) -> [T] {
        var random = CounterRandom(seed: seed, path: "png")
        // Half noise, half smooth.
        return (0..<count).map { $0 % 2 == 0 ? T(truncatingIfNeeded: random.nextUInt64()) : T(truncatingIfNeeded: $0 * 3) }
    }

    private func reading<R>(_ data: Data, _ body: (URL) throws -> R) throws -> R {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("squall-\(UUID().uuidString).png")
        defer { try? FileManager.default.removeItem(at: url) }
        try data.write(to: url)
        return try body(url)
    }

    @Test("libpng reads back every kind of picture, size and filter", arguments: filters) func roundTrip(filter: PNG.Filter) throws {
        for (w, h) in Self.sizes {
            let bytes = values(w * h * 3, UInt8.self, seed: 1)
            let rgb = Image(width: w, height: h, pixels: (0..<(w * h)).map { RGB8(bytes[3 * $0], bytes[3 * $0 + 1], bytes[3 * $0 + 2]) })
            #expect(try reading(PNG.encode(rgb, filter: filter)) { try PNGReader.rgb8($0) }.pixels == rgb.pixels)
            let grey = Image(width: w, height: h, pixels: values(w * h, UInt8.self, seed: 2))
            #expect(try reading(PNG.encode(grey, filter: filter)) { try PNGReader.grey16($0) }.pixels == grey.pixels.map { UInt16($0) })
            let deep = Image(width: w, height: h, pixels: values(w * h, UInt16.self, seed: 3))
            let back = try reading(PNG.encode(deep, filter: filter)) { try PNGReader.grey16($0) }
            #expect(back.pixels == deep.pixels && back.width == w && back.height == h)
            let triples = values(w * h * 3, UInt16.self, seed: 4)
            #expect(try reading(PNG.encodeRGB16(triples, width: w, height: h, filter: filter)) { try PNGReader.rgb16($0) }.values == triples)
        }
    }

    @Test("the header says what the picture is, and equal pictures have equal bytes") func header() {
        let data = PNG.encode(Image<UInt16>(width: 300, height: 2, filledWith: 7))
        var header = sq_image_header()
        let code = data.withUnsafeBytes { sq_png_header($0.bindMemory(to: UInt8.self).baseAddress, data.count, &header, nil) }
        #expect(code == 0 && header.width == 300 && header.height == 2 && header.bits == 16 && header.channels == 1)
        #expect(data == PNG.encode(Image<UInt16>(width: 300, height: 2, filledWith: 7)))
    }

    @Test("a damaged picture is a Failure with its file, never a crash") func damaged() throws {
        let good = PNG.encode(Image(width: 40, height: 30, pixels: values(1200, UInt16.self, seed: 9)))
        for cut in [0, 1, 8, 20, 33, 60, good.count / 2, good.count - 13] {
            #expect(throws: Failure.self) { try reading(good.prefix(cut)) { try PNGReader.grey16($0) } }
        }
        for at in stride(from: 0, to: good.count, by: 97) {
            var bad = good
            bad[at] ^= 0x5A
            _ = try? reading(bad) { try PNGReader.grey16($0) }
        }
        #expect(throws: Failure.self) { try PNGReader.rgb8(URL(fileURLWithPath: "/nowhere/at/all.png")) }
    }

    @Test("depth is 256 a metre to the nearest, 0 for none, never 0 for something") func depth() {
        let metres: [Float] = [.infinity, .nan, 0, 0.001, 1, 1.00195, 1.0021, 100.25, 255.99, 255.998, 256, 1e9, -.infinity]
        let image = LabelImages.depth(Image(width: metres.count, height: 1, pixels: metres))
        #expect(image.pixels == [0, 0, 1, 1, 256, 256, 257, 25_664, 65_533, 65_535, 65_535, 65_535, 0])
        let ramp = (1...5000).map { Float($0) * 0.05 }
        let written = LabelImages.depth(Image(width: 5000, height: 1, pixels: ramp)).pixels
        #expect(zip(ramp, written).allSatisfy { abs($0 * 256 - Float($1)) <= 0.5 })
    }

    @Test("flow is 64 a pixel about 2^15, to the nearest; out of range is none") func flow() {
        let nan = Float.nan
        let motions: [SIMD2<Float>] = [
            .zero, SIMD2(1, -1), SIMD2(511.98, -511.98), SIMD2(512, 0), SIMD2(511.99216, 511.9961), SIMD2(0, -513), SIMD2(nan, 0), SIMD2(0, nan), SIMD2(.infinity, 0), SIMD2(0.0077, 0.0079),
            SIMD2(-0.0077, -0.0079),
        ]
        let values = LabelImages.flow(Image(width: 11, height: 1, pixels: motions), occluded: Image(width: 11, height: 1, pixels: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
        let expected: [[UInt16]] = [
            [32_768, 32_768, 1], [32_832, 32_704, 2], [65_535, 1, 1], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [32_768, 32_769, 1], [32_768, 32_767, 1],
        ]
        #expect(values == expected.flatMap { $0 })
    }

    @Test("normals are 127.5 (n + 1), black for none") func normals() {
        let image = LabelImages.normals(Image(width: 4, height: 1, pixels: [.zero, SIMD3(1, 0, -1), SIMD3(0, -1, 0), SIMD3(0.6, 0, -0.75)]))
        #expect(image.pixels == [RGB8(0, 0, 0), RGB8(255, 128, 0), RGB8(128, 0, 128), RGB8(204, 128, 32)])
    }

    @Test("point records read back whole") func points() {
        let points = Samples.points()
        let data = PointFile.encode(points)
        #expect(data.count == 28 * points.count && PointFile.decode(data) == points && PointFile.decode(Data())?.isEmpty == true)
        #expect(PointFile.decode(data.dropLast()) == nil)
        // Offsets as documented, little-endian.
        #expect(Array(data[16..<28]) == [0xE0, 0xB1, 0xFF, 0xFF, 0, 0, 2, 0, 13, 0, 0, 0])
    }
}
