import SquallFrames
import SquallMath

/// What stands or lies along it.
extension Archetype {
    static let furniture: [Archetype] = street + signs + debris + plain

    private static let street: [Archetype] = [
        Archetype("lamp_post", .pole, .fixture, size: Vec3(2.2, 0.5, 8.0), originFromRear: 0.25, "a street lamp with an arm"),
        Archetype("lamp_post_tall", .pole, .fixture, size: Vec3(3.0, 0.5, 12.0), originFromRear: 0.25, "a lamp of main roads, 12 m high, its arm forward over the road"),
        Archetype("lamp_post_double", .pole, .fixture, size: Vec3(4.6, 0.5, 10.0), "a lamp with two arms, for a median"),
        Archetype("lamp_post_park", .pole, .fixture, size: Vec3(0.4, 0.4, 4.4), "a lantern on a cast post"),
        Archetype("guard_rail", .guardRail, .fixture, size: Vec3(4.0, 0.31, 0.75), "four metres of W-beam guard rail"),
        Archetype("traffic_light", .trafficLight, .fixture, size: Vec3(0.4, 0.3, 3.4), "a traffic light on a post"),
        Archetype("traffic_light_arm", .trafficLight, .fixture, size: Vec3(0.4, 5.6, 6.4), "a traffic light on an arm that reaches to the left over the road"),
        Archetype("pedestrian_light", .trafficLight, .fixture, size: Vec3(0.4, 0.3, 3.0), "a light for who crosses on foot"),
        Archetype("traffic_cone", .trafficCone, .fixture, size: Vec3(0.4, 0.4, 0.75), "a traffic cone"),
        Archetype("barricade", .barrier, .fixture, size: Vec3(0.6, 2.0, 1.2), "a striped board with lamps across the road"),
        Archetype("work_beacon", .barrier, .fixture, size: Vec3(0.42, 0.3, 1.15), "a striped beacon at road works"),
        Archetype("concrete_barrier", .guardRail, .fixture, size: Vec3(4.0, 0.6, 0.82), "four metres of concrete barrier"),
        Archetype("bollard", .pole, .fixture, size: Vec3(0.16, 0.16, 0.95), "a bollard"),
        Archetype("delineator", .pole, .fixture, size: Vec3(0.12, 0.12, 1.05), "a white delineator post with a reflector"),
        Archetype("bench", .object, .fixture, size: Vec3(1.8, 0.62, 0.84), "a bench; one sits facing right"),
        Archetype("litter_bin", .object, .fixture, size: Vec3(0.46, 0.46, 1.0), "a litter bin"),
        Archetype("waste_bin", .wheeledBin, .fixture, size: Vec3(0.74, 0.58, 1.08), "a bin on two wheels"),
        Archetype("hydrant", .object, .fixture, size: Vec3(0.32, 0.36, 0.8), "a hydrant"),
        Archetype("mailbox", .object, .fixture, size: Vec3(0.5, 0.4, 1.35), "a mailbox; it faces right"),
        Archetype("switch_box", .object, .fixture, size: Vec3(0.95, 0.36, 1.2), "a switch box of the mains"),
        Archetype("bus_shelter", .building, .fixture, size: Vec3(4.2, 1.6, 2.5), "a bus shelter, open to the right"),
    ]

    /// What fell off, was washed down or blown over.
    private static let debris: [Archetype] = [
        Archetype("tyre", .debris, .fixture, size: Vec3(0.64, 0.64, 0.2), "a tyre on its side"),
        Archetype("pallet", .debris, .fixture, size: Vec3(1.2, 0.8, 0.144), "a pallet"),
        Archetype("ladder", .debris, .fixture, size: Vec3(3.6, 0.42, 0.07), "a ladder lying flat"),
        Archetype("rock", .debris, .fixture, size: Vec3(0.7, 0.55, 0.45), "a rock"),
        Archetype("branch", .debris, .fixture, size: Vec3(2.4, 1.4, 0.6), "a torn-off branch"),
        Archetype("fallen_tree", .debris, .fixture, size: Vec3(3.6, 8.0, 1.9), "a young tree across the road"),
        Archetype("cardboard_box", .debris, .fixture, size: Vec3(0.6, 0.45, 0.4), "a cardboard box"),
        Archetype("barrel", .debris, .fixture, size: Vec3(0.59, 0.59, 0.88), "a steel drum"),
        Archetype("plank", .debris, .fixture, size: Vec3(2.6, 0.2, 0.045), "a plank"),
    ]

    private static let plain: [Archetype] = [
        Archetype("box", .object, .fixture, size: Vec3(1, 1, 1), "a plain box; set its size"),
        Archetype("nothing", .unlabeled, .fixture, size: Vec3(0, 0, 0), "an invisible point that can carry a rig"),
    ]
}
