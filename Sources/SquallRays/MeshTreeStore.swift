import SquallGeometry
import SquallMath
import Synchronization

/// Trees of meshes that several worlds share: cars of one shape, the ground of one map. Whoever finds a tree here gets what it would have
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
    }

    private let kept = Mutex(Kept())
    private let limit: Int

    /// - Parameter limit: triangles that are kept at most, about 100 bytes each; what does not fit is built by everyone who needs it.
    public init(limit: Int = 1_000_000) { self.limit = limit }

    func tree(_ mesh: Mesh, _ traits: [SurfaceTraits]) -> MeshTree {
        let key = Self.key(mesh, traits)
        if let known = kept.withLock({ $0.trees[key] }), known.mesh.parts == mesh.parts, (known.mesh.skin == nil) == (mesh.skin == nil) { return known }
        let built = MeshTree(mesh, traits)
        kept.withLock { kept in
            guard mesh.triangleCount > 0, kept.trees[key] == nil, kept.triangles + mesh.triangleCount <= limit else { return }
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
