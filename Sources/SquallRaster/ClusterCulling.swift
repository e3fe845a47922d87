import SquallGeometry
import SquallMath

/// View from mesh, split so that float32 stays exact near the eye: p_view = linear (p - pivot) + residual, where pivot is
/// the eye in the mesh frame rounded to floats and residual what the rounding left over.
struct ViewTransform: BitwiseCopyable {
    var x = SIMD3<Float>.zero, y = SIMD3<Float>.zero, z = SIMD3<Float>.zero
    var pivot = SIMD3<Float>.zero
    var residual = SIMD3<Float>.zero
    /// The instance mirrors its mesh: screen winding is reversed.
    var mirrored = false

    /// nil when the instance is squashed flat or not finite.
    init?(_ transform: Affine, _ view: View) {
        guard let inverse = transform.inverse else { return nil }
        let eye = inverse * view.eye
        guard eye.x.isFinite, eye.y.isFinite, eye.z.isFinite else { return nil }
        pivot = SIMD3<Float>(eye)
        residual = SIMD3<Float>(view.rotate(transform * Vec3(pivot) - view.eye))
        x = SIMD3<Float>(view.rotate(transform.x))
        y = SIMD3<Float>(view.rotate(transform.y))
        z = SIMD3<Float>(view.rotate(transform.z))
        mirrored = transform.determinant < 0
        scale = Float(transform.stretch)
    }

    @inline(__always) func callAsFunction(_ p: SIMD3<Float>) -> SIMD3<Float> {
        let q = p - pivot
        return x * q.x + y * q.y + z * q.z + residual
    }
    @inline(__always) func linear(_ v: SIMD3<Float>) -> SIMD3<Float> { x * v.x + y * v.y + z * v.z }
    /// How much a sphere can grow.
    let scale: Float
}

/// A cluster that may be seen, as one line of work for the geometry stage.
struct VisibleCluster: BitwiseCopyable {
    var instance: Int32
    var cluster: UnsafePointer<Cluster>
    /// Its positions are those of the frame, not of the mesh at rest.
    var deformed: Bool
    var material: Int32
    /// Nearest possible distance from the eye, for the front-to-back order.
    var distance: Float
    /// Flags of `Record.material`.
    var flags: Int32
    var doubleSided: Bool
    /// May cross the near plane or the guard band: its triangles are clipped one by one.
    var clipped: Bool
}

/// Finds the clusters of a frame that may be seen and puts them roughly front to back.
struct ClusterCulling {
    static let bucketCount = 1024

    let frustum: [(normal: SIMD3<Float>, offset: Float)]
    let guardBand: [(normal: SIMD3<Float>, offset: Float)]
    let orthographic: Bool

    init(_ view: View) {
        frustum = view.frustum.map { (SIMD3<Float>($0.normal), Float($0.offset)) }
        guardBand = view.guardBand.map { (SIMD3<Float>($0.normal), Float($0.offset)) }
        orthographic = view.orthographic
    }

    @inline(__always)
    private static func outside(_ planes: [(normal: SIMD3<Float>, offset: Float)], _ center: SIMD3<Float>, _ radius: Float) -> Bool {
        for plane in planes where dot(plane.normal, center) + plane.offset < -radius { return true }
        return false
    }
    @inline(__always)
    private static func inside(_ planes: [(normal: SIMD3<Float>, offset: Float)], _ center: SIMD3<Float>, _ radius: Float) -> Bool {
        for plane in planes where dot(plane.normal, center) + plane.offset < radius { return false }
        return true
    }

    /// What one instance offers: its sphere in the mesh frame and its clusters.
    struct Offer {
        var center: SIMD3<Float>
        var radius: Float
        var clusters: UnsafeBufferPointer<Cluster>
        var deformed: Bool
    }

    /// Whether nothing of a sphere in the mesh frame can be seen.
    func misses(_ center: SIMD3<Float>, _ radius: Float, _ transform: ViewTransform) -> Bool {
        Self.outside(frustum, transform(center), radius * (transform.scale * 1.0001) + 1e-4)
    }

    /// Appends the visible clusters of one instance.
    func collect(
        _ instance: MeshInstance, index: Int, _ transform: ViewTransform, _ offer: Offer, _ meshes: PreparedMeshes,
        into list: UnsafeMutablePointer<VisibleCluster>, count: inout Int
    ) {
        let scale = transform.scale * 1.0001
        if misses(offer.center, offer.radius, transform) { return }
        let meshInside = Self.inside(frustum, transform(offer.center), offer.radius * scale)
        let backwards = orthographic ? meshDirection(transform) : .zero
        guard let first = offer.clusters.baseAddress else { return }
        for number in 0..<offer.clusters.count {
            let cluster = first + number
            let material = instance.materialBase + cluster.pointee.slot
            guard material >= 0, material < meshes.surfaceCount else { continue }
            let surface = meshes.surfaces.base[Int(material)]
            let center = transform(cluster.pointee.center)
            let radius = cluster.pointee.radius * scale + 1e-5
            if !meshInside, Self.outside(frustum, center, radius) { continue }
            if !surface.doubleSided, facesAway(cluster.pointee, transform, backwards) { continue }
            list[count] = VisibleCluster(
                instance: Int32(index), cluster: cluster, deformed: offer.deformed, material: material, distance: orthographic ? center.z - radius : center.length - radius,
                flags: surface.flags, doubleSided: surface.doubleSided, clipped: !Self.inside(guardBand, center, radius))
            count += 1
        }
    }

    @inline(__always)
    private func facesAway(_ cluster: Cluster, _ transform: ViewTransform, _ direction: SIMD3<Float>) -> Bool {
        if orthographic { return dot(direction, cluster.axis) >= cluster.cutoff }
        let v = cluster.center - transform.pivot
        return dot(v, cluster.axis) >= cluster.cutoff * v.length + cluster.radius
    }

    /// The viewing direction of a parallel projection in the mesh frame (any length becomes 1).
    private func meshDirection(_ t: ViewTransform) -> SIMD3<Float> {
        // Solves linear d = (0, 0, 1): the columns of the inverse are cross products of the columns over the determinant.
        let d = SIMD3<Float>(cross(t.y, t.z).z, cross(t.z, t.x).z, cross(t.x, t.y).z)
        return (dot(t.x, cross(t.y, t.z)) < 0 ? -d : d).normalized
    }

    /// Counting sort by distance, 16 steps an octave; equal buckets keep their order, so the result is one of a kind.
    static func order(_ list: UnsafeMutablePointer<VisibleCluster>, _ count: Int, into sorted: UnsafeMutablePointer<VisibleCluster>, _ starts: UnsafeMutablePointer<Int32>) {
        starts.update(repeating: 0, count: bucketCount + 1)
        for k in 0..<count { starts[bucket(list[k].distance) + 1] += 1 }
        for k in 0..<bucketCount { starts[k + 1] += starts[k] }
        for k in 0..<count {
            let b = bucket(list[k].distance)
            sorted[Int(starts[b])] = list[k]
            starts[b] += 1
        }
    }

    @inline(__always) private static func bucket(_ distance: Float) -> Int {
        // Exponent and four mantissa bits, from 2^-12 m on.
        let bits = Int(max(distance, 0x1p-12).bitPattern >> 19) - (115 << 4)
        return min(max(bits, 0), bucketCount - 1)
    }
}
