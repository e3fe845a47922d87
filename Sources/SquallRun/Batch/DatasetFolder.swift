import CSquallSystem
import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames
import Synchronization

/// A dataset directory on disk: who owns it, what is committed, how an episode becomes committed.
///
/// ```
/// manifest.json          what this is: scene text, seed, formats, build, hashes of every episode
/// episodes/000005/       one committed episode; appears by one rename, complete, or not at all
/// <format>/              merged from the episodes, made anew by every `finish`
/// contact_sheet.png      the dataset at a glance
/// ledger.sqlite          when and how fast; outside the promise of equal bytes
/// .staging, .lock        work in progress
/// ```
public struct DatasetFolder: Sendable {
    public let root: URL
    public let manifest: Manifest
    private let lock: FileLock

    /// Opens a new or existing directory for a run.
    /// - Parameter samples: what the run is to make: says whether anything is left to do.
    /// - Throws: `Failure` when it cannot be written, holds something else, belongs to another scene, seed or build, or is in use.
    public init(root: URL, manifest: Manifest, resume: Bool, samples: [Int] = []) throws {
        self.root = root
        let files = FileManager.default
        do { try files.createDirectory(at: root, withIntermediateDirectories: true) } catch {
            throw Failure(
                "out-not-writable", file: root.path, message: "the output directory cannot be made: \(SystemCause.words(error, isMaking: true))",
                fix: "choose a directory you may write to with --out")
        }
        guard access(root.path, W_OK) == 0 else {
            throw Failure("out-not-writable", file: root.path, message: "the output directory is not writable", fix: "choose another one with --out")
        }
        try Self.checkOwner(root, manifest, resume: resume, samples: samples)
        lock = try FileLock(root.appendingPathComponent(".lock"))
        self.manifest = manifest
        try? files.removeItem(at: staging)
        // First of all what says whose directory this is: a run that ends right here is one to resume.
        try manifest.write(to: root)
        for folder in [staging, episodes] { try files.createDirectory(at: folder, withIntermediateDirectories: true) }
    }

    /// Lets other processes in; the folder is not written after.
    public func release() { lock.release() }

    var staging: URL { root.appendingPathComponent(".staging") }
    var episodes: URL { root.appendingPathComponent("episodes") }

    private static func checkOwner(_ root: URL, _ manifest: Manifest, resume: Bool, samples: [Int]) throws {
        let entries = try FileManager.default.contentsOfDirectory(atPath: root.path).filter { ![".lock", ".staging", Manifest.unfinished].contains($0) }
        guard !entries.isEmpty else { return }
        guard let present = try Manifest.read(from: root) else {
            throw Failure(
                "out-not-empty", file: root.path, message: "the output directory holds files that are not a Squall dataset",
                fix: "choose an empty directory with --out")
        }
        if let difference = manifest.differenceThatForbidsResume(from: present) {
            throw Failure("out-of-another-run", file: root.path, message: "the directory belongs to another run: \(difference)", fix: "choose another --out, or delete it")
        }
        if !resume { throw exists(root, present, samples) }
    }

    /// The directory holds this very dataset: finished, or with something left to do.
    private static func exists(_ root: URL, _ present: Manifest, _ samples: [Int]) -> Failure {
        let there = Set(present.episodes.map(\.index))
        let missing = samples.count { !there.contains($0) }
        let held = "\(there.count) sample\(there.count == 1 ? "" : "s")"
        guard present.complete else {
            return Failure(
                "out-exists", file: root.path, message: "the directory holds this dataset, unfinished", fix: "add --resume to go on where it stopped, or choose another --out")
        }
        guard missing > 0 else {
            return Failure(
                "out-exists", file: root.path, message: "the directory already holds this dataset, complete with \(held): nothing is left to do",
                fix: "look at its contact_sheet.png; to render it again, delete it or choose another --out")
        }
        return Failure(
            "out-exists", file: root.path, message: "the directory holds \(held) of this dataset, and \(missing) more \(missing == 1 ? "is" : "are") wanted",
            fix: "add --resume to render what is missing, or choose another --out")
    }

    public func isCommitted(_ index: Int) -> Bool { Self.isCommitted(index, in: root) }

    static func isCommitted(_ index: Int, in root: URL) -> Bool { FileManager.default.fileExists(atPath: root.appendingPathComponent("episodes/\(sixDigits(index))").path) }

    /// Makes a fresh staging folder for one episode.
    public func stage(_ index: Int) throws -> EpisodeFolder {
        let url = staging.appendingPathComponent(sixDigits(index))
        try? FileManager.default.removeItem(at: url)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return EpisodeFolder(url: url)
    }

    /// Flushes a staged episode to the disk and moves it to its place in one step.
    public func commit(_ folder: EpisodeFolder, index: Int) throws {
        let listing = folder.url.appendingPathComponent(Manifest.listingName)
        do {
            try DatasetFile.write(Data(folder.listing.utf8), to: listing)
            try Self.flush(folder.url)
            try FileManager.default.moveItem(at: folder.url, to: episodes.appendingPathComponent(sixDigits(index)))
            try Self.flush(episodes)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(
                "commit-failed", file: folder.url.path, message: "the finished episode could not be stored: \(SystemCause.words(error))",
                fix: "free some space and run again with --resume")
        }
    }

    /// Asks the kernel to write the file system that holds `url`: what it cannot write shows here.
    static func flush(_ url: URL) throws {
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        if sq_sync_file_system(descriptor) != 0 { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }

    /// Every committed episode, of this and of earlier runs, in index order.
    public func committed() throws -> [CommittedEpisode] {
        let indices = try FileManager.default.contentsOfDirectory(atPath: episodes.path).compactMap { Int($0) }
        return indices.sorted().map { CommittedEpisode(index: $0, folder: episodes.appendingPathComponent(sixDigits($0))) }
    }

    /// Merges every format into place: built aside, then swapped in.
    public func finish(dataset: DatasetInfo, formats: [any Exporter]) throws {
        let committed = try committed()
        for format in formats {
            let name = type(of: format).name
            let aside = staging.appendingPathComponent("finish-\(name)")
            try? FileManager.default.removeItem(at: aside)
            try FileManager.default.createDirectory(at: aside, withIntermediateDirectories: true)
            try format.finish(dataset: dataset, episodes: committed, target: aside)
            let place = root.appendingPathComponent(name)
            try? FileManager.default.removeItem(at: place)
            try FileManager.default.moveItem(at: aside, to: place)
        }
        if let sheet = try ContactSheet.sheet(of: committed, title: "\(dataset.title), seed \(dataset.seed)") {
            try DatasetFile.write(PNG.encode(sheet), to: root.appendingPathComponent("contact_sheet.png"), replacing: true)
        }
        try manifest.finished(episodes: committed).write(to: root)
        try? FileManager.default.removeItem(at: staging)
    }
}

/// An advisory lock, held until released; the kernel drops it when the process dies.
final class FileLock: Sendable {
    private let descriptor: Mutex<Int32?>

    init(_ url: URL) throws {
        let opened = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard opened >= 0, flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let cause = errno
            if opened >= 0 { close(opened) }
            throw Self.failure(url, cause, opened: opened >= 0)
        }
        descriptor = Mutex(opened)
    }

    private static func failure(_ url: URL, _ cause: Int32, opened: Bool) -> Failure {
        let reason = String(cString: strerror(cause)).lowercased()
        if !opened { return Failure("out-not-writable", file: url.path, message: "the lock file cannot be opened: \(reason)", fix: "choose another directory with --out") }
        guard cause == EWOULDBLOCK else {
            return Failure("out-no-locks", file: url.path, message: "the directory cannot be locked: \(reason)", fix: "choose a directory on another file system with --out")
        }
        return Failure(
            "out-in-use", file: url.deletingLastPathComponent().path, message: "another squall process is writing to this directory",
            fix: "wait for it to end, or choose another --out")
    }

    func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }
    deinit { release() }
}
