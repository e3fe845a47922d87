import CSquallKernels
import SquallRaster

/// Rough grass: blades, tufts with shade between them, dry and lush patches, and flowers in some of them.
enum GrassDetail {
    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        blades(p, &s)
        flowers(p, &s)
    }

    @inline(__always) static func blades(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let (g, h) = p.grain(seed: 197)
        let tuft = p.field(2, seed: 199), clump = p.field(0, seed: 211), patch = p.field(-3, seed: 223), wide = p.field(-6, seed: 227)
        let lumps: Lanes = (tuft - 0.5) * 0.55 + (clump - 0.5) * 0.35
        let tone: Lanes = sqv_fma(g, p.contrast(1.15, octave: 4.5, fall: 0.38), lumps) + (wide - 0.5) * 0.18 + 1
        s.shade(sqv_max(tone, splat(0.22)))
        // Straw where it is dry, blue-green where it is lush.
        let spread: Lanes = (patch - 0.5) * 0.9 + (clump - 0.5) * 0.5
        let dry: Lanes = sqv_fma(h, p.contrast(0.7, octave: 4, fall: 0.4), spread)
        s.albedo = Color8(r: s.albedo.r * (1 + dry * 0.62), g: s.albedo.g * (1 + dry * 0.14), b: s.albedo.b * (1 + dry * 0.10))
        // Seen from the side grass is upright blades, and one sees those that face oneself: one's own head lamps find no slopes that turn away.
        let bump = p.contrast(0.5, octave: 3.5, fall: 0.6), upright: Float = 0.5
        s.lean(sqv_fma(g, bump, p.eyeX * -upright), sqv_fma(h, bump, p.eyeY * -upright))
    }

    /// Crowns seen from afar: clumps of leaves with shade between them.
    @inline(__always) static func foliage(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let (g, h) = p.grain(seed: 241)
        let twig = p.field(2, seed: 199), bough = p.field(0, seed: 211)
        let lumps: Lanes = (twig - 0.5) * 0.7 + (bough - 0.5) * 0.7
        s.shade(sqv_max(sqv_fma(g, p.contrast(1.3, octave: 3.5, fall: 0.4), lumps) + 1, splat(0.2)))
        let bump = p.contrast(1.3, octave: 2.5, fall: 0.6)
        s.lean(g * bump, h * bump)
    }

    @inline(__always) private static func flowers(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let shown = p.fade(0.16)
        if sqv_bits(sqv_less(splat(0), shown)) == 0 { return }
        let dense = smoothstep(0.52, 0.75, DetailNoise.value(p.x, p.y, exponent: -3, seed: 229))
        if sqv_bits(sqv_less(splat(0), dense)) == 0 { return }
        let (cx, cy) = (sqv_floor(p.x * 8), sqv_floor(p.y * 8))
        let mask: Int32 = 8191
        let hash = DetailNoise.hash(sqv_int(cx) & mask, sqv_int(cy) & mask, seed: 233)
        let x = p.x * 8 - cx - 0.3 - 0.4 * DetailNoise.unit(hash, shuffle: 1), y = p.y * 8 - cy - 0.3 - 0.4 * DetailNoise.unit(hash, shuffle: 2)
        let r = sqv_sqrt(sqv_fma(x, x, y * y)) * 0.125, span = p.footprint
        // A pixel wider than the flower holds its share of it.
        let size = clamp01((0.022 - r) / span + 0.5) * sqv_min(splat(1), 0.04 / span)
        let blooms = sqv_select(sqv_less(DetailNoise.unit(hash), dense * 0.08), size * shown, splat(0))
        let kind = DetailNoise.value(p.x, p.y, exponent: -2, seed: 239)
        s.cover(SIMD3(0.62, 0.62, 0.58), roughness: 0.9, share: sqv_select(sqv_less(kind, splat(0.5)), blooms, splat(0)))
        s.cover(SIMD3(0.60, 0.44, 0.03), roughness: 0.9, share: sqv_select(sqv_less(kind, splat(0.5)), splat(0), blooms))
    }
}
