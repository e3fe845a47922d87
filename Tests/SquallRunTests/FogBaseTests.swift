import Foundation
import SquallDynamics
import SquallMath
import SquallRun
import SquallScene
import SquallWeather
import SquallWorld
import Testing

/// The fog is part of the world: it does not climb with the car that looks at it.
@Suite struct FogBaseTests {
    @Test("on a hilly road the layer keeps its height while the ego climbs through it") func layerStays() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        try FileManager.default.copyItem(at: root.appendingPathComponent("Scenes/roads/curves_elevation.xodr"), to: scenes.home.appendingPathComponent("hills.xodr"))
        let text = """
            scene "fog on a hill"
            import "hills.xodr" as hills
            world { road = hills }
            weather { fog { visibility = 80 m, height = 3 m } }
            rig eyes { camera front { resolution = (64, 48), mount = (1.6 m, 0 m, 1.5 m) } }
            actor ego is sedan { place = hills.lane(-1).at(60 m), speed = 20 m/s, carries eyes, do follow_lane() }
            record { duration = 8 s, rate = 1 Hz }
            """
        let session = try scenes.session(text)
        let played = try SceneEpisodes(session: session, seed: 1).play(index: 0)
        let capture = EpisodeCapture(played, limits: session.limits, threads: 1)
        let ego = try #require(played.ego)
        let places = (0..<8).map { played.trajectory.pose(of: ego, at: Ticks(seconds: Double($0))).position }
        let grounds = places.map { played.world.groundHeight($0.xy) }
        let climb = (grounds.max() ?? 0) - (grounds.min() ?? 0)
        #expect(climb > 1, "the road is hilly")
        let media = (0..<8).map { capture.medium(in: played.trajectory.state(at: capture.stamp($0))) }
        #expect(media.allSatisfy { $0.fogBase == media[0].fogBase } && abs(media[0].fogBase - grounds[0]) < 1e-9)
        // The same stretch of air takes the same light in every frame.
        let (a, b) = (places[0] + Vec3(0, 0, 1), places[1] + Vec3(0, 0, 2))
        #expect(media.allSatisfy { $0.transmittance(from: a, to: b) == media[0].transmittance(from: a, to: b) })
        // Where the ground is higher the fog is thinner, by the layer's own law.
        let (low, high) = (places[0].z + 1.5, places[0].z + 1.5 + climb)
        #expect(abs(media[0].fogExtinction(atHeight: low) / media[0].fogExtinction(atHeight: high) - exp(climb / 3)) < 1e-6 * exp(climb / 3))
    }
}
