import CSquallKernels
import Foundation
import SquallMath
import SquallRaster
import SquallWeather

/// The medium as one camera sees it in one frame: extinction along a ray from the eye, and the airlight it adds.
///
/// Koschmieder: `L = L0 t + L_air (1 - t)`. Fog follows its height profile in closed form; rain and clean air are uniform. Drops
/// that are drawn as streaks are left out of the colour's extinction (not of the labels' transmittance), so none counts twice.
@usableFromInline package struct AirColumn: Sendable {
    /// Fog extinction at the eye, 1/m, and one over its scale height (0: uniform).
    @usableFromInline package let fogAtEye: Float, inverseScaleHeight: Float
    /// Rain and clean air, 1/m.
    @usableFromInline package let uniform: Float
    /// Extinction of the drops drawn as streaks near the eye, the rate at which their share falls with depth, and the last depth drawn.
    @usableFromInline package let drawnRain: Float, drawnRate: Float, drawnDepth: Float
    /// Airlight around the horizon as harmonics of azimuth: mean, cos, sin, cos 2, sin 2.
    @usableFromInline package let airlight: (Vec3f, Vec3f, Vec3f, Vec3f, Vec3f)

    /// - Parameter streaks: which drops the frame draws; nil when none.
    package init(medium: Medium, sky: SkyModel, eye: Vec3, streaks: StreakLimits?) {
        let scale = medium.fogScaleHeight
        let finite = scale.isFinite && scale > 0
        fogAtEye = Float(finite ? medium.fogExtinction * exp(-(eye.z - medium.fogBase) / scale) : medium.fogExtinction)
        inverseScaleHeight = finite ? Float(1 / scale) : 0
        uniform = Float(medium.rainExtinction + medium.airExtinction)
        drawnRain = streaks == nil ? 0 : Float(medium.rainExtinction)
        drawnRate = Float(streaks?.shareRate ?? 1)
        drawnDepth = Float(streaks?.farthest ?? 0)
        airlight = Self.harmonics(sky)
    }

    private static func harmonics(_ sky: SkyModel) -> (Vec3f, Vec3f, Vec3f, Vec3f, Vec3f) {
        var sums = [Vec3](repeating: .zero, count: 5)
        let steps = 32
        for step in 0..<steps {
            let a = 2 * .pi * Double(step) / Double(steps)
            let l = sky.airlight(along: Vec3(cos(a), sin(a), 0))
            for (index, weight) in [0.5, cos(a), sin(a), cos(2 * a), sin(2 * a)].enumerated() { sums[index] += l * (weight * 2 / Double(steps)) }
        }
        let f = sums.map { Vec3f($0) }
        return (f[0], f[1], f[2], f[3], f[4])
    }

    /// Airlight along unit directions.
    @inlinable @inline(__always) package func airlight(_ d: Vector8) -> Color8 {
        let inverse = 1 / sqv_sqrt(sqv_max(sqv_fma(d.x, d.x, d.y * d.y), splat(1e-12)))
        let c = d.x * inverse, s = d.y * inverse
        let c2 = sqv_fma(c, c, -(s * s)), s2 = 2 * c * s
        let channel = { (k: Int) -> Lanes in
            let a = sqv_fma(c, splat(airlight.1[k]), splat(airlight.0[k]))
            return sqv_max(sqv_fma(s, splat(airlight.2[k]), a) + sqv_fma(c2, splat(airlight.3[k]), s2 * airlight.4[k]), splat(0))
        }
        return Color8(r: channel(0), g: channel(1), b: channel(2))
    }

    /// Optical depth to a point at `distance` that lies `climb` above the eye, drawn drops left out; `depth` is along the axis.
    @inlinable @inline(__always) package func opticalDepth(distance: Lanes, climb: Lanes, depth: Lanes) -> Lanes {
        var tau = distance * uniform
        if fogAtEye > 0 { tau = sqv_fma(distance * fogAtEye, profile(climb * inverseScaleHeight), tau) }
        if drawnRain > 0 {
            let u = sqv_min(depth, splat(drawnDepth)) * drawnRate
            let share = 3 - sqv_exp(-u) * sqv_fma(u, sqv_fma(u, splat(0.5), splat(2)), splat(3))
            tau -= share * (distance / sqv_max(depth, splat(1e-3))) * (drawnRain / drawnRate)
        }
        return sqv_max(tau, splat(0))
    }

    /// Extinction at a depth of the drops that are drawn there, 1/m: of the Marshall-Palmer drops with `Lambda D > u` by their area.
    package func drawnExtinction(depth: Float) -> Float {
        guard drawnRain > 0, depth < drawnDepth else { return 0 }
        let u = depth * drawnRate
        return drawnRain * exp(-u) * (1 + u + u * u / 2)
    }

    /// Mean of `exp(-u t)` over t in 0...1: `(1 - exp(-u)) / u`.
    @inlinable @inline(__always) package func profile(_ u: Lanes) -> Lanes {
        let safe = sqv_max(u, splat(-40))
        let small = sqv_less(sqv_abs(safe), splat(0.01))
        let series = sqv_fma(safe, sqv_fma(safe, splat(1 / 6), splat(-0.5)), splat(1))
        return sqv_select(small, series, (1 - sqv_exp(-safe)) / sqv_select(small, splat(1), safe))
    }

    /// Share of light that the fog lets through from outside it, for directions with `z` of the unit vector.
    @inlinable @inline(__always) package func skyTransmittance(_ z: Lanes) -> Lanes {
        if fogAtEye <= 0 { return splat(1) }
        if inverseScaleHeight <= 0 { return splat(0) }
        return sqv_exp(-(fogAtEye / inverseScaleHeight) / sqv_max(z, splat(1e-4)))
    }

    /// Share of a surface's light that comes through the air.
    @inlinable @inline(__always) package func transmittance(position: Vector8, depth: Lanes) -> Lanes {
        sqv_exp(-opticalDepth(distance: sqv_sqrt(dot(position, position)), climb: position.z, depth: depth))
    }
}

/// Which drops are big enough on the image to be drawn: those at least `width` pixels wide, up to `farthest` metres.
public struct StreakLimits: Sendable, Equatable {
    /// Metres along the optical axis.
    public var farthest: Double
    /// Smallest drawn diameter per metre of depth, mm/m.
    public var diameterPerDepth: Double
    /// `Lambda * diameterPerDepth`, 1/m: the share of extinction drawn at depth z is that of drops with `Lambda D > shareRate z`.
    public var shareRate: Double

    /// - Parameters: rain `rate` in mm/h, `focalLength` in pixels, `width` the smallest drawn width in pixels.
    public init?(rate: Double, focalLength: Double, width: Double = 0.4, farthest: Double = 20) {
        guard rate > 0, focalLength > 0 else { return nil }
        self.farthest = farthest
        diameterPerDepth = width / focalLength * 1000
        shareRate = Rain.slope(rate: rate) * diameterPerDepth
    }
}
