import CSquallKernels
import SquallRaster

/// Open country: fields of about 128 by 256 m, each with its crop, drilled in rows, with grass baulks between them.
enum FarmlandDetail {
    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        // Bent a little, so that borders do not run straight to the horizon.
        let x = p.x + (DetailNoise.value(p.x, p.y, exponent: -8, seed: 251) - 0.5) * 110
        let y = p.y + (DetailNoise.value(p.x, p.y, exponent: -8, seed: 257) - 0.5) * 110
        let row = sqv_floor(y * (1 / 128)), shift = sqv_float(sqv_int(row) & 1) * 0.5
        let along = sqv_fma(x, splat(1 / 256), shift), column = sqv_floor(along)
        let hash = DetailNoise.hash(sqv_int(column) & 3, sqv_int(row) & 7, seed: 263)
        let fromX = (0.5 - sqv_abs(along - column - 0.5)) * 256, fromY = (0.5 - sqv_abs(y * (1 / 128) - row - 0.5)) * 128
        let inside = clamp01((sqv_min(fromX, fromY) - 2) / sqv_max(p.footprint, splat(0.8)) + 0.5)
        let pick = sqv_float(sqv_shr(hash, 9) & 7)
        var crop = s.albedo
        // Albedo: young wheat, ripe wheat, maize, ploughed earth, clover, stubble; the other two stay meadow.
        choose(&crop, pick, 1, SIMD3(0.050, 0.092, 0.028))
        choose(&crop, pick, 2, SIMD3(0.25, 0.19, 0.084))
        choose(&crop, pick, 3, SIMD3(0.040, 0.072, 0.024))
        choose(&crop, pick, 4, SIMD3(0.125, 0.092, 0.064))
        choose(&crop, pick, 5, SIMD3(0.064, 0.106, 0.034))
        choose(&crop, pick, 6, SIMD3(0.21, 0.172, 0.098))
        s.albedo = Color8.mix(s.albedo, crop, inside)
        GrassDetail.blades(p, &s)
        // Drill rows run along the field; tramlines for the sprayer every 24 m.
        let tilled = sqv_select(sqv_less(splat(0.5), pick), inside, splat(0)) * sqv_select(sqv_less(pick, splat(6.5)), splat(1), splat(0))
        let drill = y * (1 / 0.75)
        let rows = sqv_cos_turn(drill - sqv_floor(drill)) * p.fade(1.2) * 0.18
        let lane = y * (1 / 24), tram = sqv_abs(lane - sqv_floor(lane) - 0.5) * 24
        let wheels = DetailNoise.line(tram - 0.9, halfWidth: splat(0.25), footprint: p.footprint * 1.5)
        s.shade(1 + tilled * (rows - wheels * 0.35))
    }

    @inline(__always) private static func choose(_ color: inout Color8, _ pick: Lanes, _ number: Float, _ crop: SIMD3<Float>) {
        let here = sqv_less(sqv_abs(pick - number), splat(0.5))
        color = Color8(
            r: sqv_select(here, splat(crop.x), color.r), g: sqv_select(here, splat(crop.y), color.g), b: sqv_select(here, splat(crop.z), color.b))
    }
}
