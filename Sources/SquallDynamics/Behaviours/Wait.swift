/// `wait(time: 2 s)`: does nothing of its own: a moving vehicle goes on along its lane, a walker stands. Ends after `time`, else by `until` or `for`.
struct Wait: Action {
    static let name = "wait"
    static let parameters = [ActionSpan.parameter]
    private let span: ActionSpan

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) { span = ActionSpan(arguments, view) }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? { span.goesOn(view) ? Intent(pace: 0) : nil }
}
