/// `stop(at: 3 m/s^2)`: brakes to a standstill and stays there until it is ended from outside. `at` defaults to 3 m/s².
struct Stop: Action {
    static let name = "stop"
    static let parameters = [ActionParameter("at", .number)]
    private let deceleration: Double

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        deceleration = max(0.1, abs(arguments.number("at") ?? 3))
        driver.cruise = 0
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? {
        driver.cruise = 0
        return Intent(acceleration: view.own.speed > 0.01 ? -deceleration : -1, pace: 0)
    }
}
