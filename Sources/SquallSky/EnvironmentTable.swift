// SquallSky: the light from above and the air between, eight directions at a time: sun, moon, stars, clouds, reflections, airlight.
// Must never know: surfaces, instances, lamps, labels, files.
import CSquallKernels
import Foundation
import SquallMath
import SquallRaster
import SquallWeather

/// The sky and the ground below it, baked once per light: the picture of the clear sky, and reflections at six roughnesses of the mean
/// over clouds and gaps.
///
/// Tables are azimuth by height (`z` of the unit direction). Rows follow the square root of |z|, so the horizon, where skies change
/// fastest, is finest. Reflections hold the mean luminance under the lobe that a GGX surface of that roughness mirrors
/// (a power cosine of matching width about the mirror direction), as split-sum lighting needs it (Karis 2013).
package final class EnvironmentTable: @unchecked Sendable {   // written in `init` only
    /// Perceptual roughness of each reflection level.
    static let roughness: [Float] = [0, 0.25, 0.4, 0.55, 0.75, 1]
    static let skyColumns = 256, skyRows = 64
    static let columns = 64, halfRows = 16
    static var rows: Int { 2 * halfRows + 1 }
    private static var levelStride: Int { 3 * (columns + 1) * rows }

    private let sky: UnsafeMutablePointer<Float>
    private let reflections: UnsafeMutablePointer<Float>

    package init(_ model: SkyModel) {
        let skyCount = 3 * (Self.skyColumns + 1) * Self.skyRows, count = Self.levelStride * Self.roughness.count
        sky = .allocate(capacity: skyCount)
        reflections = .allocate(capacity: count)
        sky.initialize(repeating: 0, count: skyCount)
        reflections.initialize(repeating: 0, count: count)
        bakeSky(model)
        bakeReflections(model)
    }

    deinit {
        sky.deallocate()
        reflections.deallocate()
    }

    private static func direction(column: Int, of columns: Int, z: Double) -> Vec3 {
        let (azimuth, radius) = (2 * .pi * Double(column) / Double(columns), (max(0, 1 - z * z)).squareRoot())
        return Vec3(radius * cos(azimuth), radius * sin(azimuth), z)
    }

    private func bakeSky(_ model: SkyModel) {
        for row in 0..<Self.skyRows {
            let t = Double(row) / Double(Self.skyRows - 1)
            for column in 0...Self.skyColumns {
                let l = model.clearLuminance(towards: Self.direction(column: column % Self.skyColumns, of: Self.skyColumns, z: t * t))
                let texel = sky + 3 * (row * (Self.skyColumns + 1) + column)
                for channel in 0..<3 { texel[channel] = Float(l[channel]) }
            }
        }
    }

    /// What a mirror sees: the sky above, below it the ground, which fades into the horizon's haze.
    package static func luminance(_ model: SkyModel, _ d: Vec3) -> Vec3 {
        if d.z >= 0 { return model.luminance(towards: d) }
        return lerp(model.luminance(towards: d), model.groundLuminance, (-d.z / 0.03).clamped(to: 0...1))
    }

    private func bakeReflections(_ model: SkyModel) {
        var samples = LobeSamples { Self.luminance(model, $0) }
        for row in 0..<Self.rows {
            let t = Double(row - Self.halfRows) / Double(Self.halfRows)
            for column in 0...Self.columns {
                let d = Self.direction(column: column % Self.columns, of: Self.columns, z: t.magnitude * t)
                samples.look(around: Vec3f(d))
                for (level, roughness) in Self.roughness.enumerated() {
                    let texel = reflections + level * Self.levelStride + 3 * (row * (Self.columns + 1) + column)
                    let value = level == 0 ? Vec3f(Self.luminance(model, d)) : samples.mean(roughness: roughness)
                    for channel in 0..<3 { texel[channel] = value[channel] }
                }
            }
        }
    }

    /// What gaps between clouds add to the mean sky along unit directions; below the horizon, the horizon.
    package func clearLuminance(_ d: Vector8) -> Color8 {
        let v = sqv_sqrt(clamp01(d.z)) * Float(Self.skyRows - 1)
        return bilinear(sky, d, v, columns: Self.skyColumns, lastRow: Self.skyRows - 1, base: LaneInts(repeating: 0))
    }

    /// Mean luminance around mirror directions for surfaces of a perceptual roughness (nearest level).
    package func reflection(_ d: Vector8, roughness: Lanes) -> Color8 {
        reflection(d, level: sqv_round_i(Self.level(roughness)))
    }

    /// The same, blended between the two levels a roughness lies between: water deepens smoothly from film to pool, and a change of
    /// level in between would show as a line on the road.
    package func blendedReflection(_ d: Vector8, roughness: Lanes) -> Color8 {
        let level = sqv_min(sqv_max(Self.level(roughness), splat(0)), splat(Float(Self.roughness.count - 1)))
        let low = sqv_int(level)
        return Color8.mix(reflection(d, level: low), reflection(d, level: low &+ 1), level - sqv_float(low))
    }

    /// Levels lie close to 0, .25, .4, .55, .75, 1: a straight line through them.
    @inline(__always) private static func level(_ roughness: Lanes) -> Lanes { sqv_fma(roughness, splat(5.6), splat(-0.3)) }

    @inline(__always) private func reflection(_ d: Vector8, level wanted: LaneInts) -> Color8 {
        let side = sqv_sqrt(sqv_min(sqv_abs(d.z), splat(1)))
        let signed = sqv_select(sqv_less(d.z, splat(0)), -side, side)
        let v = sqv_fma(signed, splat(Float(Self.halfRows)), splat(Float(Self.halfRows)))
        let level = sqv_clamp_i(wanted, 0, Int32(Self.roughness.count - 1))
        return bilinear(reflections, d, v, columns: Self.columns, lastRow: Self.rows - 1, base: level &* Int32(Self.levelStride))
    }

    @inline(__always) private func bilinear(
        _ table: UnsafePointer<Float>, _ d: Vector8, _ v: Lanes, columns: Int, lastRow: Int, base: LaneInts
    ) -> Color8 {
        let turn = sqv_atan2_turn(d.y, d.x)
        let u = (turn - sqv_floor(turn)) * Float(columns)
        let column = sqv_clamp_i(sqv_int(u), 0, Int32(columns - 1)), row = sqv_clamp_i(sqv_int(v), 0, Int32(lastRow - 1))
        let fu = u - sqv_float(column), fv = v - sqv_float(row)
        let a = base &+ (row &* Int32(columns + 1) &+ column) &* 3, c = a &+ Int32(3 * (columns + 1))
        var result = Color8(repeating: 0)
        let channel = { (k: Int32) -> Lanes in
            let low = mix(sqv_gather(table, a &+ k), sqv_gather(table, a &+ (k &+ 3)), fu)
            let high = mix(sqv_gather(table, c &+ k), sqv_gather(table, c &+ (k &+ 3)), fu)
            return mix(low, high, fv)
        }
        (result.r, result.g, result.b) = (channel(0), channel(1), channel(2))
        return result
    }
}

/// The environment as 640 directions of known solid angle, eight to a vector.
private struct LobeSamples {
    private var directions: [Vector8] = []
    private var light: [Color8] = []

    init(_ luminance: (Vec3) -> Vec3) {
        let (rings, sectors) = (10, 32)
        for ring in -rings..<rings {
            let low = Double(ring) / Double(rings), high = Double(ring + 1) / Double(rings)
            let (zLow, zHigh) = (low.magnitude * low, high.magnitude * high)
            let z = (zLow + zHigh) / 2, radius = (1 - z * z).squareRoot()
            for start in stride(from: 0, to: sectors, by: 8) {
                var (d, l) = (Vector8(repeating: .zero), Color8(repeating: 0))
                for lane in 0..<8 {
                    let azimuth = (Double(start + lane) + 0.5) * 2 * .pi / Double(sectors)
                    let direction = Vec3(radius * cos(azimuth), radius * sin(azimuth), z)
                    let value = luminance(direction) * (zHigh - zLow)
                    (d.x[lane], d.y[lane], d.z[lane]) = (Float(direction.x), Float(direction.y), Float(direction.z))
                    (l.r[lane], l.g[lane], l.b[lane]) = (Float(value.x), Float(value.y), Float(value.z))
                }
                weights.append(splat(Float(zHigh - zLow)))
                directions.append(d)
                light.append(l)
            }
        }
    }

    private var weights: [Lanes] = []
    /// Logarithms of the cosines to the mirror direction, the same for every roughness.
    private var cosines: [Lanes] = []

    /// Sets the mirror direction of the means that follow.
    mutating func look(around r: Vec3f) {
        cosines.removeAll(keepingCapacity: true)
        for direction in directions { cosines.append(sqv_log2(sqv_max(dot(direction, r), splat(1e-6)))) }
    }

    /// Mean under a power-cosine lobe. Width: a Blinn half-vector exponent `2/alpha^2 - 2` is a quarter of it about the mirror direction.
    func mean(roughness: Float) -> Vec3f {
        let alpha = roughness * roughness
        let power = max(1, (2 / (alpha * alpha) - 2) / 4)
        var (sum, weight) = (Color8(repeating: 0), splat(0))
        for index in directions.indices {
            let lobe = sqv_exp2(cosines[index] * power)
            sum = sum + light[index] * lobe
            weight += weights[index] * lobe
        }
        return Vec3f(sum.r.sum(), sum.g.sum(), sum.b.sum()) / max(weight.sum(), 1e-20)
    }
}
