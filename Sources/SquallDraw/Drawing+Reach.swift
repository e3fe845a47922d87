import SquallDiagnostics
import SquallMath
import SquallScene

/// What may go on from an expression into the world: finite, and within reach.
///
/// `infinity` is a value of the language, good for `min(80 km/h, lane.speed_limit)`; nothing in the world can be infinite.
extension Drawing {
    /// `x`, unless it has no value, or is infinite where nothing it was made of was.
    /// - Throws: `Failure` with the expression's place.
    func computed(_ x: Double, _ origin: Origin?, mayBeInfinite: Bool) throws -> Double {
        if x.isFinite || (x.isInfinite && mayBeInfinite) { return x }
        throw failure(
            "no-value", origin, x.isNaN ? "this has no value" : "this is infinite", fix: "look for a division by zero or the root or logarithm of a negative number")
    }

    /// `value`, unless a number in it is not finite or a place in it lies out of reach.
    /// - Throws: `Failure` with the expression's place.
    func usable(_ value: Value, _ origin: Origin?) throws -> Value {
        switch value {
        case .number(let x): _ = try computed(x, origin, mayBeInfinite: false)
        case .vector(let v): try within(origin, v.x, v.y, v.z)
        case .vicinity(let distance, _): try within(origin, distance)
        case .list(let parts): for part in parts { _ = try usable(part, origin) }
        case .map(let entries): for entry in entries { _ = try usable(entry.value, origin) }
        case .timed(let time): guard time.isFinite else { throw failure("no-value", origin, "this has no finite value at some time") }
        case .place(.pose(let pose)):
            try within(origin, pose.position.x, pose.position.y, pose.position.z)
            _ = try computed(pose.rotation.yaw, origin, mayBeInfinite: false)
        case .place(.ground(let point, let heading)):
            try within(origin, point.x, point.y)
            _ = try computed(heading, origin, mayBeInfinite: false)
        case .place(.lane(let position)): try within(origin, position.s, position.left)
        default: break
        }
        return value
    }

    /// A length that places something, metres.
    func reach(_ expression: Expression, _ scope: Scope) throws -> Double {
        let x = try number(expression, scope)
        try within(expression.origin, x)
        return x
    }

    private func within(_ origin: Origin?, _ coordinates: Double...) throws {
        let limit = SceneLimit.coordinate.value
        guard let bad = coordinates.first(where: { !(abs($0) <= Double(limit)) }) else { return }
        throw failure("out-of-reach", origin, "\(Units.number(bad)) m is out of reach", fix: "everything lies within \(limit / 1000) km of the origin")
    }
}

extension TimeValue {
    /// Whether every number it is made of is finite.
    var isFinite: Bool {
        switch self {
        case .constant(let x): x.isFinite
        case .ramp(let a, let b, let over): a.isFinite && b.isFinite && over.isFinite
        case .curve(let knots): knots.allSatisfy { $0.time.isFinite && $0.value.isFinite }
        case .noise(let base, let amplitude, let period, _): base.isFinite && amplitude.isFinite && period.isFinite
        }
    }

    /// How far noise swings it at most, either way.
    var swing: Double { if case .noise(let base, let amplitude, _, _) = self { abs(amplitude) + base.swing } else { 0 } }

    /// Between which values it stays, noise left aside; nil without any.
    var extent: ClosedRange<Double>? {
        switch self {
        case .constant(let x): x...x
        case .ramp(let a, let b, _): min(a, b)...max(a, b)
        case .curve(let knots): knots.map(\.value).min().flatMap { low in knots.map(\.value).max().map { low...$0 } }
        case .noise(let base, _, _, _): base.extent
        }
    }
}
