import SquallDiagnostics
import Testing

@Suite struct Rendering {
    let source = SourceText(file: "flood.squall", text: "weather {\n  fog { visiblity = 600 m } // größer\n}\n")
    var misspelt: Diagnostic {
        Diagnostic(
            .error, "unknown-property", file: "flood.squall", span: SourceSpan(start: 18, end: 27), message: "unknown property 'visiblity' in fog", label: "not a property",
            fix: "did you mean 'visibility'?")
    }

    @Test func showsTheLineTheSpanAndTheFix() {
        let text = DiagnosticRenderer(sources: [source]).render([misspelt])
        #expect(
            text == """
                flood.squall:2:9: error: unknown property 'visiblity' in fog
                  2 |   fog { visiblity = 600 m } // größer
                    |         ^^^^^^^^^ not a property
                    = did you mean 'visibility'?
                """)
    }

    @Test func jsonIsOneObjectALine() {
        let json = DiagnosticJSON(sources: [source]).lines([misspelt, Diagnostic(.warning, "odd", file: "a \"b\"", place: "road 3", message: "tab\there")])
        #expect(
            json == """
                {"file":"a \\"b\\"","severity":"warning","code":"odd","message":"tab\\there","place":"road 3"}
                {"file":"flood.squall","line":2,"column":9,"endLine":2,"endColumn":18,"severity":"error","code":"unknown-property",\
                "message":"unknown property 'visiblity' in fog","label":"not a property","fix":"did you mean 'visibility'?"}
                """)
    }

    @Test func columnsCountScalarsNotBytes() {
        let text = SourceText(file: "f", text: "aé€😀b\nc")
        #expect(text.position(of: 0) == (1, 1))
        #expect(text.position(of: 1 + 2 + 3 + 4) == (1, 5))
        #expect(text.position(of: 12) == (2, 1))
        #expect(text.position(of: 999) == (2, 2))
        #expect(text.line(1) == "aé€😀b")
        #expect(text.line(7) == "")
    }

    @Test func orderDoesNotDependOnDiscoveryAndRepeatsVanish() {
        let first = Diagnostic(.warning, "w", file: "a", span: SourceSpan(start: 1, end: 2), message: "w")
        let second = Diagnostic(.error, "e", file: "a", span: SourceSpan(start: 5, end: 6), message: "e")
        let other = Diagnostic(.error, "e", file: "b", message: "e")
        #expect([other, second, first, second].inReadingOrder == [first, second, other])
        #expect([second, first, other].inReadingOrder == [first, second, other])
    }

    @Test func onlySoManyAreShown() {
        let many = (0..<80).map { Diagnostic(.error, "e", file: "a", span: SourceSpan(start: $0, end: $0 + 1), message: "m\($0)") }
        let text = DiagnosticRenderer(sources: [], limit: 10).render(many)
        #expect(text.hasSuffix("... and 70 more"))
        #expect(text.split(separator: "\n").count == 11)
    }

    @Test func longLinesAreCutAroundTheSpan() {
        let source = SourceText(file: "long", text: String(repeating: "x", count: 100_000))
        let text = DiagnosticRenderer(sources: [source]).render(Diagnostic(.error, "e", file: "long", span: SourceSpan(start: 50_000, end: 60_000), message: "m"))
        #expect(text.utf8.count < 600)
        #expect(text.contains("^"))
    }

    @Test func coloursAreOptional() {
        #expect(!DiagnosticRenderer(sources: [source]).render([misspelt]).contains("\u{1B}"))
        #expect(DiagnosticRenderer(sources: [source], colors: true).render([misspelt]).contains("\u{1B}[1;31merror:"))
    }
}

@Suite struct NearNamesTests {
    @Test(arguments: [("visiblity", "visibility"), ("sedna", "sedan"), ("Rate", "rate"), ("tempature", "temperature"), ("folow_lane", "follow_lane")])
    func findsWhatWasMeant(_ wrong: String, _ right: String) {
        #expect(NearNames.nearest(to: wrong, among: ["height", "visibility", "sedan", "rate", "temperature", "follow_lane"]) == right)
    }

    @Test func keepsSilentWhenNothingIsNear() {
        #expect(NearNames.nearest(to: "banana", among: ["rain", "fog", "wind"]) == nil)
        #expect(NearNames.nearest(to: "fog", among: ["fog"]) == nil)
        #expect(NearNames.suggestion(for: "x", among: [String]()) == nil)
    }

    /// The bounded distance against the textbook recursion on all short words over two letters.
    @Test func distanceAgreesWithTheRecursion() {
        func words(_ n: Int) -> [[UInt8]] { n == 0 ? [[]] : words(n - 1).flatMap { w in w.count == n - 1 ? [w, w + [97], w + [98]] : [w] } }
        func plain(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
            if a.isEmpty || b.isEmpty { return a.count + b.count }
            var best = min(plain(a.dropLast(), b) + 1, plain(a, b.dropLast()) + 1, plain(a.dropLast(), b.dropLast()) + (a.last == b.last ? 0 : 1))
            if a.count > 1, b.count > 1, a.last == b.dropLast().last, a.dropLast().last == b.last { best = min(best, plain(a.dropLast(2), b.dropLast(2)) + 1) }
            return best
        }
        let all = Array(Set(words(4))).prefix(31)
        for a in all {
            for b in all { #expect(NearNames.distance(a, b, limit: 9) == plain(a[...], b[...])) }
        }
    }
}
