/// `brake(at: 4 m/s^2, to: 20 km/h, locked: 0)`: slows down at the given deceleration (default 3 m/s²), as far as the road allows, and ends at the
/// wished speed (default: standstill).
///
/// Wheels are kept at the slip of most grip; `locked` other than 0 blocks them at once.
struct Brake: Action {
    static let name = "brake"
    static let parameters = [ActionParameter("at", .number), ActionParameter("to", .number), ActionParameter("locked", .number)]
    private let deceleration: Double
    private let target: Double
    private let brakes: VehicleControls.Brakes

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        deceleration = max(0.1, abs(arguments.number("at") ?? 3))
        target = max(0, arguments.number("to") ?? 0)
        brakes = (arguments.number("locked") ?? 0) != 0 ? .locked : .antilock
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? {
        let speed = view.own.speed
        driver.cruise = max(0, speed)
        guard speed > max(target, 0.01) else {
            driver.cruise = target
            return nil
        }
        return Intent(acceleration: -deceleration, brakes: brakes)
    }
}
