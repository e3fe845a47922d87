import SquallAssets

/// What is built or made and stands or lies: buildings, street furniture, signs, debris. Must never know where things stand, light, sensors.
package enum StructureShapes {
    /// By archetype name.
    package static let all: ShapeTable = [House.kinds, Sign.all, buildings, street, debris].reduce(into: [:]) { all, theme in all.merge(theme) { first, _ in first } }

    private static let buildings: ShapeTable = [
        "warehouse": Shed(isBarn: false),
        "barn": Shed(isBarn: true),
        "church": Church(),
        "bridge": Furnishing.bridge,
        "tunnel_portal": Furnishing.tunnelPortal,
        "gantry": Gantry(),
        "noise_barrier": Furnishing.noiseBarrier,
        "wall": Furnishing.wall,
        "fence": Furnishing.fence,
    ]

    private static let street: ShapeTable = [
        "lamp_post": LampPost(.arm, intensity: 2600),
        "lamp_post_tall": LampPost(.arm, intensity: 6000),
        "lamp_post_double": LampPost(.double, intensity: 5000),
        "lamp_post_park": LampPost(.lantern, intensity: 320),
        "guard_rail": GuardRail(),
        "traffic_light": TrafficLight(.post),
        "traffic_light_arm": TrafficLight(.arm),
        "pedestrian_light": TrafficLight(.pedestrian),
        "traffic_cone": Furnishing.cone,
        "barricade": Furnishing.barricade,
        "work_beacon": Furnishing.workBeacon,
        "concrete_barrier": Furnishing.concreteBarrier,
        "bollard": Furnishing.bollard,
        "delineator": Furnishing.delineator,
        "bench": Furnishing.bench,
        "litter_bin": Furnishing.litterBin,
        "waste_bin": Furnishing.wasteBin,
        "hydrant": Furnishing.hydrant,
        "mailbox": Furnishing.mailbox,
        "switch_box": Furnishing.switchBox,
        "bus_shelter": Furnishing.busShelter,
        "box": PlainBox(),
        "nothing": Nothing(),
    ]

    private static let debris: ShapeTable = [
        "tyre": Furnishing.tyre,
        "pallet": Furnishing.pallet,
        "ladder": Furnishing.ladder,
        "rock": Furnishing.rock,
        "branch": Furnishing.branch,
        "cardboard_box": Furnishing.cardboardBox,
        "barrel": Furnishing.barrel,
        "plank": Furnishing.plank,
    ]
}
