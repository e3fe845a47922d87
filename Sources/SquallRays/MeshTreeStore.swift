import SquallGeometry
import SquallMath
import Synchronization

/// Trees of meshes that several worlds share: cars of one shape. A tree is kept when its mesh is asked for a second time, because most meshes of a
/// world, its ground and its bare copies, never come again. Whoever finds a tree here gets what it would have
/// built itself, so results do not depend on who came first. Safe to share between threads.
public final class MeshTreeStore: Sendable {
    /// A mesh by where its corners lie in memory: a kept tree keeps its mesh, so that nothing else can lie there meanwhile.
    private struct Key: Hashable {
        var positions: UInt
        var indices: UInt
        var traits: [UInt8]
    }
    private struct Kept {
        var trees: [Key: MeshTree] = [:]
        var triangles = 0
        /// Asked for once. Memory of a mesh that is gone may hold another later: that one is then kept a turn too early.
        var seen: Set<Key> = []
    }

    private let kept = Mutex(Kept())
    private let limit: Int

    /// - Parameter limit: triangles that are kept at most, about 100 bytes each; what does not fit is built by everyone who needs it.
    public init(limit: Int = 250_000) { self.limit = limit }
    /// Meshes that are remembered to have been asked for once.
    private static let memory = 20_000

    func tree(_ mesh: Mesh, _ traits: [SurfaceTraits]) -> MeshTree {
        let key = Self.key(mesh, traits)
        if let known = kept.withLock({ $0.trees[key] }), known.mesh.parts == mesh.parts, (known.mesh.skin == nil) == (mesh.skin == nil) { return known }
        let built = MeshTree(mesh, traits)
        kept.withLock { kept in
            guard mesh.triangleCount > 0, kept.trees[key] == nil, kept.triangles + mesh.triangleCount <= limit else { return }
            guard kept.seen.contains(key) else {
                if kept.seen.count >= Self.memory { kept.seen.removeAll() }
                kept.seen.insert(key)
                return
            }
            kept.trees[key] = built
            kept.triangles += mesh.triangleCount
        }
        return built
    }

    private static func key(_ mesh: Mesh, _ traits: [SurfaceTraits]) -> Key {
        Key(
            positions: mesh.positions.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }, indices: mesh.indices.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) },
            traits: traits.map(\.rawValue))
    }
}
