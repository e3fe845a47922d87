import CSquallKernels
import SquallRaster

/// Crushed stone: every stone its own grey, dark gaps between them, some weeds.
enum GravelDetail {
    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let (g, h) = p.grain(seed: 181)
        // Stones of 3 cm that a pixel holds many of are an even grey.
        let contrast = p.contrast(1.25, octave: 4.2, fall: 0.8)
        let patch = p.field(0, seed: 191), wide = p.field(-3, seed: 193)
        let lumps: Lanes = (patch - 0.5) * 0.24 + (wide - 0.5) * 0.2
        s.shade(sqv_max(sqv_fma(g, contrast, lumps) + 1, splat(0.25)))
        let warm = h * p.contrast(0.22, octave: 4.2, fall: 0.8)
        s.albedo = Color8(r: s.albedo.r * (1 + warm), g: s.albedo.g, b: s.albedo.b * (1 - warm))
        let weeds = smoothstep(0.62, 0.8, patch * 0.6 + wide * 0.4 + g * 0.25)
        s.cover(SIMD3(0.055, 0.075, 0.03), roughness: 0.95, share: weeds * 0.6)
        // From low down one sees the faces of stones that look this way, and so do one's own head lamps.
        let bump = p.contrast(0.7, octave: 4.2, fall: 1), facing: Float = 0.3
        s.lean(sqv_fma(g, bump, p.eyeX * -facing), sqv_fma(h, bump, p.eyeY * -facing))
    }
}
