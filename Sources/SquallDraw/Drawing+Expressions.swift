import Foundation
import SquallDiagnostics
import SquallMath
import SquallScene
import SquallWeather

/// The values of expressions before the episode starts, their draws included.
extension Drawing {
    func number(_ expression: Expression, _ scope: Scope) throws -> Double {
        switch try evaluate(expression, scope) {
        case .number(let value): return value
        case .truth(let value): return value ? 1 : 0
        default: throw failure("not-a-number", expression.origin, "this is not a number")
        }
    }

    func truth(_ expression: Expression, _ scope: Scope) throws -> Bool { try number(expression, scope) != 0 }

    /// The value of an expression before the episode starts.
    func evaluate(_ expression: Expression, _ scope: Scope) throws -> Value {
        steps += 1
        guard steps <= SceneLimit.drawSteps.value else {
            throw failure("too-many-steps", expression.origin, "working this out takes more than \(SceneLimit.drawSteps.value) steps")
        }
        switch expression.kind {
        case .literal(let value): return value
        case .global(let name): return try global(name, expression.origin)
        case .actor(let reference): return .actor(try instance(reference, scope, expression.origin)?.path)
        case .copyIndex: return .number(Double(scope.actor?.copy ?? 0))
        case .attribute(let reference, let attribute):
            guard let actor = try instance(reference, scope, expression.origin) else { throw failure("no-previous", expression.origin, "the first copy has no previous") }
            return try value(of: attribute, actor, expression.origin)
        case .negate(let operand): return try negated(evaluate(operand, scope), expression.origin)
        case .not(let operand): return .truth(try !truth(operand, scope))
        case .arithmetic(let operation, let left, let right): return try arithmetic(operation, left, right, expression, scope)
        case .conditional(let condition, let yes, let no): return try evaluate(truth(condition, scope) ? yes : no, scope)
        case .vector(let x, let y, let z): return .vector(Vec3(try number(x, scope), try number(y, scope), try number(z, scope)))
        case .list(let elements): return try counted(.list(elements.map { try evaluate($0, scope) }), expression.origin)
        case .map(let entries): return try counted(.map(entries.map { Value.MapEntry(key: try evaluate($0.key, scope), value: try evaluate($0.value, scope)) }), expression.origin)
        case .range(let low, let high): return .range(try number(low, scope), try number(high, scope))
        case .membership(let element, let range):
            guard case .range(let low, let high) = try evaluate(range, scope) else { throw failure("not-a-range", range.origin, "this is not a range") }
            let value = try number(element, scope)
            return .truth(value >= low && value <= high)
        case .function(let name, let arguments):
            guard let function = NumericFunction.named(name) else { throw failure("unknown-function", expression.origin, "there is no function '\(name)'") }
            return .number(try computed(function.evaluate(try arguments.map { try number($0, scope) }), expression.origin, mayBeInfinite: true))
        case .draw(let node): return .number(try drawn(node, expression, scope))
        case .pick(let ordinal, let entries): return try picked(ordinal, entries, expression.origin, scope)
        case .scaled(let inner, let factor, let offset):
            let x = try number(inner, scope)
            return .number(try computed(x * factor + offset, expression.origin, mayBeInfinite: x.isInfinite))
        default: return try special(expression, scope)
        }
    }

    /// A list, its elements counted as steps. Lists of lists share what they hold, so a few lines could name more elements than there is time for.
    private func counted(_ list: Value, _ origin: Origin?) throws -> Value {
        var rest = SceneLimit.drawSteps.value - steps
        list.count(into: &rest)
        guard rest >= 0 else { throw failure("too-many-steps", origin, "this holds too many elements: working with it takes more than \(SceneLimit.drawSteps.value) steps") }
        steps = SceneLimit.drawSteps.value - rest
        return list
    }

    /// Values that are not plain arithmetic: time, places, roads, questions.
    private func special(_ expression: Expression, _ scope: Scope) throws -> Value {
        switch expression.kind {
        case .moment(let date, let time):
            guard case .date(let day) = try evaluate(date, scope), case .timeOfDay(let hour) = try evaluate(time, scope) else {
                throw failure("not-a-moment", expression.origin, "this is not a date and time")
            }
            return .moment(day, hour)
        case .geo(let latitude, let longitude):
            let place = GeoPlace(latitude: try number(latitude, scope), longitude: try number(longitude, scope))
            guard abs(place.latitude) <= .pi / 2 + 1e-9, abs(place.longitude) <= .pi + 1e-9 else {
                throw failure("out-of-range", expression.origin, "there is no such place on Earth", fix: "latitude lies between -90 deg and 90 deg, longitude between -180 deg and 180 deg")
            }
            return .geo(place)
        case .sun(let place, let time, let azimuth):
            guard case .geo(let geo) = try evaluate(place, scope), case .moment(let date, let hour) = try evaluate(time, scope) else {
                throw failure("not-a-moment", expression.origin, "the sun needs a place and a time")
            }
            let sun = SunCalculator.position(latitude: geo.latitude, longitude: geo.longitude, time: CivilTime(date, hour, at: geo))
            return .number(azimuth ? sun.azimuth : sun.elevation)
        case .ramp(let from, let to, let over): return .timed(.ramp(from: try number(from, scope), to: try number(to, scope), over: try number(over, scope)))
        case .curve(let knots):
            let points = try knots.map { TimeValue.Knot(time: try number($0.time, scope), value: try number($0.value, scope)) }
            guard zip(points, points.dropFirst()).allSatisfy({ $0.time <= $1.time }) else { throw failure("unsorted-curve", expression.origin, "the times of a curve must grow") }
            return .timed(.curve(points))
        case .noise(let amplitude, let period, let ordinal):
            var random = random(key(scope, ordinal))
            return .timed(.noise(base: .constant(0), amplitude: try number(amplitude, scope), period: try number(period, scope), key: random.nextUInt64()))
        case .roadMethod(let method, let receiver, let arguments): return try roadStep(method, receiver, arguments, expression.origin, scope)
        case .along(let reference, let distance, let left): return try along(reference, distance, left, expression.origin, scope)
        case .pose(let position, let heading):
            guard case .vector(let p) = try evaluate(position, scope) else { throw failure("not-a-vector", position.origin, "this is not a vector") }
            let yaw = try number(heading, scope)
            if p.z == 0 { return .place(.ground(p.xy, heading: yaw)) }
            return .place(.pose(Pose(position: p, rotation: Quaternion(yaw: yaw))))
        case .vicinity(let distance, let reference):
            return .vicinity(try number(distance, scope), of: try instance(reference, scope, expression.origin)?.path ?? "")
        case .query(let kind, let arguments): return try startQuery(kind, arguments, expression.origin, scope)
        case .elapsed: return .number(0)
        default: throw failure("not-a-value", expression.origin, "this has no value before the episode starts")
        }
    }

    private func global(_ name: String, _ origin: Origin?) throws -> Value {
        guard let place = globalIndex[name] else { throw failure("unknown-name", origin, "there is no '\(name)'") }
        let global = scene.globals[place]
        return try once(name, global.value.origin, in: \.globals) {
            let value = try evaluate(global.value, Scope(path: name))
            try confine(value, global)
            return value
        }
    }

    /// A param set from outside stays within the scene's own range, whatever its value is made of.
    private func confine(_ value: Value, _ global: Scene.Global) throws {
        guard let limits = global.limits, case .number(let x) = value, case .number(let dimension) = global.value.type,
            case .range(let low, let high) = try evaluate(limits, Scope(path: global.name)), !Scene.Global.confined(x, low, high)
        else { return }
        throw failure(
            "out-of-range", global.value.origin, "param \(global.name) lies within \(Units.format(low, dimension)) ... \(Units.format(high, dimension)), but this gives \(Units.format(x, dimension))",
            fix: "choose a value from that range, or change the range in the scene")
    }

    // MARK: arithmetic

    private func negated(_ value: Value, _ origin: Origin?) throws -> Value {
        switch value {
        case .number(let x): return .number(-x)
        case .vector(let v): return .vector(-v)
        case .timed(let t): return .timed(t.mapped(factor: -1, offset: 0))
        default: throw failure("not-a-number", origin, "this is not a number")
        }
    }

    private func arithmetic(_ operation: RuntimeExpression.Binary, _ left: Expression, _ right: Expression, _ whole: Expression, _ scope: Scope) throws -> Value {
        let a = try evaluate(left, scope)
        if operation == .and || operation == .or, case .truth(let first) = a {
            if first == (operation == .or) { return a }
            return try evaluate(right, scope)
        }
        let b = try evaluate(right, scope)
        switch (a, b) {
        case (.number(let x), .number(let y)):
            let result = try computed(operation.apply(x, y), whole.origin, mayBeInfinite: x.isInfinite || y.isInfinite)
            if whole.type == .truth { return .truth(result != 0) }
            return .number(result)
        case (.vector(let u), .vector(let v)) where operation == .add: return .vector(u + v)
        case (.vector(let u), .vector(let v)) where operation == .subtract: return .vector(u - v)
        case (.vector, .number(0)) where operation == .divide: throw failure("no-value", whole.origin, "this divides by zero")
        case (.vector(let u), .number(let k)): return .vector(operation == .divide ? u / k : u * k)
        case (.number(let k), .vector(let u)): return .vector(u * k)
        case (.timed(let t), .number(let k)): return .timed(t.combined(operation, k))
        case (.number(let k), .timed(let t)):
            if operation == .subtract { return .timed(t.mapped(factor: -1, offset: k)) }
            return .timed(t.combined(operation, k))
        case (.timed(let t), .timed(.noise(.constant(0), let amplitude, let period, let key))) where operation == .add:
            return .timed(.noise(base: t, amplitude: amplitude, period: period, key: key))
        case (.timed(.noise(.constant(0), let amplitude, let period, let key)), .timed(let t)) where operation == .add:
            return .timed(.noise(base: t, amplitude: amplitude, period: period, key: key))
        case (.lane(let p), .lane(let q)) where operation == .equal || operation == .notEqual: return .truth(p.isSameLane(as: q) == (operation == .equal))
        default:
            if operation == .equal { return .truth(a == b) }
            if operation == .notEqual { return .truth(a != b) }
            throw failure("bad-operands", whole.origin, "these two values cannot be combined", fix: "of two values that change over time, one can be noise(...) that is added")
        }
    }

    // MARK: draws

    func key(_ scope: Scope, _ ordinal: Int) -> String { ordinal == 0 ? scope.path : "\(scope.path)/\(ordinal)" }

    private func drawn(_ node: Expression.DrawNode, _ whole: Expression, _ scope: Scope) throws -> Double {
        let origin = whole.origin
        let parameters = try node.parameters.map { try number($0, scope) }
        let distribution: any Distribution
        switch node.distribution.make(parameters) {
        case .success(let made): distribution = made
        case .failure(let error): throw failure("bad-distribution", origin, "this \(node.distribution.rawValue) draw is impossible: \(error.reason)")
        }
        let path = key(scope, node.ordinal)
        var random = random(path)
        let u = random.openUniform()
        var x: Double
        if let limits = node.limits {
            guard case .range(let low, let high) = try evaluate(limits, scope) else { throw failure("not-a-range", limits.origin, "this is not a range") }
            guard let within = distribution.quantile(u, within: (low - node.offset) / node.factor, (high - node.offset) / node.factor) else {
                throw failure("empty-truncation", limits.origin, "this \(node.distribution.rawValue) draw practically never falls within the range", fix: "widen the range")
            }
            x = within
        } else {
            x = distribution.quantile(u)
        }
        x = try computed(x * node.factor + node.offset, origin, mayBeInfinite: false)
        draws[path] = Value.number(x).described(as: whole.type)
        return x
    }

    private func picked(_ ordinal: Int, _ entries: [(value: Expression, weight: Expression)], _ origin: Origin?, _ scope: Scope) throws -> Value {
        let weights = try entries.map { try number($0.weight, scope) }
        let total = weights.reduce(0, +)
        guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }), total > 0 else { throw failure("bad-weights", origin, "the weights of pick must not be negative, nor all zero") }
        let path = key(scope, ordinal)
        var random = random(path)
        var rest = random.uniform() * total
        let last = weights.lastIndex { $0 > 0 } ?? 0
        var chosen = last
        for (i, weight) in weights.enumerated() {
            if rest < weight {
                chosen = i
                break
            }
            rest -= weight
        }
        // The chosen value may itself be random: its draws have ordinals of their own.
        let value = try evaluate(entries[chosen].value, scope)
        draws[path] = value.described(as: entries[chosen].value.type)
        return value
    }
}
