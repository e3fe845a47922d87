import Foundation
import SquallDiagnostics
import SquallLanguage
import SquallRun
import SquallWorld
import Testing

/// Every example of LANGUAGE.md is what the checker and the evaluator say it is.
///
/// A ```` ```squall ```` block is a scene; what it uses without declaring it (`town`, `rigs`, `ego`) is declared behind it. Every line with `// error: words`
/// must be refused with those words, every line with `// warning: words` warned of, and no other line may be. Of a ```` ```console ```` block each `$ squall eval '...'` must give the lines below it.
@Suite struct GuideTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    struct Example: Sendable, CustomTestStringConvertible {
        var kind: String
        /// In the page, from 1.
        var line: Int
        var text: String
        var testDescription: String { "\(kind) at line \(line)" }
    }

    static let examples: [Example] = {
        let page = (try? String(contentsOf: root.appendingPathComponent("LANGUAGE.md"), encoding: .utf8)) ?? ""
        var found: [Example] = []
        var open: Example?
        for (number, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                if let example = open { found.append(example) }
                open = open == nil ? Example(kind: String(line.dropFirst(3)), line: number + 2, text: "") : nil
            } else {
                open?.text += line + "\n"
            }
        }
        return found
    }()

    @Test("the page has its examples, and no block of an unknown kind") func thereAreExamples() {
        #expect(Self.examples.count > 12 && Self.examples.allSatisfy { ["squall", "console"].contains($0.kind) })
    }

    /// What a fragment uses and does not declare.
    private static func completed(_ text: String) -> String {
        let parts = [
            ("as town", #"\btown\b"#, "import \"../roads/straight_500m.xodr\" as town\n"), ("as rigs", #"\brigs\."#, "import \"rigs/front_and_lidar.squall\" as rigs\n"),
            ("actor ego", #"\bego\b"#, "actor ego is sedan { place = at((0 m, 0 m, 0 m)), speed = 40 km/h }\n"),
        ]
        var whole = text
        let usesLanes = text.contains("ahead_of(ego") || text.contains("ego.lane") || text.contains("of ego")
        for (declaration, use, statement) in parts where !text.contains(declaration) {
            let isUsed = text.range(of: use, options: .regularExpression) != nil || (declaration == "as town" && usesLanes)
            guard isUsed else { continue }
            whole += declaration == "actor ego" && usesLanes ? statement.replacing("at((0 m, 0 m, 0 m))", with: "town.road(\"1\").lane(-1).at(60 m)") : statement
        }
        return whole
    }

    @Test("every scene is checked", arguments: examples.filter { $0.kind == "squall" }) func scene(_ example: Example) throws {
        let text = Self.completed(example.text)
        let loaded = SceneSource.load(
            text: text, file: Self.root.path + "/Scenes/language/example.squall", assets: Self.root.path + "/Assets", catalogue: FileCatalogue(directory: Self.root.path, library: .builtIn()))
        let source = SourceText(file: "", text: text)
        var expected: [Int: (severity: Severity, words: String)] = [:]
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            for (severity, word) in [(Severity.error, "error"), (.warning, "warning")] {
                if let mark = line.range(of: "// \(word): ") { expected[number + 1] = (severity, String(line[mark.upperBound...])) }
            }
        }
        let told = loaded.diagnostics.filter { $0.severity > .note }
        for (line, (severity, words)) in expected {
            let hit = told.contains { d in
                d.severity == severity && d.span.map { source.position(of: $0.start).line } == line && [d.message, d.label ?? "", d.fix ?? ""].contains { $0.contains(words) }
            }
            #expect(hit, "\(example.line - 1 + line): expected '\(words)' in\n\(loaded.render())")
        }
        for d in told {
            let line = d.span.map { source.position(of: $0.start).line }
            #expect(line.map { expected[$0] != nil } == true, "unexpected:\n\(loaded.render())")
        }
        // With what is wrong left out, a sample can be drawn.
        if !expected.isEmpty {
            let mended = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { expected[$0 + 1] == nil ? String($1) : "" }.joined(separator: "\n")
            let again = SceneSource.load(
                text: mended, file: Self.root.path + "/Scenes/language/example.squall", assets: Self.root.path + "/Assets", catalogue: FileCatalogue(directory: Self.root.path, library: .builtIn()))
            #expect(!again.diagnostics.hasErrors, "\(again.render())")
        }
    }

    @Test("every evaluation gives what the page says", arguments: examples.filter { $0.kind == "console" }) func evaluation(_ example: Example) throws {
        var wanted: (expression: String, lines: [String])?
        func judge() {
            guard let (expression, lines) = wanted else { return }
            #expect(Evaluation.evaluate(expression).value?.text == lines.joined(separator: "\n"), "\(expression)")
        }
        for line in example.text.split(separator: "\n") {
            if let match = line.wholeMatch(of: #/\$ squall eval '(.*)'/#) {
                judge()
                wanted = (String(match.1), [])
            } else {
                wanted?.lines.append(String(line))
            }
        }
        #expect(wanted != nil)
        judge()
    }
}
