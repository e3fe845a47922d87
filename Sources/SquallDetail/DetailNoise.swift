import CSquallKernels
import SquallRaster

/// Random fields over the ground that stay where they are: fixed to the world, repeating after 1024 m so that 32-bit numbers keep
/// millimetres anywhere on the map and no pattern jumps when the eye crosses a border.
enum DetailNoise {
    /// Metres after which every field repeats: a power of two, as every cell is.
    static let period: Float = 1024

    /// A well-mixed integer per cell (multiply-xor-shift, after Wellons' lowbias32 scheme).
    @inline(__always) static func hash(_ x: LaneInts, _ y: LaneInts, _ seed: LaneInts) -> LaneInts {
        var h = x &* 0x27d4_eb2d &+ y &* 0x1656_67b1 &+ seed &* 0x1b87_3593
        h = (h ^ sqv_shr(h, 15)) &* 0x2c1b_3c6d
        h = (h ^ sqv_shr(h, 12)) &* 0x297a_2d39
        return h ^ sqv_shr(h, 15)
    }
    @inline(__always) static func hash(_ x: LaneInts, _ y: LaneInts, seed: Int32) -> LaneInts { hash(x, y, sqv_splat_i(seed)) }

    /// Uniform in 0..<1 from a hash; further ones from the same hash by another `shuffle`.
    @inline(__always) static func unit(_ h: LaneInts) -> Lanes { sqv_float(sqv_shr(h, 8)) * 0x1p-24 }
    @inline(__always) static func unit(_ h: LaneInts, shuffle: Int32) -> Lanes { unit((h ^ sqv_shr(h, 13)) &* (2 &* shuffle &+ 0x2545_f491)) }

    /// Value noise in 0...1 with cells of `2^-exponent` metres.
    @inline(__always) static func value(_ x: Lanes, _ y: Lanes, exponent: Int, seed: Int32) -> Lanes {
        let scale = exponent >= 0 ? Float(1 << exponent) : 1 / Float(1 << -exponent)
        let mask = sqv_splat_i(Int32(period * scale) - 1)
        return pair(x * scale, y * scale, mask, sqv_splat_i(seed)).0
    }

    /// Two independent value noises for the price of one, -0.5...0.5, on a lattice that repeats after `mask + 1` cells.
    @inline(__always) static func pair(_ x: Lanes, _ y: Lanes, _ mask: LaneInts, _ seed: LaneInts) -> (Lanes, Lanes) {
        let (fx, fy) = (sqv_floor(x), sqv_floor(y))
        let (ix, iy) = (sqv_int(fx), sqv_int(fy))
        let (tx, ty) = (x - fx, y - fy)
        let (sx, sy) = (tx * tx * (3 - 2 * tx), ty * ty * (3 - 2 * ty))
        let (x0, x1, y0, y1) = (ix & mask, (ix &+ 1) & mask, iy & mask, (iy &+ 1) & mask)
        let (a, b, c, d) = (hash(x0, y0, seed), hash(x1, y0, seed), hash(x0, y1, seed), hash(x1, y1, seed))
        return (mix(mix(high(a), high(b), sx), mix(high(c), high(d), sx), sy), mix(mix(low(a), low(b), sx), mix(low(c), low(d), sx), sy))
    }
    @inline(__always) private static func high(_ h: LaneInts) -> Lanes { sqv_float(sqv_shr(h, 16)) * 0x1p-16 }
    @inline(__always) private static func low(_ h: LaneInts) -> Lanes { sqv_float(h & 0xffff) * 0x1p-16 }

    /// Share of a pixel `footprint` wide, centred `distance` from the middle of a line, that the line covers: exact for a box filter, so a
    /// line keeps its total light however far away it is.
    @inline(__always) static func line(_ distance: Lanes, halfWidth: Lanes, footprint: Lanes) -> Lanes {
        let half = sqv_max(footprint, splat(1e-4)) * 0.5
        let covered = sqv_min(distance + half, halfWidth) - sqv_max(distance - half, -halfWidth)
        return clamp01(covered / (half * 2))
    }
}
