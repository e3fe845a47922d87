import CSquallKernels
import SquallMath

/// Sample positions: the pixel centre, then four on a rotated grid; offsets from the centre in 1/8 pixel.
package enum SampleGrid {
    @inline(__always) package static var x: SIMD4<Int32> { SIMD4(-1, 3, -3, 1) }
    @inline(__always) package static var y: SIMD4<Int32> { SIMD4(-3, -1, 1, 3) }
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
    static let pixels = 4096
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
    /// What the samples of a pixel share one colour over, behind each tile-local number: the number itself, but all leaf cards of one
    /// instance and material are one.
    let looks = Block<Int32>(capacity: 1 << 14)
    /// Whether any of them are leaf cards.
    var hasLeaves = false
    let resolved = Block<ResolvedTriangle>(capacity: 4096)
    var resolvedCount = 0
    /// The alpha-masked triangle being drawn.
    let cut = Block<ResolvedTriangle>(capacity: 1)
    let pending = Block<PendingTriangle>(capacity: 4096)
    /// What pixels see that see several surfaces.
    let edges = EdgePoints()

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
        let brush = Brush(record, local, edges, Layers(scratch, set), multi: multi)
        if bx0 == bx1, by0 == by1 {
            let (i, j) = (Int32(truncatingIfNeeded: bx0 &* 8), Int32(truncatingIfNeeded: by0 &* 8))
            let key = plane.corner + plane.dx * Float(i) + plane.dy * Float(j)
            let block = by0 &* 8 &+ bx0
            let area = BlockArea(
                start: edges.at(i, Int32(truncatingIfNeeded: minY)), key: key, first: minY & 7, last: maxY & 7, left: minX & 7, right: maxX & 7, block: block,
                x: tileX &+ Int(i), y: tileY &+ Int(j))
            let written = fill(area, brush, plane, multi: multi, cut: cut)
            if set == 0 { note(written, block, scratch, multi: multi) }
        } else {
            blocks(brush, edges, plane, (minX, maxX, minY, maxY), tileX, tileY, noting: set == 0, multi: multi, scratch: scratch, cut: cut)
        }
    }

    @inline(__always)
    private func note(_ written: Int32, _ block: Int, _ scratch: TileScratch, multi: Bool) {
        // A record that was drawn for nothing says that the bound lags behind.
        let pending = scratch.written.base[block] &+ written
        scratch.written.base[block] = pending
        if pending >= (written == 0 ? 1 : 48) { refresh(block, scratch, multi: multi) }
    }

    /// A record that spans several blocks: those it misses or that are nearer already are skipped whole.
    @inline(__always)
    private func blocks(
        _ brush: Brush, _ edges: TileEdges, _ plane: KeyPlane, _ box: (x0: Int, x1: Int, y0: Int, y1: Int), _ tileX: Int, _ tileY: Int, noting: Bool,
        multi: Bool, scratch: TileScratch, cut: Cut?
    ) {
        let spread: Float = multi ? 0.375 * (abs(plane.dx) + abs(plane.dy)) : 0
        let rise = max(0, 7 * plane.dx) + max(0, 7 * plane.dy) + spread
        let farthest = scratch.farthest.base
        let (bx0, bx1) = (box.x0 >> 3, box.x1 >> 3)
        let gains = ColumnGains(edges, first: box.x0 & 7, last: box.x1 & 7, alone: bx0 == bx1, multi: multi)
        let across = sqv_mul(edges.stepX, sqv_splat_i(8))
        var by = box.y0 >> 3
        while by <= box.y1 >> 3 {
            let j = by &* 8
            let first = max(box.y0 &- j, 0), last = min(box.y1 &- j, 7)
            var start = edges.at(Int32(truncatingIfNeeded: bx0 &* 8), Int32(truncatingIfNeeded: j &+ first))
            // The best an edge comes to in these rows, at a block's first column.
            let down = sqv_max_i(sqv_mul(edges.stepY, sqv_splat_i(Int32(truncatingIfNeeded: last &- first))), sqv_splat_i(0))
            var bx = bx0
            while bx <= bx1 {
                let (block, i, here) = (by &* 8 &+ bx, bx &* 8, start)
                let key = plane.corner + plane.dx * Float(Int32(truncatingIfNeeded: i)) + plane.dy * Float(Int32(truncatingIfNeeded: j))
                let gain = bx == bx0 ? gains.first : bx == bx1 ? gains.last : gains.middle
                start = sqv_add(start, across)
                bx &+= 1
                if min(key + rise, brush.nearest) <= farthest[block] { continue }
                if sqv_bits(sqv_add(sqv_add(here, down), gain)) & 7 != 0 { continue }
                let area = BlockArea(
                    start: here, key: key, first: first, last: last, left: max(box.x0 &- i, 0), right: min(box.x1 &- i, 7), block: block, x: tileX &+ i,
                    y: tileY &+ j)
                let written = fill(area, brush, plane, multi: multi, cut: cut)
                if noting { note(written, block, scratch, multi: multi) }
            }
            by &+= 1
        }
    }

    /// What each edge gains at most over a block's columns within the bounding box, and between the samples of a pixel: for the
    /// first column of blocks, the last, and those between.
    private struct ColumnGains {
        let first: SIMD8<Int32>, middle: SIMD8<Int32>, last: SIMD8<Int32>

        @inline(__always)
        init(_ edges: TileEdges, first left: Int, last right: Int, alone: Bool, multi: Bool) {
            let none = sqv_splat_i(0)
            let slack = multi ? sqv_mul(sqv_add(TileStage.magnitude(edges.dx), TileStage.magnitude(edges.dy)), sqv_splat_i(3)) : none
            let whole = sqv_mul(edges.stepX, sqv_splat_i(7))
            let begin = sqv_mul(edges.stepX, sqv_splat_i(Int32(truncatingIfNeeded: left)))
            let end = sqv_mul(edges.stepX, sqv_splat_i(Int32(truncatingIfNeeded: right)))
            first = sqv_add(slack, sqv_max_i(begin, alone ? end : whole))
            middle = sqv_add(slack, sqv_max_i(none, whole))
            last = sqv_add(slack, sqv_max_i(none, end))
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

    /// The part of one block that a record's bounding box holds.
    private struct BlockArea {
        /// The edges at the block's first column in the first row.
        let start: SIMD8<Int32>
        /// The key at the block's first pixel centre.
        let key: Float
        /// Rows and columns of the block, both ends included.
        let first: Int, last: Int, left: Int, right: Int
        let block: Int
        /// The block's first pixel in the image.
        let x: Int, y: Int
    }

    /// What stays the same over all blocks of one record: how its edges change from lane to lane and from row to row, and what is written.
    private struct Brush {
        /// Edges of eight pixels of a row, or of two pixels with four samples each, relative to the first pixel centre.
        let lanes: Lanes3, samples: Lanes3
        /// A row down, two pixels right.
        let down: Lanes3, pair: Lanes3
        let ids: SIMD8<Int32>
        let keyMin: SIMD8<Float>, keyMax: SIMD8<Float>
        let nearest: Float
        let layers: Layers

        @inline(__always)
        init(_ record: UnsafePointer<Record>, _ local: Int32, _ e: TileEdges, _ layers: Layers, multi: Bool) {
            let ramp = sqv_lanes_i()
            lanes = Lanes3(sqv_mul(ramp, sqv_lane0(e.stepX)), sqv_mul(ramp, sqv_lane1(e.stepX)), sqv_mul(ramp, sqv_lane2(e.stepX)))
            down = Lanes3(sqv_lane0(e.stepY), sqv_lane1(e.stepY), sqv_lane2(e.stepY))
            if multi {
                let twice = sqv_add(e.stepX, e.stepX)
                pair = Lanes3(sqv_lane0(twice), sqv_lane1(twice), sqv_lane2(twice))
                samples = Lanes3(
                    Self.offsets(sqv_lane0(e.stepX), sqv_lane0(e.dx), sqv_lane0(e.dy)), Self.offsets(sqv_lane1(e.stepX), sqv_lane1(e.dx), sqv_lane1(e.dy)),
                    Self.offsets(sqv_lane2(e.stepX), sqv_lane2(e.dx), sqv_lane2(e.dy)))
            } else {
                (samples, pair) = (lanes, lanes)
            }
            (ids, self.layers) = (sqv_splat_i(local), layers)
            (keyMin, keyMax, nearest) = (sqv_splat(record.pointee.keyMin), sqv_splat(record.pointee.keyMax), record.pointee.keyMax)
        }

        @inline(__always) private static func offsets(_ step: SIMD8<Int32>, _ dx: SIMD8<Int32>, _ dy: SIMD8<Int32>) -> SIMD8<Int32> {
            sqv_add(sqv_mul(SampleGrid.pairPixel, step), sqv_sub(sqv_mul(dx, SampleGrid.pairY), sqv_mul(dy, SampleGrid.pairX)))
        }

        /// The depth test of eight pixels or samples; gives how many were written.
        @inline(__always)
        func put(_ outside: SIMD8<Int32>, _ key: SIMD8<Float>, _ place: Int, _ layer: Int, _ x: Int, _ y: Int, _ cut: Cut?) -> Int32 {
            let depth = sqv_max(sqv_min(key, keyMax), keyMin)
            let old = sqv_load(layers.keys + place)
            var pass = sqv_and(sqv_not(outside), sqv_greater(depth, old))
            if let cut {
                if sqv_bits(pass) == 0 { return 0 }
                pass = cut(layer, x, y, pass)
            }
            let bits = sqv_bits(pass)
            // Half of a row's samples or so are written somewhere: storing what was there costs less than guessing wrong.
            if layer == 0, bits == 0 { return 0 }
            sqv_store(layers.keys + place, sqv_blend(pass, depth, old))
            sqv_store_i(layers.ids + place, sqv_blend_i(pass, ids, sqv_load_i(layers.ids + place)))
            return Int32(truncatingIfNeeded: bits.nonzeroBitCount)
        }
    }

    /// Eight lanes of each of three edges.
    private struct Lanes3 {
        var a: SIMD8<Int32>, b: SIMD8<Int32>, c: SIMD8<Int32>
        @inline(__always) init(_ a: SIMD8<Int32>, _ b: SIMD8<Int32>, _ c: SIMD8<Int32>) { (self.a, self.b, self.c) = (a, b, c) }
        /// Three edges at one point, plus what each gains from lane to lane.
        @inline(__always) init(_ edges: SIMD8<Int32>, _ gain: Lanes3) {
            self.init(sqv_add(sqv_lane0(edges), gain.a), sqv_add(sqv_lane1(edges), gain.b), sqv_add(sqv_lane2(edges), gain.c))
        }
        @inline(__always) mutating func add(_ o: Lanes3) { (a, b, c) = (sqv_add(a, o.a), sqv_add(b, o.b), sqv_add(c, o.c)) }
        /// Negative where any edge is.
        @inline(__always) var outside: SIMD8<Int32> { sqv_or(sqv_or(a, b), c) }
    }

    /// Draws into one block; returns how many pixels were written.
    @inline(__always)
    private func fill(_ area: BlockArea, _ brush: Brush, _ plane: KeyPlane, multi: Bool, cut: Cut?) -> Int32 {
        var edges = Lanes3(area.start, brush.lanes)
        let keyLanes = sqv_fma(sqv_lanes(), sqv_splat(plane.dx), sqv_splat(area.key))
        let (keyDown, one) = (sqv_splat(plane.dy), sqv_splat(1))
        var rows = sqv_splat(Float(Int32(truncatingIfNeeded: area.first)))
        var count: Int32 = 0
        var row = area.first
        while row <= area.last {
            count &+= brush.put(edges.outside, sqv_fma(keyDown, rows, keyLanes), area.block &* 64 &+ row &* 8, 0, area.x, area.y &+ row, cut)
            edges.add(brush.down)
            rows = rows + one
            row &+= 1
        }
        if multi { fillSamples(area, brush, plane, cut: cut) }
        return count
    }

    /// The four samples of every pixel of a block's area, two pixels at a time.
    @inline(__always)
    private func fillSamples(_ area: BlockArea, _ brush: Brush, _ plane: KeyPlane, cut: Cut?) {
        let (firstPair, lastPair) = (area.left >> 1, area.right >> 1)
        var start = Lanes3(area.start, brush.samples)
        for _ in 0..<firstPair { start.add(brush.pair) }
        let eighth = sqv_splat(0.125)
        let across = sqv_float(SampleGrid.pairPixel) + sqv_float(SampleGrid.pairX) * eighth, along = sqv_float(SampleGrid.pairY) * eighth
        let corner = area.key + plane.dx * Float(2 * firstPair) + plane.dy * Float(area.first)
        var depthRow = sqv_fma(across, sqv_splat(plane.dx), sqv_fma(along, sqv_splat(plane.dy), sqv_splat(corner)))
        let (depthDown, depthPair) = (sqv_splat(plane.dy), sqv_splat(plane.dx * 2))
        var row = area.first
        while row <= area.last {
            var (edges, depth, pair) = (start, depthRow, firstPair)
            while pair <= lastPair {
                let at = TileScratch.pixels &+ (area.block &* 64 &+ row &* 8 &+ pair &* 2) &* 4
                _ = brush.put(edges.outside, depth, at, 1, area.x &+ pair &* 2, area.y &+ row, cut)
                edges.add(brush.pair)
                depth = depth + depthPair
                pair &+= 1
            }
            start.add(brush.down)
            depthRow = depthRow + depthDown
            row &+= 1
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
