import CSquallKernels
import SquallRaster

/// Brickwork in stretcher bond: pieces of 25 x 7.5 cm with joints of 1 cm, each burnt to its own shade, rain streaks and grime over all.
enum BrickDetail {
    private static let length: Float = 0.25, height: Float = 0.075, joint: Float = 0.005
    /// Share of the wall that is mortar.
    private static let mortar: Float = 1 - (1 - 2 * joint / length) * (1 - 2 * joint / height)

    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let place = WallPlace(p, normal: s.normal, length: length, height: height, shift: 0.5, seed: 331)
        let open = DetailNoise.line(place.end, halfWidth: splat(joint), footprint: p.footprint)
        let bed = DetailNoise.line(place.edge, halfWidth: splat(joint), footprint: p.footprint)
        let seen = p.fade(height) * place.slopes
        let share = mix(splat(mortar), 1 - (1 - open) * (1 - bed), seen)
        // The material's colour is the mean of both.
        let pale = Color8.mix(s.albedo, Color8(SIMD3(0.27, 0.255, 0.235)), splat(0.65))
        let lack: Float = mortar / (1 - mortar)
        let clay = Color8(
            r: sqv_max(sqv_fma(s.albedo.r - pale.r, splat(lack), s.albedo.r), s.albedo.r * 0.4), g: sqv_max(sqv_fma(s.albedo.g - pale.g, splat(lack), s.albedo.g), s.albedo.g * 0.4),
            b: sqv_max(sqv_fma(s.albedo.b - pale.b, splat(lack), s.albedo.b), s.albedo.b * 0.4))
        let shown = p.fade(length * 0.6) * place.slopes
        let burnt = sqv_select(sqv_less(DetailNoise.unit(place.piece), splat(0.12)), splat(-0.30), splat(0.04))
        let fired: Lanes = ((DetailNoise.unit(place.piece, shuffle: 1) - 0.5) * 0.34 + burnt) * shown
        let (g, h) = p.grain(seed: 337)
        s.albedo = Color8.mix(clay * (1 + fired), pale, share)
        s.shade(sqv_fma(g, p.contrast(0.22, octave: 5), splat(1)) * PlasterDetail.weather(p, s.normal, streaks: 0.10))
        let bump = p.contrast(0.12, octave: 5)
        s.tilt(place.along, g * bump, h * bump)
    }
}
