import SquallAssets
import SquallFrames
import SquallMath
import SquallRoads
import SquallScene

/// What a layout puts on a site: things with ids, and background without.
struct Planting {
    private(set) var things: [PlacedObject] = []
    var scatter = Scatter()
    /// More are left out: every one is stepped around, drawn alone for its labels and written to each frame.
    static let limit = 900

    var isFull: Bool { things.count >= Planting.limit }

    /// Stands a thing on the ground: its origin at `point`, its x axis along `heading`.
    mutating func stand(_ archetype: String, _ path: String, at point: Vec2, z: Double, heading: Double, size: Vec3? = nil) {
        guard !isFull else { return }
        things.append(
            PlacedObject(
                path: "surroundings.\(path)", archetype: archetype, pose: Pose(position: Vec3(point.x, point.y, z), rotation: Quaternion(yaw: heading)), size: size,
                kind: "surroundings"))
    }
}

/// Archetypes by what they are for. The first of each list that exist are used, so that a layout may ask for more than there is.
enum Cast {
    static func known(_ names: [String], else fallback: String) -> [String] {
        let found = names.filter { Archetype.named($0) != nil }
        return found.isEmpty ? [fallback] : found
    }
    static let broadleaf = known(["oak", "beech", "birch", "tree"], else: "tree")
    static let street = known(["tree", "lime", "plane"], else: "tree")
    static let conifers = known(["spruce", "pine"], else: "tree")
    static let mixed = known(["spruce", "pine", "spruce", "birch", "beech", "oak"], else: "tree")
    static let roadside = known(["birch", "poplar", "oak", "tree", "beech"], else: "tree")
    static let shrubs = known(["shrub"], else: "shrub")
    static let flats = known(["apartment_block", "shop_house", "terraced_house", "office_block", "office"], else: "building")
    static let houses = known(["detached_house", "farmhouse", "house"], else: "building")
    static let terraces = known(["terraced_house", "detached_house", "shop_house"], else: "building")
    /// None until there are halls: houses would not pass for them, and far blocks stand in.
    static let halls = known(["warehouse", "factory", "barn"], else: "nothing").filter { $0 != "nothing" }
    static let cars = known(["hatchback", "sedan", "estate", "suv", "van"], else: "sedan")
    static let lamps = known(["street_lamp", "lamp_post"], else: "lamp_post")
}

extension CounterRandom {
    /// One of several things, all equally likely.
    mutating func pick(_ names: [String]) -> String { names[min(names.count - 1, Int(uniform() * Double(names.count)))] }
    mutating func within(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }
}
