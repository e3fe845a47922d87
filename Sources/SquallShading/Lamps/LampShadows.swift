import CSquallKernels
import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallWorld

/// Depth maps seen from lamps: those of the camera's own carrier, then the nearest others.
///
/// What carries a lamp casts no shadow in its light: lenses stand proud of the body, and the lamp is inside.
final class LampShadows: @unchecked Sendable {   // filled before a frame is shaded, read by its workers
    /// One map, its camera relative to the eye.
    struct Map {
        var position: SIMD3<Float>
        var right: SIMD3<Float>, down: SIMD3<Float>, forward: SIMD3<Float>
        var focal: SIMD2<Float>, center: SIMD2<Float>
        var width: Int32, height: Int32
        /// First texel in `texels`.
        var start: Int32
        /// Metres per texel at one metre.
        var texel: Float
    }

    /// The passing beam fills 45 degrees to each side, 24 down and 10 up.
    private static let headlampLens = PinholeCamera(width: 768, height: 384, fx: 384, fy: 614, cx: 384, cy: 108)
    private static let farHeadlampLens = PinholeCamera(width: 256, height: 128, fx: 128, fy: 204, cx: 128, cy: 36)
    /// Down to 63 degrees from the vertical all around.
    private static let lanternLens = PinholeCamera(width: 512, height: 512, fx: 128, fy: 128, cx: 256, cy: 256)
    private static let farLanternLens = PinholeCamera(width: 192, height: 192, fx: 48, fy: 48, cx: 96, cy: 96)

    /// What stands further from a lamp throws no shadow that one could tell from the dark around it, metres.
    private static let reach = 90.0

    private(set) var count = 0
    private var maps: UnsafeMutablePointer<Map> = .allocate(capacity: 1)
    private var texels: UnsafeMutablePointer<Float> = .allocate(capacity: 1)
    private var capacity = (maps: 1, texels: 1)
    private var plane: [Float] = []

    deinit {
        maps.deallocate()
        texels.deallocate()
    }

    /// Where a map is taken from, and of what.
    struct Wish {
        var lamp: PlacedLamp
        var lens: PinholeCamera

        /// - Parameter isNear: whether the map is one of the finest.
        init?(_ lamp: PlacedLamp, isNear: Bool = true) {
            switch lamp.lamp.beam {
            case .dipped, .main: lens = isNear ? LampShadows.headlampLens : LampShadows.farHeadlampLens
            case .lantern: lens = isNear ? LampShadows.lanternLens : LampShadows.farLanternLens
            default: return nil
            }
            self.lamp = lamp
        }

        var camera: RasterCamera {
            RasterCamera(pose: Pose(position: lamp.position, rotation: Quaternion(columns: -lamp.left, -lamp.up, lamp.forward)), camera: lens, near: 0.15)
        }
    }

    /// Draws the casters of every wish.
    func fill(_ wishes: [Wish], eye: Vec3, _ instances: [MeshInstance], _ rasterizer: Rasterizer, _ pool: WorkerPool) {
        count = wishes.count
        reserve(wishes)
        var start = 0
        for (index, wish) in wishes.enumerated() {
            let lens = wish.lens
            let casters = instances.filter { $0.object == 0 || $0.object != wish.lamp.object }
            rasterizer.renderNearness(casters, camera: wish.camera, reach: Self.reach, pool: pool, into: &plane)
            for (offset, value) in plane.enumerated() { texels[start + offset] = value }
            (maps + index).initialize(
                to: Map(
                    position: SIMD3<Float>(wish.lamp.position - eye), right: SIMD3<Float>(-wish.lamp.left), down: SIMD3<Float>(-wish.lamp.up),
                    forward: SIMD3<Float>(wish.lamp.forward), focal: SIMD2(Float(lens.fx), Float(lens.fy)), center: SIMD2(Float(lens.cx), Float(lens.cy)),
                    width: Int32(lens.width), height: Int32(lens.height), start: Int32(start), texel: Float(1 / min(lens.fx, lens.fy))))
            start += lens.width * lens.height
        }
    }

    private func reserve(_ wishes: [Wish]) {
        let wanted = wishes.reduce(0) { $0 + $1.lens.width * $1.lens.height }
        if wanted > capacity.texels {
            texels.deallocate()
            texels = .allocate(capacity: wanted)
            capacity.texels = wanted
        }
        if wishes.count > capacity.maps {
            maps.deallocate()
            maps = .allocate(capacity: wishes.count)
            capacity.maps = wishes.count
        }
    }

    /// Share of a lamp's light that reaches points given relative to the eye; 1 outside the map.
    ///
    /// The point is moved off its surface by the filter's half width, so that no surface shades itself at grazing light.
    @inline(__always) func visibility(_ index: Int32, _ point: Vector8, normal: Vector8) -> Lanes {
        let map = maps + Int(index)
        let from = SIMD3<Float>(-map.pointee.position.x, -map.pointee.position.y, -map.pointee.position.z)
        let q0 = point + from
        let q = q0 + normal * (sqv_max(dot(q0, map.pointee.forward), splat(0.1)) * (2.2 * map.pointee.texel))
        let z = dot(q, map.pointee.forward)
        let nearness = 1 / sqv_max(z, splat(1e-3))
        let x = sqv_fma(dot(q, map.pointee.right) * map.pointee.focal.x, nearness, splat(map.pointee.center.x))
        let y = sqv_fma(dot(q, map.pointee.down) * map.pointee.focal.y, nearness, splat(map.pointee.center.y))
        let margin: Float = 2.5
        let (w, h) = (Float(map.pointee.width) - margin, Float(map.pointee.height) - margin)
        let inside = sqv_less(splat(margin), sqv_min(x, y)) & sqv_less(x, splat(w)) & sqv_less(y, splat(h)) & sqv_less(splat(0.16), z)
        if sqv_bits(inside) == 0 { return splat(1) }
        let sx = sqv_min(sqv_max(x, splat(margin)), splat(w)), sy = sqv_min(sqv_max(y, splat(margin)), splat(h))
        // Three parts in a thousand of the distance: what rounding of far keys may come to.
        let lit = filtered(texels + Int(map.pointee.start), Int(map.pointee.width), sx, sy, nearness * 1.003)
        return sqv_select(inside, lit, splat(1))
    }

    /// Mean of nine bilinear comparisons one texel apart, as for the sun.
    @inline(__always) private func filtered(_ map: UnsafePointer<Float>, _ width: Int, _ x: Lanes, _ y: Lanes, _ nearness: Lanes) -> Lanes {
        let (bx, by) = (sqv_floor(x - 0.5), sqv_floor(y - 0.5))
        let (fx, fy) = (x - 0.5 - bx, y - 0.5 - by)
        let start = (sqv_int(by) &- 1) &* Int32(width) &+ (sqv_int(bx) &- 1)
        var sum = splat(0)
        for j in 0..<4 {
            let weight = j == 0 ? 1 - fy : (j == 3 ? fy : splat(1))
            let line = start &+ Int32(j * width)
            var across = (1 - fx) * open(map, line, nearness)
            across += open(map, line &+ 1, nearness)
            across += open(map, line &+ 2, nearness)
            across = sqv_fma(fx, open(map, line &+ 3, nearness), across)
            sum = sqv_fma(across, weight, sum)
        }
        return sum * (1 / 9)
    }

    @inline(__always) private func open(_ map: UnsafePointer<Float>, _ index: LaneInts, _ nearness: Lanes) -> Lanes {
        sqv_bits_f(~sqv_less(nearness, sqv_gather(map, index)) & Int32(bitPattern: Float(1).bitPattern))
    }
}
