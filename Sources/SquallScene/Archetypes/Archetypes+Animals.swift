extension Archetype {
    /// What runs into the road.
    static let animals: [Archetype] = []
}
