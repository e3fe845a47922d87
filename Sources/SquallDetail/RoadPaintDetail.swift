import CSquallKernels
import SquallRaster

/// Road paint, chipped where wheels cross it, greyed by dust.
///
/// v is 0 on the line's axis and 1 at its edges; pavement beside the line carries the same material with v beyond 1. Both mix paint and
/// pavement by the share of the pixel's width that the line covers, so a line thinner than a pixel fades instead of breaking into dots.
enum RoadPaintDetail {
    /// - Parameter under: albedo of the pavement.
    @inline(__always) static func apply(_ p: DetailPoint, under: SIMD3<Float>, _ s: inout DetailedSurface) {
        let covered = DetailNoise.line(p.v, halfWidth: splat(1), footprint: p.dv)
        let (g, h) = p.grain(seed: 3)
        let age = p.field(-3, seed: 19), mottle = p.field(1, seed: 17)
        let wide: Lanes = 1 + (mottle - 0.5) * 0.10 + (age - 0.5) * 0.14
        let ground = wide * sqv_fma(g, p.contrast(0.36, octave: 4.5), splat(1))
        // Chips where fine noise lies below how worn the place is; their mean where a pixel holds many.
        let wear: Lanes = 0.06 + 0.22 * smoothstep(0.35, 0.8, p.field(-4, seed: 109)) + 0.10 * (mottle - 0.5)
        let chips = clamp01((p.field(5, seed: 107) * 0.6 + p.field(3, seed: 103) * 0.4 - wear) * 9 + 0.5)
        let left = mix(1 - wear * 0.35, chips, p.fade(0.045))
        let dirt: Lanes = sqv_fma(g, p.contrast(0.16, octave: 5), 0.86 + 0.2 * (p.field(-1, seed: 113) - 0.5))
        let share = covered * left
        s.albedo = Color8.mix(Color8(under) * ground, s.albedo * dirt, share)
        s.roughness = mix(splat(0.88), s.roughness, share)
        let bump = p.contrast(0.2, octave: 4.5, fall: 0.8)
        s.lean(g * bump, h * bump)
    }
}
