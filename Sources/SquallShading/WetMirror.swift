import CSquallKernels
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster

/// Mirror images of vehicles and surroundings in the water on the road, found on the finished picture.
///
/// Shading mirrors the sky alone (under a roof its lining) and notes here, per pixel, how much of that mirrored light reaches the eye, which way the
/// water faces and what it mirrored. Afterwards a ray per 2 x 2 pixels follows the mirrored direction across the depth image; where it meets something, the
/// light mirrored so far is exchanged for that thing's. Directions are spread by the water's roughness and the result is smoothed over
/// the ground, taller than wide, as rough water smears images. What the picture does not show cannot be mirrored (McGuire, Mara 2014); lamps
/// shine on the water by themselves, their streaks are highlights and come with the shading.
final class WetMirror: @unchecked Sendable {   // pixels are written by the tile that owns them, then read
    let width: Int, height: Int
    /// Share of the mirrored light that reaches the eye, and the water's world normal (x, y), per pixel.
    let share: UnsafeMutablePointer<Float>
    let slopeX: UnsafeMutablePointer<Float>, slopeY: UnsafeMutablePointer<Float>
    /// Depth of the water noted, metres: at the rim of things in front of it the pixel's centre may see those.
    private let depth: UnsafeMutablePointer<Float>
    /// What was mirrored at the first pixel of each cell, per unit of share, cd/m2.
    private let mirrored: UnsafeMutablePointer<SIMD4<Float>>
    /// Light to add per unit of share, three values and the number of rays per cell of 2 x 2 pixels; then the same smoothed.
    private let found: UnsafeMutablePointer<SIMD4<Float>>, smooth: UnsafeMutablePointer<SIMD4<Float>>
    private let columns: Int, rows: Int

    private static let steps = 30
    private static let farthest: Float = 90
    /// Nothing but the lenses of head lamps and lanterns is brighter at night, cd/m2; by day nothing outshines the sky by more than twelve times.
    private static let lens: Float = 2_000

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        (columns, rows) = ((width + 1) / 2, (height + 1) / 2)
        share = .allocate(capacity: width * height)
        slopeX = .allocate(capacity: width * height)
        slopeY = .allocate(capacity: width * height)
        depth = .allocate(capacity: width * height)
        mirrored = .allocate(capacity: columns * rows)
        found = .allocate(capacity: columns * rows)
        smooth = .allocate(capacity: columns * rows)
        mirrored.initialize(repeating: .zero, count: columns * rows)
    }

    deinit {
        share.deallocate()
        slopeX.deallocate()
        slopeY.deallocate()
        depth.deallocate()
        mirrored.deallocate()
        found.deallocate()
        smooth.deallocate()
    }

    func clear() { share.update(repeating: 0, count: width * height) }

    /// Remembers eight pixels; called by the shader.
    /// - Parameters: `share` of what the water mirrors that reaches the eye, and what it mirrors, cd/m2.
    @inline(__always) func note(_ point: borrowing ShadePoint8, share value: Lanes, of light: Color8) {
        let (column, row) = (sqv_int(point.x), sqv_int(point.y))
        for lane in 0..<8 where point.active[lane] < 0 && value[lane] > 0 {
            let (x, y) = (min(max(Int(column[lane]), 0), width - 1), min(max(Int(row[lane]), 0), height - 1))
            let index = y * width + x
            (share[index], depth[index]) = (value[lane], point.depth[lane])
            if x & 1 == 0, y & 1 == 0 { mirrored[y / 2 * columns + x / 2] = SIMD4(light.r[lane], light.g[lane], light.b[lane], 0) }
            (slopeX[index], slopeY[index]) = (point.normal.x[lane], point.normal.y[lane])
        }
    }

    /// Exchanges mirrored sky for mirrored things.
    func apply(_ camera: RasterCamera, pool: WorkerPool, to frame: inout RasterFrame) {
        let eye = MirrorEye(camera)
        frame.visibility.depth.withUnsafeBufferPointer { depth in
            frame.color.red.withUnsafeMutableBufferPointer { red in
                frame.color.green.withUnsafeMutableBufferPointer { green in
                    frame.color.blue.withUnsafeMutableBufferPointer { blue in
                        let picture = MirrorPicture(
                            depth: depth.baseAddress!, red: red.baseAddress!, green: green.baseAddress!, blue: blue.baseAddress!)
                        pool.run(rows) { row, _ in
                            for column in 0..<columns { found[row * columns + column] = trace(2 * column, 2 * row, eye, picture) }
                        }
                        pool.run(rows) { row, _ in
                            for column in 0..<columns { smooth[row * columns + column] = smoothed(column, row) }
                        }
                        pool.run(height) { y, _ in
                            for x in 0..<width where share[y * width + x] > 0 { add(x, y, eye, picture) }
                        }
                    }
                }
            }
        }
    }

    /// Whether the centre of a pixel sees the water noted for it, give or take what level ground deepens by over half a pixel from a metre above it.
    private func isWater(_ index: Int, _ seen: UnsafePointer<Float>, _ eye: MirrorEye) -> Bool {
        let noted = depth[index]
        return share[index] > 0 && abs(noted - seen[index]) < noted * (0.01 + 0.7 * noted / eye.fx)
    }

    /// Whether one of the four pixels around shows no water.
    private func isRim(_ x: Int, _ y: Int, _ seen: UnsafePointer<Float>, _ eye: MirrorEye) -> Bool {
        let index = y * width + x
        return (x > 0 && !isWater(index - 1, seen, eye)) || (x + 1 < width && !isWater(index + 1, seen, eye))
            || (y > 0 && !isWater(index - width, seen, eye)) || (y + 1 < height && !isWater(index + width, seen, eye))
    }

    /// Light to exchange, per unit of share, for the cell at a pixel; w is 1 on water and 0 elsewhere.
    private func trace(_ x: Int, _ y: Int, _ eye: MirrorEye, _ picture: MirrorPicture) -> SIMD4<Float> {
        let index = y * width + x
        let depth = picture.depth[index]
        guard share[index] > 2e-3, depth.isFinite, isWater(index, picture.depth, eye) else { return .zero }
        // Rough water: the facet that mirrors here leans a little, differently in every cell.
        let h = SurfaceNoise.hash(LaneInts(repeating: Int32(x)), LaneInts(repeating: Int32(y)), seed: 3)[0]
        let lean = Float(h & 0xffff) / 65_536 - 0.5
        let ray = eye.ray(Float(x) + 0.5, Float(y) + 0.5)
        let toward = ray.normalized
        var normal = eye.turned(SIMD3(slopeX[index], slopeY[index], 1).normalized)
        normal = (normal + SIMD3(0, 0, 0.06 * lean)).normalized
        let way = toward - normal * (2 * dot(toward, normal))
        guard let hit = march(from: ray * depth, along: way, eye, picture) else { return SIMD4(0, 0, 0, 1) }
        let (at, before) = (hit.index, mirrored[y / 2 * columns + x / 2])
        let thing = SIMD3(picture.red[at], picture.green[at], picture.blue[at])
        // A head lamp's lens is brighter than anything it lights, and its streak is there already: a few rays that met it would make blots.
        guard 0.2126 * thing.x + 0.7152 * thing.y + 0.0722 * thing.z < max(Self.lens, 12 * before.max()) else { return SIMD4(0, 0, 0, 1) }
        return SIMD4((thing - SIMD3(before.x, before.y, before.z)) * hit.trust, 1)
    }

    /// Follows a ray (camera axes) until it passes behind something that is not water.
    private func march(from start: SIMD3<Float>, along direction: SIMD3<Float>, _ eye: MirrorEye, _ picture: MirrorPicture) -> (index: Int, trust: Float)? {
        var (distance, step) = (Float(0.15), max(0.12, 0.012 * start.z))
        for _ in 0..<Self.steps {
            let p = start + direction * distance
            if p.z < 0.2 || distance > Self.farthest { return nil }
            let px = eye.fx * p.x / p.z + eye.cx, py = eye.fy * p.y / p.z + eye.cy
            guard px >= 0, py >= 0, px < Float(width), py < Float(height) else { return nil }
            let index = Int(py) * width + Int(px)
            let behind = p.z - picture.depth[index]
            if behind > 0.02, behind < 1.2 * step + 0.5, share[index] <= 0 {
                let edge = min(min(px, Float(width) - px) / (0.08 * Float(width)), min(py / (0.08 * Float(height)), 1))
                return (index, min(1, max(0, edge)))
            }
            distance += step
            step *= 1.17
        }
        return nil
    }

    /// The mean of neighbouring cells of water; w is 1 where there is water.
    private func smoothed(_ column: Int, _ row: Int) -> SIMD4<Float> {
        guard found[row * columns + column].w > 0 else { return .zero }
        var sum = SIMD4<Float>.zero
        for r in max(0, row - 3)...min(rows - 1, row + 3) {
            for c in max(0, column - 1)...min(columns - 1, column + 1) { sum += found[r * columns + c] * Float((4 - abs(r - row)) * (2 - abs(c - column))) }
        }
        return SIMD4(SIMD3(sum.x, sum.y, sum.z) / max(sum.w, 1e-6), 1)
    }

    /// Exchanges the light of one pixel for that of the four cells about it.
    private func add(_ x: Int, _ y: Int, _ eye: MirrorEye, _ picture: MirrorPicture) {
        let index = y * width + x
        guard isWater(index, picture.depth, eye) else { return }
        let (near, far) = (SIMD2(x / 2, y / 2), SIMD2(x & 1 == 0 ? max(0, x / 2 - 1) : min(columns - 1, x / 2 + 1), y & 1 == 0 ? max(0, y / 2 - 1) : min(rows - 1, y / 2 + 1)))
        let sum = smooth[near.y * columns + near.x] * 9 + (smooth[near.y * columns + far.x] + smooth[far.y * columns + near.x]) * 3 + smooth[far.y * columns + far.x]
        guard sum.w > 0 else { return }
        let light = sum / sum.w
        // At the rim of the water half of a pixel is something else, whose light is not to be exchanged.
        let isRim = isRim(x, y, picture.depth, eye), amount = isRim ? 0.5 * share[index] : share[index], kept: Float = isRim ? 0.4 : 0
        picture.red[index] = max(kept * picture.red[index], picture.red[index] + light.x * amount)
        picture.green[index] = max(kept * picture.green[index], picture.green[index] + light.y * amount)
        picture.blue[index] = max(kept * picture.blue[index], picture.blue[index] + light.z * amount)
    }
}

/// The picture while it is being mirrored.
private struct MirrorPicture: @unchecked Sendable {   // cells are disjoint
    let depth: UnsafePointer<Float>
    let red: UnsafeMutablePointer<Float>, green: UnsafeMutablePointer<Float>, blue: UnsafeMutablePointer<Float>
}

/// The camera in single precision.
private struct MirrorEye {
    let right: SIMD3<Float>, down: SIMD3<Float>, ahead: SIMD3<Float>
    let fx: Float, fy: Float, cx: Float, cy: Float

    init(_ camera: RasterCamera) {
        let axes = camera.pose.rotation.columns
        (right, down, ahead) = (SIMD3<Float>(axes.0), SIMD3<Float>(axes.1), SIMD3<Float>(axes.2))
        let lens = camera.camera
        (fx, fy, cx, cy) = (Float(lens.fx), Float(lens.fy), Float(lens.cx), Float(lens.cy))
    }

    /// Camera-axes ray of depth 1 through a pixel position.
    func ray(_ x: Float, _ y: Float) -> SIMD3<Float> { SIMD3((x - cx) / fx, (y - cy) / fy, 1) }
    /// World vector in camera axes.
    func turned(_ v: SIMD3<Float>) -> SIMD3<Float> { SIMD3(dot(right, v), dot(down, v), dot(ahead, v)) }
}
