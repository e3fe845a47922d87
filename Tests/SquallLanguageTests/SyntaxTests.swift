import Foundation
import SquallDiagnostics
import SquallLanguage
import SquallMath
import SquallScene
import Testing

@Suite struct SyntaxTests {
    /// The whole grammar in one file: more than this version can check, all of which must parse.
    static let whole = """
        /// A van cuts in on a flooded motorway at dusk.
        scene "flooded cut-in"

        import "roads/motorway.xodr" as motorway
        import "rigs/six_cameras.squall" as rigs

        param rain = uniform(20, 120) mm/h
        param hour = pick(06:40: 1, 12:00: 1, 18:30: 3, 23:00: 1)
        param gap  = normal(18 m, 4 m) within 8 m ... 40 m

        world {
          road  = motorway
          place = geo(31.23 deg, 121.47 deg)
          start = 2026-07-14 at hour
        }

        weather {
          rain { rate = ramp(0 mm/h, rain, over: 4 s) }
          fog  { visibility = 600 m }
          wind { speed = 12 m/s, from = 240 deg, gust = 8 m/s }
          road { drainage = poor }                  // film depth follows from rain, slope and drainage
        }

        actor ego is sedan {
          place = motorway.lane(-2).at(120 m)
          speed = 100 km/h
          carries rigs.six_cameras
          do follow_lane()
        }

        actor cutter is van {
          place = ego.lane.left.at(ego.s + gap)
          speed = ego.speed + uniform(2, 12) km/h
          do {
            follow_lane() until gap_to(ego) < 15 m
            change_lane(to: ego.lane, over: 2.5 s)
            brake(at: 4 m/s^2) when elapsed() > 5 s
          }
        }

        traffic { count = poisson(14), within = 250 m of ego, kinds = pick(sedan: 6, suv: 3, truck: 1) }

        require always distance(cutter, ego) > 0 m       // checked on the simulated episode, before anything is drawn
        require eventually visible(cutter, from: ego.front)

        record  { duration = 8 s, rate = 10 Hz }
        dataset { samples = 500, split = [train: 0.8, val: 0.1, test: 0.1], cover = pairwise(hour, rain in 4 bins) }
        """

    static let rest = """
        import "mug.glb" as mug_mesh
        category cup { parent = object, coco = "cup" }
        rig mine extends rigs.six_cameras {                       // mount in the carrier's frame
          lidar top { model = vlp32c, rate = 20 Hz, mount = (1 m, 0 m, 1.9 m), turn = (0 deg, 0 deg, 0 deg) }
        }
        def twice(x) = 2 * x
        def parked(s) is sedan { place = town.lane(-1).at(s) }
        def dawdle() do { follow_lane(speed: 20 km/h) for 3 s }
        actor table is box { size = (1.2 m, 0.8 m, 0.7 m), place = at((0 m, 0 m, 0 m), heading: 0 deg), fixed = true }
        actor mug is mug_mesh * 6 { category = cup, mass = 0.3 kg, place = on(table) }
        actor post is nothing { place = town.junction("4").approach(1).at(8 m, left: 3 m), carries mine }   // a static camera
        actor truck is semi * 4 {
          place = ahead_of(ego, 30 m * (index + 1))
          do together { follow_lane(), keep_gap(previous, time: 2 s) }
        }
        actor walker is adult {
          place = at((
            3 m, 4 m,
            0 m), heading: -90 deg)
          do repeat 3 { one_of { walk() for 2 s, wait() for 1 s } }
        }
        weather {
          fog bank   { visibility = 60 m, within = along(tube.road("1"), 300 m ... 500 m) }
          smoke seat { visibility = 15 m, place = tube.road("1").lane(-1).at(220 m) }
        }
        labels { use = [boxes, depth, flow] }                     // default: all
        vary {
          case clear {}
          case night { world { start = 2026-01-10 at 22:00 UTC } }
          case fog   { weather { fog { visibility = 80 m } } }
        }
        let x = if truck[2].speed > 3 m/s and not (a or b) then -2 ^ 2 else 0.03 /m * 4 m / s
        require never a in 3 ... 4 with 0.3
        """

    @Test func theWholeGrammarParses() {
        for text in [Self.whole, Self.rest] {
            let tree = Parser.parse(file: "x", bytes: Array(text.utf8))
            #expect(tree.diagnostics.isEmpty, "\(DiagnosticRenderer(sources: [tree.source]).render(tree.diagnostics))")
            #expect(tree.reprint() == Array(text.utf8))
        }
    }

    @Test(arguments: [
        ("2 + 3 * 4", 14.0), ("2 * 3 ^ 2", 18), ("-2 ^ 2", -4), ("2 ^ -1", 0.5), ("2 ^ 3 ^ 2", 512), ("(2 + 3) * 4", 20), ("10 - 4 - 3", 3), ("12 / 4 / 3", 1), ("40 %", 0.4),
        ("4 m / (2 m)", 2),
        ("0.03 /m * 100 m", 3), ("1/m * 2 m", 2), ("6 km / 2 m", 3000), ("if 2 > 1 then 5 else 6", 5), ("if 1 > 2 or not true then 5 else 6", 6), ("clamp(9, 1, 3)", 3),
        ("(1 + 2) km / m(3)", .nan),
        ("min(3, 1, 2)", 1), ("sqrt(9 m^2) / 1 m", 3), ("1e3 + 2.5e-1", 1000.25), ("abs(-3)", 3), ("cos(180 deg)", -1), ("2 +\n 3", 5), ("round(2.6) + floor(2.6) + ceil(2.1)", 8),
        ("if 3 in 2 ... 4 then 1 else 0", 1),
    ])
    func precedence(_ text: String, _ value: Double) {
        let (result, diagnostics, _) = Evaluator.evaluate(text)
        if value.isNaN {
            #expect(result == nil)
        } else if let found = result?.value, case .number(let x) = found {
            #expect(abs(x - value) < 1e-12 * max(1, abs(value)), "\(text) = \(x)")
        } else {
            Issue.record("\(text): \(diagnostics)")
        }
    }

    @Test func unitsBindWithoutSpaces() {
        #expect(Evaluator.evaluate("4 m/s^2").result?.type == .number(.acceleration))
        #expect(Evaluator.evaluate("4 m / 2 s").result?.type == .number(.speed))
        #expect(Evaluator.evaluate("0.03 /m").result?.text == "0.03 1/m")
        #expect(Evaluator.evaluate("-5 degC").result?.text == "-5 degC")
        #expect(Evaluator.evaluate("(2 + 3) km/h").result?.text == "5 km/h")
        #expect(Evaluator.evaluate("100 km/h").result?.json == "{\"value\": \(100 * (1000.0 / 3600)), \"unit\": \"m/s\"}")
    }

    @Test func limitsAreErrorsNotCrashes() {
        let clock = ContinuousClock()
        let hard = [
            String(repeating: "(", count: 100_000), String(repeating: "{", count: 100_000), String(repeating: "[", count: 100_000),
            "let x = " + String(repeating: "-", count: 100_000) + "1",
            "let x = " + String(repeating: "1+", count: 100_000) + "1", "let x = a" + String(repeating: ".a", count: 100_000),
            "let x = " + String(repeating: "2^", count: 100_000) + "2",
            "let x = " + String(repeating: "not ", count: 100_000) + "true", "let x = " + String(repeating: "if a then b else ", count: 50_000) + "c",
            "actor a is sedan { do " + String(repeating: "together {", count: 100_000), String(repeating: "weather {", count: 50_000),
            "let x = f" + String(repeating: "(1)", count: 100_000),
        ]
        for text in hard {
            let bytes = Array(text.utf8)
            let time = clock.measure {
                let loaded = SceneSource.load(text: text, file: "/nowhere/x.squall")
                #expect(loaded.scene == nil)
                #expect(loaded.diagnostics.hasErrors)
            }
            #expect(Parser.parse(file: "x", bytes: bytes).reprint() == bytes)
            #expect(time < .seconds(3), "\(text.prefix(20)) took \(time)")
        }
    }

    @Test func whatIsNoSceneIsSaidSoOnce() {
        let binary: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 0, 1, 2]
        #expect(Parser.parse(file: "x", bytes: binary).diagnostics.map(\.code) == ["binary-file"])
        #expect(Parser.parse(file: "x", bytes: [0x61, 0xFF, 0xFE]).diagnostics.map(\.code) == ["not-utf8"])
        let huge = [UInt8](repeating: 0x20, count: SceneLimit.sceneBytes.value + 1)
        let tree = Parser.parse(file: "x", bytes: huge)
        #expect(tree.diagnostics.map(\.code) == ["file-too-large"])
        #expect(tree.reprint() == huge)
        let limit = SceneLimit.sceneBytes.value
        let message = Parser.parse(file: "x", bytes: huge, size: 9_000_000).diagnostics.first?.message ?? ""
        #expect(message.contains("9000000") && message.contains("\(limit)"), "the file's own size and the limit: \(message)")
        #expect(SceneSource.load(path: "/nowhere/at/all.squall").diagnostics.map(\.code) == ["unreadable"])
    }
}
