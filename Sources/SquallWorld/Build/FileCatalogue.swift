import Foundation
import SquallDiagnostics
import SquallMath
import SquallScene

/// Road and asset files as the scene's author names them, each read once.
public final class FileCatalogue: ImportCatalogue {
    public let library: AssetLibrary
    /// Import paths are relative to this: the scene file's directory.
    public let directory: String

    public init(directory: String, library: AssetLibrary = AssetLibrary()) { (self.directory, self.library) = (directory, library) }

    public func road(_ path: String) throws -> any RoadCatalogue { throw Failure("unreadable-file", file: path, message: "road files are not read yet") }

    public func asset(_ path: String) throws -> AssetSummary { AssetSummary(size: try shape(path).boxSize) }

    /// The whole network, for building a world.
    public func network(_ path: String) throws -> RoadNetwork { throw Failure("unreadable-file", file: path, message: "road files are not read yet") }

    func shape(_ path: String) throws -> Asset { try library.asset(contentsOf: resolved(path)) }

    private func resolved(_ path: String) -> String {
        path.hasPrefix("/") ? path : URL(fileURLWithPath: directory, isDirectory: true).appendingPathComponent(path).standardizedFileURL.path
    }
}
