import SquallFrames
import SquallMath

/// A kind of thing a scene can name: `actor ego is sedan`. The world holds its shape, dynamics its parameters, by this name.
public struct Archetype: Sendable, Equatable {
    public enum Motion: String, Sendable { case vehicle, walker, fixture }
    public var name: String
    public var category: Category
    public var motion: Motion
    /// length, width, height of the 3D box, metres (mirrors excluded).
    public var size: Vec3
    /// The origin seen from the box's rear bottom edge, metres forward: a vehicle's rear axle; half the length for the rest.
    public var originFromRear: Double
    /// Vehicles only, metres.
    public var wheelbase: Double
    public var track: Double
    public var summary: String

    public init(
        _ name: String, _ category: Category, _ motion: Motion, size: Vec3, originFromRear: Double? = nil, wheelbase: Double = 0, track: Double = 0,
        _ summary: String
    ) {
        (self.name, self.category, self.motion, self.size) = (name, category, motion, size)
        (self.originFromRear, self.wheelbase, self.track, self.summary) = (originFromRear ?? size.x / 2, wheelbase, track, summary)
    }

    /// It has arms, and legs to sit with: people do, animals do not.
    public var hasArms: Bool { motion == .walker && category == .person }

    /// `a deer`, `an adult`.
    public var article: String { name.first.map { "aeiou".contains($0) } == true ? "an" : "a" }

    public var isTrafficLight: Bool { category == .trafficLight }

    /// Every built-in archetype, theme by theme.
    public static let all: [Archetype] = vehicles + people + animals + plants + buildings + furniture

    public static func named(_ name: String) -> Archetype? { all.first { $0.name == name } }
}
