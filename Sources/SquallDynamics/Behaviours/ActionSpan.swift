/// How long an action with the argument `time` goes on: for ever without it.
struct ActionSpan: Sendable {
    static let parameter = ActionParameter("time", .number)
    /// Seconds since the episode's start.
    private let end: Double

    init(_ arguments: ActionArguments, _ view: DriverView) { end = view.scenery.time + max(0, arguments.number("time") ?? .infinity) }

    func goesOn(_ view: DriverView) -> Bool { view.scenery.time < end - 1e-9 }
}
