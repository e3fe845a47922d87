import Foundation
import SquallMath
import SquallWeather

/// A number that may change over the episode.
public indirect enum TimeValue: Sendable, Equatable {
    case constant(Double)
    /// From `from` to `to` over the first `over` seconds, then `to`.
    case ramp(from: Double, to: Double, over: Double)
    /// Straight lines between knots, constant outside.
    case curve([Knot])
    /// `base` plus smooth band-limited noise: value noise with cubic interpolation, keyed by `key`.
    case noise(base: TimeValue, amplitude: Double, period: Double, key: UInt64)

    public struct Knot: Sendable, Equatable {
        public var time: Double
        public var value: Double
        public init(time: Double, value: Double) { (self.time, self.value) = (time, value) }
    }

    /// The value at `t` seconds from the start.
    public func value(at t: Double) -> Double {
        switch self {
        case .constant(let v): return v
        case .ramp(let a, let b, let over): return over > 0 ? lerp(a, b, (t / over).clamped(to: 0...1)) : b
        case .curve(let knots):
            guard let first = knots.first, let last = knots.last else { return 0 }
            if t <= first.time { return first.value }
            for (a, b) in zip(knots, knots.dropFirst()) where t < b.time {
                return b.time > a.time ? lerp(a.value, b.value, (t - a.time) / (b.time - a.time)) : b.value
            }
            return last.value
        case .noise(let base, let amplitude, let period, let key):
            let x = t / max(period, 1e-6)
            let cell = x.rounded(.down)
            let f = x - cell
            let lattice = { (i: Double) -> Double in
                var random = CounterRandom(seed: key, path: "noise", tick: UInt32(truncatingIfNeeded: Int64(exactly: i) ?? 0))
                return 2 * random.uniform() - 1
            }
            return base.value(at: t) + amplitude * lerp(lattice(cell), lattice(cell + 1), f * f * (3 - 2 * f))
        }
    }
}

/// The weather over the episode: one source for every sensor and every tyre.
public struct WeatherTimeline: Sendable, Equatable {
    /// mm/h
    public var rainRate = TimeValue.constant(0)
    /// Meteorological optical range, metres.
    public var fogVisibility = TimeValue.constant(.infinity)
    public var fogScaleHeight = Double.infinity
    public var cloudCover = TimeValue.constant(0)
    public var turbidity = 3.0
    public var windSpeed = TimeValue.constant(0)
    public var windFrom = TimeValue.constant(0)
    public var temperature = TimeValue.constant(288.15)
    public var road = RoadSurfaceConditions()
    public init() {}

    public func state(at t: Double) -> WeatherState {
        var state = WeatherState()
        state.rainRate = max(0, rainRate.value(at: t))
        state.fogVisibility = max(1, fogVisibility.value(at: t))
        state.fogScaleHeight = fogScaleHeight
        state.cloudCover = cloudCover.value(at: t).clamped(to: 0...1)
        state.turbidity = turbidity
        state.windSpeed = max(0, windSpeed.value(at: t))
        state.windFrom = windFrom.value(at: t)
        state.temperature = temperature.value(at: t)
        state.road = road
        return state
    }
}
