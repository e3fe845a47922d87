import CSquallKernels
import SquallRaster

/// Asphalt that traffic has used: stones in tar, polished wheel tracks, the oil strip between them, joints, cracks, patches, tyre marks.
///
/// Texture coordinates: u runs along the road; v is metres left of the lane's middle, plus 16 for each count of the lane's code
/// (`LaneCode` of SquallRoads): 0 has no lane, else width and what stands at its edges.
enum AsphaltDetail {
    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let (g, h) = p.grain(seed: 3)
        let contrast = p.contrast(0.36, octave: 4.5)
        let mottle = p.field(1, seed: 17), age = p.field(-3, seed: 19)
        var tone: Lanes = 1 + (mottle - 0.5) * 0.10 + (age - 0.5) * 0.14
        let code = sqv_int(sqv_floor(sqv_fma(p.v, splat(1 / 16), splat(0.5))))
        let lane = sqv_less(splat(0.5), sqv_float(code))
        var polish = splat(0)
        if sqv_bits(lane) != 0 {
            let place = LanePlace(p, code)
            polish = place.tracks(p, age: age, &tone)
            place.joints(p, &tone, &s)
            place.marks(p, &tone, &s)
            if sqv_bits(sqv_less(splat(0), place.kerbs)) != 0 { place.ironwork(p, &s) }
        }
        cracks(p, &tone, &s)
        s.shade(tone * sqv_fma(g, contrast * (1 - polish * 0.5), splat(1)))
        s.roughness = s.roughness - polish * 0.16
        let bump = p.contrast(0.22, octave: 4.5, fall: 0.8) * (1 - polish * 0.5)
        s.lean(g * bump, h * bump)
    }

    /// A net of fine cracks where the ground is tired, near enough to be seen.
    @inline(__always) private static func cracks(_ p: DetailPoint, _ tone: inout Lanes, _ s: inout DetailedSurface) {
        let near = p.fade(0.10)
        if sqv_bits(sqv_less(splat(0), near)) == 0 { return }
        let tired = smoothstep(0.66, 0.80, DetailNoise.value(p.x, p.y, exponent: -3, seed: 41)) * near
        if sqv_bits(sqv_less(splat(0), tired)) == 0 { return }
        let coarse = DetailNoise.value(p.x, p.y, exponent: 1, seed: 43), fine = DetailNoise.value(p.x, p.y, exponent: 3, seed: 47)
        let field: Lanes = sqv_fma(coarse, splat(0.7), fine * 0.3)
        // The field's slope is about 1.2 per metre of its cells: this makes cracks some 5 mm wide.
        let crack = DetailNoise.line(field - 0.5, halfWidth: splat(0.004), footprint: p.footprint * 1.4)
        // Broken into pieces, or it would show as the contour line it is.
        let pieces = smoothstep(0.48, 0.58, DetailNoise.value(p.x, p.y, exponent: 0, seed: 37))
        tone = tone * (1 - crack * tired * pieces * 0.5)
    }
}

/// Where eight points lie on their lanes.
struct LanePlace {
    /// Metres left of the lane's middle; the lane's width.
    let offset: Lanes, width: Lanes
    /// 1 on lanes of a junction, where drivers cross each other's tracks.
    let junction: Lanes
    /// Where a kerb stands: +1 left, -1 right, 0 nowhere.
    let kerbs: Lanes
    let kerbSide: Lanes
    /// 1 where there is a lane.
    let exists: Lanes
    let code: LaneInts

    @inline(__always) init(_ p: DetailPoint, _ code: LaneInts) {
        self.code = code
        exists = clamp01(sqv_float(code))
        offset = sqv_fma(sqv_float(code), splat(-16), p.v)
        width = sqv_fma(sqv_float(code & 31), splat(0.125), splat(2))
        junction = sqv_float(sqv_shr(code, 6) & 1)
        let (left, right) = (sqv_float(sqv_shr(code, 7) & 1), sqv_float(sqv_shr(code, 8) & 1))
        kerbs = clamp01(left + right)
        kerbSide = left - right
    }

    /// Bands that wheels polish and rubber darkens, and the strip between them that drips.
    /// - Returns: how polished.
    @inline(__always) func tracks(_ p: DetailPoint, age: Lanes, _ tone: inout Lanes) -> Lanes {
        // Tracks fade into a junction and grow again out of it: u counts from its mouth there.
        let share = exists * mix(splat(1), sqv_exp2(sqv_max(p.u, splat(0)) * -0.25) * 0.9 + 0.1, junction)
        let wander = (p.field(-4, seed: 23) - 0.5) * 0.30
        let o = offset - wander
        let blur = p.dv * p.dv * 0.3
        let band = band(sqv_abs(o) - 0.80, 0.05 + blur), strip = band2(o, 0.09 + blur)
        let vary = p.field(-2, seed: 29)
        tone = tone * (1 - band * share * sqv_fma(age, splat(0.12), splat(0.15)))
        tone = tone * (1 - strip * share * sqv_fma(vary, splat(0.16), splat(0.06)))
        // Dust stays where nobody drives.
        tone = tone * (1 + smoothstep(0.55, 0.15, width * 0.5 - sqv_abs(offset)) * share * 0.08)
        return band * share
    }
    @inline(__always) private func band(_ d: Lanes, _ variance: Lanes) -> Lanes { sqv_exp2(d * d * -0.72 / variance) * sqv_sqrt(0.05 / variance) }
    @inline(__always) private func band2(_ d: Lanes, _ variance: Lanes) -> Lanes { sqv_exp2(d * d * -0.72 / variance) * sqv_sqrt(0.09 / variance) }

    /// The seam between lanes and cracks across them, open or sealed with bitumen.
    @inline(__always) func joints(_ p: DetailPoint, _ tone: inout Lanes, _ s: inout DetailedSurface) {
        let open = (1 - junction) * exists
        let ragged: Lanes = (p.field(1, seed: 53) - 0.5) * 0.05 + (p.field(3, seed: 59) - 0.5) * 0.025
        let edge: Lanes = offset - width * 0.5 + ragged + 0.09   // one of two neighbours has it
        let where1 = smoothstep(0.45, 0.6, p.field(-4, seed: 61)), sealed = smoothstep(0.56, 0.62, p.field(-5, seed: 67))
        let seam = DetailNoise.line(edge, halfWidth: mix(splat(0.006), splat(0.03), sealed), footprint: p.dv) * where1 * open
        let cell = sqv_floor(p.u * (1 / 32)), hash = DetailNoise.hash(sqv_int(cell), code & 0, seed: 71)
        let chosen = sqv_select(sqv_less(DetailNoise.unit(hash), splat(0.34)), open, splat(0))
        var across = splat(0)
        let wide = sqv_select(sqv_less(DetailNoise.unit(hash, shuffle: 1), splat(0.6)), splat(1), splat(0))
        if sqv_bits(sqv_less(splat(0), chosen)) != 0 {
            let at: Lanes = sqv_fma(DetailNoise.unit(hash, shuffle: 2), splat(0.6), cell + 0.2) * 32
            let wander: Lanes = (DetailNoise.value(p.x, p.y, exponent: 0, seed: 73) - 0.5) * 0.5 + ragged
            across = DetailNoise.line(p.u - at - wander, halfWidth: mix(splat(0.005), splat(0.028), wide), footprint: p.du) * chosen
        }
        let bitumen = sqv_max(seam * sealed, across * wide)
        tone = tone * (1 - sqv_max(seam * (1 - sealed), across * (1 - wide)) * 0.55)
        s.cover(SIMD3(0.018, 0.018, 0.019), roughness: 0.5, share: bitumen * 0.85)
    }

    /// Mended rectangles and marks of locked wheels: at most one each in every stretch.
    @inline(__always) func marks(_ p: DetailPoint, _ tone: inout Lanes, _ s: inout DetailedSurface) {
        let open = (1 - junction) * exists
        let cell = sqv_floor(p.u * (1 / 24)), hash = DetailNoise.hash(sqv_int(cell), code, seed: 83)
        let mended = sqv_select(sqv_less(DetailNoise.unit(hash), splat(0.10)), open, splat(0))
        if sqv_bits(sqv_less(splat(0), mended)) != 0 {
            let at: Lanes = sqv_fma(DetailNoise.unit(hash, shuffle: 1), splat(0.4), cell + 0.3) * 24
            let along: Lanes = sqv_abs(p.u - at)
            let aside: Lanes = sqv_abs(offset - (DetailNoise.unit(hash, shuffle: 2) - 0.5) * 0.9)
            let long = sqv_fma(DetailNoise.unit(hash, shuffle: 3), splat(3), splat(0.6))
            let half = sqv_min(sqv_fma(DetailNoise.unit(hash, shuffle: 4), splat(0.9), splat(0.4)), width * 0.5 - 0.95)
            let inside = DetailNoise.line(along, halfWidth: long, footprint: p.du) * DetailNoise.line(aside, halfWidth: half, footprint: p.dv)
            let outside = DetailNoise.line(along, halfWidth: long + 0.03, footprint: p.du) * DetailNoise.line(aside, halfWidth: half + 0.03, footprint: p.dv)
            let fresh = sqv_fma(DetailNoise.unit(hash, shuffle: 5), splat(0.5), splat(0.66))
            tone = tone * mix(splat(1), fresh, inside * mended)
            s.cover(SIMD3(0.02, 0.02, 0.021), roughness: 0.55, share: (outside - inside) * mended * 0.7)
        }
        let stretch = sqv_floor(p.u * (1 / 96)), other = DetailNoise.hash(sqv_int(stretch), code, seed: 89)
        let braked = sqv_select(sqv_less(DetailNoise.unit(other), splat(0.22)), open, splat(0))
        if sqv_bits(sqv_less(splat(0), braked)) != 0 {
            let from: Lanes = sqv_fma(DetailNoise.unit(other, shuffle: 1), splat(0.4), stretch + 0.1) * 96
            let long = sqv_fma(DetailNoise.unit(other, shuffle: 2), splat(22), splat(9))
            let t = clamp01((p.u - from) / long)
            let rest: Lanes = 1 - t
            let strength: Lanes = t * rest * rest * 4 * braked
            let drift: Lanes = (DetailNoise.unit(other, shuffle: 3) - 0.5) * t * t * 1.2
            let rubber = DetailNoise.line(sqv_abs(offset - drift) - 0.76, halfWidth: splat(0.09), footprint: p.dv + 0.05)
            tone = tone * (1 - rubber * strength * 0.55)
        }
    }

    /// Manhole covers in the lane and gullies along the kerb of a town street.
    @inline(__always) func ironwork(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let cell = sqv_floor(p.u * (1 / 36)), hash = DetailNoise.hash(sqv_int(cell), code, seed: 97)
        let hasLid = sqv_select(sqv_less(DetailNoise.unit(hash), splat(0.45)), kerbs, splat(0))
        let along: Lanes = p.u - sqv_fma(DetailNoise.unit(hash, shuffle: 1), splat(0.6), cell + 0.2) * 36
        let aside: Lanes = offset - (DetailNoise.unit(hash, shuffle: 2) - 0.5) * 1.4
        let r = sqv_sqrt(sqv_fma(along, along, aside * aside)), span = sqv_max(p.du, p.dv)
        let lid = clamp01((0.31 - r) / span + 0.5) * hasLid, frame = clamp01((0.38 - r) / span + 0.5) * hasLid
        // Studs in a chequer, and the gap between lid and frame.
        let chequer: Lanes = wave(along * 14) * wave(aside * 14) * 8
        let studs: Lanes = clamp01(chequer + 0.5) - 0.5
        let shown = p.fade(0.05)
        s.cover(SIMD3(0.10, 0.098, 0.095), roughness: 0.7, share: frame)
        s.cover(SIMD3(0.062, 0.058, 0.055), roughness: 0.5, share: lid)
        s.shade(1 + studs * shown * lid * 0.7)
        s.shade(1 - DetailNoise.line(r - 0.31, halfWidth: splat(0.008), footprint: span) * hasLid * 0.7)
        let beat = sqv_floor(p.u * (1 / 20)), pick = DetailNoise.hash(sqv_int(beat), code, seed: 101)
        let x: Lanes = p.u - sqv_fma(DetailNoise.unit(pick), splat(0.4), beat + 0.3) * 20
        let y: Lanes = offset - kerbSide * (width * 0.5 - 0.22)
        let grate = DetailNoise.line(x, halfWidth: splat(0.24), footprint: p.du) * DetailNoise.line(y, halfWidth: splat(0.16), footprint: p.dv) * kerbs
        s.cover(SIMD3(0.05, 0.047, 0.044), roughness: 0.6, share: grate)
        s.shade(1 - grate * clamp01(wave(x * 16.7) * 4 + 0.5) * 0.75)
    }
    @inline(__always) private func wave(_ turns: Lanes) -> Lanes { sqv_cos_turn(turns - sqv_floor(turns)) }
}
