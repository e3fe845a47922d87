import Foundation

/// A dataset file that grows piece by piece and is never held whole. Knows its hash when it is closed.
///
/// A file that is not closed, because a piece could not be written or the run stopped, is removed.
final class DatasetStream {
    private let target: URL
    private let descriptor: Int32
    private var isOpen = true
    private var pieces = Data()
    private var hash = SHA256()
    private static let pieceBytes = 1 << 18

    /// Makes the file, and directories as needed.
    /// - Throws: `Failure` with the code `write-failed`.
    init(_ target: URL) throws {
        self.target = target
        descriptor = try DatasetFile.create(target)
    }

    deinit {
        guard isOpen else { return }
        // Never a device or a pipe that was named as output.
        if DatasetFile.isRegularFile(descriptor) { unlink(target.path) }
        close(descriptor)
    }

    /// - Throws: `Failure` with the code `write-failed`.
    func append(_ data: Data) throws {
        pieces.append(data)
        if pieces.count >= Self.pieceBytes { try writeOut() }
    }

    func append(_ text: String) throws { try append(Data(text.utf8)) }

    /// Adds another file's bytes.
    /// - Throws: `Failure` with the code `read-failed` or `write-failed`.
    func append(contentsOf source: URL) throws { try DatasetFile.readPieces(of: source, bytes: Self.pieceBytes) { try append($0) } }

    /// Writes what is left.
    /// - Throws: `Failure` with the code `write-failed`.
    func finish() throws -> (digest: String, bytes: Int) {
        try writeOut()
        isOpen = false
        let isFile = DatasetFile.isRegularFile(descriptor)
        if close(descriptor) != 0 {
            let cause = errno
            if isFile { unlink(target.path) }
            throw DatasetFile.failure(target, cause)
        }
        return (hash.hexDigest, hash.count)
    }

    private func writeOut() throws {
        hash.update(pieces)
        let cause = DatasetFile.writeAll(pieces, descriptor)
        pieces.removeAll(keepingCapacity: true)
        if cause != 0 { throw DatasetFile.failure(target, cause) }
    }
}
