import SquallDiagnostics
import SquallDraw
import SquallFrames
import SquallMath
import SquallScene
import Testing

/// A scene needs no text: it can be put together in Swift.
@Suite struct SceneFromSwift {
    private func scene(speed: Expression) -> Scene {
        var scene = Scene()
        scene.title = "from Swift"
        scene.globals = [Scene.Global(name: "rain", isParam: true, value: Expression(.draw(.init(.uniform, [.number(0), .number(1)], factor: 1e-5)), .number(.speed)))]
        let place = Expression(
            .pose(position: Expression(.vector(.number(1, .length), .number(2, .length), .number(0, .length)), .vector(.length)), heading: .number(0.5, .angle)), .place)
        scene.actors = [
            ActorTemplate(
                name: "post", what: Expression(.literal(.archetype("nothing")), .archetype), count: .number(3), properties: [("place", place), ("speed", speed)])
        ]
        return scene
    }

    private let draw = Expression(.draw(.init(.normal, [.number(10), .number(2)])), .number(.speed))

    @Test func isAPureFunctionOfSeedAndIndex() throws {
        let scene = scene(speed: draw)
        let a = try scene.draw(seed: 4, index: 9, catalogue: NoImports())
        let b = try scene.draw(seed: 4, index: 9, catalogue: NoImports())
        #expect(a.actors.map(\.speed) == b.actors.map(\.speed))
        #expect(a.draws == b.draws)
        let other = try scene.draw(seed: 4, index: 10, catalogue: NoImports())
        #expect(a.actors.map(\.speed) != other.actors.map(\.speed))
        #expect(a.actors.map(\.path) == ["post[0]", "post[1]", "post[2]"])
        #expect(Set(a.actors.map(\.speed)).count == 3, "every copy is drawn under its own path")
        #expect(a.actors[0].placement == .ground(Vec2(1, 2), heading: 0.5))
    }

    @Test func anotherParamMovesNoDraw() throws {
        let before = try scene(speed: draw).draw(seed: 1, index: 0, catalogue: NoImports())
        var edited = scene(speed: draw)
        edited.globals.insert(Scene.Global(name: "hour", isParam: true, value: draw), at: 0)
        let after = try edited.draw(seed: 1, index: 0, catalogue: NoImports())
        #expect(before.actors.map(\.speed) == after.actors.map(\.speed))
        #expect(after.draws.count == before.draws.count + 1)
    }

    @Test func requirementsRejectWholeAttempts() throws {
        var scene = scene(speed: draw)
        let rain = Expression(.global("rain"), .number(.speed))
        scene.requirements = [.init(mode: nil, condition: Expression(.arithmetic(.greater, rain, .number(0.9e-5, .speed)), .truth), text: "rain > 32 mm/h")]
        var attempts = 0
        for index in 0..<200 {
            let drawn = try scene.draw(seed: 2, index: index, catalogue: NoImports())
            attempts += drawn.attempt
        }
        // Accepted with probability 0.1: nine rejections on average, standard error 0.67.
        #expect(abs(Double(attempts) / 200 - 9) < 3)
    }

    @Test func impossibleRequirementsEndWithTheirWords() throws {
        var scene = scene(speed: draw)
        scene.requirements = [.init(mode: nil, condition: Expression(.literal(.truth(false)), .truth), text: "1 > 2")]
        let failure = #expect(throws: Failure.self) { try scene.draw(seed: 0, index: 0, catalogue: NoImports()) }
        #expect(failure?.diagnostics.first?.message.contains("'require 1 > 2'") == true)
    }

    @Test func lidarTables() {
        #expect(LidarModel.hdl64e.elevations.count == 64)
        #expect(LidarModel.vlp32c.elevations.count == 32)
        for name in LidarModel.knownNames { #expect(LidarModel.named(name)?.name == name) }
        let vlp = LidarModel.vlp32c.elevations.map { $0 * 180 / .pi }
        #expect(zip(vlp, vlp.dropFirst()).allSatisfy { $0 < $1 })
        #expect(abs(vlp[0] + 25) < 1e-9 && abs(vlp[25] - 5.0 / 3) < 1e-9 && abs(vlp[31] - 15) < 1e-9)
        let hdl = LidarModel.hdl64e.elevations.map { $0 * 180 / .pi }
        #expect(abs(hdl[0] - 2) < 1e-9 && abs(hdl[31] + 8.333) < 1e-3 && abs(hdl[63] + 24.33) < 1e-9)
    }
}

@Suite struct SchemaTests {
    @Test func namesAreUniqueAndDescribed() {
        #expect(Set(Schema.blocks.map(\.kind)).count == Schema.blocks.count)
        for block in Schema.blocks {
            #expect(Set(block.properties.map(\.name)).count == block.properties.count)
            #expect(!block.summary.isEmpty && block.properties.allSatisfy { !$0.summary.isEmpty })
            for property in block.properties {
                if let typical = property.typical, let allowed = property.allowed { #expect(allowed.contains(typical.lowerBound) && allowed.contains(typical.upperBound)) }
            }
        }
        #expect(Set(Schema.actions.map(\.name)).count == Schema.actions.count)
        #expect(Set(NumericFunction.all.map(\.name)).count == NumericFunction.all.count)
        #expect(Schema.labelWords.count == 8 && LabelSelection.all.rawValue == 1 << Schema.labelWords.count - 1)
    }

    @Test func theReferenceNamesEverything() {
        let text = Schema.reference()
        for block in Schema.blocks where !block.isFuture {
            for property in block.properties where !property.isFuture { #expect(text.contains("`\(property.name)`")) }
        }
        for name in ["`rain_extinction(", "`follow_lane`", "`sedan`", "`km`", "`poisson(mean)`"] { #expect(text.contains(name)) }
    }
}
