import Foundation
import SquallAssets
import SquallMath

/// What a driver's feet and hand show to others: brake and reversing lamps, indicators (steady here; `LampRules` makes them flash).
struct DriverSignals: Sendable, Equatable {
    private(set) var lamps: LampSet = []

    /// Pressed harder than this the brake pedal lights the lamps; UN R13-H lets electric braking do so from 0.7 m/s2 on, m/s2.
    static let brakeOn = -0.7, brakeOff = -0.4
    /// An indicator tells of bends tighter than this, metres, within so many metres ahead, that turn by more than so much, radians.
    static let turnRadius = 35.0, lookAhead = 25.0, turnAngle = 0.9

    /// - Parameters:
    ///   - acceleration: what the driver asks for along the heading, m/s2.
    ///   - time: seconds since the episode's start.
    mutating func update(acceleration: Double, speed: Double, driver: Driver, time: Double) {
        var next = LampSet()
        let wasBraking = lamps.contains(.brake)
        // Who stands holds the car on the brake.
        if acceleration < (wasBraking ? Self.brakeOff : Self.brakeOn) || (abs(speed) < 0.05 && acceleration < 0.1) { next.insert(.brake) }
        if speed < -0.1 { next.insert(.reverse) }
        if driver.hasCrashed {
            next.formUnion(.indicators)
        } else if let left = Self.side(driver, speed: speed, time: time) {
            next.insert(left ? .indicatorLeft : .indicatorRight)
        }
        lamps = next
    }

    /// Where the driver is going to: true for left.
    private static func side(_ driver: Driver, speed: Double, time: Double) -> Bool? {
        let shift = driver.shift
        if abs(shift.to - shift.from) > 1.5, time >= shift.start, time < shift.start + shift.duration { return shift.to > shift.from }
        guard speed > 0.1, speed < 14 else { return nil }
        let (here, index) = (driver.projection.station, driver.projection.index)
        let now = driver.course.bearing(at: here, hint: index), then = driver.course.bearing(at: here + lookAhead, hint: index)
        let turn = wrapAngle(then.heading - now.heading)
        guard abs(turn) > turnAngle, max(abs(now.curvature), abs(then.curvature), abs(turn) / lookAhead) > 1 / turnRadius else { return nil }
        return turn > 0
    }
}
