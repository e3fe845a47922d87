import SquallDiagnostics
import SquallXML

/// What reading a road file has to say: errors, warnings, and things left aside, one note a kind.
final class RoadNotes {
    let file: String
    private(set) var errors: [Diagnostic] = []
    private var warnings: [Diagnostic] = []
    private var kinds: [(kind: String, verb: String, count: Int, place: String)] = []
    private var kindIndex: [String: Int] = [:]
    private var warned: [String: Int] = [:]
    /// An author mends a few at a time.
    static let maximumErrors = 50
    /// Real files leave a dozen kinds unread.
    static let maximumKinds = 50

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
    func ignore(_ kind: String, _ place: String, verb: String = "is ignored") {
        if let index = kindIndex[kind] {
            kinds[index].count += 1
        } else {
            kindIndex[kind] = kinds.count
            kinds.append((kind, verb, 1, place))
        }
    }

    /// Notes every element that nobody has read, in file order.
    func ignoreUnread(in element: FileElement, _ place: [String] = []) {
        for child in element.children {
            if !child.isRead {
                guard !child.isEmpty else { continue }
                ignore("<\(child.name)> in <\(element.name)>", "\(place.isEmpty ? "the file" : place.joined(separator: ", ")) (line \(child.line))")
            } else if !child.children.isEmpty {
                ignoreUnread(in: child, place + Self.title(child))
            }
        }
    }

    /// How the elements that a reader can find by name are called.
    private static func title(_ element: FileElement) -> [String] {
        switch element.name {
        case "header": ["header"]
        case "road", "junction", "object", "signal", "lane", "connection": ["\(element.name) \(element.attributes["id"] ?? "?")"]
        default: []
        }
    }

    var diagnostics: [Diagnostic] {
        var all = warnings
        for (kind, verb, count, place) in kinds.prefix(RoadNotes.maximumKinds) {
            all.append(
                Diagnostic(
                    .note, "road-ignored", file: file, place: count == 1 ? place : "first in \(place)",
                    message: "\(kind) \(verb), \(count == 1 ? "once" : "\(count) times")"))
        }
        let rest = kinds.count - RoadNotes.maximumKinds
        if rest > 0 { all.append(Diagnostic(.note, "road-ignored", file: file, message: "\(rest) more kinds of things are ignored")) }
        return all
    }

    /// A number that must be there and finite; nil after noting an error.
    func number(_ element: FileElement, _ name: String, _ place: String) -> Double? {
        guard let text = element.attributes[name] else {
            error("road-missing-value", "\(place) (line \(element.line))", "<\(element.name)> has no \(name)", fix: "add \(name)=\"...\"")
            return nil
        }
        return parse(text, element, name, place)
    }

    /// A number that may be left out.
    func number(_ element: FileElement, _ name: String, default value: Double, _ place: String) -> Double? {
        guard let text = element.attributes[name] else { return value }
        return parse(text, element, name, place)
    }

    private func parse(_ text: String, _ element: FileElement, _ name: String, _ place: String) -> Double? {
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
    func integer(_ element: FileElement, _ name: String, _ place: String) -> Int32? {
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
