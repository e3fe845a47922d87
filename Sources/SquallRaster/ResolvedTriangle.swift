import SquallMath

/// A visible triangle with its attributes as planes over the image.
///
/// For a pixel ray d = (dx, dy, 1) in camera axes, 1/z = key . d, and attribute/z = plane . d. The planes come from the
/// unsnapped triangle: with corner v0 and edges e1, e2 in camera axes and N = e1 x e2, they are N, e2 x v0 and v0 x e1 over
/// v0 . N (Moller and Trumbore 1997). Edges are taken in the mesh frame before they are rotated, so far, small triangles keep
/// their shape.
package struct ResolvedTriangle: BitwiseCopyable {
    package var key = SIMD3<Float>.zero
    package var keyMin: Float = 0, keyMax: Float = 0
    package var instance: Int32 = 0, triangle: Int32 = 0, material: Int32 = 0
    /// Index into the motion tables.
    package var motion: Int32 = 0
    /// World axes; each is the component over z.
    package var normalX = SIMD3<Float>.zero, normalY = SIMD3<Float>.zero, normalZ = SIMD3<Float>.zero
    package var geometricNormal = SIMD3<Float>.zero
    /// `|dn/dx|^2 + |dn/dy|^2` of the unit normal over the ray's x and y, times the squared length of the normal's planes there.
    package var bend: Float = 0
    package var u = SIMD3<Float>.zero, v = SIMD3<Float>.zero
    package var tangent = SIMD3<Float>.zero
    package var bitangentSign: Float = 1
}

/// What the resolve needs of an instance besides its view transform.
struct InstanceFrame: BitwiseCopyable {
    /// World from mesh, linear part; and its inverse transpose for normals.
    var x = SIMD3<Float>.zero, y = SIMD3<Float>.zero, z = SIMD3<Float>.zero
    var normalX = SIMD3<Float>.zero, normalY = SIMD3<Float>.zero, normalZ = SIMD3<Float>.zero

    init(_ transform: Affine) {
        (x, y, z) = (SIMD3<Float>(transform.x), SIMD3<Float>(transform.y), SIMD3<Float>(transform.z))
        let d = transform.determinant
        normalX = SIMD3<Float>(cross(transform.y, transform.z) / d)
        normalY = SIMD3<Float>(cross(transform.z, transform.x) / d)
        normalZ = SIMD3<Float>(cross(transform.x, transform.y) / d)
    }

    @inline(__always) func linear(_ v: SIMD3<Float>) -> SIMD3<Float> { x * v.x + y * v.y + z * v.z }
    /// Unit world normal of a mesh normal.
    @inline(__always) func normal(_ n: SIMD3<Float>) -> SIMD3<Float> {
        let w = normalX * n.x + normalY * n.y + normalZ * n.z
        let l = dot(w, w)
        return l > 0 ? w / l.squareRoot() : w
    }
}

/// Reads meshes back for visible records.
struct TriangleResolver {
    let meshes: PreparedMeshes
    let instanceMeshes: UnsafePointer<Int32>
    /// The vertices of each instance's mesh, as they are at this instant.
    let instanceVertices: UnsafePointer<UnsafePointer<PreparedMeshes.Vertex>>
    let transforms: UnsafePointer<ViewTransform>
    let frames: UnsafePointer<InstanceFrame>
    /// Motion of each instance, nil when no flow is asked for; the complement of the motion of its first triangle when each has its own.
    let motionOf: UnsafePointer<Int32>?
    var inputs: ShadeInputs
    let orthographic: Bool

    /// The first of a record's three indices.
    @inline(__always) func corners(_ record: UnsafePointer<Record>) -> UnsafePointer<UInt32> {
        let mesh = meshes.attributes.base + Int(instanceMeshes[Int(record.pointee.instance)])
        return UnsafePointer(meshes.indices.base + (mesh.pointee.firstIndex &+ 3 &* Int(record.pointee.triangle)))
    }
    @inline(__always) func vertices(_ record: UnsafePointer<Record>) -> UnsafePointer<PreparedMeshes.Vertex> {
        instanceVertices[Int(record.pointee.instance)]
    }

    @inline(never)
    func resolve(_ record: UnsafePointer<Record>, into out: UnsafeMutablePointer<ResolvedTriangle>) {
        let instance = Int(record.pointee.instance)
        let mesh = meshes.attributes.base + Int(instanceMeshes[instance])
        let (corners, vertices) = (corners(record), vertices(record))
        let (a, b, c) = (vertices + Int(corners[0]), vertices + Int(corners[1]), vertices + Int(corners[2]))
        let (p0, p1, p2) = (a.pointee.position, b.pointee.position, c.pointee.position)
        let transform = transforms + instance
        let frame = frames + instance
        let v0 = SIMD3<Double>(transform.pointee(p0))
        let e1 = SIMD3<Double>(transform.pointee.linear(p1 - p0)), e2 = SIMD3<Double>(transform.pointee.linear(p2 - p0))
        let normal = cross(e1, e2)
        let scale = dot(v0, normal)
        var planes = (n: SIMD3<Float>.zero, u: SIMD3<Float>.zero, v: SIMD3<Float>.zero)
        if abs(scale) > 1e-30 {
            let inverse = 1 / scale
            planes = (SIMD3<Float>(normal * inverse), SIMD3<Float>(cross(e2, v0) * inverse), SIMD3<Float>(cross(v0, e1) * inverse))
        } else {
            planes.n.z = record.pointee.keyMin
        }
        var result = ResolvedTriangle()
        (result.key, result.keyMin, result.keyMax) = (planes.n, record.pointee.keyMin, record.pointee.keyMax)
        if let motionOf { result.motion = motionOf[instance] >= 0 ? motionOf[instance] : ~motionOf[instance] + record.pointee.triangle }
        if orthographic {
            planes = Self.parallelPlanes(v0, e1, e2)
            (result.key, result.keyMin, result.keyMax) = (planes.n, 1, 1)
        }
        (result.instance, result.triangle, result.material) = (record.pointee.instance, record.pointee.triangle, record.pointee.material & Record.materialMask)

        // Seen from behind when the mesh-space winding, undone for mirrors, faces away.
        let behind = (scale > 0) != transform.pointee.mirrored
        let side: Float = behind ? -1 : 1
        let n0 = frame.pointee.normal(a.pointee.normal) * side
        let d1 = frame.pointee.normal(b.pointee.normal) * side - n0
        let d2 = frame.pointee.normal(c.pointee.normal) * side - n0
        result.normalX = planes.n * n0.x + planes.u * d1.x + planes.v * d2.x
        result.normalY = planes.n * n0.y + planes.u * d1.y + planes.v * d2.y
        result.normalZ = planes.n * n0.z + planes.u * d1.z + planes.v * d2.z
        if inputs.contains(.normalChange) { result.bend = Self.bend(result, along: (n0 * 3 + d1 + d2).normalized) }
        if inputs.contains(.geometricNormal) {
            result.geometricNormal = frame.pointee.normal(cross(p1 - p0, p2 - p0)) * side
        }
        if mesh.pointee.hasTexture, !inputs.isDisjoint(with: [.texture, .tangent]) {
            texture(&result, planes, frame, (p1 - p0, p2 - p0), (a, b, c), n0)
        }
        out.pointee = result
    }

    /// What turns a normal near the unit vector `n`: the parts of its planes' slopes across it; along it they change its length only.
    private static func bend(_ planes: ResolvedTriangle, along n: SIMD3<Float>) -> Float {
        let across = { (slope: SIMD3<Float>) -> Float in
            let along = dot(slope, n)
            return max(0, dot(slope, slope) - along * along)
        }
        return across(SIMD3(planes.normalX.x, planes.normalY.x, planes.normalZ.x)) + across(SIMD3(planes.normalX.y, planes.normalY.y, planes.normalZ.y))
    }

    /// Under parallel rays attributes are affine in the image itself: the divisor is 1 and the planes are barycentric coordinates.
    private static func parallelPlanes(_ v0: Vec3, _ e1: Vec3, _ e2: Vec3) -> (n: SIMD3<Float>, u: SIMD3<Float>, v: SIMD3<Float>) {
        let area = cross(e1.xy, e2.xy)
        let inverse = area == 0 ? 0 : 1 / area
        let u = Vec3(e2.y, -e2.x, cross(e2.xy, v0.xy)) * inverse, v = Vec3(-e1.y, e1.x, -cross(e1.xy, v0.xy)) * inverse
        return (SIMD3(0, 0, 1), SIMD3<Float>(u), SIMD3<Float>(v))
    }

    @inline(__always)
    private func texture(
        _ result: inout ResolvedTriangle, _ planes: (n: SIMD3<Float>, u: SIMD3<Float>, v: SIMD3<Float>), _ frame: UnsafePointer<InstanceFrame>,
        _ edges: (SIMD3<Float>, SIMD3<Float>), _ corners: (UnsafePointer<PreparedMeshes.Vertex>, UnsafePointer<PreparedMeshes.Vertex>, UnsafePointer<PreparedMeshes.Vertex>),
        _ n0: SIMD3<Float>
    ) {
        let (u0, w0) = (corners.0.pointee.u, corners.0.pointee.v)
        let (u1, w1) = (corners.1.pointee.u - u0, corners.1.pointee.v - w0)
        let (u2, w2) = (corners.2.pointee.u - u0, corners.2.pointee.v - w0)
        result.u = planes.n * u0 + planes.u * u1 + planes.v * u2
        result.v = planes.n * w0 + planes.u * w1 + planes.v * w2
        guard inputs.contains(.tangent) else { return }
        // dP/du from e1 = u1 T + w1 B, e2 = u2 T + w2 B.
        let determinant = u1 * w2 - u2 * w1
        guard determinant != 0 else { return }
        let tangent = frame.pointee.linear((edges.0 * w2 - edges.1 * w1) / determinant)
        let bitangent = frame.pointee.linear((edges.1 * u1 - edges.0 * u2) / determinant)
        result.tangent = tangent.normalized
        result.bitangentSign = dot(cross(n0, tangent), bitangent) < 0 ? -1 : 1
    }
}
