/// What runs into the road.
extension Archetype {
    static let animals: [Archetype] = []
}
