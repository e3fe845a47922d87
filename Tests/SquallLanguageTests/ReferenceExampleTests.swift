import SquallDiagnostics
import SquallDraw
import SquallLanguage
import SquallMath
import SquallScene
import Testing

/// Every example of the reference page is checked and drawn where the page says it belongs.
@Suite struct ReferenceExampleTests {
    @Test func everySpecialFunctionIsDeclaredOnce() {
        #expect(Schema.specialFunctions.map(\.name).sorted() == Schema.SpecialFunction.Kind.allCases.map(\.rawValue).sorted())
        for function in Schema.specialFunctions where !function.isFuture {
            #expect(!function.summary.isEmpty && function.example.contains(function.name + "("), "\(function.name)")
            #expect(NumericFunction.named(function.name) == nil && DistributionKind(rawValue: function.name) == nil, "\(function.name) is two things")
        }
    }

    /// A scene with a driving ego, a second actor `other`, and the example at its place.
    private func scene(weather: String = "0 mm/h", place: String = "motorway.lane(-1).at(60 m)", inside: String = "") -> SceneSource.Loaded {
        let text = """
            import "../roads/straight_500m.xodr" as motorway
            world { road = motorway }
            weather { rain { rate = \(weather) } }
            rig eyes { camera front {} }
            actor ego is sedan { place = motorway.lane(-2).at(100 m), carries eyes }
            actor other is van { place = \(place), \(inside) }
            """
        return SceneSource.load(text: text, file: repository + "/Scenes/language/reference.squall", root: repository + "/Scenes", catalogue: StraightRoads())
    }

    private func expectDraws(_ loaded: SceneSource.Loaded, _ name: String) throws {
        #expect(loaded.diagnostics.isEmpty, "\(name): \(loaded.render())")
        let scene = try #require(loaded.scene, "\(name): \(loaded.render())")
        for index in 0..<3 { _ = try scene.draw(seed: 7, index: index, catalogue: StraightRoads()) }
    }

    @Test(arguments: Schema.specialFunctions.filter { !$0.isFuture }.map(\.name)) func example(name: String) throws {
        let function = try #require(Schema.specialFunction(name))
        switch function.place {
        case .anywhere:
            let found = Evaluator.evaluate(function.example)
            let result = try #require(found.result, "\(name): \(found.diagnostics)")
            #expect(function.kind == .pick || result.type.description == function.result, "\(name) gives \(result.type.description)")
        case .weather: try expectDraws(scene(weather: function.example), name)
        case .placement: try expectDraws(scene(place: function.example), name)
        case .question:
            // Of the start and of every instant.
            try expectDraws(scene(inside: "require \(function.example)"), name)
            try expectDraws(scene(inside: "require always \(function.example)"), name)
        case .later: try expectDraws(scene(inside: "require always \(function.example)"), name)
        }
    }

    @Test(arguments: Schema.members.indices) func member(index: Int) throws {
        let member = Schema.members[index]
        #expect(member.example.contains("." + member.name))
        if case .number = member.result {
            try expectDraws(scene(inside: "speed = \(member.example)"), member.example)
        } else {
            try expectDraws(scene(place: member.example), member.example)
        }
    }

    @Test(arguments: ActorAttribute.allCases) func attribute(_ attribute: ActorAttribute) throws {
        let loaded = scene(inside: "require ego.\(attribute.rawValue) == ego.\(attribute.rawValue)")
        try expectDraws(loaded, attribute.rawValue)
    }

    /// Every function of numbers can be called with the units its row says, and gives the kind it says.
    @Test(arguments: NumericFunction.all.map(\.name)) func number(name: String) throws {
        let function = try #require(NumericFunction.named(name))
        let given = function.parameters.map { parameter -> String in
            guard case .exactly(let dimension) = parameter.rule, dimension != .none else { return "\(parameter.name): 0.5" }
            let unit = Units.example(of: dimension)
            return "\(parameter.name): 0.5 \(unit.hasPrefix("1/") ? String(unit.dropFirst()) : unit.replacing(" ", with: "*"))"
        }
        let text = function.isVariadic ? "\(name)(2, 3)" : "\(name)(\(given.joined(separator: ", ")))"
        let found = Evaluator.evaluate(text)
        // A half of everything can be impossible (a car without a characteristic speed), but never misunderstood.
        #expect(found.diagnostics.allSatisfy { $0.code == "no-value" }, "\(text): \(found.diagnostics)")
        if let result = found.result, case .exactly(let dimension) = function.result { #expect(result.type == .number(dimension), "\(text)") }
    }

    /// What the table lets behaviours ask is what they can ask.
    @Test(arguments: NumericFunction.all.filter(\.worksAtRuntime).map(\.name)) func runtime(name: String) throws {
        let function = try #require(NumericFunction.named(name))
        let given = function.parameters.map { $0.rule == .root ? "elapsed() * elapsed()" : "elapsed()" }.joined(separator: ", ")
        try expectDraws(scene(inside: "require always \(name)(\(given)) >= 0 s"), name)
    }

    /// The limit the file gives, or infinite: `min` takes care of that.
    @Test func speedLimitOfALane() throws {
        let text = """
            import "../roads/straight_500m.xodr" as town
            world { road = town }
            actor ego is sedan { place = town.road(1).lane(-1).at(20 m), speed = min(130 km/h, ego.lane.speed_limit) }
            """
        for (roads, speed) in [(StraightRoads() as any ImportCatalogue, 100 / 3.6), (ThreeRoads(), 130 / 3.6)] {
            let loaded = SceneSource.load(text: text, file: repository + "/Scenes/language/limit.squall", root: repository + "/Scenes", catalogue: roads)
            let scene = try #require(loaded.scene, "\(loaded.render())")
            #expect(abs(try scene.draw(seed: 1, index: 0, catalogue: roads).actors[0].speed - speed) < 1e-9)
        }
    }

    /// The gap at the start is what it is at every later instant: free length between bumpers, whoever is ahead.
    @Test func gapAtTheStart() throws {
        // 40 m between the origins; a sedan's rear overhang and a van's are their archetypes'.
        for (place, least, most) in [("behind(ego, 40 m)", 30.0, 40.0), ("ahead_of(ego, 40 m)", 30, 40), ("motorway.lane(-1).at(100 m)", 0, 0)] {
            let loaded = scene(place: place, inside: "require gap_to(ego) in \(least) m ... \(most) m")
            try expectDraws(loaded, place)
        }
    }

    /// `network.lane(id)` is on the first road that has such a lane; where others have one too, the author is told.
    @Test func laneOnSeveralRoads() throws {
        func load(_ lane: String) -> SceneSource.Loaded {
            let text = "import \"../roads/straight_500m.xodr\" as town\nworld { road = town }\nactor ego is sedan { place = town.\(lane).at(20 m) }\n"
            return SceneSource.load(text: text, file: repository + "/Scenes/language/several.squall", root: repository + "/Scenes", catalogue: ThreeRoads())
        }
        let loaded = load("lane(-1)")
        #expect(loaded.scene != nil && loaded.diagnostics.map(\.code) == ["several-roads"], "\(loaded.render())")
        #expect(loaded.render().contains("3 roads have a driving lane -1") && loaded.render().contains("town.road(\"7\").lane(-1)"), "\(loaded.render())")
        #expect(load("lane(-2)").render().contains("2 roads have a driving lane -2; this is the one of road 1"))
        #expect(load("road(\"3\").lane(-1)").diagnostics.isEmpty)
    }

    @Test func limitsAreSaid() {
        let page = Schema.reference()
        for limit in SceneLimit.allCases {
            #expect(limit.value > 0 && page.contains("| \(limit.value) | \(limit.summary) |"))
        }
    }
}
