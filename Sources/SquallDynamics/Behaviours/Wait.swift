/// `wait(time: 2 s)`: does nothing of its own: a moving vehicle goes on along its lane, a walker stands. Ends after `time`, else by `until` or `for`.
struct Wait: Action {
    static let name = "wait"
    static let parameters = [ActionParameter("time", .number)]
    private let end: Double

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        end = view.scenery.time + max(0, arguments.number("time") ?? .infinity)
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? { view.scenery.time < end - 1e-9 ? Intent(pace: 0) : nil }
}
