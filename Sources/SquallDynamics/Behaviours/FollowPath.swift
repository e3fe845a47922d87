import SquallRoads
import SquallScene

/// `follow(path: [(0 m, 0 m, 0 m), ...], speed: 30 km/h)`: drives or walks along points joined by a smooth curve, then ends.
///
/// Points are in the world frame. A vehicle that is not on the first point steers onto the curve. After the end a vehicle stops.
struct FollowPath: Action {
    static let name = "follow"
    static let parameters = [ActionParameter("path", .points, required: true), ActionParameter("speed", .number)]
    private let pace: Double?

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        pace = arguments.number("speed").map { max(0, $0) }
        if let pace { driver.cruise = pace }
        if let points = arguments.points("path"), points.count > 1 { driver.take(Course(path: points, roads: view.model.roads), view) }
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? {
        let left = driver.course.end - driver.projection.station
        guard left > 0.3 else {
            driver.cruise = 0
            return nil
        }
        return Intent(acceleration: driver.cruising(view), curvature: driver.steering(view), pace: pace ?? max(driver.cruise, 1.4))
    }
}
