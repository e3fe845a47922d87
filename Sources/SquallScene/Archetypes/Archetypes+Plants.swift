import SquallFrames
import SquallMath

extension Archetype {
    /// What grows beside it.
    static let plants: [Archetype] = [
        Archetype("tree", .vegetation, .fixture, size: Vec3(7.0, 7.0, 9.5), "a broadleaf tree"),
    ]
}
