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
/// stay still while the camera moves. Percentage-closer filtering with bilinear weights over three texels; where the sun's half degree
/// would blur less than that, its edge is steepened to the width of the true penumbra, which is that of 107th part of the way to
/// what casts it: shadows are sharp where things touch the ground.
///
/// Self-shadowing is kept away by comparing each tap with the receiving triangle's plane there, drawn towards the sun by one to two
/// texels: a contact gap stays below that. The looked-up point itself is not moved, so shadows end where geometry says.
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
            let x = affine(c.column, position), y = affine(c.row, position)
            let margin: Float = 2.5
            let limit = splat(Float(size) - margin)
            let inside = sqv_less(splat(margin), sqv_min(x, y)) & sqv_less(sqv_max(x, y), limit) & open
            if sqv_bits(inside) == 0 { continue }
            let sx = sqv_min(sqv_max(x, splat(margin)), limit), sy = sqv_min(sqv_max(y, splat(margin)), limit)
            // Depth gained per texel along the plane; behind grazing light it is cut off, where surfaces turn away anyway.
            let away = Vector8(repeating: SIMD3(c.depth.x, c.depth.y, c.depth.z))
            let steepness = -1 / sqv_min(dot(normal, away), splat(-0.03))
            let facing = steepness * (c.texel * c.texel)
            // The flatter the light, the more a neighbouring facet may stand out of the plane.
            let z = affine(c.depth, position) - sqv_min(sqv_fma(steepness, splat(0.8), splat(0.6)), splat(2)) * c.texel
            let slopes = (dot(normal, Vector8(repeating: SIMD3(c.column.x, c.column.y, c.column.z))) * facing, dot(normal, Vector8(repeating: SIMD3(c.row.x, c.row.y, c.row.z))) * facing)
            result = sqv_select(inside, filtered(depths + index * size * size, sx, sy, z, slopes, penumbra: Self.sunWidth / c.texel), result)
            open = open & ~inside
        }
        return result
    }

    @inline(__always) private func affine(_ row: SIMD4<Float>, _ p: Vector8) -> Lanes {
        sqv_fma(p.x, splat(row.x), sqv_fma(p.y, splat(row.y), sqv_fma(p.z, splat(row.z), splat(row.w))))
    }

    /// Width of a penumbra per metre between what casts it and what receives it.
    private static let sunWidth: Float = 2 * SunLight.radius
    /// The narrowest edge that does not show texels.
    private static let sharpest: Float = 1.3

    /// Mean of nine bilinear comparisons one texel apart: sixteen texels with weights 1-f, 1, 1, f along each axis; then steepened about its
    /// middle as far as the way to the casters asks for.
    @inline(__always) private func filtered(
        _ map: UnsafePointer<Float>, _ x: Lanes, _ y: Lanes, _ z: Lanes, _ slope: (x: Lanes, y: Lanes), penumbra: Float
    ) -> Lanes {
        let (bx, by) = (sqv_floor(x - 0.5), sqv_floor(y - 0.5))
        let (fx, fy) = (x - 0.5 - bx, y - 0.5 - by)
        let start = (sqv_int(by) &- 1) &* Int32(size) &+ (sqv_int(bx) &- 1)
        var (sum, casters, way) = (splat(0), splat(1e-6), splat(0))
        let corner = sqv_fma(-1 - fx, slope.x, sqv_fma(-1 - fy, slope.y, z))
        for j in 0..<4 {
            let weight = j == 0 ? 1 - fy : (j == 3 ? fy : splat(1))
            let line = start &+ Int32(j * size)
            var plane = sqv_fma(slope.y, splat(Float(j)), corner)
            for i in 0..<4 {
                let there = sqv_gather(map, line &+ Int32(i))
                let dark = sqv_less(there, plane)
                let share = (i == 0 ? 1 - fx : (i == 3 ? fx : splat(1))) * weight
                sum += sqv_bits_f(~dark & sqv_bits_i(share))
                casters += sqv_bits_f(dark & sqv_bits_i(splat(1)))
                way += sqv_bits_f(dark & sqv_bits_i(plane - there))
                plane += slope.x
            }
        }
        let width = sqv_min(sqv_max(way / casters * penumbra, splat(Self.sharpest)), splat(3))
        return clamp01(sqv_fma(sqv_fma(sum, splat(1.0 / 9), splat(-0.5)), 3 / width, splat(0.5)))
    }
}
