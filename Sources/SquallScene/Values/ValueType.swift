import SquallMath

/// What the checker knows about an expression before anything is drawn.
public indirect enum ValueType: Sendable, Equatable {
    case number(Dimension)
    case timed(Dimension)
    case truth, text, color, date, timeOfDay, moment, geo
    case vector(Dimension)
    case range(Dimension)
    case list(ValueType)
    case map(ValueType, ValueType)
    case symbol, archetype, asset
    case network, road, junction, approach, lane, place
    case actor, sensor, rig, library
    case vicinity
    /// An error has already been reported; agrees with everything.
    case unknown

    /// In the author's words: `a speed`, `a place`, `a list`.
    public var description: String {
        switch self {
        case .number(.none): "a plain number"
        case .number(let d): Self.article(Units.name(of: d))
        case .timed(let d): Self.article(Units.name(of: d)) + " that changes over time"
        case .truth: "a yes-or-no condition"
        case .text: "a text"
        case .color: "a colour"
        case .date: "a date"
        case .timeOfDay: "a time of day"
        case .moment: "a date and time"
        case .geo: "a place on Earth"
        case .vector(.none): "a vector of plain numbers"
        case .vector(let d): "a vector of \(Units.name(of: d))"
        case .range(let d): "a range of \(Units.name(of: d))"
        case .list: "a list"
        case .map: "a list of name: value"
        case .symbol: "a word"
        case .archetype: "an archetype"
        case .asset: "an imported asset"
        case .network: "a road network"
        case .road: "a road"
        case .junction: "a junction"
        case .approach: "an approach of a junction"
        case .lane: "a lane"
        case .place: "a place in the world"
        case .actor: "an actor"
        case .sensor: "a sensor"
        case .rig: "a rig"
        case .library: "an imported scene file"
        case .vicinity: "a distance of an actor"
        case .unknown: "an unknown value"
        }
    }

    private static func article(_ word: String) -> String {
        guard let first = word.first else { return word }
        return ("aeiou".contains(first) ? "an " : "a ") + word
    }
}
