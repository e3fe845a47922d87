import SquallFrames
import SquallMath

/// The actions a behaviour may name.
extension Schema {
    /// An action of the behaviour library; `SquallDynamics` runs it by this name.
    public struct Action: Sendable {
        public enum Kind: Sendable, Equatable { case number(Dimension), actor, lane, points }
        public struct Parameter: Sendable {
            public var name: String
            public var kind: Kind
            public var isRequired: Bool
            public var summary: String
        }
        public var name: String
        public var parameters: [Parameter]
        public var summary: String
        public var isFuture: Bool
        /// At least one of the parameters must be given.
        public var needsOne: Bool
    }

    private static func needed(_ name: String, _ kind: Action.Kind, _ summary: String) -> Action.Parameter { .init(name: name, kind: kind, isRequired: true, summary: summary) }
    private static func optional(_ name: String, _ kind: Action.Kind, _ summary: String) -> Action.Parameter { .init(name: name, kind: kind, isRequired: false, summary: summary) }
    private static func action(_ name: String, _ summary: String, _ parameters: [Action.Parameter] = [], needsOne: Bool = false) -> Action {
        Action(name: name, parameters: parameters, summary: summary, isFuture: false, needsOne: needsOne)
    }

    public static let actions: [Action] =
        [
            action(
                "follow_lane", "drives along the lane, keeps its distance to whoever is ahead",
                [
                    optional("speed", .number(.speed), "wanted speed; the starting speed without"),
                    optional("headway", .number(.time), "time gap to the vehicle ahead, 1.5 s without"),
                ]),
            action(
                "change_lane", "moves over to another lane",
                [needed("to", .lane, "left, right or the lane of an actor"), optional("over", .number(.time), "how long it takes, 3 s without")]),
            action(
                "brake", "slows down to a stop", [optional("at", .number(.acceleration), "deceleration, 3 m/s^2 without"), optional("to", .number(.speed), "ends at this speed")]),
            action(
                "accelerate", "changes speed", [optional("to", .number(.speed), "ends at this speed"), optional("at", .number(.acceleration), "acceleration, 1.5 m/s^2 without")],
                needsOne: true),
            action(
                "keep_gap", "follows an actor at a distance",
                [
                    needed("to", .actor, "whom"), optional("time", .number(.time), "as a time"), optional("gap", .number(.length), "as a length"),
                ]),
            action("follow", "moves along points", [needed("path", .points, "points in the world"), optional("speed", .number(.speed), "wanted speed")]),
            action("walk", "walks straight ahead, or along points", [optional("speed", .number(.speed), "1.4 m/s without"), optional("path", .points, "points in the world")]),
            action("cross", "walks straight ahead over a distance", [optional("distance", .number(.length), "how far"), optional("speed", .number(.speed), "1.4 m/s without")]),
            action("stop", "stands still", [optional("at", .number(.acceleration), "deceleration")]),
            action("wait", "does nothing", [optional("time", .number(.time), "how long")]),
        ] + ["turn", "skid", "open_door", "fall"].map { Action(name: $0, parameters: [], summary: "not in this version", isFuture: true, needsOne: false) }

    /// Label classes an author may name.
    public static let categoryWords = Category.allCases.map(\.names.name)
}
