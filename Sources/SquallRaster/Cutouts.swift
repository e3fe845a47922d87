import CSquallKernels
import SquallAssets
import SquallFrames
import SquallGeometry

/// Which texels of alpha-masked surfaces are there: one byte each, so that a test costs a look and no division.
///
/// The rule is that of `OpacityMask`, which rays go by: the texel that holds the point, in the full-sized texture whatever the distance.
final class Cutouts: Sendable {
    struct Entry: BitwiseCopyable {
        /// First texel in `texels`.
        var start = 0
        var width: Int32 = 0, height: Int32 = 0
        var repeats = false
    }
    nonisolated(unsafe) private let entries: Block<Entry>   // written once, in `init`
    nonisolated(unsafe) private let texels: Block<UInt8>
    let count: Int

    /// - Parameter wanted: texture and least alpha (0...1) of each entry.
    init(_ wanted: [(texture: Texture, threshold: Float)]) {
        count = wanted.count
        entries = Block(capacity: wanted.count)
        texels = Block(capacity: wanted.reduce(0) { $0 + $1.texture.image.pixels.count })
        var start = 0
        for (index, surface) in wanted.enumerated() {
            let image = surface.texture.image
            entries.base[index] = Entry(start: start, width: Int32(image.width), height: Int32(image.height), repeats: surface.texture.repeats)
            for (k, pixel) in image.pixels.enumerated() { texels.base[start + k] = Float(pixel.a) / 255 < surface.threshold ? 0 : 1 }
            start += image.pixels.count
        }
    }

    /// The lanes of `mask` whose texel is there. - Parameter u, v: texture coordinates, (0, 0) at the top-left corner.
    @inline(__always)
    func kept(_ index: Int32, u: SIMD8<Float>, v: SIMD8<Float>, mask: SIMD8<Int32>) -> SIMD8<Int32> {
        let entry = entries.base[Int(index)]
        let x = Self.texel(u, entry.width, entry.repeats), y = Self.texel(v, entry.height, entry.repeats)
        let places = sqv_add(sqv_mul(y, sqv_splat_i(entry.width)), x)
        let table = UnsafePointer(texels.base + entry.start)
        var (left, result) = (sqv_bits(mask), mask)
        while left != 0 {
            let lane = left.trailingZeroBitCount
            left &= left &- 1
            if table[Int(places[lane])] == 0 { result[lane] = 0 }
        }
        return result
    }

    /// The same for one point.
    func isKept(_ index: Int32, u: Float, v: Float) -> Bool { kept(index, u: sqv_splat(u), v: sqv_splat(v), mask: SIMD8(-1, 0, 0, 0, 0, 0, 0, 0))[0] < 0 }

    @inline(__always)
    private static func texel(_ t: SIMD8<Float>, _ size: Int32, _ repeats: Bool) -> SIMD8<Int32> {
        let unit = repeats ? t - sqv_floor(t) : t
        // What is not a number becomes 0: the larger of it and 0 is 0.
        let inside = sqv_min(sqv_max(unit, sqv_splat(0)), sqv_splat(1))
        return sqv_min_i(sqv_int(inside * Float(size)), sqv_splat_i(size &- 1))
    }
}

extension PreparedMeshes {
    /// Whether a material has holes at all.
    package func hasHoles(_ material: Int32) -> Bool { material >= 0 && Int(material) < surfaceCount && surfaces.base[Int(material)].cutout >= 0 }

    /// Whether a material has a hole at a texture coordinate.
    package func isHole(_ material: Int32, u: Float, v: Float) -> Bool { hasHoles(material) && !cutouts.isKept(surfaces.base[Int(material)].cutout, u: u, v: v) }
}
