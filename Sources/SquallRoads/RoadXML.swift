import Foundation
import SquallDiagnostics
import SquallScene

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// One element of a road file.
final class RoadElement {
    let name: String
    let attributes: [String: String]
    let line: Int
    var children: [RoadElement] = []
    var text = ""
    /// Somebody asked for it; what nobody asks for is ignored, and said to be.
    private(set) var isRead = false

    init(name: String, attributes: [String: String], line: Int) { (self.name, self.attributes, self.line) = (name, attributes, line) }

    /// Says nothing: no attributes, no text, nothing within.
    var isEmpty: Bool { children.isEmpty && attributes.isEmpty && text.allSatisfy(\.isWhitespace) }

    func all(_ name: String) -> [RoadElement] {
        let found = children.filter { $0.name == name }
        for child in found { child.isRead = true }
        return found
    }

    func first(_ name: String) -> RoadElement? {
        let found = children.first { $0.name == name }
        found?.isRead = true
        return found
    }

    /// Leaves out all that it holds, its absence being said otherwise.
    func leaveOut() {
        for child in children {
            child.isRead = true
            child.leaveOut()
        }
    }
}

/// Reads XML into elements within fixed bounds: no document type (so no entities), bounded size, depth, elements and lanes.
final class RoadXML: NSObject, XMLParserDelegate {
    private let file: String
    private var stack: [RoadElement] = []
    private var root: RoadElement?
    private var elements = 0
    private var lanes = 0
    private var roads = 0
    private var failure: Failure?

    private init(file: String) { self.file = file }

    /// The root element. Throws `Failure` with the line of the first fault.
    static func parse(_ data: Data, file: String) throws -> RoadElement {
        guard data.count <= SceneLimit.roadBytes.value else {
            throw Failure(
                "road-file-size", file: file, message: "the file has \(data.count) bytes, more than the \(SceneLimit.roadBytes.value) a road file may have",
                fix: "cut the map into smaller files")
        }
        guard !data.isEmpty else { throw Failure("road-file-empty", file: file, message: "the file is empty", fix: "name an OpenDRIVE file (.xodr)") }
        if data.range(of: Data("<!DOCTYPE".utf8)) != nil || data.range(of: Data("<!ENTITY".utf8)) != nil {
            throw Failure(
                "road-doctype", file: file, message: "the file declares a document type, which road files have no use for",
                fix: "remove the <!DOCTYPE ...> declaration")
        }
        let reader = RoadXML(file: file)
        let parser = XMLParser(data: data)
        parser.shouldResolveExternalEntities = false
        parser.delegate = reader
        let complete = parser.parse()
        if let failure = reader.failure { throw failure }
        guard complete, let root = reader.root, reader.stack.isEmpty else {
            let reason = parser.parserError.map { ($0 as NSError).code } ?? 0
            throw Failure(
                "road-xml", file: file, place: "line \(max(1, parser.lineNumber))", message: "the file is not well-formed XML (libxml2 error \(reason))",
                fix: "check that the file is complete and every element is closed")
        }
        guard root.name == "OpenDRIVE" else {
            throw Failure("road-root", file: file, message: "the root element is <\(root.name)>, not <OpenDRIVE>", fix: "name an OpenDRIVE file (.xodr)")
        }
        return root
    }

    private func stop(_ parser: XMLParser, _ code: String, _ message: String, _ fix: String) {
        if failure == nil { failure = Failure(code, file: file, place: "line \(parser.lineNumber)", message: message, fix: fix) }
        parser.abortParsing()
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]
    ) {
        guard failure == nil else { return }
        elements += 1
        if name == "lane" { lanes += 1 }
        if elements > SceneLimit.roadElements.value {
            return stop(parser, "road-element-count", "more than \(SceneLimit.roadElements.value) elements", "cut the map into smaller files")
        }
        if lanes > SceneLimit.roadLanes.value {
            return stop(parser, "road-lane-count", "more than \(SceneLimit.roadLanes.value) lanes in one file", "cut the map into smaller files")
        }
        if stack.count >= SceneLimit.roadDepth.value {
            return stop(parser, "road-depth", "elements are nested more than \(SceneLimit.roadDepth.value) deep", "OpenDRIVE needs at most 10 levels")
        }
        let element = RoadElement(name: name, attributes: attributes, line: parser.lineNumber)
        if let parent = stack.last { parent.children.append(element) } else { root = element }
        stack.append(element)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard failure == nil, !stack.isEmpty else { return }
        stack.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { collect(string) }
    func parser(_ parser: XMLParser, foundCDATA block: Data) { collect(String(decoding: block, as: UTF8.self)) }

    /// Only the projection text is read.
    private func collect(_ string: String) {
        guard let element = stack.last, element.name == "geoReference", element.text.utf8.count < 65_536 else { return }
        element.text += string
    }
}
