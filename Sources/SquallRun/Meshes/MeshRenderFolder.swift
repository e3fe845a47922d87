import Foundation
import SquallDiagnostics

/// The output directory of `squall render-gltf`: pictures grow in `.staging` and take their places when the last one is on the disk,
/// so that a directory without `.staging` holds a whole result.
struct MeshRenderFolder {
    let root: URL
    private let lock: FileLock

    var staging: URL { root.appendingPathComponent(".staging") }

    /// Takes an empty or new directory, or one where an earlier run was stopped.
    /// - Throws: `Failure` when it holds something else, cannot be written or is in use.
    init(_ root: URL) throws {
        self.root = root
        let files = FileManager.default
        if let entries = try? files.contentsOfDirectory(atPath: root.path), entries.contains(where: { $0 != ".staging" }) {
            throw Failure("out-not-empty", file: root.path, message: "the output directory is not empty", fix: "choose an empty or new directory with --out")
        }
        let staging = root.appendingPathComponent(".staging")
        do { try files.createDirectory(at: staging, withIntermediateDirectories: true) } catch {
            throw Failure(
                "out-not-writable", file: root.path, message: "the output directory cannot be made: \(SystemCause.words(error, isMaking: true))",
                fix: "choose a directory you may write to with --out")
        }
        lock = try FileLock(staging.appendingPathComponent(Self.lockName))
        for name in (try? files.contentsOfDirectory(atPath: staging.path)) ?? [] where name != Self.lockName {
            try? files.removeItem(at: staging.appendingPathComponent(name))
        }
    }

    private static let lockName = ".lock"

    /// Flushes what is staged and moves it into place.
    /// - Throws: `Failure` when it cannot be stored; then nothing stays.
    func commit() throws {
        let files = FileManager.default
        var moved: [URL] = []
        do {
            try DatasetFolder.flush(staging)
            for name in try files.contentsOfDirectory(atPath: staging.path).sorted() where name != Self.lockName {
                let place = root.appendingPathComponent(name)
                try files.moveItem(at: staging.appendingPathComponent(name), to: place)
                moved.append(place)
            }
            try DatasetFolder.flush(root)
        } catch {
            for place in moved { try? files.removeItem(at: place) }
            throw Failure(
                "commit-failed", file: root.path, message: "the finished pictures could not be stored: \(SystemCause.words(error))", fix: "free some space and run again")
        }
    }

    /// Removes what is still staged, and lets others in.
    func discard() {
        try? FileManager.default.removeItem(at: staging)
        lock.release()
    }
}
