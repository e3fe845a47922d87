import Foundation
import SquallMath

/// What an actor does over time: data, run by `SquallDynamics`.
public indirect enum Behaviour: Sendable, Equatable {
    case step(BehaviourStep)
    /// One after another.
    case sequence([Behaviour])
    /// Side by side until all have ended.
    case together([Behaviour])
    /// Again and again; nil repeats without end.
    case repeating(Behaviour, times: Int?)
}

/// One call of an action from the library (`follow_lane`, `change_lane`, `brake`, `keep_gap`, `follow`, `walk`, `stop`, `wait`, `accelerate`).
public struct BehaviourStep: Sendable, Equatable {
    public var action: String
    public var arguments: [Argument]
    /// Delays the start until it holds.
    public var when: RuntimeExpression?
    /// Ends the step when it holds.
    public var until: RuntimeExpression?
    /// Ends the step after this long, seconds.
    public var duration: Double?

    /// A named argument; the schema has filled in names and defaults.
    public struct Argument: Sendable, Equatable {
        public enum Value: Sendable, Equatable {
            /// SI; may depend on the state at time t.
            case number(RuntimeExpression)
            case text(String)
            /// Another actor's path.
            case actor(String)
            /// A lane: beside another actor, or fixed.
            case lane(LaneTarget)
            case points([Vec3])
        }
        public var name: String
        public var value: Value
        public init(name: String, value: Value) { (self.name, self.value) = (name, value) }
    }

    public init(action: String, arguments: [Argument] = [], when: RuntimeExpression? = nil, until: RuntimeExpression? = nil, duration: Double? = nil) {
        (self.action, self.arguments, self.when, self.until, self.duration) = (action, arguments, when, until, duration)
    }

    public func argument(_ name: String) -> Argument.Value? { arguments.first { $0.name == name }?.value }
}

/// A lane to go to.
public enum LaneTarget: Sendable, Equatable {
    /// The lane that actor is on when the action starts.
    case laneOf(String)
    /// One lane to the left or right of the acting actor's own, in the direction of travel.
    case left, right
    case fixed(road: String, lane: Int)
}

/// An expression over the world state at time t. Numbers are SI; a truth value is 0 or 1.
public indirect enum RuntimeExpression: Sendable, Equatable {
    case constant(Double)
    /// Seconds since the episode's start; since the step's start.
    case elapsed, stepElapsed
    case query(RuntimeQuery)
    case unary(Unary, RuntimeExpression)
    case binary(Binary, RuntimeExpression, RuntimeExpression)
    case choice(if: RuntimeExpression, then: RuntimeExpression, else: RuntimeExpression)

    public enum Unary: String, Sendable { case negate, not, absolute, squareRoot }
    public enum Binary: String, Sendable {
        case add, subtract, multiply, divide, power, minimum, maximum
        case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual, and, or
    }

    /// The value in a given context. Division by zero follows IEEE 754.
    public func value(in context: some RuntimeContext) -> Double {
        switch self {
        case .constant(let value): return value
        case .elapsed: return context.elapsed
        case .stepElapsed: return context.stepElapsed
        case .query(let query): return context.value(of: query)
        case .unary(let operation, let operand):
            let x = operand.value(in: context)
            switch operation {
            case .negate: return -x
            case .not: return x == 0 ? 1 : 0
            case .absolute: return abs(x)
            case .squareRoot: return x.squareRoot()
            }
        case .binary(let operation, let left, let right): return operation.apply(left.value(in: context), right.value(in: context))
        case .choice(let condition, let yes, let no): return condition.value(in: context) != 0 ? yes.value(in: context) : no.value(in: context)
        }
    }
}

/// A question about actors, by path.
public enum RuntimeQuery: Sendable, Equatable {
    /// Between hulls, metres.
    case distance(String, String)
    /// Bumper to bumper along the lane, metres; infinite when the other is not ahead.
    case gap(from: String, to: String)
    case speed(String)
    case acceleration(String)
    /// Along the reference line of the road the actor is on, metres.
    case s(String)
    /// OpenDRIVE lane id.
    case lane(String)
    /// Seconds until contact at present speeds along the lane; infinite when opening.
    case timeToCollision(String, String)
    /// 1 when any of 32 hull points is seen from the sensor or actor, ignoring weather.
    case visible(String, from: String)
    case collided(String, String)
    /// A weather value: `rain_rate` (mm/h as m/s), `visibility`, `wind_speed`.
    case weather(String)
}

public protocol RuntimeContext {
    var elapsed: Double { get }
    var stepElapsed: Double { get }
    func value(of query: RuntimeQuery) -> Double
}

/// `require always|eventually|never`.
public struct TemporalRequirement: Sendable, Equatable {
    public enum Mode: String, Sendable { case always, eventually, never }
    public var mode: Mode
    public var condition: RuntimeExpression
    /// The author's words, for messages.
    public var text: String
    public init(mode: Mode, condition: RuntimeExpression, text: String) { (self.mode, self.condition, self.text) = (mode, condition, text) }
}

extension RuntimeExpression.Binary {
    public func apply(_ a: Double, _ b: Double) -> Double {
        switch self {
        case .add: return a + b
        case .subtract: return a - b
        case .multiply: return a * b
        case .divide: return a / b
        case .power: return pow(a, b)
        case .minimum: return min(a, b)
        case .maximum: return max(a, b)
        case .less: return a < b ? 1 : 0
        case .lessOrEqual: return a <= b ? 1 : 0
        case .greater: return a > b ? 1 : 0
        case .greaterOrEqual: return a >= b ? 1 : 0
        case .equal: return a == b ? 1 : 0
        case .notEqual: return a != b ? 1 : 0
        case .and: return a != 0 && b != 0 ? 1 : 0
        case .or: return a != 0 || b != 0 ? 1 : 0
        }
    }
}
