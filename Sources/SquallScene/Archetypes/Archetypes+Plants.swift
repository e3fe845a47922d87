import SquallFrames
import SquallMath

/// What grows beside it.
extension Archetype {
    static let plants: [Archetype] = [
        Archetype("tree", .vegetation, .fixture, size: Vec3(7.0, 7.0, 9.5), "a lime, as it stands along streets"),
        Archetype("oak", .vegetation, .fixture, size: Vec3(14.0, 14.0, 15.0), "an oak with a wide crown"),
        Archetype("beech", .vegetation, .fixture, size: Vec3(11.0, 11.0, 18.0), "a beech with a grey stem"),
        Archetype("birch", .vegetation, .fixture, size: Vec3(6.0, 6.0, 13.0), "a white-stemmed birch with hanging twigs"),
        Archetype("poplar", .vegetation, .fixture, size: Vec3(4.2, 4.2, 20.0), "a Lombardy poplar, a column"),
        Archetype("spruce", .vegetation, .fixture, size: Vec3(6.0, 6.0, 17.0), "a spruce, green all the year"),
        Archetype("pine", .vegetation, .fixture, size: Vec3(7.5, 7.5, 15.0), "a Scots pine, green all the year"),
        Archetype("palm", .vegetation, .fixture, size: Vec3(6.0, 6.0, 9.5), "a fan of fronds on a bare stem"),
        Archetype("bare_tree", .vegetation, .fixture, size: Vec3(7.0, 7.0, 9.5), "a lime in winter"),
        Archetype("bare_oak", .vegetation, .fixture, size: Vec3(14.0, 14.0, 15.0), "an oak in winter"),
        Archetype("bare_beech", .vegetation, .fixture, size: Vec3(11.0, 11.0, 18.0), "a beech in winter"),
        Archetype("bare_birch", .vegetation, .fixture, size: Vec3(6.0, 6.0, 13.0), "a birch in winter"),
        Archetype("bare_poplar", .vegetation, .fixture, size: Vec3(4.2, 4.2, 20.0), "a Lombardy poplar in winter"),
        Archetype("shrub", .vegetation, .fixture, size: Vec3(1.8, 1.8, 1.5), "a leafy shrub"),
        Archetype("bare_shrub", .vegetation, .fixture, size: Vec3(1.8, 1.8, 1.5), "a shrub in winter"),
        Archetype("hedge", .vegetation, .fixture, size: Vec3(2.0, 0.8, 1.3), "two metres of clipped hedge, lined up along x"),
        Archetype("grass_tuft", .vegetation, .fixture, size: Vec3(0.6, 0.6, 0.45), "a tuft of long grass"),
    ]
}
