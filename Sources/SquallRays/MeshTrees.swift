import SquallGeometry
import SquallMath
import Synchronization

/// One BVH8 per mesh, shared by every tick, sensor and thread; each is built when the first ray could meet its mesh. A world has many
/// levels of detail that no frame shows.
public final class MeshTrees: Sendable {
    private let meshes: [Mesh]
    /// By mesh and part.
    private let traits: [[SurfaceTraits]]
    private let store: MeshTreeStore?
    private let built: Mutex<[MeshTree?]>
    /// Of nothing: what cannot be hit points here.
    let none = MeshTree(Mesh(positions: [], normals: [], indices: []), [])
    /// Holes of alpha-masked parts.
    let cutOuts: CutOuts
    public var meshCount: Int { meshes.count }

    /// - Parameters:
    ///   - pool: builds every tree at once, in parallel; the trees do not depend on it. nil: each when it is needed.
    ///   - store: where trees of the same meshes may be from before; nil to build all anew.
    ///   - surface: of a mesh part, by mesh index and material slot.
    public init(
        _ meshes: [Mesh], pool: WorkerPool? = nil, store: MeshTreeStore? = nil, surface: (_ mesh: Int, _ slot: Int) -> RaySurface = { _, _ in RaySurface() }
    ) {
        let surfaces = meshes.indices.map { index in meshes[index].parts.map { surface(index, $0.slot) } }
        (self.meshes, self.store) = (meshes, store)
        traits = surfaces.map { $0.map(\.traits) }
        built = Mutex(Array(repeating: nil, count: meshes.count))
        cutOuts = CutOuts(meshes, surfaces)
        if let pool { prepare(Array(meshes.indices), pool: pool) }
    }

    /// Triangles that can be hit: those with finite corners. Builds every tree.
    public var triangleCount: Int {
        prepare(Array(meshes.indices))
        return built.withLock { $0.reduce(0) { $0 + ($1?.triangleCount ?? 0) } }
    }

    /// Builds the trees that rays into these instances need.
    /// - Parameter pool: builds them in parallel; the trees do not depend on it.
    public func prepare(_ instances: [MeshInstance], excluding excluded: UInt16? = nil, pool: WorkerPool? = nil) {
        prepare(instances.filter { excluded != $0.object || $0.object == 0 }.map { Int($0.mesh) }, pool: pool)
    }

    private func prepare(_ numbers: [Int], pool: WorkerPool? = nil) {
        let missing = built.withLock { built in Set(numbers.filter { built.indices.contains($0) && built[$0] == nil }).sorted() }
        guard !missing.isEmpty else { return }
        let build: @Sendable (Int, Int) -> Void = { [self] item, _ in
            let number = missing[item]
            let tree = store?.tree(meshes[number], traits[number]) ?? MeshTree(meshes[number], traits[number])
            built.withLock { if $0[number] == nil { $0[number] = tree } }
        }
        if let pool { pool.run(missing.count, build) } else { for item in missing.indices { build(item, 0) } }
    }

    /// By mesh number: of those prepared.
    func prepared() -> [MeshTree?] { built.withLock { $0 } }
}
