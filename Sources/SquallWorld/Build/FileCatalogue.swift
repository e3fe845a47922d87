import Foundation
import SquallAssets
import SquallDiagnostics
import SquallMath
import SquallRoads
import SquallScene
import Synchronization

/// Road and asset files as the scene's author names them, each read once.
public final class FileCatalogue: ImportCatalogue {
    public let library: AssetLibrary
    /// Import paths are relative to this: the scene file's directory.
    public let directory: String
    private let networks = Mutex<[String: Result<RoadNetwork, Failure>]>([:])
    private let surfaces = Mutex<[String: Ground]>([:])

    /// - Parameter library: the built-in shapes a scene may name (none unless given), and the memory of files read.
    package init(directory: String, library: AssetLibrary = AssetLibrary()) { (self.directory, self.library) = (directory, library) }

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

    /// The network's surfaces, meshed when first asked for. Every sample stands on the same ground while the map is small; of a larger one each gets what
    /// it can see.
    /// - Throws: `Failure` when even that is too much.
    func meshes(_ path: String, around view: GroundView, relief: Relief, roadside: Roadside) throws -> RoadMeshes {
        let network = try network(path).beside(roadside)
        return try surfaces.withLock { known in
            var ground = known[path] ?? Ground(isWhole: network.meshEffort(RoadMeshOptions(), upTo: Self.wholeMap) <= Self.wholeMap)
            let key = GroundKey(view: ground.isWhole ? nil : view, relief: relief, roadside: roadside)
            if let meshes = ground.meshes[key] { return meshes }
            var options = RoadMeshOptions()
            options.relief = relief
            if let view = key.view { (options.center, options.range) = (view.center, view.range) }
            let (effort, limit) = (network.meshEffort(options, upTo: SceneLimit.roadFacets.value), SceneLimit.roadFacets.value)
            guard effort <= limit else {
                throw Failure(
                    "road-facets", file: path, message: "the roads around the scene would take more than \(limit) facets within \(Int(view.range)) m",
                    fix: "shorten the episode, simplify the road marks, or cut the map into smaller files")
            }
            if ground.meshes.count >= Self.views { ground.meshes = [:] }
            let meshes = network.meshes(options)
            ground.meshes[key] = meshes
            known[path] = ground
            return meshes
        }
    }

    /// The ground of one map.
    private struct Ground {
        var isWhole: Bool
        var meshes: [GroundKey: RoadMeshes] = [:]
    }
    /// A view, nil for the whole map, in one shape of country.
    private struct GroundKey: Hashable {
        var view: GroundView?
        var relief: Relief
        var roadside: Roadside
    }
    /// Maps of at most so many facets are meshed as a whole.
    private static let wholeMap = 1_000_000
    /// Views of one map that are kept.
    private static let views = 4

    func shape(_ path: String) throws -> Asset { try library.asset(contentsOf: resolved(path)) }

    private func resolved(_ path: String) -> String {
        path.hasPrefix("/") ? path : URL(fileURLWithPath: directory, isDirectory: true).appendingPathComponent(path).standardizedFileURL.path
    }
}
