import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames

/// `manifest.json`: everything needed to make the dataset again, and the hash of every episode. Holds no clock and no path of this machine.
public struct Manifest: Codable, Sendable, Equatable {
    public static let fileName = "manifest.json"
    /// In every episode folder: hash, size and path of its files.
    public static let listingName = "files.sha256"

    public struct Input: Codable, Sendable, Equatable {
        /// Relative to the root.
        public var path: String
        public var sha256: String
        public init(path: String, sha256: String) { (self.path, self.sha256) = (path, sha256) }
    }
    public struct Override: Codable, Sendable, Equatable {
        public var name: String
        public var value: String
    }
    public struct Episode: Codable, Sendable, Equatable {
        public var index: Int
        public var split: String
        public var attempt: Int
        public var frames: Int
        /// Of the episode's listing.
        public var sha256: String
    }

    public var dataset: DatasetInfo
    /// `--set` values by name.
    public var overrides: [Override]
    public var inputs: [Input]
    public var episodes: [Episode]
    /// COCO masks are polygons instead of run lengths.
    public var cocoPolygons: Bool
    public var complete: Bool

    /// - Parameter overrides: the last value of a name counts.
    public init(dataset: DatasetInfo, overrides: [(name: String, value: String)], inputs: [Input], cocoPolygons: Bool = false) {
        self.dataset = dataset
        let last = Dictionary(overrides.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        self.overrides = last.sorted { $0.key < $1.key }.map { Override(name: $0.key, value: $0.value) }
        (self.inputs, episodes, self.cocoPolygons, complete) = (inputs, [], cocoPolygons, false)
    }

    /// What makes two runs different datasets, in words; nil when one may go on where the other stopped. The number of samples may grow.
    func differenceThatForbidsResume(from other: Manifest) -> String? {
        if dataset.sceneText != other.dataset.sceneText {
            let (now, then) = (dataset.sceneFile, other.dataset.sceneFile)
            return now == then ? "it was made from \(then) as it was before it changed" : "it was made from \(then), not from \(now)"
        }
        if dataset.seed != other.dataset.seed { return "its seed is \(other.dataset.seed), not \(dataset.seed)" }
        if overrides != other.overrides { return "its --set values differ" }
        if inputs != other.inputs {
            let changed = (other.inputs + inputs).first { !inputs.contains($0) || !other.inputs.contains($0) }
            return "an imported file has changed (\(changed?.path ?? "their order"))"
        }
        if dataset.formats != other.dataset.formats { return "its formats are \(other.dataset.formats.joined(separator: ","))" }
        if cocoPolygons != other.cocoPolygons { return "its COCO masks are \(other.cocoPolygons ? "polygons" : "run lengths")" }
        if dataset.limits != other.dataset.limits { return "its detectability limits differ" }
        if dataset.build != other.dataset.build { return "it was made by another build of squall" }
        return nil
    }

    /// The manifest of a finished run.
    func finished(episodes committed: [CommittedEpisode]) throws -> Manifest {
        var copy = self
        copy.episodes = try committed.map { episode in
            let facts = try DatasetFile.decode(Facts.self, from: episode.folder.appendingPathComponent(CommittedEpisode.infoName))
            let listing = try DatasetFile.read(episode.folder.appendingPathComponent(Self.listingName))
            return Episode(index: episode.index, split: facts.split, attempt: facts.attempt, frames: facts.frameCount, sha256: SHA256.hexDigest(of: listing))
        }
        copy.dataset.samples = committed.count
        copy.complete = true
        return copy
    }

    /// The little of an episode's facts that the manifest repeats.
    private struct Facts: Decodable {
        var split: String
        var attempt: Int
        var frameCount: Int
    }

    /// Its name while it is written.
    static let unfinished = fileName + ".part"

    func write(to root: URL) throws {
        let url = root.appendingPathComponent(Self.fileName)
        try DatasetFile.write(try DatasetFile.json(self, for: url, pretty: true), to: url, replacing: true)
    }

    /// nil when there is none; `Failure` when it cannot be read.
    public static func read(from root: URL) throws -> Manifest? {
        let url = root.appendingPathComponent(fileName)
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        do { return try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: url)) } catch {
            throw Failure("manifest-unreadable", file: url.path, message: "the manifest cannot be read: \(SystemCause.words(error))", fix: "delete the directory and render again")
        }
    }
}
