import CSquallKernels
import SquallMath

/// Sample positions: the pixel centre, then four on a rotated grid; offsets from the centre in 1/8 pixel.
enum SampleGrid {
    @inline(__always) static var x: SIMD4<Int32> { SIMD4(-1, 3, -3, 1) }
    @inline(__always) static var y: SIMD4<Int32> { SIMD4(-3, -1, 1, 3) }
    /// Two pixels side by side, four samples each, as they lie in memory.
    @inline(__always) static var pairX: SIMD8<Int32> { SIMD8(-1, 3, -3, 1, -1, 3, -3, 1) }
    @inline(__always) static var pairY: SIMD8<Int32> { SIMD8(-3, -1, 1, 3, -3, -1, 1, 3) }
    @inline(__always) static var pairPixel: SIMD8<Int32> { SIMD8(0, 0, 0, 0, 1, 1, 1, 1) }
    /// Farthest offset along an axis, 1/256 pixel.
    static let reach: Int32 = 96
}

/// A triangle whose attributes are still to be read.
struct PendingTriangle: BitwiseCopyable {
    var record: Int32
    var slot: Int32
}

/// What one worker needs while it fills a tile. Pixels lie block by block: eight rows of eight per block of 8 x 8. The four
/// samples of a pixel lie together, after the layer of centres.
final class TileScratch: @unchecked Sendable {   // used by one worker at a time
    static let side = 64, pixels = 4096
    /// A layer of centres, then four times as many samples; then the same for glass.
    let keys = Block<Float>(capacity: 10 * pixels)
    /// Tile-local record numbers, -1 for none.
    let ids = Block<Int32>(capacity: 10 * pixels)
    /// Lower bound of the keys in each block, all layers.
    let farthest = Block<Float>(capacity: 64)
    /// Pixels written in each block since its bound was computed.
    let written = Block<Int32>(capacity: 64)
    /// Record behind each tile-local number and where it was resolved, -1 for not yet.
    let locals = Block<Int32>(capacity: 1 << 14)
    let slots = Block<Int32>(capacity: 1 << 14)
    let resolved = Block<ResolvedTriangle>(capacity: 4096)
    var resolvedCount = 0
    /// The alpha-masked triangle being drawn.
    let cut = Block<ResolvedTriangle>(capacity: 1)
    let pending = Block<PendingTriangle>(capacity: 4096)

    /// Where the eight pixels from (i, j) of the tile lie; i is a multiple of eight.
    @inline(__always) static func offset(_ i: Int, _ j: Int) -> Int {
        let block = (j >> 3) * 8 + (i >> 3)
        return block * 64 + (j & 7) * 8
    }
}

/// The three edges of a triangle within one tile: e(i, j) = c + i stepX + j stepY at pixel centre (i, j), one lane an edge;
/// inside where all e >= 0. Lanes from the fourth on are ballast.
struct TileEdges {
    var c: SIMD8<Int32>, stepX: SIMD8<Int32>, stepY: SIMD8<Int32>
    /// Change per 1/8 pixel right is -dy, down dx; used for the four samples.
    var dx: SIMD8<Int32>, dy: SIMD8<Int32>

    /// - Parameter c: the edges at the tile's first pixel centre.
    @inline(__always)
    init(c: SIMD8<Int32>, dx: SIMD8<Int32>, dy: SIMD8<Int32>) {
        (self.c, self.dx, self.dy) = (c, dx, dy)
        (stepX, stepY) = (sqv_mul(dy, sqv_splat_i(-8)), sqv_mul(dx, sqv_splat_i(8)))
    }

    /// The edges some pixels right of and below the first.
    @inline(__always) func at(_ i: Int32, _ j: Int32) -> SIMD8<Int32> {
        sqv_add(c, sqv_add(sqv_mul(stepX, sqv_splat_i(i)), sqv_mul(stepY, sqv_splat_i(j))))
    }
}

/// Rasterizes the records of a tile: exact integer edges, top-left rule, 8 x 8 blocks with hierarchical depth.
struct TileStage: @unchecked Sendable {   // reads records only
    let records: UnsafePointer<Record>
    let tilesAcross: Int
    let width: Int, height: Int
    let multisampled: Bool

    /// Clears the opaque layers.
    func clear(_ scratch: TileScratch) {
        let layers = multisampled ? 5 : 1
        scratch.keys.base.update(repeating: 0, count: layers * TileScratch.pixels)
        scratch.ids.base.update(repeating: -1, count: layers * TileScratch.pixels)
        scratch.farthest.base.update(repeating: 0, count: 64)
        scratch.written.base.update(repeating: 0, count: 64)
    }

    /// Glass starts from the opaque depths with no ids, so only glass in front of them is kept.
    func beginGlass(_ scratch: TileScratch) {
        let layers = multisampled ? 5 : 1
        (scratch.keys.base + 5 * TileScratch.pixels).update(from: scratch.keys.base, count: layers * TileScratch.pixels)
        (scratch.ids.base + 5 * TileScratch.pixels).update(repeating: -1, count: layers * TileScratch.pixels)
    }

    /// What an alpha-masked surface cuts away: layer 0 for eight centres, 1 for two pixels of four samples; the first pixel;
    /// the mask of what would be drawn. Gives the mask that is left.
    typealias Cut = (_ layer: Int, _ x: Int, _ y: Int, _ mask: SIMD8<Int32>) -> SIMD8<Int32>

    /// Draws one record into the opaque (set 0) or glass (set 1) layers.
    @inline(__always)
    func draw(
        _ record: UnsafePointer<Record>, local: Int32, tileX: Int, tileY: Int, set: Int, multi: Bool, scratch: TileScratch, cut: Cut?
    ) {
        let (columns, rows) = (record.pointee.columns, record.pointee.rows)
        let minX = max(Int(columns & 0xffff) &- tileX, 0), maxX = min(Int(columns >> 16) &- tileX, 63)
        let minY = max(Int(rows & 0xffff) &- tileY, 0), maxY = min(Int(rows >> 16) &- tileY, 63)
        let (bx0, bx1, by0, by1) = (minX >> 3, maxX >> 3, minY >> 3, maxY >> 3)
        let edges: TileEdges
        if record.pointee.material & Record.small != 0 {
            edges = smallEdges(record, tileX, tileY)
        } else {
            guard let large = largeEdges(record, tileX, tileY, multi: multi) else { return }
            edges = large
        }
        let plane = KeyPlane(record, tileX, tileY)
        let layers = Layers(scratch, set)
        if bx0 == bx1, by0 == by1 {
            let (i, j) = (Int32(truncatingIfNeeded: bx0 &* 8), Int32(truncatingIfNeeded: by0 &* 8))
            let c = edges.at(i, j)
            let key = plane.corner + plane.dx * Float(i) + plane.dy * Float(j)
            let block = by0 &* 8 &+ bx0
            let bits = rowsOf(
                record, local, edges, c, key, plane, minY & 7, maxY & 7, layers, block, multi: multi, x: tileX &+ Int(i), y: tileY &+ Int(j), cut: cut)
            if set == 0 { note(bits, block, scratch, multi: multi) }
        } else {
            blocks(
                record, local, edges, plane, (minX, maxX, minY, maxY), tileX, tileY, layers, noting: set == 0, multi: multi, scratch: scratch, cut: cut)
        }
    }

    @inline(__always)
    private func note(_ bits: Int32, _ block: Int, _ scratch: TileScratch, multi: Bool) {
        guard bits != 0 else { return }
        scratch.written.base[block] &+= bits
        if scratch.written.base[block] >= 24 { refresh(block, scratch, multi: multi) }
    }

    /// A record that spans several blocks: those it misses or that are nearer already are skipped whole.
    @inline(__always)
    private func blocks(
        _ record: UnsafePointer<Record>, _ local: Int32, _ edges: TileEdges, _ plane: KeyPlane, _ box: (x0: Int, x1: Int, y0: Int, y1: Int), _ tileX: Int,
        _ tileY: Int, _ layers: Layers, noting: Bool, multi: Bool, scratch: TileScratch, cut: Cut?
    ) {
        let spread: Float = multi ? 0.375 * (abs(plane.dx) + abs(plane.dy)) : 0
        let rise = max(0, 7 * plane.dx) + max(0, 7 * plane.dy) + spread
        // What an edge gains at most per pixel to either side, and between the samples of one.
        let none = sqv_splat_i(0)
        let (gainX, gainY) = (sqv_max_i(edges.stepX, none), sqv_max_i(edges.stepY, none))
        let slack = multi ? sqv_mul(sqv_add(Self.magnitude(edges.dx), Self.magnitude(edges.dy)), sqv_splat_i(3)) : none
        let farthest = scratch.farthest.base
        let keyMax = record.pointee.keyMax
        var by = box.y0 >> 3
        while by <= box.y1 >> 3 {
            var bx = box.x0 >> 3
            while bx <= box.x1 >> 3 {
                let block = by &* 8 &+ bx
                let (i, j) = (Int32(truncatingIfNeeded: bx &* 8), Int32(truncatingIfNeeded: by &* 8))
                let key = plane.corner + plane.dx * Float(i) + plane.dy * Float(j)
                bx &+= 1
                if min(key + rise, keyMax) <= farthest[block] { continue }
                let c = edges.at(i, j)
                let first = max(box.y0 &- by &* 8, 0), last = min(box.y1 &- by &* 8, 7)
                let left = max(box.x0 &- Int(i), 0), right = min(box.x1 &- Int(i), 7)
                // The best corner of the rectangle that block and bounding box share.
                let corner = edges.at(i &+ Int32(truncatingIfNeeded: left), j &+ Int32(truncatingIfNeeded: first))
                let gain = sqv_add(
                    sqv_mul(gainX, sqv_splat_i(Int32(truncatingIfNeeded: right &- left))),
                    sqv_mul(gainY, sqv_splat_i(Int32(truncatingIfNeeded: last &- first))))
                if sqv_bits(sqv_add(corner, sqv_add(gain, slack))) & 7 != 0 { continue }
                let bits = rowsOf(
                    record, local, edges, c, key, plane, first, last, layers, block, multi: multi, x: tileX &+ Int(i), y: tileY &+ Int(j), cut: cut)
                if noting { note(bits, block, scratch, multi: multi) }
            }
            by &+= 1
        }
    }

    /// Where the layers of one set begin.
    struct Layers {
        let keys: UnsafeMutablePointer<Float>, ids: UnsafeMutablePointer<Int32>
        @inline(__always) init(_ scratch: TileScratch, _ set: Int) {
            keys = scratch.keys.base + set * 5 * TileScratch.pixels
            ids = scratch.ids.base + set * 5 * TileScratch.pixels
        }
    }

    /// The key over the tile: at its first pixel centre, and per pixel.
    struct KeyPlane {
        let corner: Float, dx: Float, dy: Float
        @inline(__always) init(_ record: UnsafePointer<Record>, _ tileX: Int, _ tileY: Int) {
            (dx, dy) = (record.pointee.keyDx, record.pointee.keyDy)
            let (x, y) = (
                Float(tileX) + 0.5 - Float(record.pointee.x0) * (1.0 / 256), Float(tileY) + 0.5 - Float(record.pointee.y0) * (1.0 / 256)
            )
            corner = record.pointee.key + dx * x + dy * y
        }
    }

    @inline(__always) private static func magnitude(_ v: SIMD8<Int32>) -> SIMD8<Int32> { sqv_max_i(v, sqv_sub(sqv_splat_i(0), v)) }

    /// True when every block the entry touches is already nearer everywhere. Only looked up for a few blocks.
    @inline(__always)
    func hidden(_ entry: UnsafePointer<BinEntry>, _ scratch: TileScratch) -> Bool {
        let (farthest, keyMax) = (scratch.farthest.base, entry.pointee.keyMax)
        let blocks = Int(entry.pointee.blocks)
        let (x0, x1, y0, y1) = (blocks & 7, blocks >> 3 & 7, blocks >> 6 & 7, blocks >> 9)
        if (x1 &- x0) &+ (y1 &- y0) > 3 { return false }
        var y = y0
        while y <= y1 {
            var x = x0
            while x <= x1 {
                if keyMax > farthest[y &* 8 &+ x] { return false }
                x &+= 1
            }
            y &+= 1
        }
        return true
    }

    // MARK: Edges

    /// Edges of a triangle no wider and higher than a tile: 32 bits hold every product.
    @inline(__always)
    private func smallEdges(_ record: UnsafePointer<Record>, _ tileX: Int, _ tileY: Int) -> TileEdges {
        let (ox, oy) = (sqv_splat_i(Int32(truncatingIfNeeded: tileX &* 256 &+ 128)), sqv_splat_i(Int32(truncatingIfNeeded: tileY &* 256 &+ 128)))
        let corners = sqv_load_i(UnsafeRawPointer(record).assumingMemoryBound(to: Int32.self))
        let (xa, ya) = (sqv_start_x(corners), sqv_start_y(corners))
        let (dx, dy) = (sqv_sub(sqv_end_x(corners), xa), sqv_sub(sqv_end_y(corners), ya))
        let none = sqv_splat_i(0)
        let included = sqv_or(sqv_greater_i(none, dy), sqv_and(sqv_equal_i(dy, none), sqv_greater_i(dx, none)))
        let exact = sqv_sub(sqv_mul(dx, sqv_sub(oy, ya)), sqv_mul(dy, sqv_sub(ox, xa)))
        // The bias is -1 on edges that do not count. Samples lie on the 1/8 grid, where rounding down loses nothing.
        return TileEdges(c: sqv_shift(sqv_add(exact, sqv_not(included)), 5), dx: dx, dy: dy)
    }

    /// Edges of any triangle; nil when none of the tile is inside. Edges the whole tile is inside of become constant.
    @inline(never)
    private func largeEdges(_ record: UnsafePointer<Record>, _ tileX: Int, _ tileY: Int, multi: Bool) -> TileEdges? {
        let r = record.pointee
        guard let a = edge(r.x0, r.y0, r.x1, r.y1, tileX, tileY, multi), let b = edge(r.x1, r.y1, r.x2, r.y2, tileX, tileY, multi),
            let c = edge(r.x2, r.y2, r.x0, r.y0, tileX, tileY, multi)
        else { return nil }
        return TileEdges(
            c: SIMD8(a.c, b.c, c.c, 0, 0, 0, 0, 0), dx: SIMD8(a.dx, b.dx, c.dx, 0, 0, 0, 0, 0), dy: SIMD8(a.dy, b.dy, c.dy, 0, 0, 0, 0, 0))
    }

    private func edge(_ xa: Int32, _ ya: Int32, _ xb: Int32, _ yb: Int32, _ px: Int, _ py: Int, _ multi: Bool) -> (c: Int32, dx: Int32, dy: Int32)? {
        let (dx, dy) = (Int(xb - xa), Int(yb - ya))
        let bias = (dy < 0 || (dy == 0 && dx > 0)) ? 0 : -1
        let c = dx * (8 * py + 4) - dy * (8 * px + 4) + ((dy * Int(xa) - dx * Int(ya) + bias) >> 5)
        let slack = multi ? 3 * (abs(dx) + abs(dy)) : 0
        let highest = c + max(0, -504 * dy) + max(0, 504 * dx) + slack
        if highest < 0 { return nil }
        let lowest = c + min(0, -504 * dy) + min(0, 504 * dx) - slack
        if lowest >= 0 { return (0, 0, 0) }
        return (Int32(truncatingIfNeeded: c), Int32(truncatingIfNeeded: dx), Int32(truncatingIfNeeded: dy))
    }

    // MARK: Pixels

    /// Rows of one block; returns how many samples were written.
    @inline(__always)
    private func rowsOf(
        _ record: UnsafePointer<Record>, _ local: Int32, _ edges: TileEdges, _ c: SIMD8<Int32>, _ key: Float, _ plane: KeyPlane, _ first: Int,
        _ last: Int, _ layers: Layers, _ block: Int, multi: Bool, x: Int, y: Int, cut: Cut?
    ) -> Int32 {
        let lanes = sqv_lanes_i()
        let start = sqv_add(c, sqv_mul(edges.stepY, sqv_splat_i(Int32(truncatingIfNeeded: first))))
        var v0 = sqv_add(sqv_mul(lanes, sqv_lane0(edges.stepX)), sqv_lane0(start))
        var v1 = sqv_add(sqv_mul(lanes, sqv_lane1(edges.stepX)), sqv_lane1(start))
        var v2 = sqv_add(sqv_mul(lanes, sqv_lane2(edges.stepX)), sqv_lane2(start))
        let (d0, d1, d2) = (sqv_lane0(edges.stepY), sqv_lane1(edges.stepY), sqv_lane2(edges.stepY))
        let keyLanes = sqv_fma(sqv_lanes(), sqv_splat(plane.dx), sqv_splat(key))
        let target = RowTarget(
            ids: sqv_splat_i(local), keyMin: sqv_splat(record.pointee.keyMin), keyMax: sqv_splat(record.pointee.keyMax), layers: layers)
        var count: Int32 = 0
        var row = first
        while row <= last {
            let depth = sqv_fma(sqv_splat(plane.dy), sqv_splat(Float(row)), keyLanes)
            let at = block &* 64 &+ row &* 8
            count &+= target.put(sqv_or(sqv_or(v0, v1), v2), depth, at, 0, x, y &+ row, cut)
            v0 = sqv_add(v0, d0)
            v1 = sqv_add(v1, d1)
            v2 = sqv_add(v2, d2)
            row &+= 1
        }
        if multi { samplesOf(edges, c, key, plane, first, last, target, record, block, x, y, cut) }
        return count
    }

    /// The four samples of every pixel of a block's rows, two pixels at a time, between the record's first and last column.
    @inline(__always)
    private func samplesOf(
        _ edges: TileEdges, _ c: SIMD8<Int32>, _ key: Float, _ plane: KeyPlane, _ first: Int, _ last: Int, _ target: RowTarget,
        _ record: UnsafePointer<Record>, _ block: Int, _ x: Int, _ y: Int, _ cut: Cut?
    ) {
        let (ox, oy, px) = (SampleGrid.pairX, SampleGrid.pairY, SampleGrid.pairPixel)
        let firstPair = max(Int(record.pointee.columns & 0xffff) &- x, 0) >> 1, lastPair = min(Int(record.pointee.columns >> 16) &- x, 7) >> 1
        let (right, down) = (Int32(truncatingIfNeeded: firstPair &* 2), Int32(truncatingIfNeeded: first))
        let corner = sqv_add(c, sqv_add(sqv_mul(edges.stepX, sqv_splat_i(right)), sqv_mul(edges.stepY, sqv_splat_i(down))))
        @inline(__always) func start(_ base: SIMD8<Int32>, _ dx: SIMD8<Int32>, _ dy: SIMD8<Int32>, _ step: SIMD8<Int32>) -> SIMD8<Int32> {
            sqv_add(sqv_add(base, sqv_mul(px, step)), sqv_sub(sqv_mul(dx, oy), sqv_mul(dy, ox)))
        }
        var r0 = start(sqv_lane0(corner), sqv_lane0(edges.dx), sqv_lane0(edges.dy), sqv_lane0(edges.stepX))
        var r1 = start(sqv_lane1(corner), sqv_lane1(edges.dx), sqv_lane1(edges.dy), sqv_lane1(edges.stepX))
        var r2 = start(sqv_lane2(corner), sqv_lane2(edges.dx), sqv_lane2(edges.dy), sqv_lane2(edges.stepX))
        let (d0, d1, d2) = (sqv_lane0(edges.stepY), sqv_lane1(edges.stepY), sqv_lane2(edges.stepY))
        let twice = sqv_add(edges.stepX, edges.stepX)
        let (p0, p1, p2) = (sqv_lane0(twice), sqv_lane1(twice), sqv_lane2(twice))
        let eighth = sqv_splat(0.125)
        let across = sqv_float(px) + sqv_float(ox) * eighth, along = sqv_float(oy) * eighth
        var depthRow = sqv_fma(across, sqv_splat(plane.dx), sqv_fma(along, sqv_splat(plane.dy), sqv_splat(key + plane.dx * Float(right) + plane.dy * Float(down))))
        let (depthDown, depthPair) = (sqv_splat(plane.dy), sqv_splat(plane.dx * 2))
        var row = first
        while row <= last {
            var (v0, v1, v2, depth) = (r0, r1, r2, depthRow)
            var pair = firstPair
            while pair <= lastPair {
                let at = TileScratch.pixels &+ (block &* 64 &+ row &* 8 &+ pair &* 2) &* 4
                _ = target.put(sqv_or(sqv_or(v0, v1), v2), depth, at, 1, x &+ pair &* 2, y &+ row, cut)
                v0 = sqv_add(v0, p0)
                v1 = sqv_add(v1, p1)
                v2 = sqv_add(v2, p2)
                depth = depth + depthPair
                pair &+= 1
            }
            r0 = sqv_add(r0, d0)
            r1 = sqv_add(r1, d1)
            r2 = sqv_add(r2, d2)
            depthRow = depthRow + depthDown
            row &+= 1
        }
    }

    /// The depth test of one row of one layer.
    struct RowTarget {
        let ids: SIMD8<Int32>
        let keyMin: SIMD8<Float>, keyMax: SIMD8<Float>
        let layers: Layers

        @inline(__always)
        func put(_ outside: SIMD8<Int32>, _ key: SIMD8<Float>, _ place: Int, _ layer: Int, _ x: Int, _ y: Int, _ cut: Cut?) -> Int32 {
            let depth = sqv_max(sqv_min(key, keyMax), keyMin)
            let old = sqv_load(layers.keys + place)
            var pass = sqv_and(sqv_not(outside), sqv_greater(depth, old))
            var bits = sqv_bits(pass)
            if bits == 0 { return 0 }
            if let cut {
                pass = cut(layer, x, y, pass)
                bits = sqv_bits(pass)
                if bits == 0 { return 0 }
            }
            sqv_store(layers.keys + place, sqv_blend(pass, depth, old))
            sqv_store_i(layers.ids + place, sqv_blend_i(pass, ids, sqv_load_i(layers.ids + place)))
            return Int32(truncatingIfNeeded: bits.nonzeroBitCount)
        }
    }

    /// Brings the block's lower bound up to date. It may lag behind: it only ever rises.
    @inline(never)
    private func refresh(_ block: Int, _ scratch: TileScratch, multi: Bool) {
        var lowest = sqv_load(scratch.keys.base + block * 64)
        for row in 1..<8 { lowest = sqv_min(lowest, sqv_load(scratch.keys.base + block * 64 + 8 * row)) }
        if multi {
            let samples = scratch.keys.base + TileScratch.pixels + block * 256
            for row in 0..<32 { lowest = sqv_min(lowest, sqv_load(samples + 8 * row)) }
        }
        scratch.farthest.base[block] = sqv_lowest(lowest)
        scratch.written.base[block] = 0
    }
}
