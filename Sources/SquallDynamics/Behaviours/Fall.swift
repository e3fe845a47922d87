/// `fall(time: 3 s)`: falls to the ground and lies there, until it ends. Ends after `time`, else by `until` or `for`.
struct Fall: Action {
    static let name = "fall"
    static let parameters = [ActionParameter("time", .number)]
    private let end: Double

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        end = view.scenery.time + max(0, arguments.number("time") ?? .infinity)
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? { view.scenery.time < end - 1e-9 ? Intent(pace: 0, gesture: Walker.Gesture(falls: 1)) : nil }
}
