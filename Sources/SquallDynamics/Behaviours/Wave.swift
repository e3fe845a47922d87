/// `wave(time: 3 s)`: waves an arm; what else it does goes on beside. Ends after `time`, else by `until` or `for`.
struct Wave: Action {
    static let name = "wave"
    static let parameters = [ActionSpan.parameter]
    private let span: ActionSpan

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) { span = ActionSpan(arguments, view) }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? { span.goesOn(view) ? Intent(gesture: Walker.Gesture(waves: 1)) : nil }
}
