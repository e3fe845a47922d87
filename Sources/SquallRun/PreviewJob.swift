import Foundation
import SquallDiagnostics
import SquallDynamics
import SquallExport
import SquallFrames
import SquallMath

/// `squall preview`: one instant of one sample, everything on one sheet.
public struct PreviewJob: Sendable {
    public let session: SceneSession
    public let seed: UInt64
    public let index: Int
    /// Seconds from the episode's start; the nearest frame is taken.
    public let at: Double
    public let sensor: String?
    public let workers: Int

    public init(session: SceneSession, seed: UInt64, index: Int, at: Double, sensor: String?, workers: Int) {
        (self.session, self.seed, self.index, self.at, self.sensor, self.workers) = (session, seed, index, at, sensor, workers)
    }

    /// - Returns: what went otherwise than the scene asks.
    /// - Throws: `Failure` for an instant outside the episode, an unknown sensor, a rig without sensors, or a file that cannot be written.
    public func write(to url: URL) throws -> [Diagnostic] {
        let played = try SceneEpisodes(session: session, seed: seed, threads: workers).play(index: index)
        let info = played.info
        guard !info.sensors.isEmpty else { throw PlayedEpisode.nothingToSee(session.file) }
        let last = Double(info.frameCount - 1) / info.rate
        let wanted = (at * info.rate).rounded()
        guard at >= 0, wanted < Double(info.frameCount), let nearest = Int(exactly: wanted) else {
            throw Failure(
                "no-instant", file: session.file, message: "the episode has no frame at \(Units.format(at, .time)): its first is at 0 s, its last at \(Units.format(last, .time))",
                fix: "choose --at between 0 s and \(Units.format(last, .time))")
        }
        let cameras = info.sensors.filter { if case .camera = $0.kind { true } else { false } }
        let names = cameras.map(\.name)
        if let sensor, !names.contains(sensor) {
            let near = NearNames.suggestion(for: sensor, among: names)
            throw Failure("no-sensor", file: session.file, message: "the rig has no camera '\(sensor)'", fix: near ?? "use one of: \(names.joined(separator: ", "))")
        }
        let shown = cameras.first { $0.name == sensor } ?? cameras.first
        // The nearest frame on which that camera captures.
        let step = shown.map(info.step) ?? 1
        let number = min((nearest + step / 2) / step, (info.frameCount - 1) / step) * step
        // What a sheet shows.
        let labels: LabelSelection = [.boxes, .instance, .semantic, .depth, .flow, .points]
        let frame = EpisodeCapture(played, limits: session.limits, threads: workers, labels: labels).frame(number)
        let camera = frame.cameras.firstIndex { $0.sensor == shown?.name } ?? 0
        let png = PNG.encode(PreviewSheet.sheet(frame, episode: info, camera: camera))
        do {
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try png.write(to: url, options: .atomic)
        } catch {
            throw Failure("write-failed", file: url.path, message: "the picture could not be written: \(SystemCause.words(error, isMaking: true))", fix: "choose another -o")
        }
        return played.remarks.map { Diagnostic(.warning, "episode-remark", file: session.file, place: "sample \(index), seed \(seed)", message: $0.text) }
    }
}
