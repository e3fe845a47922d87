// SquallExport: one file per dataset format, PNG writing, contact sheets and pictures of labels.
// Must never know: any renderer, the world, the language. It turns Frames into files.
import Foundation
import SquallDiagnostics
import SquallFrames

/// A dataset format. Streams: a frame is written as soon as it exists, an episode ends in a fragment, and `finish` merges
/// the fragments of all committed episodes purely, in index order. `finish` may run again and gives the same bytes.
public protocol Exporter: Sendable {
    /// The word for `--formats`.
    static var name: String { get }
    /// Starts one episode. Files go below `folder`, a staging directory that is committed as a whole.
    func begin(episode: EpisodeInfo, dataset: DatasetInfo, folder: EpisodeFolder) throws -> any EpisodeExporter
    /// Merges committed episodes, given in index order, into `target`, an empty directory that becomes `<dataset>/<name>`.
    func finish(dataset: DatasetInfo, episodes: [CommittedEpisode], target: URL) throws
}

/// One episode being written in one format.
public protocol EpisodeExporter {
    /// Frames come in order. Encoded camera images are shared between formats: ask `images` for their paths.
    mutating func write(_ frame: Frame, images: SharedImages) throws
    /// Flushes; what `finish` needs is in the episode's folder.
    mutating func end() throws
}

/// An episode that has been committed: its facts and where its files are.
public struct CommittedEpisode: Sendable {
    public var info: EpisodeInfo
    public var folder: URL
    public init(info: EpisodeInfo, folder: URL) { (self.info, self.folder) = (info, folder) }
}

/// Every format by name, in the order of the manual.
public enum Exporters {
    public static let names = ["native", "coco", "kitti"]

    /// - Parameter cocoPolygons: COCO masks as polygons instead of exact RLE.
    /// - Throws: `Failure` for an unknown name.
    public static func named(_ name: String, cocoPolygons: Bool = false) throws -> any Exporter {
        switch name {
        case NativeExporter.name: return NativeExporter()
        case COCOExporter.name: return COCOExporter(polygons: cocoPolygons)
        case KITTIExporter.name: return KITTIExporter()
        default:
            throw Failure("unknown-format", file: "--formats", message: "there is no format '\(name)'", fix: "use one of: \(names.joined(separator: ", "))")
        }
    }
}

/// The staging directory of one episode. Remembers every file written with its hash, for the manifest and `verify`.
public final class EpisodeFolder {
    public let url: URL
    private var digests: [String: (digest: String, bytes: Int)] = [:]

    public init(url: URL) { self.url = url }

    /// Writes a file below the folder, making directories as needed.
    public func write(_ data: Data, to path: String) throws {
        let target = url.appendingPathComponent(path)
        do {
            try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: target)
        } catch {
            throw Failure(
                "write-failed", file: target.path, message: "the file could not be written: \(error.localizedDescription)",
                fix: "free some space or choose another --out directory; what was finished is kept, run again with --resume")
        }
        digests[path] = (SHA256.hexDigest(of: data), data.count)
    }

    /// `<sha256> <bytes> <path>` a line, by path: what `verify` checks.
    public var listing: String {
        digests.sorted { $0.key < $1.key }.map { "\($0.value.digest) \($0.value.bytes) \($0.key)" }.joined(separator: "\n") + "\n"
    }
}

/// Camera pictures encoded once per frame and shared by all formats of an episode.
public struct SharedImages: Sendable {
    /// Path below the episode folder by camera, in the frame's camera order.
    public var paths: [String]

    /// Encodes and stores the RGB picture of every camera of the frame.
    public init(of frame: Frame, in folder: EpisodeFolder) throws {
        paths = []
        for camera in frame.cameras {
            let path = "\(camera.sensor)/rgb/\(sixDigits(frame.index)).png"
            try folder.write(PNG.encode(camera.rgb), to: path)
            paths.append(path)
        }
    }
}

/// 7 -> "000007"
public func sixDigits(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
}

extension JSONEncoder {
    /// Sorted keys, so bytes do not depend on hashing.
    static func stable(pretty: Bool = false) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

/// Hard-links a committed file into a format's directory, or copies it where links are not possible.
func linkOrCopy(_ source: URL, to target: URL) throws {
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    if link(source.path, target.path) != 0 { try FileManager.default.copyItem(at: source, to: target) }
}
