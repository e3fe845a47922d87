import CSquallKernels
import SquallGeometry
import SquallMath
import SquallRaster

/// One orthographic depth map of the scene seen from the sun.
struct ShadowCascade {
    /// Column, row and depth (metres away from the sun) of a point: `dot(row.xyz, position - eye) + row.w`.
    var column: SIMD4<Float>, row: SIMD4<Float>, depth: SIMD4<Float>
    /// Metres per texel.
    var texel: Float
}

/// Cascaded shadow maps of the sun: nested squares around what the camera sees, snapped to their texels so that shadow edges
/// stay still while the camera moves. Soft over three texels (percentage-closer filtering with bilinear weights).
///
/// Self-shadowing is kept away by shifting the looked-up point along the triangle's normal by the filter's
/// half width (2.8 texels) and by half a texel of depth; a contact gap stays below three texels.
final class ShadowMaps: @unchecked Sendable {   // filled before a frame is shaded, read by its workers
    let size: Int
    private(set) var count = 0
    private let cascades: UnsafeMutablePointer<ShadowCascade>
    /// Metres away from the sun per texel, cascade after cascade, finest first; +infinity where nothing is.
    private let depths: UnsafeMutablePointer<Float>
    private var plane: [Float] = []

    init(size: Int) {
        self.size = size
        cascades = .allocate(capacity: ShadowCascades.ends.count)
        depths = .allocate(capacity: max(1, ShadowCascades.ends.count * size * size))
    }

    deinit {
        cascades.deallocate()
        depths.deallocate()
    }

    /// Draws the casters into every cascade.
    func fill(_ layout: ShadowCascades, _ instances: [MeshInstance], _ rasterizer: Rasterizer, _ pool: WorkerPool) {
        count = layout.cascades.count
        for (index, camera) in layout.cameras.enumerated() {
            cascades[index] = layout.cascades[index]
            rasterizer.renderDepth(instances, camera: camera, width: size, height: size, pool: pool, into: &plane)
            plane.withUnsafeBufferPointer { (depths + index * size * size).update(from: $0.baseAddress!, count: size * size) }
        }
    }

    /// Share of the sun that reaches points given relative to the eye; 1 outside all maps.
    @inline(__always) func visibility(_ position: Vector8, normal: Vector8, active: LaneInts) -> Lanes {
        var result = splat(1)
        var open = active
        for index in 0..<count {
            if sqv_bits(open) == 0 { break }
            let c = cascades[index]
            let p = position + normal * splat(2.8 * c.texel)
            let x = affine(c.column, p), y = affine(c.row, p)
            let margin: Float = 2.5
            let limit = splat(Float(size) - margin)
            let inside = sqv_less(splat(margin), sqv_min(x, y)) & sqv_less(sqv_max(x, y), limit) & open
            if sqv_bits(inside) == 0 { continue }
            let z = affine(c.depth, p) - 0.6 * c.texel
            let sx = sqv_min(sqv_max(x, splat(margin)), limit), sy = sqv_min(sqv_max(y, splat(margin)), limit)
            result = sqv_select(inside, filtered(depths + index * size * size, sx, sy, z), result)
            open = open & ~inside
        }
        return result
    }

    @inline(__always) private func affine(_ row: SIMD4<Float>, _ p: Vector8) -> Lanes {
        sqv_fma(p.x, splat(row.x), sqv_fma(p.y, splat(row.y), sqv_fma(p.z, splat(row.z), splat(row.w))))
    }

    /// Mean of nine bilinear comparisons one texel apart: sixteen texels with weights 1-f, 1, 1, f along each axis.
    @inline(__always) private func filtered(_ map: UnsafePointer<Float>, _ x: Lanes, _ y: Lanes, _ z: Lanes) -> Lanes {
        let (bx, by) = (sqv_floor(x - 0.5), sqv_floor(y - 0.5))
        let (fx, fy) = (x - 0.5 - bx, y - 0.5 - by)
        let start = (sqv_int(by) &- 1) &* Int32(size) &+ (sqv_int(bx) &- 1)
        var sum = splat(0)
        for j in 0..<4 {
            let weight = j == 0 ? 1 - fy : (j == 3 ? fy : splat(1))
            let line = start &+ Int32(j * size)
            var across = (1 - fx) * lit(map, line, z)
            across += lit(map, line &+ 1, z)
            across += lit(map, line &+ 2, z)
            across = sqv_fma(fx, lit(map, line &+ 3, z), across)
            sum = sqv_fma(across, weight, sum)
        }
        return sum * (1 / 9)
    }

    @inline(__always) private func lit(_ map: UnsafePointer<Float>, _ index: LaneInts, _ z: Lanes) -> Lanes {
        sqv_bits_f(~sqv_less(sqv_gather(map, index), z) & Int32(bitPattern: Float(1).bitPattern))
    }
}
