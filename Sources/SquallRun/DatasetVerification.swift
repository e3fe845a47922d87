import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames

/// `squall verify`: a dataset against its manifest, and its labels against each other.
public enum DatasetVerification {
    public struct Report: Sendable {
        public var problems: [Diagnostic]
        public var episodes: Int
        public var files: Int
        public var summary: String {
            problems.isEmpty
                ? "\(episodes) episode\(episodes == 1 ? "" : "s"), \(files) file\(files == 1 ? "" : "s"): all well"
                : "\(problems.count) problem\(problems.count == 1 ? "" : "s") in \(episodes) episode\(episodes == 1 ? "" : "s")"
        }
    }

    /// - Throws: `Failure` when the directory is no dataset at all.
    public static func verify(_ root: URL, progress: (_ done: Int, _ total: Int) -> Void) throws -> Report {
        guard let manifest = try Manifest.read(from: root) else {
            throw Failure(
                "no-dataset", file: root.path, message: "there is no \(Manifest.fileName): this is not a Squall dataset", fix: "give the directory that was --out of a render")
        }
        var problems: [Diagnostic] = []
        if !manifest.complete {
            problems.append(Diagnostic(.error, "incomplete", file: root.path, message: "the run that made this dataset did not finish", fix: "render again with --resume"))
        }
        let folder = root.appendingPathComponent("episodes")
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
        let total = names.reduce(0) { sum, name in
            let listing = try? String(contentsOf: folder.appendingPathComponent("\(name)/\(Manifest.listingName)"), encoding: .utf8)
            return sum + (listing?.split(separator: "\n").count ?? 0)
        }
        var done = 0
        for name in names {
            problems += EpisodeVerifier.verify(folder.appendingPathComponent(name), listingName: Manifest.listingName) {
                done += 1
                progress(done, total)
            }
        }
        problems += compare(manifest, folder, names)
        if manifest.complete && problems.isEmpty { problems += try remerge(manifest, root, folder) }
        return Report(problems: problems, episodes: names.count, files: done)
    }

    private static func compare(_ manifest: Manifest, _ folder: URL, _ names: [String]) -> [Diagnostic] {
        guard manifest.complete else { return [] }
        var problems: [Diagnostic] = []
        for episode in manifest.episodes {
            let place = folder.appendingPathComponent(sixDigits(episode.index))
            let listing = try? Data(contentsOf: place.appendingPathComponent(Manifest.listingName))
            if listing.map(SHA256.hexDigest(of:)) != episode.sha256 {
                problems.append(Diagnostic(.error, "episode-changed", file: place.path, message: "the episode is not the one the manifest lists", fix: "render it again"))
            }
        }
        let known = Set(manifest.episodes.map { sixDigits($0.index) })
        for name in names where !known.contains(name) {
            problems.append(
                Diagnostic(
                    .error, "episode-strange", file: folder.appendingPathComponent(name).path, message: "the manifest does not list this episode",
                    fix: "run render with --resume, or remove it"))
        }
        return problems
    }

    /// Merging is pure: each format, merged again from the episodes, must be what stands in its directory.
    private static func remerge(_ manifest: Manifest, _ root: URL, _ folder: URL) throws -> [Diagnostic] {
        let staging = root.appendingPathComponent(".staging")
        clearAbandoned(staging)
        let aside = try makeAside(staging)
        let lock = try FileLock(aside.appendingPathComponent(lockName))
        defer {
            lock.release()
            try? FileManager.default.removeItem(at: aside)
            // Goes only when empty, that is unless a run is at work in it.
            rmdir(staging.path)
        }
        let episodes = manifest.episodes.map { CommittedEpisode(index: $0.index, folder: folder.appendingPathComponent(sixDigits($0.index))) }
        return try manifest.dataset.formats.flatMap { name in
            let target = aside.appendingPathComponent(name)
            try DatasetFile.makeDirectory(target)
            try Exporters.named(name).finish(dataset: manifest.dataset, episodes: episodes, target: target)
            return differences(between: target, and: root.appendingPathComponent(name), format: name)
        }
    }

    /// Held in a scratch folder while its verification lives.
    private static let lockName = ".lock", scratchPrefix = "verify-"

    /// Removes what verifications left that were killed: their locks are free.
    private static func clearAbandoned(_ staging: URL) {
        for name in ((try? FileManager.default.contentsOfDirectory(atPath: staging.path)) ?? []).sorted() where name.hasPrefix(scratchPrefix) {
            let scratch = staging.appendingPathComponent(name)
            guard let lock = try? FileLock(scratch.appendingPathComponent(lockName)) else { continue }
            try? FileManager.default.removeItem(at: scratch)
            lock.release()
        }
    }

    /// A fresh folder on the dataset's own file system, where pictures and clouds are linked, not copied; elsewhere only for a dataset that may not be written.
    private static func makeAside(_ staging: URL) throws -> URL {
        let name = "\(scratchPrefix)\(UUID().uuidString)"
        let near = staging.appendingPathComponent(name)
        if (try? FileManager.default.createDirectory(at: near, withIntermediateDirectories: true)) != nil { return near }
        let far = FileManager.default.temporaryDirectory.appendingPathComponent("squall-\(name)")
        try DatasetFile.makeDirectory(far)
        return far
    }

    private static func differences(between wanted: URL, and found: URL, format: String) -> [Diagnostic] {
        let (a, b) = (files(below: wanted), files(below: found))
        let missing = a.subtracting(b).sorted().map { ("merged-missing", $0, "the file is missing") }
        let strange = b.subtracting(a).sorted().map { ("merged-strange", $0, "the file does not belong to the \(format) format of this dataset") }
        let changed = a.intersection(b).sorted()
            .filter { !FileManager.default.contentsEqual(atPath: wanted.appendingPathComponent($0).path, andPath: found.appendingPathComponent($0).path) }
            .map { ("merged-changed", $0, "the file is not what merging the episodes gives") }
        return (missing + strange + changed).map { code, path, message in
            Diagnostic(.error, code, file: found.appendingPathComponent(path).path, message: message, fix: "run render with --resume: it merges the formats anew")
        }
    }

    private static func files(below url: URL) -> Set<String> {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: url.path)) ?? []
        return Set(paths.filter { path in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: url.appendingPathComponent(path).path, isDirectory: &isFolder)
            return !isFolder.boolValue
        })
    }
}
