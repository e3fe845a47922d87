import SquallDiagnostics
import SquallMath
import SquallScene

/// What stays open until the episode runs: behaviours and temporal requirements.
extension Drawing {
    /// An expression with everything drawn put in as a number and only questions about time t left open.
    func runtime(_ expression: Expression, _ scope: Scope) throws -> RuntimeExpression {
        guard expression.isRuntime else { return .constant(try number(expression, scope)) }
        switch expression.kind {
        case .elapsed: return .elapsed
        case .negate(let x): return .unary(.negate, try runtime(x, scope))
        case .not(let x): return .unary(.not, try runtime(x, scope))
        case .scaled(let x, let factor, let offset):
            return .binary(.add, .binary(.multiply, try runtime(x, scope), .constant(factor)), .constant(offset))
        case .arithmetic(let operation, let a, let b): return .binary(operation, try runtime(a, scope), try runtime(b, scope))
        case .conditional(let c, let a, let b): return .choice(if: try runtime(c, scope), then: try runtime(a, scope), else: try runtime(b, scope))
        case .membership(let x, let range):
            let (low, high): (RuntimeExpression, RuntimeExpression)
            if case .range(let from, let to) = range.kind {
                (low, high) = (try runtime(from, scope), try runtime(to, scope))
            } else {
                guard case .range(let from, let to) = try evaluate(range, scope) else { throw failure("not-a-range", range.origin, "this is not a range") }
                (low, high) = (.constant(from), .constant(to))
            }
            let value = try runtime(x, scope)
            return .binary(.and, .binary(.greaterOrEqual, value, low), .binary(.lessOrEqual, value, high))
        case .function(let name, let arguments): return try runtimeFunction(name, arguments.map { try runtime($0, scope) }, expression.origin)
        case .query(let kind, let arguments): return .query(try query(kind, arguments, expression.origin, scope))
        default: throw failure("not-at-runtime", expression.origin, "this cannot be asked while the episode runs")
        }
    }

    private func runtimeFunction(_ name: String, _ arguments: [RuntimeExpression], _ origin: Origin?) throws -> RuntimeExpression {
        switch name {
        case "abs": return .unary(.absolute, arguments[0])
        case "sqrt": return .unary(.squareRoot, arguments[0])
        case "min", "max":
            guard let first = arguments.first else { break }
            return arguments.dropFirst().reduce(first) { .binary(name == "min" ? .minimum : .maximum, $0, $1) }
        case "clamp": return .binary(.maximum, arguments[1], .binary(.minimum, arguments[2], arguments[0]))
        default: break
        }
        throw failure("not-at-runtime", origin, "\(name)() cannot be asked while the episode runs")
    }

    private func query(_ kind: QueryKind, _ arguments: [Expression], _ origin: Origin?, _ scope: Scope) throws -> RuntimeQuery {
        let paths = try arguments.map { argument -> String in
            switch argument.kind {
            case .actor(let reference):
                guard let actor = try instance(reference, scope, argument.origin) else { throw failure("no-previous", argument.origin, "the first copy has no previous") }
                return actor.path
            case .sensor(let reference, let name):
                guard let actor = try instance(reference, scope, argument.origin) else { throw failure("no-previous", argument.origin, "the first copy has no previous") }
                return "\(actor.path).\(name)"
            default: throw failure("not-an-actor", argument.origin, "this is not an actor")
            }
        }
        switch kind {
        case .distance: return .distance(paths[0], paths[1])
        case .gap: return .gap(from: paths[0], to: paths[1])
        case .speed: return .speed(paths[0])
        case .acceleration: return .acceleration(paths[0])
        case .s: return .s(paths[0])
        case .lane: return .lane(paths[0])
        case .timeToCollision: return .timeToCollision(paths[0], paths[1])
        case .visible: return .visible(paths[0], from: paths[1])
        case .collided: return .collided(paths[0], paths[1])
        }
    }

    // MARK: behaviours

    /// The behaviour with its numbers drawn; nil where nothing is left to do.
    func behaviour(_ template: BehaviourTemplate, _ actor: Instance) throws -> Behaviour? {
        switch template {
        case .step(let step): return try self.step(step, actor).map(Behaviour.step)
        case .sequence(let parts): return .sequence(try parts.compactMap { try behaviour($0, actor) })
        case .together(let parts): return .together(try parts.compactMap { try behaviour($0, actor) })
        case .repeating(let body, let times):
            guard let inner = try behaviour(body, actor) else { return nil }
            let count = try times.map { try number($0, Scope(path: "\(actor.path).do.repeat", actor: actor)) }
            return .repeating(inner, times: count.map { Int($0.rounded().clamped(to: 0...1e6)) })
        }
    }

    /// A step; nil when it is about the `previous` of the first copy.
    private func step(_ step: BehaviourTemplate.Step, _ actor: Instance) throws -> BehaviourStep? {
        let path = "\(actor.path).do.\(step.key)"
        func scope(_ name: String) -> Scope { Scope(path: "\(path).\(name)", actor: actor) }
        var arguments: [BehaviourStep.Argument] = []
        for (name, value) in step.arguments {
            switch value {
            case .number(let expression):
                let number = try runtime(expression, scope(name))
                if case .constant(let x) = number, let allowed = Schema.action(step.action)?.parameter(name)?.allowed, !allowed.contains(x) {
                    throw failure(
                        "out-of-range", expression.origin, "\(name) of \(step.action)() was drawn as \(Units.number(x)) (SI), which is impossible",
                        fix: "it lies between \(Units.number(allowed.lowerBound)) and \(Units.number(allowed.upperBound)) (SI)")
                }
                arguments.append(.init(name: name, value: .number(number)))
            case .text(let text): arguments.append(.init(name: name, value: .text(text)))
            case .actor(let reference):
                guard let other = try instance(reference, scope(name), step.origin) else { return nil }
                arguments.append(.init(name: name, value: .actor(other.path)))
            case .laneOf(let reference):
                guard let other = try instance(reference, scope(name), step.origin) else { return nil }
                arguments.append(.init(name: name, value: .lane(.laneOf(other.path))))
            case .side(let left): arguments.append(.init(name: name, value: .lane(left ? .left : .right)))
            case .lane(let expression):
                guard case .lane(let lane) = try evaluate(expression, scope(name)) else { throw failure("not-a-lane", expression.origin, "this is not a lane") }
                try refuseAbsent(lane, expression.origin)
                arguments.append(.init(name: name, value: .lane(.fixed(road: lane.road, lane: lane.lane))))
            case .points(let list): arguments.append(.init(name: name, value: .points(try points(list, scope(name)))))
            }
        }
        return BehaviourStep(
            action: step.action, arguments: arguments, when: try step.when.map { try runtime($0, scope("when")) }, until: try step.until.map { try runtime($0, scope("until")) },
            duration: try step.duration.map { try computed(number($0, scope("for")), $0.origin, mayBeInfinite: false) })
    }

    /// A lane to change to must be one to drive on somewhere along its road.
    private func refuseAbsent(_ lane: LaneValue, _ origin: Origin?) throws {
        let roads = try roads(lane.network, origin)
        let length = roads.length(ofRoad: lane.road) ?? 0
        let pieces = Int((length / 10).clamped(to: 1...1000).rounded(.up))
        for k in 0...pieces where roads.lanes(ofRoad: lane.road, at: length * Double(k) / Double(pieces)).contains(where: { $0.id == lane.lane && $0.type == "driving" }) { return }
        let known = roads.drivingLanes(ofRoad: lane.road)
        throw failure(
            "unknown-lane", origin, "road \(lane.road) has no lane \(lane.lane) to drive on",
            fix: known.isEmpty ? nil : "driving lanes in its middle are \(known.map(String.init).joined(separator: ", "))")
    }

    /// The points of a path, none out of reach and not too long in all.
    private func points(_ list: [Expression], _ scope: Scope) throws -> [Vec3] {
        let points = try list.map { expression -> Vec3 in
            let p = try point(expression, scope)
            _ = try usable(.vector(p), expression.origin)
            return p
        }
        pathLength += zip(points, points.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
        guard pathLength <= Double(SceneLimit.pathLength.value) else {
            throw failure("path-too-long", list.last?.origin, "the paths of a scene may be \(SceneLimit.pathLength.value / 1000) km long in all")
        }
        return points
    }

    /// A point of a path: a vector, or a place.
    private func point(_ expression: Expression, _ scope: Scope) throws -> Vec3 {
        switch try evaluate(expression, scope) {
        case .vector(let v): return v
        case .place(let placement): return try pose(of: placement, expression.origin).position
        default: throw failure("not-a-point", expression.origin, "this is not a point")
        }
    }
}

extension BehaviourTemplate.Step {
    var origin: Origin? { when?.origin ?? until?.origin ?? duration?.origin }
}
