import SquallMath

/// What an expression of a scene can be once everything random has been drawn. Numbers are SI, angles radians.
public indirect enum Value: Sendable, Equatable {
    case number(Double)
    case truth(Bool)
    case text(String)
    case vector(Vec3)
    case list([Value])
    /// `[train: 0.8, val: 0.2]`
    case map([MapEntry])
    /// sRGB components 0...1 as written.
    case color(Vec3)
    case range(Double, Double)
    case date(CivilDate)
    case timeOfDay(TimeOfDay)
    case moment(CivilDate, TimeOfDay)
    case geo(GeoPlace)
    /// A number that changes over the episode.
    case timed(TimeValue)
    /// A name with a meaning by place: `poor`, `vlp32c`, `boxes`.
    case symbol(String)
    case archetype(String)
    /// Import path of an asset file.
    case asset(String)
    /// Import path of a road file.
    case network(String)
    case road(network: String, id: String)
    case junction(network: String, id: String)
    case approach(network: String, junction: String, number: Int)
    case lane(LaneValue)
    case place(Placement)
    /// Path of an actor, nil for the `previous` of the first copy.
    case actor(String?)
    /// `250 m of ego`
    case vicinity(Double, of: String)

    public struct MapEntry: Sendable, Equatable {
        public var key: Value
        public var value: Value
        public init(key: Value, value: Value) { (self.key, self.value) = (key, value) }
    }
}

public struct CivilDate: Sendable, Equatable {
    public var year: Int, month: Int, day: Int
    public init(year: Int, month: Int, day: Int) { (self.year, self.month, self.day) = (year, month, day) }

    /// Whether the Gregorian calendar has such a day.
    public var isValid: Bool {
        guard (1...12).contains(month), day >= 1 else { return false }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}

public struct TimeOfDay: Sendable, Equatable {
    /// After midnight.
    public var seconds: Double
    /// Written `14:20 UTC`; else local.
    public var isUTC: Bool
    public init(seconds: Double, isUTC: Bool = false) { (self.seconds, self.isUTC) = (seconds, isUTC) }
}

/// A lane, perhaps at a station on its road.
public struct LaneValue: Sendable, Equatable {
    public var network: String
    public var road: String
    public var lane: Int
    /// Where along the road the question arose, metres; nil for a lane named by itself.
    public var s: Double?
    /// The same lane of the same road, wherever along it.
    public func isSameLane(as other: LaneValue) -> Bool { network == other.network && road == other.road && lane == other.lane }
    public init(network: String, road: String, lane: Int, s: Double? = nil) { (self.network, self.road, self.lane, self.s) = (network, road, lane, s) }
}
