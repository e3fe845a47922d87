import CSquallKernels
import SquallRaster

/// Pantiles: courses of 34 cm that overlap, waves 24 cm wide, each tile of its own shade, lichen and soot.
enum RoofTileDetail {
    private static let width: Float = 0.24, course: Float = 0.34, lap: Float = 0.014

    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let place = WallPlace(p, normal: s.normal, length: width, height: course, shift: 0, seed: 367)
        // A wave needs more than two pixels, or rows of them beat against the picture's.
        let shown = p.fade(0.6 * width) * place.slopes
        let tile: Lanes = (DetailNoise.unit(place.piece) - 0.5) * 0.34 * shown
        let stain = p.field(0, seed: 373), wide = p.field(-2, seed: 379)
        // The shadow below each course's edge, and in the trough beside each wave.
        let shadow = mix(splat(2 * lap / course), DetailNoise.line(place.edge, halfWidth: splat(lap), footprint: p.footprint), shown)
        let crest = sqv_cos_turn(place.across)
        let (g, h) = p.grain(seed: 383)
        let tone: Lanes = 1.03 + tile + crest * shown * -0.10 + (stain - 0.5) * 0.12 + (wide - 0.5) * 0.16
        s.shade(sqv_fma(g, p.contrast(0.20, octave: 5), tone) * (1 - shadow * 0.55))
        let lichen = smoothstep(0.72, 0.80, p.field(3, seed: 389)) * p.fade(0.12) * smoothstep(0.45, 0.6, wide)
        s.cover(SIMD3(0.16, 0.15, 0.10), roughness: 0.95, share: lichen * 0.45)
        let bump = p.contrast(0.14, octave: 5), turn = place.across - 0.25
        let wave = sqv_cos_turn(turn - sqv_floor(turn)) * shown * 0.32
        s.tilt(place.along, sqv_fma(g, bump, wave), h * bump - shown * 0.06)
    }
}
