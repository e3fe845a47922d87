import SquallMath

/// Sum of weighted squared distances to planes, as a quadratic form of the point (Garland, Heckbert 1997).
struct Quadric {
    private var xx = 0.0, yy = 0.0, zz = 0.0, xy = 0.0, xz = 0.0, yz = 0.0
    private var x = 0.0, y = 0.0, z = 0.0, constant = 0.0
    /// Sum of the planes' weights, m2.
    private(set) var weight = 0.0

    init() {}

    /// The plane through a point with a unit normal.
    init(normal n: Vec3, through p: Vec3, weight w: Double) {
        let d = -dot(n, p)
        (xx, yy, zz) = (w * n.x * n.x, w * n.y * n.y, w * n.z * n.z)
        (xy, xz, yz) = (w * n.x * n.y, w * n.x * n.z, w * n.y * n.z)
        (x, y, z, constant, weight) = (w * n.x * d, w * n.y * d, w * n.z * d, w * d * d, w)
    }

    static func += (a: inout Quadric, b: Quadric) {
        a.xx += b.xx; a.yy += b.yy; a.zz += b.zz
        a.xy += b.xy; a.xz += b.xz; a.yz += b.yz
        a.x += b.x; a.y += b.y; a.z += b.z
        a.constant += b.constant
        a.weight += b.weight
    }

    /// Weighted mean squared distance of a point to the planes, m2.
    func meanSquare(at p: Vec3) -> Double {
        guard weight > 0 else { return 0 }
        let square = xx * p.x * p.x + yy * p.y * p.y + zz * p.z * p.z + 2 * (xy * p.x * p.y + xz * p.x * p.z + yz * p.y * p.z)
        return max(0, square + 2 * (x * p.x + y * p.y + z * p.z) + constant) / weight
    }
}
