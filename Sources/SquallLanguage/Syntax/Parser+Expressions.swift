import SquallDiagnostics
import SquallScene
import SquallMath

/// The grammar of expressions, by precedence.
extension Parser {
    /// Words that continue an expression, so they are never a unit or the start of an operand.
    static let infixWords: Set<String> = ["and", "or", "then", "else", "in", "within", "of", "at", "until", "for", "when", "with", "bins", "as", "UTC", "is"]

    mutating func expression() -> SyntaxNode { nested { $0.conditional() } }

    /// The current token goes on with this expression: on the same line, or inside parentheses.
    private var continues: Bool { !current.onNewLine || parentheses > 0 }

    private mutating func conditional() -> SyntaxNode {
        guard isName("if") else { return binary(0) }
        var children: [SyntaxElement] = [.token(take()), .node(expression())]
        for word in ["then", "else"] {
            guard isName(word) else {
                report("expected-token", place(current), "expected '\(word)' but found \(describeCurrent())", fix: "write if condition then value else value")
                return node(.conditional, children)
            }
            children.append(.token(take()))
            children.append(.node(expression()))
        }
        return node(.conditional, children)
    }

    /// Binary operators from loosest to tightest.
    private static let levels: [[String]] = [
        ["or"], ["and"], ["not"], ["==", "!=", "<", "<=", ">", ">=", "in", "within", "of"], ["...", ".."], ["at"], ["+", "-"], ["*", "/"],
    ]

    private mutating func binary(_ level: Int) -> SyntaxNode {
        guard level < Self.levels.count else { return unary() }
        let operators = Self.levels[level]
        if operators == ["not"] {
            guard isName("not") else { return binary(level + 1) }
            let word = take()
            let operand = nested { $0.binary(level) }
            return node(.unary, [.token(word), .node(operand)])
        }
        var left = binary(level + 1)
        while continues, operators.contains(current.text) {
            guard left.depth < SceneLimit.nesting.value else {
                report("too-deep", current.span, "this expression has more than \(SceneLimit.nesting.value) operators in a row", fix: "name parts of it with let")
                return node(.error, [.node(left), .node(skipBalanced())])
            }
            let word = take()
            var children: [SyntaxElement] = [.node(left), .token(word), .node(binary(level + 1))]
            if word.text == "in", isName("bins"), continues { children.append(.token(take())) }
            left = node(.binary, children)
            if word.text == ".." { reportTwoDots(word, children.map(\.span)) }
        }
        return left
    }

    /// `15 m .. 40 m` may be meant as a range or as a draw.
    private mutating func reportTwoDots(_ dots: Token, _ parts: [SourceSpan]) {
        let words = parts.map { text($0) }
        guard let low = words.first, let high = words.last, low.count + high.count < 80 else { return report("two-dots", dots.span, "a range has three dots") }
        report("two-dots", dots.span, "a range has three dots", fix: "write \(low) ... \(high) for a range, or uniform(\(low), \(high)) to draw a value from it")
    }

    private mutating func unary() -> SyntaxNode {
        guard current.kind == .minus || current.kind == .plus else { return power() }
        let sign = take()
        let operand = nested { $0.unary() }
        return node(.unary, [.token(sign), .node(operand)])
    }

    private mutating func power() -> SyntaxNode {
        let base = postfix()
        guard continues, current.kind == .caret else { return base }
        let caret = take()
        let exponent = nested { $0.unary() }
        return node(.binary, [.node(base), .token(caret), .node(exponent)])
    }

    /// A primary with members, calls, indices and a unit behind it.
    mutating func postfix() -> SyntaxNode {
        var result = primary()
        while continues {
            guard result.depth < SceneLimit.nesting.value else {
                report("too-deep", current.span, "this chain has more than \(SceneLimit.nesting.value) parts")
                return node(.error, [.node(result), .node(skipBalanced())])
            }
            switch current.kind {
            case .dot:
                var children: [SyntaxElement] = [.node(result), .token(take())]
                expect(.name, "a name after '.'", into: &children)
                result = node(.member, children)
            case .leftParen where result.kind == .name || result.kind == .member:
                result = node(.call, [.node(result), .node(argumentList(.tuple, close: .rightParen))])
            case .leftBracket where !current.onNewLine:
                result = node(.index, [.node(result), .node(argumentList(.list, close: .rightBracket))])
            case .name where (result.kind == .call || result.kind == .tuple) && !current.onNewLine && !Self.infixWords.contains(current.text) && Units.named(current.text) != nil,
                .percent where result.kind == .call || result.kind == .tuple:
                return node(.withUnit, [.node(result), .node(unit())])
            default: return result
            }
        }
        return result
    }

    private mutating func primary() -> SyntaxNode {
        switch current.kind {
        case .number: return quantity()
        case .time:
            var children: [SyntaxElement] = [.token(take())]
            if isName("UTC"), !current.onNewLine { children.append(.token(take())) }
            return node(.literal, children)
        case .string, .date, .color: return node(.literal, [.token(take())])
        // `at(...)` is a place, `date at time` a moment: only a call makes an infix word a name.
        case .name where !Self.infixWords.contains(current.text) || (peek().kind == .leftParen && peek().isAdjacent):
            return node(.name, [.token(take())])
        case .leftParen: return argumentList(.tuple, close: .rightParen)
        case .leftBracket: return argumentList(.list, close: .rightBracket)
        default:
            report("expected-expression", place(current), "expected a value but found \(describeCurrent())")
            if current.kind == .unknown { return node(.error, [.token(take())]) }
            return node(.error, [])
        }
    }

    /// A number and the unit right after it.
    private mutating func quantity() -> SyntaxNode {
        let number = take()
        guard !current.onNewLine else { return node(.literal, [.token(number)]) }
        let inverse = current.kind == .slash && peek().kind == .name && peek().isAdjacent && Units.named(peek().text) != nil
        let named = current.kind == .name && !Self.infixWords.contains(current.text)
        if current.kind == .percent || inverse || named { return node(.quantity, [.token(number), .node(unit())]) }
        return node(.literal, [.token(number)])
    }

    /// A unit without spaces inside: `km/h`, `m/s^2`, `/m`, `%`. A `/` or `*` is part of it only before another unit.
    private mutating func unit() -> SyntaxNode {
        var children: [SyntaxElement] = [.token(take())]
        if children.first.map({ $0.span.end - $0.span.start }) == 1, tokens[at - 1].kind == .slash { children.append(.token(take())) }
        while current.isAdjacent {
            if current.kind == .caret, peek().kind == .number, peek().isAdjacent {
                children += [.token(take()), .token(take())]
            } else if current.kind == .slash || current.kind == .star, peek().kind == .name, peek().isAdjacent, Units.named(peek().text) != nil {
                children += [.token(take()), .token(take())]
            } else {
                break
            }
        }
        return node(.unit, children)
    }

    /// `( a, label: b )` or `[ a, b: c ]`: the brackets, arguments and commas.
    mutating func argumentList(_ kind: SyntaxKind, close: TokenKind) -> SyntaxNode {
        nested { parser in
            let open = parser.take()
            parser.parentheses += 1
            defer { parser.parentheses -= 1 }
            var children: [SyntaxElement] = [.token(open)]
            while parser.current.kind != close, parser.current.kind != .endOfFile, parser.current.kind != .rightBrace {
                let before = parser.at
                children.append(.node(parser.argument()))
                if parser.current.kind == .comma {
                    children.append(.token(parser.take()))
                } else if parser.current.kind != close {
                    parser.report("expected-token", parser.current.span, "expected ',' or '\(close == .rightParen ? ")" : "]")' but found \(parser.describeCurrent())")
                    if [.rightParen, .rightBracket].contains(parser.current.kind) { break }
                    if parser.current.onNewLine { break }
                    if parser.at == before { children.append(.token(parser.take())) }
                }
            }
            if parser.current.kind == close {
                children.append(.token(parser.take()))
            } else {
                parser.report("unclosed-bracket", open.span, "this '\(open.text)' is never closed")
            }
            return parser.node(kind, children)
        }
    }

    private mutating func argument() -> SyntaxNode {
        // A label may be any word, also one that has a meaning between values: `brake(at: 4 m/s^2)`.
        let isLabel = current.kind == .name && peek().kind == .colon
        var children: [SyntaxElement] = [.node(isLabel ? node(.name, [.token(take())]) : expression())]
        if current.kind == .colon {
            children.append(.token(take()))
            children.append(.node(expression()))
        }
        return node(.argument, children)
    }
}
