/// `sit(time: 3 s)`: sits down on something as high as a chair, and rises when it ends. Ends after `time`, else by `until` or `for`.
struct Sit: Action {
    static let name = "sit"
    static let parameters = [ActionParameter("time", .number)]
    private let end: Double

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        end = view.scenery.time + max(0, arguments.number("time") ?? .infinity)
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? { view.scenery.time < end - 1e-9 ? Intent(pace: 0, gesture: Walker.Gesture(sits: 1)) : nil }
}
