import SquallFrames
import SquallMath

/// Who walks.
extension Archetype {
    static let people: [Archetype] = [
        Archetype("adult", .person, .walker, size: Vec3(0.55, 0.62, 1.76), "a walking adult"),
    ]
}
