import SquallMath

/// `accelerate(to: 120 km/h, at: 2 m/s^2)`: changes speed, up or down, and ends when it has it. `at` defaults to 2 m/s².
///
/// It does not mind who is ahead; run `follow_lane` beside it for that.
struct Accelerate: Action {
    static let name = "accelerate"
    static let parameters = [ActionParameter("to", .number, required: true), ActionParameter("at", .number)]
    private let target: Double
    private let rate: Double

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        target = max(0, arguments.number("to") ?? driver.cruise)
        rate = max(0.05, abs(arguments.number("at") ?? 2))
        driver.cruise = target
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? {
        let error = target - view.own.speed
        guard abs(error) > 0.05 else { return nil }
        // Close to the target the wish fades over the lag of the drive, so the speed does not overshoot.
        return Intent(acceleration: (error / 0.4).clamped(to: -rate...rate))
    }
}
