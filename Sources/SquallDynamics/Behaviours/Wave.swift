/// `wave(time: 3 s)`: waves an arm; what else it does goes on beside. Ends after `time`, else by `until` or `for`.
struct Wave: Action {
    static let name = "wave"
    static let parameters = [ActionParameter("time", .number)]
    private let end: Double

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        end = view.scenery.time + max(0, arguments.number("time") ?? .infinity)
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? { view.scenery.time < end - 1e-9 ? Intent(gesture: Walker.Gesture(waves: 1)) : nil }
}
