import SquallMath

/// Clean edges: a net rounds what is sharper than its grid, so hems and bands are cut from the finished triangles.
extension SurfaceNet {
    /// Keeps what lies ahead of a plane. Two nets of one field and grid, cut along one plane from both sides, meet without a gap.
    /// - Parameters:
    ///   - normal: unit, into what stays.
    ///   - hem: metres that the edge is folded inwards; 0 leaves it open.
    mutating func cut(_ point: Vec3f, _ normal: Vec3f, hem: Float) {
        var height = positions.map { dot($0 - point, normal) }
        var made: [SIMD2<UInt32>: UInt32] = [:]
        var (kept, edges) = ([UInt32](), [(UInt32, UInt32)]())
        for t in stride(from: 0, to: indices.count, by: 3) {
            var polygon: [UInt32] = []
            for k in 0..<3 {
                let (a, b) = (indices[t + k], indices[t + (k + 1) % 3])
                if height[Int(a)] >= 0 { polygon.append(a) }
                guard (height[Int(a)] >= 0) != (height[Int(b)] >= 0) else { continue }
                let key = SIMD2(min(a, b), max(a, b))
                polygon.append(made[key] ?? crossing(key, height))
                guard made[key] == nil else { continue }
                made[key] = UInt32(height.count)
                height.append(0)
            }
            guard polygon.count > 2 else { continue }
            for k in 1..<(polygon.count - 1) where isBroad(polygon[0], polygon[k], polygon[k + 1]) { kept += [polygon[0], polygon[k], polygon[k + 1]] }
            for (k, a) in polygon.enumerated() {
                let b = polygon[(k + 1) % polygon.count]
                if height[Int(a)] == 0, height[Int(b)] == 0 { edges.append((a, b)) }
            }
        }
        indices = kept
        if hem > 0 { fold(edges, away: -normal, by: hem) }
        dropUnused()
    }

    /// A new vertex where an edge, its ends in order, meets the plane.
    private mutating func crossing(_ edge: SIMD2<UInt32>, _ height: [Float]) -> UInt32 {
        let (a, b) = (Int(edge.x), Int(edge.y))
        let t = height[a] / (height[a] - height[b])
        positions.append(positions[a] + (positions[b] - positions[a]) * t)
        normals.append((normals[a] + (normals[b] - normals[a]) * t).normalized)
        return UInt32(positions.count - 1)
    }

    /// A strip from cut edges into the body, facing `away`.
    private mutating func fold(_ edges: [(UInt32, UInt32)], away: Vec3f, by hem: Float) {
        var rims: [UInt32: UInt32] = [:]
        func rim(_ i: UInt32) -> UInt32 {
            if let found = rims[i] { return found }
            let n = normals[Int(i)]
            let inwards = (away * dot(n, away) - n).normalized
            positions += [positions[Int(i)], positions[Int(i)] + inwards * hem]
            normals += [away, away]
            rims[i] = UInt32(positions.count - 2)
            return UInt32(positions.count - 2)
        }
        for (a, b) in edges {
            let (p, q) = (rim(a), rim(b))
            for t in [[q, p, p + 1], [q, p + 1, q + 1]] where isBroad(t[0], t[1], t[2]) { indices += t }
        }
    }

    private func isBroad(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> Bool {
        let p = positions[Int(a)]
        return cross(positions[Int(b)] - p, positions[Int(c)] - p).length > 4e-8
    }

    private mutating func dropUnused() {
        var names = [UInt32?](repeating: nil, count: positions.count)
        var (p, n) = ([Vec3f](), [Vec3f]())
        for k in indices.indices {
            let i = Int(indices[k])
            if names[i] == nil {
                names[i] = UInt32(p.count)
                p.append(positions[i])
                n.append(normals[i])
            }
            indices[k] = names[i] ?? 0
        }
        (positions, normals) = (p, n)
    }
}
