import CSquallKernels
import SquallGeometry
import SquallMath
import SquallRaster
import SquallSky

/// One orthographic depth map of the scene seen from the sun.
struct ShadowCascade {
    /// Column, row and depth (metres away from the sun) of a point: `dot(row.xyz, position - eye) + row.w`.
    var column: SIMD4<Float>, row: SIMD4<Float>, depth: SIMD4<Float>
    /// Metres per texel.
    var texel: Float
    /// Depth that level ground gains per texel right and down, metres.
    var levelSlope: SIMD2<Float>
    /// Where the first column and row lie in the pages' map, whose rows and columns come round.
    var phaseX: Int32, phaseY: Int32
}

/// Cascaded shadow maps of the sun: nested squares around what the camera sees, cut from pages that lie still in the world so that shadow edges
/// stay where they are while the camera moves. Percentage-closer filtering with bilinear weights over three texels; where the sun's half degree
/// would blur less than that, its edge is steepened to the width of the true penumbra, which is that of 107th part of the way to
/// what casts it: shadows are sharp where things touch the ground.
///
/// Self-shadowing is kept away by comparing each tap with the receiving triangle's plane there, drawn towards the sun by one to two
/// texels: a contact gap stays below that. The looked-up point itself is not moved, so shadows end where geometry says.
final class ShadowMaps: @unchecked Sendable {   // filled before a frame is shaded, read by its workers
    let size: Int
    private(set) var count = 0
    private let cascades: UnsafeMutablePointer<ShadowCascade>
    private let pages: [ShadowPages]
    /// The pages' texels and bounds, finest map first.
    private let maps: UnsafeMutablePointer<Map>
    private let side: Int32
    private var casters = ShadowCasters()

    private struct Map {
        var depths: UnsafePointer<Float>
        /// Levels, and farthest depths, in turn.
        var bounds: UnsafePointer<Float>
    }

    init(size: Int) {
        self.size = size
        cascades = .allocate(capacity: ShadowCascades.ends.count)
        maps = .allocate(capacity: ShadowCascades.ends.count)
        let across = ShadowCascades.pages(size: size)
        pages = size == 0 ? [] : ShadowCascades.ends.map { _ in ShadowPages(count: across) }
        side = Int32(across * ShadowCascades.page)
        for (index, page) in pages.enumerated() {
            maps[index] = Map(depths: UnsafePointer(page.depths), bounds: UnsafeRawPointer(page.neighbourhoods).assumingMemoryBound(to: Float.self))
        }
    }

    deinit {
        cascades.deallocate()
        maps.deallocate()
    }

    /// Draws what has changed since the frame before.
    func fill(_ layout: ShadowCascades, _ instances: [MeshInstance], _ rasterizer: Rasterizer, _ pool: WorkerPool) {
        count = layout.cascades.count
        let changed = casters.replace(instances, rasterizer.meshes)
        var seen: [ShadowCasters.Shape]?
        for (index, sheet) in layout.sheets.enumerated() {
            cascades[index] = layout.cascades[index]
            pages[index].update(
                sheet, slope: layout.cascades[index].levelSlope, changed: changed,
                casters: {
                    let shapes = seen ?? casters.seen(along: sheet.axes)
                    seen = shapes
                    return shapes
                }, rasterizer, pool)
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
            let limit = splat(Float(side) - margin)
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
            result = sqv_select(inside, reached(index, c, Taps(sx, sy, z, slopes), inside), result)
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

    /// The sixteen texels around a point and the receiving plane over them.
    private struct Taps {
        /// Column and row of the first texel, and where the point lies between the second and the third.
        let column: LaneInts, row: LaneInts, fx: Lanes, fy: Lanes
        /// Depth of the plane at the first texel and its change per texel.
        let corner: Lanes, slope: (x: Lanes, y: Lanes)

        @inline(__always) init(_ x: Lanes, _ y: Lanes, _ z: Lanes, _ slope: (x: Lanes, y: Lanes)) {
            let (bx, by) = (sqv_floor(x - 0.5), sqv_floor(y - 0.5))
            (fx, fy) = (x - 0.5 - bx, y - 0.5 - by)
            (column, row) = (sqv_int(bx) &- 1, sqv_int(by) &- 1)
            corner = sqv_fma(-1 - fx, slope.x, sqv_fma(-1 - fy, slope.y, z))
            self.slope = slope
        }
    }

    /// Most points have nothing at all between them and the sun, or something before every texel around: the bounds of the blocks tell, and give what the
    /// filter would.
    @inline(__always) private func reached(_ index: Int, _ c: ShadowCascade, _ taps: Taps, _ wanted: LaneInts) -> Lanes {
        let columns = around(taps.column &+ c.phaseX), rows = around(taps.row &+ c.phaseY)
        let map = maps[index]
        let block = (sqv_shr(rows, 3) &* (side >> 3) &+ sqv_shr(columns, 3)) &* 2
        // The plane against level ground, from the first texel of the page.
        let last = Int32(ShadowCascades.page - 1)
        let level = taps.corner - sqv_fma(sqv_float(columns & last), splat(c.levelSlope.x), sqv_float(rows & last) * c.levelSlope.y)
        let (leanX, leanY) = ((taps.slope.x - c.levelSlope.x) * 3, (taps.slope.y - c.levelSlope.y) * 3)
        let highest = level + sqv_max(leanX, splat(0)) + sqv_max(leanY, splat(0)) + Self.rounding
        let nearest = sqv_fma(sqv_min(taps.slope.x, splat(0)) + sqv_min(taps.slope.y, splat(0)), splat(3), taps.corner) - Self.rounding
        let lit = sqv_less(highest, sqv_gather(map.bounds, block)), dark = sqv_less(sqv_gather(map.bounds, block &+ 1), nearest)
        if sqv_bits(wanted & ~(lit | dark)) == 0 { return sqv_select(lit, splat(1), splat(0)) }
        return filtered(map.depths, columns, rows, taps, penumbra: Self.sunWidth / c.texel)
    }

    /// Metres that float32 may be off by over a page.
    private static let rounding: Float = 1e-3

    /// Rows and columns come round once.
    @inline(__always) private func around(_ number: LaneInts) -> LaneInts {
        let beyond = number &- side
        return sqv_select_i(beyond &>> 31, number, beyond)
    }

    /// Mean of nine bilinear comparisons one texel apart: sixteen texels with weights 1-f, 1, 1, f along each axis; then steepened about its
    /// middle as far as the way to the casters asks for.
    @inline(__always) private func filtered(_ map: UnsafePointer<Float>, _ first: LaneInts, _ top: LaneInts, _ taps: Taps, penumbra: Float) -> Lanes {
        let (fx, fy, slope) = (taps.fx, taps.fy, taps.slope)
        let columns = (first, around(first &+ 1), around(first &+ 2), around(first &+ 3))
        var (sum, casters, way) = (splat(0), splat(1e-6), splat(0))
        for j in 0..<4 {
            let weight = j == 0 ? 1 - fy : (j == 3 ? fy : splat(1))
            let line = around(top &+ Int32(j)) &* side
            var plane = sqv_fma(slope.y, splat(Float(j)), taps.corner)
            for i in 0..<4 {
                let column = i == 0 ? columns.0 : (i == 1 ? columns.1 : (i == 2 ? columns.2 : columns.3))
                let there = sqv_gather(map, line &+ column)
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
