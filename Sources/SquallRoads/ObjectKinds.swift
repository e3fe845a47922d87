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
        ("rail-pole", .leftOut), ("railing-pole", .leftOut), ("railing", .continuous("guard_rail")), ("guardrail", .continuous("guard_rail")),
        ("guard_rail", .continuous("guard_rail")), ("guard rail", .continuous("guard_rail")), ("crashbarrier", .continuous("guard_rail")),
        ("barrier", .continuous("guard_rail")), ("fence", .continuous("guard_rail")), ("streetlamp", .archetype("lamp_post")),
        ("street_lamp", .archetype("lamp_post")),
        ("streetlight", .archetype("lamp_post")), ("lamp", .archetype("lamp_post")), ("lantern", .archetype("lamp_post")), ("trafficsign", .archetype("sign")),
        ("signal", .archetype("sign")), ("sign", .archetype("sign")), ("guide-post", .archetype("box")), ("guidepost", .archetype("box")),
        ("delineator", .archetype("box")), ("reflector", .archetype("box")), ("bollard", .archetype("box")), ("pole", .archetype("lamp_post")),
        ("tree", .archetype("tree")), ("vegetation", .archetype("tree")), ("bush", .archetype("tree")), ("building", .archetype("building")),
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
