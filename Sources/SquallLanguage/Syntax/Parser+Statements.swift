import SquallDiagnostics

/// The grammar of statements, blocks and properties.
extension Parser {
    mutating func parseFile() -> SyntaxNode {
        var children: [SyntaxElement] = []
        while current.kind != .endOfFile {
            if current.kind == .rightBrace {
                report("stray-brace", current.span, "this '}' closes nothing", fix: "remove it, or look for a block that was closed too early")
                children.append(.token(take()))
            } else {
                children.append(.node(statement()))
            }
        }
        children.append(.token(current))
        return SyntaxNode(.file, children, at: 0)
    }

    /// Any statement, property or block; the checker knows which belong where.
    mutating func statement() -> SyntaxNode {
        let before = at
        let result = nested { $0.statementBody() }
        return finish(at == before ? node(.error, [.token(take())]) : result)
    }

    /// A statement ends at a line end, a comma, a closing brace or the end of the file. Anything else is skipped to there.
    private mutating func finish(_ statement: SyntaxNode) -> SyntaxNode {
        if current.onNewLine || current.kind == .rightBrace || current.kind == .endOfFile { return statement }
        if current.kind == .comma { return node(statement.kind, statement.children + [.token(take())]) }
        if endsInBrace(statement) { return statement }
        if statement.kind != .error { report("unexpected-token", current.span, "expected the end of the line but found \(describeCurrent())") }
        let rest = skipToLineEnd()
        return node(statement.kind, statement.children + [.node(rest)])
    }

    /// A block's closing brace may be followed by another statement on the same line.
    private func endsInBrace(_ statement: SyntaxNode) -> Bool {
        var node = statement
        while true {
            switch node.children.last {
            case .node(let last): node = last
            case .token(let token): return token.kind == .rightBrace
            case nil: return false
            }
        }
    }

    mutating func skipToLineEnd() -> SyntaxNode {
        var children: [SyntaxElement] = []
        var open = 0
        while current.kind != .endOfFile {
            if open == 0, current.kind == .rightBrace || (current.onNewLine && !children.isEmpty) { break }
            if current.kind == .leftBrace { open += 1 }
            if current.kind == .rightBrace { open -= 1 }
            children.append(.token(take()))
        }
        return node(.error, children)
    }

    private mutating func statementBody() -> SyntaxNode {
        guard current.kind == .name else {
            report("expected-statement", current.span, "expected a statement, a property or a block but found \(describeCurrent())")
            return skipToLineEnd()
        }
        if peek().kind == .equals, !peek().onNewLine { return property() }
        switch current.text {
        case "scene" where peek().kind == .string: return keyword(.scene, [.string("a title in quotes")])
        case "import": return keyword(.importing, [.string("a file name in quotes"), .word("as"), .name])
        case "param": return keyword(.param, [.name, .equals, .expression])
        case "let": return keyword(.letting, [.name, .equals, .expression])
        case "def": return definition()
        case "actor": return actor()
        case "rig": return rig()
        case "category" where peek().kind == .name: return keyword(.category, [.name, .block])
        case "vary": return keyword(.vary, [.block])
        case "case": return keyword(.variant, [.name, .block])
        case "require": return require()
        case "carries": return keyword(.carries, [.expression])
        case "do": return doing()
        default: break
        }
        if peek().kind == .leftBrace || (peek().kind == .name && peek(2).kind == .leftBrace && !peek().onNewLine) {
            var children: [SyntaxElement] = [.token(take())]
            if current.kind == .name { children.append(.token(take())) }
            children.append(.node(block()))
            return node(.block, children)
        }
        report(
            "expected-statement", current.span, "'\(current.text)' starts no statement",
            label: "a property is written name = value, a block name { ... }", fix: NearNames.suggestion(for: current.text, among: Self.keywords))
        return skipToLineEnd()
    }

    static let keywords = ["scene", "import", "param", "let", "def", "actor", "rig", "category", "vary", "case", "require", "carries", "do"]

    enum Part { case name, equals, expression, block, word(String), string(String) }

    /// A keyword followed by fixed parts; what is missing is reported once and the rest of the line skipped.
    mutating func keyword(_ kind: SyntaxKind, _ parts: [Part]) -> SyntaxNode {
        var children: [SyntaxElement] = [.token(take())]
        for part in parts {
            let before = diagnostics.count
            switch part {
            case .name: expect(.name, "a name", into: &children)
            case .equals: expect(.equals, "'='", into: &children)
            case .string(let what): expect(.string, what, into: &children)
            case .word(let word):
                if isName(word) {
                    children.append(.token(take()))
                } else {
                    report("expected-token", place(current), "expected '\(word)' but found \(describeCurrent())")
                }
            case .expression: children.append(.node(expression()))
            case .block: children.append(.node(block()))
            }
            if diagnostics.count > before { break }
        }
        return node(kind, children)
    }

    private mutating func property() -> SyntaxNode {
        let children: [SyntaxElement] = [.token(take()), .token(take())]
        return node(.property, children + [.node(expression())])
    }

    /// `{ statements }`
    mutating func block() -> SyntaxNode {
        guard current.kind == .leftBrace else {
            report("expected-token", place(current), "expected '{' but found \(describeCurrent())")
            return node(.sequence, [])
        }
        let outer = parentheses
        parentheses = 0
        defer { parentheses = outer }
        let open = take()
        var children: [SyntaxElement] = [.token(open)]
        while current.kind != .rightBrace && current.kind != .endOfFile { children.append(.node(statement())) }
        if current.kind == .rightBrace {
            children.append(.token(take()))
        } else {
            report("unclosed-block", open.span, "this '{' is never closed")
        }
        return node(.sequence, children)
    }

    /// `def f(a, b) = expr`, `def name(a) is archetype { }`, `def name() do behaviour`
    private mutating func definition() -> SyntaxNode {
        var children: [SyntaxElement] = [.token(take())]
        expect(.name, "a name", into: &children)
        if current.kind == .leftParen { children.append(.node(argumentList(.tuple, close: .rightParen))) }
        if current.kind == .equals {
            children.append(.token(take()))
            children.append(.node(expression()))
        } else if isName("is") {
            children.append(.token(take()))
            children.append(.node(postfix()))
            children.append(.node(block()))
        } else if isName("do") {
            children.append(.node(doing()))
        } else {
            report("expected-token", place(current), "expected '=', 'is' or 'do' but found \(describeCurrent())")
        }
        return node(.def, children)
    }

    /// `actor name is archetype [* count] { }`
    private mutating func actor() -> SyntaxNode {
        var children: [SyntaxElement] = [.token(take())]
        expect(.name, "the actor's name", into: &children)
        guard isName("is") else {
            report("expected-token", place(current), "expected 'is' and an archetype but found \(describeCurrent())", fix: "write actor name is sedan { ... }")
            if current.kind == .leftBrace { children.append(.node(block())) }
            return node(.actor, children)
        }
        children.append(.token(take()))
        children.append(.node(postfix()))
        if current.kind == .star {
            children.append(.token(take()))
            children.append(.node(postfix()))
        }
        children.append(.node(block()))
        return node(.actor, children)
    }

    /// `rig name [extends expr] { }`
    private mutating func rig() -> SyntaxNode {
        var children: [SyntaxElement] = [.token(take())]
        expect(.name, "the rig's name", into: &children)
        if isName("extends") {
            children.append(.token(take()))
            children.append(.node(postfix()))
        }
        children.append(.node(block()))
        return node(.rig, children)
    }

    /// `require [always | eventually | never] expr [with probability]`
    private mutating func require() -> SyntaxNode {
        var children: [SyntaxElement] = [.token(take())]
        if current.kind == .name, ["always", "eventually", "never"].contains(current.text), !peek().onNewLine { children.append(.token(take())) }
        children.append(.node(expression()))
        if isName("with"), !current.onNewLine {
            children.append(.token(take()))
            children.append(.node(expression()))
        }
        return node(.require, children)
    }
}
