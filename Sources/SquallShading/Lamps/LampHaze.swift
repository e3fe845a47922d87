import CSquallKernels
import Foundation
import SquallFrames
import SquallMath
import SquallRaster
import SquallSky

/// Light of lamps that fog and rain send into the eye: single scattering, gathered on a coarse grid of the view and read back between its nodes.
///
/// Along each node's ray `dL = b p(theta) I / r^2 exp(-tau_eye - tau_lamp) ds`, with the phase function of Henyey and Greenstein for g = 0.85, as
/// droplets scatter (physics of fog; Wronski 2014 for the grid). One's own beams come back by a three-hundredth, those of others glow.
final class LampHaze: @unchecked Sendable {   // filled before a frame is shaded, read by its workers
    /// Pixels between nodes: 4, 8 or 16, closer in small pictures, whose pixels see wider.
    private var pitch = 16
    /// Extinction below which nothing is to be seen of it, 1/m: 6 km of visibility.
    static let least: Float = 5e-4
    /// By day nobody sees a beam in the fog: threshold of the lamps, lux.
    private static let dayThreshold = 5.0
    private static let asymmetry: Float = 0.85
    /// Light sources are no points: no ray passes nearer than this, m2.
    private static let nearest: Float = 0.06

    private(set) var isClear = true
    private var columns = 1, rows = 1
    private var table: UnsafeMutablePointer<Float> = .allocate(capacity: 1)
    private var capacity = 1
    private static var levels: Int { LampClusters.slices + 1 }

    deinit { table.deallocate() }

    /// Nothing glows.
    func clear() { isClear = true }

    func fill(_ lamps: LampField, air: AirColumn, view: RasterCamera, pool: WorkerPool) {
        isClear = lamps.isDark || lamps.threshold > Self.dayThreshold || air.extinctionAtEye < Self.least
        if isClear { return }
        let lens = view.camera
        pitch = lens.width < 320 ? 4 : lens.width < 640 ? 8 : 16
        columns = (lens.width + pitch - 1) / pitch + 1
        rows = (lens.height + pitch - 1) / pitch + 1
        // Nodes are worked on by eights.
        let padded = (columns + 7) & ~7
        columns = padded
        let count = 3 * columns * rows * Self.levels
        if count > capacity {
            table.deallocate()
            table = .allocate(capacity: count)
            capacity = count
        }
        table.update(repeating: 0, count: count)
        let rays = EyeRays(view)
        pool.run(rows) { row, _ in
            for column in stride(from: 0, to: padded, by: 8) { self.march(lamps, air, rays, column: column, row: row) }
        }
    }

    /// Eight neighbouring rays from the eye outwards, slice by slice.
    private func march(_ lamps: LampField, _ air: AirColumn, _ rays: EyeRays, column: Int, row: Int) {
        let x = (sqv_lanes() + Float(column)) * Float(pitch), y = splat(Float(row * pitch))
        let ray = rays.world(x, y)
        let stretch = sqv_sqrt(dot(ray, ray))
        let direction = ray * (1 / stretch)
        var sum = Color8(repeating: 0)
        var start: Float = 0.05
        for slice in 0..<LampClusters.slices {
            let end = Float(exp2(Double(slice) / 2)), middle = (start + end) / 2
            let climb = ray.z * middle
            // Drops that are drawn one by one show their light themselves.
            let local = sqv_max(air.extinction(climb: climb) - air.drawnExtinction(depth: middle), splat(0))
            let scattered = local * sqv_exp(-air.opticalDepth(distance: stretch * middle, climb: climb, depth: splat(middle)))
            // Four nodes lie in one tile.
            for first in [0, 4] {
                let share = sqv_select(first == 0 ? sqv_less(sqv_lanes(), splat(3.5)) : sqv_less(splat(3.5), sqv_lanes()), scattered, splat(0))
                for index in lamps.reaching(x: min(x[first], rays.lastX), y: min(y[0], rays.lastY), slice: Int32(slice)) {
                    sum = sum + glow(lamps, lamps.source(Int(index)), direction, stretch * start, stretch * end, local) * share
                }
            }
            start = end
            for lane in 0..<8 {
                let node = table + 3 * ((slice + 1) * rows * columns + row * columns + column + lane)
                (node[0], node[1], node[2]) = (sum.r[lane], sum.g[lane], sum.b[lane])
            }
        }
    }

    /// Of one lamp along a stretch of a ray: the integral of illuminance times phase function.
    ///
    /// Seen from the lamp the stretch spans an angle, over which `I / r^2 ds` is even: `integral I / r^2 ds = (angle / h) mean I` for a ray that passes at
    /// the distance h (Kulla, Fajardo 2012). Four equal parts of the angle.
    @inline(__always) private func glow(
        _ lamps: LampField, _ lamp: UnsafePointer<LampSource>, _ ray: Vector8, _ from: Lanes, _ to: Lanes, _ extinction: Lanes
    ) -> Color8 {
        let lampAt = Vector8(repeating: lamp.pointee.position)
        let abreast = dot(ray, lampAt)
        let aside = ray * abreast + (-lampAt)
        let pass = sqv_sqrt(sqv_max(dot(aside, aside), splat(Self.nearest)))
        let outward = aside * (1 / pass)
        let low = sqv_atan2_turn(from - abreast, pass), high = sqv_atan2_turn(to - abreast, pass)
        let g = Self.asymmetry
        var sum = splat(0)
        let parts = 4
        for part in 0..<parts {
            let turn = sqv_fma(high - low, splat((Float(part) + 0.5) / Float(parts)), low)
            // Of the direction from lamp to point: across the ray, and along it. Light turns on to the eye against the ray.
            let cosine = sqv_cos_turn(sqv_abs(turn)), sine = sqv_cos_turn(turn + 0.75)
            let base = sqv_max(sqv_fma(sine, splat(2 * g), splat(1 + g * g)), splat(1e-4))
            let phase = (1 - g * g) / (4 * Float.pi) / (base * sqv_sqrt(base))
            let distance = pass / sqv_max(cosine, splat(1e-3))
            sum = sqv_fma(lamps.beams.candela(lamp, outward * cosine + ray * sine) * phase, sqv_exp(-extinction * distance), sum)
        }
        return Color8(lamp.pointee.color) * (sum * (high - low) * (2 * Float.pi / Float(parts)) / pass)
    }

    /// What is added to light from points at a depth, cd/m2.
    @inline(__always) func light(x: Lanes, y: Lanes, depth: Lanes) -> Color8 {
        let u = sqv_max(x * (1 / Float(pitch)), splat(0)), v = sqv_max(y * (1 / Float(pitch)), splat(0))
        let t = sqv_min(sqv_max(sqv_log2(sqv_max(depth, splat(1e-3))) * 2 + 1, splat(0)), splat(Float(Self.levels) - 1.001))
        let column = sqv_clamp_i(sqv_int(u), 0, Int32(columns - 2)), row = sqv_clamp_i(sqv_int(v), 0, Int32(rows - 2)), level = sqv_int(t)
        let fu = u - sqv_float(column), fv = v - sqv_float(row), ft = t - sqv_float(level)
        let at = ((level &* Int32(rows) &+ row) &* Int32(columns) &+ column) &* 3
        let down = Int32(3 * columns), deep = Int32(3 * columns * rows)
        let channel = { (k: Int32) -> Lanes in
            let plane = { (start: LaneInts) -> Lanes in
                let top = mix(sqv_gather(self.table, start), sqv_gather(self.table, start &+ 3), fu)
                let bottom = mix(sqv_gather(self.table, start &+ down), sqv_gather(self.table, start &+ (down &+ 3)), fu)
                return mix(top, bottom, fv)
            }
            return mix(plane(at &+ k), plane(at &+ (deep &+ k)), ft)
        }
        return Color8(r: channel(0), g: channel(1), b: channel(2))
    }
}

/// Rays of a pinhole camera, `z` 1 along its axis, in the world's axes.
private struct EyeRays: Sendable {
    let right: SIMD3<Float>, down: SIMD3<Float>, ahead: SIMD3<Float>
    let fx: Float, fy: Float, cx: Float, cy: Float
    let lastX: Float, lastY: Float

    init(_ view: RasterCamera) {
        let axes = view.pose.rotation.columns
        (right, down, ahead) = (SIMD3<Float>(axes.0), SIMD3<Float>(axes.1), SIMD3<Float>(axes.2))
        let lens = view.camera
        (fx, fy, cx, cy) = (Float(lens.fx), Float(lens.fy), Float(lens.cx), Float(lens.cy))
        (lastX, lastY) = (Float(lens.width - 1), Float(lens.height - 1))
    }

    @inline(__always) func world(_ x: Lanes, _ y: Lanes) -> Vector8 {
        let dx = (x - cx) * (1 / fx), dy = (y - cy) * (1 / fy)
        return Vector8(
            x: sqv_fma(dx, splat(right.x), sqv_fma(dy, splat(down.x), splat(ahead.x))), y: sqv_fma(dx, splat(right.y), sqv_fma(dy, splat(down.y), splat(ahead.y))),
            z: sqv_fma(dx, splat(right.z), sqv_fma(dy, splat(down.z), splat(ahead.z))))
    }
}

extension AirColumn {
    /// Extinction at the eye, 1/m.
    var extinctionAtEye: Float { fogAtEye + uniform }
    /// Extinction `climb` metres above the eye, 1/m.
    @inline(__always) func extinction(climb: Lanes) -> Lanes {
        inverseScaleHeight > 0 ? sqv_fma(sqv_exp(-climb * inverseScaleHeight), splat(fogAtEye), splat(uniform)) : splat(fogAtEye + uniform)
    }
}
