import SquallFrames
import SquallMath

/// The actions a behaviour may name.
extension Schema {
    /// An action of the behaviour library; `SquallDynamics` runs it by this name.
    public struct Action: Sendable {
        public enum Kind: Sendable, Equatable { case number(Dimension), actor, lane, points }
        /// What a body must have to do it.
        public enum Body: Sendable, Equatable {
            /// A place is enough.
            case any
            /// Joints: imported shapes are stiff.
            case jointed
            /// Arms, and legs to sit with.
            case person

            /// Behind the list of who can do it.
            var remark: String {
                switch self {
                case .any: ""
                case .jointed: " (built-in ones)"
                case .person: " with arms (built-in ones)"
                }
            }
        }
        public struct Parameter: Sendable {
            public var name: String
            public var kind: Kind
            public var isRequired: Bool
            /// Outside of this a number has no meaning, SI.
            public var allowed: ClosedRange<Double>?
            public var summary: String
        }
        public var name: String
        public var parameters: [Parameter]
        public var summary: String
        public var isFuture: Bool
        /// At least one of the parameters must be given.
        public var needsOne: Bool
        /// What can do it.
        public var motions: [Archetype.Motion]
        /// What of a body it takes.
        public var body = Body.any

        public func parameter(_ name: String) -> Parameter? { parameters.first { $0.name == name } }
    }

    private static func needed(_ name: String, _ kind: Action.Kind, _ summary: String) -> Action.Parameter { .init(name: name, kind: kind, isRequired: true, summary: summary) }
    private static func optional(_ name: String, _ kind: Action.Kind, _ allowed: ClosedRange<Double>?, _ summary: String) -> Action.Parameter {
        .init(name: name, kind: kind, isRequired: false, allowed: allowed, summary: summary)
    }
    private static func action(
        _ name: String, _ motions: [Archetype.Motion], body: Action.Body = .any, _ summary: String, _ parameters: [Action.Parameter] = [], needsOne: Bool = false
    ) -> Action {
        Action(name: name, parameters: parameters, summary: summary, isFuture: false, needsOne: needsOne, motions: motions, body: body)
    }

    private static let speeds = 0.0...150, accelerations = 0.01...100, strides = 0.0...20
    private static let driving: [Archetype.Motion] = [.vehicle], walking: [Archetype.Motion] = [.walker], moving: [Archetype.Motion] = [.vehicle, .walker]

    public static let actions: [Action] =
        [
            action(
                "follow_lane", driving, "drives along the lane, keeps its distance to whoever is ahead",
                [
                    optional("speed", .number(.speed), speeds, "wanted speed; the starting speed without. Limits are not obeyed by themselves: write min(100 km/h, ego.lane.speed_limit)"),
                    optional("headway", .number(.time), 0.05...100, "time gap to the vehicle ahead, 1.5 s without"),
                ]),
            action(
                "change_lane", driving, "moves over to another lane",
                [needed("to", .lane, "left, right or the lane of an actor"), optional("over", .number(.time), 0.5...1000, "how long it takes, 3 s without")]),
            action(
                "brake", driving, "slows down to a stop",
                [
                    optional("at", .number(.acceleration), accelerations, "deceleration, 3 m/s^2 without"), optional("to", .number(.speed), speeds, "ends at this speed"),
                    optional("locked", .number(.none), 0...1, "1 blocks the wheels; without they are kept at the slip of most grip"),
                ]),
            action(
                "accelerate", driving, "changes speed",
                [
                    optional("to", .number(.speed), speeds, "ends at this speed"),
                    optional("at", .number(.acceleration), accelerations, "acceleration, 1.5 m/s^2 without"),
                ],
                needsOne: true),
            action(
                "keep_gap", driving, "follows an actor at a distance",
                [
                    needed("to", .actor, "whom"), optional("time", .number(.time), 0...100, "as a time"), optional("gap", .number(.length), 0...10_000, "as a length"),
                ]),
            action(
                "follow", moving, "moves along points", [needed("path", .points, "points in the world"), optional("speed", .number(.speed), speeds, "wanted speed")]),
            action(
                "walk", walking, "walks straight ahead, or along points",
                [optional("speed", .number(.speed), strides, "1.4 m/s without"), optional("path", .points, nil, "points in the world")]),
            action(
                "cross", walking, "crosses the road beside at a right angle, turning to it first; straight ahead where it faces across already or there is no road",
                [optional("distance", .number(.length), 0...10_000, "how far, the width of the road and 2 m without"), optional("speed", .number(.speed), strides, "1.4 m/s without")]),
            action(
                "run", walking, "runs straight ahead, or along points",
                [optional("speed", .number(.speed), strides, "3.2 m/s without"), optional("path", .points, nil, "points in the world")]),
            action("sit", walking, body: .person, "sits down as on a chair, and rises when it ends", [optional("time", .number(.time), 0...36_000, "how long")]),
            action("fall", walking, body: .jointed, "falls to the ground and lies there until it ends", [optional("time", .number(.time), 0...36_000, "how long")]),
            action("wave", walking, body: .person, "waves an arm, beside other actions in together { }", [optional("time", .number(.time), 0...36_000, "how long")]),
            action("stop", moving, "stands still", [optional("at", .number(.acceleration), accelerations, "deceleration")]),
            action("wait", moving, "does nothing", [optional("time", .number(.time), 0...36_000, "how long")]),
        ] + ["turn", "skid", "open_door"].map { Action(name: $0, parameters: [], summary: "not in this version", isFuture: true, needsOne: false, motions: []) }

    /// Label classes an author may name.
    public static let categoryWords = Category.allCases.map(\.names.name)
}

extension Archetype {
    /// Whether an action means something to it.
    public func can(_ action: Schema.Action) -> Bool { action.motions.contains(motion) && (action.body != .person || hasArms) }
}
