import SquallFrames
import SquallMath

/// What stands or lies along it.
extension Archetype {
    static let furniture: [Archetype] = [
        Archetype("lamp_post", .pole, .fixture, size: Vec3(2.2, 0.5, 8.0), originFromRear: 0.25, "a street lamp with an arm"),
        Archetype("guard_rail", .guardRail, .fixture, size: Vec3(4.0, 0.31, 0.75), "four metres of W-beam guard rail"),
        Archetype("sign", .trafficSign, .fixture, size: Vec3(0.12, 0.75, 2.85), "a round traffic sign on a post"),
        Archetype("box", .object, .fixture, size: Vec3(1, 1, 1), "a plain box; set its size"),
        Archetype("nothing", .unlabeled, .fixture, size: Vec3(0, 0, 0), "an invisible point that can carry a rig"),
    ]
}
