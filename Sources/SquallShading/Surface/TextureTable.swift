import CSquallKernels
import Foundation
import SquallAssets
import SquallFrames
import SquallMath
import SquallRaster

/// All textures of a world with their mip-maps, in one block of memory that eight lanes at a time can look things up in.
///
/// A texel is 32 bits: 11 red, 11 green, 10 blue. sRGB pictures keep the square root of the linear value, so that decoding is
/// one product and dark tones keep their steps; other pictures (normals, roughness) keep the value itself. Mip levels are
/// box-filtered in linear light. Alpha is not here: cut-outs are the rasterizer's, which cuts by the full-sized texture at any distance,
/// so that far trees keep their leaves; what is cut away only has no say in the colour of what is left.
final class TextureTable: @unchecked Sendable {   // written in `init` only
    static let levelLimit = 16

    /// What a look-up needs to know of one texture.
    struct Entry {
        var width: Int32, height: Int32, levels: Int32
        var repeats: Bool, srgb: Bool
    }
    private let entries: UnsafeMutablePointer<Entry>
    /// First texel of each level, `levelLimit` per texture.
    private let offsets: UnsafeMutablePointer<UInt32>
    private let texels: UnsafeMutablePointer<UInt32>

    init(_ textures: [Texture]) {
        var entries: [Entry] = []
        var starts: [UInt32] = []
        var total = 0
        for texture in textures {
            let (width, height) = (max(1, texture.image.width), max(1, texture.image.height))
            let levels = min(Self.levelLimit, Int(log2(Double(max(width, height)))) + 1)
            for level in 0..<Self.levelLimit {
                starts.append(UInt32(total))
                if level < levels { total += max(1, width >> level) * max(1, height >> level) }
            }
            entries.append(Entry(width: Int32(width), height: Int32(height), levels: Int32(levels), repeats: texture.repeats, srgb: texture.srgb))
        }
        self.entries = .allocate(capacity: max(1, entries.count))
        self.entries.initialize(from: entries, count: entries.count)
        offsets = .allocate(capacity: max(1, starts.count))
        offsets.initialize(from: starts, count: starts.count)
        texels = .allocate(capacity: max(1, total))
        texels.initialize(repeating: 0, count: max(1, total))
        for (index, texture) in textures.enumerated() where !texture.image.pixels.isEmpty { fill(index, texture) }
    }

    deinit {
        entries.deallocate()
        offsets.deallocate()
        texels.deallocate()
    }

    private func fill(_ index: Int, _ texture: Texture) {
        let decode: [Float] = (0...255).map { byte in
            let v = Double(byte) / 255
            return Float(texture.srgb ? TransferCurve.decode(v) : v)
        }
        if texture.srgb, texture.image.pixels.contains(where: { $0.a < 255 }) {
            let colors = texture.image.pixels.map { SIMD4<Float>(decode[Int($0.r)], decode[Int($0.g)], decode[Int($0.b)], Float($0.a) / 255) }
            let levels = MipMap.withoutHoles(colors, texture.image.width, texture.image.height, levels: Int(entries[index].levels))
            for (step, level) in levels.enumerated() { store(level, at: Int(offsets[index * Self.levelLimit + step]), squareRoot: true) }
            return
        }
        var level = texture.image.pixels.map { SIMD3<Float>(decode[Int($0.r)], decode[Int($0.g)], decode[Int($0.b)]) }
        var (width, height) = (texture.image.width, texture.image.height)
        for step in 0..<Int(entries[index].levels) {
            store(level, at: Int(offsets[index * Self.levelLimit + step]), squareRoot: texture.srgb)
            (level, width, height) = MipMap.halve(level, width, height)
        }
    }

    private func store(_ level: [SIMD3<Float>], at start: Int, squareRoot: Bool) {
        for (i, value) in level.enumerated() { texels[start + i] = Self.pack(value, squareRoot: squareRoot) }
    }

    private static func pack(_ value: SIMD3<Float>, squareRoot: Bool) -> UInt32 {
        let v = squareRoot ? SIMD3(value.x.squareRoot(), value.y.squareRoot(), value.z.squareRoot()) : value
        return UInt32((v.x * 2047).rounded()) | UInt32((v.y * 2047).rounded()) << 11 | UInt32((v.z * 1023).rounded()) << 22
    }

    /// Trilinear look-up; derivatives are of the coordinates per pixel. sRGB textures give linear values.
    @inline(__always) func sample(_ texture: Int32, _ point: borrowing ShadePoint8) -> Color8 {
        let entry = entries[Int(texture)]
        let size = (width: Float(entry.width), height: Float(entry.height))
        let across = sqv_fma(point.dudx * point.dudx, sqv_splat(size.width * size.width), point.dvdx * point.dvdx * (size.height * size.height))
        let down = sqv_fma(point.dudy * point.dudy, sqv_splat(size.width * size.width), point.dvdy * point.dvdy * (size.height * size.height))
        // Between the blur of the longer footprint axis and the shimmer of the shorter one: 0.6 of the longer.
        let footprint = sqv_max(sqv_max(across, down) * 0.36, sqv_splat(1e-12))
        let top = Float(entry.levels - 1)
        let lod = sqv_min(sqv_max(sqv_log2(footprint) * 0.5, sqv_splat(0)), sqv_splat(top))
        let low = sqv_int(lod)
        let fraction = lod - sqv_float(low)
        let first = bilinear(texture, entry, low, point.u, point.v)
        if sqv_bits(sqv_less(sqv_splat(0.01), fraction) & point.active) == 0 { return first }
        let second = bilinear(texture, entry, sqv_clamp_i(low &+ 1, 0, entry.levels - 1), point.u, point.v)
        return Color8(
            r: sqv_fma(second.r - first.r, fraction, first.r), g: sqv_fma(second.g - first.g, fraction, first.g),
            b: sqv_fma(second.b - first.b, fraction, first.b))
    }

    @inline(__always) private func bilinear(_ texture: Int32, _ entry: Entry, _ level: SIMD8<Int32>, _ u: SIMD8<Float>, _ v: SIMD8<Float>) -> Color8 {
        let start = sqv_gather_i(offsets, level &+ (texture &* Int32(Self.levelLimit)))
        let width = sqv_clamp_i(SIMD8(repeating: entry.width) &>> level, 1, .max)
        let height = sqv_clamp_i(SIMD8(repeating: entry.height) &>> level, 1, .max)
        let (x0, x1, fx) = taps(u, width, repeats: entry.repeats)
        let (y0, y1, fy) = taps(v, height, repeats: entry.repeats)
        let (row0, row1) = (start &+ y0 &* width, start &+ y1 &* width)
        let (a, b) = (sqv_gather_i(texels, row0 &+ x0), sqv_gather_i(texels, row0 &+ x1))
        let (c, d) = (sqv_gather_i(texels, row1 &+ x0), sqv_gather_i(texels, row1 &+ x1))
        let (wa, wb, wc, wd) = ((1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy)
        return Color8(
            r: channel(a, b, c, d, wa, wb, wc, wd, shift: 0, mask: 0x7ff, scale: 1 / 2047, squared: entry.srgb),
            g: channel(a, b, c, d, wa, wb, wc, wd, shift: 11, mask: 0x7ff, scale: 1 / 2047, squared: entry.srgb),
            b: channel(a, b, c, d, wa, wb, wc, wd, shift: 22, mask: 0x3ff, scale: 1 / 1023, squared: entry.srgb))
    }

    @inline(__always) private func channel(
        _ a: SIMD8<Int32>, _ b: SIMD8<Int32>, _ c: SIMD8<Int32>, _ d: SIMD8<Int32>, _ wa: SIMD8<Float>, _ wb: SIMD8<Float>, _ wc: SIMD8<Float>,
        _ wd: SIMD8<Float>, shift: Int32, mask: Int32, scale: Float, squared: Bool
    ) -> SIMD8<Float> {
        let va = sqv_float(sqv_shr(a, shift) & mask), vb = sqv_float(sqv_shr(b, shift) & mask)
        let vc = sqv_float(sqv_shr(c, shift) & mask), vd = sqv_float(sqv_shr(d, shift) & mask)
        if squared { return sqv_fma(va * va, wa, sqv_fma(vb * vb, wb, sqv_fma(vc * vc, wc, vd * vd * wd))) * (scale * scale) }
        return sqv_fma(va, wa, sqv_fma(vb, wb, sqv_fma(vc, wc, vd * wd))) * scale
    }

    /// Neighbouring texels along one axis and the weight of the second.
    @inline(__always) private func taps(_ t: SIMD8<Float>, _ size: SIMD8<Int32>, repeats: Bool) -> (SIMD8<Int32>, SIMD8<Int32>, SIMD8<Float>) {
        let inside = repeats ? t - sqv_floor(t) : sqv_min(sqv_max(t, sqv_splat(0)), sqv_splat(1))
        let x = sqv_fma(inside, sqv_float(size), sqv_splat(-0.5))
        let base = sqv_floor(x)
        let i = sqv_int(base), last = size &- 1
        let zero = SIMD8<Int32>(repeating: 0)
        if repeats {
            let next = i &+ 1
            return (sqv_select_i(i &>> 31, last, i), sqv_select_i((last &- next) &>> 31, zero, next), x - base)
        }
        let next = i &+ 1
        return (sqv_select_i(i &>> 31, zero, i), sqv_select_i((last &- next) &>> 31, last, next), x - base)
    }
}
