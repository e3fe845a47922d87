import Foundation
import SquallMath
import SquallRoads
import SquallScene

/// `cross(speed: 1.5 m/s, distance: 12 m)`: a walker crosses the road beside it at a right angle and ends on the other side.
///
/// A walker that faces across the road goes straight ahead; one that faces along it first turns square to it, towards its middle. `distance`
/// defaults to the whole width of the road plus 2 m; off any road it is 10 m straight ahead.
struct Cross: Action {
    static let name = "cross"
    static let parameters = [ActionParameter("speed", .number), ActionParameter("distance", .number)]
    private let pace: Double

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        pace = max(0.1, arguments.number("speed") ?? 1.4)
        let here = view.own.position
        let way = Cross.way(from: here, yaw: view.yaw, roads: view.model.roads)
        let distance = max(1, arguments.number("distance") ?? way.distance)
        driver.take(Course(path: [here, here + Vec3(way.direction.x, way.direction.y, 0) * distance], roads: view.model.roads), view)
    }

    private static func way(from here: Vec3, yaw: Double, roads: RoadAccess) -> (direction: Vec2, distance: Double) {
        let ahead = Vec2(cos(yaw), sin(yaw))
        guard let catalogue = roads.catalogue, let lane = catalogue.locate(here.xy, within: 30) else { return (ahead, 10) }
        let lanes = catalogue.lanes(ofRoad: lane.road, at: lane.s)
        let middle = LanePosition(road: lane.road, lane: 0, s: lane.s)
        guard let pose = catalogue.pose(of: middle) else { return (ahead, 10) }
        let across = (pose.rotation * Vec3(0, 1, 0)).xy.normalized
        let distance = lanes.reduce(0) { $0 + $1.width } + 2
        guard abs(dot(across, ahead)) < 0.7 else { return (ahead, distance) }
        let side = dot(pose.position.xy - here.xy, across)
        let direction = abs(side) > 0.5 ? across * (side < 0 ? -1 : 1) : across * (dot(across, ahead) < 0 ? -1 : 1)
        return (direction, distance)
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? {
        guard driver.course.end - driver.projection.station > 0.2 else { return nil }
        return Intent(pace: pace)
    }
}
