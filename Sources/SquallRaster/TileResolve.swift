import CSquallKernels
import SquallMath

/// Turns a rasterized tile into colour, ids, depth, flow and normals, eight pixels of a row at a time.
struct TileResolve<Shader: SurfaceShader>: @unchecked Sendable {   // tiles write disjoint pixels
    let stage: TileStage
    let resolver: TriangleResolver
    let shader: Shader
    let eye: EyeLanes
    let targets: FrameTargets
    /// Motion table, index per instance (last entry: sky).
    let forward: UnsafePointer<Motion>?, backward: UnsafePointer<Motion>?
    let motionOf: UnsafePointer<Int32>
    let skyMotion: Int32

    @inline(never)
    func run(tileX: Int, tileY: Int, hasGlass: Bool, _ scratch: TileScratch) {
        let columns = min(64, stage.width - tileX), rows = min(64, stage.height - tileY)
        var j = 0
        while j < rows {
            let y = sqr_splat(Float(tileY + j) + 0.5)
            var i = 0
            while i < columns {
                group(tileX + i, tileY + j, y, count: min(8, columns - i), at: TileScratch.offset(i, j), hasGlass: hasGlass, scratch)
                i += 8
            }
            j += 1
        }
    }

    @inline(__always)
    private func group(_ px: Int, _ py: Int, _ y: SIMD8<Float>, count: Int, at: Int, hasGlass: Bool, _ scratch: TileScratch) {
        let x = sqr_splat(Float(px) + 0.5) + sqr_lanes()
        let dx = (x - sqr_splat(eye.cx)) * sqr_splat(eye.perX), dy = (y - sqr_splat(eye.cy)) * sqr_splat(eye.perY)
        let ids = UnsafePointer(scratch.ids.base)
        let center = sqr_load_i(ids + at)
        let full = sqr_splat_i(-1)
        var lanes = PointLanes()
        gather(&lanes, center, full, dx, dy, scratch)
        var color: Color8
        if stage.multisampled {
            color = samples(ids, at, center, lanes, x, y, dx, dy, scratch)
        } else {
            color = paint(lanes, center, full, x, y, dx, dy)
        }
        var seen = center
        var glass: UInt64 = 0
        if hasGlass {
            let panes = ids + 5 * TileScratch.pixels
            let pane = sqr_load_i(panes + at)
            color = addGlass(color, panes, at, x, y, dx, dy, scratch)
            let front = sqr_not(pane)   // sign bit set where there is glass
            if sqr_mask(front) != 0 {
                gather(&lanes, pane, sqr_shift(front, 31), dx, dy, scratch, keep: true)
                seen = sqr_select_i(front, pane, seen)
                for lane in 0..<8 where pane[lane] >= 0 { glass |= 1 << UInt64(8 * lane) }
            }
        }
        write(lanes, color, seen, glass, dx, dy, x, y, py * stage.width + px, count)
    }

    /// Fills the lanes of `wanted` that see a record from the triangles they see.
    @inline(__always)
    private func gather(
        _ lanes: inout PointLanes, _ ids: SIMD8<Int32>, _ wanted: SIMD8<Int32>, _ dx: SIMD8<Float>, _ dy: SIMD8<Float>, _ scratch: TileScratch,
        keep: Bool = false
    ) {
        var left = sqr_mask(sqr_and(wanted, sqr_not(ids)))
        var first = !keep
        while left != 0 {
            let local = ids[left.trailingZeroBitCount]
            let same = sqr_equal_i(ids, sqr_splat_i(local))
            let triangle = resolved(local, scratch)
            if first {
                lanes.take(triangle, dx, dy, same, all: true, inputs: resolver.inputs)
                first = false
            } else {
                lanes.take(triangle, dx, dy, same, all: false, inputs: resolver.inputs)
            }
            left &= ~sqr_mask(same)
        }
    }

    @inline(__always)
    private func resolved(_ local: Int32, _ scratch: TileScratch) -> UnsafePointer<ResolvedTriangle> {
        var slot = scratch.slots.base[Int(local)]
        if slot < 0 {
            slot = Int32(scratch.resolvedCount)
            scratch.slots.base[Int(local)] = slot
            resolver.resolve(stage.records + Int(scratch.locals.base[Int(local)]), into: scratch.resolved.base + Int(slot))
            scratch.resolvedCount += 1
        }
        return UnsafePointer(scratch.resolved.base + Int(slot))
    }

    // MARK: Colour

    /// Shades the wanted lanes; sky where `ids` is negative. Lanes not wanted are undefined but finite.
    @inline(__always)
    private func paint(
        _ lanes: PointLanes, _ ids: SIMD8<Int32>, _ wanted: SIMD8<Int32>, _ x: SIMD8<Float>, _ y: SIMD8<Float>, _ dx: SIMD8<Float>, _ dy: SIMD8<Float>
    ) -> Color8 {
        var result = Color8(repeating: 0)
        let sky = sqr_and(wanted, sqr_shift(ids, 31))
        var left = sqr_mask(sqr_and(wanted, sqr_not(ids)))
        if left != 0 {
            var point = lanes.point(x, y, dx, dy, sqr_and(wanted, sqr_not(sky)), eye, inputs: Shader.inputs)
            var first = true
            while left != 0 {
                let lane = left.trailingZeroBitCount
                let (instance, material) = (lanes.instance[lane], lanes.material[lane])
                let same = sqr_and(
                    sqr_and(sqr_equal_i(lanes.instance, sqr_splat_i(instance)), sqr_equal_i(lanes.material, sqr_splat_i(material))),
                    sqr_and(wanted, sqr_not(sky)))
                (point.active, point.instance, point.material) = (same, instance, material)
                let color = shader.shade(point)
                result = first ? color : Self.select(same, color, result)
                first = false
                left &= ~sqr_mask(same)
            }
        }
        if sqr_mask(sky) != 0 {
            let d = eye.world(dx, dy)
            let inverse = sqr_splat(1) / sqr_sqrt(sqr_fma(d.x, d.x, sqr_fma(d.y, d.y, d.z * d.z)))
            let color = shader.sky(Vector8(x: d.x * inverse, y: d.y * inverse, z: d.z * inverse), x: x, y: y)
            result = Self.select(sky, color, result)
        }
        return result
    }

    @inline(__always) private static func select(_ mask: SIMD8<Int32>, _ a: Color8, _ b: Color8) -> Color8 {
        Color8(r: sqr_select(mask, a.r, b.r), g: sqr_select(mask, a.g, b.g), b: sqr_select(mask, a.b, b.b))
    }

    /// Four samples: each different triangle of a pixel is shaded once and weighs as many samples as it covers. The centre's
    /// triangle is shaded at the centre, the others at the centroid of their samples.
    @inline(__always)
    private func samples(
        _ ids: UnsafePointer<Int32>, _ at: Int, _ center: SIMD8<Int32>, _ lanes: PointLanes, _ x: SIMD8<Float>, _ y: SIMD8<Float>, _ dx: SIMD8<Float>,
        _ dy: SIMD8<Float>, _ scratch: TileScratch
    ) -> Color8 {
        let sample = (
            sqr_load_i(ids + TileScratch.pixels + at), sqr_load_i(ids + 2 * TileScratch.pixels + at), sqr_load_i(ids + 3 * TileScratch.pixels + at),
            sqr_load_i(ids + 4 * TileScratch.pixels + at)
        )
        let same = (sqr_equal_i(sample.0, center), sqr_equal_i(sample.1, center), sqr_equal_i(sample.2, center), sqr_equal_i(sample.3, center))
        let full = sqr_splat_i(-1)
        if sqr_mask(sqr_and(sqr_and(same.0, same.1), sqr_and(same.2, same.3))) == 255 {
            return paint(lanes, center, full, x, y, dx, dy)
        }
        return edges(sample, same, center, lanes, x, y, scratch)
    }

    @inline(never)
    private func edges(
        _ sample: (SIMD8<Int32>, SIMD8<Int32>, SIMD8<Int32>, SIMD8<Int32>), _ same: (SIMD8<Int32>, SIMD8<Int32>, SIMD8<Int32>, SIMD8<Int32>),
        _ center: SIMD8<Int32>, _ lanes: PointLanes, _ x: SIMD8<Float>, _ y: SIMD8<Float>, _ scratch: TileScratch
    ) -> Color8 {
        var match = same
        var id = center
        var open = (sqr_not(same.0), sqr_not(same.1), sqr_not(same.2), sqr_not(same.3))
        var result = Color8(repeating: 0)
        var current = lanes
        var (sx, sy) = (x, y)
        var round = 0
        while true {
            // Masks are -1: their sum is minus the number of covered samples.
            let n = sqr_sub(sqr_splat_i(0), sqr_add(sqr_add(match.0, match.1), sqr_add(match.2, match.3)))
            let wanted = sqr_greater_i(n, sqr_splat_i(0))
            if sqr_mask(wanted) != 0 {
                let weight = sqr_float(n) * sqr_splat(0.25)
                if round > 0 {
                    let share = sqr_splat(-0.125) / sqr_max(sqr_float(n), sqr_splat(1))
                    sx = sqr_fma(Self.centroid(match, SampleGrid.x), share, x)
                    sy = sqr_fma(Self.centroid(match, SampleGrid.y), share, y)
                }
                let (dx, dy) = ((sx - sqr_splat(eye.cx)) * sqr_splat(eye.perX), (sy - sqr_splat(eye.cy)) * sqr_splat(eye.perY))
                if round > 0 { gather(&current, id, wanted, dx, dy, scratch) }
                let color = paint(current, id, wanted, sx, sy, dx, dy)
                result.r = sqr_select(wanted, sqr_fma(color.r, weight, result.r), result.r)
                result.g = sqr_select(wanted, sqr_fma(color.g, weight, result.g), result.g)
                result.b = sqr_select(wanted, sqr_fma(color.b, weight, result.b), result.b)
            }
            if sqr_mask(sqr_or(sqr_or(open.0, open.1), sqr_or(open.2, open.3))) == 0 { return result }
            // The first open sample of each lane names the next triangle.
            id = sqr_select_i(open.0, sample.0, sqr_select_i(open.1, sample.1, sqr_select_i(open.2, sample.2, sample.3)))
            match = (
                sqr_and(open.0, sqr_equal_i(sample.0, id)), sqr_and(open.1, sqr_equal_i(sample.1, id)), sqr_and(open.2, sqr_equal_i(sample.2, id)),
                sqr_and(open.3, sqr_equal_i(sample.3, id))
            )
            open = (
                sqr_and(open.0, sqr_not(match.0)), sqr_and(open.1, sqr_not(match.1)), sqr_and(open.2, sqr_not(match.2)), sqr_and(open.3, sqr_not(match.3))
            )
            round += 1
        }
    }

    /// Minus the sum of the matched samples' offsets, 1/8 pixel.
    @inline(__always)
    private static func centroid(_ match: (SIMD8<Int32>, SIMD8<Int32>, SIMD8<Int32>, SIMD8<Int32>), _ offsets: SIMD4<Int32>) -> SIMD8<Float> {
        sqr_float(
            sqr_add(
                sqr_add(sqr_mul(match.0, sqr_splat_i(offsets[0])), sqr_mul(match.1, sqr_splat_i(offsets[1]))),
                sqr_add(sqr_mul(match.2, sqr_splat_i(offsets[2])), sqr_mul(match.3, sqr_splat_i(offsets[3])))))
    }

    /// Lays the nearest panes over the colour behind them, each weighing the samples it covers.
    @inline(never)
    private func addGlass(
        _ behind: Color8, _ panes: UnsafePointer<Int32>, _ at: Int, _ x: SIMD8<Float>, _ y: SIMD8<Float>, _ dx: SIMD8<Float>, _ dy: SIMD8<Float>,
        _ scratch: TileScratch
    ) -> Color8 {
        var result = behind
        let layers = stage.multisampled ? 1..<5 : 0..<1
        let share = sqr_splat(stage.multisampled ? 0.25 : 1)
        var kept = sqr_splat(1)
        var (added, passed) = (Color8(repeating: 0), Color8(repeating: 0))
        for layer in layers {
            let id = sqr_load_i(panes + layer * TileScratch.pixels + at)
            let covered = sqr_shift(sqr_not(id), 31)
            var left = sqr_mask(covered)
            if left == 0 { continue }
            var lanes = PointLanes()
            gather(&lanes, id, covered, dx, dy, scratch)
            var point = lanes.point(x, y, dx, dy, covered, eye, inputs: Shader.inputs)
            let weight = sqr_select(covered, share, sqr_splat(0))
            kept = kept - weight
            while left != 0 {
                let lane = left.trailingZeroBitCount
                let (instance, material) = (lanes.instance[lane], lanes.material[lane])
                let same = sqr_and(
                    sqr_and(sqr_equal_i(lanes.instance, sqr_splat_i(instance)), sqr_equal_i(lanes.material, sqr_splat_i(material))), covered)
                (point.active, point.instance, point.material) = (same, instance, material)
                let pane = shader.glass(point)
                let w = sqr_select(same, weight, sqr_splat(0))
                added = Self.fma(pane.added, w, added)
                passed = Self.fma(pane.transmission, w, passed)
                left &= ~sqr_mask(same)
            }
        }
        result.r = sqr_fma(behind.r, kept + passed.r, added.r)
        result.g = sqr_fma(behind.g, kept + passed.g, added.g)
        result.b = sqr_fma(behind.b, kept + passed.b, added.b)
        return result
    }

    @inline(__always) private static func fma(_ a: Color8, _ w: SIMD8<Float>, _ c: Color8) -> Color8 {
        Color8(
            r: sqr_select(sqr_greater(w, sqr_splat(0)), sqr_fma(a.r, w, c.r), c.r), g: sqr_select(sqr_greater(w, sqr_splat(0)), sqr_fma(a.g, w, c.g), c.g),
            b: sqr_select(sqr_greater(w, sqr_splat(0)), sqr_fma(a.b, w, c.b), c.b))
    }

    // MARK: Output

    @inline(__always)
    private func write(
        _ lanes: PointLanes, _ color: Color8, _ seen: SIMD8<Int32>, _ glass: UInt64, _ dx: SIMD8<Float>, _ dy: SIMD8<Float>, _ x: SIMD8<Float>,
        _ y: SIMD8<Float>, _ at: Int, _ count: Int
    ) {
        let sky = sqr_shift(seen, 31)
        let depth = sqr_select(sky, sqr_splat(.infinity), sqr_splat(1) / lanes.key)
        let instance = sqr_or(sky, lanes.instance)
        let triangle = sqr_and(sqr_not(sky), lanes.triangle)
        let key = sqr_select(sky, sqr_splat(0), lanes.key)
        put(targets.instance, at, instance, count)
        put(targets.triangle, at, triangle, count)
        put(targets.depth, at, depth, count)
        put(targets.red, at, color.r, count)
        put(targets.green, at, color.g, count)
        put(targets.blue, at, color.b, count)
        let flags = UnsafeMutableRawPointer(targets.glass + at)
        if count == 8 {
            flags.storeBytes(of: glass, as: UInt64.self)
        } else {
            for lane in 0..<count { (targets.glass + at)[lane] = glass >> UInt64(8 * lane) & 1 == 1 }
        }
        if let target = targets.forward, let forward { flow(target, forward, seen, lanes, key, dx, dy, at, count) }
        if let target = targets.backward, let backward { flow(target, backward, seen, lanes, key, dx, dy, at, count) }
        if let target = targets.normals { writeNormals(target + at, lanes, sky, count) }
    }

    @inline(__always) private func put(_ base: UnsafeMutablePointer<Float>, _ at: Int, _ value: SIMD8<Float>, _ count: Int) {
        if count == 8 { sqr_store(base + at, value) } else { for lane in 0..<count { base[at + lane] = value[lane] } }
    }
    @inline(__always) private func put(_ base: UnsafeMutablePointer<UInt32>, _ at: Int, _ value: SIMD8<Int32>, _ count: Int) {
        let words = UnsafeMutableRawPointer(base + at).assumingMemoryBound(to: Int32.self)
        if count == 8 { sqr_store_i(words, value) } else { for lane in 0..<count { words[lane] = value[lane] } }
    }

    /// The surface point carried along with its instance, minus where it is now.
    @inline(__always)
    private func flow(
        _ target: UnsafeMutablePointer<Float>, _ table: UnsafePointer<Motion>, _ seen: SIMD8<Int32>, _ lanes: PointLanes, _ key: SIMD8<Float>,
        _ dx: SIMD8<Float>, _ dy: SIMD8<Float>, _ at: Int, _ count: Int
    ) {
        let sky = sqr_mask(seen)
        var left = (1 << count) - 1
        var (u, v) = (sqr_splat(0), sqr_splat(0))
        var first = true
        while left != 0 {
            let lane = left.trailingZeroBitCount
            let isSky = sky >> Int32(lane) & 1 == 1
            let number = isSky ? skyMotion : motionOf[Int(lanes.instance[lane])]
            var same = 0
            // Lanes of one instance, or all sky lanes, share a motion; unmoved instances share one as well.
            if isSky {
                same = Int(sky)
            } else {
                var rest = left
                while rest != 0 {
                    let other = rest.trailingZeroBitCount
                    if sky >> Int32(other) & 1 == 0, motionOf[Int(lanes.instance[other])] == number { same |= 1 << other }
                    rest &= rest - 1
                }
            }
            let m = table + Int(number)
            let (qx, qy, qz) = (
                component(m.pointee.x.x, m.pointee.y.x, m.pointee.z.x, m.pointee.offset.x, dx, dy, key),
                component(m.pointee.x.y, m.pointee.y.y, m.pointee.z.y, m.pointee.offset.y, dx, dy, key),
                component(m.pointee.x.z, m.pointee.y.z, m.pointee.z.z, m.pointee.offset.z, dx, dy, key)
            )
            let ahead = sqr_greater(qz, sqr_splat(1e-9))
            let inverse = sqr_select(ahead, sqr_splat(1) / qz, sqr_splat(.nan))
            let (nu, nv) = (sqr_splat(eye.fx) * (qx * inverse - dx), sqr_splat(eye.fy) * (qy * inverse - dy))
            if first {
                (u, v) = (nu, nv)
                first = false
            } else {
                let mask = Self.lanes(same)
                (u, v) = (sqr_select(mask, nu, u), sqr_select(mask, nv, v))
            }
            left &= ~same
        }
        if count == 8 {
            sqr_store_pairs(target + 2 * at, u, v)
        } else {
            for lane in 0..<count { (target[2 * (at + lane)], target[2 * (at + lane) + 1]) = (u[lane], v[lane]) }
        }
    }

    @inline(__always)
    private func component(_ x: Float, _ y: Float, _ z: Float, _ o: Float, _ dx: SIMD8<Float>, _ dy: SIMD8<Float>, _ key: SIMD8<Float>) -> SIMD8<Float> {
        sqr_fma(sqr_splat(x), dx, sqr_fma(sqr_splat(y), dy, sqr_fma(sqr_splat(o), key, sqr_splat(z))))
    }

    /// All ones in the lanes whose bit is set.
    @inline(__always) private static func lanes(_ bits: Int) -> SIMD8<Int32> {
        let selectors = SIMD8<Int32>(1, 2, 4, 8, 16, 32, 64, 128)
        return sqr_equal_i(sqr_and(sqr_splat_i(Int32(bits)), selectors), selectors)
    }

    @inline(never)
    private func writeNormals(_ target: UnsafeMutablePointer<SIMD3<Float>>, _ lanes: PointLanes, _ sky: SIMD8<Int32>, _ count: Int) {
        for lane in 0..<count {
            let n = SIMD3(lanes.normal.x[lane], lanes.normal.y[lane], lanes.normal.z[lane]).normalized
            target[lane] = sky[lane] < 0 ? .zero : SIMD3(dot(eye.right, n), dot(eye.down, n), dot(eye.ahead, n))
        }
    }
}
