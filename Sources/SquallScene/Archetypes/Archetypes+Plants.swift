import SquallFrames
import SquallMath

/// What grows beside it.
extension Archetype {
    static let plants: [Archetype] = [
        Archetype("tree", .vegetation, .fixture, size: Vec3(7.0, 7.0, 9.5), "a broadleaf tree"),
    ]
}
