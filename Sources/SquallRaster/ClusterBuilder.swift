import SquallGeometry
import SquallMath

/// Cuts meshes into clusters of at most 64 triangles that lie together: triangles of a part in Morton order of their
/// centroids, then runs. Equal positions become one vertex, so hard edges cost no second transform; in a skinned mesh they stay apart, as
/// they may hang on different bones.
struct ClusterBuilder {
    static let largest = 64

    var clusters: [Cluster] = []
    var x: [Float] = [], y: [Float] = [], z: [Float] = []
    var corners: [UInt8] = []
    var triangles: [Int32] = []
    private var table = [UInt8](repeating: 0, count: 512)
    /// The mesh's own number of each clustered vertex, beside `x`.
    var sources: [Int32] = []

    init() {}

    mutating func add(_ mesh: Mesh) {
        guard mesh.triangleCount > 0 else { return }
        let size = pointwiseMax(mesh.bounds.size, SIMD3(repeating: 1e-9))
        for part in mesh.parts where part.triangleCount > 0 {
            var keyed: [(code: UInt64, triangle: Int)] = []
            keyed.reserveCapacity(part.triangleCount)
            for triangle in part.firstTriangle..<(part.firstTriangle + part.triangleCount) {
                let (a, b, c) = mesh.corners(triangle)
                guard a.x.isFinite, a.y.isFinite, a.z.isFinite, b.x.isFinite, b.y.isFinite, b.z.isFinite, c.x.isFinite, c.y.isFinite, c.z.isFinite,
                    cross(b - a, c - a) != .zero
                else { continue }
                let unit = ((a + b + c) / 3 - mesh.bounds.lower) / size
                keyed.append((Self.morton(unit), triangle))
            }
            keyed.sort { ($0.code, $0.triangle) < ($1.code, $1.triangle) }
            for start in stride(from: 0, to: keyed.count, by: Self.largest) {
                append(mesh, keyed[start..<min(start + Self.largest, keyed.count)].map { $0.triangle }, slot: part.slot)
            }
        }
    }

    private mutating func append(_ mesh: Mesh, _ members: [Int], slot: Int) {
        var cluster = Cluster()
        cluster.firstVertex = Int32(x.count)
        cluster.firstTriangle = Int32(triangles.count)
        cluster.triangleCount = Int32(members.count)
        cluster.slot = Int32(slot)
        var points: [SIMD3<Float>] = []
        points.reserveCapacity(3 * Self.largest)
        // Open addressing: at most 192 points in 512 places, 0 for a free one, else a point's number + 1.
        for k in table.indices { table[k] = 0 }
        var origins: [Int32] = []
        let keepsApart = mesh.skin != nil
        func number(_ p: SIMD3<Float>, _ corner: Int) -> UInt8 {
            let source = Int32(mesh.indices[corner])
            let key = p + SIMD3(repeating: 0)   // -0 becomes 0
            let mixed = key.x.bitPattern &* 0x9E37_79B1 ^ key.y.bitPattern &* 0x85EB_CA77 ^ key.z.bitPattern &* 0xC2B2_AE3D
            var place = Int((mixed ^ mixed >> 15) >> 3 & 511)
            while table[place] != 0 {
                let known = Int(table[place]) - 1
                if points[known] == key, !keepsApart || origins[known] == source { return table[place] - 1 }
                place = (place + 1) & 511
            }
            points.append(key)
            origins.append(source)
            table[place] = UInt8(points.count)
            return UInt8(points.count - 1)
        }
        var numbers: [(UInt8, UInt8, UInt8)] = []
        var normals: [SIMD3<Float>] = []
        for triangle in members {
            let (a, b, c) = mesh.corners(triangle)
            // Second and third corner swap places: counter-clockwise from outside is then positive area with y down.
            numbers.append((number(a, 3 * triangle), number(c, 3 * triangle + 2), number(b, 3 * triangle + 1)))
            normals.append(cross(b - a, c - a).normalized)
        }
        cluster.vertexCount = Int32(points.count)
        cluster.setBounds(points, normals)
        while points.count % 8 != 0 {
            points.append(points[0])
            origins.append(origins[0])
        }
        sources += origins
        for point in points {
            x.append(point.x)
            y.append(point.y)
            z.append(point.z)
        }
        for start in stride(from: 0, to: members.count, by: 8) {
            let group = (start..<(start + 8)).map { $0 < members.count ? numbers[$0] : (0, 0, 0) }
            for three in group { corners.append(three.0) }
            for three in group { corners.append(three.1) }
            for three in group { corners.append(three.2) }
            triangles += (start..<(start + 8)).map { $0 < members.count ? Int32(members[$0]) : -1 }
        }
        clusters.append(cluster)
    }

    /// 63-bit Morton code of a point in the unit cube.
    private static func morton(_ p: SIMD3<Float>) -> UInt64 {
        func spread(_ value: Float) -> UInt64 {
            var v = UInt64((value * 2_097_151).clamped(to: 0...2_097_151))
            v = (v | v << 32) & 0x1f_0000_0000_ffff
            v = (v | v << 16) & 0x1f_0000_ff00_00ff
            v = (v | v << 8) & 0x100f_00f0_0f00_f00f
            v = (v | v << 4) & 0x10c3_0c30_c30c_30c3
            return (v | v << 2) & 0x1249_2492_4924_9249
        }
        return spread(p.x) | spread(p.y) << 1 | spread(p.z) << 2
    }
}

extension Cluster {
    /// Sphere and normal cone. - Parameters: `points` of its vertices; `normals` of its triangles, unit.
    mutating func setBounds(_ points: some Collection<SIMD3<Float>>, _ normals: some Collection<SIMD3<Float>>) {
        var box = BoundingBox.empty
        for p in points { box.insert(p) }
        center = box.center
        radius = points.reduce(Float(0)) { max($0, ($1 - box.center).length) } * 1.0001
        let sum = normals.reduce(SIMD3<Float>.zero, +).normalized
        let lowest = normals.reduce(Float(1)) { min($0, dot(sum, $1)) }
        (axis, cutoff) = (.zero, 2)
        guard sum != .zero, lowest > 0.1 else { return }
        (axis, cutoff) = (sum, (1 - lowest * lowest).squareRoot() + 1e-4)
    }
}
