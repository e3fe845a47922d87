import Foundation
import SquallDiagnostics
import SquallLanguage
import SquallMath
import Testing

/// Seeded and bounded: whatever is done to a scene file, the reader answers in time, loses no byte and does not crash.
@Suite struct FuzzTests {
    private static let seeds = [SyntaxTests.whole, SyntaxTests.rest]
    private static let snippets = [
        "{", "}", "(", ")", "[", "]", "\"", "//", "=", "...", " within ", " m/s^2", "#ff", "06:40", "2026-01-01", "\n", ",", ":", " do ", " is ", "é", "-", "^", "*", "index",
        "1e999", "0/0", "1e20", "-1e9", "infinity",
    ]

    private func mutated(_ random: inout CounterRandom) -> [UInt8] {
        let seeds = Self.seeds
        var bytes = Array(seeds[Int(random.nextUInt32() % 2)].utf8)
        func place(_ random: inout CounterRandom) -> Int { Int(random.nextUInt32()) % max(1, bytes.count) }
        for _ in 0..<(1 + random.nextUInt32() % 8) {
            switch random.nextUInt32() % 6 {
            case 0: bytes.removeSubrange(place(&random)...)
            case 1:
                let start = place(&random)
                bytes.removeSubrange(start..<min(bytes.count, start + Int(random.nextUInt32() % 40)))
            case 2: bytes.insert(contentsOf: Self.snippets[Int(random.nextUInt32()) % Self.snippets.count].utf8, at: place(&random))
            case 3: if !bytes.isEmpty { bytes[place(&random)] = UInt8(truncatingIfNeeded: random.nextUInt32()) }
            case 4:
                let start = place(&random)
                bytes.insert(contentsOf: bytes[start..<min(bytes.count, start + 60)], at: place(&random))
            default: if !bytes.isEmpty { bytes[place(&random)] = UInt8(32 + random.nextUInt32() % 95) }
            }
        }
        return bytes
    }

    @Test func damagedScenesNeverCrashAndNeverLoseAByte() {
        let start = ContinuousClock.now
        var readable = 0
        for round in 0..<1500 {
            var random = CounterRandom(seed: 20260714, sample: UInt32(round), path: "fuzz")
            let bytes = mutated(&random)
            let tree = Parser.parse(file: "fuzz", bytes: bytes)
            #expect(tree.reprint() == bytes, "round \(round)")
            #expect(tree.diagnostics.allSatisfy { ($0.span?.end ?? 0) <= bytes.count })
            if String(validating: bytes, as: UTF8.self) != nil { readable += 1 }
            if round % 3 == 0 {
                let loaded = SceneSource.load(text: String(decoding: bytes, as: UTF8.self), file: repository + "/Scenes/language/fuzz.squall", catalogue: StraightRoads())
                #expect(!loaded.render().isEmpty || loaded.scene != nil, "round \(round)")
                _ = loaded.json()
            }
        }
        #expect(readable > 500, "most rounds must get past the encoding check")
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func everyPrefixOfASceneIsHandled() {
        let bytes = Array(SyntaxTests.whole.utf8)
        for end in stride(from: 0, to: bytes.count, by: 3) {
            let tree = Parser.parse(file: "prefix", bytes: Array(bytes[..<end]))
            #expect(tree.reprint() == Array(bytes[..<end]))
        }
    }

    @Test func randomExpressionsEvaluateOrSayWhy() {
        let words = [
            "1", "2 m", "3 s", "(", ")", "+", "-", "*", "/", "^", "uniform(1, 2)", "pick(1: 2, 3: 4)", "min(", ",", "if", "then", "else", "true", "and", "...", "within", "[", "]",
            ":", "sqrt(", "km/h", "%",
        ]
        for round in 0..<2000 {
            var random = CounterRandom(seed: 5, sample: UInt32(round), path: "expression")
            let text = (0..<(1 + random.nextUInt32() % 12)).map { _ in words[Int(random.nextUInt32()) % words.count] }.joined(separator: " ")
            let (result, diagnostics, _) = Evaluator.evaluate(text)
            #expect((result != nil) != diagnostics.hasErrors, "\(text)")
        }
    }
}
