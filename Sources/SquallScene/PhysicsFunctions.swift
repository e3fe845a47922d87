import SquallMath

/// A physical model as a function of the language: `rain_extinction(25 mm/h)`.
///
/// Arguments and results are SI numbers with a dimension: rain rates come in as m/s, film depths leave as metres.
public struct PhysicsFunction: Sendable {
    public struct Parameter: Sendable {
        public var label: String
        public var dimension: Dimension
        /// Used when the argument is left out.
        public var defaultValue: Double?

        public init(_ label: String, _ dimension: Dimension, default value: Double? = nil) {
            (self.label, self.dimension, defaultValue) = (label, dimension, value)
        }
    }

    public let name: String
    public let parameters: [Parameter]
    public let result: Dimension
    /// One sentence for completion and the reference page.
    public let summary: String
    /// The paper or standard.
    public let source: String
    private let body: @Sendable ([Double]) -> Double

    init(
        _ name: String, _ parameters: [Parameter], _ result: Dimension, _ summary: String, source: String, _ body: @escaping @Sendable ([Double]) -> Double
    ) {
        (self.name, self.parameters, self.result, self.summary, self.source, self.body) = (name, parameters, result, summary, source, body)
    }

    /// How many arguments have no default. Those with one come last.
    public var requiredCount: Int { parameters.count { $0.defaultValue == nil } }

    /// The value for SI `arguments` in parameter order; trailing ones may be left out when they have a default.
    /// Not a number when there are too few or too many: the checker refuses those calls with a message.
    public func evaluate(_ arguments: [Double]) -> Double {
        guard arguments.count >= requiredCount, arguments.count <= parameters.count else { return .nan }
        return body(arguments + parameters.dropFirst(arguments.count).map { $0.defaultValue ?? .nan })
    }

    /// Every function, in the order of the reference page. `sun_elevation` and `sun_azimuth` take a place and a time: see `SunCalculator`.
    public static let all: [PhysicsFunction] = air + rain + light + lidar + lidarWeather + camera + road + tyres + vehicles + traffic

    /// The function called `name`, if any.
    public static func named(_ name: String) -> PhysicsFunction? { all.first { $0.name == name } }

    /// m/s to mm/h.
    static func millimetresPerHour(_ rate: Double) -> Double { rate * 3.6e6 }
}
