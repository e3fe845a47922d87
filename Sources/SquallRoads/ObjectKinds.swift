/// Which archetype stands for an object or signal of a road file.
enum ObjectKind {
    /// What to do with one word of the file.
    enum Placement: Equatable {
        case archetype(String)
        /// Repeated without gaps along the road, in pieces of the archetype's own length.
        case continuous(String)
        /// Part of something else (a rail's posts) or flat paint that is not drawn.
        case leftOut
    }

    /// Words in `type`, `subtype` or `name`, tried in order: the first that occurs decides.
    private static let words: [(word: String, placement: Placement)] = [
        ("rail-pole", .leftOut), ("railing-pole", .leftOut), ("soundbarrier", .continuous("noise_barrier")), ("noisebarrier", .continuous("noise_barrier")),
        ("noise_barrier", .continuous("noise_barrier")), ("jersey", .continuous("concrete_barrier")), ("concretebarrier", .continuous("concrete_barrier")),
        ("wall", .continuous("wall")), ("hedge", .continuous("hedge")), ("railing", .continuous("guard_rail")), ("guardrail", .continuous("guard_rail")),
        ("guard_rail", .continuous("guard_rail")), ("guard rail", .continuous("guard_rail")), ("crashbarrier", .continuous("guard_rail")),
        ("barrier", .continuous("guard_rail")), ("fence", .continuous("fence")), ("streetlamp", .archetype("lamp_post")),
        ("street_lamp", .archetype("lamp_post")),
        ("streetlight", .archetype("lamp_post")), ("lamp", .archetype("lamp_post")), ("lantern", .archetype("lamp_post")), ("trafficsign", .archetype("sign")),
        ("trafficlight", .archetype("traffic_light")), ("traffic_light", .archetype("traffic_light")), ("signal", .archetype("sign")), ("sign", .archetype("sign")), ("guide-post",
            .archetype("delineator")), ("guidepost", .archetype("delineator")),
        ("delineator", .archetype("delineator")), ("reflector", .archetype("delineator")), ("bollard", .archetype("bollard")), ("bench", .archetype("bench")),
        ("litter", .archetype("litter_bin")), ("hydrant", .archetype("hydrant")), ("mailbox", .archetype("mailbox")), ("cone", .archetype("traffic_cone")), ("pole", .archetype("lamp_post")),
        ("tree", .archetype("tree")), ("vegetation", .archetype("tree")), ("bush", .archetype("shrub")), ("shrub", .archetype("shrub")), ("building", .archetype("building")),
        ("house", .archetype("building")),
        ("crosswalk", .leftOut), ("parkingspace", .leftOut), ("roadmark", .leftOut), ("patch", .leftOut), ("roadsurface", .leftOut),
        ("trafficisland", .leftOut),
        ("obstacle", .archetype("box")), ("gantry", .leftOut), ("tunnel", .leftOut), ("bridge", .leftOut), ("none", .leftOut),
    ]

    static func placement(type: String, subtype: String, name: String) -> Placement? {
        for text in [type, subtype, name] {
            let lower = text.lowercased()
            if let hit = words.first(where: { lower.contains($0.word) && !lower.isEmpty }) { return hit.placement }
        }
        return nil
    }
}
