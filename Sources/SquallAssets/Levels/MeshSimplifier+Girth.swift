import SquallGeometry
import SquallMath

/// What flat sides take from round limbs, given back.
extension MeshSimplifier {
    private static let share = 0.8

    /// The mesh as it is now, its corners moved outwards by most of the mean gap between its sides and the original surface around them.
    ///
    /// Sides that join points of a round limb cut into it, and legs would grow thin from level to level. To the leading order a regular
    /// n-gon inside the unit circle lies pi^2 / 3 n^2 deep in the mean, and is pi^2 / 6 n^2 too narrow (its mean width is its perimeter over
    /// pi, after Cauchy): half of the mean gap would give back the width of a round limb. Limbs that end in a few long triangles lose more; `share` is
    /// what keeps the outlines of people and animals closest to the finest shape's (`FarLevelTests`).
    package func filled() -> Mesh {
        let around = TrianglesBySite(corners: corners, site: site, siteCount: places.count)
        var sums = [Double](repeating: 0, count: places.count), weights = sums
        for (index, p) in places.enumerated() {
            guard let (nearest, gap) = nearest(to: p, of: around[heir(of: Int32(index))]) else { continue }
            for k in 0..<3 {
                let s = Int(site[Int(corners[3 * nearest.triangle + k])])
                sums[s] += nearest.shares[k] * gap
                weights[s] += nearest.shares[k]
            }
        }
        var outwards = [Vec3f](repeating: .zero, count: places.count)
        for corner in corners { outwards[Int(site[Int(corner)])] += mesh.normals[Int(corner)] }
        return simplified(
            moving: outwards.indices.map { s in
                guard weights[s] > 0, outwards[s].lengthSquared > 0 else { return .zero }
                return outwards[s].normalized * Float(Self.share * sums[s] / weights[s])
            })
    }

    private func heir(of s: Int32) -> Int32 {
        var s = s
        while heirs[Int(s)] != s { s = heirs[Int(s)] }
        return s
    }

    /// The triangle nearest to a point, the shares of its corners in the foot of that point on it, and how far the point lies outside, metres.
    private func nearest(to p: Vec3, of triangles: some Sequence<Int>) -> (foot: (triangle: Int, shares: Vec3), gap: Double)? {
        var best: (foot: (triangle: Int, shares: Vec3), gap: Double)?
        var least = Double.infinity
        for t in triangles {
            let (a, b, c) = (point(3 * t), point(3 * t + 1), point(3 * t + 2))
            let normal = cross(b - a, c - a), square = normal.lengthSquared
            guard square > 0 else { continue }
            let shares = pointwiseMax(Vec3(dot(cross(c - b, p - b), normal), dot(cross(a - c, p - c), normal), dot(cross(b - a, p - a), normal)) / square, .zero)
            let foot = (a * shares.x + b * shares.y + c * shares.z) / (shares.x + shares.y + shares.z)
            guard (p - foot).lengthSquared < least else { continue }
            least = (p - foot).lengthSquared
            best = ((t, shares / (shares.x + shares.y + shares.z)), dot(p - foot, normal) / square.squareRoot())
        }
        return best
    }
}
