import SquallDiagnostics

/// What a node of the tree is.
public enum SyntaxKind: String, Sendable {
    case file, scene, importing, param, letting, def, block, actor, rig, category, vary, variant, require, property, carries, doing
    case step, sequence, together, oneOf, repeating, modifier
    // expressions
    case literal, quantity, withUnit, unit, name, member, call, argument, index, list, tuple, unary, binary, conditional
    case error
}

/// A node: its kind and, in order, the nodes and tokens below it. Nothing of the file is left out.
public final class SyntaxNode: Sendable {
    public let kind: SyntaxKind
    public let children: [SyntaxElement]
    /// Without the white space before its first token.
    public let span: SourceSpan
    /// Levels below and including this node.
    public let depth: Int

    init(_ kind: SyntaxKind, _ children: [SyntaxElement], at empty: Int) {
        (self.kind, self.children) = (kind, children)
        depth = 1 + (children.lazy.map(\.depth).max() ?? 0)
        if let first = children.first, let last = children.last {
            span = SourceSpan(start: first.span.start, end: last.span.end)
        } else {
            span = SourceSpan(start: empty, end: empty)
        }
    }

    public var nodes: [SyntaxNode] { children.compactMap { if case .node(let node) = $0 { node } else { nil } } }
    public var tokens: [Token] { children.compactMap { if case .token(let token) = $0 { token } else { nil } } }
    public func node(_ kind: SyntaxKind) -> SyntaxNode? { nodes.first { $0.kind == kind } }
    public func nodes(_ kind: SyntaxKind) -> [SyntaxNode] { nodes.filter { $0.kind == kind } }
    public func token(_ kind: TokenKind) -> Token? { tokens.first { $0.kind == kind } }
    /// The first node that is an expression.
    public var expression: SyntaxNode? { nodes.first { $0.isExpression } }
    public var isExpression: Bool {
        switch kind {
        case .literal, .quantity, .withUnit, .name, .member, .call, .index, .list, .tuple, .unary, .binary, .conditional: true
        default: false
        }
    }
}

public enum SyntaxElement: Sendable {
    case node(SyntaxNode)
    case token(Token)

    var depth: Int { if case .node(let node) = self { node.depth } else { 0 } }
    var span: SourceSpan {
        switch self {
        case .node(let node): node.span
        case .token(let token): token.span
        }
    }
}

/// A parsed file: the tree, and what was wrong with the text.
public struct SyntaxTree: Sendable {
    public let source: SourceText
    public let root: SyntaxNode
    public let diagnostics: [Diagnostic]

    /// The file again, byte for byte, from the tree's tokens.
    public func reprint() -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(source.bytes.count)
        append(root, to: &out)
        return out
    }

    private func append(_ node: SyntaxNode, to out: inout [UInt8]) {
        for child in node.children {
            switch child {
            case .node(let node): append(node, to: &out)
            case .token(let token): out += source.bytes[token.leading..<token.end]
            }
        }
    }

    /// The text below a span.
    public func text(_ span: SourceSpan) -> String { String(decoding: source.bytes[span.start..<span.end], as: UTF8.self) }

    /// The `///` lines right before a token, without the slashes.
    public func documentation(before token: Token) -> String {
        let trivia = String(decoding: source.bytes[token.leading..<token.start], as: UTF8.self)
        var lines: [Substring] = []
        for line in trivia.split(separator: "\n", omittingEmptySubsequences: false) {
            let body = line.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
            if body.hasPrefix("///") {
                lines.append(body.dropFirst(body.hasPrefix("/// ") ? 4 : 3))
            }
        }
        return lines.joined(separator: "\n")
    }
}
