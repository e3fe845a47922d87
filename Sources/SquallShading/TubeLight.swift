import CSquallKernels
import SquallMath
import SquallRaster

/// How much light a tunnel's lamps give its road, after CIE 88:2004: as much behind the mouths as eyes need that come out of the day, less with every second
/// of driving, in the interior and at night little. Roads of both directions share a tube here, so that both mouths are entrances.
package struct TunnelLevels: Sendable {
    /// Luminance of dry asphalt per lux, cd/m2 (Q0 of CIE 144's class R2).
    package static let coefficient = 0.07
    /// Interior, cd/m2: by day CIE 88's 6 for a stopping distance of 100 m in heavy traffic, by night twice the least of 1.
    package static let day = 6.0, night = 2.0
    /// Of the luminance in the 20 degrees before the mouth that the threshold zone has (CIE 88: 0.06 for a stopping distance of 100 m).
    private static let threshold = 0.06
    /// Mean reflectance in those 20 degrees: road, portal, meadow, little sky.
    private static let surroundings = 0.13
    /// Stopping distance, metres, and the speed it goes with, m/s.
    private static let stopping: Float = 100, speed: Float = 22

    /// Lux in the interior and behind the mouths.
    let interior: Float, entrance: Float

    /// - Parameter outside: lux on level ground in the open.
    package init(outside: Double) {
        let daylight = ((outside - 10) / 490).clamped(to: 0...1)
        interior = Float((Self.night + (Self.day - Self.night) * daylight) / Self.coefficient)
        entrance = Float(Self.threshold * Self.surroundings * outside / .pi / Self.coefficient)
    }

    /// Lux on the road at distances from the nearer mouth: full over half the stopping distance, falling evenly to 0.4 over the other, then as
    /// `(1.9 + t)^-1.4` with t in seconds.
    @inline(__always) func lux(_ d: Lanes) -> Lanes {
        let fall = 1 - clamp01((d - Self.stopping * 0.5) * (1 / (Self.stopping * 0.5))) * 0.6
        let t = sqv_max((d - Self.stopping) * (1 / Self.speed), splat(0))
        let after = sqv_exp2(sqv_log2(t + 1.9) * -1.4)
        return sqv_max(sqv_select(sqv_less(splat(Self.stopping), d), after, fall) * entrance, splat(interior))
    }

    /// The same for one place.
    package func lux(at d: Double) -> Double { Double(lux(splat(Float(d)))[0]) }
}

/// What tubes do to eight places: the sky they leave, and the light of their lamps.
struct TubeLight {
    /// Share of the sky left to a level place; 1 outside.
    let share: Lanes
    /// Lux on the road there; 0 outside.
    let level: Lanes
    /// To the left of the tube's middle and up to its lamps, metres; half its width.
    let left: Lanes, height: Lanes, half: Lanes
    /// Which way is left, in plan.
    let leftX: Lanes, leftY: Lanes
    /// Along the tube, how much a face that looks that way turns its back on the lamps: -1...1 in the plane of a mouth, 0 from a metre inwards.
    let away: Lanes
    /// Direct light per lux on the road, and its swing along the road: turns, and 0 where lamps stand close.
    let direct: Lanes, turn: Lanes, swing: Lanes

    /// Rows of lamps stand this far from the middle, of the half width.
    static let rows: Float = 0.4
    /// Share of the light on the road that walls and vault send.
    static let scattered: Float = 0.18
    /// Metres from one lamp of a row to the next, and to the first.
    static let spacing: Float = 8, first: Float = 3.4

    /// Lux on surfaces: two rows of lamps whose strips shine after Lambert's law. A long strip gives a place at distance r of it
    /// `K cos(a) cos(b) / r`, a at the strip and b at the surface; that it is made of lamps so far apart adds the first term of its Fourier series,
    /// `2 (1 + k r) exp(-k r) cos(k s)` with `k = 2 pi / spacing`. What walls and vault scatter is the same
    /// everywhere but on the portals' faces, which look away from it.
    @inline(__always) func illuminance(_ n: Vector8) -> Lanes {
        let nl = sqv_fma(n.x, leftX, n.y * leftY)
        let along = sqv_fma(n.x, leftY, -(n.y * leftX))
        let sum = row(half * Self.rows - left, nl, n.z) + row(half * -Self.rows - left, nl, n.z)
        return level * sqv_fma(sum, direct, (1 - clamp01(along * away)) * Self.scattered)
    }

    @inline(__always) private func row(_ aside: Lanes, _ nl: Lanes, _ nz: Lanes) -> Lanes {
        let square = sqv_max(sqv_fma(aside, aside, height * height), splat(0.09))
        let r = sqv_sqrt(square)
        let facing = sqv_max(sqv_fma(nl, aside, nz * height), splat(0)) * sqv_max(height, splat(0)) / (square * r)
        let x = r * (2 * Float.pi / Self.spacing)
        let depth = sqv_min((1 + x) * sqv_exp(-x) * 2, splat(0.85)) * swing
        return facing * sqv_fma(depth, sqv_cos_turn(turn), splat(1))
    }

    /// What the lining looks like in a mirror, cd/m2.
    @inline(__always) var lining: Lanes { level * (0.35 / Float.pi) }
}
