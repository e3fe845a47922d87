import CSquallKernels
import SquallMath
import SquallRaster
import SquallWorld

/// How much of the sky tunnels leave to the places in and before them: a map around the eye, seen from above.
///
/// A level place at distance d behind a mouth of height h sees `(1 - d / sqrt(d^2 + h^2)) / 2` of the sky by its cosine (a half space of wall with
/// an edge, as in `GroundOcclusion`); before the mouth d is negative, and both mouths add up.
final class RoofCover: @unchecked Sendable {   // written in `init` only
    private static let size = 512
    /// Metres before a mouth up to which the wall around it shades the road.
    private static let apron = 16.0

    let isEmpty: Bool
    /// The same at the eye.
    private(set) var atEye: Float = 1
    private let open: UnsafeMutablePointer<Float>, ceiling: UnsafeMutablePointer<Float>

    /// One texel is a metre.
    init(_ roofs: [Roof], eye: Vec3) {
        let half = Double(Self.size) / 2
        let near = roofs.filter { ($0.from - eye.xy).length < half * 1.5 + 20 }
        isEmpty = near.isEmpty
        let count = isEmpty ? 1 : Self.size * Self.size
        (open, ceiling) = (.allocate(capacity: count), .allocate(capacity: count))
        open.initialize(repeating: 1, count: count)
        ceiling.initialize(repeating: -.infinity, count: count)
        for roof in near { stamp(roof, eye) }
        if !isEmpty { atEye = share(Vector8(repeating: .zero))[0] }
    }

    deinit {
        open.deallocate()
        ceiling.deallocate()
    }

    private func stamp(_ roof: Roof, _ eye: Vec3) {
        let (a, b) = (roof.from - eye.xy, roof.to - eye.xy)
        let length = (b - a).length
        guard length > 1e-6 else { return }
        let along = (b - a) / length, half = Double(Self.size) / 2
        let (start, end) = (roof.before < 1 ? -Self.apron : 0, length + (roof.after < 1 ? Self.apron : 0))
        let corners = [start, end].flatMap { s in [-1.0, 1].map { a + along * s + Vec2(-along.y, along.x) * (roof.halfWidth * $0) } }
        let range = { (values: [Double]) in Int(((values.min() ?? 0) + half).clamped(to: 0...2 * half))..<Int(((values.max() ?? 0) + half + 1).clamped(to: 0...2 * half)) }
        for row in range(corners.map(\.y)) {
            for column in range(corners.map(\.x)) {
                let p = Vec2(Double(column) + 0.5 - half, Double(row) + 0.5 - half) - a
                let s = dot(p, along)
                // Texels on the seam of two stretches belong to both.
                guard s >= start - 0.75, s <= end + 0.75, abs(cross(along, p)) < roof.halfWidth + 0.75 else { continue }
                let share = min(1, Self.share(roof.before + s, roof.height) + Self.share(roof.after + length - s, roof.height))
                let index = row * Self.size + column
                open[index] = min(open[index], Float(share))
                ceiling[index] = max(ceiling[index], Float(roof.ceiling - eye.z))
            }
        }
    }

    private static func share(_ d: Double, _ h: Double) -> Double { 0.5 * (1 - d / (d * d + h * h).squareRoot()) }

    /// Share of the sky left to points relative to the eye; 1 outside.
    @inline(__always) func share(_ p: Vector8) -> Lanes {
        let half = Float(Self.size) / 2, last = Float(Self.size - 1)
        let x = sqv_min(sqv_max(p.x + half, splat(0)), splat(last)), y = sqv_min(sqv_max(p.y + half, splat(0)), splat(last))
        let index = sqv_int(y) &* Int32(Self.size) &+ sqv_int(x)
        // Vaults are a little thicker than their triangles.
        return sqv_select(sqv_less(p.z, sqv_gather(ceiling, index) + 0.3), sqv_gather(open, index), splat(1))
    }

    /// Lux on a surface from the tube's lamps, which are many and above.
    @inline(__always) static func illuminance(_ n: Vector8) -> Color8 { Color8(Roof.color) * (sqv_fma(n.z, splat(0.38), splat(0.62)) * Float(Roof.illuminance)) }
    /// What the lining looks like in a mirror, cd/m2.
    static let lining = Roof.color * Float(Roof.illuminance * 0.35 / Double.pi)
}
