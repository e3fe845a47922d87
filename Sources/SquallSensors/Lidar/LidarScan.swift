import Foundation
import SquallFrames
import SquallMath

/// When and where a spinning lidar fires.
///
/// The turn is centred on the stamp: it starts looking backwards half a period before, looks forward (x) at the stamp and ends
/// backwards half a period after, clockwise seen from above. All rings of one azimuth fire together, in one direction: sensors whose
/// lasers point a few degrees apart are idealised. A sensor that turns more often than the scene records gives the turn around each stamp;
/// its other turns are not kept.
public struct LidarScan: Sendable, Equatable {
    public let steps: Int
    /// Seconds.
    public let period: Double
    public let start: Ticks, end: Ticks
    /// Cosine and sine of each ring's elevation.
    private let rings: [Vec2]

    /// - Parameter rate: turns per second.
    public init(model: LidarModel, rate: Double, stamp: Ticks) {
        steps = max(1, model.azimuthSteps)
        period = rate > 0 ? 1 / rate : 0
        let half = Ticks(seconds: period / 2)
        (start, end) = (stamp - half, stamp + half)
        rings = model.elevations.map { Vec2(cos($0), sin($0)) }
    }

    /// Share of the turn, 0...1, at which azimuth step `index` fires.
    public func fraction(_ index: Int) -> Double { (Double(index) + 0.5) / Double(steps) }
    /// The share at which the sensor looks towards an azimuth, radians.
    public func fraction(towards azimuth: Double) -> Double { (.pi - wrapAngle(azimuth)) / (2 * .pi) }
    /// Azimuth, radians counter-clockwise from x: from pi down to -pi.
    public func azimuth(_ index: Int) -> Double { .pi - 2 * .pi * fraction(index) }
    /// Nanoseconds from the stamp to the firing. Turns of more than four seconds do not fit and end at the limits.
    public func timeOffset(_ index: Int) -> Int32 {
        Int32(((fraction(index) - 0.5) * period * 1e9).rounded().clamped(to: Double(Int32.min)...Double(Int32.max)))
    }

    public var ringCount: Int { rings.count }

    /// Unit direction of a ring in the sensor frame, given the cosine and sine of the azimuth.
    public func direction(ring: Int, azimuth: Vec2) -> Vec3 {
        let elevation = rings[ring]
        return Vec3(azimuth.x * elevation.x, azimuth.y * elevation.x, elevation.y)
    }
}
