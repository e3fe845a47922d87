import SquallMath
import SquallScene

/// Runs one actor's behaviour tree: which step is on, when it starts and ends.
///
/// `when` delays a step (the default behaviour goes on meanwhile); `until` and `for` end it, as does the action itself.
struct Sequencer: Sendable {
    private indirect enum Node: Sendable {
        case waiting(BehaviourStep)
        case running(BehaviourStep, any Action, started: Double)
        case sequence([Behaviour], next: Int, current: Node)
        case together([Node])
        case repeating(Behaviour, left: Int?, current: Node)
        case ended

        var hasEnded: Bool { if case .ended = self { true } else { false } }
    }

    private var root: Node
    /// Everything has run its course; the default behaviour is on.
    var hasEnded: Bool { root.hasEnded }

    /// Steps that end at once are followed by the next in the same tick, at most this many times.
    private static let transitionsPerTick = 8

    init(_ behaviour: Behaviour) { root = Self.node(for: behaviour) }

    private static func node(for behaviour: Behaviour) -> Node {
        switch behaviour {
        case .step(let step): .waiting(step)
        case .sequence(let parts): .sequence(parts, next: 0, current: .ended)
        case .together(let parts): .together(parts.map { node(for: $0) })
        case .repeating(let body, let times): .repeating(body, left: times, current: .ended)
        }
    }

    /// What the actor wants now; nil leaves everything to the default.
    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent? {
        var budget = Self.transitionsPerTick
        return Self.run(&root, &driver, view, &budget)
    }

    private static func run(_ node: inout Node, _ driver: inout Driver, _ view: DriverView, _ budget: inout Int) -> Intent? {
        switch node {
        case .ended: return nil
        case .waiting(let step): return start(step, &node, &driver, view)
        case .running(let step, let action, let started): return go(on: step, action, started, &node, &driver, view)
        case .sequence(let parts, var next, var current):
            var intent = run(&current, &driver, view, &budget)
            while current.hasEnded, next < parts.count, budget > 0 {
                budget -= 1
                current = self.node(for: parts[next])
                next += 1
                intent = run(&current, &driver, view, &budget)
            }
            node = current.hasEnded && next >= parts.count ? .ended : .sequence(parts, next: next, current: current)
            return intent
        case .together(var parts):
            var result: Intent?
            for index in parts.indices {
                guard let intent = run(&parts[index], &driver, view, &budget) else { continue }
                result = result?.beside(intent) ?? intent
            }
            node = parts.allSatisfy(\.hasEnded) ? .ended : .together(parts)
            return result
        case .repeating(let body, var left, var current):
            var intent = run(&current, &driver, view, &budget)
            while current.hasEnded, left ?? 1 > 0, budget > 0 {
                budget -= 1
                left = left.map { $0 - 1 }
                current = self.node(for: body)
                intent = run(&current, &driver, view, &budget)
            }
            node = current.hasEnded && left ?? 1 <= 0 ? .ended : .repeating(body, left: left, current: current)
            return intent
        }
    }

    private static func start(_ step: BehaviourStep, _ node: inout Node, _ driver: inout Driver, _ view: DriverView) -> Intent? {
        let queries = RuntimeQueries(scenery: view.scenery, model: view.model, stepStart: view.scenery.time)
        if let when = step.when, when.value(in: queries) == 0 { return nil }
        guard let type = ActionRegistry.action(step.action) else {
            node = .ended
            return nil
        }
        let action = type.init(ActionArguments(step: step, view: view), &driver, view)
        return go(on: step, action, view.scenery.time, &node, &driver, view)
    }

    private static func go(
        on step: BehaviourStep, _ action: any Action, _ started: Double, _ node: inout Node, _ driver: inout Driver, _ view: DriverView
    ) -> Intent? {
        let queries = RuntimeQueries(scenery: view.scenery, model: view.model, stepStart: started)
        let isOver = step.until.map { $0.value(in: queries) != 0 } ?? false || step.duration.map { view.scenery.time - started >= $0 - 1e-9 } ?? false
        var action = action
        guard !isOver, let intent = action.intent(&driver, view) else {
            node = .ended
            return nil
        }
        node = .running(step, action, started: started)
        return intent
    }
}
