import CSquallKernels
import SquallRaster

/// Sand and stony desert: fine grain, wind ripples, pebbles, pale and dark fields.
enum SandDetail {
    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let (g, h) = p.grain(seed: 293)
        let wide = p.field(-5, seed: 307), patch = p.field(-2, seed: 311)
        let bend = p.field(-1, seed: 313)
        let phase = (p.x * 0.8 + p.y * 0.6) * 5 + bend * 5
        // Ripples every 20 cm, as long as a pixel holds less than half of one.
        let ripple = sqv_cos_turn(phase - sqv_floor(phase)) * p.fade(0.16) * smoothstep(0.4, 0.7, patch)
        let stones = smoothstep(0.70, 0.76, p.field(3, seed: 317)) * p.fade(0.2) * smoothstep(0.6, 0.3, patch)
        let lumps: Lanes = (wide - 0.5) * 0.35 + (patch - 0.5) * 0.2 + ripple * 0.06
        s.shade((sqv_fma(g, p.contrast(0.4, octave: 5), lumps) + 1) * (1 - stones * 0.4))
        let bump = p.contrast(0.3, octave: 4.5, fall: 0.7)
        s.lean(g * bump + ripple * 0.10, h * bump + ripple * 0.07)
    }
}
