import Foundation
import SquallDiagnostics
import SquallDraw
import SquallFrames
import SquallLanguage
import SquallMath
import SquallScene
import SquallWeather
import Testing

@Suite struct DrawTests {
    static let base = """
        import "../roads/straight_500m.xodr" as town
        param rain = uniform(20, 120) mm/h
        param gap = normal(18 m, 4 m) within 8 m ... 40 m
        weather { rain { rate = rain } }
        actor ego is sedan { place = town.lane(-1).at(200 m), speed = uniform(40, 60) km/h, do follow_lane() }
        actor cutter is van { place = ego.lane.right.at(ego.s + gap), speed = ego.speed + uniform(2, 12) km/h, do { wait() for uniform(1 s, 2 s), brake(at: uniform(3, 5) m/s^2) } }
        actor truck is semi * 3 { place = ahead_of(ego, 60 m + 30 m * index, left: uniform(-0.2 m, 0.2 m)), speed = normal(20 m/s, 1 m/s), \
            do together { follow_lane(), keep_gap(previous, time: 2 s) } }
        traffic { count = 12, within = 250 m of ego, gap = 6 m }

        """

    static func scene(_ text: String) throws -> Scene {
        let loaded = DiagnosticTests.load(text)
        return try #require(loaded.scene, "\(loaded.render())")
    }

    static func draw(_ text: String, index: Int = 0, seed: UInt64 = 7) throws -> ConcreteScene { try scene(text).draw(seed: seed, index: index, catalogue: StraightRoads()) }

    private func facts(_ scene: ConcreteScene) -> [String] { scene.actors.map { "\($0.path) \($0.asset) \($0.placement) \($0.speed) \($0.behaviour)" } }

    @Test func editsElsewhereMoveNothing() throws {
        let before = try Self.draw(Self.base)
        for edit in [
            Self.base + "param unused_ = normal(0, 1)\n", "param first = uniform(0, 1)\n" + Self.base, Self.base.replacing("uniform(20, 120) mm/h", with: "uniform(1, 2) mm/h"),
            Self.base + "actor tree is tree { place = at((5 m, 50 m, 0 m)), size = (uniform(3, 5) m, 4 m, 9 m) }\n",
            "// a comment\n" + Self.base.replacing("actor ego", with: "\n\n  actor   ego"),
        ] {
            let after = try Self.draw(edit)
            #expect(facts(after).filter { !$0.hasPrefix("tree") } == facts(before))
        }
        let other = try Self.draw(Self.base.replacing("uniform(3, 5) m/s^2", with: "uniform(3, 6) m/s^2"))
        #expect(zip(facts(other), facts(before)).filter { $0 != $1 }.count == 1, "only the edited behaviour changes")
    }

    /// The lasers fire as often as ever: a faster turn has fewer firings. Left alone they follow a faster record as well as they can.
    @Test func lidarsTurnAtTheirRate() throws {
        func rig(_ lidar: String, _ record: String) -> String {
            "rig r { lidar l { \(lidar) } }\nactor ego is sedan { place = at((0 m, 0 m, 0 m)), carries r }\nrecord { duration = 1 s, rate = \(record) }\n"
        }
        for (lidar, record, rate, steps) in [
            ("model = hdl64e", 10, 10, 2083), ("model = hdl64e, rate = 20 Hz", 10, 20, 1042), ("model = vlp32c, rate = 10 Hz", 4, 10, 1800),
            ("model = vlp32c, rate = 20 Hz", 10, 20, 900), ("model = vlp32c", 15, 15, 1200), ("model = vlp32c", 30, 15, 1200), ("model = vlp32c", 4, 10, 1800),
        ] {
            let sensor = try #require(try Self.draw(rig(lidar, "\(record) Hz")).actors[0].rig?.sensors.first)
            guard case .lidar(let model) = sensor.kind else {
                Issue.record("no lidar")
                continue
            }
            #expect(model.azimuthSteps == steps && sensor.rate == Double(rate), "\(lidar), record at \(record) Hz")
        }
    }

    @Test("local time is UTC and longitude / 15 degrees in whole hours, as the reference says") func localTime() throws {
        for (longitude, utc) in [(10.7, 10.0), (0, 11), (7.4, 11), (7.6, 10), (-70, 16)] {
            let start = try Self.draw("world { place = geo(59.9 deg, \(longitude) deg), start = 2026-05-12 at 11:00 }").start
            #expect((start.seconds - start.offset) / 3600 == utc, "\(longitude)")
        }
        #expect(Schema.block("world")?.property("start")?.summary.contains("in whole hours (rounded)") == true)
    }

    @Test("actors that start within one another are refused when nothing can move them", arguments: [
        "actor a is sedan { place = at((0 m, 0 m, 0 m)) }\nactor b is van { place = at((2 m, 0.5 m, 0 m)) }  // error: 'b' starts within 'a'",
        "actor a is sedan { place = town.lane(-1).at(40 m) }\nactor b is sedan { place = town.lane(-1).at(42 m) }  // error: their boxes overlap",
        "actor a is sedan * 3 { place = at((4 m * index, 0 m, 0 m)) }  // error: 'a[1]' starts within 'a[0]'",
        "actor a is semi { place = at((0 m, 0 m, 0 m)) }\nactor b is adult { place = at((-8 m, 0 m, 0 m)) }  // error: place them further apart",
        "actor a is box { place = at((0 m, 0 m, 0 m)), fixed = true }\nactor b is adult { place = at((0.7 m, 0 m, 0 m), heading: 45 deg) }  // error: starts within",
        // Apart, touching, one above the other, a crown over a roof, both fixed.
        "actor a is sedan { place = at((0 m, 0 m, 0 m)) }\nactor b is sedan { place = at((4.71 m, 0 m, 0 m)) }",
        "actor a is box { place = at((0 m, 0 m, 0 m)) }\nactor b is box { place = at((1 m, 0 m, 0 m)) }",
        "actor a is box { place = at((0 m, 0 m, 0 m)), size = (1 m, 1 m, 0.7 m) }\nactor b is box { place = at((0 m, 0 m, 0.7 m)), size = (0.2 m, 0.2 m, 0.2 m) }",
        "actor a is sedan { place = at((0 m, 0 m, 0 m)) }\nactor b is tree { place = at((0 m, 2 m, 0 m)) }",
        "actor a is box { place = at((0 m, 0 m, 0 m)), fixed = true }\nactor b is box { place = at((0.5 m, 0 m, 0 m)), fixed = true }",
        "actor a is sedan { place = at((0 m, 0 m, 0 m)) }\nactor b is nothing { place = at((1 m, 0 m, 0 m)) }",
    ]) func overlappingStarts(_ text: String) { DiagnosticTests.verify((text.contains("town") ? DiagnosticTests.road + "world { road = town }\n" : "") + text) }

    @Test("drawn starts that overlap are drawn again, and named when none will do") func overlapsAreRedrawn() throws {
        let text = "actor a is sedan { place = at((0 m, 0 m, 0 m)) }\nactor b is sedan { place = at((uniform(0 m, 9.4 m), 0 m, 0 m)) }\n"
        var attempts = 0
        for index in 0..<100 {
            let drawn = try Self.draw(text, index: index)
            guard case .ground(let point, _)? = drawn.actors.last?.placement else { continue }
            #expect(point.x > 4.68)
            attempts += drawn.attempt
        }
        // Half of all draws are rejected: one before each accepted on average, standard error 0.14.
        #expect(abs(Double(attempts) / 100 - 1) < 0.6)
        let never = DiagnosticTests.load(text.replacing("9.4 m", with: "4 m"))
        #expect(never.diagnostics.contains { $0.code == "no-draw-accepted" && $0.message.contains("'b' starts within 'a'") && $0.fix == "place them further apart" })
    }

    @Test("traffic keeps clear of whatever stands about") func trafficKeepsClear() throws {
        for index in 0..<20 {
            let text = Self.base.replacing("count = 12", with: "count = 60").replacing("gap = 6 m", with: "gap = 1 m")
            let actors = try Self.draw(text, index: index).actors
            let boxes = actors.compactMap { actor -> (low: Double, high: Double, lane: Int)? in
                guard case .lane(let p) = actor.placement, let kind = Archetype.named(actor.asset) else { return nil }
                let (back, front) = p.lane < 0 ? (kind.originFromRear, kind.size.x - kind.originFromRear) : (kind.size.x - kind.originFromRear, kind.originFromRear)
                return (p.s - back, p.s + front, p.lane)
            }
            #expect(boxes.count > 20)
            for (i, a) in boxes.enumerated() { for b in boxes[..<i] where a.lane == b.lane { #expect(a.low > b.high || b.low > a.high) } }
        }
    }

    @Test func moreTrafficLeavesTheFirstVehiclesAlone() throws {
        let few = try Self.draw(Self.base)
        let many = try Self.draw(Self.base.replacing("count = 12", with: "count = 20"))
        #expect(Array(facts(many).filter { $0.hasPrefix("traffic") }.prefix(8)) == Array(facts(few).filter { $0.hasPrefix("traffic") }.prefix(8)))
        #expect(many.actors.count > few.actors.count)
    }

    @Test func trafficKeepsItsDistance() throws {
        for index in 0..<20 {
            let cars = try Self.draw(Self.base, index: index).actors.compactMap { actor -> (LanePosition, Archetype, Bool)? in
                if case .lane(let position) = actor.placement, let archetype = Archetype.named(actor.asset) { (position, archetype, actor.path.hasPrefix("traffic")) } else { nil }
            }
            for (i, a) in cars.enumerated() {
                for b in cars[..<i] where a.0.lane == b.0.lane && (a.2 || b.2) {
                    let (front, back) = a.0.s > b.0.s ? (a, b) : (b, a)
                    // On lanes -1 and -2 travel runs with s; 1 and 2 mirror it.
                    let ahead = a.0.lane < 0 ? (front, back) : (back, front)
                    let gap = abs(a.0.s - b.0.s) - ahead.0.1.originFromRear - (ahead.1.1.size.x - ahead.1.1.originFromRear)
                    #expect(gap > 5.9, "sample \(index): \(gap) m between \(a) and \(b)")
                }
            }
        }
    }

    @Test func relationsHoldInEveryDraw() throws {
        for index in 0..<50 {
            let drawn = try Self.draw(Self.base, index: index)
            let actors = Dictionary(uniqueKeysWithValues: drawn.actors.map { ($0.path, $0) })
            let (ego, cutter) = (try #require(actors["ego"]), try #require(actors["cutter"]))
            guard case .lane(let a) = ego.placement, case .lane(let b) = cutter.placement else { throw Failure("x", file: "x", message: "not on lanes") }
            #expect(a.lane == -1 && b.lane == -2)
            #expect(b.s - a.s >= 8 && b.s - a.s <= 40)
            #expect((2 / 3.6...12 / 3.6).contains(cutter.speed - ego.speed))
            #expect(drawn.actors.map(\.path).filter { $0.hasPrefix("truck") } == ["truck[0]", "truck[1]", "truck[2]"])
            guard case .lane(let t) = try #require(actors["truck[2]"]).placement else { throw Failure("x", file: "x", message: "not on a lane") }
            #expect(abs(t.s - a.s - 120) < 1e-9 && abs(t.left) <= 0.2)
        }
    }

    @Test func drawsAreRecordedUnderTheirPaths() throws {
        let draws = Dictionary(uniqueKeysWithValues: try Self.draw(Self.base).draws.map { ($0.path, $0.value) })
        for path in ["rain", "gap", "ego.speed", "cutter.speed", "cutter.do.wait.for", "cutter.do.brake.at", "truck[1].speed", "truck[2].place", "traffic[3].speed"] {
            #expect(draws[path] != nil, "\(path) in \(draws.keys.sorted())")
        }
        #expect(draws["rain"]?.hasSuffix("mm/h") == true)
    }

    @Test func theFirstCopyHasNobodyAhead() throws {
        let drawn = try Self.draw(Self.base)
        let behaviours = drawn.actors.filter { $0.path.hasPrefix("truck") }.map(\.behaviour)
        #expect(behaviours[0] == .together([.step(BehaviourStep(action: "follow_lane"))]))
        guard case .together(let parts) = behaviours[1], case .step(let keep)? = parts.last else { throw Failure("x", file: "x", message: "no step") }
        #expect(keep.argument("to") == .actor("truck[0]"))
        #expect(keep.argument("time") == .number(.constant(2)))
    }

    @Test func splitsFollowTheirSharesAndTheIndexAlone() throws {
        let text = "dataset { split = [train: 0.8, val: 0.1, test: 0.1] }\n"
        let scene = try Self.scene(text)
        let splits = try (0..<2000).map { try scene.draw(seed: 3, index: $0, catalogue: NoImports()).split }
        let counts = Dictionary(grouping: splits, by: { $0 }).mapValues(\.count)
        #expect(abs((counts["train"] ?? 0) - 1600) < 90 && abs((counts["val"] ?? 0) - 200) < 70 && abs((counts["test"] ?? 0) - 200) < 70)
        let edited = try Self.scene(text + "param x_ = uniform(0, 1)\nrequire x_ > 0.5")
        #expect(try (0..<50).map { try edited.draw(seed: 3, index: $0, catalogue: NoImports()).split } == Array(splits.prefix(50)))
    }

    /// Whether a requirement is enforced hangs on its words: neither on its place in the file nor on its spaces.
    @Test func requirementsWithAProbabilityStayAsTheyWere() throws {
        func enforced(_ text: String) throws -> [Bool] {
            let scene = try Self.scene(text)
            return try (0..<40).map { index in
                try scene.draw(seed: 3, index: index, catalogue: NoImports()).attempt > 0
            }
        }
        let rule = "require x > 0.5 with 0.5\n"
        let start = "param x = uniform(0, 1)\n"
        let before = try enforced(start + rule)
        #expect(before.contains(true) && before.contains(false))
        #expect(try enforced(start + "require 1 < 2\n" + rule) == before)
        #expect(try enforced(start + "require   x>0.5   with 0.5\n") == before)
        #expect(try enforced(start + rule + rule) != before, "an equal one is another draw")
    }

    @Test func lanesAreEqualWhereverAlong() throws {
        let text = Self.base + "actor other is van { place = town.lane(-1).at(100 m), speed = if ego.lane == self.lane and ego.lane == town.lane(-1) then 7 m/s else 1 m/s }\n"
        #expect(try Self.draw(text).actors.first { $0.path == "other" }?.speed == 7)
    }

    @Test func rangesFollowTheEpisode() throws {
        let scene = try Self.draw(Self.base + "require always cutter.speed in 0 m/s ... ego.speed\n")
        guard case .binary(.and, _, .binary(.lessOrEqual, _, .query(.speed("ego"))))? = scene.requirements.first?.condition else {
            Issue.record("\(scene.requirements)")
            return
        }
    }

    @Test func trafficWithoutRoomIsSaid() throws {
        let loaded = DiagnosticTests.load(Self.base.replacing("count = 12", with: "count = 500"))
        #expect(loaded.diagnostics.map(\.code) == ["traffic-left-out"])
        #expect(loaded.diagnostics.first?.severity == .warning)
        #expect(try Self.draw(Self.base).warnings.isEmpty)
    }

    @Test(arguments: [
        "actor b is building { place = at((0 m, 0 m, 0 m)), do follow_lane() }  // error: building does not move",
        "actor b is sedan { place = at((0 m, 0 m, 0 m)), do walk() }  // error: sedan cannot walk()",
        "actor b is adult { place = at((0 m, 0 m, 0 m)), do brake() }  // error: adult cannot brake()",
        "actor b is pick(sedan, adult) { place = at((0 m, 0 m, 0 m)), do brake() }  // error: an adult cannot brake()",
        "actor b is deer { place = at((0 m, 0 m, 0 m)), do wave() }  // error: a deer cannot wave()",
        "actor b is pick(adult, dog) { place = at((0 m, 0 m, 0 m)), do sit() }  // error: a dog cannot sit()",
        "actor b is deer { place = at((0 m, 0 m, 0 m)), do fall(time: 1 s) }\nactor c is elder { place = at((5 m, 0 m, 0 m)), do { wave(time: 1 s), sit() } }",
        "actor b is lamp_post { place = at((0 m, 0 m, 0 m)), lights = main }  // warning: a lamp_post has no main beam",
        "actor b is adult { place = at((0 m, 0 m, 0 m)), lights = [on, hazard] }  // warning: an adult has no indicators",
        "actor b is lamp_post { place = at((0 m, 0 m, 0 m)), lights = on }\nactor c is sedan { place = at((9 m, 0 m, 0 m)), lights = [main, fog] }",
        "actor b is sedan { place = at((0 m, 0 m, 0 m)), fixed = true, do brake() }  // error: never moves",
        "actor b is sedan { place = at((0 m, 0 m, 0 m)), do brake(at: -4 m/s^2) }  // error: is impossible",
        "let d = normal(-4, 0.1) m/s^2\nactor b is sedan { place = at((0 m, 0 m, 0 m)), do brake(at: d) }  // error: which is impossible",
        "actor b is sedan { place = at((0 m, 0 m, 0 m)), do repeat (3) { brake(locked: 1) } }",
    ]) func behavioursFitWhoDoesThem(_ text: String) { DiagnosticTests.verify(text) }

    /// A camera that is open, or read, for longer than from one picture to the next is refused with both times.
    @Test(arguments: [
        ("shutter = 200 ms", "the shutter is open for 200 ms, but c takes a picture every 100 ms | shorten shutter, or give it a rate of at most 5 Hz"),
        ("shutter = 200 ms, rate = 5 Hz", nil),
        ("line_time = 300 us, resolution = (640, 480)", "480 rows of 300 us take 144 ms, but c takes a picture every 100 ms | shorten line_time, or give it a rate of at most 6.94 Hz"),
        ("line_time = 200 us, resolution = (640, 480)", nil),
        (
            "exposure = -20, f_number = 1000, iso = 100, motion_blur = true",
            "exposure, f_number and iso together ask for 2.91271e+08 h, but c takes a picture every 100 ms | raise exposure or iso, or leave iso to the camera"
        ),
        ("exposure = 3, iso = 1600, motion_blur = true", nil),
    ]) func camerasTakeOnePictureAfterTheOther(settings: String, complaint: String?) {
        let loaded = DiagnosticTests.load("rig r { camera c { \(settings) } }\nactor ego is sedan { place = at((0 m, 0 m, 0 m)), carries r }")
        let told = loaded.diagnostics.filter { $0.severity == .error }.map { "\($0.message) | \($0.fix ?? "")" }
        #expect(told.count == (complaint == nil ? 0 : 1) && told.allSatisfy { $0 == complaint }, "\(told)")
    }

    @Test func onlyLanesOfTheRoadCanBeTaken() {
        let text = Self.base.replacing("do follow_lane()", with: "do change_lane(to: town.road(\"1\").lane(-9))")
        #expect(DiagnosticTests.load(text).render().contains("no lane -9 to drive on"))
    }

    @Test func localTimeFollowsLongitudeOrZone() throws {
        let world = "world { place = geo(31.23 deg, 121.47 deg), start = 2026-12-31 at 20:00 UTC }"
        let start = try Self.draw(world).start
        #expect(start.offset == 8 * 3600 && start.year == 2027 && start.month == 1 && start.day == 1 && start.seconds == 4 * 3600)
        let zoned = try Self.draw("world { start = 2026-03-01 at 06:40, zone = 2 h }").start
        #expect(zoned.offset == 7200 && zoned.seconds == 24_000)
    }

    @Test func weatherReachesTheTimeline() throws {
        let weather = try Self.draw(
            """
            weather {
              temperature = -5 degC
              rain { rate = ramp(0 mm/h, 40 mm/h, over: 4 s) }
              fog { visibility = curve([0 s: 600 m, 10 s: 100 m]) + noise(amplitude: 10 m, period: 2 s), height = 12 m }
              sky { cover = 80 % }
              road { drainage = poor, texture = 0.8 mm, water = 2 mm }
            }
            """
        ).weather
        #expect(abs(weather.rainRate.value(at: 2) - 20) < 1e-9)
        #expect(abs(weather.fogVisibility.value(at: 5) - 350) <= 10)
        #expect(abs(weather.temperature.value(at: 0) - 268.15) < 1e-9)
        #expect(weather.fogScaleHeight == 12 && weather.cloudCover.value(at: 0) == 0.8)
        #expect(weather.road.drainagePath > 1 && abs(weather.road.texture - 0.8) < 1e-12 && abs(weather.road.standingWater - 2) < 1e-12)
    }

    @Test func physicsAndSunAreFunctionsOfTheLanguage() throws {
        let extinction = try #require(Evaluator.evaluate("rain_extinction(25 mm/h)").result)
        #expect(extinction.type == .number(.perLength))
        if case .number(let b) = extinction.value { #expect(abs(b - 0.002771) < 5e-7) }
        let sun = try #require(Evaluator.evaluate("sun_elevation(geo(52.52 deg, 13.405 deg), 2026-06-21 at 10:00 UTC)").result)
        if case .number(let e) = sun.value { #expect(abs(e * 180 / .pi - 58.145) < 0.02) }
        #expect(Evaluator.evaluate("stopping_distance(80 km/h, 0.3)").result?.type == .number(.length))
    }
}
