import SquallFrames
import SquallMath

extension Archetype {
    /// What is built beside it.
    static let buildings: [Archetype] = [
        Archetype("building", .building, .fixture, size: Vec3(18, 12, 11), "a three-storey building"),
    ]
}
