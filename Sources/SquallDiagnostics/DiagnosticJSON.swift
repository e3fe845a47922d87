/// Diagnostics for machines: one JSON object a line, keys in a fixed order, absent facts left out.
///
/// `{"file":…,"line":1,"column":7,"endLine":1,"endColumn":16,"severity":"error","code":…,"message":…,"label":…,"fix":…,"place":…}`
public struct DiagnosticJSON: Sendable {
    private let sources: [String: SourceText]

    public init(sources: [SourceText]) {
        self.sources = Dictionary(sources.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func lines(_ diagnostics: [Diagnostic]) -> String { diagnostics.inReadingOrder.map(object).joined(separator: "\n") }

    public func object(_ diagnostic: Diagnostic) -> String {
        var fields = ["\"file\":\(quoted(diagnostic.file))"]
        if let span = diagnostic.span, let source = sources[diagnostic.file] {
            let (start, end) = (source.position(of: span.start), source.position(of: span.end))
            fields.append("\"line\":\(start.line),\"column\":\(start.column),\"endLine\":\(end.line),\"endColumn\":\(end.column)")
        }
        fields.append("\"severity\":\(quoted(diagnostic.severity.rawValue))")
        fields.append("\"code\":\(quoted(diagnostic.code))")
        fields.append("\"message\":\(quoted(diagnostic.message))")
        for (key, value) in [("label", diagnostic.label), ("fix", diagnostic.fix), ("place", diagnostic.place)] {
            if let value { fields.append("\"\(key)\":\(quoted(value))") }
        }
        return "{" + fields.joined(separator: ",") + "}"
    }

    private func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 32 || scalar.value == 0x7F:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
