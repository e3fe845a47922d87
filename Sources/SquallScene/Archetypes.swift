import SquallFrames
import SquallMath

/// A kind of thing a scene can name: `actor ego is sedan`. The world holds its shape, dynamics its parameters, by this name.
public struct Archetype: Sendable, Equatable {
    public enum Motion: String, Sendable { case vehicle, walker, fixture }
    public var name: String
    public var category: Category
    public var motion: Motion
    /// length, width, height of the 3D box, metres (mirrors excluded).
    public var size: Vec3
    /// The origin seen from the box's rear bottom edge, metres forward: a vehicle's rear axle; half the length for the rest.
    public var originFromRear: Double
    /// Vehicles only, metres.
    public var wheelbase: Double
    public var track: Double
    public var summary: String

    public init(
        _ name: String, _ category: Category, _ motion: Motion, size: Vec3, originFromRear: Double? = nil, wheelbase: Double = 0, track: Double = 0,
        _ summary: String
    ) {
        (self.name, self.category, self.motion, self.size) = (name, category, motion, size)
        (self.originFromRear, self.wheelbase, self.track, self.summary) = (originFromRear ?? size.x / 2, wheelbase, track, summary)
    }

    /// Every built-in archetype.
    public static let all: [Archetype] = [
        Archetype("sedan", .car, .vehicle, size: Vec3(4.70, 1.83, 1.45), originFromRear: 1.02, wheelbase: 2.80, track: 1.57, "a four-door saloon car"),
        Archetype("van", .van, .vehicle, size: Vec3(5.93, 2.02, 2.45), originFromRear: 1.28, wheelbase: 3.64, track: 1.72, "a panel van"),
        Archetype("semi", .truck, .vehicle, size: Vec3(16.50, 2.55, 3.95), originFromRear: 11.53, wheelbase: 3.60, track: 2.05, "a tractor with a box semi-trailer"),
        Archetype("adult", .person, .walker, size: Vec3(0.55, 0.62, 1.76), "a walking adult"),
        Archetype("tree", .vegetation, .fixture, size: Vec3(7.0, 7.0, 9.5), "a broadleaf tree"),
        Archetype("building", .building, .fixture, size: Vec3(18, 12, 11), "a three-storey building"),
        Archetype("lamp_post", .pole, .fixture, size: Vec3(2.2, 0.5, 8.0), originFromRear: 0.25, "a street lamp with an arm"),
        Archetype("guard_rail", .guardRail, .fixture, size: Vec3(4.0, 0.31, 0.75), "four metres of W-beam guard rail"),
        Archetype("sign", .trafficSign, .fixture, size: Vec3(0.12, 0.75, 2.85), "a round traffic sign on a post"),
        Archetype("box", .object, .fixture, size: Vec3(1, 1, 1), "a plain box; set its size"),
        Archetype("nothing", .unlabeled, .fixture, size: Vec3(0, 0, 0), "an invisible point that can carry a rig"),
    ]

    public static func named(_ name: String) -> Archetype? { all.first { $0.name == name } }
}
