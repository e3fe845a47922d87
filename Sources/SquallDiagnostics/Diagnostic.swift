// SquallDiagnostics: what is wrong, where, why and how to mend it; as data, rendered in one place.
// Must never know: scenes, roads, assets. It knows files, lines and words.

/// A half-open range of UTF-8 byte offsets in one source text.
public struct SourceSpan: Sendable, Hashable, Comparable {
    public var start: Int
    public var end: Int

    public init(start: Int, end: Int) { (self.start, self.end) = (start, max(start, end)) }
    public static func < (a: SourceSpan, b: SourceSpan) -> Bool { (a.start, a.end) < (b.start, b.end) }
    /// The smallest span that holds both.
    public func union(_ other: SourceSpan) -> SourceSpan { SourceSpan(start: min(start, other.start), end: max(end, other.end)) }
}

public enum Severity: String, Sendable, Comparable, CaseIterable {
    case note, warning, error
    private var rank: Int { self == .note ? 0 : self == .warning ? 1 : 2 }
    public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
}

/// One thing to tell the author. Several are collected per run; checking goes on after the first.
public struct Diagnostic: Sendable, Equatable {
    public var severity: Severity
    /// A stable kebab-case name, for instance `unknown-property`, `unit-mismatch`, `road-lane-count`.
    public var code: String
    /// The file, as the user named it.
    public var file: String
    /// Where in the file, when the file is text and the place is known.
    public var span: SourceSpan?
    /// A place in words for files without spans: `road 3, lane section 2, lane -1`, `accessors[4]`.
    public var place: String?
    /// One sentence in the author's words, without a full stop.
    public var message: String
    /// Why it is wrong, shown beside the underline.
    public var label: String?
    /// How to mend it: `did you mean 'visibility'?`
    public var fix: String?

    public init(
        _ severity: Severity, _ code: String, file: String, span: SourceSpan? = nil, place: String? = nil, message: String, label: String? = nil,
        fix: String? = nil
    ) {
        (self.severity, self.code, self.file, self.span, self.place) = (severity, code, file, span, place)
        (self.message, self.label, self.fix) = (message, label, fix)
    }
}

/// What a failing operation throws: at least one error-level diagnostic.
public struct Failure: Error, Sendable {
    public var diagnostics: [Diagnostic]

    public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
    public init(_ code: String, file: String, place: String? = nil, message: String, fix: String? = nil) {
        diagnostics = [Diagnostic(.error, code, file: file, place: place, message: message, fix: fix)]
    }
}
