import Foundation
import SquallDiagnostics
import SquallDynamics
import SquallExport
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRays
import SquallScene
import SquallWorld

/// `squall bench`: the figures the project quotes. Never a test: machines differ.
public struct Benchmarks: Sendable {
    /// In the order of a whole run. Memory comes first: the process never gives its peak back.
    public static let names = ["memory", "preview", "raster", "raster4", "street", "raster-threads", "rays", "step", "encode", "motorway", "stages", "surround", "episode"]

    public let data: URL
    public let repetitions: Int
    public let workers: Int

    public init(data: URL, repetitions: Int, workers: Int) { (self.data, self.repetitions, self.workers) = (data, max(1, repetitions), workers) }

    /// - Parameter name: one of `names`, nil for all.
    /// - Throws: `Failure` for an unknown name or missing bench data.
    public func run(_ name: String?) throws -> [Figure] {
        if let name, !Self.names.contains(name) {
            throw Failure(
                "no-benchmark", file: "bench", message: "there is no benchmark '\(name)'",
                fix: NearNames.suggestion(for: name, among: Self.names) ?? "use one of: \(Self.names.joined(separator: ", "))")
        }
        let names = name.map { [$0] } ?? Self.names
        for name in names { try requireData(name) }
        return try names.flatMap(figures)
    }

    /// Benchmarks read what only a checkout holds.
    private func requireData(_ name: String) throws {
        let wanted: [URL]
        switch name {
        case "encode": wanted = []
        case "memory", "preview", "step", "motorway", "episode", "stages": wanted = [demoScene]
        case "surround": wanted = [scene("camera/surround.squall")]
        default: wanted = ["block.glb", "camera_path.json", "lidar.json"].map { data.appendingPathComponent($0) }
        }
        guard let missing = wanted.first(where: { !FileManager.default.fileExists(atPath: $0.path) }) else { return }
        let folder = missing.deletingLastPathComponent()
        throw Failure(
            "no-bench-data", file: folder.path,
            message: "the benchmark '\(name)' reads \(missing.lastPathComponent) in this folder, which is not there: benchmarks need a checkout of the project",
            fix: "run squall bench in the checkout's folder, or give --data CHECKOUT/Scripts/bench-data")
    }

    var demoScene: URL { scene("weather/motorway_downpour.squall") }
    func scene(_ path: String) -> URL { data.appendingPathComponent("../../Scenes/\(path)").standardizedFileURL }

    private func figures(_ name: String) throws -> [Figure] {
        switch name {
        case "preview": return try preview()
        case "raster": return try raster("raster", samples: 1, threads: 1)
        case "raster4": return try raster("raster4", samples: 4, threads: 1)
        case "street": return try shadedStreet()
        case "raster-threads": return try threads()
        case "rays": return try rays()
        case "step": return try step()
        case "encode": return encode()
        case "motorway": return try motorway()
        case "stages": return try stages()
        case "surround": return try surround()
        case "episode": return try episode()
        default: return try memory()
        }
    }

    private func street(samples: Int, threads: Int) throws -> MeshRenderJob.Timing {
        let job = MeshRenderJob(
            file: data.appendingPathComponent("block.glb").path, cameraPath: data.appendingPathComponent("camera_path.json").path, out: nil, samplesPerPixel: samples,
            shadows: false, shading: .referee, frames: nil, workers: threads)
        return try job.run { _, _ in }
    }

    private func raster(_ name: String, samples: Int, threads: Int) throws -> [Figure] {
        let t = try street(samples: samples, threads: threads)
        let detail =
            "RGB, depth, instance, flow at 1280x720, \(samples) sample\(samples == 1 ? "" : "s"), range \(t.cpu_range); "
                + "\(t.id_differences) ids and \(t.depth_differences) depths differ from rays"
        return [Figure(name: name, value: t.cpu_ms, unit: "CPU ms/frame", detail: detail)]
    }

    /// Five pairs, one thread and two by turns, so that a drifting clock rate touches both; the median ratio.
    private func threads() throws -> [Figure] {
        let pairs = try (0..<5).map { _ in (one: try street(samples: 1, threads: 1).wall_ms, two: try street(samples: 1, threads: 2).wall_ms) }
        let ratios = pairs.map { $0.one / $0.two }.sorted()
        let (ones, twos) = (pairs.map(\.one).sorted(), pairs.map(\.two).sorted())
        return [
            Figure(
                name: "raster, two threads against one", value: ratios[2], unit: "times",
                detail: String(format: "median of 5 pairs, %.2f to %.2f; median wall %.1f and %.1f ms/frame", ratios[0], ratios[4], ones[2], twos[2]))
        ]
    }

    private func step() throws -> [Figure] {
        let session = try demo()
        let episodes = SceneEpisodes(session: session, seed: 7)
        let before = CPUClock.now()
        var seconds = 0.0
        for index in 0..<3 { seconds += try episodes.play(index: index).trajectory.end.seconds }
        let spent = CPUClock.now() - before
        return [
            Figure(
                name: "draw, build and step", value: spent.cpu * 1e3 / 3, unit: "CPU ms/episode", detail: "\(seconds / 3) s of the demo scene at 240 Hz, world building included")
        ]
    }

    /// Whole episodes to disk, in the format that needs least and in all of them.
    private func episode() throws -> [Figure] {
        try [["kitti"], Exporters.names].flatMap { formats in
            let before = CPUClock.now()
            var frames = 0
            try render(samples: 2 * workers, formats: formats) { frames = $0 }
            let spent = CPUClock.now() - before
            let name = formats.joined(separator: ", ")
            return [
                Figure(
                    name: "episodes as \(name)", value: Double(frames) / spent.wall, unit: "frames/s",
                    detail: "draw, build, step, render, label, lidar, write: \(frames) frames, \(workers) workers", workers: workers),
                Figure(name: "frame as \(name)", value: spent.cpu * 1e3 / Double(max(1, frames)), unit: "CPU ms", detail: "the same run"),
            ]
        }
    }

    /// One run of 25 episodes, 500 frames, in all formats: the peak after 100 frames, after all, and after merging the formats.
    private func memory() throws -> [Figure] {
        var peaks: [(frames: Int, peak: Double)] = []
        try render(samples: 25, formats: Exporters.names) { peaks.append(($0, CPUClock.peakMemory)) }
        let merged = CPUClock.peakMemory
        guard let early = peaks.last(where: { $0.frames <= 100 }), let late = peaks.last else { return [] }
        let detail = "largest resident size of the process so far, all formats, \(workers) workers"
        return [
            Figure(name: "peak memory, \(early.frames) frames", value: early.peak, unit: "MiB", detail: detail, bar: "peak memory"),
            Figure(name: "peak memory, \(late.frames) frames", value: late.peak, unit: "MiB", detail: detail, bar: "peak memory"),
            Figure(
                name: "memory growth", value: (late.peak / early.peak - 1) * 100, unit: "%",
                detail: "from \(early.frames) to \(late.frames) frames"),
            Figure(name: "peak memory, formats merged", value: merged, unit: "MiB", detail: detail, bar: "peak memory"),
        ]
    }

    /// From the scene file to the picture, in this process.
    private func preview() throws -> [Figure] {
        let picture = FileManager.default.temporaryDirectory.appendingPathComponent("squall-bench-\(ProcessInfo.processInfo.processIdentifier).png")
        defer { try? FileManager.default.removeItem(at: picture) }
        var walls: [Double] = []
        for _ in 0..<repetitions {
            let before = CPUClock.now()
            _ = try PreviewJob(session: try demo(), seed: 7, index: 0, at: 1, sensor: nil, workers: workers).write(to: picture)
            walls.append((CPUClock.now() - before).wall)
        }
        walls.sort()
        return [
            Figure(
                name: "preview", value: walls[walls.count / 2], unit: "s",
                detail: String(format: "median of %d, %.2f to %.2f; demo scene from its file to a picture, %d workers", walls.count, walls[0], walls[walls.count - 1], workers))
        ]
    }

    /// Renders the demo scene into a directory that is removed again.
    /// - Parameter each: told the number of frames done, in rising order.
    private func render(samples: Int, formats: [String], each: @escaping (Int) -> Void) throws {
        let out = FileManager.default.temporaryDirectory.appendingPathComponent("squall-bench-\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: out) }
        let job = RenderJob(
            session: try demo(), seed: 7, samples: Array(0..<samples), out: out, formats: formats, cocoPolygons: false, workers: workers, resume: false, version: "bench")
        let counter = Counter(each)
        try job.run { counter.set($0.framesDone) }
    }

    private func demo() throws -> SceneSession { try load(demoScene) }

    func load(_ scene: URL, _ overrides: [(name: String, value: String)] = []) throws -> SceneSession {
        let (session, diagnostics, _) = SceneSession.load(file: scene.path, root: nil, overrides: overrides)
        guard let session else { throw Failure(diagnostics) }
        return session
    }

    private func encode() -> [Figure] {
        ExportBench.run(rounds: repetitions).map { Figure(name: $0.name, value: $0.milliseconds, unit: "ms", detail: "1280x720") }
    }

    private func rays() throws -> [Figure] {
        let scene = try MeshScene(contentsOf: data.appendingPathComponent("block.glb").path)
        let turns = try LidarPath(contentsOf: data.appendingPathComponent("lidar.json").path).turns(count: 10)
        let result = RayBench.run(meshes: scene.meshes, instances: scene.instances, turns: turns, maximum: 120, repeats: repetitions)
        return [
            Figure(
                name: "first hits, two-level, ids", value: result.raysPerSecond / 1e6, unit: "million/s/core",
                detail: "\(result.rays) rays, \(result.hits) hits; build \(Int(result.buildSeconds * 1e3)) ms, top level \(Int(result.sceneSeconds * 1e3)) ms")
        ]
    }

    /// Progress comes from several workers.
    private final class Counter: @unchecked Sendable {   // guarded by its lock; read by the caller after the run
        private let lock = NSLock()
        private let rise: (Int) -> Void
        private var highest = 0
        init(_ rise: @escaping (Int) -> Void) { self.rise = rise }
        func set(_ n: Int) {
            lock.withLock {
                guard n > highest else { return }
                highest = n
                rise(n)
            }
        }
    }
}
