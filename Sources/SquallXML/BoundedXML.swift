import Foundation
import SquallDiagnostics

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What a kind of file may hold, and how its faults are called.
public struct XMLBounds: Sendable {
    /// Begins the codes of messages: `road-xml`.
    public var code: String
    /// "a road file": ends sentences.
    public var noun: String
    /// What the root element must be called, and what to name instead of a file with another.
    public var root: String, rootFix: String
    public var bytes: Int, elements: Int, depth: Int
    /// Elements of a name that may occur only so often in a file.
    public var counted: (name: String, most: Int)
    /// What helps when there is too much of anything.
    public var smaller: String
    /// Elements whose text is kept, up to 64 KiB each; of the others it is dropped.
    public var texts: [String]

    public init(
        code: String, noun: String, root: String, rootFix: String, bytes: Int, elements: Int, depth: Int, counted: (name: String, most: Int), smaller: String, texts: [String]
    ) {
        (self.code, self.noun, self.root, self.rootFix) = (code, noun, root, rootFix)
        (self.bytes, self.elements, self.depth, self.counted) = (bytes, elements, depth, counted)
        (self.smaller, self.texts) = (smaller, texts)
    }
}

/// Reads XML into elements within fixed bounds: no document type (so no entities), bounded size, depth and number of elements.
public final class BoundedXML: NSObject, XMLParserDelegate {
    private let file: String
    private let bounds: XMLBounds
    private var stack: [FileElement] = []
    private var root: FileElement?
    private var elements = 0
    private var counted = 0
    private var failure: Failure?

    private init(file: String, bounds: XMLBounds) { (self.file, self.bounds) = (file, bounds) }

    /// The root element.
    /// - Throws: `Failure` with the line of the first fault.
    public static func parse(_ data: Data, file: String, within bounds: XMLBounds) throws -> FileElement {
        func fault(_ code: String, place: String? = nil, _ message: String, _ fix: String) -> Failure {
            Failure("\(bounds.code)-\(code)", file: file, place: place, message: message, fix: fix)
        }
        guard data.count <= bounds.bytes else {
            throw fault("file-size", "the file has \(data.count) bytes, more than the \(bounds.bytes) \(bounds.noun) may have", bounds.smaller)
        }
        guard !data.isEmpty else { throw fault("file-empty", "the file is empty", bounds.rootFix) }
        if data.range(of: Data("<!DOCTYPE".utf8)) != nil || data.range(of: Data("<!ENTITY".utf8)) != nil {
            throw fault("doctype", "the file declares a document type, which \(bounds.noun) has no use for", "remove the <!DOCTYPE ...> declaration")
        }
        guard let text = utf8(data) else {
            throw fault(
                "encoding", place: "byte \(firstWrongByte(data) + 1)", "the file is not text in UTF-8, and declares no other encoding that is known here",
                "save it as UTF-8, or declare encoding=\"ISO-8859-1\" or \"windows-1252\" in its first line")
        }
        let reader = BoundedXML(file: file, bounds: bounds)
        let parser = XMLParser(data: text)
        parser.shouldResolveExternalEntities = false
        parser.delegate = reader
        let complete = parser.parse()
        if let failure = reader.failure { throw failure }
        guard complete, let root = reader.root, reader.stack.isEmpty else {
            let reason = parser.parserError.map { ($0 as NSError).code } ?? 0
            throw fault(
                "xml", place: "line \(max(1, parser.lineNumber))", "the file is not well-formed XML (libxml2 error \(reason))",
                "check that the file is complete and every element is closed")
        }
        guard root.name == bounds.root else { throw fault("root", "the root element is <\(root.name)>, not <\(bounds.root)>", bounds.rootFix) }
        return root
    }

    /// The same text in UTF-8, nil when it is none: Foundation's parser traps on names that are not.
    private static func utf8(_ data: Data) -> Data? {
        if String(validating: data, as: UTF8.self) != nil { return data }
        let head = String(decoding: data.prefix(200), as: Unicode.ASCII.self).lowercased()
        let known: [(name: String, encoding: String.Encoding)] = [
            ("iso-8859-1\"", .isoLatin1), ("iso-8859-1'", .isoLatin1), ("windows-1252", .windowsCP1252), ("us-ascii", .windowsCP1252),
        ]
        guard head.hasPrefix("<?xml"), let end = head.firstIndex(of: ">"), let declared = known.first(where: { head[..<end].contains($0.name) }) else { return nil }
        guard let text = String(data: data, encoding: declared.encoding), let close = text.firstIndex(of: ">") else { return nil }
        // Without the declaration, which no longer holds; its line stays.
        return Data(text[text.index(after: close)...].utf8)
    }

    private static func firstWrongByte(_ data: Data) -> Int {
        zip(data, String(decoding: data, as: UTF8.self).utf8).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? data.count
    }

    private func stop(_ parser: XMLParser, _ code: String, _ message: String, _ fix: String) {
        if failure == nil { failure = Failure("\(bounds.code)-\(code)", file: file, place: "line \(parser.lineNumber)", message: message, fix: fix) }
        parser.abortParsing()
    }

    public func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]
    ) {
        guard failure == nil else { return }
        elements += 1
        if name == bounds.counted.name { counted += 1 }
        if elements > bounds.elements { return stop(parser, "element-count", "more than \(bounds.elements) elements", bounds.smaller) }
        if counted > bounds.counted.most {
            return stop(parser, "\(bounds.counted.name)-count", "more than \(bounds.counted.most) \(bounds.counted.name)s in one file", bounds.smaller)
        }
        if stack.count >= bounds.depth { return stop(parser, "depth", "elements are nested more than \(bounds.depth) deep", "\(bounds.root) needs at most 10 levels") }
        let element = FileElement(name: name, attributes: attributes, line: parser.lineNumber)
        if let parent = stack.last { parent.children.append(element) } else { root = element }
        stack.append(element)
    }

    public func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard failure == nil, !stack.isEmpty else { return }
        stack.removeLast()
    }

    public func parser(_ parser: XMLParser, foundCharacters string: String) { collect(string) }
    public func parser(_ parser: XMLParser, foundCDATA block: Data) { collect(String(decoding: block, as: UTF8.self)) }

    private func collect(_ string: String) {
        guard let element = stack.last, bounds.texts.contains(element.name), element.text.utf8.count < 65_536 else { return }
        element.text += string
    }
}
