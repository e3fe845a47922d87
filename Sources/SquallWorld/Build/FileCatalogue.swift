import Foundation
import SquallDiagnostics
import SquallMath
import SquallScene
import Synchronization

/// Road and asset files as the scene's author names them, each read once.
public final class FileCatalogue: ImportCatalogue {
    public let library: AssetLibrary
    /// Import paths are relative to this: the scene file's directory.
    public let directory: String
    private let networks = Mutex<[String: Result<RoadNetwork, Failure>]>([:])
    private let surfaces = Mutex<[String: RoadMeshes]>([:])

    public init(directory: String, library: AssetLibrary = AssetLibrary()) { (self.directory, self.library) = (directory, library) }

    public func road(_ path: String) throws -> any RoadCatalogue { try network(path) }

    public func asset(_ path: String) throws -> AssetSummary {
        let shape = try shape(path)
        return AssetSummary(size: shape.boxSize, center: shape.boxCenter)
    }

    /// The whole network, for building a world.
    public func network(_ path: String) throws -> RoadNetwork {
        try networks.withLock { known in
            if let result = known[path] { return try result.get() }
            let file = resolved(path)
            let result = Result { () throws(Failure) -> RoadNetwork in
                do { return try RoadNetwork(contentsOf: file) } catch let failure as Failure { throw failure } catch {
                    throw Failure("unreadable-file", file: path, message: "the road file cannot be read: \(error)")
                }
            }
            known[path] = result
            return try result.get()
        }
    }

    /// The network's surfaces, meshed when first asked for: every sample of a scene stands on the same ground.
    func meshes(_ path: String) throws -> RoadMeshes {
        let network = try network(path)
        return surfaces.withLock { known in
            if let meshes = known[path] { return meshes }
            let meshes = network.meshes()
            known[path] = meshes
            return meshes
        }
    }

    func shape(_ path: String) throws -> Asset { try library.asset(contentsOf: resolved(path)) }

    private func resolved(_ path: String) -> String {
        path.hasPrefix("/") ? path : URL(fileURLWithPath: directory, isDirectory: true).appendingPathComponent(path).standardizedFileURL.path
    }
}
