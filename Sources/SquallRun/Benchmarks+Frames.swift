import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallWorld

/// Labelled frames in memory, on one thread and without encoding: what the sensors themselves cost.
extension Benchmarks {
    /// RGB, ids, depth and both flows of the demo scene's camera, in traffic so dense that 1.5 million triangles stand on the road.
    func motorway() throws -> [Figure] {
        let played = try SceneEpisodes(session: load(demoScene, [("cars", "25"), ("reach", "270 m")]), seed: 7).play(index: 0)
        let capture = EpisodeCapture(played, limits: DetectabilityLimits(), threads: 1, labels: [.instance, .depth, .flow])
        _ = capture.frame(1)
        let count = min(12, played.info.frameCount - 2)
        let before = CPUClock.now()
        for number in 2..<2 + count { _ = capture.frame(number) }
        let spent = CPUClock.now() - before
        return [
            Figure(
                name: "motorway frames in memory", value: Double(count) / spent.cpu, unit: "frames/s/core",
                detail: "1280x720 RGB, ids, depth, both flows; \(played.world.finestTriangleCount) triangles before levels of detail; \(count) frames of the demo scene in dense traffic, one thread")
        ]
    }

    /// What five more cameras cost: frames of a rig of six against frames of its front camera alone, by turns.
    func surround() throws -> [Figure] {
        let played = try SceneEpisodes(session: load(scene("camera/surround.squall")), seed: 7).play(index: 0)
        var alone = played
        alone.info.sensors = Array(played.info.sensors.prefix(1))
        let labels: LabelSelection = [.boxes, .instance, .semantic, .depth, .flow]
        let captures = [played, alone].map { EpisodeCapture($0, limits: DetectabilityLimits(), threads: 1, labels: labels) }
        for capture in captures { _ = capture.frame(1) }
        var times: [[Double]] = [[], []]
        for number in 2..<min(7, played.info.frameCount - 1) {
            for (which, capture) in captures.enumerated() {
                let before = CPUClock.now()
                _ = capture.frame(number)
                times[which].append((CPUClock.now() - before).cpu)
            }
        }
        let (six, one) = (times[0].reduce(0, +), times[1].reduce(0, +))
        return [
            Figure(
                name: "six cameras against one", value: six / max(one, 1e-9), unit: "times",
                detail: "\(times[0].count) frames of \(played.info.sensors.count - 1) cameras, 1600x900, all labels, \(Int(one * 1e3) / max(1, times[1].count)) CPU ms for the front camera alone")
        ]
    }
}

extension World {
    /// Triangles of everything that stands or lies in it, all objects at their finest level.
    var finestTriangleCount: Int {
        let things = objects.reduce(0) { sum, object in sum + (object.levels.first?.pieces.reduce(0) { $0 + meshes[Int($1.mesh)].triangleCount } ?? 0) }
        return things + ground.reduce(0) { $0 + meshes[Int($1.mesh)].triangleCount }
    }
}
