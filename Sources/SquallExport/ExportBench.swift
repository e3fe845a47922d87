import Foundation
import SquallFrames
import SquallMath

/// What writing one 1280 x 720 frame costs, on pictures with a road scene's statistics: noisy colour, planes of depth, smooth flow.
public enum ExportBench {
    public struct Timing: Sendable {
        public var name: String
        /// The fastest of several rounds.
        public var milliseconds: Double
        /// Bytes written, 0 where nothing is.
        public var bytes: Int
    }

    public static func run(rounds: Int = 9) -> [Timing] {
        let street = Street(width: 1280, height: 720)
        let depth = LabelImages.depth(street.depth)
        let normals = LabelImages.normals(street.normals)
        let flow = LabelImages.flow(street.flow, occluded: street.hidden)
        let points = street.points(130_000)
        let (linear, classes) = (street.linear, street.classes)
        let blob = Data(repeating: 0xA5, count: 16 << 20)
        return [
            time("rgb png", rounds) { PNG.encode(street.rgb).count },
            time("rgb jpeg", rounds) { (try? JPEG.encode(street.rgb, quality: 92).count) ?? 0 },
            time("linear rgb 12-bit png", rounds) { PNG.encodeRGB16(linear, width: 1280, height: 720).count },
            time("depth, ids and classes png", rounds) {
                PNG.encode(LabelImages.depth(street.depth)).count + PNG.encode(street.ids).count + PNG.encode(classes).count
            },
            time("those with both flows and normals", rounds) {
                let flows = (0..<2).map { _ in PNG.encodeRGB16(LabelImages.flow(street.flow, occluded: street.hidden), width: 1280, height: 720).count }
                let maps = PNG.encode(LabelImages.depth(street.depth)).count + PNG.encode(street.ids).count + PNG.encode(classes).count
                return flows[0] + flows[1] + maps + PNG.encode(LabelImages.normals(street.normals)).count
            },
            time("depth png", rounds) { PNG.encode(depth).count },
            time("instance png", rounds) { PNG.encode(street.ids).count },
            time("normals png", rounds) { PNG.encode(normals).count },
            time("flow png", rounds) { PNG.encodeRGB16(flow, width: 1280, height: 720).count },
            time("depth to 16 bits", rounds) { LabelImages.depth(street.depth).pixels.count * 2 },
            time("normals to 8 bits", rounds) { LabelImages.normals(street.normals).pixels.count * 3 },
            time("flow to 16 bits", rounds) { LabelImages.flow(street.flow, occluded: street.hidden).count * 2 },
            time("point records, 130,000", rounds) { PointFile.encode(points).count },
            time("masks of 40 objects as RLE", rounds) { (1...40).reduce(0) { $0 + RunLengthMask(of: UInt16($1), in: street.ids, window: street.box($1)).counts.utf8.count } },
            time("SHA-256, 16 MiB", rounds) { SHA256.hexDigest(of: blob).utf8.count },
        ]
    }

    private static func time(_ name: String, _ rounds: Int, _ body: () -> Int) -> Timing {
        var (best, bytes) = (Double.infinity, 0)
        for _ in 0..<max(1, rounds) {
            let took = ContinuousClock().measure { bytes = body() }
            best = min(best, Double(took.components.seconds) * 1e3 + Double(took.components.attoseconds) * 1e-15)
        }
        return Timing(name: name, milliseconds: best, bytes: bytes)
    }

    /// A flat road under a sky, 40 upright boxes on it, seen from 1.6 m while driving ahead.
    private struct Street {
        var rgb: Image<RGB8>
        var depth: Image<Float>
        var ids: Image<UInt16>
        var classes: Image<UInt8> { Image(width: ids.width, height: ids.height, pixels: ids.pixels.map { UInt8($0 % 24) }) }
        var linear: [UInt16] {
            var values: [UInt16] = []
            for pixel in rgb.pixels { for value in [pixel.r, pixel.g, pixel.b] { values.append(UInt16(value) << 4 | UInt16(value & 7)) } }
            return values
        }
        var normals: Image<SIMD3<Float>>
        var flow: Image<SIMD2<Float>>
        var hidden: Image<UInt8>

        init(width: Int, height: Int) {
            rgb = Image(width: width, height: height, filledWith: RGB8(0, 0, 0))
            depth = Image(width: width, height: height, filledWith: .infinity)
            ids = Image(width: width, height: height, filledWith: 0)
            normals = Image(width: width, height: height, filledWith: .zero)
            flow = Image(width: width, height: height, filledWith: SIMD2(repeating: .nan))
            hidden = Image(width: width, height: height, filledWith: 0)
            for y in 0..<height { for x in 0..<width { shade(x, y) } }
        }

        /// Where object n stands in the picture.
        func box(_ n: Int) -> Box2D {
            let size = Double(12 + (41 - n) * 4)
            let left = Double(n * 389 % (rgb.width - 200))
            return Box2D(left: left, top: Double(rgb.height / 2) - size * 0.6, right: left + size * 1.3, bottom: Double(rgb.height / 2) + size * 0.4)
        }

        private mutating func shade(_ x: Int, _ y: Int) {
            let (below, i) = (Float(y) + 0.5 - Float(rgb.height) / 2, y * rgb.width + x)
            let noise = Int(philox4x32(counter: SIMD4(UInt32(i), 0, 0, 0), key: .zero).x)
            // Sensor noise: each colour its own.
            let grain = (0..<3).map { (noise >> (8 * $0) & 3) + (noise >> (8 * $0 + 2) & 3) + (noise >> (8 * $0 + 4) & 3) - 4 }
            var base = below < 0 ? 200 + Int(below / 8) : 90 + Int(below / 12)
            if below > 1 {
                (depth.pixels[i], normals.pixels[i]) = (1600 / below, SIMD3(0, -0.999, -0.045))
            }
            if let n = (1...40).first(where: { holds(box($0), x, y) }) {
                ids.pixels[i] = UInt16(n)
                base = 40 + n * 4 + x % 97 / 8
                (depth.pixels[i], normals.pixels[i]) = (Float(4 + n) + Float(x) * 0.004, SIMD3(Float(n % 3 - 1) * 0.6, 0.02, -0.8))
            }
            if depth.pixels[i].isFinite {
                let pull = 1.5 / depth.pixels[i]
                flow.pixels[i] = SIMD2((Float(x) - Float(rgb.width) / 2) * pull, below * pull)
            }
            let v = (0..<3).map { UInt8(max(0, min(255, base + grain[$0] + $0 * 7))) }
            rgb.pixels[i] = RGB8(v[0], v[1], v[2])
        }

        private func holds(_ b: Box2D, _ x: Int, _ y: Int) -> Bool { Double(x) >= b.left && Double(x) < b.right && Double(y) >= b.top && Double(y) < b.bottom }

        func points(_ count: Int) -> [LidarPoint] {
            (0..<count).map { i in
                let a = Float(i) * 0.0031
                return LidarPoint(
                    position: SIMD3(a * 3, -a, 0.4), intensity: 0.3, timeOffset: Int32(i), ring: UInt16(i % 64), instance: UInt16(i % 40), category: 13, cause: 0, returnIndex: 0)
            }
        }
    }
}
