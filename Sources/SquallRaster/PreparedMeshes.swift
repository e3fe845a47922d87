import SquallFrames
import SquallGeometry
import SquallMath
import SquallAssets

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
        var vertexCount: Int
        var triangleCount: Int
        var hasTexture: Bool
        var firstCluster: Int32
        var clusterCount: Int32
        /// Its run of the cluster-local positions.
        var firstPoint: Int
        var pointCount: Int
        var center: SIMD3<Float>
        var radius: Float
    }

    /// One corner in 32 bytes, so that a visible triangle costs three cache lines.
    struct Vertex: BitwiseCopyable {
        var px: Float, py: Float, pz: Float
        var nx: Float, ny: Float, nz: Float
        var u: Float, v: Float
        @inline(__always) var position: SIMD3<Float> { SIMD3(px, py, pz) }
        @inline(__always) var normal: SIMD3<Float> { SIMD3(nx, ny, nz) }
    }

    /// What the geometry and raster stages need of a material.
    struct Surface: BitwiseCopyable {
        enum Kind: UInt8 { case opaque, masked, glass }
        var kind: Kind
        var doubleSided: Bool
        /// Index into the cutouts, -1 for what is whole.
        var cutout: Int32 = -1

        /// As records carry it.
        var flags: Int32 {
            switch kind {
            case .opaque: 0
            case .masked: Record.masked
            case .glass: Record.glass
            }
        }
    }

    public let meshCount: Int
    public let triangleCount: Int
    public let textures: [Texture]
    let surfaceCount: Int
    let clusters: Block<Cluster>
    let attributes: Block<Attributes>
    let surfaces: Block<Surface>
    let cutouts: Cutouts
    /// Cluster-local positions, one array per axis.
    let x: Block<Float>, y: Block<Float>, z: Block<Float>
    /// The mesh's own number of each cluster-local position.
    let sources: Block<Int32>
    /// Corner numbers within the cluster: eight first, eight second, eight third corners per group of eight triangles.
    let corners: Block<UInt8>
    /// The mesh's own number of each clustered triangle.
    let triangles: Block<Int32>
    /// Mesh data as given; indices count from the mesh's first vertex.
    let indices: Block<UInt32>
    let vertices: Block<Vertex>

    public init(meshes: [Mesh], materials: [Material], textures: [Texture] = []) {
        meshCount = meshes.count
        triangleCount = meshes.reduce(0) { $0 + $1.triangleCount }
        self.textures = textures
        surfaceCount = materials.count
        (surfaces, cutouts) = PreparedMeshes.surfaces(materials, textures)

        var builder = ClusterBuilder()
        var attributes: [Attributes] = []
        let vertexCount = meshes.reduce(0) { $0 + $1.positions.count }
        indices = Block(capacity: triangleCount * 3)
        vertices = Block(capacity: vertexCount)
        var (firstIndex, firstVertex) = (0, 0)
        for mesh in meshes {
            let (firstCluster, firstPoint) = (builder.clusters.count, builder.x.count)
            builder.add(mesh)
            let center = mesh.positions.isEmpty ? .zero : mesh.bounds.center
            let radius = mesh.positions.reduce(Float(0)) { max($0, ($1 - center).length) }
            attributes.append(
                Attributes(
                    firstIndex: firstIndex, firstVertex: firstVertex, vertexCount: mesh.positions.count, triangleCount: mesh.triangleCount,
                    hasTexture: !mesh.textureCoordinates.isEmpty, firstCluster: Int32(firstCluster),
                    clusterCount: Int32(builder.clusters.count - firstCluster), firstPoint: firstPoint, pointCount: builder.x.count - firstPoint, center: center, radius: radius * 1.0001))
            for (k, index) in mesh.indices.enumerated() { indices.base[firstIndex + k] = index }
            for (k, p) in mesh.positions.enumerated() {
                let n = mesh.normals[k]
                let t = mesh.textureCoordinates.isEmpty ? .zero : mesh.textureCoordinates[k]
                vertices.base[firstVertex + k] = Vertex(px: p.x, py: p.y, pz: p.z, nx: n.x, ny: n.y, nz: n.z, u: t.x, v: t.y)
            }
            firstIndex += mesh.indices.count
            firstVertex += mesh.positions.count
        }
        self.attributes = Block(attributes)
        clusters = Block(builder.clusters)
        (x, y, z) = (Block(builder.x), Block(builder.y), Block(builder.z))
        sources = Block(builder.sources)
        corners = Block(builder.corners)
        triangles = Block(builder.triangles)
    }

    /// How many vertices a mesh has; nil when there is no such mesh.
    package func vertexCount(ofMesh mesh: Int32) -> Int? { mesh >= 0 && mesh < meshCount ? attributes.base[Int(mesh)].vertexCount : nil }

    /// A triangle's three vertices, counted from the mesh's first. The triangle must exist.
    package func vertices(ofMesh mesh: Int32, triangle: Int) -> (Int, Int, Int) {
        let index = indices.base + (attributes.base[Int(mesh)].firstIndex + 3 * triangle)
        return (Int(index[0]), Int(index[1]), Int(index[2]))
    }

    private static func surfaces(_ materials: [Material], _ textures: [Texture]) -> (Block<Surface>, Cutouts) {
        var (known, wanted) = ([SIMD2<UInt32>: Int32](), [(texture: Texture, threshold: Float)]())
        let surfaces = materials.map { material -> Surface in
            switch material.alpha {
            case .opaque: return Surface(kind: .opaque, doubleSided: material.doubleSided)
            case .glass: return Surface(kind: .glass, doubleSided: material.doubleSided)
            case .mask(let threshold):
                var surface = Surface(kind: .masked, doubleSided: material.doubleSided)
                let index = Int(material.baseColorTexture)
                guard textures.indices.contains(index), !textures[index].image.pixels.isEmpty else { return surface }
                let key = SIMD2(UInt32(index), threshold.bitPattern)
                surface.cutout = known[key] ?? Int32(wanted.count)
                if known.updateValue(surface.cutout, forKey: key) == nil { wanted.append((textures[index], threshold)) }
                return surface
            }
        }
        return (Block(surfaces), Cutouts(wanted))
    }
}
