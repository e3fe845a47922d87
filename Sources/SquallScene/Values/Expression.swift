import SquallDiagnostics
import SquallMath

/// Where in which file something was written.
public struct Origin: Sendable, Equatable {
    public var file: String
    public var span: SourceSpan
    public init(file: String, span: SourceSpan) { (self.file, self.span) = (file, span) }
}

/// A checked expression: names resolved, dimensions right, numbers in SI. Still random; a draw evaluates it.
public struct Expression: Sendable {
    public var kind: Kind
    public var type: ValueType
    public var origin: Origin?
    /// Needs the world state at time t: allowed in behaviours and temporal requirements only.
    public var isRuntime: Bool

    /// A temperature read on the scale of degrees Celsius, not a difference of temperatures: it cannot be added to another nor scaled.
    public var isReading: Bool

    public init(_ kind: Kind, _ type: ValueType, origin: Origin? = nil, isRuntime: Bool = false, isReading: Bool = false) {
        (self.kind, self.type, self.origin, self.isRuntime, self.isReading) = (kind, type, origin, isRuntime, isReading)
    }

    /// A fixed number in SI.
    public static func number(_ value: Double, _ dimension: Dimension = .none) -> Expression { Expression(.literal(.number(value)), .number(dimension)) }

    public indirect enum Kind: Sendable {
        case literal(Value)
        /// A param or let, by its qualified name.
        case global(String)
        case actor(ActorReference)
        /// A sensor of the rig an actor carries.
        case sensor(ActorReference, String)
        /// Which copy this is, from 0.
        case copyIndex
        /// A property of an actor as drawn.
        case attribute(ActorReference, ActorAttribute)
        case negate(Expression)
        case not(Expression)
        case arithmetic(RuntimeExpression.Binary, Expression, Expression)
        case conditional(Expression, Expression, Expression)
        case vector(Expression, Expression, Expression)
        case list([Expression])
        case map([(key: Expression, value: Expression)])
        case range(Expression, Expression)
        case membership(Expression, Expression)
        case function(String, [Expression])
        case draw(DrawNode)
        case pick(ordinal: Int, [(value: Expression, weight: Expression)])
        /// `(a + b) km/h`: value * factor + offset.
        case scaled(Expression, factor: Double, offset: Double)
        case moment(date: Expression, time: Expression)
        case geo(Expression, Expression)
        /// Elevation or azimuth of the sun.
        case sun(place: Expression, time: Expression, azimuth: Bool)
        case ramp(from: Expression, to: Expression, over: Expression)
        case curve([(time: Expression, value: Expression)])
        case noise(amplitude: Expression, period: Expression, ordinal: Int)
        case roadMethod(RoadMethod, Expression, [Expression])
        /// Negative distance: behind.
        case along(ActorReference, distance: Expression, left: Expression)
        case pose(position: Expression, heading: Expression)
        case vicinity(Expression, ActorReference)
        case query(QueryKind, [Expression])
        case elapsed
    }

    /// A random draw: the distribution, its parameters, a unit laid on the whole draw and an interval it is confined to.
    public struct DrawNode: Sendable {
        public var distribution: DistributionKind
        public var parameters: [Expression]
        public var factor: Double
        public var offset: Double
        public var limits: Expression?
        /// Tells several draws of one property apart.
        public var ordinal: Int
        public init(_ distribution: DistributionKind, _ parameters: [Expression], factor: Double = 1, offset: Double = 0, limits: Expression? = nil, ordinal: Int = 0) {
            (self.distribution, self.parameters, self.factor, self.offset) = (distribution, parameters, factor, offset)
            (self.limits, self.ordinal) = (limits, ordinal)
        }
    }
}

public indirect enum ActorReference: Sendable {
    /// The actor whose property this is.
    case own
    /// The copy before this one.
    case previous
    case named(String)
    case copy(String, Expression)
}

/// What can be asked of an actor before the episode starts.
public enum ActorAttribute: String, Sendable, CaseIterable {
    case speed, s, lane, heading, position, place, length, width, height
    public var type: ValueType {
        switch self {
        case .speed: .number(.speed)
        case .s, .length, .width, .height: .number(.length)
        case .heading: .number(.angle)
        case .position: .vector(.length)
        case .lane: .lane
        case .place: .place
        }
    }
}

/// Steps from a network to a place on it.
public enum RoadMethod: String, Sendable {
    case lane, road, junction, approach, at, left, right
    case speedLimit = "speed_limit"
}

/// Questions about the world, at its start in properties, at time t in behaviours.
public enum QueryKind: String, Sendable, CaseIterable {
    case distance, gap, speed, acceleration, s, lane, timeToCollision, visible, collided
}
