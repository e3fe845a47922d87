import SquallDiagnostics

/// The words of the language. Keywords are names that mean something in their place; unit names are names too.
public enum TokenKind: String, Sendable {
    case name, number, string, time, date, color
    case leftBrace, rightBrace, leftParen, rightParen, leftBracket, rightBracket
    case comma, colon, dot, ellipsis, equals
    case plus, minus, star, slash, caret, percent
    case less, lessOrEqual, greater, greaterOrEqual, equalEqual, notEqual
    /// Bytes that no token starts with, and broken literals.
    case unknown
    case endOfFile
}

/// One token with the white space and comments before it: the tokens of a file together hold every byte of it.
public struct Token: Sendable, Equatable {
    public var kind: TokenKind
    /// Where the white space and comments before the token start.
    public var leading: Int
    public var start: Int
    public var end: Int
    public var text: String
    /// A line end stands between the previous token and this one.
    public var onNewLine: Bool

    public var span: SourceSpan { SourceSpan(start: start, end: end) }
    /// No white space before it.
    public var isAdjacent: Bool { leading == start }
}
