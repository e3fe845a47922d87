import CSquallKernels
import Foundation
import SquallMath
import SquallRaster
import SquallRoads
import SquallWeather

/// What water does to surfaces in one frame, from the one surface state that tyres and lidar use too.
///
/// Pores: albedo after Lekner, Dorf 1988, in proportion to the wetness. Film: a second, clear interface of F0 = 0.0201 over the
/// ground, where the water depth exceeds the local height of the ground; the height is a fixed random field over the world, so that
/// puddles stay where they are. Rain puts rings on it.
struct WetSurface: @unchecked Sendable {   // the map's nodes are immutable; whoever renders keeps the map alive
    /// 0 dry ... 1 saturated.
    let wetness: Float
    /// Water above the texture tops, mm, where it is the same everywhere; what stands on top of Gallaway's film where there is a map.
    private let even: Float
    /// How water drains around the eye, and Gallaway's film on it: `max(0, scale factor - texture)`.
    private let factors: UnsafePointer<Float>?
    private let scale: Float, texture: Float
    /// The eye in nodes from the map's first.
    private let corner: SIMD2<Float>
    let rainRate: Float
    /// Seconds since the episode began: moves the rings.
    let time: Float
    /// Eye position in the noise's frame: metres modulo `period`, so that float32 keeps millimetres.
    let origin: SIMD2<Float>
    static let period = 1024.0
    /// F0 of water, n = 1.33.
    static let waterF0: Float = 0.0201

    /// - Parameters:
    ///   - state: how wet the ground is; how deep where there is no map.
    ///   - ground: kept alive by the caller while this is in use.
    init(_ state: SurfaceState, on ground: WetGround? = nil, rainRate: Double, time: Double, eye: Vec3) {
        wetness = Float(state.wetness)
        factors = ground?.map?.factors
        let water = ground?.water
        even = Float(factors == nil ? state.filmDepth : water?.standing ?? 0)
        (scale, texture) = (Float(water?.scale ?? 0), Float(water?.texture ?? 0))
        corner = ground?.map.map { SIMD2(Float(eye.x / DrainageMap.spacing - Double($0.column)), Float(eye.y / DrainageMap.spacing - Double($0.row))) } ?? .zero
        self.rainRate = Float(rainRate)
        self.time = Float(time.truncatingRemainder(dividingBy: 3600))
        let wrap = { (v: Double) in Float(v - (v / Self.period).rounded(.down) * Self.period) }
        origin = SIMD2(wrap(eye.x), wrap(eye.y))
    }

    /// Albedo of a soaked porous surface: a / (n^2 (1 - a) + a).
    @inline(__always) static func soaked(_ a: Lanes) -> Lanes {
        let n2: Float = 1.33 * 1.33
        return a / sqv_max(sqv_fma(a, splat(1 - n2), splat(n2)), splat(1e-6))
    }

    /// Water above the texture tops, mm, at points relative to the eye: bilinear on the map, as `DrainageMap.factor`.
    @inline(__always) func film(at position: Vector8) -> Lanes {
        guard let factors else { return splat(even) }
        let inverse = Float(1 / DrainageMap.spacing), middle = Float(DrainageMap.reach)
        let u = sqv_fma(position.x, splat(inverse), splat(corner.x)), v = sqv_fma(position.y, splat(inverse), splat(corner.y))
        let far = sqv_max(sqv_abs(u - middle), sqv_abs(v - middle))
        let last = splat(Float(DrainageMap.side) - 1.01)
        let (x, y) = (sqv_min(sqv_max(u, splat(0)), last), sqv_min(sqv_max(v, splat(0)), last))
        let (fx, fy) = (sqv_floor(x), sqv_floor(y))
        let index = sqv_int(fy) &* Int32(DrainageMap.side) &+ sqv_int(fx)
        let low = mix(sqv_gather(factors, index), sqv_gather(factors, index &+ 1), x - fx)
        let above = index &+ Int32(DrainageMap.side)
        let high = mix(sqv_gather(factors, above), sqv_gather(factors, above &+ 1), x - fx)
        let rim = clamp01((far - Float(DrainageMap.reach - DrainageMap.fade)) * (1 / Float(DrainageMap.fade)))
        let factor = mix(mix(low, high, y - fy), splat(plain), rim)
        return sqv_max(sqv_fma(factor, splat(scale), splat(-texture)), splat(0)) + even
    }
    private let plain = Float(DrainageMap.plain)

    /// Water on the ground at points relative to the eye: how far the film closes (0 bare ... 1 closed) and how far it has become a
    /// pool (0 film that follows the stones ... 1 flat water).
    @inline(__always) func water(at position: Vector8) -> (cover: Lanes, pool: Lanes) {
        let x = position.x + origin.x, y = position.y + origin.y
        // Height of the ground in mm about its mean: dips of metres, and patches of decimetres.
        let wide = SurfaceNoise.value(x * 0.23, y * 0.23, seed: 11), fine = SurfaceNoise.value(x * 1.3 + 7.3, y * 1.3, seed: 29)
        let height = sqv_fma(wide - 0.5, splat(3.4), (fine - 0.5) * 0.9)
        let depth = film(at: position) - height
        // A damp surface without film still shines a little.
        let cover = sqv_max(smoothstep(-0.9, 0.7, depth), splat(0.25)) * wetness
        return (cover, smoothstep(0.9, 2.0, depth) * wetness)
    }

    /// Slope of the water surface from drops that struck it: rings in hashed cells of 14 cm, each reborn at its own beat.
    ///
    /// Faded out where a cell is smaller than a few pixels (`footprint` metres per pixel): there the slopes count as roughness.
    @inline(__always) func ripples(at position: Vector8, footprint: Lanes) -> (x: Lanes, y: Lanes, strength: Lanes) {
        let strength = clamp01(splat(min(1, rainRate / 20)) * (1.4 - footprint * 40))
        var (sx, sy) = (splat(0), splat(0))
        for layer in 0..<2 {
            let scale: Float = layer == 0 ? 7.1 : 4.7
            let x = (position.x + origin.x) * scale + Float(layer) * 0.37, y = (position.y + origin.y) * scale
            let (cx, cy) = (sqv_floor(x), sqv_floor(y))
            let h = SurfaceNoise.hash(sqv_int(cx), sqv_int(cy), seed: Int32(71 + layer))
            let beat = sqv_fma(SurfaceNoise.unit(h), splat(1), splat(time * (layer == 0 ? 2.3 : 1.9)))
            let turn = sqv_floor(beat), age = beat - turn
            let g = SurfaceNoise.hash(h, sqv_int(turn), seed: 5)
            let px = 0.3 + 0.4 * SurfaceNoise.unit(g), py = 0.3 + 0.4 * SurfaceNoise.unit(g &* 0x2545_f491)
            let dx = x - cx - px, dy = y - cy - py
            let r = sqv_sqrt(sqv_max(sqv_fma(dx, dx, dy * dy), splat(1e-8)))
            // A packet of waves about the ring of radius `age / 2`, dying as it widens.
            let t = (r - age * 0.45) * 14
            let packet = sqv_exp2(t * t * -1.2) * (1 - age) * sqv_cos_turn(t * 0.5 - sqv_floor(t * 0.5))
            let push = packet * strength * 0.22 / r
            (sx, sy) = (sqv_fma(dx, push, sx), sqv_fma(dy, push, sy))
        }
        return (sx, sy, strength)
    }
}

extension WetGround {
    /// The film that shading reads at a world point seen from `eye`, mm.
    package func shadedFilm(at point: Vec2, eye: Vec3) -> Double {
        let wet = WetSurface(state(at: point), on: self, rainRate: 0, time: 0, eye: eye)
        let position = Vector8(x: splat(Float(point.x - eye.x)), y: splat(Float(point.y - eye.y)), z: splat(0))
        return withExtendedLifetime(self) { Double(wet.film(at: position)[0]) }
    }
}
