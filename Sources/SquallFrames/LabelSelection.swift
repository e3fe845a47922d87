/// Kinds of label: which are computed and written.
public struct LabelSelection: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let boxes = LabelSelection(rawValue: 1)
    public static let instance = LabelSelection(rawValue: 2)
    public static let semantic = LabelSelection(rawValue: 4)
    public static let depth = LabelSelection(rawValue: 8)
    public static let normals = LabelSelection(rawValue: 16)
    public static let flow = LabelSelection(rawValue: 32)
    public static let points = LabelSelection(rawValue: 64)
    public static let all: LabelSelection = [.boxes, .instance, .semantic, .depth, .normals, .flow, .points]
}
