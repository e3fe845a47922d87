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
        Archetype("warehouse", .building, .fixture, size: Vec3(36, 22, 9), "a warehouse with loading gates"),
        Archetype("barn", .building, .fixture, size: Vec3(18, 11, 9), "a barn of boards"),
        Archetype("church", .building, .fixture, size: Vec3(24, 11, 27), "a village church, its tower at the rear end"),
        Archetype("bridge", .bridge, .fixture, size: Vec3(10, 34, 7.3), "an overpass across the road it stands on, for a road 29 m wide"),
        Archetype("tunnel_portal", .tunnel, .fixture, size: Vec3(6, 18, 9), "the mouth of a tunnel, entered forward"),
        Archetype("gantry", .pole, .fixture, size: Vec3(1.4, 17, 8.4), "an overhead gantry with direction signs across a carriageway; it faces backward like all signs"),
        Archetype("noise_barrier", .wall, .fixture, size: Vec3(4, 0.4, 3), "four metres of noise barrier"),
        Archetype("wall", .wall, .fixture, size: Vec3(4, 0.42, 1.5), "four metres of garden wall"),
        Archetype("fence", .fence, .fixture, size: Vec3(2.5, 0.08, 1.2), "two and a half metres of fence"),
    ]
}
