import CSquallKernels
import SquallRaster

/// Smooth random fields over the ground plane, fixed to the world: puddles, patches, ripples.
enum SurfaceNoise {
    /// A well-mixed integer per cell (multiply-xor-shift, after Wellons' lowbias32 scheme).
    @inline(__always) static func hash(_ x: LaneInts, _ y: LaneInts, seed: Int32) -> LaneInts {
        var h = x &* 0x27d4_eb2d &+ y &* 0x1656_67b1 &+ seed
        h = (h ^ sqv_shr(h, 15)) &* 0x2c1b_3c6d
        h = (h ^ sqv_shr(h, 12)) &* 0x297a_2d39
        return h ^ sqv_shr(h, 15)
    }

    /// Uniform in 0..<1 from a hash.
    @inline(__always) static func unit(_ h: LaneInts) -> Lanes { sqv_float(sqv_shr(h, 8)) * 0x1p-24 }

    /// Value noise in 0...1, one feature a cell, smooth between.
    @inline(__always) static func value(_ x: Lanes, _ y: Lanes, seed: Int32) -> Lanes {
        let (fx, fy) = (sqv_floor(x), sqv_floor(y))
        let (ix, iy) = (sqv_int(fx), sqv_int(fy))
        let (tx, ty) = (x - fx, y - fy)
        let (sx, sy) = (tx * tx * (3 - 2 * tx), ty * ty * (3 - 2 * ty))
        let low = mix(unit(hash(ix, iy, seed: seed)), unit(hash(ix &+ 1, iy, seed: seed)), sx)
        let high = mix(unit(hash(ix, iy &+ 1, seed: seed)), unit(hash(ix &+ 1, iy &+ 1, seed: seed)), sx)
        return mix(low, high, sy)
    }
}
