import CSquallKernels
import SquallRaster

/// Cast concrete and kerb stones: fine grain, clouds of grime, a joint every metre along the road.
enum ConcreteDetail {
    @inline(__always) static func apply(_ p: DetailPoint, _ s: inout DetailedSurface) {
        let (g, h) = p.grain(seed: 131)
        let cloud = p.field(0, seed: 137), stain = p.field(-3, seed: 139)
        let cell = sqv_floor(p.u), along = p.u - cell - 0.5
        let joint = DetailNoise.line(sqv_abs(along) - 0.5, halfWidth: splat(0.006), footprint: p.du)
        let stone = DetailNoise.unit(DetailNoise.hash(sqv_int(cell), sqv_int(cell) & 0, seed: 149)) - 0.5
        let grime: Lanes = (cloud + stain - 1) * 0.16
        let shade: Lanes = stone * clamp01(2 - p.du * 2) * 0.12
        let tone: Lanes = sqv_fma(g, p.contrast(0.30, octave: 5), grime + shade) + 1
        s.shade(tone * (1 - joint * 0.6))
        let bump = p.contrast(0.12, octave: 5)
        s.lean(g * bump, h * bump)
    }
}
