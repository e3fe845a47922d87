import SquallFrames
import SquallMath

/// What runs into the road.
extension Archetype {
    static let animals: [Archetype] = [
        Archetype("deer", .animal, .walker, size: Vec3(1.55, 0.42, 1.60), "a deer, with or without antlers"),
        Archetype("boar", .animal, .walker, size: Vec3(1.45, 0.42, 0.86), "a wild boar"),
        Archetype("dog", .animal, .walker, size: Vec3(1.10, 0.24, 0.78), "a dog as large as a retriever"),
        Archetype("cat", .animal, .walker, size: Vec3(0.62, 0.13, 0.37), "a cat"),
        Archetype("cow", .animal, .walker, size: Vec3(2.40, 0.76, 1.48), "a cow"),
        Archetype("horse", .animal, .walker, size: Vec3(2.45, 0.58, 2.15), "a horse"),
    ]
}
