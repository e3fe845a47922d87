import SquallFrames
import SquallMath

/// What is built beside it. Fronts look to the right of the heading: a house left of a road, placed along it, faces the road.
extension Archetype {
    static let buildings: [Archetype] = [
        Archetype("building", .building, .fixture, size: Vec3(18, 12, 11), "a three-storey building"),
        Archetype("apartment_block", .building, .fixture, size: Vec3(24, 14, 18.5), "flats with balconies; its front, like that of all houses, looks to the right"),
        Archetype("terraced_house", .building, .fixture, size: Vec3(6.6, 10.5, 9.5), "a house of a row, with neighbours on both sides"),
        Archetype("detached_house", .building, .fixture, size: Vec3(11.5, 10.5, 8.5), "a house of its own"),
        Archetype("shop_house", .building, .fixture, size: Vec3(10, 13, 15), "a town house with a shop below; one of a row"),
        Archetype("office", .building, .fixture, size: Vec3(30, 16, 28), "an office block"),
    ]
}
