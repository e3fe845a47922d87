import CSquallKernels
import SquallRaster

/// Slabs of half a metre in running bond, each of its own shade, with open joints, stains and what was trodden into them.
enum PavingDetail {
    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let (g, h) = p.grain(seed: 151)
        let row = sqv_floor(p.v * 2), shift = (sqv_float(sqv_int(row) & 1)) * 0.5
        let column = sqv_floor(p.u * 2 + shift)
        let x = sqv_abs(p.u * 2 + shift - column - 0.5) - 0.5, y = sqv_abs(p.v * 2 - row - 0.5) - 0.5
        let joint = sqv_max(DetailNoise.line(x, halfWidth: splat(0.012), footprint: p.du * 2), DetailNoise.line(y, halfWidth: splat(0.012), footprint: p.dv * 2))
        let hash = DetailNoise.hash(sqv_int(column), sqv_int(row), seed: 157)
        let shown = clamp01(1.6 - sqv_max(p.du, p.dv) * 3)
        let slab = (DetailNoise.unit(hash) - 0.5) * shown
        let stain = p.field(0, seed: 163), wide = p.field(-3, seed: 167)
        let spots = smoothstep(0.80, 0.86, p.field(4, seed: 173)) * p.fade(0.05) * 0.35
        let grime: Lanes = (stain - 0.5) * 0.14 + (wide - 0.5) * 0.12
        let tone: Lanes = sqv_fma(g, p.contrast(0.26, octave: 5), slab * 0.26 + grime) + 1
        s.shade(tone * (1 - joint * 0.55) * (1 - spots))
        let bump = p.contrast(0.12, octave: 5), tilt = slab * 0.03
        s.lean(g * bump + tilt, h * bump - tilt)
    }
}
