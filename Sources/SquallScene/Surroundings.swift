/// What lies beside the roads of a world: `world { surroundings = ... }`.
public enum Surroundings: String, Sendable, CaseIterable {
    /// Fields, hedges and far woods, none of it near enough to be an object: what a scene gets that asks for nothing.
    case open
    case motorway, city, suburb, village, forest, mountain, desert, coast, industrial, tunnel
    /// Grass to the horizon.
    case bare

    /// There is nothing of it where there are no roads.
    public var needsRoads: Bool { self != .open && self != .bare }
}
