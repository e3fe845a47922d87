import CSquallKernels
import SquallRaster

/// Bare earth and forest floor: clods, needles and leaves, moss.
enum SoilDetail {
    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let (g, h) = p.grain(seed: 271)
        let litter = p.field(3, seed: 277), patch = p.field(-1, seed: 281), wide = p.field(-4, seed: 283)
        let lumps: Lanes = (litter - 0.5) * 0.5 + (patch - 0.5) * 0.4
        s.shade(sqv_max(sqv_fma(g, p.contrast(1.1, octave: 4.5, fall: 0.42), lumps) + 1, splat(0.2)))
        let moss = smoothstep(0.55, 0.8, patch * 0.5 + wide * 0.5 + g * 0.15)
        s.cover(SIMD3(0.045, 0.062, 0.022), roughness: 0.95, share: moss * 0.75)
        let bump = p.contrast(0.8, octave: 4, fall: 0.6)
        s.lean(g * bump, h * bump)
    }
}
