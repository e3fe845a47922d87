/// Turns diagnostics into what a person reads:
///
///     flood.squall:21:10: error: unknown property 'visiblity' in fog
///       21 |   fog { visiblity = 600 m }
///          |         ^^^^^^^^^ fog has no such property
///          = did you mean 'visibility'?
public struct DiagnosticRenderer: Sendable {
    private let sources: [String: SourceText]
    /// ANSI colours.
    public var colors: Bool
    /// Only so many are shown; a last line says how many more there are.
    public var limit: Int

    public init(sources: [SourceText], colors: Bool = false, limit: Int = 50) {
        self.sources = Dictionary(sources.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
        (self.colors, self.limit) = (colors, limit)
    }

    public func render(_ diagnostics: [Diagnostic]) -> String {
        let sorted = diagnostics.inReadingOrder
        var text = sorted.prefix(limit).map(render).joined(separator: "\n")
        if sorted.count > limit { text += "\n... and \(sorted.count - limit) more" }
        return text
    }

    public func render(_ diagnostic: Diagnostic) -> String {
        let source = sources[diagnostic.file]
        var head = diagnostic.file
        var lines: [String] = []
        if let span = diagnostic.span, let source {
            let start = source.position(of: span.start)
            head += ":\(start.line):\(start.column)"
            lines = excerpt(diagnostic, source, span, start)
        } else {
            if let place = diagnostic.place { head += " (\(place))" }
            if let label = diagnostic.label { lines.append("  = \(label)") }
        }
        let margin = diagnostic.span == nil || source == nil ? "  " : String(repeating: " ", count: gutter(diagnostic, source) + 3)
        if let fix = diagnostic.fix { lines.append("\(margin)\(paint("=", .dim)) \(fix)") }
        let severity = paint(diagnostic.severity.rawValue + ":", color(of: diagnostic.severity))
        return (["\(paint(head + ":", .bold)) \(severity) \(diagnostic.message)"] + lines).joined(separator: "\n")
    }

    private func gutter(_ diagnostic: Diagnostic, _ source: SourceText?) -> Int {
        guard let source, let span = diagnostic.span else { return 0 }
        return String(source.position(of: span.start).line).count
    }

    /// The source line with the span underlined. Long lines are cut around the span; tabs become one space to keep columns.
    private func excerpt(_ diagnostic: Diagnostic, _ source: SourceText, _ span: SourceSpan, _ start: (line: Int, column: Int)) -> [String] {
        let scalars = source.line(start.line).unicodeScalars.map { $0 == "\t" || $0.value < 32 ? " " : $0 }
        let end = source.position(of: span.end)
        let lastColumn = end.line == start.line ? end.column : scalars.count + 1
        let from = max(0, min(start.column - 1 - 40, scalars.count - 120))
        let shown = scalars[from..<min(scalars.count, from + 120)]
        let width = max(1, min(lastColumn - start.column, from + 121 - start.column))
        let number = String(start.line)
        let blank = String(repeating: " ", count: number.count)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: shown)
        let mark = String(repeating: " ", count: max(0, start.column - 1 - from)) + paint(String(repeating: "^", count: width), color(of: diagnostic.severity))
        return [
            "  \(paint(number + " |", .dim)) \(String(text))",
            "  \(paint(blank + " |", .dim)) \(mark)" + (diagnostic.label.map { " " + $0 } ?? ""),
        ]
    }

    private enum Style: String { case bold = "1", dim = "2", red = "1;31", yellow = "1;33", cyan = "1;36" }
    private func color(of severity: Severity) -> Style { severity == .error ? .red : severity == .warning ? .yellow : .cyan }
    private func paint(_ text: String, _ style: Style) -> String { colors ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text }
}

extension [Diagnostic] {
    /// By file, place, then severity and words: the same order whatever order they were found in. Exact repeats are dropped.
    public var inReadingOrder: [Diagnostic] {
        let sorted = enumerated().sorted { a, b in
            let (x, y) = (a.element, b.element)
            if x.file != y.file { return x.file < y.file }
            let (p, q) = (x.span ?? SourceSpan(start: 0, end: 0), y.span ?? SourceSpan(start: 0, end: 0))
            if p != q { return p < q }
            if x.severity != y.severity { return x.severity > y.severity }
            return a.offset < b.offset
        }.map(\.element)
        var kept: [Diagnostic] = []
        for diagnostic in sorted where kept.last != diagnostic { kept.append(diagnostic) }
        return kept
    }

    public var hasErrors: Bool { contains { $0.severity == .error } }
}
