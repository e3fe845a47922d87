/// `fall(time: 3 s)`: falls to the ground and lies there, until it ends. Ends after `time`, else by `until` or `for`.
struct Fall: Action {
    static let name = "fall"
    static let parameters = [ActionSpan.parameter]
    private let span: ActionSpan

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) { span = ActionSpan(arguments, view) }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? { span.goesOn(view) ? Intent(pace: 0, gesture: Walker.Gesture(falls: 1)) : nil }
}
