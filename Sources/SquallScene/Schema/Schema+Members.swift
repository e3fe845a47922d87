import SquallMath

/// The members of road networks and actors.
extension Schema {
    /// What stands behind the dot of a road network's value: `motorway.lane(-1)`, `ego.lane.left`.
    public struct Member: Sendable {
        public var receiver: ValueType
        public var method: RoadMethod
        /// Written with parentheses.
        public var isCall: Bool
        public var parameters: [Parameter]
        public var result: ValueType
        public var summary: String
        /// As an author would write it: a place, or a number.
        public var example: String

        public var name: String { method.rawValue }

        init(_ receiver: ValueType, _ method: RoadMethod, _ parameters: [Parameter]?, _ result: ValueType, _ summary: String, _ example: String) {
            (self.receiver, self.method, isCall, self.parameters) = (receiver, method, parameters != nil, parameters ?? [])
            (self.result, self.summary, self.example) = (result, summary, example)
        }
    }

    /// In the order of the reference page.
    public static let members: [Member] = [
        Member(.network, .lane, [lane], .lane, "the first road of the file that has such a lane to drive on", "motorway.lane(-1).at(120 m)"),
        Member(.network, .road, [named], .road, "a road by its id", "motorway.road(\"1\").lane(-2).at(120 m)"),
        Member(.network, .junction, [named], .junction, "a junction by its id", "motorway.junction(\"4\").approach(1).at(8 m)"),
        Member(.road, .lane, [lane], .lane, "a lane by its OpenDRIVE number: negative to the right of the reference line", "motorway.road(\"1\").lane(1).at(300 m)"),
        Member(
            .junction, .approach, [Parameter("number", .number(.none), "a plain number from 1")], .approach, "an incoming road, in the file's order",
            "motorway.junction(\"4\").approach(2).at(20 m)"),
        Member(
            .lane, .at, [Parameter("s", .number(.length)), left], .place,
            "on the lane, so far along the road's reference line from its start; beyond its end the road goes on over its links", "motorway.lane(-1).at(120 m, left: 1 m)"),
        Member(
            .approach, .at, [Parameter("distance", .number(.length)), left], .place, "so far before the junction, seen when driving towards it",
            "motorway.junction(\"4\").approach(1).at(8 m, left: 3 m)"),
        Member(.lane, .left, nil, .lane, "the next lane to drive on, to the left in the direction of travel", "ego.lane.left.at(ego.s)"),
        Member(.lane, .right, nil, .lane, "the next lane to drive on, to the right in the direction of travel", "ego.lane.left.right.at(ego.s + 40 m)"),
        Member(
            .lane, .speedLimit, nil, .number(.speed), "the limit the road file gives there, at the road's middle for a lane named by itself; infinite without one",
            "min(130 km/h, ego.lane.speed_limit)"),
    ]

    public static func members(of type: ValueType) -> [Member] { members.filter { $0.receiver == type } }

    private static let lane = Parameter("id", .number(.none), "a plain number such as -1")
    private static let named = Parameter("name", nil, "a text or a plain number")
    private static let left = Parameter("left", .number(.length), isOptional: true)
}

extension ActorAttribute {
    public var summary: String {
        switch self {
        case .speed: "along its heading; drawn in properties, present in behaviours"
        case .s: "its place along the road's reference line"
        case .lane: "the lane it is on; its number in behaviours and temporal requirements"
        case .heading: "counter-clockwise from east"
        case .position: "its origin in the world: east, north, up"
        case .place: "where it starts"
        case .length: "of its box, forward"
        case .width: "of its box"
        case .height: "of its box"
        }
    }
}
