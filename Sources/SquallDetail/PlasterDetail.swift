import CSquallKernels
import SquallRaster

/// Render and dressed stone: trowelled grain, clouds of damp, streaks where rain runs down.
enum PlasterDetail {
    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let (g, h) = p.grain(seed: 347)
        s.shade(sqv_fma(g, p.contrast(0.12, octave: 6), splat(1)) * weather(p, s.normal, streaks: 0.14))
        let bump = p.contrast(0.12, octave: 6)
        s.tilt(Vector8(x: -s.normal.y, y: s.normal.x, z: splat(0)), g * bump, h * bump)
    }

    /// What years of rain and dirt leave on a wall, around 1.
    @inline(__always) static func weather(_ p: DetailPoint, _ normal: Vector8, streaks: Float) -> Lanes {
        let cloud = p.field(0, seed: 349), wide = p.field(-2, seed: 353)
        let tone: Lanes = 1 + (cloud - 0.5) * 0.07 + (wide - 0.5) * 0.13
        let near = p.fade(0.25)
        if sqv_bits(sqv_less(splat(0), near)) == 0 { return tone }
        // Quarter metres wide, four metres long; both lattices repeat within the period.
        let axis = sqv_select(sqv_less(sqv_abs(normal.x), sqv_abs(normal.y)), p.plainX, p.plainY)
        let run = DetailNoise.pair(axis * 4, p.z * 0.25, sqv_splat_i(255), sqv_splat_i(359)).0
        return tone * (1 - (smoothstep(0.55, 0.95, run) - 0.16) * near * streaks * smoothstep(0.35, 0.65, wide * 0.5 + cloud * 0.5) * 2)
    }
}
