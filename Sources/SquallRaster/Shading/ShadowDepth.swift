import SquallGeometry
import SquallMath

extension Rasterizer {
    /// Metres along z of the nearest opaque or alpha-tested surface per texel of a parallel projection, +infinity for none.
    func renderDepth(_ instances: [MeshInstance], camera: OrthographicCamera, size: Int, pool: WorkerPool, into depth: UnsafeMutablePointer<Float>) {
        let view = View(camera, width: size, height: size)
        geometry.run(instances, view: view, reach: 0, pool: pool)
        let stage = TileStage(records: geometry.recordBase, tilesAcross: geometry.tilesAcross, width: size, height: size, multisampled: false)
        let drawing = TileDrawing(geometry: geometry, stage: stage, eye: EyeLanes(view), resolver: geometry.resolver(.texture))
        let (far, range) = (Float(camera.far), Float(camera.far - camera.near))
        let target = SendablePointer(depth)
        let geometry = geometry
        pool.run(geometry.tilesAcross * geometry.tilesDown) { tile, worker in
            let scratch = geometry.tileScratch[worker]
            _ = drawing.run(tile: tile, scratch)
            let (left, top) = (tile % stage.tilesAcross * 64, tile / stage.tilesAcross * 64)
            for j in 0..<min(64, size - top) {
                for i in 0..<min(64, size - left) {
                    let key = scratch.keys.base[((j >> 3) * 8 + (i >> 3)) * 64 + (j & 7) * 8 + (i & 7)]
                    target.base[(top + j) * size + left + i] = key > 0 ? far - key * range : .infinity
                }
            }
        }
    }
}

/// A buffer whose parts different workers write.
private struct SendablePointer: @unchecked Sendable {
    let base: UnsafeMutablePointer<Float>
    init(_ base: UnsafeMutablePointer<Float>) { self.base = base }
}
