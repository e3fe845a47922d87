import SquallDiagnostics

/// What reading a road file has to say: errors, warnings, and things left aside, one warning a kind.
final class RoadNotes {
    let file: String
    private(set) var errors: [Diagnostic] = []
    private var warnings: [Diagnostic] = []
    private var kinds: [(kind: String, count: Int, place: String)] = []
    private var kindIndex: [String: Int] = [:]
    private var warned: [String: Int] = [:]
    /// An author mends a few at a time.
    static let maximumErrors = 50

    init(file: String) { self.file = file }

    func error(_ code: String, _ place: String, _ message: String, fix: String) {
        guard errors.count < RoadNotes.maximumErrors else { return }
        errors.append(Diagnostic(.error, code, file: file, place: place, message: message, fix: fix))
    }

    /// At most three warnings of a code are listed.
    func warn(_ code: String, _ place: String, _ message: String, fix: String) {
        warned[code, default: 0] += 1
        guard warned[code, default: 0] <= 3 else { return }
        warnings.append(Diagnostic(.warning, code, file: file, place: place, message: message, fix: fix))
    }

    /// Counts something that the file has and the world leaves out.
    func ignore(_ kind: String, _ place: String) {
        if let index = kindIndex[kind] {
            kinds[index].count += 1
        } else {
            kindIndex[kind] = kinds.count
            kinds.append((kind, 1, place))
        }
    }

    /// Notes the children of an element that nobody reads.
    func ignoreOthers(in element: RoadElement, but known: Set<String>, _ place: String) {
        for child in element.children where !known.contains(child.name) { ignore("<\(child.name)> in <\(element.name)>", place) }
    }

    var diagnostics: [Diagnostic] {
        warnings
            + kinds.map {
                Diagnostic(
                    .warning, "road-ignored", file: file, place: $0.count == 1 ? $0.place : "first in \($0.place)",
                    message: "\($0.kind) is ignored, \($0.count == 1 ? "once" : "\($0.count) times")")
            }
    }

    /// A number that must be there and finite; nil after noting an error.
    func number(_ element: RoadElement, _ name: String, _ place: String) -> Double? {
        guard let text = element.attributes[name] else {
            error("road-missing-value", "\(place) (line \(element.line))", "<\(element.name)> has no \(name)", fix: "add \(name)=\"...\"")
            return nil
        }
        return parse(text, element, name, place)
    }

    /// A number that may be left out.
    func number(_ element: RoadElement, _ name: String, default value: Double, _ place: String) -> Double? {
        guard let text = element.attributes[name] else { return value }
        return parse(text, element, name, place)
    }

    private func parse(_ text: String, _ element: RoadElement, _ name: String, _ place: String) -> Double? {
        var trimmed = Substring(text)
        while let c = trimmed.first, c.isWhitespace { trimmed.removeFirst() }
        while let c = trimmed.last, c.isWhitespace { trimmed.removeLast() }
        guard let value = Double(trimmed) else {
            error(
                "road-bad-number", "\(place) (line \(element.line))", "\(name)=\"\(text.prefix(40))\" of <\(element.name)> is not a number",
                fix: "write a decimal number such as 12.5")
            return nil
        }
        guard value.isFinite, abs(value) < 1e12 else {
            error(
                "road-not-finite", "\(place) (line \(element.line))", "\(name)=\"\(text.prefix(40))\" of <\(element.name)> is not a finite number",
                fix: "export the map again without NaN or infinite values")
            return nil
        }
        return value
    }

    /// A lane or road number.
    func integer(_ element: RoadElement, _ name: String, _ place: String) -> Int32? {
        guard let value = number(element, name, place) else { return nil }
        guard value == value.rounded(), abs(value) < 100_000 else {
            error(
                "road-bad-number", "\(place) (line \(element.line))", "\(name)=\"\(value)\" of <\(element.name)> is not a small whole number",
                fix: "use an integer")
            return nil
        }
        return Int32(value)
    }
}
