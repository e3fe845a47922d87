import CSquallKernels
import SquallFrames
import SquallGeometry
import SquallMath

/// Depth alone, in perspective: what shadow maps of lamps need.
extension Rasterizer {
    /// One over z (along the axis, 1/m) of the nearest surface at each pixel centre; 0 where there is none. Glass casts no shadow and is
    /// left out; alpha-masked surfaces are cut by their textures.
    ///
    /// - Parameter nearness: receives `width * height` values of the camera, rows top-down; resized when needed.
    /// - Parameter reach: instances wholly further from the camera are left out, metres.
    public func renderNearness(_ all: [MeshInstance], camera: RasterCamera, reach: Double = .infinity, pool: WorkerPool, into nearness: inout [Float]) {
        let instances = reach < .infinity ? all.filter { isWithin(reach, of: camera.pose.position, $0) } : all
        let (width, height) = (camera.camera.width, camera.camera.height)
        if nearness.count != width * height { nearness = Array(repeating: 0, count: width * height) }
        let view = View(camera)
        geometry.run(instances, view: view, separatesGlass: true, pool: pool)
        let stage = TileStage(records: geometry.recordBase, tilesAcross: geometry.tilesAcross, width: width, height: height, multisampled: false)
        let drawing = TileDrawing(geometry: geometry, stage: stage, eye: EyeLanes(view), geometry.resolver(.texture))
        let geometry = geometry
        nearness.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            let target = NearnessTarget(base: base, width: width, height: height)
            pool.run(geometry.tilesAcross * geometry.tilesDown) { tile, worker in
                let scratch = geometry.tileScratch[worker]
                let (tileX, tileY) = (tile % stage.tilesAcross * 64, tile / stage.tilesAcross * 64)
                if geometry.recordCount(tile: tile).opaque == 0 {
                    target.clear(tileX, tileY)
                } else {
                    drawing.run(tile: tile, scratch, glassToo: false)
                    target.copy(tileX, tileY, UnsafePointer(scratch.keys.base))
                }
            }
        }
    }

    private func isWithin(_ reach: Double, of place: Vec3, _ instance: MeshInstance) -> Bool {
        geometry.meshes.sphere(of: instance).map { ($0.center - place).length - $0.radius < reach } ?? false
    }
}

/// Keeps the keys of a perspective view, which are one over z.
private struct NearnessTarget: @unchecked Sendable {   // tiles write disjoint pixels
    let base: UnsafeMutablePointer<Float>
    let width: Int, height: Int

    func clear(_ tileX: Int, _ tileY: Int) {
        for y in tileY..<min(tileY + 64, height) { (base + y * width + tileX).update(repeating: 0, count: min(64, width - tileX)) }
    }

    func copy(_ tileX: Int, _ tileY: Int, _ keys: UnsafePointer<Float>) {
        for j in 0..<min(64, height - tileY) {
            let row = base + (tileY + j) * width + tileX
            for i in stride(from: 0, to: min(64, width - tileX), by: 8) {
                let key = sqv_max(sqv_load(keys + TileScratch.offset(i, j)), sqv_splat(0))
                if width - tileX - i >= 8 {
                    sqv_store(row + i, key)
                } else {
                    for lane in 0..<(width - tileX - i) { row[i + lane] = key[lane] }
                }
            }
        }
    }
}
