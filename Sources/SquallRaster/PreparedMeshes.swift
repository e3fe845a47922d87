import SquallGeometry
import SquallMath
import SquallWorld

/// At most 64 neighbouring triangles of one mesh part, with what is needed to skip them together.
struct Cluster: BitwiseCopyable {
    /// Into the position pools; padded to a multiple of eight.
    var firstVertex: Int32 = 0
    var vertexCount: Int32 = 0
    /// Into the triangle pools; padded to a multiple of eight with empty triangles.
    var firstTriangle: Int32 = 0
    var triangleCount: Int32 = 0
    var slot: Int32 = 0
    /// Bounding sphere in the mesh frame.
    var center = SIMD3<Float>.zero
    var radius: Float = 0
    /// Every triangle is seen from behind where dot(center - eye, axis) >= cutoff |center - eye| + radius; cutoff 2 for never.
    var axis = SIMD3<Float>.zero
    var cutoff: Float = 2
}

/// Everything the rasterizer keeps of the meshes, materials and textures of a world: built once, read by all frames and threads.
public final class PreparedMeshes: @unchecked Sendable {   // immutable after init; the pools are never written again
    /// Raw attribute pools of one mesh, for the resolve.
    struct Attributes: BitwiseCopyable {
        var firstIndex: Int
        var firstVertex: Int
        var hasTexture: Bool
        var firstCluster: Int32
        var clusterCount: Int32
        var center: SIMD3<Float>
        var radius: Float
    }

    /// What the geometry and raster stages need of a material.
    struct Surface: BitwiseCopyable {
        enum Kind: UInt8 { case opaque, masked, glass }
        var kind: Kind
        var doubleSided: Bool
        var threshold: Float
        /// Index into the textures, -1 for none.
        var texture: Int32
    }

    public let meshCount: Int
    public let triangleCount: Int
    public let textures: [Texture]
    let surfaceCount: Int
    let clusters: Block<Cluster>
    let attributes: Block<Attributes>
    let surfaces: Block<Surface>
    /// Cluster-local positions, one array per axis.
    let x: Block<Float>, y: Block<Float>, z: Block<Float>
    /// Corner numbers within the cluster: eight first, eight second, eight third corners per group of eight triangles.
    let corners: Block<UInt8>
    /// The mesh's own number of each clustered triangle.
    let triangles: Block<Int32>
    /// Mesh data as given: three floats per position and normal, two per texture coordinate.
    let indices: Block<UInt32>
    let positions: Block<Float>
    let normals: Block<Float>
    let coordinates: Block<Float>

    public init(meshes: [Mesh], materials: [Material], textures: [Texture] = []) {
        meshCount = meshes.count
        triangleCount = meshes.reduce(0) { $0 + $1.triangleCount }
        self.textures = textures
        surfaceCount = materials.count
        surfaces = Block(materials.map(PreparedMeshes.surface))

        var builder = ClusterBuilder()
        var attributes: [Attributes] = []
        let vertexCount = meshes.reduce(0) { $0 + $1.positions.count }
        indices = Block(capacity: triangleCount * 3)
        positions = Block(capacity: vertexCount * 3)
        normals = Block(capacity: vertexCount * 3)
        coordinates = Block(capacity: vertexCount * 2)
        var (firstIndex, firstVertex) = (0, 0)
        for mesh in meshes {
            let firstCluster = builder.clusters.count
            builder.add(mesh)
            let center = mesh.positions.isEmpty ? .zero : mesh.bounds.center
            let radius = mesh.positions.reduce(Float(0)) { max($0, ($1 - center).length) }
            attributes.append(
                Attributes(
                    firstIndex: firstIndex, firstVertex: firstVertex, hasTexture: !mesh.textureCoordinates.isEmpty, firstCluster: Int32(firstCluster),
                    clusterCount: Int32(builder.clusters.count - firstCluster), center: center, radius: radius * 1.0001))
            for (k, index) in mesh.indices.enumerated() { indices.base[firstIndex + k] = index }
            for (k, p) in mesh.positions.enumerated() {
                let at = 3 * (firstVertex + k)
                (positions.base[at], positions.base[at + 1], positions.base[at + 2]) = (p.x, p.y, p.z)
                let n = mesh.normals[k]
                (normals.base[at], normals.base[at + 1], normals.base[at + 2]) = (n.x, n.y, n.z)
            }
            for (k, t) in mesh.textureCoordinates.enumerated() {
                (coordinates.base[2 * (firstVertex + k)], coordinates.base[2 * (firstVertex + k) + 1]) = (t.x, t.y)
            }
            firstIndex += mesh.indices.count
            firstVertex += mesh.positions.count
        }
        self.attributes = Block(attributes)
        clusters = Block(builder.clusters)
        (x, y, z) = (Block(builder.x), Block(builder.y), Block(builder.z))
        corners = Block(builder.corners)
        triangles = Block(builder.triangles)
    }

    private static func surface(_ material: Material) -> Surface {
        switch material.alpha {
        case .opaque: Surface(kind: .opaque, doubleSided: material.doubleSided, threshold: 0, texture: -1)
        case .mask(let threshold): Surface(kind: .masked, doubleSided: material.doubleSided, threshold: threshold, texture: material.baseColorTexture)
        case .glass: Surface(kind: .glass, doubleSided: material.doubleSided, threshold: 0, texture: -1)
        }
    }
}
