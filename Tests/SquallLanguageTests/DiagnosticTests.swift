import Foundation
import SquallDiagnostics
import SquallDraw
import SquallLanguage
import SquallScene
import Testing

/// Diagnostics beside their source: a line that ends in `// error: words` must be reported with those words in message, label or
/// fix, and no other line may be.
@Suite struct DiagnosticTests {
    static let road = "import \"../roads/straight_500m.xodr\" as town\n"

    static func load(_ text: String, overrides: [String: String] = [:]) -> SceneSource.Loaded {
        SceneSource.load(
            text: text, file: repository + "/Scenes/language/snippet.squall", root: repository + "/Scenes", assets: repository + "/Assets", overrides: overrides,
            catalogue: StraightRoads())
    }

    static func verify(_ text: String) {
        let loaded = load(text)
        let source = SourceText(file: "", text: text)
        var expected: [(line: Int, severity: String, words: String)] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            for severity in ["error", "warning"] {
                guard let mark = line.range(of: "// \(severity): ") else { continue }
                expected.append((number + 1, severity, line[mark.upperBound...].trimmingPrefix(" ").description))
            }
        }
        for (line, severity, words) in expected {
            let hit = loaded.diagnostics.contains { d in
                guard let span = d.span, d.severity.rawValue == severity, source.position(of: span.start).line == line else { return false }
                return [d.message, d.label ?? "", d.fix ?? ""].contains { $0.contains(words) }
            }
            #expect(hit, "line \(line): expected \(severity) '\(words)' in\n\(loaded.render())")
        }
        for d in loaded.diagnostics {
            let line = d.span.map { source.position(of: $0.start).line }
            #expect(expected.contains { $0.line == line }, "unexpected:\n\(loaded.render())")
        }
    }

    @Test(arguments: [
        "weather { fog { visiblity = 600 m, visibility = 600 m } }  // error: did you mean 'visibility'?",
        "weather { fgo { visibility = 600 m } }  // error: did you mean 'fog'?",
        "wether { }  // error: did you mean 'weather'?",
        "fog { visibility = 60 m }  // error: fog belongs into weather",
        "weather { rain { rate = 25 } }  // error: is a speed, but this is a plain number",
        "weather { rain { rate = 25 m } }  // error: is a speed, but this is a length",
        "weather { rain { rate = 3.6 km/h } }  // warning: rain rate of 3.6e+06 mm/h is physically odd",
        "weather { rain { rate = 400 mm/h } }  // warning: rain rate of 400 mm/h is physically odd",
        "weather { rain { rate = -3 mm/h } }  // error: impossible",
        "weather { fog { } }  // error: fog needs visibility",
        "weather { road { drainage = pour } }  // error: did you mean 'poor'?",
        "weather { sky { cover = 120 % } }  // error: impossible",
        "rig r { lidar l { rate = 0.1 Hz } }  // error: impossible",
        "rig r { lidar l { model = vlp32c, rate = uniform(10, 21) Hz } }  // error: impossible",
        "weather { snow { } }  // error: not supported yet",
        "weather { wind { speed = 3 m/s, speed = 4 m/s } }  // error: set twice",
        "record { duration = 8 s }\nrecord { rate = 10 Hz }  // error: already a record block",
        "world { start = 2026-02-30 at 12:00 }  // error: the calendar has no 2026-02-30",
        "world { start = 2026-02-03 at 25:00 }  // error: no time of day 25:00",
        "world { place = geo(121.47 deg, 31.23 deg) }  // error: latitude lies between",
        "dataset { cover = pairwise(a) }  // error: not supported yet",
        "dataset { sampler = sobol }  // error: not supported yet",
        "labels { use = [boxes, deph] }  // error: did you mean 'depth'?",
        "traffic { count = 3, kinds = pick(sedan: 1, tree: 2) }  // error: a tree does not drive",
        "vary { case clear {} }  // error: not supported yet",
        "rig r { camera c { k1 = 0.1 } }  // warning: k1 has no effect with lens = pinhole",
        "rig r { camera c { k1 = 0.1 } }  // warning: add lens = brown_conrady",
        "rig r { camera c { lens = pinhole, circle = 90 deg } }  // warning: write lens = kannala_brandt",
        "rig r { camera c {\n lens = kannala_brandt\n k1 = 0.01\n p1 = 0.1  // warning: p1 has no effect with lens = kannala_brandt\n} }",
        "rig r { camera c { lens = brown_conrady, k1 = -0.1, p2 = 0.001 }, camera d { lens = kannala_brandt, k4 = 0.001, circle = 170 deg } }",
        "rig r { camera c { lens = fisheye,\n k2 = 0.1  // warning: k2 has no effect with lens = fisheye\n} }",
        "rig r { camera c { lens = pick(pinhole, brown_conrady), k1 = -0.1 } }",
        "rig r { camera c { quality = 60 } }  // warning: quality has no effect with output = srgb8",
        "rig r { camera c { output = jpeg, quality = 60 } }",
        "rig r { camera c { exposure = 9, exposure_delay = 1 s } }  // warning: exposure_delay has no effect beside exposure",
        "rig r { camera c { shutter = 5 ms, iso = 400, exposure_delay = 1 s } }  // warning: exposure_delay has no effect beside shutter and iso",
        "rig r { camera c { shutter = 5 ms, exposure_delay = 1 s } }",
        "rig r { camera c { exposure = 9, shutter = 5 ms, iso = 400 } }  // warning: iso has no effect beside exposure and shutter",
        "rig r { camera c { iso = 50 } }  // error: it lies between 100 and 1e+06",
        "rig r { camera c { white_balance = 1500 K } }  // error: white_balance of 1500 K is impossible",
        "world { surroundings = city }  // warning: surroundings stand along roads",
        "world { surroundings = open }\nweather { }",
        "scene = 3  // error: a property stands inside a block",
    ])
    func blocks(_ text: String) { Self.verify(text) }

    @Test(arguments: [
        "30 km/h + 2 m", "2 + 3 m", "4 kg < 3 s", "uniform(1 m, 2 s)", "uniform(5 m, 20 m) km/h", "normal(1 m, 2) within 0 ... 3", "5 mph", "5 degc", "if 3 then 1 else 2",
        "if true then 1 m else 2 s",
        "pick(1 m: 1, 2 s: 1)", "sqrt(3 m)", "sin(3)", "min(1 m, 2 s)", "uniform(3, 1)", "beta(-1, 2)", "(1 m, 2 m, 3 s)", "foo", "unifrom(1, 2)", "uniform(1, 2, 3)", "uniform(1)",
        "uniform(from: 1, too: 2)", "rain_extinction(25 m)", "true and 3", "3 m ... 2 s", "4 m ... 2 m", "1 within 0 ... 2", "2026-07-14 at 3 m", "3 m ^ 0.5", "not 3", "- true",
        "curve(3)",
        "elapsed()", "gap_to(3)", "kde(a, b)", "brake()", "\"a\".b", "uniform", "5 m of 3", "3 at 4", "#12", "1 +", "(1, 2", "[1, 2 m]", "a..b", "5 5", "normal(5 degC, 2 degC)",
    ])
    func everyWrongExpressionIsRefusedOnce(_ text: String) {
        let (result, diagnostics, source) = Evaluator.evaluate(text)
        #expect(result == nil)
        #expect(diagnostics.hasErrors && diagnostics.count <= 2, "\(text): \(DiagnosticRenderer(sources: [source]).render(diagnostics))")
        for d in diagnostics {
            #expect(d.span.map { $0.start >= 0 && $0.end <= text.utf8.count } ?? false)
            #expect(!d.message.hasSuffix("."))
        }
    }

    @Test func mismatchNamesBothSides() {
        let message = Evaluator.evaluate("30 km/h + 2 m").diagnostics.first
        #expect(message?.message == "a speed and a length cannot be added")
        #expect(message?.label == "speed + length")
        #expect(Evaluator.evaluate("25 mmh").diagnostics.first?.fix == "did you mean 'mm/h'?")
        #expect(Evaluator.evaluate("rain_extincton(25 mm/h)").diagnostics.first?.fix == "did you mean 'rain_extinction'?")
    }

    @Test(arguments: [
        "actor ego is sedna { place = town.lane(-1).at(9 m) }  // error: did you mean 'sedan'?",
        "actor ego is sedan { speed = 3 m/s }  // error: needs a place",
        "actor ego is sedan { place = town.lane(-1).at(9 m), colour = #ff0000 }  // error: did you mean 'color'?",
        "actor ego is sedan { place = town.lane(-9).at(9 m) }  // error: no road of the network has a driving lane -9",
        "actor ego is sedan { place = town.lane(-1).at(9) }  // error: s of at() is a length",
        "actor ego is sedan { place = town.lane(-1).at(900 m) }  // error: beyond its end",
        "actor ego is sedan { place = town.lane(-1).att(9 m) }  // error: did you mean 'at'?",
        "actor ego is sedan { place = town.road(\"7\").lane(-1).at(9 m) }  // error: no road \"7\"",
        "actor ego is sedan { place = town.junction(\"4\").approach(3).at(9 m) }  // error: approaches 1 to 2",
        "actor ego is sedan { place = at((0 m, 0 m, 0 m)), do folow_lane() }  // error: did you mean 'follow_lane'?",
        "actor ego is sedan { place = at((0 m, 0 m, 0 m)), do brake(att: 4 m/s^2) }  // error: did you mean 'at'?",
        "actor ego is sedan { place = at((0 m, 0 m, 0 m)), do brake(at: 4 m/s) }  // error: is an acceleration, but this is a speed",
        "actor ego is sedan { place = at((0 m, 0 m, 0 m)), do wait() for 3 m }  // error: for takes a time",
        "actor ego is sedan { place = at((0 m, 0 m, 0 m)), do wait() until 3 m }  // error: until takes a yes-or-no condition",
        "actor ego is sedan { place = at((0 m, 0 m, 0 m)), do skid() }  // error: not supported yet",
        "actor ego is sedan { place = at((0 m, 0 m, 0 m)), do follow_lane }  // error: write follow_lane()",
        "actor ego is sedan { place = previous.place }  // error: for copies only",
        "actor ego is sedan { place = at((ego.s, 0 m, 0 m)) }  // error: depends on itself",
        "actor ego is sedan { place = at((0 m, 0 m, 0 m)) }\nactor ego is van { place = at((0 m, 9 m, 0 m)) }  // error: declared twice",
        "actor t is van * 2 { place = at((0 m, 9 m * index, 0 m)) }\nrequire t.speed < 3 m/s  // error: write t[0]",
        "actor t is van * 2 { place = at((0 m, 9 m * index, 0 m)) }\nrequire t[5].speed < 3 m/s  // error: does not exist",
        "actor ego is sedan { place = at((0 m, 0 m, 0 m)), carries rigz.kitti }  // error: no 'rigz'",
        "require always foo(3) > 2  // error: no function 'foo'",
        "require 3 m  // error: a condition",
        "require 1 > 2  // error: no sample can be drawn because it violates 'require 1 > 2'",
        "param a = b + 1  // error: \nparam b = a + 1",
        "param a = 1  // warning: never used",
        "param a = 1\nparam a = 2  // error: declared twice\nrequire a < 3",
        "let x = normal(0, 1) within 50 ... 51  // error: practically never falls\nrequire x < 60",
    ])
    func scenes(_ text: String) {
        if text.contains("// error: \n") {
            #expect(Self.load(text).diagnostics.contains { $0.code == "circular-value" })
        } else {
            Self.verify(Self.road + text)
        }
    }

    @Test(arguments: [
        "weather { fog { visibility = 600 m }  // error: never closed",
        "weather  fog { visibility = 600 m } }  // error: a weather block with a name",
        "param = 3  // error: a property stands inside a block",
        "param x 3  // error: expected '='\nrecord { }",
        "import 3 as x  // error: expected a file name",
        "import \"nowhere.xodr\" as x  // error: there is no file",
        "import \"../roads/straight_500.xodr\" as x  // error: did you mean 'straight_500m.xodr'?",
        "import \"../../Package.swift\" as x  // error: outside the scene's root",
        "import \"/etc/passwd\" as x  // error: relative to the importing file",
        "import \"x.mp3\" as x  // error: there is no file",
        "actor ego sedan { }  // error: expected 'is'",
        "scene \"a  // error: no closing quote",
        "}  // error: closes nothing",
        "let x = §  // error: no meaning here",
        "param x = 3 4  // error: expected the end of the line",
        "def f(a) = a + 1  // error: not supported yet",
    ])
    func syntax(_ text: String) {
        let loaded = Self.load(text)
        let source = SourceText(file: "", text: text)
        guard let mark = text.range(of: "// error: ") else { return }
        let words = text[mark.upperBound...].prefix { $0 != "\n" }
        #expect(
            loaded.diagnostics.contains { d in
                d.severity == .error && [d.message, d.label ?? "", d.fix ?? ""].contains { $0.contains(words) } && d.span.map { source.position(of: $0.start).line == 1 } == true
            }, "\(loaded.render())")
        #expect(loaded.scene == nil)
    }

    @Test func severalErrorsInOneRun() {
        let loaded = Self.load("weather { rain { rate = 3 }\n fog { visiblity = 6 m } }\nrecord { rate = 3 m }\nactor a is sedn { }\n")
        #expect(loaded.diagnostics.filter { $0.severity == .error }.count >= 5, "\(loaded.render())")
    }

    @Test func overridesAreCheckedLikeTheRest() throws {
        let text = "param rain = uniform(1, 2) mm/h\nweather { rain { rate = rain } }\n"
        let set = Self.load(text, overrides: ["rain": "80mm/h"])
        let scene = try #require(set.scene, "\(set.render())")
        #expect(abs(try scene.draw(seed: 0, index: 0, catalogue: NoImports()).weather.rainRate.value(at: 0) - 80) < 1e-9)
        #expect(Self.load(text, overrides: ["rian": "80 mm/h"]).render().contains("did you mean 'rain'?"))
        #expect(Self.load(text, overrides: ["rain": "80 m"]).render().contains("param rain is a speed, but this is a length"))
        #expect(Self.load(text, overrides: ["rain": "uniform(3, 4) mm/h"]).scene != nil)
        #expect(Self.load(text, overrides: ["rain": "80 mm/"]).scene == nil)
    }
}
