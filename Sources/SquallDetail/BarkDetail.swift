import CSquallKernels
import SquallRaster

/// Bark: furrows that run up the trunk, broken into plates, green with algae in places.
enum BarkDetail {
    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let near = p.fade(0.04)
        let patch = p.field(1, seed: 397), wide = p.field(-1, seed: 401)
        var tone: Lanes = 1 + (patch - 0.5) * 0.24
        s.cover(SIMD3(0.055, 0.070, 0.030), roughness: 0.95, share: smoothstep(0.55, 0.8, wide) * 0.22)
        if sqv_bits(sqv_less(splat(0), near)) != 0 {
            // A field over the plan, drawn out along the trunk and bent a little: 32 cells a metre.
            let bend = (DetailNoise.value(p.x, p.y, exponent: 2, seed: 409) - 0.5) * 0.06
            let mask = sqv_splat_i(Int32(DetailNoise.period) * 32 - 1)
            let (ridge, side) = DetailNoise.pair((p.plainX + bend) * 32, (p.plainY + bend) * 32, mask, sqv_splat_i(419))
            let cut = DetailNoise.value(p.x, p.y, exponent: 4, seed: 421)
            let furrow = smoothstep(0.0, 0.34, sqv_abs(sqv_fma(cut - 0.5, splat(0.35), ridge - 0.5)) * 2)
            tone = tone * sqv_fma((furrow - 0.74) * near, splat(0.62), splat(1))
            let lean = near * 0.5
            s.tilt(Vector8(x: -s.normal.y, y: s.normal.x, z: splat(0)), (side - 0.5) * lean, (cut - 0.5) * lean * 0.5)
        }
        s.shade(tone)
    }
}
