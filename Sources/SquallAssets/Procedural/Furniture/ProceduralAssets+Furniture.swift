/// The shapes of streets by archetype name: posts, signs, lights, barriers, what stands on pavements, what lies on roads.
extension ProceduralAssets {
    static let furniture: [String: any ProceduralAsset] = street.merging(Sign.all) { first, _ in first }.merging(debris) { first, _ in first }

    private static let street: [String: any ProceduralAsset] = [
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

    private static let debris: [String: any ProceduralAsset] = [
        "tyre": Furnishing.tyre,
        "pallet": Furnishing.pallet,
        "ladder": Furnishing.ladder,
        "rock": Furnishing.rock,
        "branch": Furnishing.branch,
        "fallen_tree": FallenTree(),
        "cardboard_box": Furnishing.cardboardBox,
        "barrel": Furnishing.barrel,
        "plank": Furnishing.plank,
    ]
}
