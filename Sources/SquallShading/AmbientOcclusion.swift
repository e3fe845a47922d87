import CSquallKernels
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster

/// What near surfaces hide of the sky from each other: wheel arches, the undersides of bumpers, corners of walls, crowns of trees, kerbs.
/// Found on the finished picture's depths.
///
/// Shading notes per pixel which share of its light came from the sky. Afterwards every cell of 2 x 2 pixels asks eight places around
/// it, a metre's length around on the picture, how far they rise over its own plane (after McGuire, Osman, Bukowski, Hennessy 2011: sum of
/// max(0, v.n - bias) / |v|, fading with distance; the factor makes it the half of the sky that a wall hides at its foot, seen aslant).
/// Places turn from cell to cell in a 4 x 4 pattern and the mean over the same 4 x 4 cells takes the pattern out again, neighbours at other
/// depths left out. The sky's share is dimmed by it; sun and lamps keep theirs. What boxes hid already (`GroundOcclusion`) is not hidden twice: the
/// smaller of both counts. A function of the picture alone: neither tiles nor threads
/// nor earlier frames matter.
final class AmbientOcclusion: @unchecked Sendable {   // pixels are written by the tile that owns them, then read
    let width: Int, height: Int
    /// Share of a pixel's light that came from the sky.
    private let share: UnsafeMutablePointer<Float>
    /// What boxes left of the sky there.
    private let before: UnsafeMutablePointer<Float>
    /// Cells of 2 x 2 pixels, rows padded to whole lanes: depth, what stays of the sky, the same smoothed.
    private let depths: UnsafeMutablePointer<Float>, open: UnsafeMutablePointer<Float>, smooth: UnsafeMutablePointer<Float>
    private let columns: Int, rows: Int
    /// Of every row of the pattern and every tap: cosine and sine of the way there, and its length over the longest.
    private let ways: UnsafeMutablePointer<Way>

    private struct Way {
        var cosine: Lanes, sine: Lanes, length: Lanes
    }

    /// Metres around a place that are looked at, metres up to which surfaces hide the sky from each other, and the longest way on the picture, cells.
    private static let reach: Float = 1.0, radius: Float = 1.5, longest: Float = 60
    private static let taps = 8
    /// The least of the sky that is left.
    private static let least: Float = 0.25

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        (columns, rows) = (((width + 1) / 2 + 7) / 8 * 8, (height + 1) / 2)
        share = .allocate(capacity: width * height)
        before = .allocate(capacity: width * height)
        before.initialize(repeating: 1, count: width * height)
        depths = .allocate(capacity: columns * rows)
        open = .allocate(capacity: columns * rows)
        smooth = .allocate(capacity: columns * rows)
        for plane in [depths, open, smooth] { plane.initialize(repeating: 1, count: columns * rows) }
        share.initialize(repeating: 0, count: width * height)
        ways = .allocate(capacity: 4 * Self.taps)
        for row in 0..<4 {
            for tap in 0..<Self.taps { (ways + row * Self.taps + tap).initialize(to: Self.way(tap, row: row)) }
        }
    }

    /// Sixteen turns, one for each cell of a 4 x 4 block.
    private static func way(_ tap: Int, row: Int) -> Way {
        let phase = (Lanes(0, 10, 4, 14, 0, 10, 4, 14) + SIMD4<Float>(0, 5, 2, 7)[row]) * (1 / 16)
        let turn = phase + Float(tap) * 0.381_966, quarter = turn + 0.75
        return Way(
            cosine: sqv_cos_turn(turn - sqv_floor(turn)), sine: sqv_cos_turn(quarter - sqv_floor(quarter)), length: (phase + Float(tap)) * (1 / Float(Self.taps)))
    }

    deinit {
        share.deallocate()
        before.deallocate()
        depths.deallocate()
        open.deallocate()
        smooth.deallocate()
        ways.deallocate()
    }

    func clear() { share.update(repeating: 0, count: width * height) }

    /// Remembers eight pixels; called by the shader.
    /// - Parameters: `share` of the light that came from the sky, and what boxes left `open` of the sky.
    @inline(__always) func note(_ point: borrowing ShadePoint8, share value: Lanes, open: Lanes) {
        let column = sqv_clamp_i(sqv_int(point.x), 0, Int32(width - 1)), row = sqv_clamp_i(sqv_int(point.y), 0, Int32(height - 1))
        let index = row &* Int32(width) &+ column
        let inRow = sqv_equal_i(index, sqv_lanes_i() &+ index[0]) & point.active
        if sqv_bits(inRow) == 255 {
            sqv_store(self.share + Int(index[0]), value)
            sqv_store(before + Int(index[0]), open)
            return
        }
        for lane in 0..<8 where point.active[lane] < 0 { (share[Int(index[lane])], before[Int(index[lane])]) = (value[lane], open[lane]) }
    }

    /// Dims a picture.
    func apply(_ lens: PinholeCamera, pool: WorkerPool, to frame: inout RasterFrame) {
        frame.visibility.depth.withUnsafeBufferPointer { depth in
            guard let depth = depth.baseAddress else { return }
            let source = Planes(depth: depth, red: nil, green: nil, blue: nil)
            pool.run(rows) { row, _ in self.reduce(row, source.depth) }
        }
        let eye = Lens(lens)
        pool.run(rows) { row, _ in self.look(row, eye) }
        pool.run(rows) { row, _ in self.blur(row) }
        frame.color.red.withUnsafeMutableBufferPointer { red in
            frame.color.green.withUnsafeMutableBufferPointer { green in
                frame.color.blue.withUnsafeMutableBufferPointer { blue in
                    let target = Planes(depth: nil, red: red.baseAddress, green: green.baseAddress, blue: blue.baseAddress)
                    pool.run(rows) { row, _ in self.dim(row, target) }
                }
            }
        }
    }

    /// Planes that threads share: rows are disjoint.
    private struct Planes: @unchecked Sendable {
        let depth: UnsafePointer<Float>?
        let red: UnsafeMutablePointer<Float>?, green: UnsafeMutablePointer<Float>?, blue: UnsafeMutablePointer<Float>?
    }

    /// A camera in units of cells.
    private struct Lens {
        let fx: Float, fy: Float, cx: Float, cy: Float

        init(_ lens: PinholeCamera) {
            // The depth of a cell is that of its first pixel, whose centre lies a quarter of a cell from the corner.
            (fx, fy, cx, cy) = (Float(lens.fx / 2), Float(lens.fy / 2), Float(lens.cx / 2 - 0.25), Float(lens.cy / 2 - 0.25))
        }
    }

    /// Depth of each cell; sky lies at 1e6 metres.
    private func reduce(_ row: Int, _ depth: UnsafePointer<Float>?) {
        guard let depth else { return }
        let line = depth + min(2 * row, height - 1) * width
        for column in 0..<columns { depths[row * columns + column] = min(line[min(2 * column, width - 1)], 1e6) }
    }

    /// What stays open over the cells of a row.
    private func look(_ row: Int, _ lens: Lens) {
        let (above, below) = (max(row - 1, 0), min(row + 1, rows - 1))
        let ramp = Lanes(0, 1, 2, 3, 4, 5, 6, 7)
        for start in stride(from: 0, to: columns, by: 8) {
            let z = sqv_load(depths + row * columns + start)
            let reach = splat(lens.fx * Self.reach) / z
            let wanted = sqv_less(splat(1.2), reach)
            guard sqv_bits(wanted) != 0 else {
                sqv_store(open + row * columns + start, splat(1))
                continue
            }
            let x = ramp + Float(start), y = splat(Float(row))
            let index = sqv_int(x)
            let p = Self.point(x, y, z, lens)
            let right = sqv_gather(depths + row * columns, sqv_clamp_i(index &+ 1, 0, Int32(columns - 1)))
            let left = sqv_gather(depths + row * columns, sqv_clamp_i(index &- 1, 0, Int32(columns - 1)))
            let up = sqv_load(depths + above * columns + start), down = sqv_load(depths + below * columns + start)
            // The nearer neighbour in depth lies on the same surface.
            let useRight = sqv_less(sqv_abs(right - z), sqv_abs(left - z)), useDown = sqv_less(sqv_abs(down - z), sqv_abs(up - z))
            let stepX = sqv_select(useRight, splat(1), splat(-1)), stepY = sqv_select(useDown, splat(1), splat(-1))
            let across = difference(Self.point(x + stepX, y, sqv_select(useRight, right, left), lens), p)
            let along = difference(Self.point(x, y + stepY, sqv_select(useDown, down, up), lens), p)
            let turned = cross(across, along) * (stepX * stepY * -1)
            let normal = turned * (1 / sqv_sqrt(sqv_max(dot(turned, turned), splat(1e-20))))
            let covered = covering(p, normal, x, y, z, sqv_min(reach, splat(Self.longest)), row: row, lens)
            let left8 = sqv_max(1 - covered, splat(Self.least))
            sqv_store(open + row * columns + start, sqv_select(wanted, left8, splat(1)))
        }
    }

    @inline(__always) private static func point(_ x: Lanes, _ y: Lanes, _ z: Lanes, _ lens: Lens) -> Vector8 {
        Vector8(x: (x - lens.cx) * (1 / lens.fx) * z, y: (y - lens.cy) * (1 / lens.fy) * z, z: z)
    }

    @inline(__always) private func difference(_ a: Vector8, _ b: Vector8) -> Vector8 { Vector8(x: a.x - b.x, y: a.y - b.y, z: a.z - b.z) }

    /// Share of the sky that eight places within `reach` cells take.
    @inline(__always) private func covering(_ p: Vector8, _ n: Vector8, _ x: Lanes, _ y: Lanes, _ z: Lanes, _ reach: Lanes, row: Int, _ lens: Lens) -> Lanes {
        let ways = ways + (row & 3) * Self.taps
        var sum = splat(0)
        // Places inside the surface's own rounding do not count.
        let bias = sqv_fma(z, splat(0.0012), splat(0.012))
        for tap in 0..<Self.taps {
            let way = ways[tap], length = way.length * reach + 1
            let column = sqv_clamp_i(sqv_round_i(sqv_fma(way.cosine, length, x)), 0, Int32(columns - 1))
            let line = sqv_clamp_i(sqv_round_i(sqv_fma(way.sine, length, y)), 0, Int32(rows - 1))
            let depth = sqv_gather(depths, line &* Int32(columns) &+ column)
            let v = difference(Self.point(sqv_float(column), sqv_float(line), depth, lens), p)
            let square = dot(v, v)
            let fade = clamp01(1 - square * (1 / (Self.radius * Self.radius)))
            sum = sqv_fma(sqv_max(dot(v, n) - bias, splat(0)) / sqv_sqrt(square + 0.01), fade, sum)
        }
        return sum * (1.5 / Float(Self.taps))
    }

    /// Mean over 4 x 4 cells at about the same depth.
    private func blur(_ row: Int) {
        for start in stride(from: 0, to: columns, by: 8) {
            let z = sqv_load(depths + row * columns + start)
            let limit = sqv_fma(z, splat(0.03), splat(0.05))
            var (sum, weight) = (splat(0), splat(1e-6))
            for dy in -2...1 {
                let base = min(max(row + dy, 0), rows - 1) * columns
                for dx in -2...1 {
                    let at = base + min(max(start + dx, 0), columns - 8)
                    let same = sqv_select(sqv_less(sqv_abs(sqv_load(depths + at) - z), limit), splat(1), splat(0))
                    sum = sqv_fma(same, sqv_load(open + at), sum)
                    weight += same
                }
            }
            sqv_store(smooth + row * columns + start, sum / weight)
        }
    }

    /// Takes the sky's share from the pixels of a row of cells.
    private func dim(_ row: Int, _ target: Planes) {
        guard let red = target.red, let green = target.green, let blue = target.blue else { return }
        for y in 2 * row..<min(height, 2 * row + 2) {
            for x in 0..<width {
                let index = y * width + x
                let left = smooth[row * columns + x / 2]
                guard left < 0.999 else { continue }
                let factor = 1 - share[index] * (1 - min(1, left / max(before[index], 1e-3)))
                red[index] *= factor
                green[index] *= factor
                blue[index] *= factor
            }
        }
    }
}
