import SquallFrames
import SquallMath

/// Who walks.
extension Archetype {
    static let people: [Archetype] = [
        Archetype("adult", .person, .walker, size: Vec3(0.36, 0.56, 1.76), "a grown person"),
        Archetype("child", .person, .walker, size: Vec3(0.29, 0.42, 1.22), "a child of seven or so"),
        Archetype("elder", .person, .walker, size: Vec3(0.37, 0.56, 1.68), "an old person, stooping"),
    ]
}
