import SquallGeometry
import SquallMath

/// The geometry half of a render: instances in, records binned by tile out. Owns the memory that is reused from frame to frame.
final class FrameGeometry: @unchecked Sendable {   // one render at a time; workers touch disjoint parts
    /// Shares of a frame for the workers; fixed, so that it never depends on their number.
    static let frameChunks = 16

    let meshes: PreparedMeshes
    let deformed: DeformedMeshes
    private let transforms = Block<ViewTransform>()
    private let frames = Block<InstanceFrame>()
    private let instanceMeshes = Block<Int32>()
    private let instanceVertices = Block<UnsafePointer<PreparedMeshes.Vertex>>()
    private let found = Block<VisibleCluster>()
    private let sorted = Block<VisibleCluster>()
    private let buckets = Block<Int32>(capacity: ClusterCulling.bucketCount + 1)
    private let records = Block<Record>()
    let chunks: [Chunk]
    private var geometryScratch: [GeometryScratch] = []
    private(set) var tileScratch: [TileScratch] = []
    private(set) var tilesAcross = 0, tilesDown = 0
    /// What each worker spent on the tiles of the picture in hand.
    let tileTimes = Block<TileTimes>()

    init(_ meshes: PreparedMeshes, chunks: Int = FrameGeometry.frameChunks) {
        self.meshes = meshes
        deformed = DeformedMeshes(meshes)
        self.chunks = (0..<chunks).map { _ in Chunk() }
    }

    var recordBase: UnsafePointer<Record> { UnsafePointer(records.base) }

    func resolver(_ inputs: ShadeInputs, motionOf: UnsafePointer<Int32>? = nil, orthographic: Bool = false) -> TriangleResolver {
        TriangleResolver(
            meshes: meshes, instanceMeshes: UnsafePointer(instanceMeshes.base), instanceVertices: UnsafePointer(instanceVertices.base), transforms: UnsafePointer(transforms.base),
            frames: UnsafePointer(frames.base), motionOf: motionOf, inputs: inputs, orthographic: orthographic)
    }

    /// Culls, transforms, sets up and bins. `selected` narrows the instances; nil takes all.
    func run(_ instances: [MeshInstance], selected: Range<Int>? = nil, view: View, reach: Int32 = 0, separatesGlass: Bool = false, pool: WorkerPool) {
        while tileScratch.count < pool.workers { tileScratch.append(TileScratch()) }
        while geometryScratch.count < pool.workers { geometryScratch.append(GeometryScratch()) }
        tilesAcross = (view.width + 63) / 64
        tilesDown = (view.height + 63) / 64
        let count = cull(instances, selected ?? 0..<instances.count, view)
        let ranges = split(count, view)
        let stage = GeometryStage(
            view: view, meshes: meshes, deformed: deformed, transforms: UnsafePointer(transforms.base), clusters: UnsafePointer(sorted.base), records: records.base,
            tilesAcross: tilesAcross, tilesDown: tilesDown, reach: reach, separatesGlass: separatesGlass)
        let (chunks, scratch) = (chunks, geometryScratch)
        pool.run(chunks.count) { chunk, worker in stage.run(ranges[chunk], chunks[chunk], scratch[worker]) }
    }

    private func cull(_ instances: [MeshInstance], _ selected: Range<Int>, _ view: View) -> Int {
        transforms.reserve(instances.count)
        frames.reserve(instances.count)
        instanceMeshes.reserve(instances.count)
        instanceVertices.reserve(instances.count)
        deformed.begin(instances, selected)
        let culling = ClusterCulling(view)
        var total = 0
        for index in selected where instances[index].mesh >= 0 && instances[index].mesh < meshes.meshCount {
            total += Int(meshes.attributes.base[Int(instances[index].mesh)].clusterCount)
        }
        found.reserve(total)
        sorted.reserve(total)
        var count = 0
        for index in selected {
            let instance = instances[index]
            guard instance.mesh >= 0, instance.mesh < meshes.meshCount, let transform = ViewTransform(instance.transform, view) else { continue }
            let before = count
            let (offer, vertices) = offer(instance, transform, culling)
            culling.collect(instance, index: index, transform, offer, meshes, into: found.base, count: &count)
            if count > before {
                instanceVertices.base[index] = vertices
                transforms.base[index] = transform
                frames.base[index] = InstanceFrame(instance.transform)
                instanceMeshes.base[index] = instance.mesh
            }
        }
        ClusterCulling.order(found.base, count, into: sorted.base, buckets.base)
        return count
    }

    /// A bent mesh is worked out only where it may be seen.
    private func offer(
        _ instance: MeshInstance, _ transform: ViewTransform, _ culling: ClusterCulling
    ) -> (offer: ClusterCulling.Offer, vertices: UnsafePointer<PreparedMeshes.Vertex>) {
        let mesh = meshes.attributes.base[Int(instance.mesh)]
        let atRest = UnsafePointer(meshes.vertices.base + mesh.firstVertex)
        if let shape = deformed.shape(of: instance) {
            guard !culling.misses(shape.bounds.center, shape.radius, transform) else {
                return (ClusterCulling.Offer(center: .zero, radius: 0, clusters: UnsafeBufferPointer(start: nil, count: 0), deformed: true), atRest)
            }
            return deformed.add(Int(instance.mesh), shape)
        }
        let clusters = UnsafeBufferPointer(start: UnsafePointer(meshes.clusters.base + Int(mesh.firstCluster)), count: Int(mesh.clusterCount))
        return (ClusterCulling.Offer(center: mesh.center, radius: mesh.radius, clusters: clusters, deformed: false), atRest)
    }

    /// Equal runs of clusters, front to back, each with room for all records it can give.
    private func split(_ count: Int, _ view: View) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var room = 0
        for chunk in 0..<chunks.count {
            let range = (count * chunk / chunks.count)..<(count * (chunk + 1) / chunks.count)
            chunks[chunk].recordBase = room
            for k in range {
                let triangles = Int(sorted.base[k].cluster.pointee.triangleCount)
                room += triangles * (sorted.base[k].clipped ? GeometryStage.largestFan : 1)
            }
            ranges.append(range)
        }
        records.reserve(room)
        return ranges
    }

    /// Records of both bins of a tile, over all chunks.
    func recordCount(tile: Int) -> (opaque: Int, glass: Int) {
        var (opaque, glass) = (0, 0)
        for chunk in chunks {
            let starts = chunk.starts.base + 2 * tile
            opaque += Int(starts[1] - starts[0])
            glass += Int(starts[2] - starts[1])
        }
        return (opaque, glass)
    }
}
