import Foundation
import SquallDynamics
import SquallFrames
import SquallMath
import SquallRaster
import SquallRoads
import SquallRun
import SquallShading
import SquallWeather
import SquallWorld
import Testing

/// One weather state drives the tyres, the lidar, the camera and the label: one film at one point.
@Suite struct FilmAgreementTests {
    private let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures").standardizedFileURL

    /// A car that drives on a road whose tilt grows: the film differs from lane to lane.
    private func played(_ scenes: SmallScenes) throws -> PlayedEpisode {
        let road = scenes.home.appendingPathComponent("tilt.xodr")
        try? FileManager.default.copyItem(at: fixtures.appendingPathComponent("superelevation_offset.xodr"), to: road)
        let text = """
            scene "tilt"
            import "tilt.xodr" as tilt
            world { road = tilt }
            weather { rain { rate = 50 mm/h } }
            rig eyes {
              camera front { resolution = (96, 64), mount = (1.6 m, 0 m, 1.5 m) }
              lidar top { model = vlp32c, mount = (1 m, 0 m, 1.9 m) }
            }
            actor ego is sedan { place = tilt.lane(-1).at(60 m), speed = 5 m/s, carries eyes }
            actor other is van { place = tilt.lane(1).at(75 m), speed = 4 m/s }
            record { duration = 0.4 s, rate = 5 Hz }

            """
        return try SceneEpisodes(session: scenes.session(text), seed: 1).play(index: 0)
    }

    @Test("the film under the tyres is the lidar's and the shader's there, and the label's") func oneFilm() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let played = try played(scenes)
        let capture = EpisodeCapture(played, limits: DetectabilityLimits(), threads: 1)
        let frame = capture.frame(0)
        let weather = played.trajectory.state(at: .zero).weather
        let ground = capture.ground(under: weather, around: frame.ego.position.xy)
        let simulation = try Simulation(world: played.world)
        var films: [Double] = []
        for (index, object) in played.world.objects.enumerated() where object.archetype == "sedan" || object.archetype == "van" {
            let tyres = try #require(simulation.tyres(of: index))
            for (point, surface) in [tyres.front, tyres.rear] {
                let seen = ground.state(at: point)
                // The map is bilinear between nodes a metre apart.
                #expect(abs(seen.filmDepth - surface.filmDepth) < 0.01 * surface.filmDepth + 0.005, "\(point)")
                let shaded = ground.shadedFilm(at: point, eye: frame.cameras[0].pose.position)
                #expect(abs(shaded - seen.filmDepth) < 1e-4, "\(point)")
                films.append(surface.filmDepth)
            }
        }
        // It is no plain lane: both vehicles have other water, and each its own.
        let plain = surfaceState(weather: weather).filmDepth
        #expect(films.count == 4 && films.allSatisfy { abs($0 - plain) > 0.05 } && abs(films[0] - films[2]) > 0.1, "\(films), plain \(plain)")
        let ego = try #require(played.ego), rear = try #require(simulation.tyres(of: ego)).rear
        #expect(abs(frame.weather.filmDepth - rear.surface.filmDepth) < 1e-3)
        let curve = TyreSet.normalised.curve(on: rear.surface, speed: 50 / 3.6)
        #expect(abs(frame.weather.friction - curve.peak.value) < 1e-3)
    }

    @Test("the film is Gallaway's on the road's own tilt and way of the water") func gallaway() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let played = try played(scenes)
        let ego = try #require(played.ego)
        let rear = try #require(try Simulation(world: played.world).tyres(of: ego)).rear
        // At s = 60 m the road leans by 0.03 rad to the right; its left edge, the high one, is 4.5 m left of the reference line.
        let t = rear.point.y / cos(0.0005 * rear.point.x)
        let expected = WaterFilm.gallaway(rate: 50, texture: 0.5, path: 4.5 - t, slope: tan(0.0005 * rear.point.x))
        #expect(abs(rear.surface.filmDepth - expected) < 0.02 * expected, "\(rear), \(expected)")
    }
}
