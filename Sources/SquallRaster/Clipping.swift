import CSquallKernels
import SquallMath

/// Triangles that cross the near plane or the guard band.
extension GeometryStage {
    /// One triangle at a time against the near plane and the guard band (Sutherland-Hodgman), fanned again into triangles.
    ///
    /// Every crossing is computed from its inner towards its outer corner, so two triangles that share an edge get the same
    /// new corner to the bit and no crack opens between them.
    func setUpClipped(_ entry: UnsafePointer<VisibleCluster>, _ scratch: GeometryScratch, _ records: UnsafeMutablePointer<Record>) -> UnsafeMutablePointer<Record> {
        let cluster = entry.pointee.cluster
        let mirrored = transforms[Int(entry.pointee.instance)].mirrored
        let first = Int(cluster.pointee.firstTriangle)
        let planes = view.guardBand.map { (SIMD3<Float>($0.normal), Float($0.offset)) }
        var out = records
        var polygon: [SIMD3<Float>] = []
        var next: [SIMD3<Float>] = []
        for number in 0..<Int(cluster.pointee.triangleCount) {
            let group = 3 * (first + number & ~7)
            let lane = (first + number) & 7
            func corner(_ k: Int) -> SIMD3<Float> {
                let v = Int(meshes.corners.base[group + 8 * k + lane])
                return SIMD3(scratch.viewX.base[v], scratch.viewY.base[v], scratch.viewZ.base[v])
            }
            polygon = [corner(0), corner(mirrored ? 2 : 1), corner(mirrored ? 1 : 2)]
            for (normal, offset) in planes where !polygon.isEmpty { Self.clip(&polygon, normal, offset, &next) }
            guard polygon.count >= 3 else { continue }
            let triangle = meshes.triangles.base[first + number]
            for k in 1..<(polygon.count - 1) { out = append(polygon[0], polygon[k], polygon[k + 1], triangle, entry, scratch, out) }
        }
        return out
    }

    /// Most triangles one clipped triangle can become: each of five planes adds a corner to three.
    static let largestFan = 6

    private static func clip(_ polygon: inout [SIMD3<Float>], _ normal: SIMD3<Float>, _ offset: Float, _ next: inout [SIMD3<Float>]) {
        next.removeAll(keepingCapacity: true)
        var previous = polygon[polygon.count - 1]
        var before = dot(normal, previous) + offset
        for corner in polygon {
            let here = dot(normal, corner) + offset
            if (before >= 0) != (here >= 0) {
                let (inner, outer, a, b) = before >= 0 ? (previous, corner, before, here) : (corner, previous, here, before)
                next.append(inner + (outer - inner) * (a / (a - b)))
            }
            if here >= 0 { next.append(corner) }
            (previous, before) = (corner, here)
        }
        swap(&polygon, &next)
    }

    private func append(
        _ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>, _ triangle: Int32, _ entry: UnsafePointer<VisibleCluster>, _ scratch: GeometryScratch,
        _ records: UnsafeMutablePointer<Record>
    ) -> UnsafeMutablePointer<Record> {
        let (pa, pb, pc) = (project(a), project(b), project(c))
        return setUpEight(
            TriangleLanes(sqv_splat(pa.x), sqv_splat(pa.y), sqv_splat(pb.x), sqv_splat(pb.y), sqv_splat(pc.x), sqv_splat(pc.y)),
            keys: { (sqv_splat(pa.z), sqv_splat(pb.z), sqv_splat(pc.z)) }, valid: SIMD8(-1, 0, 0, 0, 0, 0, 0, 0), triangles: sqv_splat_i(triangle), entry,
            scratch, records)
    }

    /// Screen position and key; the same arithmetic as the eight-lane transform, so shared corners agree to the bit.
    private func project(_ p: SIMD3<Float>) -> SIMD3<Float> {
        let (x, y, z) = (sqv_splat(p.x), sqv_splat(p.y), sqv_splat(p.z))
        if view.orthographic {
            let range = view.far - view.near
            return SIMD3(
                sqv_fma(x, sqv_splat(Float(view.fx)), sqv_splat(Float(view.cx)))[0], sqv_fma(y, sqv_splat(Float(view.fy)), sqv_splat(Float(view.cy)))[0],
                sqv_fma(z, sqv_splat(Float(-1 / range)), sqv_splat(Float(view.far / range)))[0])
        }
        let key = sqv_splat(1) / z
        return SIMD3(
            sqv_fma(x * sqv_splat(Float(view.fx)), key, sqv_splat(Float(view.cx)))[0],
            sqv_fma(y * sqv_splat(Float(view.fy)), key, sqv_splat(Float(view.cy)))[0], key[0])
    }
}
