import CSquallKernels
import SquallMath
import SquallRaster
import SquallWorld

/// How much of the sky tunnels leave to the places in and before them, and what their lamps give instead: a map around the eye, seen from above, that
/// says which stretch of which tube is where.
///
/// A level place at distance d behind a mouth of height h sees `(1 - d / sqrt(d^2 + h^2)) / 2` of the sky by its cosine (a half space of wall with
/// an edge, as in `GroundOcclusion`); before the mouth d is negative, and both mouths add up.
final class RoofCover: @unchecked Sendable {   // written in `init` only
    private static let size = 512
    /// Metres before a mouth up to which the wall around it shades the road.
    private static let apron = 16.0
    /// Numbers of one stretch in `stretches`.
    private static let stride = 11
    /// Lamps hang this far below the vault, metres.
    private static let hanging = 0.12

    let isEmpty: Bool
    let levels: TunnelLevels
    /// The share at the eye, and the light of the lamps there, lux.
    private(set) var atEye: Float = 1, luxAtEye: Float = 0
    /// Index of the stretch over each texel of a metre; -1 for none.
    private let map: UnsafeMutablePointer<Float>
    private let stretches: UnsafeMutablePointer<Float>

    /// - Parameter outside: lux on level ground in the open, which tells the lamps how bright to be.
    init(_ roofs: [Roof], outside: Double, eye: Vec3) {
        let half = Double(Self.size) / 2
        let near = roofs.filter { ($0.from - eye.xy).length < half * 1.5 + 20 }
        isEmpty = near.isEmpty
        levels = TunnelLevels(outside: outside)
        let count = isEmpty ? 1 : Self.size * Self.size
        (map, stretches) = (.allocate(capacity: count), .allocate(capacity: max(1, near.count * Self.stride)))
        map.initialize(repeating: -1, count: count)
        stretches.initialize(repeating: 0, count: max(1, near.count * Self.stride))
        for (index, roof) in near.enumerated() { stamp(roof, index, eye) }
        guard !isEmpty else { return }
        let here = light(Vector8(repeating: .zero))
        (atEye, luxAtEye) = (here.share[0], here.level[0])
    }

    deinit {
        map.deallocate()
        stretches.deallocate()
    }

    private func stamp(_ roof: Roof, _ number: Int, _ eye: Vec3) {
        let (a, b) = (roof.from - eye.xy, roof.to - eye.xy)
        let length = (b - a).length
        guard length > 1e-6 else { return }
        let along = (b - a) / length, half = Double(Self.size) / 2
        // The mean of `h^2 / r^3` over the road and both rows is B over the half width.
        let (w, row, h) = (roof.halfWidth, roof.halfWidth * Double(TubeLight.rows), roof.height - Self.hanging)
        let b0 = (w - row) / ((w - row) * (w - row) + h * h).squareRoot() + (w + row) / ((w + row) * (w + row) + h * h).squareRoot()
        let numbers = [
            a.x, a.y, along.x, along.y, roof.before, roof.after, length, w, roof.ceiling - eye.z, roof.height, (1 - Double(TubeLight.scattered)) * w / b0,
        ]
        for (k, value) in numbers.enumerated() { stretches[number * Self.stride + k] = Float(value) }
        let (start, end) = (roof.before < 1 ? -Self.apron : 0, length + (roof.after < 1 ? Self.apron : 0))
        let corners = [start, end].flatMap { s in [-1.0, 1].map { a + along * s + Vec2(-along.y, along.x) * (w * $0) } }
        let range = { (values: [Double]) in Int(((values.min() ?? 0) + half).clamped(to: 0...2 * half))..<Int(((values.max() ?? 0) + half + 1).clamped(to: 0...2 * half)) }
        for row in range(corners.map(\.y)) {
            for column in range(corners.map(\.x)) {
                let p = Vec2(Double(column) + 0.5 - half, Double(row) + 0.5 - half) - a
                let s = dot(p, along)
                // Texels on the seam of two stretches may go to either.
                guard s >= start - 0.75, s <= end + 0.75, abs(cross(along, p)) < w + 0.75 else { continue }
                let index = row * Self.size + column
                // A mouth's apron gives way to a tube.
                if map[index] < 0 || (s >= -0.75 && s <= length + 0.75) { map[index] = Float(number) }
            }
        }
    }

    /// What mouths leave of the sky at these distances.
    @inline(__always) private static func share(_ d: Lanes, _ h: Lanes) -> Lanes { sqv_fma(d / sqv_sqrt(sqv_fma(d, d, h * h)), splat(-0.5), splat(0.5)) }

    /// Under a tube at points relative to the eye.
    @inline(__always) func light(_ p: Vector8) -> TubeLight {
        let middle = Float(Self.size) / 2, last = Float(Self.size - 1)
        let column = sqv_min(sqv_max(p.x + middle, splat(0)), splat(last)), row = sqv_min(sqv_max(p.y + middle, splat(0)), splat(last))
        let number = sqv_gather(map, sqv_int(row) &* Int32(Self.size) &+ sqv_int(column))
        let base = sqv_int(sqv_max(number, splat(0))) &* Int32(Self.stride)
        let (dx, dy) = (p.x - sqv_gather(stretches, base), p.y - sqv_gather(stretches, base &+ 1))
        let (ax, ay) = (sqv_gather(stretches, base &+ 2), sqv_gather(stretches, base &+ 3))
        let s = sqv_fma(dx, ax, dy * ay)
        let before = sqv_gather(stretches, base &+ 4) + s, after = sqv_gather(stretches, base &+ 5) + sqv_gather(stretches, base &+ 6) - s
        let ceiling = sqv_gather(stretches, base &+ 8), h = sqv_gather(stretches, base &+ 9)
        // Vaults are a little thicker than their triangles.
        let covered = sqv_less(splat(-0.5), number) & sqv_less(p.z, ceiling + 0.3)
        let share = sqv_select(covered, sqv_min(Self.share(before, h) + Self.share(after, h), splat(1)), splat(1))
        let inward = sqv_max(sqv_min(before, after), splat(0))
        let t = (before - TubeLight.first) * (1 / TubeLight.spacing)
        return TubeLight(
            share: share, level: levels.lux(inward) * (1 - share), left: sqv_fma(dy, ax, -(dx * ay)), height: ceiling - Float(Self.hanging) - p.z,
            half: sqv_gather(stretches, base &+ 7), leftX: -ay, leftY: ax, away: sqv_select(sqv_less(before, after), splat(-1), splat(1)) * (1 - smoothstep(0, 1, inward)),
            direct: sqv_gather(stretches, base &+ 10), turn: t - sqv_floor(t),
            swing: smoothstep(90, 110, inward))
    }

    /// Share of the sky left to points relative to the eye; 1 outside.
    @inline(__always) func share(_ p: Vector8) -> Lanes { light(p).share }
}
