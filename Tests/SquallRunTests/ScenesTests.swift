import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallMath
import SquallRaster
import SquallRun
import Testing

/// Every scene of the project can be rendered: it loads, draws, plays, and its pictures show something.
@Suite struct ScenesTests {
    static let scenes: [String] = {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: Checkout.path("Scenes"))) ?? []
        return paths.filter { $0.hasSuffix(".squall") && !$0.split(separator: "/").contains("rigs") }.sorted().map { "Scenes/\($0)" }
    }()

    private static let seed: UInt64 = 7

    @Test("a scene renders, looks like something, and twice the same", arguments: scenes) func renders(scene: String) throws {
        let (loaded, diagnostics, sources) = SceneSession.load(file: Checkout.path(scene), root: nil, overrides: [])
        let session = try #require(loaded, "\(scene): \(DiagnosticRenderer(sources: sources).render(diagnostics))")
        let first = try pictures(session)
        for frame in first {
            let replay = "squall preview \(scene) --seed \(Self.seed) --at \(frame.seconds)s -o picture.png"
            #expect(frame.finite, "a luminance is not finite: \(replay)")
            // An unlit road at night is dark but for one's own beam.
            #expect((15...235).contains(frame.mean), "the mean of the picture is \(frame.mean): \(replay)")
            #expect(frame.deviation > 4, "the picture is all but uniform (\(frame.deviation)): \(replay)")
        }
        let second = try pictures(session, threads: 3)
        for (a, b) in zip(first, second) { #expect(a.hash == b.hash, "two renderings differ: squall preview \(scene) --seed \(Self.seed) --at \(a.seconds)s -o picture.png") }
    }

    @Test("there are scenes to test") func scenesAreFound() { #expect(Self.scenes.count >= 10) }

    /// Pictures, labels, boxes and clouds together: nothing of a frame depends on how many threads took it.
    @Test("a whole frame is the same with one thread and with three") func threadsDoNotMatter() throws {
        let session = try Checkout.session("Scenes/weather/motorway_downpour.squall")
        let digests = try [1, 3].map { threads in
            let played = try SceneEpisodes(session: session, seed: Self.seed, threads: threads, thumbnail: 400).play(index: 1)
            let capture = EpisodeCapture(played, limits: session.limits, threads: threads)
            return [4, 5].map { Self.digest(capture.frame($0)) }
        }
        #expect(digests[0] == digests[1])
        #expect(digests[0][0] != digests[0][1])
    }

    private struct Picture {
        var seconds: Double
        var hash: String
        var mean: Double
        var deviation: Double
        var finite: Bool
    }

    /// The first and the middle frame of every camera.
    private func pictures(_ session: SceneSession, threads: Int = 1) throws -> [Picture] {
        let played = try SceneEpisodes(session: session, seed: Self.seed, threads: threads, thumbnail: 320).play(index: 0)
        let capture = EpisodeCapture(played, limits: session.limits, threads: threads)
        return [0, played.info.frameCount / 2].flatMap { number in
            capture.frameWithTruth(number).cameras.map { camera in
                let values = camera.labels.rgb.pixels.flatMap { [Double($0.r), Double($0.g), Double($0.b)] }
                let mean = values.reduce(0, +) / Double(values.count)
                let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
                let light = camera.radiance
                return Picture(
                    seconds: Double(number) / played.info.rate, hash: Self.digest(camera.labels.rgb.pixels), mean: mean, deviation: square.squareRoot(),
                    finite: [light.red, light.green, light.blue].allSatisfy { $0.allSatisfy { $0.isFinite && $0 >= 0 } })
            }
        }
    }

    private static func digest<Value: BitwiseCopyable>(_ values: [Value]) -> String { SHA256.hexDigest(of: values.withUnsafeBytes { Data($0) }) }

    private static func digest(_ frame: Frame) -> [String] {
        var parts = ["\(frame.objects)", "\(frame.weather)", "\(frame.collisions)", "\(frame.ego)"]
        for camera in frame.cameras {
            parts += [digest(camera.rgb.pixels), digest(camera.depth.pixels), digest(camera.instance.pixels), digest(camera.semantic.pixels), digest(camera.rain.pixels)]
            parts += [digest(camera.flowForward.pixels), digest(camera.flowBackward.pixels), digest(camera.occludedForward.pixels), digest(camera.occludedBackward.pixels)]
            parts += [digest(camera.normals.pixels.map { [$0.x, $0.y, $0.z] }.flatMap(\.self)), "\(camera.objects)"]
        }
        for turn in frame.lidars {
            // Field by field: what fills the gaps of a struct is not defined.
            parts += [digest(turn.points.flatMap { [$0.position.x, $0.position.y, $0.position.z, $0.intensity] }), digest(turn.points.map(\.timeOffset)), "\(turn.objects)"]
            parts.append(digest(turn.points.map { UInt64($0.ring) << 40 | UInt64($0.instance) << 24 | UInt64($0.category) << 16 | UInt64($0.cause) << 8 | UInt64($0.returnIndex) }))
        }
        return parts
    }
}
