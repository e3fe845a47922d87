import Foundation
import SquallDiagnostics
import SquallDraw
import SquallLanguage
import SquallMath
import SquallScene
import SquallWeather
import Testing

/// Work and values stay bounded, and what no world can hold is refused where it is written.
@Suite struct BoundsTests {
    private static let ego = "actor ego is sedan { place = at((0 m, 0 m, 0 m)) }\n"

    /// Ten files, each imported five times by the one before: ten million readings unless every import counts.
    @Test func importsThatFanOutAreCounted() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("squall-fan-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for k in 0..<10 {
            let text = (0..<5).map { "import \"b\(k + 1).squall\" as x\($0)\n" }.joined()
            try Data(text.utf8).write(to: folder.appendingPathComponent("b\(k).squall"))
        }
        try Data("param p = 1\n".utf8).write(to: folder.appendingPathComponent("b10.squall"))
        let loaded = SceneSource.load(path: folder.appendingPathComponent("b0.squall").path)
        #expect(loaded.diagnostics.map(\.code) == ["too-many-imports"])
        #expect(loaded.files.count == 11)
    }

    /// Forty values, each naming the last one twice: a trillion steps unless each is looked at once.
    @Test func chainsOfConditionsAreLookedAtOnce() throws {
        var text = "let a0 = 1 m/s\n"
        for k in 1...40 { text += "let a\(k) = if true then a\(k - 1) else a\(k - 1)\n" }
        text += "actor ego is sedan { place = at((0 m, 0 m, 0 m)), speed = a40 }\n"
        #expect(try DrawTests.draw(text).actors.first?.speed == 1)
    }

    @Test func paramsAreCounted() {
        let text = (0...SceneLimit.globals.value).map { "let _a\($0) = 1\n" }.joined()
        #expect(DiagnosticTests.load(text).diagnostics.map(\.code) == ["too-many-values"])
    }

    @Test(arguments: [
        "let n = 0/0  // error: has no value\nactor ego is sedan { place = at((0 m, 0 m, 0 m)), do repeat n { wait(time: 1 s) } }",
        "weather { wind { speed = 3 m/s + noise(1 m/s, period: 0 s / 0) } }  // error: has no value",
        "weather { wind { speed = ramp(0 m/s, normal(1e9, 1) m/s, over: 1 s) } }  // error: which is impossible",
        "actor ego is sedan { place = at((0 m / 0, 0 m, 0 m)) }  // error: has no value",
        "actor ego is sedan { place = at((0 m, 0 m, 0 m), heading: 1 deg / 0) }  // error: is infinite",
        "actor ego is sedan { place = at((1e7 m, 0 m, 0 m)) }  // error: out of reach",
        "actor ego is sedan { place = at((infinity * 1 m, 0 m, 0 m)) }  // error: out of reach",
        "rig r { camera front { mount = (0 m / 0, 0 m, 1 m) } }  // error: has no value\nactor ego is sedan { place = at((0 m, 0 m, 0 m)), carries r }",
        "rig r { camera front { mount = (1e9 m, 0 m, 1 m) } }  // error: out of reach\nactor ego is sedan { place = at((0 m, 0 m, 0 m)), carries r }",
        "actor ego is adult { place = at((0 m, 0 m, 0 m)), do walk(path: [(0 m, 0 m, 0 m), (1e20 m, 0 m, 0 m)]) }  // error: out of reach",
        "actor ego is adult { place = at((0 m, 0 m, 0 m)), do walk(path: [(0 m, 0 m, 0 m), (9e5 m, 0 m, 0 m), (0 m, 0 m, 0 m)]) }  // error: long in all",
        "actor ego is sedan { place = at((0 m, 0 m, 0 m)), speed = normal(1000 km/h, 1 km/h) }  // error: which is impossible",
        "let far = uniform(400, 401) deg\nworld { place = geo(10 deg, far) }  // error: no such place",
        "world { zone = 1e12 s }  // error: impossible",
    ]) func whatNoWorldHoldsIsRefused(_ text: String) { DiagnosticTests.verify(text) }

    @Test func infinityIsStillAValue() throws {
        #expect(try DrawTests.draw("actor ego is sedan { place = at((0 m, 0 m, 0 m)), speed = min(80 km/h, infinity * 1 m/s) }").actors.first?.speed == 80 / 3.6)
    }

    /// Against Foundation's calendar, a thousand days apart over four centuries both ways of the epoch.
    @Test func datesMoveAsTheCalendarDoes() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        let origin = try #require(calendar.date(from: DateComponents(year: 2026, month: 7, day: 14)))
        for days in Array(stride(from: -146_000, through: 146_000, by: 997)) + [-1, 0, 1, 365, 590, 597] {
            var time = CivilTime(year: 2026, month: 7, day: 14, seconds: Double(days) * 86_400 + 3600, offset: 0)
            time.normalize()
            let wanted = calendar.dateComponents([.year, .month, .day], from: origin.addingTimeInterval(Double(days) * 86_400))
            #expect(time.year == wanted.year && time.month == wanted.month && time.day == wanted.day && time.seconds == 3600, "\(days) days")
        }
        var last = CivilTime(year: 2028, month: 3, day: 1, seconds: -1e-20, offset: 0)
        last.normalize()
        #expect(last.month == 3 && last.day == 1 && last.seconds == 0)
        var endless = CivilTime(year: 2026, month: 1, day: 1, seconds: 1e300, offset: 0)
        endless.normalize()
        #expect(endless.year == 2026)
    }

    @Test(arguments: ["(((((((1 m)^2)^2)^2)^2)^2)^2)^2", "((1 m)^6)^6 * ((1 m)^6)^6 * ((1 m)^6)^6", "1 m / (((1 /m)^6)^6 / ((1 m)^6)^6 / ((1 m)^6)^6)"])
    func unitsDoNotOverflow(_ text: String) {
        #expect(Evaluator.evaluate(text).diagnostics.map(\.code) == ["unit-overflow"], "\(text)")
    }

    @Test func degreesCelsiusAreReadings() {
        for wrong in ["20 degC + 5 degC", "2 * 20 degC", "20 degC / 2", "3 K - 20 degC", "-(20 degC)", "2 * max(1 degC, 2 degC)", "3 * uniform(1, 2) degC"] {
            #expect(Evaluator.evaluate(wrong).diagnostics.map(\.code) == ["reading"], "\(wrong)")
        }
        #expect(Evaluator.evaluate("30 degC - 20 degC").result?.text == "10 K")
        #expect(Evaluator.evaluate("20 degC + 3 K").result?.text == "23 degC")
        #expect(Evaluator.evaluate("2 * (30 degC - 20 degC)").result != nil)
        #expect(Evaluator.evaluate("-5 degC").result?.text == "-5 degC")
    }

    @Test func samplesMayBeAParam() throws {
        let text = Self.ego + "param n = 3\ndataset { samples = n + 1 }\n"
        #expect(try DrawTests.scene(text).sampleCount() == 4)
        let set = DiagnosticTests.load(text, overrides: ["n": "9"])
        #expect(try set.scene?.sampleCount() == 10)
        for wrong in ["uniform(1, 5)", "2.5", "pick(3, 4)", "1e8 * n", "3 * 0"] {
            let loaded = DiagnosticTests.load(text.replacing("n + 1", with: wrong))
            #expect(loaded.scene == nil && loaded.diagnostics.hasErrors, "\(wrong)")
        }
    }
}
