// SquallXML: XML of outside files as a tree of elements, read within bounds.
// Must never know: what any element means.

/// One element of an XML file.
public final class FileElement {
    public let name: String
    public let attributes: [String: String]
    public let line: Int
    public internal(set) var children: [FileElement] = []
    public internal(set) var text = ""
    /// Somebody asked for it; what nobody asks for is ignored, and said to be.
    public private(set) var isRead = false

    init(name: String, attributes: [String: String], line: Int) { (self.name, self.attributes, self.line) = (name, attributes, line) }

    /// Says nothing: no attributes, no text, nothing within.
    public var isEmpty: Bool { children.isEmpty && attributes.isEmpty && text.allSatisfy(\.isWhitespace) }

    public func all(_ name: String) -> [FileElement] {
        let found = children.filter { $0.name == name }
        for child in found { child.isRead = true }
        return found
    }

    public func first(_ name: String) -> FileElement? {
        let found = children.first { $0.name == name }
        found?.isRead = true
        return found
    }

    /// Leaves out all that it holds, its absence being said otherwise.
    public func leaveOut() {
        for child in children {
            child.isRead = true
            child.leaveOut()
        }
    }
}
