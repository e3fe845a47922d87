/// `wait()`: does nothing of its own until ended by `until` or `for`: a moving vehicle goes on along its lane, a walker stands.
struct Wait: Action {
    static let name = "wait"
    static let parameters: [ActionParameter] = []

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {}

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? { Intent(pace: 0) }
}
