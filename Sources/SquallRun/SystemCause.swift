import Foundation

/// Why the system refused something, in our words: its own texts name neither the file nor what to do.
public enum SystemCause {
    /// What an error of Foundation or of the system means, without a full stop.
    ///
    /// - Parameter isMaking: a new file or folder was to be made, so that a missing one means its parent.
    public static func words(_ error: any Error, isMaking: Bool = false) -> String {
        if let decoding = error as? DecodingError { return words(decoding) }
        guard let number = number(of: error) else { return "the system gives no cause" }
        switch number {
        case ENOENT: return isMaking ? "nothing can be made in that folder" : "there is no such file"
        case EACCES, EPERM: return "you have no permission"
        case ENOSPC, EDQUOT: return "there is no space left on the disk"
        case EROFS: return "the file system is read-only"
        case ENOTDIR: return "a part of the path is a file, not a folder"
        case EISDIR: return "it is a folder"
        case EEXIST: return "a file of that name is there already"
        case ENAMETOOLONG: return "the name is too long"
        case EMFILE, ENFILE: return "too many files are open"
        case EIO: return "the disk reports an error"
        default: return String(cString: strerror(number)).lowercased()
        }
    }

    /// The system's number for an error, looked for below what Foundation has wrapped it in.
    private static func number(of error: any Error) -> Int32? {
        if let posix = error as? POSIXError { return posix.code.rawValue }
        let wrapped = error as NSError
        if wrapped.domain == NSPOSIXErrorDomain { return Int32(wrapped.code) }
        if let below = wrapped.userInfo[NSUnderlyingErrorKey] as? any Error { return number(of: below) }
        switch (error as? CocoaError)?.code {
        case .fileNoSuchFile?, .fileReadNoSuchFile?: return ENOENT
        case .fileReadNoPermission?, .fileWriteNoPermission?: return EACCES
        case .fileWriteOutOfSpace?: return ENOSPC
        case .fileWriteVolumeReadOnly?: return EROFS
        case .fileWriteFileExists?: return EEXIST
        default: return nil
        }
    }

    private static func words(_ error: DecodingError) -> String {
        func name(_ path: [any CodingKey]) -> String { path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined().trimmingPrefix(".").description }
        switch error {
        case .keyNotFound(let key, let context): return "'\(name(context.codingPath + [key]))' is missing"
        case .valueNotFound(_, let context): return "'\(name(context.codingPath))' has no value"
        case .typeMismatch(_, let context): return context.codingPath.isEmpty ? "it holds something else" : "'\(name(context.codingPath))' is of another kind than it must be"
        case .dataCorrupted(let context): return context.codingPath.isEmpty ? "it is not JSON" : "'\(name(context.codingPath))' has no such value"
        @unknown default: return "it holds something else"
        }
    }
}
