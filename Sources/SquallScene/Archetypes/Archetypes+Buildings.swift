import SquallFrames
import SquallMath

/// What is built beside it.
extension Archetype {
    static let buildings: [Archetype] = [
        Archetype("building", .building, .fixture, size: Vec3(18, 12, 11), "a three-storey building"),
    ]
}
