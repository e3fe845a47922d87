import CSquallKernels
import SquallGeometry
import SquallMath

/// What one worker needs while it turns clusters into records.
final class GeometryScratch: @unchecked Sendable {   // used by one worker at a time
    let screenX = Block<Float>(capacity: 256), screenY = Block<Float>(capacity: 256), key = Block<Float>(capacity: 256)
    let viewX = Block<Float>(capacity: 256), viewY = Block<Float>(capacity: 256), viewZ = Block<Float>(capacity: 256)
    let columns = Block<SIMD8<Int32>>(capacity: 16)
}

/// Records of a fixed share of a frame's clusters and the tiles they touch. Shares do not depend on the number of workers.
final class Chunk: @unchecked Sendable {   // written by one worker, then only read
    var recordBase = 0
    var recordCount = 0
    /// Start of each bin in `list`; a tile has two bins, opaque then glass.
    let starts = Block<Int32>()
    let cursors = Block<Int32>()
    let list = Block<BinEntry>()
}

/// Transforms clusters, sets up and culls their triangles, and sorts the records into tiles.
struct GeometryStage: @unchecked Sendable {   // shared by the workers of one frame; each writes its own chunk
    let view: View
    let meshes: PreparedMeshes
    let transforms: UnsafePointer<ViewTransform>
    let clusters: UnsafePointer<VisibleCluster>
    let records: UnsafeMutablePointer<Record>
    let tilesAcross: Int, tilesDown: Int
    /// Distance of the outermost sample from the pixel centre, 1/256 pixel.
    let reach: Int32
    /// Glass goes to bins of its own; else it is drawn as any surface.
    let separatesGlass: Bool

    /// - Parameter range: the chunk's clusters.
    func run(_ range: Range<Int>, _ chunk: Chunk, _ scratch: GeometryScratch) {
        let bins = 2 * tilesAcross * tilesDown
        chunk.starts.reserve(bins + 1)
        chunk.cursors.reserve(bins)
        chunk.starts.base.update(repeating: 0, count: bins + 1)
        var out = records + chunk.recordBase
        for number in range {
            let entry = clusters + number
            transform(entry, scratch)
            let first = out
            if entry.pointee.clipped {
                out = setUpClipped(entry, scratch, out)
            } else {
                out = setUp(entry, scratch, out)
            }
            count(first, out, glass: entry.pointee.flags & Record.glass != 0 && separatesGlass, chunk.starts.base + 1)
        }
        chunk.recordCount = out - (records + chunk.recordBase)
        fill(chunk, bins)
    }

    // MARK: Vertices

    @inline(never)
    private func transform(_ entry: UnsafePointer<VisibleCluster>, _ scratch: GeometryScratch) {
        let cluster = meshes.clusters.base + Int(entry.pointee.cluster)
        let m = transforms[Int(entry.pointee.instance)]
        let (px, py, pz) = (sqr_splat(m.pivot.x), sqr_splat(m.pivot.y), sqr_splat(m.pivot.z))
        let (xx, xy, xz) = (sqr_splat(m.x.x), sqr_splat(m.x.y), sqr_splat(m.x.z))
        let (yx, yy, yz) = (sqr_splat(m.y.x), sqr_splat(m.y.y), sqr_splat(m.y.z))
        let (zx, zy, zz) = (sqr_splat(m.z.x), sqr_splat(m.z.y), sqr_splat(m.z.z))
        let (tx, ty, tz) = (sqr_splat(m.residual.x), sqr_splat(m.residual.y), sqr_splat(m.residual.z))
        let (fx, fy, cx, cy) = (sqr_splat(Float(view.fx)), sqr_splat(Float(view.fy)), sqr_splat(Float(view.cx)), sqr_splat(Float(view.cy)))
        let one = sqr_splat(1)
        let (keyScale, keyOffset) = (sqr_splat(Float(-1 / (view.far - view.near))), sqr_splat(Float(view.far / (view.far - view.near))))
        let base = Int(cluster.pointee.firstVertex)
        let (sx, sy, sk) = (scratch.screenX.base, scratch.screenY.base, scratch.key.base)
        let keep = entry.pointee.clipped
        var k = 0
        while k < Int(cluster.pointee.vertexCount) {
            let x = sqr_load(meshes.x.base + base + k) - px
            let y = sqr_load(meshes.y.base + base + k) - py
            let z = sqr_load(meshes.z.base + base + k) - pz
            let vx = sqr_fma(xx, x, sqr_fma(yx, y, sqr_fma(zx, z, tx)))
            let vy = sqr_fma(xy, x, sqr_fma(yy, y, sqr_fma(zy, z, ty)))
            let vz = sqr_fma(xz, x, sqr_fma(yz, y, sqr_fma(zz, z, tz)))
            if view.orthographic {
                sqr_store(sk + k, sqr_fma(vz, keyScale, keyOffset))
                sqr_store(sx + k, sqr_fma(vx, fx, cx))
                sqr_store(sy + k, sqr_fma(vy, fy, cy))
            } else {
                let key = one / vz
                sqr_store(sk + k, key)
                sqr_store(sx + k, sqr_fma(vx * fx, key, cx))
                sqr_store(sy + k, sqr_fma(vy * fy, key, cy))
            }
            if keep {
                sqr_store(scratch.viewX.base + k, vx)
                sqr_store(scratch.viewY.base + k, vy)
                sqr_store(scratch.viewZ.base + k, vz)
            }
            k += 8
        }
    }

    // MARK: Triangles

    /// Eight triangles at a time, none of which needs clipping.
    @inline(never)
    private func setUp(_ entry: UnsafePointer<VisibleCluster>, _ scratch: GeometryScratch, _ records: UnsafeMutablePointer<Record>) -> UnsafeMutablePointer<Record> {
        let cluster = meshes.clusters.base + Int(entry.pointee.cluster)
        let mirrored = transforms[Int(entry.pointee.instance)].mirrored
        let first = Int(cluster.pointee.firstTriangle)
        let (sx, sy, sk) = (UnsafePointer(scratch.screenX.base), UnsafePointer(scratch.screenY.base), UnsafePointer(scratch.key.base))
        var out = records
        var at = 0
        let count = Int(cluster.pointee.triangleCount)
        while at < count {
            let corners = meshes.corners.base + 3 * (first + at)
            var (a, b, c) = (sqr_widen(corners), sqr_widen(corners + 8), sqr_widen(corners + 16))
            if mirrored { swap(&b, &c) }
            out = setUpEight(
                TriangleLanes(
                    sqr_gather(sx, a), sqr_gather(sy, a), sqr_gather(sx, b), sqr_gather(sy, b), sqr_gather(sx, c), sqr_gather(sy, c)),
                keys: { (sqr_gather(sk, a), sqr_gather(sk, b), sqr_gather(sk, c)) },
                valid: sqr_greater_i(sqr_splat_i(Int32(count - at)), sqr_lanes_i()), triangles: sqr_load_i(meshes.triangles.base + first + at), entry,
                scratch, out)
            at += 8
        }
        return out
    }

    /// Screen corners of eight triangles, pixels.
    struct TriangleLanes {
        var ax: SIMD8<Float>, ay: SIMD8<Float>, bx: SIMD8<Float>, by: SIMD8<Float>, cx: SIMD8<Float>, cy: SIMD8<Float>
        @inline(__always)
        init(_ ax: SIMD8<Float>, _ ay: SIMD8<Float>, _ bx: SIMD8<Float>, _ by: SIMD8<Float>, _ cx: SIMD8<Float>, _ cy: SIMD8<Float>) {
            (self.ax, self.ay, self.bx, self.by, self.cx, self.cy) = (ax, ay, bx, by, cx, cy)
        }
    }

    /// Culls eight triangles and appends records of the survivors.
    @inline(__always)
    func setUpEight(
        _ t: TriangleLanes, keys: () -> (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>), valid: SIMD8<Int32>, triangles: SIMD8<Int32>,
        _ entry: UnsafePointer<VisibleCluster>, _ scratch: GeometryScratch, _ records: UnsafeMutablePointer<Record>
    ) -> UnsafeMutablePointer<Record> {
        let grid = sqr_splat(256)
        let (originX, originY) = (sqr_splat_i(Int32(view.originX * 256)), sqr_splat_i(Int32(view.originY * 256)))
        // Snapped on the camera's own grid, then moved by whole pixels: a window sees exactly what the image sees.
        let (x0, y0) = (sqr_sub(sqr_round(t.ax * grid), originX), sqr_sub(sqr_round(t.ay * grid), originY))
        var (x1, y1) = (sqr_sub(sqr_round(t.bx * grid), originX), sqr_sub(sqr_round(t.by * grid), originY))
        var (x2, y2) = (sqr_sub(sqr_round(t.cx * grid), originX), sqr_sub(sqr_round(t.cy * grid), originY))
        // Twice the snapped area as a difference of products whose rounding is given back (Kahan): the sign is right for slivers too.
        let (ex1, ey1) = (sqr_float(sqr_sub(x1, x0)), sqr_float(sqr_sub(y1, y0)))
        let (ex2, ey2) = (sqr_float(sqr_sub(x2, x0)), sqr_float(sqr_sub(y2, y0)))
        let product = ex2 * ey1
        let zero = sqr_splat(0)
        var area = sqr_fma(ex1, ey2, zero - product) - sqr_fma(ex2, ey1, zero - product)
        var keep = valid
        if entry.pointee.doubleSided {
            let reversed = sqr_greater(zero, area)
            (x1, x2) = (sqr_select_i(reversed, x2, x1), sqr_select_i(reversed, x1, x2))
            (y1, y2) = (sqr_select_i(reversed, y2, y1), sqr_select_i(reversed, y1, y2))
            area = sqr_select(reversed, zero - area, area)
        }
        keep = sqr_and(keep, sqr_greater(area, zero))
        if sqr_mask(keep) == 0 { return records }
        // Pixels with a sample inside the bounding box.
        let (low, high) = (sqr_splat_i(127 - reach), sqr_splat_i(reach - 128))
        let (none, one) = (sqr_splat_i(0), sqr_splat_i(1))
        let (left, right) = (sqr_min_i(x0, sqr_min_i(x1, x2)), sqr_max_i(x0, sqr_max_i(x1, x2)))
        let (top, bottom) = (sqr_min_i(y0, sqr_min_i(y1, y2)), sqr_max_i(y0, sqr_max_i(y1, y2)))
        let minX = sqr_max_i(sqr_shift(sqr_add(left, low), 8), none)
        let minY = sqr_max_i(sqr_shift(sqr_add(top, low), 8), none)
        let maxX = sqr_min_i(sqr_shift(sqr_add(right, high), 8), sqr_splat_i(Int32(view.width - 1)))
        let maxY = sqr_min_i(sqr_shift(sqr_add(bottom, high), 8), sqr_splat_i(Int32(view.height - 1)))
        keep = sqr_and(keep, sqr_not(sqr_or(sqr_greater_i(minX, maxX), sqr_greater_i(minY, maxY))))
        let extent = sqr_max_i(sqr_sub(right, left), sqr_sub(bottom, top))
        let small = sqr_greater_i(sqr_splat_i(64 * 256), extent)
        let few = sqr_and(small, sqr_not(sqr_or(sqr_greater_i(sqr_sub(maxX, minX), one), sqr_greater_i(sqr_sub(maxY, minY), one))))
        if sqr_mask(sqr_and(keep, few)) != 0 {
            let missed = sqr_and(few, missesSquare(x0, y0, x1, y1, x2, y2, minX, minY))
            keep = sqr_and(keep, sqr_not(missed))
        }
        var bits = sqr_mask(keep)
        if bits == 0 { return records }

        // Key plane through the unsnapped corners.
        let (k0, k1, k2) = keys()
        let (dx1, dy1, dx2, dy2) = (t.bx - t.ax, t.by - t.ay, t.cx - t.ax, t.cy - t.ay)
        let determinant = dx1 * dy2 - dx2 * dy1
        let usable = sqr_greater(determinant * determinant, sqr_splat(1e-12))
        let inverse = sqr_select(usable, sqr_splat(1) / determinant, sqr_splat(0))
        let (dk1, dk2) = (k1 - k0, k2 - k0)
        let keyDx = (dk1 * dy2 - dk2 * dy1) * inverse
        let keyDy = (dk2 * dx1 - dk1 * dx2) * inverse
        let unit = sqr_splat(1.0 / 256)
        let (offX, offY) = (sqr_float(sqr_add(x0, originX)) * unit - t.ax, sqr_float(sqr_add(y0, originY)) * unit - t.ay)
        let key = sqr_fma(keyDx, offX, sqr_fma(keyDy, offY, k0))
        let (keyMin, keyMax) = (sqr_min(k0, sqr_min(k1, k2)), sqr_max(k0, sqr_max(k1, k2)))

        let m = scratch.columns.base
        (m[0], m[1], m[2], m[3], m[4], m[5]) = (x0, y0, x1, y1, x2, y2)
        (m[6], m[7], m[8], m[9], m[10]) = (sqr_bits(key), sqr_bits(keyDx), sqr_bits(keyDy), sqr_bits(keyMin), sqr_bits(keyMax))
        m[11] = sqr_or(minX, sqr_mul(maxX, sqr_splat_i(65536)))
        m[12] = sqr_or(minY, sqr_mul(maxY, sqr_splat_i(65536)))
        m[13] = sqr_splat_i(entry.pointee.instance)
        m[14] = triangles
        m[15] = sqr_or(sqr_and(small, sqr_splat_i(Record.small)), sqr_splat_i(entry.pointee.material | entry.pointee.flags))
        let rows = UnsafeMutableRawPointer(m).assumingMemoryBound(to: Int32.self)
        sqr_transpose(rows)
        sqr_transpose(rows + 64)
        var out = records
        while bits != 0 {
            let lane = bits.trailingZeroBitCount
            bits &= bits - 1
            let words = UnsafeMutableRawPointer(out).assumingMemoryBound(to: Int32.self)
            sqr_store_i(words, m[lane])
            sqr_store_i(words + 8, m[8 + lane])
            out += 1
        }
        return out
    }

    /// All ones where no sample of the 2 x 2 pixels from (column, row) is covered; for small triangles that reach no further.
    /// Most far triangles fall between the samples: they end here instead of in the tiles.
    @inline(__always)
    private func missesSquare(
        _ x0: SIMD8<Int32>, _ y0: SIMD8<Int32>, _ x1: SIMD8<Int32>, _ y1: SIMD8<Int32>, _ x2: SIMD8<Int32>, _ y2: SIMD8<Int32>,
        _ column: SIMD8<Int32>, _ row: SIMD8<Int32>
    ) -> SIMD8<Int32> {
        let (px, py) = (sqr_add(sqr_mul(column, sqr_splat_i(256)), sqr_splat_i(128)), sqr_add(sqr_mul(row, sqr_splat_i(256)), sqr_splat_i(128)))
        let (a, b, c) = (EdgeLanes(x0, y0, x1, y1, px, py), EdgeLanes(x1, y1, x2, y2, px, py), EdgeLanes(x2, y2, x0, y0, px, py))
        var missed = sqr_splat_i(-1)
        for i: Int32 in 0..<2 {
            for j: Int32 in 0..<2 {
                missed = sqr_and(missed, sqr_or(sqr_or(a.at(256 &* i, 256 &* j), b.at(256 &* i, 256 &* j)), c.at(256 &* i, 256 &* j)))
                guard reach > 0 else { continue }
                for k in 0..<4 {
                    let (ox, oy) = (256 &* i &+ 32 &* SampleGrid.x[k], 256 &* j &+ 32 &* SampleGrid.y[k])
                    missed = sqr_and(missed, sqr_or(sqr_or(a.at(ox, oy), b.at(ox, oy)), c.at(ox, oy)))
                }
            }
        }
        return sqr_shift(missed, 31)
    }

    /// One edge of eight triangles around one point each, top-left rule included: negative is outside.
    private struct EdgeLanes {
        let e: SIMD8<Int32>, dx: SIMD8<Int32>, dy: SIMD8<Int32>

        @inline(__always)
        init(_ xa: SIMD8<Int32>, _ ya: SIMD8<Int32>, _ xb: SIMD8<Int32>, _ yb: SIMD8<Int32>, _ px: SIMD8<Int32>, _ py: SIMD8<Int32>) {
            (dx, dy) = (sqr_sub(xb, xa), sqr_sub(yb, ya))
            let none = sqr_splat_i(0)
            let included = sqr_or(sqr_shift(dy, 31), sqr_and(sqr_equal_i(dy, none), sqr_greater_i(dx, none)))
            let value = sqr_sub(sqr_mul(dx, sqr_sub(py, ya)), sqr_mul(dy, sqr_sub(px, xa)))
            e = sqr_add(value, sqr_not(included))   // -1 where the edge itself does not count
        }

        /// At an offset in 1/256 pixel.
        @inline(__always) func at(_ ox: Int32, _ oy: Int32) -> SIMD8<Int32> {
            sqr_add(e, sqr_sub(sqr_mul(dx, sqr_splat_i(oy)), sqr_mul(dy, sqr_splat_i(ox))))
        }
    }

    // MARK: Bins

    /// Counts the tiles each record touches: bin k's count goes to counts[k].
    private func count(_ first: UnsafeMutablePointer<Record>, _ end: UnsafeMutablePointer<Record>, glass: Bool, _ counts: UnsafeMutablePointer<Int32>) {
        var record = first
        while record < end {
            forEachTile(record, glass: glass) { bin, _, _ in counts[bin] &+= 1 }
            record += 1
        }
    }

    @inline(__always)
    private func forEachTile(_ record: UnsafeMutablePointer<Record>, glass: Bool, _ body: (_ bin: Int, _ tileX: Int, _ tileY: Int) -> Void) {
        let (columns, rows) = (UInt32(bitPattern: record.pointee.columns), UInt32(bitPattern: record.pointee.rows))
        let (x0, x1) = (Int((columns & 0xffff) >> 6), Int(columns >> 22))
        let (y0, y1) = (Int((rows & 0xffff) >> 6), Int(rows >> 22))
        var y = y0
        while y <= y1 {
            var x = x0
            while x <= x1 {
                body(2 &* (y &* tilesAcross &+ x) &+ (glass ? 1 : 0), x, y)
                x &+= 1
            }
            y &+= 1
        }
    }

    private func fill(_ chunk: Chunk, _ bins: Int) {
        let (starts, cursors) = (chunk.starts.base, chunk.cursors.base)
        for k in 0..<bins {
            cursors[k] = starts[k]
            starts[k + 1] += starts[k]
        }
        chunk.list.reserve(Int(starts[bins]))
        let list = chunk.list.base
        for number in 0..<chunk.recordCount {
            let record = records + chunk.recordBase + number
            let glass = separatesGlass && record.pointee.material & Record.glass != 0
            let (columns, rows) = (record.pointee.columns, record.pointee.rows)
            let (x0, x1, y0, y1) = (Int(columns & 0xffff), Int(columns >> 16), Int(rows & 0xffff), Int(rows >> 16))
            forEachTile(record, glass: glass) { bin, tileX, tileY in
                let (left, top) = (tileX &* 64, tileY &* 64)
                let across = max(x0 &- left, 0) >> 3 | (min(x1 &- left, 63) >> 3) << 3
                let down = max(y0 &- top, 0) >> 3 | (min(y1 &- top, 63) >> 3) << 3
                list[Int(cursors[bin])] = BinEntry(
                    record: Int32(truncatingIfNeeded: chunk.recordBase &+ number), keyMax: record.pointee.keyMax,
                    blocks: Int32(truncatingIfNeeded: across | down << 6))
                cursors[bin] &+= 1
            }
        }
    }
}
