/// `sit(time: 3 s)`: sits down on something as high as a chair, and rises when it ends. Ends after `time`, else by `until` or `for`.
struct Sit: Action {
    static let name = "sit"
    static let parameters = [ActionSpan.parameter]
    private let span: ActionSpan

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) { span = ActionSpan(arguments, view) }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? { span.goesOn(view) ? Intent(pace: 0, gesture: Walker.Gesture(sits: 1)) : nil }
}
