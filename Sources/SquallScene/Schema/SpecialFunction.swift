import SquallMath

/// The functions that are not functions of plain numbers.
extension Schema {
    /// A parameter of a call. Every argument may be labelled.
    public struct Parameter: Sendable {
        public var name: String
        /// What it takes; nil leaves the check to the function.
        public var expected: Expected?
        public var isOptional: Bool
        /// What it takes, in the author's words.
        public var takes: String

        public init(_ name: String, _ expected: Expected?, _ takes: String? = nil, isOptional: Bool = false) {
            (self.name, self.expected, self.isOptional) = (name, expected, isOptional)
            self.takes = takes ?? expected?.description ?? "anything"
        }
    }

    /// A function whose arguments or result are not plain numbers. The checker reads its signature and dispatches on `kind`.
    public struct SpecialFunction: Sendable {
        /// The name is the raw value.
        public enum Kind: String, Sendable, CaseIterable {
            case pick
            case ramp, curve, noise
            case geo
            case sunElevation = "sun_elevation", sunAzimuth = "sun_azimuth"
            case at
            case aheadOf = "ahead_of"
            case behind, elapsed
            case gapTo = "gap_to"
            case distance
            case timeToCollision = "time_to_collision"
            case collided, visible
            case shuffle, mixture, empirical, kde, joint, on, along, pairwise
        }

        /// Where it has a meaning.
        public enum Place: String, Sendable {
            case anywhere = "anywhere"
            /// A value that changes over time.
            case weather = "in the weather"
            case placement = "as a place"
            /// Start values in properties, values at t in behaviours and temporal requirements.
            case question = "about the start; in behaviours and `require always` about now"
            case later = "in behaviours and `require always`, `eventually`, `never`"
        }

        public var kind: Kind
        public var parameters: [Parameter]
        /// What it gives, in the author's words.
        public var result: String
        public var place: Place
        /// Understood by the language, but nothing follows from it in this version.
        public var isFuture: Bool
        public var summary: String
        /// As an author would write it, in its `place`.
        public var example: String

        public var name: String { kind.rawValue }
    }

    /// In the order of the reference page.
    public static let specialFunctions: [SpecialFunction] =
        [
            function(
                .pick, [.init("value: weight", nil, "values of one kind, each with a plain number")], "one of them", .anywhere, "one of several values of any kind, by weight",
                "pick(2 m: 3, 5 m: 1)"),
            function(
                .ramp, [.init("from", nil, "a number"), .init("to", nil, "a number of the same kind"), .init("over", .number(.time))], "a number that changes over time", .weather,
                "from one value to another in a straight line from the episode's start, then constant", "ramp(0 mm/h, 40 mm/h, over: 4 s)"),
            function(
                .curve, [.init("points", nil, "a list of times and numbers")], "a number that changes over time", .weather,
                "through points in time, straight between them, constant before the first and after the last", "curve([0 s: 0 mm/h, 4 s: 20 mm/h, 6 s: 5 mm/h])"),
            function(
                .noise, [.init("amplitude", nil, "a number"), .init("period", .number(.time))], "a number that changes over time", .weather,
                "swings around 0, to be added to something: smooth, with a period and an amplitude, drawn for each sample", "20 mm/h + noise(5 mm/h, period: 3 s)"),
            function(
                .geo, [.init("latitude", .number(.angle)), .init("longitude", .number(.angle))], "a place on Earth", .anywhere, "latitude (north) and longitude (east)",
                "geo(52.52 deg, 13.405 deg)"),
            function(
                .sunElevation, sky, "an angle", .anywhere, "true elevation of the sun over the horizon, without refraction",
                "sun_elevation(geo(52.52 deg, 13.405 deg), 2026-06-21 at 10:00 UTC)"),
            function(.sunAzimuth, sky, "an angle", .anywhere, "direction of the sun, clockwise from north", "sun_azimuth(geo(52.52 deg, 13.405 deg), 2026-06-21 at 10:00 UTC)"),
            function(
                .at, [.init("position", .vector(.length)), .init("heading", .number(.angle), isOptional: true)], "a place in the world", .placement,
                "world coordinates, x east, y north, z up; z 0 is the ground there; heading is counter-clockwise from east, 0 without", "at((3 m, -2 m, 0 m), heading: 90 deg)"),
            function(.aheadOf, beside, "a place in the world", .placement, "so far ahead in the actor's direction of travel, on its lane or left of it", "ahead_of(ego, 30 m)"),
            function(
                .behind, beside, "a place in the world", .placement, "so far behind along the actor's direction of travel, on its lane or left of it",
                "behind(ego, 20 m, left: 1 m)"),
            function(.elapsed, [], "a time", .later, "since the episode's start", "elapsed() >= 0 s"),
            function(
                .gapTo, [.init("actor", .actor)], "a length", .question,
                "from bumper to bumper along the lane, whoever is ahead: 0 abreast, infinite where no lane joins them; asked by an actor", "gap_to(ego) > 1 m"),
            function(
                .distance, [.init("a", .actor), .init("b", .actor)], "a length", .question, "the shortest between two hulls, 0 when they touch", "distance(ego, other) >= 0 m"),
            function(
                .timeToCollision, [.init("a", .actor), .init("b", .actor, isOptional: true)], "a time", .question,
                "the gap over the speed at which it closes, infinite when it opens; of the asking actor when one is named", "time_to_collision(ego) > 0 s"),
            function(.collided, [.init("a", .actor), .init("b", .actor)], "a yes-or-no condition", .question, "the two have touched since the start", "not collided(ego, other)"),
            function(
                .visible, [.init("actor", .actor), .init("from", nil, "a sensor or an actor")], "a yes-or-no condition", .later,
                "any of 32 points of the hull is in the sensor's view and behind no other object; weather and terrain hide nothing", "visible(other, from: ego.front) or true"),
        ]
        + [.shuffle, .mixture, .empirical, .kde, .joint, .on, .along, .pairwise].map {
            SpecialFunction(kind: $0, parameters: [], result: "", place: .anywhere, isFuture: true, summary: "not in this version", example: "")
        }

    public static func specialFunction(_ name: String) -> SpecialFunction? { specialFunctions.first { $0.name == name } }

    private static let sky: [Parameter] = [.init("place", .geo), .init("time", .moment)]
    private static let beside: [Parameter] = [
        .init("actor", .actor), .init("distance", .number(.length)), .init("left", .number(.length), isOptional: true),
    ]

    private static func function(
        _ kind: SpecialFunction.Kind, _ parameters: [Parameter], _ result: String, _ place: SpecialFunction.Place, _ summary: String, _ example: String
    ) -> SpecialFunction {
        SpecialFunction(kind: kind, parameters: parameters, result: result, place: place, isFuture: false, summary: summary, example: example)
    }
}
