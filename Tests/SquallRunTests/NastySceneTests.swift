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

/// Numbers no world can hold, put into a scene that plays: it is refused with a place, or it plays for a tenth of a second.
@Suite struct NastySceneTests {
    private static let scene = """
        param n = 2
        world { place = geo(50 deg, 10 deg), zone = 1 h }
        weather {
          rain { rate = ramp(0 mm/h, 10 mm/h, over: 2 s) }
          wind { speed = 3 m/s + noise(1 m/s, period: 2 s), from = 20 deg, gust = 1 m/s }
        }
        actor ego is sedan { place = at((0 m, 0 m, 0 m), heading: 10 deg), speed = 10 m/s, do { brake(at: 2 m/s^2), wait(time: 1 s) for 1 s } }
        actor other is van { place = ahead_of(ego, 20 m, left: 1 m), size = (5 m, 2 m, 2 m), speed = normal(8 m/s, 1 m/s), do follow_lane(speed: 9 m/s, headway: 2 s) }
        actor walker is adult * 2 { place = at((5 m, 9 m * index, 1 m)), do repeat n { walk(speed: 1 m/s, path: [(0 m, 0 m, 0 m), (30 m, 4 m, 0 m)]) } }
        require always distance(ego, other) > 0 m
        record { duration = 1 s, rate = 5 Hz }

        """

    @Test func numbersAreRefusedOrPlayed() throws {
        let nasty = ["(0/0)", "(1/0)", "infinity", "1e20", "-1e20", "1e300", "1e-300", "-1", "0", "1e999"]
        let numbers = Self.scene.matches(of: /[0-9]+(?:\.[0-9]+)?(?= (?:m|s|mm|h|deg|Hz)\b)/)
        var (refused, played) = (0, 0)
        let catalogue = FileCatalogue(directory: "/nowhere", library: .builtIn())
        for (which, number) in numbers.enumerated() {
            for (k, value) in nasty.enumerated() {
                var text = Self.scene
                // A unit stands behind literals only; elsewhere it is multiplied on.
                let unit = text[number.range.upperBound...].dropFirst().prefix { $0.isLetter }
                let isLiteral = value.allSatisfy { $0 != "(" && $0 != "i" }
                if isLiteral || unit.isEmpty {
                    text.replaceSubrange(number.range, with: value)
                } else {
                    text.replaceSubrange(number.range, with: "\(value) * 1")
                }
                let loaded = SceneSource.load(text: text, file: "/nowhere/nasty\(which)_\(k).squall", catalogue: catalogue)
                guard let scene = loaded.scene else {
                    #expect(loaded.diagnostics.hasErrors)
                    refused += 1
                    continue
                }
                let world = try World.build(scene: scene.draw(seed: 0, index: 0, catalogue: catalogue), catalogue: catalogue)
                var simulation = try Simulation(world: world)
                let trajectory = simulation.run(until: Ticks(seconds: 0.1))
                for body in trajectory.state(at: trajectory.end).bodies { #expect(body.pose.position.x.isFinite && body.pose.position.z.isFinite, "\(text)") }
                played += 1
            }
        }
        #expect(numbers.count > 20 && refused > 100 && played > 30, "\(numbers.count) numbers, \(refused) refused, \(played) played")
    }
}
