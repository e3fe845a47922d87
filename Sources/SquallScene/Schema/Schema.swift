import SquallMath

/// The one declaration of what a scene may contain. The checker, completion, hover and the reference page read it.
public enum Schema {
    /// What may stand to the right of `=`.
    public indirect enum Expected: Sendable, Equatable {
        case number(Dimension)
        /// A number that may follow `ramp`, `curve` or `noise`.
        case timed(Dimension)
        case truth, text, color, moment, timeOfDay, geo, place, lane, network, vicinity, archetype, rig, actor
        case vector(Dimension)
        /// Two plain whole numbers: `(1280, 720)`.
        case resolution
        case words([String])
        case wordList([String])
        /// `[train: 0.8, val: 0.2]`
        case shares

        public func accepts(_ type: ValueType) -> Bool {
            switch (self, type) {
            case (_, .unknown): true
            case (.number(let a), .number(let b)), (.timed(let a), .number(let b)), (.timed(let a), .timed(let b)): a == b
            case (.vector(let a), .vector(let b)): a == b
            case (.truth, .truth), (.text, .text), (.color, .color), (.moment, .moment), (.timeOfDay, .timeOfDay), (.geo, .geo), (.place, .place): true
            case (.lane, .lane), (.network, .network), (.vicinity, .vicinity), (.rig, .rig), (.actor, .actor): true
            case (.archetype, .archetype), (.archetype, .asset): true
            case (.resolution, .vector(.none)): true
            // One word stands for a list of itself.
            case (.words, .symbol), (.wordList, .symbol), (.wordList, .list(.symbol)): true
            case (.shares, .map(_, .number(.none))): true
            default: false
            }
        }

        /// In the author's words.
        public var description: String {
            switch self {
            case .number(let d): ValueType.number(d).description
            case .timed(let d): ValueType.number(d).description
            case .vector(let d): ValueType.vector(d).description
            case .truth: ValueType.truth.description
            case .text: ValueType.text.description
            case .color: ValueType.color.description
            case .moment: "a date and time such as 2026-07-14 at 18:30"
            case .timeOfDay: ValueType.timeOfDay.description
            case .geo: "a place on Earth such as geo(52.5 deg, 13.4 deg)"
            case .place: "a place such as road.lane(-1).at(120 m)"
            case .lane: "a lane"
            case .network: "an imported road network"
            case .vicinity: "a distance of an actor such as 250 m of ego"
            case .archetype: "an archetype such as sedan"
            case .rig: "a rig"
            case .actor: "an actor"
            case .resolution: "width and height in pixels such as (1280, 720)"
            case .words(let words): "one of " + words.joined(separator: ", ")
            case .wordList(let words): "a word, or a list of words, among " + words.joined(separator: ", ")
            case .shares: "shares such as [train: 0.8, val: 0.2]"
            }
        }
    }

    public struct Property: Sendable {
        public var name: String
        public var expected: Expected
        /// As an author would write it; empty for none.
        public var defaultText: String
        /// Outside of this a value is possible but odd, SI.
        public var typical: ClosedRange<Double>?
        /// Outside of this a value has no meaning, SI.
        public var allowed: ClosedRange<Double>?
        public var isRequired: Bool
        /// Understood by the language, but nothing follows from it in this version.
        public var isFuture: Bool
        public var summary: String

        init(
            _ name: String, _ expected: Expected, default defaultText: String = "", unit: String? = nil, typical: ClosedRange<Double>? = nil,
            allowed: ClosedRange<Double>? = nil, required: Bool = false, future: Bool = false, _ summary: String
        ) {
            (self.name, self.expected, self.defaultText, self.typical, self.allowed) = (name, expected, defaultText, typical, allowed)
            (isRequired, isFuture, self.summary, ownUnit) = (required, future, summary, unit)
        }

        private var ownUnit: String?
        /// The unit people know it in: its own, or the one its default is written in where that is one number, as `mm/h` of a rain rate.
        public var unit: String? {
            if let ownUnit { return ownUnit }
            let parts = defaultText.split(separator: " ")
            return parts.count == 2 && Double(parts[0]) != nil ? String(parts[1]) : nil
        }
    }

    public struct Block: Sendable {
        public var kind: String
        /// Kinds of blocks it may stand in; `scene` is the file itself.
        public var within: [String]
        /// It must have a name: `camera front`.
        public var isNamed: Bool
        public var isFuture: Bool
        public var properties: [Property]
        public var summary: String

        init(_ kind: String, within: [String], named: Bool = false, future: Bool = false, _ summary: String, _ properties: [Property] = []) {
            (self.kind, self.within, isNamed, isFuture, self.properties, self.summary) = (kind, within, named, future, properties, summary)
        }

        public func property(_ name: String) -> Property? { properties.first { $0.name == name } }
    }

    public static func block(_ kind: String) -> Block? { blocks.first { $0.kind == kind } }
    public static func blocks(within kind: String) -> [Block] { blocks.filter { $0.within.contains(kind) } }
    public static func action(_ name: String) -> Action? { actions.first { $0.name == name } }
}
