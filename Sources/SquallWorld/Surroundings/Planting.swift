import SquallAssets
import SquallFrames
import SquallMath
import SquallRoads
import SquallScene

/// What a layout puts on a site: things with ids, and background without.
struct Planting {
    private(set) var things: [PlacedObject] = []
    var scatter = Scatter()
    var farTrees = FarTrees()
    var roofs: [Roof] = []
    /// More are left out: every one is stepped around, drawn alone for its labels and written to each frame.
    static let limit = 900

    /// Of them, what one rule may stand, nearest first: else the lamps of a large town would leave no room for its houses.
    static let lamps = 180, signs = 80, houses = 340, parkedCars = 160, delineators = 120

    var isFull: Bool { things.count >= Planting.limit }

    /// Stands a thing on the ground: its origin at `point`, its x axis along `heading`.
    mutating func stand(_ archetype: String, _ path: String, at point: Vec2, z: Double, heading: Double, size: Vec3? = nil) {
        stand(archetype, path, Pose(position: Vec3(point.x, point.y, z), rotation: Quaternion(yaw: heading)), size: size)
    }

    mutating func stand(_ archetype: String, _ path: String, _ pose: Pose, size: Vec3? = nil) {
        guard !isFull else { return }
        things.append(
            PlacedObject(
                path: "surroundings.\(path)", archetype: archetype, pose: pose, size: size, kind: "surroundings"))
    }
}

/// Archetypes by what they are for. The first of each list that exist are used, so that a layout may ask for more than there is.
enum Cast {
    static func known(_ names: [String], else fallback: String) -> [String] {
        let found = names.filter { Archetype.named($0) != nil }
        return found.isEmpty ? [fallback] : found
    }
    static let street = known(["tree"], else: "tree")
    static let conifers = known(["spruce", "spruce", "pine"], else: "tree")
    static let mixed = known(["spruce", "pine", "spruce", "birch", "beech", "oak"], else: "tree")
    static let roadside = known(["birch", "poplar", "oak", "tree", "beech"], else: "tree")
    static let garden = known(["birch", "tree", "tree", "spruce"], else: "tree")
    static let shrubs = known(["shrub"], else: "tree")
    static let town = known(["shop_house", "shop_house", "shop_house", "terraced_house", "apartment_block", "office"], else: "building")
    static let suburb = known(["detached_house", "detached_house", "detached_house", "terraced_house"], else: "building")
    static let village = known(["detached_house", "detached_house", "detached_house", "detached_house", "barn", "shop_house", "detached_house", "church"], else: "building")
    static let works = known(["warehouse", "warehouse", "warehouse", "office"], else: "building")
    static let signs = known(["sign_speed_80", "sign_no_overtaking", "sign_danger", "sign_end_of_limits"], else: "sign")
    static let townSigns = known(["sign_no_parking", "sign_crosswalk", "sign_parking", "sign_no_stopping", "sign_one_way"], else: "sign")
    static let wildSigns = known(["sign_deer", "sign_double_bend", "sign_speed_80", "sign_no_overtaking"], else: "sign")
    static let tallLamps = known(["lamp_post_tall", "lamp_post"], else: "lamp_post")
    static let cars = known(["hatchback", "sedan", "estate", "suv", "van"], else: "sedan")
    static let lamps = known(["lamp_post"], else: "lamp_post")
}

extension CounterRandom {
    /// One of several things, all equally likely.
    mutating func pick(_ names: [String]) -> String { names[min(names.count - 1, Int(uniform() * Double(names.count)))] }
    mutating func within(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }
}
