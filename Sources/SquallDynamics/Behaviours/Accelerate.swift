import SquallMath

/// `accelerate(to: 120 km/h, at: 2 m/s^2)`: changes speed, up or down, and ends when it has it; without `to` it goes on until ended.
///
/// `at` defaults to 1.5 m/s². It does not mind who is ahead; run `follow_lane` beside it for that.
struct Accelerate: Action {
    static let name = "accelerate"
    static let parameters = [ActionParameter("to", .number), ActionParameter("at", .number)]
    private let target: Double?
    private let rate: Double

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        target = arguments.number("to").map { max(0, $0) }
        rate = max(0.05, abs(arguments.number("at") ?? 1.5))
        if let target { driver.cruise = target }
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? {
        guard let target else {
            driver.cruise = max(0, view.own.speed)
            return Intent(acceleration: rate)
        }
        let error = target - view.own.speed
        guard abs(error) > 0.05 else { return nil }
        // Close to the target the wish fades over the lag of the drive, so the speed does not overshoot.
        return Intent(acceleration: (error / 0.4).clamped(to: -rate...rate))
    }
}
