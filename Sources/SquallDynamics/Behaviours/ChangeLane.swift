import SquallScene

/// `change_lane(to: left | right | ego.lane, over: 3 s)`: moves to another lane along a quintic in time, then ends.
///
/// The lateral path starts and ends without lateral speed or acceleration; speed is kept as `follow_lane` does, minding what is
/// ahead on both lanes. Without such a lane beside it the actor stays where it is.
struct ChangeLane: Action {
    static let name = "change_lane"
    static let parameters = [ActionParameter("to", .lane, required: true), ActionParameter("over", .number)]
    private let end: Double

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        let duration = max(0.5, arguments.number("over") ?? 3)
        let start = view.scenery.time
        end = start + duration
        if let target = arguments.lane("to") { driver.change(to: target, start: start, duration: duration, view) }
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? {
        guard view.scenery.time < end else { return nil }
        return Intent(acceleration: driver.cruising(view), curvature: driver.steering(view))
    }
}
