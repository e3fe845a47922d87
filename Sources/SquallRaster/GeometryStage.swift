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
    let deformed: DeformedMeshes
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
        let cluster = entry.pointee.cluster
        let m = transforms[Int(entry.pointee.instance)]
        let (px, py, pz) = (sqv_splat(m.pivot.x), sqv_splat(m.pivot.y), sqv_splat(m.pivot.z))
        let (xx, xy, xz) = (sqv_splat(m.x.x), sqv_splat(m.x.y), sqv_splat(m.x.z))
        let (yx, yy, yz) = (sqv_splat(m.y.x), sqv_splat(m.y.y), sqv_splat(m.y.z))
        let (zx, zy, zz) = (sqv_splat(m.z.x), sqv_splat(m.z.y), sqv_splat(m.z.z))
        let (tx, ty, tz) = (sqv_splat(m.residual.x), sqv_splat(m.residual.y), sqv_splat(m.residual.z))
        let (fx, fy, cx, cy) = (sqv_splat(Float(view.fx)), sqv_splat(Float(view.fy)), sqv_splat(Float(view.cx)), sqv_splat(Float(view.cy)))
        let one = sqv_splat(1)
        let (keyScale, keyOffset) = (sqv_splat(Float(-1 / (view.far - view.near))), sqv_splat(Float(view.far / (view.far - view.near))))
        let base = Int(cluster.pointee.firstVertex)
        let moved = entry.pointee.deformed
        let (xs, ys, zs) = moved ? (deformed.x.base, deformed.y.base, deformed.z.base) : (meshes.x.base, meshes.y.base, meshes.z.base)
        let (sx, sy, sk) = (scratch.screenX.base, scratch.screenY.base, scratch.key.base)
        let keep = entry.pointee.clipped
        var k = 0
        while k < Int(cluster.pointee.vertexCount) {
            let x = sqv_load(xs + base + k) - px
            let y = sqv_load(ys + base + k) - py
            let z = sqv_load(zs + base + k) - pz
            let vx = sqv_fma(xx, x, sqv_fma(yx, y, sqv_fma(zx, z, tx)))
            let vy = sqv_fma(xy, x, sqv_fma(yy, y, sqv_fma(zy, z, ty)))
            let vz = sqv_fma(xz, x, sqv_fma(yz, y, sqv_fma(zz, z, tz)))
            if view.orthographic {
                sqv_store(sk + k, sqv_fma(vz, keyScale, keyOffset))
                sqv_store(sx + k, sqv_fma(vx, fx, cx))
                sqv_store(sy + k, sqv_fma(vy, fy, cy))
            } else {
                let key = one / vz
                sqv_store(sk + k, key)
                sqv_store(sx + k, sqv_fma(vx * fx, key, cx))
                sqv_store(sy + k, sqv_fma(vy * fy, key, cy))
            }
            if keep {
                sqv_store(scratch.viewX.base + k, vx)
                sqv_store(scratch.viewY.base + k, vy)
                sqv_store(scratch.viewZ.base + k, vz)
            }
            k += 8
        }
    }

    // MARK: Triangles

    /// Eight triangles at a time, none of which needs clipping.
    @inline(never)
    private func setUp(_ entry: UnsafePointer<VisibleCluster>, _ scratch: GeometryScratch, _ records: UnsafeMutablePointer<Record>) -> UnsafeMutablePointer<Record> {
        let cluster = entry.pointee.cluster
        let mirrored = transforms[Int(entry.pointee.instance)].mirrored
        let first = Int(cluster.pointee.firstTriangle)
        let (sx, sy, sk) = (UnsafePointer(scratch.screenX.base), UnsafePointer(scratch.screenY.base), UnsafePointer(scratch.key.base))
        var out = records
        var at = 0
        let count = Int(cluster.pointee.triangleCount)
        while at < count {
            let corners = meshes.corners.base + 3 * (first + at)
            var (a, b, c) = (sqv_widen(corners), sqv_widen(corners + 8), sqv_widen(corners + 16))
            if mirrored { swap(&b, &c) }
            out = setUpEight(
                TriangleLanes(
                    sqv_gather(sx, a), sqv_gather(sy, a), sqv_gather(sx, b), sqv_gather(sy, b), sqv_gather(sx, c), sqv_gather(sy, c)),
                keys: { (sqv_gather(sk, a), sqv_gather(sk, b), sqv_gather(sk, c)) },
                valid: sqv_greater_i(sqv_splat_i(Int32(count - at)), sqv_lanes_i()), triangles: sqv_load_i(meshes.triangles.base + first + at), entry,
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
        let grid = sqv_splat(256)
        let (originX, originY) = (sqv_splat_i(Int32(view.originX * 256)), sqv_splat_i(Int32(view.originY * 256)))
        // Snapped on the camera's own grid, then moved by whole pixels: a window sees exactly what the image sees.
        let (x0, y0) = (sqv_sub(sqv_round_i(t.ax * grid), originX), sqv_sub(sqv_round_i(t.ay * grid), originY))
        var (x1, y1) = (sqv_sub(sqv_round_i(t.bx * grid), originX), sqv_sub(sqv_round_i(t.by * grid), originY))
        var (x2, y2) = (sqv_sub(sqv_round_i(t.cx * grid), originX), sqv_sub(sqv_round_i(t.cy * grid), originY))
        // Twice the snapped area as a difference of products whose rounding is given back (Kahan): the sign is right for slivers too.
        let (ex1, ey1) = (sqv_float(sqv_sub(x1, x0)), sqv_float(sqv_sub(y1, y0)))
        let (ex2, ey2) = (sqv_float(sqv_sub(x2, x0)), sqv_float(sqv_sub(y2, y0)))
        let product = ex2 * ey1
        let zero = sqv_splat(0)
        var area = sqv_fma_exact(ex1, ey2, zero - product) - sqv_fma_exact(ex2, ey1, zero - product)
        var keep = valid
        if entry.pointee.doubleSided {
            let reversed = sqv_greater(zero, area)
            (x1, x2) = (sqv_blend_i(reversed, x2, x1), sqv_blend_i(reversed, x1, x2))
            (y1, y2) = (sqv_blend_i(reversed, y2, y1), sqv_blend_i(reversed, y1, y2))
            area = sqv_blend(reversed, zero - area, area)
        }
        keep = sqv_and(keep, sqv_greater(area, zero))
        if sqv_bits(keep) == 0 { return records }
        // Pixels with a sample inside the bounding box.
        let (low, high) = (sqv_splat_i(127 - reach), sqv_splat_i(reach - 128))
        let (none, one) = (sqv_splat_i(0), sqv_splat_i(1))
        let (left, right) = (sqv_min_i(x0, sqv_min_i(x1, x2)), sqv_max_i(x0, sqv_max_i(x1, x2)))
        let (top, bottom) = (sqv_min_i(y0, sqv_min_i(y1, y2)), sqv_max_i(y0, sqv_max_i(y1, y2)))
        let minX = sqv_max_i(sqv_shift(sqv_add(left, low), 8), none)
        let minY = sqv_max_i(sqv_shift(sqv_add(top, low), 8), none)
        let maxX = sqv_min_i(sqv_shift(sqv_add(right, high), 8), sqv_splat_i(Int32(view.width - 1)))
        let maxY = sqv_min_i(sqv_shift(sqv_add(bottom, high), 8), sqv_splat_i(Int32(view.height - 1)))
        keep = sqv_and(keep, sqv_not(sqv_or(sqv_greater_i(minX, maxX), sqv_greater_i(minY, maxY))))
        let extent = sqv_max_i(sqv_sub(right, left), sqv_sub(bottom, top))
        let small = sqv_greater_i(sqv_splat_i(64 * 256), extent)
        let few = sqv_and(small, sqv_not(sqv_or(sqv_greater_i(sqv_sub(maxX, minX), one), sqv_greater_i(sqv_sub(maxY, minY), one))))
        if sqv_bits(sqv_and(keep, few)) != 0 {
            let missed = sqv_and(few, missesSquare(x0, y0, x1, y1, x2, y2, minX, minY))
            keep = sqv_and(keep, sqv_not(missed))
        }
        let bits = sqv_bits(keep)
        if bits == 0 { return records }

        let plane = KeyPlane(t, keys(), x0, y0, (originX, originY))
        let m = scratch.columns.base
        (m[0], m[1], m[2], m[3], m[4], m[5]) = (x0, y0, x1, y1, x2, y2)
        (m[6], m[7], m[8], m[9], m[10]) = (sqv_bits_i(plane.key), sqv_bits_i(plane.dx), sqv_bits_i(plane.dy), sqv_bits_i(plane.min), sqv_bits_i(plane.max))
        m[11] = sqv_or(minX, sqv_mul(maxX, sqv_splat_i(65536)))
        m[12] = sqv_or(minY, sqv_mul(maxY, sqv_splat_i(65536)))
        m[13] = sqv_splat_i(entry.pointee.instance)
        m[14] = triangles
        m[15] = sqv_or(sqv_and(small, sqv_splat_i(Record.small)), sqv_splat_i(entry.pointee.material | entry.pointee.flags))
        return append(lanes: bits, of: m, to: records)
    }

    /// Turns sixteen columns of eight lanes into records and appends those whose bit is set.
    @inline(__always)
    private func append(lanes: Int32, of columns: UnsafeMutablePointer<SIMD8<Int32>>, to records: UnsafeMutablePointer<Record>) -> UnsafeMutablePointer<Record> {
        let rows = UnsafeMutableRawPointer(columns).assumingMemoryBound(to: Int32.self)
        sqv_transpose(rows)
        sqv_transpose(rows + 64)
        var (bits, out) = (lanes, records)
        while bits != 0 {
            let lane = bits.trailingZeroBitCount
            bits &= bits - 1
            let words = UnsafeMutableRawPointer(out).assumingMemoryBound(to: Int32.self)
            sqv_store_i(words, columns[lane])
            sqv_store_i(words + 8, columns[8 + lane])
            out += 1
        }
        return out
    }

    /// The planes of eight triangles' keys over the screen, through the unsnapped corners, read at the snapped first corner.
    private struct KeyPlane {
        let key: SIMD8<Float>, dx: SIMD8<Float>, dy: SIMD8<Float>, min: SIMD8<Float>, max: SIMD8<Float>

        @inline(__always)
        init(
            _ t: TriangleLanes, _ keys: (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>), _ x0: SIMD8<Int32>, _ y0: SIMD8<Int32>,
            _ origin: (x: SIMD8<Int32>, y: SIMD8<Int32>)
        ) {
            let (k0, k1, k2) = keys
            let (dx1, dy1, dx2, dy2) = (t.bx - t.ax, t.by - t.ay, t.cx - t.ax, t.cy - t.ay)
            let determinant = dx1 * dy2 - dx2 * dy1
            let usable = sqv_greater(determinant * determinant, sqv_splat(1e-12))
            let inverse = sqv_blend(usable, sqv_splat(1) / determinant, sqv_splat(0))
            let (dk1, dk2) = (k1 - k0, k2 - k0)
            dx = (dk1 * dy2 - dk2 * dy1) * inverse
            dy = (dk2 * dx1 - dk1 * dx2) * inverse
            let unit = sqv_splat(1.0 / 256)
            let (offX, offY) = (sqv_float(sqv_add(x0, origin.x)) * unit - t.ax, sqv_float(sqv_add(y0, origin.y)) * unit - t.ay)
            key = sqv_fma(dx, offX, sqv_fma(dy, offY, k0))
            (min, max) = (sqv_min(k0, sqv_min(k1, k2)), sqv_max(k0, sqv_max(k1, k2)))
        }
    }

    /// All ones where no sample of the 2 x 2 pixels from (column, row) is covered; for small triangles that reach no further.
    /// Most far triangles fall between the samples: they end here instead of in the tiles.
    @inline(__always)
    private func missesSquare(
        _ x0: SIMD8<Int32>, _ y0: SIMD8<Int32>, _ x1: SIMD8<Int32>, _ y1: SIMD8<Int32>, _ x2: SIMD8<Int32>, _ y2: SIMD8<Int32>,
        _ column: SIMD8<Int32>, _ row: SIMD8<Int32>
    ) -> SIMD8<Int32> {
        let (px, py) = (sqv_add(sqv_mul(column, sqv_splat_i(256)), sqv_splat_i(128)), sqv_add(sqv_mul(row, sqv_splat_i(256)), sqv_splat_i(128)))
        let (a, b, c) = (EdgeLanes(x0, y0, x1, y1, px, py), EdgeLanes(x1, y1, x2, y2, px, py), EdgeLanes(x2, y2, x0, y0, px, py))
        var missed = sqv_splat_i(-1)
        for i: Int32 in 0..<2 {
            for j: Int32 in 0..<2 {
                missed = sqv_and(missed, sqv_or(sqv_or(a.at(256 &* i, 256 &* j), b.at(256 &* i, 256 &* j)), c.at(256 &* i, 256 &* j)))
                guard reach > 0 else { continue }
                for k in 0..<4 {
                    let (ox, oy) = (256 &* i &+ 32 &* SampleGrid.x[k], 256 &* j &+ 32 &* SampleGrid.y[k])
                    missed = sqv_and(missed, sqv_or(sqv_or(a.at(ox, oy), b.at(ox, oy)), c.at(ox, oy)))
                }
            }
        }
        return sqv_shift(missed, 31)
    }

    /// One edge of eight triangles around one point each, top-left rule included: negative is outside.
    private struct EdgeLanes {
        let e: SIMD8<Int32>, dx: SIMD8<Int32>, dy: SIMD8<Int32>

        @inline(__always)
        init(_ xa: SIMD8<Int32>, _ ya: SIMD8<Int32>, _ xb: SIMD8<Int32>, _ yb: SIMD8<Int32>, _ px: SIMD8<Int32>, _ py: SIMD8<Int32>) {
            (dx, dy) = (sqv_sub(xb, xa), sqv_sub(yb, ya))
            let none = sqv_splat_i(0)
            let included = sqv_or(sqv_shift(dy, 31), sqv_and(sqv_equal_i(dy, none), sqv_greater_i(dx, none)))
            let value = sqv_sub(sqv_mul(dx, sqv_sub(py, ya)), sqv_mul(dy, sqv_sub(px, xa)))
            e = sqv_add(value, sqv_not(included))   // -1 where the edge itself does not count
        }

        /// At an offset in 1/256 pixel.
        @inline(__always) func at(_ ox: Int32, _ oy: Int32) -> SIMD8<Int32> {
            sqv_add(e, sqv_sub(sqv_mul(dx, sqv_splat_i(oy)), sqv_mul(dy, sqv_splat_i(ox))))
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
