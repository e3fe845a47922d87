import CSquallKernels
import SquallFrames
import SquallGeometry
import SquallMath

/// What an object covers when it is drawn with nothing else, counted at pixel centres.
public struct LoneCoverage: Sendable, Equatable {
    /// Centres inside the image.
    public var inside = 0
    /// The same and those outside, out to the margin around the image. Parts nearer than the near plane cover nothing.
    public var total = 0
    /// First and last covered column and row inside the image; nil when `inside` is 0.
    public var columns: ClosedRange<Int>?
    public var rows: ClosedRange<Int>?
    /// Share of the silhouette outside the image, 0 for an object that covers nothing. The silhouette is what lies beyond the near plane
    /// and within the margin: a vehicle beside the camera counts with the part before the lens.
    public var truncation: Double { total == 0 ? 0 : Double(total - inside) / Double(total) }

    public init() {}
}

extension Rasterizer {
    /// Draws each object alone, glass included, with the same corners, snapping and rule as `render`, so that its visible pixels
    /// are a subset of its lone ones.
    ///
    /// - Parameters:
    ///   - objects: for each object its run of `instances`.
    ///   - margin: pixels around the image that count for truncation; what lies beyond is not seen. Where image and margins are more
    ///     than the rasterizer can draw at once, what is outside is counted in pixels two, three... times as large.
    public func lone(_ objects: [Range<Int>], of instances: [MeshInstance], camera: RasterCamera, margin: Int, pool: WorkerPool) -> [LoneCoverage] {
        while loneGeometry.count < pool.workers { loneGeometry.append(FrameGeometry(meshes, chunks: 1)) }
        let geometries = loneGeometry
        let alone = WorkerPool(workers: 1)
        var result = Array(repeating: LoneCoverage(), count: objects.count)
        result.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let slots = buffer   // one slot per item
            pool.run(objects.count) { item, worker in
                slots[item] = LoneDrawing(geometry: geometries[worker], camera: camera, margin: margin).run(instances, objects[item], alone)
            }
        }
        return result
    }
}

/// One object in the smallest window that holds it.
private struct LoneDrawing {
    let geometry: FrameGeometry
    let camera: RasterCamera
    let margin: Int

    func run(_ instances: [MeshInstance], _ selected: Range<Int>, _ pool: WorkerPool) -> LoneCoverage {
        let (width, height) = (camera.camera.width, camera.camera.height)
        let across = max(width, height) + 2 * margin
        guard across > View.largestSide else { return draw(instances, selected, margin, pool) }
        let coarse = coarser(by: (across + View.largestSide - 1) / View.largestSide)
        guard let reach = coarse.drawing.bounds(instances, selected, margin: coarse.drawing.margin) else { return LoneCoverage() }
        var result = draw(instances, selected, 0, pool)
        let (columns, rows) = (coarse.drawing.camera.camera.width, coarse.drawing.camera.camera.height)
        if reach.columns.lowerBound < 0 || reach.rows.lowerBound < 0 || reach.columns.upperBound > columns || reach.rows.upperBound > rows {
            let all = coarse.drawing.draw(instances, selected, coarse.drawing.margin, pool)
            result.total += (all.total - all.inside) * coarse.factor * coarse.factor
        }
        return result
    }

    /// The same camera with pixels `factor` times as large; those whose centres the image holds are its own.
    private func coarser(by factor: Int) -> (drawing: LoneDrawing, factor: Int) {
        let (c, scale) = (camera.camera, 1 / Double(factor))
        func count(_ side: Int) -> Int { max(1, Int((Double(side) * scale - 0.5).rounded(.up))) }
        var coarse = camera
        coarse.camera = PinholeCamera(width: count(c.width), height: count(c.height), fx: c.fx * scale, fy: c.fy * scale, cx: c.cx * scale, cy: c.cy * scale)
        return (LoneDrawing(geometry: geometry, camera: coarse, margin: margin / factor), factor)
    }

    /// Draws within the image and `margin` around it.
    private func draw(_ instances: [MeshInstance], _ selected: Range<Int>, _ margin: Int, _ pool: WorkerPool) -> LoneCoverage {
        guard let window = bounds(instances, selected, margin: margin) else { return LoneCoverage() }
        let view = View(camera, columns: window.columns, rows: window.rows)
        geometry.run(instances, selected: selected, view: view, pool: pool)
        let stage = TileStage(records: geometry.recordBase, tilesAcross: geometry.tilesAcross, width: view.width, height: view.height, multisampled: false)
        let drawing = TileDrawing(geometry: geometry, stage: stage, eye: EyeLanes(view), geometry.resolver(.texture))
        var result = LoneCoverage()
        for tile in 0..<(geometry.tilesAcross * geometry.tilesDown) where geometry.recordCount(tile: tile).opaque > 0 {
            let scratch = geometry.tileScratch[0]
            drawing.run(tile: tile, scratch, glassToo: false)
            let (tileX, tileY) = (tile % stage.tilesAcross * 64, tile / stage.tilesAcross * 64)
            count(UnsafePointer(scratch.ids.base), tileX, tileY, view, &result)
        }
        return result
    }

    private func count(_ ids: UnsafePointer<Int32>, _ tileX: Int, _ tileY: Int, _ view: View, _ result: inout LoneCoverage) {
        let (width, height) = (camera.camera.width, camera.camera.height)
        for j in 0..<min(64, view.height - tileY) {
            let y = view.originY + tileY + j
            for i in stride(from: 0, to: min(64, view.width - tileX), by: 8) {
                let seen = sqv_load_i(ids + TileScratch.offset(i, j))
                var bits: Int32 = sqv_bits(sqv_not(seen))
                let room = view.width - tileX - i
                if room < 8 { bits &= (1 << Int32(room)) - 1 }
                if bits == 0 { continue }
                result.total += bits.nonzeroBitCount
                guard y >= 0, y < height else { continue }
                let x = view.originX + tileX + i
                if x < 0 { bits &= x <= -8 ? 0 : ~0 << Int32(-x) }
                if x + 8 > width { bits &= x >= width ? 0 : (1 << Int32(width - x)) - 1 }
                if bits == 0 { continue }
                result.inside += bits.nonzeroBitCount
                let (first, last) = (x + bits.trailingZeroBitCount, x + 31 - bits.leadingZeroBitCount)
                result.columns = min(result.columns?.lowerBound ?? first, first)...max(result.columns?.upperBound ?? last, last)
                result.rows = min(result.rows?.lowerBound ?? y, y)...max(result.rows?.upperBound ?? y, y)
            }
        }
    }

    /// Pixels the object's bounding spheres may reach, cut to the image and `margin` around it; nil when none.
    private func bounds(_ instances: [MeshInstance], _ selected: Range<Int>, margin: Int) -> (columns: Range<Int>, rows: Range<Int>)? {
        let (columns, rows) = (-margin..<(camera.camera.width + margin), -margin..<(camera.camera.height + margin))
        let view = View(camera, columns: columns, rows: rows)
        var (x0, x1, y0, y1) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
        for index in selected where instances[index].mesh >= 0 && instances[index].mesh < geometry.meshes.meshCount {
            guard let transform = ViewTransform(instances[index].transform, view) else { continue }
            let mesh = geometry.meshes.attributes.base[Int(instances[index].mesh)]
            let shape = geometry.deformed.shape(of: instances[index])
            let center = SIMD3<Double>(transform(shape?.bounds.center ?? mesh.center))
            let radius = Double((shape?.radius ?? mesh.radius) * transform.scale) * 1.001 + 1e-3
            if center.z + radius < view.near { continue }
            guard center.z - radius > view.near else { return (columns, rows) }
            for depth in [center.z - radius, center.z + radius] {
                x0 = min(x0, view.fx * (center.x - radius) / depth + view.cx)
                x1 = max(x1, view.fx * (center.x + radius) / depth + view.cx)
                y0 = min(y0, view.fy * (center.y - radius) / depth + view.cy)
                y1 = max(y1, view.fy * (center.y + radius) / depth + view.cy)
            }
        }
        guard x0 <= x1, x1 > Double(columns.lowerBound), x0 < Double(columns.upperBound), y1 > Double(rows.lowerBound), y0 < Double(rows.upperBound) else {
            return nil
        }
        func range(_ low: Double, _ high: Double, _ limits: Range<Int>) -> Range<Int> {
            let first = Int(max(low - 1, Double(limits.lowerBound)).rounded(.down)), end = Int(min(high + 2, Double(limits.upperBound)).rounded(.up))
            return first..<min(max(end, first + 1), max(limits.upperBound, first + 1))
        }
        return (range(x0, x1, columns), range(y0, y1, rows))
    }
}
