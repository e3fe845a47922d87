// SquallRun: the clock and the batch: draw, step, capture, export, resume.
// Must never know: pixels, syntax. It moves scenes, worlds and frames from module to module.
import SquallFrames

/// Where a batch gets its episodes: pure in the index, safe to call from several threads.
public protocol EpisodeSource: Sendable {
    /// Draws, builds and simulates one sample, ready to give its frames in order. Throws `Failure`.
    func open(index: Int) throws -> OpenEpisode
}

/// One episode about to be captured.
public struct OpenEpisode {
    public var info: EpisodeInfo
    /// Captures frame by frame and hands each on; nothing is kept.
    public var capture: (_ each: (Frame) throws -> Void) throws -> Void

    public init(info: EpisodeInfo, capture: @escaping (_ each: (Frame) throws -> Void) throws -> Void) { (self.info, self.capture) = (info, capture) }
}
