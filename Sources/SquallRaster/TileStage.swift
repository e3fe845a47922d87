import CSquallKernels
import SquallMath

/// Sample positions: the pixel centre, then four on a rotated grid; offsets from the centre in 1/8 pixel.
enum SampleGrid {
    static let x: SIMD4<Int32> = [-1, 3, -3, 1]
    static let y: SIMD4<Int32> = [-3, -1, 1, 3]
    /// Farthest offset along an axis, 1/256 pixel.
    static let reach: Int32 = 96
}

/// What one worker needs while it fills a tile. Pixels lie block by block: eight rows of eight per block of 8 x 8.
final class TileScratch: @unchecked Sendable {   // used by one worker at a time
    static let side = 64, pixels = 4096
    /// Centre layer, then four sample layers; then the same for glass.
    let keys = Block<Float>(capacity: 10 * pixels)
    /// Tile-local record numbers, -1 for none.
    let ids = Block<Int32>(capacity: 10 * pixels)
    /// Lower bound of the keys in each block, all layers.
    let farthest = Block<Float>(capacity: 64)
    let stale = Block<Bool>(capacity: 64)
    /// Record behind each tile-local number and where it was resolved, -1 for not yet.
    let locals = Block<Int32>(capacity: 1 << 14)
    let slots = Block<Int32>(capacity: 1 << 14)
    let resolved = Block<ResolvedTriangle>(capacity: 4096)
    var resolvedCount = 0

    /// Where the eight pixels from (i, j) of the tile lie; i is a multiple of eight.
    @inline(__always) static func offset(_ i: Int, _ j: Int) -> Int {
        let block = (j >> 3) * 8 + (i >> 3)
        return block * 64 + (j & 7) * 8
    }
}

/// One edge within one tile: e(i, j) = c + i stepX + j stepY at pixel centre (i, j); inside where e >= 0.
struct TileEdge {
    var c: Int32, stepX: Int32, stepY: Int32
    /// Added for the four samples (units of 1/8 pixel).
    var dx: Int32, dy: Int32
}

/// Rasterizes the records of a tile: exact integer edges, top-left rule, 8 x 8 blocks with hierarchical depth.
struct TileStage: @unchecked Sendable {   // reads records only
    let records: UnsafePointer<Record>
    let tilesAcross: Int
    let width: Int, height: Int
    let multisampled: Bool

    /// Clears the layers of one set (0 opaque, 1 glass).
    func clear(_ scratch: TileScratch) {
        let layers = multisampled ? 5 : 1
        scratch.keys.base.update(repeating: 0, count: layers * TileScratch.pixels)
        scratch.ids.base.update(repeating: -1, count: layers * TileScratch.pixels)
        scratch.farthest.base.update(repeating: 0, count: 64)
        scratch.stale.base.update(repeating: false, count: 64)
    }

    /// Glass starts from the opaque depths with no ids, so only glass in front of them is kept.
    func beginGlass(_ scratch: TileScratch) {
        let layers = multisampled ? 5 : 1
        (scratch.keys.base + 5 * TileScratch.pixels).update(from: scratch.keys.base, count: layers * TileScratch.pixels)
        (scratch.ids.base + 5 * TileScratch.pixels).update(repeating: -1, count: layers * TileScratch.pixels)
    }

    /// The edge a -> b seen from a tile, or nil when nothing of the tile is inside.
    @inline(__always)
    private func edge(_ xa: Int32, _ ya: Int32, _ xb: Int32, _ yb: Int32, _ px: Int, _ py: Int) -> TileEdge? {
        let (dx, dy) = (xb - xa, yb - ya)
        let (wideX, wideY) = (Int(dx), Int(dy))
        let bias = (dy < 0 || (dy == 0 && dx > 0)) ? 0 : -1
        let c = wideX * (8 * py + 4) - wideY * (8 * px + 4) + ((wideY * Int(xa) - wideX * Int(ya) + bias) >> 5)
        let (stepX, stepY) = (-8 * wideY, 8 * wideX)
        let slack = multisampled ? 3 * (abs(wideX) + abs(wideY)) : 0
        let highest = c + max(0, 63 * stepX) + max(0, 63 * stepY) + slack
        if highest < 0 { return nil }
        let lowest = c + min(0, 63 * stepX) + min(0, 63 * stepY) - slack
        if lowest >= 0 { return TileEdge(c: 0, stepX: 0, stepY: 0, dx: 0, dy: 0) }
        return TileEdge(c: Int32(truncatingIfNeeded: c), stepX: Int32(truncatingIfNeeded: stepX), stepY: Int32(truncatingIfNeeded: stepY), dx: dx, dy: dy)
    }

    /// Draws one record. `cut` refuses lanes of alpha-masked surfaces: (layer, x, y) of the row's first pixel, mask in and out.
    @inline(__always)
    func draw(
        _ record: UnsafePointer<Record>, local: Int32, tileX: Int, tileY: Int, set: Int, multi: Bool, scratch: TileScratch,
        cut: ((_ layer: Int, _ x: Int, _ y: Int, _ mask: SIMD8<Int32>) -> SIMD8<Int32>)?
    ) {
        let r = record.pointee
        guard let e0 = edge(r.x0, r.y0, r.x1, r.y1, tileX, tileY), let e1 = edge(r.x1, r.y1, r.x2, r.y2, tileX, tileY),
            let e2 = edge(r.x2, r.y2, r.x0, r.y0, tileX, tileY)
        else { return }
        let minX = max(Int(r.columns & 0xffff) - tileX, 0), maxX = min(Int(r.columns >> 16) - tileX, 63)
        let minY = max(Int(r.rows & 0xffff) - tileY, 0), maxY = min(Int(r.rows >> 16) - tileY, 63)
        let corner = r.key + r.keyDx * (Float(tileX) + 0.5 - Float(r.x0) * (1.0 / 256)) + r.keyDy * (Float(tileY) + 0.5 - Float(r.y0) * (1.0 / 256))
        let lanes = sqr_lanes_i()
        let (l0, l1, l2) = (sqr_mul(lanes, sqr_splat_i(e0.stepX)), sqr_mul(lanes, sqr_splat_i(e1.stepX)), sqr_mul(lanes, sqr_splat_i(e2.stepX)))
        let keyLanes = sqr_lanes() * sqr_splat(r.keyDx)
        let (keyMin, keyMax) = (sqr_splat(r.keyMin), sqr_splat(r.keyMax))
        let spread: Float = multi ? 0.375 * (abs(r.keyDx) + abs(r.keyDy)) : 0
        let rise = max(0, 7 * r.keyDx) + max(0, 7 * r.keyDy) + spread
        let keys = scratch.keys.base + set * 5 * TileScratch.pixels
        let ids = scratch.ids.base + set * 5 * TileScratch.pixels
        let farthest = scratch.farthest.base, stale = scratch.stale.base
        let idLanes = sqr_splat_i(local)
        var by = minY >> 3
        while by <= maxY >> 3 {
            var bx = minX >> 3
            while bx <= maxX >> 3 {
                let block = by * 8 + bx
                let (i, j) = (Int32(bx * 8), Int32(by * 8))
                let keyBlock = corner + r.keyDx * Float(i) + r.keyDy * Float(j)
                if stale[block] { refresh(block, scratch, multi: multi) }
                if min(keyBlock + rise, r.keyMax) <= farthest[block] { bx += 1; continue }
                let (c0, c1, c2) = (
                    e0.c &+ i &* e0.stepX &+ j &* e0.stepY, e1.c &+ i &* e1.stepX &+ j &* e1.stepY, e2.c &+ i &* e2.stepX &+ j &* e2.stepY
                )
                if outside(c0, e0, multi) || outside(c1, e1, multi) || outside(c2, e2, multi) { bx += 1; continue }
                let firstRow = max(minY - by * 8, 0), lastRow = min(maxY - by * 8, 7)
                var row = firstRow
                var written: Int32 = 0
                while row <= lastRow {
                    let down = Int32(row)
                    let v0 = sqr_add(l0, sqr_splat_i(c0 &+ down &* e0.stepY))
                    let v1 = sqr_add(l1, sqr_splat_i(c1 &+ down &* e1.stepY))
                    let v2 = sqr_add(l2, sqr_splat_i(c2 &+ down &* e2.stepY))
                    let key = keyLanes + sqr_splat(keyBlock + r.keyDy * Float(down))
                    let at = block * 64 + row * 8
                    var layer = 0
                    while layer < (multi ? 5 : 1) {
                        var outside = sqr_or(sqr_or(v0, v1), v2)
                        var depth = key
                        if multi, layer > 0 {
                            let (ox, oy) = (SampleGrid.x[layer - 1], SampleGrid.y[layer - 1])
                            outside = sqr_or(
                                sqr_or(
                                    sqr_add(v0, sqr_splat_i(e0.dx &* oy &- e0.dy &* ox)), sqr_add(v1, sqr_splat_i(e1.dx &* oy &- e1.dy &* ox))),
                                sqr_add(v2, sqr_splat_i(e2.dx &* oy &- e2.dy &* ox)))
                            depth = key + sqr_splat(r.keyDx * Float(ox) * 0.125 + r.keyDy * Float(oy) * 0.125)
                        }
                        depth = sqr_max(sqr_min(depth, keyMax), keyMin)
                        let place = layer * TileScratch.pixels + at
                        let old = sqr_load(keys + place)
                        var pass = sqr_and(sqr_not(outside), sqr_greater(depth, old))
                        var bits = sqr_mask(pass)
                        if bits != 0, let cut {
                            pass = cut(layer, tileX + Int(i), tileY + by * 8 + row, pass)
                            bits = sqr_mask(pass)
                        }
                        if bits != 0 {
                            sqr_store(keys + place, sqr_select(pass, depth, old))
                            sqr_store_i(ids + place, sqr_select_i(pass, idLanes, sqr_load_i(ids + place)))
                            written |= bits
                        }
                        layer += 1
                    }
                    row += 1
                }
                if written != 0, set == 0 { stale[block] = true }
                bx += 1
            }
            by += 1
        }
    }

    @inline(__always)
    private func outside(_ c: Int32, _ e: TileEdge, _ multi: Bool) -> Bool {
        let highest = c &+ max(0, 7 &* e.stepX) &+ max(0, 7 &* e.stepY)
        return highest &+ (multi ? 3 &* (abs(e.dx) &+ abs(e.dy)) : 0) < 0
    }

    /// Brings the block's lower bound up to date.
    @inline(__always)
    private func refresh(_ block: Int, _ scratch: TileScratch, multi: Bool) {
        var lowest = sqr_load(scratch.keys.base + block * 64)
        var layer = 0
        while layer < (multi ? 5 : 1) {
            let keys = scratch.keys.base + layer * TileScratch.pixels + block * 64
            var row = 0
            while row < 8 {
                lowest = sqr_min(lowest, sqr_load(keys + 8 * row))
                row += 1
            }
            layer += 1
        }
        scratch.farthest.base[block] = sqr_lowest(lowest)
        scratch.stale.base[block] = false
    }
}
