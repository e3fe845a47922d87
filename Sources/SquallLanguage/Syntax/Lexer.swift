import SquallDiagnostics

/// Cuts a file into tokens. Never fails: what it cannot read becomes an `unknown` token and a diagnostic.
struct Lexer {
    let file: String
    let bytes: [UInt8]
    private(set) var diagnostics: [Diagnostic] = []
    private var at = 0

    init(file: String, bytes: [UInt8]) { (self.file, self.bytes) = (file, bytes) }

    mutating func run() -> [Token] {
        var tokens: [Token] = []
        tokens.reserveCapacity(bytes.count / 4)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        var leading = 0
        while true {
            let newLine = skipTrivia()
            let start = at
            let kind = at < bytes.count ? next() : .endOfFile
            let text = String(decoding: bytes[start..<at], as: UTF8.self)
            tokens.append(Token(kind: kind, leading: leading, start: start, end: at, text: text, onNewLine: newLine || tokens.isEmpty))
            if kind == .endOfFile { return tokens }
            leading = at
        }
    }

    /// Skips white space and `//` comments; true when a line ended.
    private mutating func skipTrivia() -> Bool {
        var newLine = false
        while at < bytes.count {
            switch bytes[at] {
            case 0x0A:
                newLine = true
                at += 1
            case 0x20, 0x09, 0x0D: at += 1
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
                while at < bytes.count, bytes[at] != 0x0A { at += 1 }
            default: return newLine
            }
        }
        return newLine
    }

    private func peek(_ ahead: Int) -> UInt8 { at + ahead < bytes.count ? bytes[at + ahead] : 0 }
    private func isDigit(_ ahead: Int) -> Bool { peek(ahead) >= 0x30 && peek(ahead) <= 0x39 }
    private static func isNameStart(_ c: UInt8) -> Bool { (c >= 0x61 && c <= 0x7A) || (c >= 0x41 && c <= 0x5A) || c == 0x5F }
    private static func isNamePart(_ c: UInt8) -> Bool { isNameStart(c) || (c >= 0x30 && c <= 0x39) }

    private mutating func next() -> TokenKind {
        let c = bytes[at]
        if Self.isNameStart(c) {
            while at < bytes.count, Self.isNamePart(bytes[at]) { at += 1 }
            return .name
        }
        if isDigit(0) { return number() }
        if c == UInt8(ascii: "\"") { return string() }
        if c == UInt8(ascii: "#") { return color() }
        for (text, kind) in Self.punctuation where matches(text) {
            at += text.utf8CodeUnitCount
            return kind
        }
        return unknown()
    }

    private func matches(_ text: StaticString) -> Bool {
        guard at + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { code in code.indices.allSatisfy { bytes[at + $0] == code[$0] } }
    }

    private static let punctuation: [(StaticString, TokenKind)] = [
        ("...", .ellipsis), ("..", .ellipsis), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("==", .equalEqual), ("!=", .notEqual), ("{", .leftBrace), ("}", .rightBrace),
        ("(", .leftParen), (")", .rightParen), ("[", .leftBracket), ("]", .rightBracket), (",", .comma), (":", .colon), (".", .dot), ("=", .equals),
        ("+", .plus), ("-", .minus), ("*", .star), ("/", .slash), ("^", .caret), ("%", .percent), ("<", .less), (">", .greater),
    ]

    /// A number, a time of day `dd:dd[:dd]` or a date `dddd-dd-dd`.
    private mutating func number() -> TokenKind {
        if isDigit(1), peek(2) == UInt8(ascii: ":"), isDigit(3), isDigit(4), !isDigit(5) {
            at += 5
            if peek(0) == UInt8(ascii: ":"), isDigit(1), isDigit(2), !isDigit(3) { at += 3 }
            return .time
        }
        let dash = UInt8(ascii: "-")
        if isDigit(1), isDigit(2), isDigit(3), peek(4) == dash, isDigit(5), isDigit(6), peek(7) == dash, isDigit(8), isDigit(9), !isDigit(10) {
            at += 10
            return .date
        }
        while isDigit(0) { at += 1 }
        if peek(0) == UInt8(ascii: "."), isDigit(1) {
            at += 1
            while isDigit(0) { at += 1 }
        }
        if peek(0) | 0x20 == UInt8(ascii: "e") {
            let sign = peek(1) == dash || peek(1) == UInt8(ascii: "+") ? 1 : 0
            if isDigit(1 + sign) {
                at += 1 + sign
                while isDigit(0) { at += 1 }
            }
        }
        return .number
    }

    private mutating func string() -> TokenKind {
        let start = at
        at += 1
        while at < bytes.count, bytes[at] != 0x0A {
            if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count, bytes[at + 1] != 0x0A {
                at += 2
                continue
            }
            at += 1
            if bytes[at - 1] == UInt8(ascii: "\"") { return .string }
        }
        report("unclosed-string", start, "this text has no closing quote", fix: "close it with \" on the same line")
        return .string
    }

    private mutating func color() -> TokenKind {
        let start = at
        at += 1
        while at < bytes.count, Self.isNamePart(bytes[at]) { at += 1 }
        let digits = bytes[(start + 1)..<at]
        let isHex = digits.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66) }
        if digits.count == 6 && isHex { return .color }
        report("bad-color", start, "a colour is # and six hexadecimal digits", fix: "for instance #c0392b")
        return .unknown
    }

    /// A run of bytes that nothing starts with, reported once.
    private mutating func unknown() -> TokenKind {
        let start = at
        while at < bytes.count {
            let c = bytes[at]
            if c <= 0x20 || Self.isNamePart(c) || c == UInt8(ascii: "\"") || c == UInt8(ascii: "#") || Self.punctuation.contains(where: { matches($0.0) }) { break }
            at += 1
        }
        if at == start { at += 1 }
        report("unknown-character", start, "'\(String(decoding: bytes[start..<min(at, start + 16)], as: UTF8.self))' has no meaning here", fix: nil)
        return .unknown
    }

    private mutating func report(_ code: String, _ start: Int, _ message: String, fix: String?) {
        diagnostics.append(Diagnostic(.error, code, file: file, span: SourceSpan(start: start, end: at), message: message, fix: fix))
    }
}
