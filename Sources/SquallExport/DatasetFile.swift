import Foundation
import SquallDiagnostics

/// Files of a dataset: every error of the file system becomes one `Failure` that names the file, the cause and the way out.
public enum DatasetFile {
    /// Writes a whole file, making directories as needed. A file that could not be written whole is removed.
    /// - Parameter replacing: the file appears by one rename, or the old one stays.
    /// - Throws: `Failure` with the code `write-failed`.
    public static func write(_ data: Data, to target: URL, replacing: Bool = false) throws {
        let path = replacing ? target.path + ".part" : target.path
        let descriptor = try create(target, path: path)
        var cause = writeAll(data, descriptor)
        let isFile = isRegularFile(descriptor)
        if close(descriptor) != 0 && cause == 0 { cause = errno }
        if cause == 0 && replacing && rename(path, target.path) != 0 { cause = errno }
        guard cause == 0 else {
            // Never a device or a pipe that was named as output.
            if isFile { unlink(path) }
            throw failure(target, cause)
        }
    }

    /// Opens an empty file for writing, making directories as needed.
    /// - Parameter path: where to write meanwhile; the target itself when nil.
    /// - Throws: `Failure` with the code `write-failed`.
    static func create(_ target: URL, path: String? = nil) throws -> Int32 {
        try makeDirectory(target.deletingLastPathComponent())
        let descriptor = open(path ?? target.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(target, errno) }
        return descriptor
    }

    /// Hard-links a committed file into a format's directory, or copies it where links are not possible. An old target is replaced, never written through.
    /// - Throws: `Failure` with the code `write-failed` or `read-failed`.
    public static func link(_ source: URL, to target: URL) throws {
        try makeDirectory(target.deletingLastPathComponent())
        if Foundation.link(source.path, target.path) != 0 { try write(read(source), to: target, replacing: true) }
    }

    /// - Throws: `Failure` with the code `read-failed`.
    public static func read(_ source: URL) throws -> Data {
        do { return try Data(contentsOf: source) } catch { throw unreadable(source, error) }
    }

    /// Reads a file piece by piece.
    /// - Throws: `Failure` with the code `read-failed`, and what `body` throws.
    static func readPieces(of source: URL, bytes: Int = 1 << 18, _ body: (Data) throws -> Void) throws {
        let descriptor = open(source.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(source, POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)) }
        defer { close(descriptor) }
        var piece = Data(count: bytes)
        while true {
            let count = piece.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(source, POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)) }
            if count == 0 { return }
            try body(piece.prefix(count))
        }
    }

    /// Reads a file of JSON lines, one value in memory at a time.
    /// - Throws: `Failure` with the code `read-failed` when the file is missing or is not what it should be, and what `body` throws.
    public static func decodeLines<Value: Decodable>(_ type: Value.Type, from source: URL, _ body: (Value) throws -> Void) throws {
        var rest = Data()
        try readPieces(of: source) { piece in
            var piece = piece
            while let end = piece.firstIndex(of: 0x0A) {
                try body(decode(type, from: rest + piece[..<end], of: source))
                rest.removeAll(keepingCapacity: true)
                piece = piece[(end + 1)...]
            }
            rest.append(piece)
        }
        // A line that does not end was cut off.
        if !rest.isEmpty { throw damaged(source) }
    }

    /// - Throws: `Failure` with the code `write-failed`.
    public static func makeDirectory(_ url: URL) throws {
        do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch { throw failure(url, errno, error) }
    }

    /// Sorted keys and shortest digits: bytes do not depend on hashing.
    /// - Throws: `Failure` with the code `not-a-number` when the value holds a number JSON cannot write.
    public static func json(_ value: some Encodable, for file: URL, pretty: Bool = false) throws -> Data {
        do { return try JSONEncoder.stable(pretty: pretty).encode(value) } catch EncodingError.invalidValue(let found, let context) {
            let place = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw Failure(
                "not-a-number", file: file.path, place: place, message: "the value \(found) cannot be written to JSON",
                fix: "report this scene: no label may be infinite or undefined")
        }
    }

    /// - Throws: `Failure` with the code `read-failed` when the file is missing or is not what it should be.
    public static func decode<Value: Decodable>(_ type: Value.Type, from source: URL) throws -> Value {
        try decode(type, from: read(source), of: source)
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, from data: Data, of source: URL) throws -> Value {
        do { return try JSONDecoder().decode(type, from: data) } catch { throw damaged(source) }
    }

    private static func damaged(_ source: URL) -> Failure {
        Failure(
            "read-failed", file: source.path, message: "the file is damaged: it does not hold what squall wrote there",
            fix: "delete its episode and run again with --resume")
    }

    private static func unreadable(_ source: URL, _ error: any Error) -> Failure {
        Failure(
            "read-failed", file: source.path, message: "the file cannot be read: \(reason(errno, error))",
            fix: "if it was changed or removed, delete its episode and run again with --resume")
    }

    /// 0, or the number of the error.
    static func writeAll(_ data: Data, _ descriptor: Int32) -> Int32 {
        data.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = Foundation.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
                if count > 0 { done += count } else if count == 0 { return ENOSPC } else if errno != EINTR { return errno }
            }
            return 0
        }
    }

    /// Removes a file.
    /// - Throws: `Failure` with the code `write-failed`.
    static func remove(_ target: URL) throws {
        if unlink(target.path) != 0 { throw failure(target, errno) }
    }

    static func isRegularFile(_ descriptor: Int32) -> Bool {
        var facts = stat()
        return fstat(descriptor, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    }

    static func failure(_ target: URL, _ cause: Int32, _ error: (any Error)? = nil) -> Failure {
        let fix =
            switch cause {
            case ENOSPC, EDQUOT: "free some space or choose another --out directory; what was finished is kept, run again with --resume"
            case EACCES, EPERM, EROFS: "choose a directory you may write to with --out"
            default: "choose another --out directory; what was finished is kept, run again with --resume"
            }
        return Failure("write-failed", file: target.path, message: "the file cannot be written: \(reason(cause, error))", fix: fix)
    }

    private static func reason(_ cause: Int32, _ error: (any Error)?) -> String {
        let posix = (error as? CocoaError)?.userInfo[NSUnderlyingErrorKey] as? any Error ?? error
        if let code = (posix as? POSIXError)?.code.rawValue ?? (error == nil ? cause : nil) { return String(cString: strerror(code)).lowercased() }
        return error.map { $0.localizedDescription } ?? "unknown cause"
    }
}

extension JSONEncoder {
    /// Sorted keys, so bytes do not depend on hashing.
    static func stable(pretty: Bool = false) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
