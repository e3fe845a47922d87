import SquallMath
import SquallRoads
import SquallScene

/// `walk(path: [...], speed: 1.4 m/s)`: a walker goes along the points (from where it stands to the first), or straight ahead
/// without them; ends at the last point. `speed` defaults to 1.4 m/s.
struct Walk: Action {
    static let name = "walk"
    static let parameters = [ActionParameter("path", .points), ActionParameter("speed", .number)]
    private let pace: Double

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        self.init(arguments, pace: arguments.number("speed") ?? (driver.cruise > 0 ? driver.cruise : 1.4), &driver, view)
    }

    /// Along the points of `path`, or straight ahead. - Parameter pace: m/s.
    init(_ arguments: ActionArguments, pace: Double, _ driver: inout Driver, _ view: DriverView) {
        self.pace = max(0, pace)
        let own = view.own
        if let points = arguments.points("path"), !points.isEmpty {
            let here = own.position
            let start = (points[0] - here).length > 0.5 ? [here] + points : points
            driver.take(start.count > 1 ? Course(path: start, roads: view.model.roads) : Course(straightFrom: here, heading: view.yaw, roads: view.model.roads), view)
        } else {
            driver.take(Course(straightFrom: own.position, heading: view.yaw, roads: view.model.roads), view)
        }
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? {
        guard driver.course.end - driver.projection.station > 0.2 else { return nil }
        return Intent(pace: pace)
    }
}
