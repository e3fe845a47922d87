import SquallScene

/// `follow_lane(speed: 90 km/h, headway: 1.5 s)`: keeps to the lane it is on, over links and straight through junctions.
///
/// Steers by the lane's curvature ahead plus feedback on offset and course angle; holds the speed it has (or `speed`), slows for
/// bends it could not take at 4 m/s² and follows what is ahead by the intelligent driver model. Never ends by itself.
struct FollowLane: Action {
    static let name = "follow_lane"
    static let parameters = [ActionParameter("speed", .number), ActionParameter("headway", .number)]

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        if let speed = arguments.number("speed") { driver.cruise = max(0, speed) }
        if let headway = arguments.number("headway") { driver.follower.timeGap = max(0.1, headway) }
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? {
        Intent(acceleration: driver.cruising(view), curvature: driver.steering(view))
    }
}
