import SquallMath
import SquallScene
import SquallWorld

/// A requirement an episode broke.
public struct RequirementViolation: Sendable, Equatable {
    /// Place in `ConcreteScene.requirements`.
    public var index: Int
    public var requirement: TemporalRequirement
    /// When it was broken; the end for an `eventually` that never came.
    public var time: Ticks
}

/// Watches temporal requirements over the steps of an episode.
struct RequirementMonitor {
    private let requirements: [TemporalRequirement]
    private var brokenAt: [Ticks?]
    private var isMet: [Bool]
    private var last = Ticks.zero

    init(_ requirements: [TemporalRequirement]) {
        self.requirements = requirements
        brokenAt = Array(repeating: nil, count: requirements.count)
        isMet = requirements.map { $0.mode != .eventually }
    }

    mutating func observe(_ model: SimulationModel, _ state: SimulationState) {
        last = state.world.time
        guard !requirements.isEmpty else { return }
        let queries = RuntimeQueries(scenery: state.scenery, model: model, stepStart: 0)
        for (index, requirement) in requirements.enumerated() where brokenAt[index] == nil {
            if requirement.mode == .eventually, isMet[index] { continue }
            let holds = requirement.condition.value(in: queries) != 0
            switch requirement.mode {
            case .always: if !holds { brokenAt[index] = last }
            case .never: if holds { brokenAt[index] = last }
            case .eventually: isMet[index] = holds
            }
        }
    }

    /// True once an `always` or a `never` is broken: nothing later can mend it.
    var isBroken: Bool { brokenAt.contains { $0 != nil } }

    /// The requirement broken earliest; of several at once the first in the file.
    var firstViolation: RequirementViolation? {
        var first: RequirementViolation?
        for (index, requirement) in requirements.enumerated() {
            // An episode that stopped at a break was not played to its end: what might still have come is no violation.
            guard let time = brokenAt[index] ?? (isMet[index] || isBroken ? nil : last) else { continue }
            if first.map({ time < $0.time }) ?? true { first = RequirementViolation(index: index, requirement: requirement, time: time) }
        }
        return first
    }
}
