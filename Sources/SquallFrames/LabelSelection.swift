/// Kinds of label: which are computed and written. RGB pictures, poses, weather and collisions are always there.
public struct LabelSelection: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// What is known of each object: 3D box and motion, 2D boxes, shares, verdicts, points inside.
    public static let boxes = LabelSelection(rawValue: 1)
    public static let instance = LabelSelection(rawValue: 2)
    public static let semantic = LabelSelection(rawValue: 4)
    public static let depth = LabelSelection(rawValue: 8)
    public static let normals = LabelSelection(rawValue: 16)
    /// Forward and backward.
    public static let flow = LabelSelection(rawValue: 32)
    /// Lidar clouds.
    public static let points = LabelSelection(rawValue: 64)
    /// Share of each pixel that falling rain covers.
    public static let rain = LabelSelection(rawValue: 128)
    public static let all: LabelSelection = [.boxes, .instance, .semantic, .depth, .normals, .flow, .points, .rain]

    /// What authors call them, in the order of their bits.
    public static let words = ["boxes", "instance", "semantic", "depth", "normals", "flow", "points", "rain"]

    /// nil for a word that names no label.
    public init?(word: String) {
        guard let bit = Self.words.firstIndex(of: word) else { return nil }
        self.init(rawValue: 1 << bit)
    }

    /// The chosen ones, in order.
    public var words: [String] { Self.words.enumerated().filter { rawValue >> $0.offset & 1 == 1 }.map(\.element) }
}

extension LabelSelection: Codable {
    public init(from decoder: any Decoder) throws {
        let words = try decoder.singleValueContainer().decode([String].self)
        self = try words.reduce(into: LabelSelection()) { selection, word in
            guard let label = LabelSelection(word: word) else {
                throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "there is no label '\(word)'"))
            }
            selection.insert(label)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(words)
    }
}
