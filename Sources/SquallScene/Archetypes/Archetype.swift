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

    /// What to write for a word that names a class of some dataset and no archetype: `pedestrian` is KITTI's for adult, child and elder.
    public static func advice(for word: String) -> String {
        let wanted = word.lowercased()
        let kindred = all.filter { archetype in
            let names = archetype.category.names
            return [names.name, names.cityscapes.1, names.kitti ?? "", names.coco ?? ""].contains { $0.lowercased() == wanted }
        }
        guard !kindred.isEmpty else { return "LANGUAGE.md lists them under Archetypes" }
        return "for instance \(kindred.prefix(4).map(\.name).joined(separator: ", "))"
    }

    public static func named(_ name: String) -> Archetype? { all.first { $0.name == name } }
}
