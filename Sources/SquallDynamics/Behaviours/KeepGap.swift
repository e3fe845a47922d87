import SquallMath
import SquallScene

/// `keep_gap(to: lead, time: 2 s)` or `keep_gap(to: lead, gap: 20 m)`: holds a time gap or a distance, bumper to bumper, behind another actor.
///
/// A linear law on the gap's error and the speed difference (time constant about 2 s), at most 2.5 m/s² either way; harder only when a
/// collision is near. Never ends by itself.
struct KeepGap: Action {
    static let name = "keep_gap"
    static let parameters = [ActionParameter("to", .actor, required: true), ActionParameter("time", .number), ActionParameter("gap", .number)]
    private let leader: Int?
    private let time: Double
    private let distance: Double

    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView) {
        leader = arguments.actor("to")
        let distance = arguments.number("gap")
        self.distance = distance ?? 2
        time = arguments.number("time") ?? (distance == nil ? 2 : 0)
    }

    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? {
        let own = view.own
        driver.cruise = max(own.speed, 0)
        guard let leader, leader != view.me else { return Intent(acceleration: driver.cruising(view), curvature: driver.steering(view)) }
        let queries = RuntimeQueries(scenery: view.scenery, model: view.model, stepStart: 0)
        let gap = queries.gap(from: view.me, to: leader)
        guard gap.isFinite else { return Intent(acceleration: 0, curvature: driver.steering(view)) }
        let closing = own.speed - view.scenery.objects[leader].speed
        let wish = 0.25 * (gap - distance - time * own.speed) - 1.0 * closing
        let needed = closing > 0 && gap < 2 * closing ? -closing * closing / (2 * max(gap - 1, 0.3)) : 0
        return Intent(acceleration: min(wish.clamped(to: -2.5...2.5), needed < -2.5 ? max(needed, -9) : 9), curvature: driver.steering(view))
    }
}
