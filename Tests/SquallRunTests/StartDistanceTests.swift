import Foundation
import SquallDiagnostics
import SquallDraw
import SquallDynamics
import SquallLanguage
import SquallMath
import SquallRun
import SquallScene
import SquallWorld
import Testing

/// `distance` means the same before the episode and while it runs.
@Suite struct StartDistanceTests {
    private let catalogue = FileCatalogue(directory: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures").standardizedFileURL.path, library: .builtIn())

    /// Whether a scene of two things at rest can be drawn, and whether its episode meets its requirements.
    private func holds(_ a: String, _ b: String, _ requirement: String) throws -> Bool {
        let text = """
            import "TwoCubes.glb" as cubes
            actor one is \(a), fixed = true }
            actor two is \(b), fixed = true }
            require \(requirement)
            record { duration = 0.1 s, rate = 10 Hz }

            """
        let loaded = SceneSource.load(text: text, file: catalogue.directory + "/pair.squall", catalogue: catalogue)
        // Nothing is random here: what no draw can meet is found when the scene is read.
        if loaded.diagnostics.contains(where: { $0.code == "no-draw-accepted" }) { return false }
        let scene = try #require(loaded.scene, "\(loaded.diagnostics.map(\.message)) in \(text)")
        guard let concrete = try? scene.draw(seed: 0, index: 0, catalogue: catalogue) else { return false }
        return try Simulation.play(World.build(scene: concrete, catalogue: catalogue), margin: 0).violation == nil
    }

    @Test(
        "start and runtime agree on the distance, and both with geometry",
        arguments: [
            // A car beside a tree's trunk, 0.25 m thick each way: 5 - 0.915 - 0.25.
            ("sedan { place = at((1.33 m, 505 m, 0.3 m))", "tree { place = at((2.66 m, 510 m, 0.3 m))", 3.835),
            // Beside a lamp post 0.1 m thick, whose arm reaches over the car.
            ("sedan { place = at((1.33 m, 505 m, 0.3 m))", "lamp_post { place = at((2.66 m, 508 m, 0.3 m), heading: -90 deg)", 1.985),
            // Crossing above: 6 m - 1.45 m.
            ("sedan { place = at((0 m, 500 m, 0.3 m))", "guard_rail { place = at((1 m, 500 m, 6.3 m), heading: 90 deg)", 4.55),
            // Beside and above: 3 and 4.
            ("box { place = at((0 m, 500 m, 0.3 m))", "box { place = at((4 m, 500 m, 5.3 m))", 5),
        ])
    func sameMeaning(_ pair: (a: String, b: String, distance: Double)) throws {
        for mode in ["", "always "] {
            #expect(try holds(pair.a, pair.b, "\(mode)distance(one, two) > \(pair.distance - 1e-3) m"), "\(mode)above")
            #expect(try !holds(pair.a, pair.b, "\(mode)distance(one, two) > \(pair.distance + 1e-3) m"), "\(mode)below")
        }
    }

    @Test("an imported shape is where its file has it, at the start too") func importedShape() throws {
        let (a, b) = ("sedan { place = at((0 m, 500 m, 0.3 m))", "cubes { place = at((30 m, 500 m, 9.3 m))")
        let shape = try catalogue.asset("TwoCubes.glb")
        let (low, high) = (shape.center - shape.size / 2, shape.center + shape.size / 2)
        #expect(abs(low.z) > 0.1, "a shape that stands on its origin shows nothing")
        let apart = Vec3(30 + low.x - 3.68, max(0, low.y - 0.915, -0.915 - high.y), 9 + low.z - 1.45).length
        for mode in ["", "always "] {
            #expect(try holds(a, b, "\(mode)distance(one, two) > \(apart - 1e-3) m"), "\(mode)above")
            #expect(try !holds(a, b, "\(mode)distance(one, two) > \(apart + 1e-3) m"), "\(mode)below")
        }
    }
}
