import CSquallKernels
import SquallMath

/// Draws all records of one tile in the fixed order of chunks: nearest opaque surfaces, then the nearest glass before them.
struct TileDrawing: @unchecked Sendable {   // reads the frame's records; scratch is the caller's
    let geometry: FrameGeometry
    let stage: TileStage
    let eye: EyeLanes
    let resolver: TriangleResolver

    /// - Returns: whether the tile holds any glass.
    @inline(never) @discardableResult
    func run(tile: Int, _ scratch: TileScratch, glassToo: Bool = true) -> Bool {
        let (opaque, glass) = geometry.recordCount(tile: tile)
        let total = opaque + glass
        scratch.locals.reserve(total)
        scratch.slots.reserve(total)
        scratch.resolved.reserve(min(total, 10 * TileScratch.pixels))
        scratch.slots.base.update(repeating: -1, count: total)
        scratch.resolvedCount = 0
        stage.clear(scratch)
        var local: Int32 = 0
        if stage.multisampled {
            bins(tile, set: 0, multi: true, &local, scratch)
        } else {
            bins(tile, set: 0, multi: false, &local, scratch)
        }
        guard glass > 0, glassToo else { return false }
        stage.beginGlass(scratch)
        if stage.multisampled {
            bins(tile, set: 1, multi: true, &local, scratch)
        } else {
            bins(tile, set: 1, multi: false, &local, scratch)
        }
        return true
    }

    @inline(__always)
    private func bins(_ tile: Int, set: Int, multi: Bool, _ local: inout Int32, _ scratch: TileScratch) {
        let (tileX, tileY) = (tile % stage.tilesAcross * 64, tile / stage.tilesAcross * 64)
        let surfaces = geometry.meshes.surfaces.base
        for chunk in geometry.chunks {
            let starts = chunk.starts.base + 2 * tile + set
            var at = Int(starts[0])
            let end = Int(starts[1])
            while at < end {
                let number = chunk.list.base[at]
                let record = stage.records + Int(number)
                scratch.locals.base[Int(local)] = number
                if set == 0, surfaces[Int(record.pointee.material)].kind == .masked {
                    drawMasked(record, local, tileX, tileY, multi: multi, scratch)
                } else {
                    stage.draw(record, local: local, tileX: tileX, tileY: tileY, set: set, multi: multi, scratch: scratch, cut: nil)
                }
                local += 1
                at += 1
            }
        }
    }

    /// Alpha-masked surfaces test their texture at every sample they would win.
    @inline(never)
    private func drawMasked(_ record: UnsafePointer<Record>, _ local: Int32, _ tileX: Int, _ tileY: Int, multi: Bool, _ scratch: TileScratch) {
        let surface = geometry.meshes.surfaces.base[Int(record.pointee.material)]
        guard surface.texture >= 0, Int(surface.texture) < geometry.meshes.textures.count else {
            stage.draw(record, local: local, tileX: tileX, tileY: tileY, set: 0, multi: multi, scratch: scratch, cut: nil)
            return
        }
        if scratch.slots.base[Int(local)] < 0 {
            scratch.slots.base[Int(local)] = Int32(scratch.resolvedCount)
            resolver.resolve(record, into: scratch.resolved.base + scratch.resolvedCount)
            scratch.resolvedCount += 1
        }
        let triangle = UnsafePointer(scratch.resolved.base + Int(scratch.slots.base[Int(local)]))
        let texture = geometry.meshes.textures[Int(surface.texture)]
        stage.draw(record, local: local, tileX: tileX, tileY: tileY, set: 0, multi: multi, scratch: scratch) { layer, x, y, mask in
            var kept = mask
            let offset = layer == 0 ? SIMD2<Float>.zero : SIMD2(Float(SampleGrid.x[layer - 1]), Float(SampleGrid.y[layer - 1])) * 0.125
            for lane in 0..<8 where mask[lane] < 0 {
                let pixel = SIMD2(Float(x + lane) + 0.5, Float(y) + 0.5) + offset
                let ray = SIMD3((pixel.x - eye.cx) * eye.perX, (pixel.y - eye.cy) * eye.perY, 1)
                let key = min(max(dot(triangle.pointee.key, ray), triangle.pointee.keyMin), triangle.pointee.keyMax)
                let alpha = texture.alpha(u: dot(triangle.pointee.u, ray) / key, v: dot(triangle.pointee.v, ray) / key)
                if alpha < surface.threshold { kept[lane] = 0 }
            }
            return kept
        }
    }
}
