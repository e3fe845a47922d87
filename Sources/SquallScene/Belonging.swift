import SquallFrames

/// What a person has in the left hand: `holds = umbrella`. Bags hang, an umbrella is up.
public enum Belonging: String, Sendable, Equatable, CaseIterable {
    case nothing, umbrella
    case handBag = "hand_bag", shoppingBag = "shopping_bag"

    /// The word that leaves the choice to the weather and the person's own draw.
    public static let auto = "auto"
    public static let words = [auto] + allCases.map(\.rawValue)

    /// People whose hands are free.
    public static func suits(_ archetype: Archetype) -> Bool { archetype.category == .person && archetype.motion == .walker }
    /// What the shape of an archetype with it in hand is called.
    public func shape(of archetype: String) -> String { self == .nothing ? archetype : "\(archetype)+\(rawValue)" }
}
