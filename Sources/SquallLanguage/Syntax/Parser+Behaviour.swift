/// The grammar of behaviours.
extension Parser {
    /// `do behaviour`
    mutating func doing() -> SyntaxNode {
        let word = take()
        return node(.doing, [.token(word), .node(behaviour())])
    }

    /// A step, `{ ... }`, `together { ... }`, `one_of { ... }` or `repeat [n] { ... }`.
    mutating func behaviour() -> SyntaxNode {
        nested { parser in
            if parser.current.kind == .leftBrace { return parser.node(.sequence, parser.behaviours()) }
            guard parser.current.kind == .name else {
                parser.report("expected-behaviour", parser.place(parser.current), "expected an action such as follow_lane() but found \(parser.describeCurrent())")
                return parser.node(.error, [])
            }
            let kinds: [String: SyntaxKind] = ["together": .together, "one_of": .oneOf]
            if let kind = kinds[parser.current.text], parser.peek().kind == .leftBrace {
                let word = parser.take()
                return parser.node(kind, [.token(word)] + parser.behaviours())
            }
            if parser.isName("repeat") {
                var children: [SyntaxElement] = [.token(parser.take())]
                if parser.current.kind != .leftBrace { children.append(.node(parser.postfix())) }
                return parser.node(.repeating, children + parser.behaviours())
            }
            if parser.current.kind == .name, Self.modifiers.contains(parser.current.text) {
                let word = parser.current
                parser.report(
                    "misplaced-modifier", word.span, "'\(word.text)' belongs to a single step", fix: "write it behind each step it is for, inside the braces: follow_lane() \(word.text) ...")
                return parser.skipToLineEnd()
            }
            return parser.step()
        }
    }

    private static let modifiers = ["until", "for", "when"]

    /// `{ behaviour ... }`, as the braces and the behaviours between them.
    private mutating func behaviours() -> [SyntaxElement] {
        guard current.kind == .leftBrace else {
            report("expected-token", place(current), "expected '{' but found \(describeCurrent())")
            return []
        }
        let outer = parentheses
        parentheses = 0
        defer { parentheses = outer }
        let open = take()
        var children: [SyntaxElement] = [.token(open)]
        while current.kind != .rightBrace && current.kind != .endOfFile {
            let before = at
            children.append(.node(behaviour()))
            if current.kind == .comma { children.append(.token(take())) }
            if at == before { children.append(.node(skipToLineEnd())) }
            if at == before { children.append(.token(take())) }
        }
        if current.kind == .rightBrace {
            children.append(.token(take()))
        } else {
            report("unclosed-block", open.span, "this '{' is never closed")
        }
        return children
    }

    /// `call { until expr | for expr | when expr }`
    private mutating func step() -> SyntaxNode {
        var children: [SyntaxElement] = [.node(postfix())]
        while current.kind == .name, Self.modifiers.contains(current.text) {
            let word = take()
            children.append(.node(node(.modifier, [.token(word), .node(expression())])))
        }
        if isName("if"), !current.onNewLine {
            report(
                "no-if", current.span, "a step has no 'if'", fix: "write when to wait for a condition, until to end on one; or choose values: brake(at: if ... then ... else ...)")
            children.append(.node(skipToLineEnd()))
        }
        return node(.step, children)
    }
}
