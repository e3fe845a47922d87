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
    /// What it reads of a frame; other labels may be left out. `points` stands for the clouds with their counts.
    static var labels: LabelSelection { get }
    /// What it cannot do without; `points` only where the rig has a lidar.
    static var needs: LabelSelection { get }
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

/// An episode that has been committed: its number and where its files are. Facts are read when asked for: a dataset may hold any number of episodes.
public struct CommittedEpisode: Sendable {
    /// The file of its facts.
    public static let infoName = "episode.json"
    public var index: Int
    public var folder: URL
    public init(index: Int, folder: URL) { (self.index, self.folder) = (index, folder) }

    public var name: String { sixDigits(index) }
    /// - Throws: `Failure` with the code `read-failed`.
    public func info() throws -> EpisodeInfo {
        let url = folder.appendingPathComponent(Self.infoName)
        let info = try DatasetFile.decode(EpisodeInfo.self, from: url)
        if let fault = info.fault {
            throw Failure("read-failed", file: url.path, message: "the file is damaged: \(fault)", fix: "delete its episode and run again with --resume")
        }
        return info
    }
}

/// Every format by name, in the order of the manual.
public enum Exporters {
    public static let names = ["native", "coco", "kitti"]

    /// The names in a comma-separated list.
    public static func list(_ text: String) -> [String] { text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty } }

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

/// 7 -> "000007"
public func sixDigits(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
}
