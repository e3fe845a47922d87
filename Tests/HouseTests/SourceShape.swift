import Foundation
import Testing

/// What every source file looks like: it says what it is, its functions fit a screen, its lines fit a window.
@Suite struct SourceShape {
    static let functionLimit = 70
    static let lineLimit = 200

    @Test("every source file says what it is before its first declaration") func filesSayWhatTheyAre() throws {
        for file in try House.swiftFiles(below: "Sources") {
            let first = file.lines.first { line in
                let text = line.trimmingCharacters(in: .whitespaces)
                return !text.isEmpty && !text.hasPrefix("import ") && !text.hasPrefix("@preconcurrency import ") && !text.hasPrefix("#")
            }
            #expect(file.lines.first?.hasPrefix("//") == true || first?.hasPrefix("///") == true, "\(file.path) begins without a word about itself")
        }
    }

    @Test("functions fit a screen") func functionsAreShort() throws {
        for file in try House.swiftFiles(below: "Sources") + House.swiftFiles(below: "Tests") {
            for function in Self.functions(in: file.lines) where function.lines > Self.functionLimit {
                Issue.record("\(file.path):\(function.start) has a function of \(function.lines) lines: split it")
            }
        }
    }

    @Test("lines fit a window") func linesAreShort() throws {
        for file in try House.swiftFiles(below: "Sources") + House.swiftFiles(below: "Tests") {
            for (number, line) in file.lines.enumerated() where line.count > Self.lineLimit {
                Issue.record("\(file.path):\(number + 1) has \(line.count) characters")
            }
        }
    }

    @Test("the counter of functions counts") func counterCounts() {
        let text = """
            struct A {
                func short() -> Int { 3 }
                init(
                    _ a: Int
                ) {
                    print("} is no brace in a text", #"nor { here"#)  // nor } here
                    if a > 0 {
                    }
                }
                static let words = ["func", "init"]
            }
            """
        let found = Self.functions(in: text.split(separator: "\n", omittingEmptySubsequences: false))
        #expect(found.map(\.start) == [2, 3] && found.map(\.lines) == [1, 7])
    }

    /// First line (from 1) and length of every function, initializer and subscript with a body.
    static func functions(in lines: [Substring]) -> [(start: Int, lines: Int)] {
        let code = withoutTexts(lines)
        let modifiers: Set<Substring> = [
            "public", "package", "private", "fileprivate", "internal", "static", "mutating", "nonmutating", "override", "final", "convenience", "required", "class",
            "isolated", "nonisolated", "prefix", "postfix", "indirect",
        ]
        var found: [(start: Int, lines: Int)] = []
        for (number, line) in code.enumerated() {
            let words = line.split { $0 == " " || $0 == "(" || $0 == "<" || $0 == "?" }
            let head = words.first { !modifiers.contains($0) && !$0.hasPrefix("@") && !$0.hasSuffix(")") }
            guard let head, ["func", "init", "subscript"].contains(head), let last = end(of: number, code) else { continue }
            found.append((number + 1, last - number + 1))
        }
        return found
    }

    /// The line on which the body opened from `start` on is closed; nil for a declaration without one. Braces within parentheses,
    /// closures and their defaults, come in pairs and do not count.
    private static func end(of start: Int, _ code: [String]) -> Int? {
        var (braces, parentheses) = (0, 0)
        for number in start..<code.count {
            for c in code[number] {
                switch c {
                case "(": parentheses += 1
                case ")": parentheses -= 1
                case "{" where parentheses == 0: braces += 1
                case "}" where parentheses == 0:
                    braces -= 1
                    if braces <= 0 { return braces == 0 ? number : nil }
                default: break
                }
            }
            // A signature goes on while parentheses are open or the next line does.
            if braces == 0, parentheses == 0 {
                let next = number + 1 < code.count ? code[number + 1].drop { $0 == " " } : ""
                guard next.hasPrefix("{") || next.hasPrefix("where ") || next.hasPrefix("->") else { return nil }
            }
        }
        return nil
    }

    /// Lines without comments and without what stands in quotes.
    static func withoutTexts(_ lines: [Substring]) -> [String] {
        var isBlock = false
        return lines.map { line in
            let marks = line.components(separatedBy: "\"\"\"").count - 1
            defer { if marks % 2 == 1 { isBlock.toggle() } }
            if isBlock { return marks % 2 == 1 ? withoutTexts(Substring(line.components(separatedBy: "\"\"\"").last ?? "")) : "" }
            return withoutTexts(line)
        }
    }

    private static func withoutTexts(_ line: Substring) -> String {
        var result = ""
        var isQuoted = false
        var before: Character = " "
        for c in line {
            if c == "\"", before != "\\" {
                isQuoted.toggle()
            } else if !isQuoted {
                if c == "/", before == "/" { return String(result.dropLast()) }
                result.append(c)
            }
            before = before == "\\" && c == "\\" ? " " : c
        }
        return result
    }
}
