import CSquallSystem
import Foundation
import Logging
import SquallDiagnostics
import SquallExport
import SquallFrames
import Synchronization

/// Renders samples in parallel workers and leaves a dataset behind.
///
/// A worker takes the next sample, captures it frame by frame, and commits the whole episode; memory is one frame a worker.
/// The bytes of the result depend on the source alone: not on the number of workers, nor on kills and resumes between.
public struct Batch: Sendable {
    public var source: any EpisodeSource
    public var dataset: DatasetInfo
    public var formats: [any Exporter]
    public var samples: [Int]
    public var workers: Int
    public var log: Logger
    /// Told after every frame and episode, from any worker.
    public var progress: @Sendable (Progress) -> Void

    public struct Progress: Sendable {
        public var framesDone: Int
        /// An estimate until every episode has been opened.
        public var framesTotal: Int
        public var episodesDone: Int
        public var episodesTotal: Int
    }

    public init(
        source: any EpisodeSource, dataset: DatasetInfo, formats: [any Exporter], samples: [Int], workers: Int, log: Logger = Logger(label: "squall.batch"),
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        (self.source, self.dataset, self.formats, self.samples) = (source, dataset, formats, samples)
        (self.workers, self.log, self.progress) = (max(1, workers), log, progress)
    }

    /// Runs to the end, or throws the first failure by sample order after the other workers have finished what they were at.
    /// Releases the folder's lock in any case.
    public func run(in folder: DatasetFolder) throws {
        defer { folder.release() }
        let ledger = try Ledger(root: folder.root)
        let open = samples.sorted().filter { !folder.isCommitted($0) }
        let tracker = Tracker(total: samples.count, done: samples.count - open.count, report: progress)
        let shared = Shared()
        let work: @Sendable () -> Void = {
            while let position = shared.take(), position < open.count {
                do { try render(open[position], folder, ledger, tracker) } catch { shared.fail(error, at: position) }
                // Episodes differ in size: what one has freed, scattered over the heap, would stay resident under the next.
                sq_return_freed_memory()
            }
        }
        onThreads(min(workers, max(1, open.count)), work)
        if let error = shared.firstError { throw error }
        try folder.finish(dataset: dataset, formats: formats)
    }

    private func render(_ index: Int, _ folder: DatasetFolder, _ ledger: Ledger, _ tracker: Tracker) throws {
        let started = ProcessInfo.processInfo.systemUptime
        let episode = try source.open(index: index)
        tracker.opened(frames: episode.info.frameCount)
        let staged = try folder.stage(index)
        var writers = try formats.map { try $0.begin(episode: episode.info, dataset: dataset, folder: staged) }
        try episode.capture { frame in
            let images = try SharedImages(of: frame, in: staged)
            for i in writers.indices { try writers[i].write(frame, images: images) }
            tracker.frameDone()
        }
        for i in writers.indices { try writers[i].end() }
        try staged.write(json: episode.info, to: CommittedEpisode.infoName, pretty: true)
        try folder.commit(staged, index: index)
        let seconds = ProcessInfo.processInfo.systemUptime - started
        try ledger.record(sample: index, frames: episode.info.frameCount, attempt: episode.info.attempt, seconds: seconds)
        tracker.episodeDone()
        log.debug("sample \(index): \(episode.info.frameCount) frames in \(seconds) s")
    }

    /// Runs `body` on that many threads and waits for all of them.
    private func onThreads(_ count: Int, _ body: @escaping @Sendable () -> Void) {
        let group = DispatchGroup()
        for _ in 0..<count {
            group.enter()
            let thread = Thread {
                body()
                group.leave()
            }
            thread.stackSize = 16 << 20
            thread.start()
        }
        group.wait()
    }

    /// The workers' common counter, and the failure of the earliest sample.
    private final class Shared: Sendable {
        private let state = Mutex<(next: Int, error: (position: Int, error: any Error)?)>((0, nil))

        /// The next position, or nil once something failed.
        func take() -> Int? {
            state.withLock { state in
                guard state.error == nil else { return nil }
                defer { state.next += 1 }
                return state.next
            }
        }
        func fail(_ error: any Error, at position: Int) {
            state.withLock { state in
                if position < state.error?.position ?? .max { state.error = (position, error) }
            }
        }
        var firstError: (any Error)? { state.withLock { $0.error?.error } }
    }

    private final class Tracker: Sendable {
        private struct State {
            var frames = 0
            var opened = 0
            var openedFrames = 0
            var done: Int
        }
        private let state: Mutex<State>
        private let total: Int
        private let skipped: Int
        private let report: @Sendable (Progress) -> Void

        init(total: Int, done: Int, report: @escaping @Sendable (Progress) -> Void) {
            (self.total, skipped, self.report) = (total, done, report)
            state = Mutex(State(done: done))
        }
        func opened(frames: Int) { update { ($0.opened, $0.openedFrames) = ($0.opened + 1, $0.openedFrames + frames) } }
        func frameDone() { update { $0.frames += 1 } }
        func episodeDone() { update { $0.done += 1 } }

        private func update(_ change: (inout State) -> Void) {
            let progress = state.withLock { state in
                change(&state)
                let mean = state.opened > 0 ? Double(state.openedFrames) / Double(state.opened) : 0
                let expected = state.openedFrames + Int(mean * Double(max(0, total - skipped - state.opened)))
                return Progress(framesDone: state.frames, framesTotal: expected, episodesDone: state.done, episodesTotal: total)
            }
            report(progress)
        }
    }
}
