import CSquallKernels
import SquallMath

/// Draws all records of one tile in the fixed order of chunks: nearest opaque surfaces, then the nearest glass before them.
struct TileDrawing: @unchecked Sendable {   // reads the frame's records; scratch is the caller's
    let geometry: FrameGeometry
    let stage: TileStage
    let eye: EyeLanes
    let resolver: TriangleResolver
    /// The same, texture coordinates included, for alpha-masked surfaces.
    let cutter: TriangleResolver

    init(geometry: FrameGeometry, stage: TileStage, eye: EyeLanes, _ resolver: TriangleResolver) {
        (self.geometry, self.stage, self.eye, self.resolver) = (geometry, stage, eye, resolver)
        var cutter = resolver
        cutter.inputs.insert(.texture)
        self.cutter = cutter
    }

    /// - Returns: whether the tile holds any glass.
    @inline(never) @discardableResult
    func run(tile: Int, _ scratch: TileScratch, glassToo: Bool = true) -> Bool {
        let (opaque, glass) = geometry.recordCount(tile: tile)
        let total = opaque + glass
        scratch.locals.reserve(total)
        scratch.slots.reserve(total)
        scratch.looks.reserve(total)
        scratch.hasLeaves = false
        scratch.resolved.reserve(min(total, 10 * TileScratch.pixels))
        scratch.pending.reserve(min(total, 10 * TileScratch.pixels))
        scratch.resolvedCount = 0
        stage.clear(scratch)
        var local: Int32 = 0
        bins(tile, set: 0, &local, scratch)
        guard glass > 0, glassToo else { return false }
        stage.beginGlass(scratch)
        bins(tile, set: 1, &local, scratch)
        return true
    }

    @inline(__always)
    private func bins(_ tile: Int, set: Int, _ local: inout Int32, _ scratch: TileScratch) {
        if stage.multisampled {
            bins(tile, set: set, multi: true, &local, scratch)
        } else {
            bins(tile, set: set, multi: false, &local, scratch)
        }
    }

    /// Sixteen entries at a time: those that may be seen are asked for from memory, then drawn.
    @inline(__always)
    private func bins(_ tile: Int, set: Int, multi: Bool, _ local: inout Int32, _ scratch: TileScratch) {
        let (tileX, tileY) = (tile % stage.tilesAcross * 64, tile / stage.tilesAcross * 64)
        for chunk in geometry.chunks {
            let starts = chunk.starts.base + 2 * tile + set
            var at = Int(starts[0])
            let end = Int(starts[1])
            while at < end {
                let stop = min(at &+ 16, end)
                var next = local
                while at < stop {
                    let entry = chunk.list.base + at
                    at &+= 1
                    if stage.hidden(entry, scratch) { continue }
                    sqv_prefetch(stage.records + Int(entry.pointee.record))
                    scratch.locals.base[Int(next)] = entry.pointee.record
                    scratch.slots.base[Int(next)] = -1
                    next &+= 1
                }
                while local < next {
                    let record = stage.records + Int(scratch.locals.base[Int(local)])
                    scratch.looks.base[Int(local)] = local
                    if set == 0, record.pointee.material & Record.masked != 0 {
                        scratch.looks.base[Int(local)] = record.pointee.leafLook
                        scratch.hasLeaves = true
                        drawMasked(record, local, tileX, tileY, multi: multi, scratch)
                    } else {
                        stage.draw(record, local: local, tileX: tileX, tileY: tileY, set: set, multi: multi, scratch: scratch, cut: nil)
                    }
                    local &+= 1
                }
            }
        }
    }

    // MARK: Visible triangles

    /// Resolves every triangle that is seen, once.
    @inline(never)
    func resolve(_ scratch: TileScratch, glass: Bool) {
        var count = 0
        find(scratch.ids.base, scratch, &count)
        if glass { find(scratch.ids.base + 5 * TileScratch.pixels, scratch, &count) }
        // Meshes are far away in memory: ask for records, then indices, then corners some steps ahead.
        let (pending, resolver, records) = (scratch.pending.base, resolver, stage.records)
        var step = 0
        while step < count + 12 {
            if step >= 4, step < count + 4 { sqv_prefetch(resolver.corners(records + Int(pending[step &- 4].record))) }
            if step < count { sqv_prefetch(records + Int(pending[step].record)) }
            if step >= 8, step < count + 8 {
                let record = records + Int(pending[step &- 8].record)
                let (corners, vertices) = (resolver.corners(record), resolver.vertices(record))
                sqv_prefetch(vertices + Int(corners[0]))
                sqv_prefetch(vertices + Int(corners[1]))
                sqv_prefetch(vertices + Int(corners[2]))
            }
            if step >= 12 {
                let next = pending[step &- 12]
                resolver.resolve(records + Int(next.record), into: scratch.resolved.base + Int(next.slot))
            }
            step &+= 1
        }
    }

    /// Lists the triangles of one set of layers that have no slot yet.
    @inline(__always)
    private func find(_ ids: UnsafePointer<Int32>, _ scratch: TileScratch, _ count: inout Int) {
        var recent = Recent(last: sqv_splat_i(-1), before: sqv_splat_i(-1))
        let samples = ids + TileScratch.pixels
        var at = 0
        while at < TileScratch.pixels {
            let center = sqv_load_i(ids + at)
            var same = recent.holds(center)
            if stage.multisampled {
                let row = samples + 4 &* at
                let low = sqv_and(recent.holds(sqv_load_i(row)), recent.holds(sqv_load_i(row + 8)))
                let high = sqv_and(recent.holds(sqv_load_i(row + 16)), recent.holds(sqv_load_i(row + 24)))
                same = sqv_and(same, sqv_and(low, high))
            }
            if sqv_bits(same) != 255 {
                enlist(center, &recent, scratch, &count)
                if stage.multisampled {
                    for k in 0..<4 { enlist(sqv_load_i(samples + (4 * at + 8 * k)), &recent, scratch, &count) }
                }
            }
            at &+= 8
        }
    }

    /// The two numbers met last, each in all lanes: most edges part two triangles.
    private struct Recent {
        var last: SIMD8<Int32>, before: SIMD8<Int32>
        @inline(__always) func holds(_ row: SIMD8<Int32>) -> SIMD8<Int32> { sqv_or(sqv_equal_i(row, last), sqv_equal_i(row, before)) }
    }

    /// Gives slots to the numbers of eight pixels or samples.
    @inline(__always)
    private func enlist(_ row: SIMD8<Int32>, _ recent: inout Recent, _ scratch: TileScratch, _ count: inout Int) {
        var left = sqv_bits(sqv_not(sqv_or(row, recent.holds(row))))
        while left != 0 {
            let local = row[left.trailingZeroBitCount]
            recent = Recent(last: sqv_splat_i(local), before: recent.last)
            left &= ~sqv_bits(sqv_equal_i(row, recent.last))
            if scratch.slots.base[Int(local)] >= 0 { continue }
            let slot = Int32(truncatingIfNeeded: scratch.resolvedCount)
            scratch.slots.base[Int(local)] = slot
            scratch.pending.base[count] = PendingTriangle(record: scratch.locals.base[Int(local)], slot: slot)
            scratch.resolvedCount &+= 1
            count &+= 1
        }
    }

    /// Alpha-masked surfaces test their texture at every sample they would win.
    @inline(never)
    private func drawMasked(_ record: UnsafePointer<Record>, _ local: Int32, _ tileX: Int, _ tileY: Int, multi: Bool, _ scratch: TileScratch) {
        let (surface, cutouts) = (geometry.meshes.surfaces.base[Int(record.pointee.material & Record.materialMask)], geometry.meshes.cutouts)
        guard surface.cutout >= 0 else {
            stage.draw(record, local: local, tileX: tileX, tileY: tileY, set: 0, multi: multi, scratch: scratch, cut: nil)
            return
        }
        // Not among the resolved ones: those have room for what is seen at last, and most masked triangles are not.
        let whole = scratch.cut.base
        cutter.resolve(record, into: whole)
        let triangle = UnsafePointer(whole)
        stage.draw(record, local: local, tileX: tileX, tileY: tileY, set: 0, multi: multi, scratch: scratch) { layer, x, y, mask in
            var column = sqv_float(sqv_lanes_i()), row = sqv_splat(Float(y) + 0.5 - eye.cy)
            if layer > 0 {
                column = sqv_float(sqv_add(sqv_mul(SampleGrid.pairPixel, sqv_splat_i(8)), SampleGrid.pairX)) * 0.125
                row += sqv_float(SampleGrid.pairY) * 0.125
            }
            let (rx, ry) = ((column + (Float(x) + 0.5 - eye.cx)) * eye.perX, row * eye.perY)
            let plane = { (p: SIMD3<Float>) in sqv_fma(sqv_splat(p.x), rx, sqv_fma(sqv_splat(p.y), ry, sqv_splat(p.z))) }
            let key = sqv_min(sqv_max(plane(triangle.pointee.key), sqv_splat(triangle.pointee.keyMin)), sqv_splat(triangle.pointee.keyMax))
            let depth = 1 / key
            return cutouts.kept(surface.cutout, u: plane(triangle.pointee.u) * depth, v: plane(triangle.pointee.v) * depth, mask: mask)
        }
    }
}
