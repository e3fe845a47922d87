import CSquallKernels
import SquallGeometry
import SquallMath

/// Depth alone, in parallel projection: what shadow maps need.
extension Rasterizer {
    /// Distance along z of the nearest surface at each pixel centre of a parallel projection, metres; +infinity where there is
    /// none. Glass casts no shadow and is left out; alpha-masked surfaces are cut by their textures.
    ///
    /// - Parameter depth: receives `width * height` values, rows top-down; resized when needed.
    public func renderDepth(_ instances: [MeshInstance], camera: OrthographicCamera, width: Int, height: Int, pool: WorkerPool, into depth: inout [Float]) {
        if depth.count != width * height { depth = Array(repeating: .infinity, count: width * height) }
        depth.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            renderDepth(instances, camera: camera, width: width, height: height, pool: pool, into: base, stride: width)
        }
    }

    /// The same into a part of a larger map.
    ///
    /// - Parameters:
    ///   - base: receives the first value of the first row.
    ///   - stride: from row to row of the map.
    public func renderDepth(
        _ instances: [MeshInstance], camera: OrthographicCamera, width: Int, height: Int, pool: WorkerPool, into base: UnsafeMutablePointer<Float>, stride: Int
    ) {
        let view = View(camera, width: width, height: height)
        geometry.run(instances, view: view, separatesGlass: true, pool: pool)
        let stage = TileStage(records: geometry.recordBase, tilesAcross: geometry.tilesAcross, width: width, height: height, multisampled: false)
        let drawing = TileDrawing(geometry: geometry, stage: stage, eye: EyeLanes(view), geometry.resolver(.texture, orthographic: true))
        let target = DepthTarget(base: base, width: width, height: height, stride: stride, far: Float(camera.far), range: Float(camera.far - camera.near))
        let geometry = geometry
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

/// Turns keys of a parallel projection back into metres.
private struct DepthTarget: @unchecked Sendable {   // tiles write disjoint pixels
    let base: UnsafeMutablePointer<Float>
    let width: Int, height: Int, stride: Int
    let far: Float, range: Float

    func clear(_ tileX: Int, _ tileY: Int) {
        for y in tileY..<min(tileY + 64, height) { (base + y * stride + tileX).update(repeating: .infinity, count: min(64, width - tileX)) }
    }

    func copy(_ tileX: Int, _ tileY: Int, _ keys: UnsafePointer<Float>) {
        let (nothing, farLanes, scale) = (sqv_splat(.infinity), sqv_splat(far), sqv_splat(-range))
        for j in 0..<min(64, height - tileY) {
            let row = base + (tileY + j) * stride + tileX
            for i in Swift.stride(from: 0, to: min(64, width - tileX), by: 8) {
                let key = sqv_load(keys + TileScratch.offset(i, j))
                let z = sqv_blend(sqv_greater(key, sqv_splat(0)), sqv_fma(key, scale, farLanes), nothing)
                if width - tileX - i >= 8 {
                    sqv_store(row + i, z)
                } else {
                    for lane in 0..<(width - tileX - i) { row[i + lane] = z[lane] }
                }
            }
        }
    }
}
