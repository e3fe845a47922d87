import SquallGeometry
import SquallMath

/// The bent meshes of one render: clusters keep their triangles, and get the positions, bounds and cones of the instant.
final class DeformedMeshes: @unchecked Sendable {   // filled before the workers start, then only read
    private let meshes: PreparedMeshes
    private let clusters = Block<Cluster>()
    let x = Block<Float>(), y = Block<Float>(), z = Block<Float>()
    private let vertices = Block<PreparedMeshes.Vertex>()
    private var (clusterCount, pointCount, vertexCount) = (0, 0, 0)

    init(_ meshes: PreparedMeshes) { self.meshes = meshes }

    /// The shape of an instance if it fits its mesh.
    func shape(of instance: MeshInstance) -> DeformedShape? {
        guard let shape = instance.shape, shape.positions.count == meshes.attributes.base[Int(instance.mesh)].vertexCount else { return nil }
        return shape
    }

    /// Makes room for all bent instances of a render. What was there is lost.
    func begin(_ instances: [MeshInstance], _ selected: Range<Int>) {
        (clusterCount, pointCount, vertexCount) = (0, 0, 0)
        var room = (clusters: 0, points: 0, vertices: 0)
        for index in selected where instances[index].shape != nil && instances[index].mesh >= 0 && instances[index].mesh < meshes.meshCount {
            let mesh = meshes.attributes.base[Int(instances[index].mesh)]
            room = (room.clusters + Int(mesh.clusterCount), room.points + mesh.pointCount, room.vertices + mesh.vertexCount)
        }
        clusters.reserve(room.clusters)
        x.reserve(room.points)
        y.reserve(room.points)
        z.reserve(room.points)
        vertices.reserve(room.vertices)
    }

    /// Adds one instance: what culling needs of it, and its vertices for the resolve.
    func add(_ number: Int, _ shape: DeformedShape) -> (offer: ClusterCulling.Offer, vertices: UnsafePointer<PreparedMeshes.Vertex>) {
        let mesh = meshes.attributes.base[number]
        let shift = pointCount - mesh.firstPoint
        for point in mesh.firstPoint..<(mesh.firstPoint + mesh.pointCount) {
            let p = shape.positions[Int(meshes.sources.base[point])]
            (x.base[point + shift], y.base[point + shift], z.base[point + shift]) = (p.x, p.y, p.z)
        }
        let first = clusters.base + clusterCount
        for index in 0..<Int(mesh.clusterCount) {
            var cluster = meshes.clusters.base[Int(mesh.firstCluster) + index]
            cluster.firstVertex += Int32(shift)
            setBounds(&cluster)
            first[index] = cluster
        }
        let own = vertices.base + vertexCount
        for index in 0..<mesh.vertexCount {
            var vertex = meshes.vertices.base[mesh.firstVertex + index]
            let (p, n) = (shape.positions[index], shape.normals[index])
            (vertex.px, vertex.py, vertex.pz, vertex.nx, vertex.ny, vertex.nz) = (p.x, p.y, p.z, n.x, n.y, n.z)
            own[index] = vertex
        }
        clusterCount += Int(mesh.clusterCount)
        pointCount += mesh.pointCount
        vertexCount += mesh.vertexCount
        let offer = ClusterCulling.Offer(
            center: shape.bounds.center, radius: shape.radius, clusters: UnsafeBufferPointer(start: first, count: Int(mesh.clusterCount)), deformed: true)
        return (offer, UnsafePointer(own))
    }

    /// The vertices of every instance's mesh, bent where it bends: what rays that met it resolve from.
    func vertices(of instances: [MeshInstance]) -> Block<UnsafePointer<PreparedMeshes.Vertex>> {
        begin(instances, 0..<instances.count)
        let result = Block<UnsafePointer<PreparedMeshes.Vertex>>(capacity: instances.count)
        for (index, instance) in instances.enumerated() {
            let known = instance.mesh >= 0 && instance.mesh < meshes.meshCount
            result.base[index] = UnsafePointer(meshes.vertices.base + (known ? meshes.attributes.base[Int(instance.mesh)].firstVertex : 0))
            if known, let shape = shape(of: instance) { result.base[index] = add(Int(instance.mesh), shape).vertices }
        }
        return result
    }

    private func setBounds(_ cluster: inout Cluster) {
        let at = { (k: Int) in SIMD3(self.x.base[k], self.y.base[k], self.z.base[k]) }
        let first = Int(cluster.firstVertex)
        let points = (0..<Int(cluster.vertexCount)).lazy.map { at(first + $0) }
        let triangle = Int(cluster.firstTriangle)
        let corners = meshes.corners.base
        let normals = (0..<Int(cluster.triangleCount)).map { index in
            let place = corners + 3 * (triangle + index / 8 * 8) + index % 8
            // Second and third corner are stored swapped.
            let (a, c, b) = (at(first + Int(place[0])), at(first + Int(place[8])), at(first + Int(place[16])))
            return cross(b - a, c - a).normalized
        }
        cluster.setBounds(points, normals)
    }
}
