import CSquallKernels
import Foundation
import SquallRaster

/// How much of an even sky the GGX lobe mirrors in one bounce, for every roughness and angle: two numbers `A` and `B` with
/// directional albedo `F0 A + B` under Schlick's Fresnel (Karis 2013), which the light that bounces again and the diffuse light
/// below the lobe depend on too.
///
/// 32 x 32 nodes, linear in perceptual roughness and in the square root of the cosine, read bilinearly: within 0.4 % of the integral.
/// Each node is the mean over 1024 visible normals (Heitz 2018, sampled by spherical caps: Dupuy, Benyoub 2023), which leaves the
/// bounded weight `G2 / G1`.
final class ReflectanceTable: @unchecked Sendable {   // written in `init` only
    static let side = 32
    static let shared = ReflectanceTable()

    /// `A` in the low and `B` in the high half of each word, 65535 for 1.
    private let nodes: UnsafeMutablePointer<Int32>

    init() {
        nodes = .allocate(capacity: Self.side * Self.side)
        let caps = Self.caps()
        for row in 0..<Self.side {
            for column in 0..<Self.side {
                let root = Float(column) / Float(Self.side - 1)
                let (a, b) = Self.integral(roughness: max(0.03, Float(row) / Float(Self.side - 1)), nv: max(0.004, root * root), caps)
                let word = UInt32((min(1, a) * 65_535).rounded()) | UInt32((min(1, b) * 65_535).rounded()) << 16
                nodes[row * Self.side + column] = Int32(bitPattern: word)
            }
        }
    }

    deinit { nodes.deallocate() }

    /// Heights 0...1 of the samples on a cap, and cosine and sine of their azimuths over half a turn (the lobe is symmetric).
    private static func caps() -> [(height: Float, cos: Lanes, sin: Lanes)] {
        (0..<64).flatMap { ring in
            (0..<2).map { half in
                var (c, s) = (splat(0), splat(0))
                for lane in 0..<8 {
                    let azimuth = (Double(8 * half + lane) + 0.5) * .pi / 16
                    (c[lane], s[lane]) = (Float(Foundation.cos(azimuth)), Float(Foundation.sin(azimuth)))
                }
                return ((Float(ring) + 0.5) / 64, c, s)
            }
        }
    }

    private static func integral(roughness: Float, nv: Float, _ caps: [(height: Float, cos: Lanes, sin: Lanes)]) -> (a: Float, b: Float) {
        let alpha = roughness * roughness, a2 = alpha * alpha
        let sine = max(0, 1 - nv * nv).squareRoot()
        let length = (a2 * sine * sine + nv * nv).squareRoot()
        let (x, z) = (alpha * sine / length, nv / length)
        let masked = (nv * nv * (1 - a2) + a2).squareRoot()
        var (sumA, sumB) = (splat(0), splat(0))
        for cap in caps {
            let height = (1 - cap.height) * (1 + z) - z
            let radius = max(0, 1 - height * height).squareRoot()
            let h = Vector8(x: (cap.cos * radius + x) * alpha, y: cap.sin * (radius * alpha), z: splat(height + z)).normalized
            let vh = sqv_fma(h.x, splat(sine), h.z * nv)
            let nl = sqv_fma(vh * 2, h.z, splat(-nv))
            let lit = sqv_max(nl, splat(1e-9))
            let open = sqv_sqrt(sqv_fma(lit * lit, splat(1 - a2), splat(a2)))
            let weight = sqv_select(sqv_less(splat(0), nl), lit * (nv + masked) / sqv_fma(lit, splat(masked), open * nv), splat(0))
            let fresnel = Reflectance.fifthPower(1 - clamp01(vh))
            sumA = sqv_fma(weight, 1 - fresnel, sumA)
            sumB = sqv_fma(weight, fresnel, sumB)
        }
        let count = Float(8 * caps.count)
        return (sumA.sum() / count, sumB.sum() / count)
    }

    /// `A` and `B` for perceptual roughness and the cosine to the view, both 0...1.
    @inline(__always) func lobe(roughness: Lanes, nv: Lanes) -> (a: Lanes, b: Lanes) {
        let last = Float(Self.side - 1)
        let u = sqv_sqrt(clamp01(nv)) * last, v = clamp01(roughness) * last
        let column = sqv_min_i(sqv_int(u), sqv_splat_i(Int32(Self.side - 2))), row = sqv_min_i(sqv_int(v), sqv_splat_i(Int32(Self.side - 2)))
        let (fu, fv) = (u - sqv_float(column), v - sqv_float(row))
        let index = row &* Int32(Self.side) &+ column
        let (p, q) = (sqv_gather_i(nodes, index), sqv_gather_i(nodes, index &+ 1))
        let (r, s) = (sqv_gather_i(nodes, index &+ Int32(Self.side)), sqv_gather_i(nodes, index &+ Int32(Self.side + 1)))
        let a = mix(mix(Self.low(p), Self.low(q), fu), mix(Self.low(r), Self.low(s), fu), fv)
        let b = mix(mix(Self.high(p), Self.high(q), fu), mix(Self.high(r), Self.high(s), fu), fv)
        return (a * (1 / 65_535), b * (1 / 65_535))
    }

    @inline(__always) private static func low(_ word: LaneInts) -> Lanes { sqv_float(word & 0xffff) }
    @inline(__always) private static func high(_ word: LaneInts) -> Lanes { sqv_float(sqv_shr(word, 16)) }
}
