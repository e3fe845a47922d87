import SquallMath
import SquallRoads
import SquallScene

/// `run(path: [...], speed: 3.2 m/s)`: as `walk`, at a run; `speed` defaults to 3.2 m/s. The gait changes from walking to running where people
/// do, near 2.1 m/s.
struct Run: Action {
    static let name = "run"
    static let parameters = [ActionParameter("path", .points), ActionParameter("speed", .number)]
    private var walk: Walk

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) { walk = Walk(arguments, pace: arguments.number("speed") ?? 3.2, &driver, view) }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? { walk.intent(&driver, view) }
}
