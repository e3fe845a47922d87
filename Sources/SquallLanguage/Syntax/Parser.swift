import SquallDiagnostics
import SquallScene

/// Recursive descent over tokens. Never throws, always makes progress, recovers at line ends and closing braces.
public struct Parser {
    let file: String
    let bytes: [UInt8]
    let tokens: [Token]
    var at = 0
    /// Braces and parentheses open around the current token.
    var nesting = 0
    /// Above 0, line ends do not end an expression.
    var parentheses = 0
    var diagnostics: [Diagnostic]

    /// Parses a scene file. The tree reprints the bytes exactly, whatever they are.
    ///
    /// - Parameter size: of the whole file when `bytes` are only its beginning.
    public static func parse(file: String, bytes: [UInt8], size: Int = 0) -> SyntaxTree {
        let source = SourceText(file: file, bytes: bytes)
        if let problem = unreadable(file, bytes, size: max(size, bytes.count)) {
            let rest = Token(kind: .endOfFile, leading: 0, start: bytes.count, end: bytes.count, text: "", onNewLine: true)
            return SyntaxTree(source: source, root: SyntaxNode(.file, [.token(rest)], at: 0), diagnostics: [problem])
        }
        var parser = Parser(file: file, bytes: bytes)
        let root = parser.parseFile()
        return SyntaxTree(source: source, root: root, diagnostics: parser.diagnostics)
    }

    /// Parses one expression, as `squall eval` and `--set` take it.
    public static func parseExpression(file: String, text: String) -> SyntaxTree {
        let bytes = Array(text.utf8)
        if let problem = unreadable(file, bytes, size: bytes.count) {
            return SyntaxTree(source: SourceText(file: file, bytes: bytes), root: SyntaxNode(.error, [], at: 0), diagnostics: [problem])
        }
        var parser = Parser(file: file, bytes: bytes)
        if parser.current.kind == .endOfFile, parser.diagnostics.isEmpty {
            parser.report("empty-expression", parser.current.span, "there is nothing to work out", fix: "write a value or a formula, for instance 80 mm/h or 2 * 3 m")
        }
        parser.parentheses = 1
        var children: [SyntaxElement] = [.node(parser.expression())]
        if parser.current.kind != .endOfFile {
            parser.report("unexpected-token", parser.current.span, "expected the end of the expression but found \(parser.describeCurrent())")
        }
        while parser.current.kind != .endOfFile { children.append(.token(parser.take())) }
        children.append(.token(parser.current))
        return SyntaxTree(source: SourceText(file: file, bytes: bytes), root: SyntaxNode(.file, children, at: 0), diagnostics: parser.diagnostics)
    }

    private init(file: String, bytes: [UInt8]) {
        var lexer = Lexer(file: file, bytes: bytes)
        tokens = lexer.run()
        (self.file, self.bytes) = (file, bytes)
        diagnostics = lexer.diagnostics
    }

    /// Why a file cannot be a scene at all.
    private static func unreadable(_ file: String, _ bytes: [UInt8], size: Int) -> Diagnostic? {
        if size > SceneLimit.sceneBytes.value {
            return Diagnostic(
                .error, "file-too-large", file: file, message: "this file has \(size) bytes; a scene file may have at most \(SceneLimit.sceneBytes.value)",
                fix: "is this a scene file? Large data belongs into imported files")
        }
        if let zero = bytes.firstIndex(of: 0) {
            return Diagnostic(
                .error, "binary-file", file: file, place: "byte \(zero)", message: "this is not a text file", fix: "a scene is UTF-8 text; roads and meshes are imported by one")
        }
        if String(validating: bytes, as: UTF8.self) == nil {
            return Diagnostic(.error, "not-utf8", file: file, message: "this file is not valid UTF-8", fix: "save it as UTF-8")
        }
        return nil
    }

    // MARK: tokens

    var current: Token { tokens[at] }
    func text(_ span: SourceSpan) -> String { String(decoding: bytes[span.start..<span.end], as: UTF8.self) }
    func peek(_ ahead: Int = 1) -> Token { tokens[min(at + ahead, tokens.count - 1)] }
    func isName(_ word: String) -> Bool { current.kind == .name && current.text == word }

    /// Takes the current token; the end of file is never passed.
    mutating func take() -> Token {
        let token = tokens[at]
        if token.kind != .endOfFile { at += 1 }
        return token
    }

    /// Takes a token of that kind, or reports and takes nothing.
    mutating func expect(_ kind: TokenKind, _ what: String, into children: inout [SyntaxElement]) {
        if current.kind == kind {
            children.append(.token(take()))
        } else {
            report("expected-token", place(current), "expected \(what) but found \(describeCurrent())")
        }
    }

    /// Where to underline something missing before the current token.
    func place(_ token: Token) -> SourceSpan {
        if token.onNewLine, at > 0 { return SourceSpan(start: tokens[at - 1].end, end: tokens[at - 1].end) }
        return token.span
    }

    func describeCurrent() -> String {
        switch current.kind {
        case .endOfFile: return "the end of the file"
        case _ where current.onNewLine && parentheses == 0 && at > 0: return "the end of the line"
        default: return "'\(current.text.count > 24 ? String(current.text.prefix(24)) + "..." : current.text)'"
        }
    }

    /// At most one report a place, so that one slip does not cause a cascade.
    mutating func report(_ code: String, _ span: SourceSpan, _ message: String, label: String? = nil, fix: String? = nil) {
        if diagnostics.contains(where: { $0.span?.start == span.start }) && diagnostics.count < 1000 { return }
        if diagnostics.count >= 1000 { return }
        diagnostics.append(Diagnostic(.error, code, file: file, span: span, message: message, label: label, fix: fix))
    }

    func node(_ kind: SyntaxKind, _ children: [SyntaxElement]) -> SyntaxNode { SyntaxNode(kind, children, at: current.start) }

    /// Runs `body` one level deeper; beyond the limit everything up to the matching close is skipped as one error node.
    mutating func nested(_ body: (inout Parser) -> SyntaxNode) -> SyntaxNode {
        guard nesting < SceneLimit.nesting.value else {
            report("too-deep", current.span, "nested more than \(SceneLimit.nesting.value) levels deep")
            return skipBalanced()
        }
        nesting += 1
        defer { nesting -= 1 }
        return body(&self)
    }

    /// Skips a balanced run of tokens, flat; stops at a closing token of the level around it.
    mutating func skipBalanced() -> SyntaxNode {
        var children: [SyntaxElement] = []
        var open = 0
        while current.kind != .endOfFile {
            switch current.kind {
            case .leftBrace, .leftParen, .leftBracket: open += 1
            case .rightBrace, .rightParen, .rightBracket:
                if open == 0 { return node(.error, children) }
                open -= 1
            default: if open == 0, current.onNewLine, !children.isEmpty { return node(.error, children) }
            }
            children.append(.token(take()))
        }
        return node(.error, children)
    }
}
