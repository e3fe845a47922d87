import SquallDiagnostics
import SquallMath
import SquallScene

/// Every action a behaviour can name.
public enum ActionRegistry {
    static let actions: [any Action.Type] = [
        FollowLane.self, ChangeLane.self, Brake.self, Accelerate.self, KeepGap.self, Stop.self, Wait.self, FollowPath.self, Walk.self, Run.self, Cross.self, Sit.self, Fall.self,
        Wave.self,
    ]

    /// Names and parameters, in the order of the reference.
    public static var catalogue: [(name: String, parameters: [ActionParameter])] { actions.map { ($0.name, $0.parameters) } }

    static func action(_ name: String) -> (any Action.Type)? { actions.first { $0.name == name } }

    /// What is wrong with a behaviour before it runs: unknown actions, unknown, missing or mistyped arguments.
    public static func problems(in behaviour: Behaviour, of actor: String, file: String) -> [Diagnostic] {
        switch behaviour {
        case .step(let step): return problems(in: step, of: actor, file: file)
        case .sequence(let parts), .together(let parts): return parts.flatMap { problems(in: $0, of: actor, file: file) }
        case .repeating(let body, _): return problems(in: body, of: actor, file: file)
        }
    }

    private static func problems(in step: BehaviourStep, of actor: String, file: String) -> [Diagnostic] {
        let place = "\(actor) do \(step.action)"
        guard let action = action(step.action) else {
            let names = actions.map { $0.name }.joined(separator: ", ")
            return [
                Diagnostic(.error, "unknown-action", file: file, place: place, message: "there is no action '\(step.action)'", fix: "one of: \(names)")
            ]
        }
        var result: [Diagnostic] = []
        for argument in step.arguments {
            guard let parameter = action.parameters.first(where: { $0.name == argument.name }) else {
                let known = action.parameters.map(\.name).joined(separator: ", ")
                result.append(
                    Diagnostic(
                        .error, "unknown-argument", file: file, place: place, message: "'\(step.action)' has no argument '\(argument.name)'",
                        fix: known.isEmpty ? "it takes none" : "it takes: \(known)"))
                continue
            }
            if case .points(let points) = argument.value {
                let limit = SceneLimit.coordinate.value
                let length = zip(points, points.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
                if !points.allSatisfy({ max(abs($0.x), abs($0.y), abs($0.z)) <= Double(limit) && ($0.x + $0.y + $0.z).isFinite }) || !(length <= Double(SceneLimit.pathLength.value)) {
                    result.append(Diagnostic(.error, "out-of-reach", file: file, place: place, message: "the points of '\(argument.name)' lie out of reach or nowhere"))
                }
            }
            if parameter.kind != argument.value.kind {
                result.append(
                    Diagnostic(
                        .error, "argument-kind", file: file, place: place,
                        message: "'\(argument.name)' of '\(step.action)' is a \(parameter.kind.rawValue), not a \(argument.value.kind.rawValue)"))
            }
        }
        for parameter in action.parameters where parameter.isRequired && step.argument(parameter.name) == nil {
            result.append(Diagnostic(.error, "missing-argument", file: file, place: place, message: "'\(step.action)' needs '\(parameter.name)'"))
        }
        return result
    }
}

extension BehaviourStep.Argument.Value {
    var kind: ActionParameter.Kind {
        switch self {
        case .number: .number
        case .text: .text
        case .actor: .actor
        case .lane: .lane
        case .points: .points
        }
    }
}
