import CSquallKernels
import SquallMath

/// Turns a rasterized tile into colour, ids, depth, flow and normals, eight pixels of a row at a time.
struct TileResolve<Shader: SurfaceShader>: @unchecked Sendable {   // tiles write disjoint pixels
    let stage: TileStage
    let shader: Shader
    let eye: EyeLanes
    let targets: FrameTargets
    /// Motion tables; the sky's entry is `skyMotion`.
    let forward: UnsafePointer<Motion>?, backward: UnsafePointer<Motion>?
    let skyMotion: Int32

    /// Resolved triangles by tile-local record number.
    struct Triangles {
        let slots: UnsafePointer<Int32>
        let resolved: UnsafePointer<ResolvedTriangle>
        /// As `TileScratch.looks`; nil where each number is its own.
        let looks: UnsafePointer<Int32>?
        @inline(__always) subscript(_ local: Int32) -> UnsafePointer<ResolvedTriangle> { resolved + Int(slots[Int(local)]) }

        @inline(__always) func look(of local: Int32) -> Int32 { local < 0 ? local : looks.map { $0[Int(local)] } ?? local }
        @inline(__always) func looks(of ids: SIMD8<Int32>) -> SIMD8<Int32> {
            guard let looks else { return ids }
            return sqv_blend_i(sqv_shift(ids, 31), ids, sqv_gather_i(looks, sqv_max_i(ids, sqv_splat_i(0))))
        }
    }

    /// Eight neighbouring pixels of a row.
    struct Group {
        let x: SIMD8<Float>, y: SIMD8<Float>, dx: SIMD8<Float>, dy: SIMD8<Float>
        /// Where they lie in the tile's layers and in the image, and how many of them are inside it.
        let at: Int, pixel: Int, count: Int

        @inline(__always)
        init(_ px: Int, _ py: Int, at: Int, width: Int, count: Int, _ eye: EyeLanes) {
            x = sqv_splat(Float(px) + 0.5) + sqv_lanes()
            y = sqv_splat(Float(py) + 0.5)
            dx = (x - sqv_splat(eye.cx)) * sqv_splat(eye.perX)
            dy = (y - sqv_splat(eye.cy)) * sqv_splat(eye.perY)
            (self.at, pixel, self.count) = (at, py &* width &+ px, count)
        }
    }

    @inline(never)
    func run(tileX: Int, tileY: Int, hasGlass: Bool, _ scratch: TileScratch) {
        let columns = min(64, stage.width - tileX), rows = min(64, stage.height - tileY)
        let ids = UnsafePointer(scratch.ids.base)
        let triangles = Triangles(
            slots: UnsafePointer(scratch.slots.base), resolved: UnsafePointer(scratch.resolved.base), looks: scratch.hasLeaves ? UnsafePointer(scratch.looks.base) : nil)
        let multisampled = stage.multisampled
        var j = 0
        while j < rows {
            var i = 0
            while i < columns {
                let at = TileScratch.offset(i, j)
                let group = Group(tileX &+ i, tileY &+ j, at: at, width: stage.width, count: min(8, columns &- i), eye)
                if i & 8 == 0, j &+ 1 < rows { expect(group.pixel &+ stage.width) }
                let center = sqv_load_i(ids + at)
                let first = center[0]
                var even = first >= 0 && group.count == 8 && !hasGlass && sqv_bits(sqv_equal_i(center, sqv_splat_i(first))) == 255
                if even, multisampled { even = Self.sameSamples(ids, at, first) }
                if even {
                    uniform(group, triangles[first])
                } else {
                    mixed(group, center, triangles, ids, hasGlass: hasGlass, scratch.edges)
                }
                i &+= 8
            }
            j &+= 1
        }
        if Shader.gathersEdges { flush(scratch.edges, triangles) }
    }

    /// Asks for the cache lines of sixteen pixels that are written a row later: rows of a tile are too short to be foreseen.
    @inline(__always)
    private func expect(_ pixel: Int) {
        sqv_prefetch(targets.instance + pixel)
        sqv_prefetch(targets.triangle + pixel)
        sqv_prefetch(targets.depth + pixel)
        sqv_prefetch(targets.red + pixel)
        sqv_prefetch(targets.green + pixel)
        sqv_prefetch(targets.blue + pixel)
        if let flow = targets.forward {
            sqv_prefetch(flow + 2 * pixel)
            sqv_prefetch(flow + (2 * pixel + 16))
        }
    }

    @inline(__always)
    private static func sameSamples(_ ids: UnsafePointer<Int32>, _ at: Int, _ first: Int32) -> Bool {
        let samples = ids + TileScratch.pixels + 4 * at
        let wanted = sqv_splat_i(first)
        let low = sqv_and(sqv_equal_i(sqv_load_i(samples), wanted), sqv_equal_i(sqv_load_i(samples + 8), wanted))
        let high = sqv_and(sqv_equal_i(sqv_load_i(samples + 16), wanted), sqv_equal_i(sqv_load_i(samples + 24), wanted))
        return sqv_bits(sqv_and(low, high)) == 255
    }

    /// All eight pixels, with all their samples, see one triangle.
    @inline(__always)
    private func uniform(_ group: Group, _ triangle: UnsafePointer<ResolvedTriangle>) {
        var lanes = PointLanes()
        let full = sqv_splat_i(-1)
        lanes.take(triangle, group.dx, group.dy, full, all: true, inputs: Shader.inputs)
        var point = lanes.point(group.x, group.y, group.dx, group.dy, full, eye, inputs: Shader.inputs)
        (point.instance, point.material) = (triangle.pointee.instance, triangle.pointee.material)
        let color = shader.shade(point)
        let words = UnsafeMutableRawPointer(targets.instance + group.pixel).assumingMemoryBound(to: Int32.self)
        sqv_store_i(words, sqv_splat_i(triangle.pointee.instance))
        sqv_store_i(UnsafeMutableRawPointer(targets.triangle + group.pixel).assumingMemoryBound(to: Int32.self), sqv_splat_i(triangle.pointee.triangle))
        sqv_store(targets.depth + group.pixel, point.depth)
        sqv_store(targets.red + group.pixel, color.r)
        sqv_store(targets.green + group.pixel, color.g)
        sqv_store(targets.blue + group.pixel, color.b)
        UnsafeMutableRawPointer(targets.glass + group.pixel).storeBytes(of: 0, as: UInt64.self)
        if let target = targets.forward, let forward {
            let (u, v) = flow(forward + Int(triangle.pointee.motion), lanes.key, group)
            sqv_store_pairs(target + 2 * group.pixel, u, v)
        }
        if let target = targets.backward, let backward {
            let (u, v) = flow(backward + Int(triangle.pointee.motion), lanes.key, group)
            sqv_store_pairs(target + 2 * group.pixel, u, v)
        }
        if let target = targets.normals { writeNormals(target + group.pixel, lanes.normal, sqv_splat_i(0), 8) }
    }

    @inline(never)
    private func mixed(_ group: Group, _ center: SIMD8<Int32>, _ triangles: Triangles, _ ids: UnsafePointer<Int32>, hasGlass: Bool, _ edges: EdgePoints) {
        let full = sqv_splat_i(-1)
        var lanes = PointLanes()
        gather(&lanes, center, full, group.dx, group.dy, triangles)
        if Shader.gathersEdges, !hasGlass || !hasPane(group, ids + 5 * TileScratch.pixels) {
            parted(group, center, lanes, triangles, ids + TileScratch.pixels, edges)
            return
        }
        var color: Color8
        if stage.multisampled {
            color = samples(ids, center, lanes, group, triangles)
        } else {
            color = paint(lanes, center, full, group.x, group.y, group.dx, group.dy)
        }
        var seen = center
        var glass: UInt64 = 0
        if hasGlass {
            let panes = ids + 5 * TileScratch.pixels
            let pane = sqv_load_i(panes + group.at)
            color = addGlass(color, panes, group, triangles)
            let front = sqv_not(sqv_shift(pane, 31))
            if sqv_bits(front) != 0 {
                gather(&lanes, pane, front, group.dx, group.dy, triangles, keep: true)
                seen = sqv_blend_i(front, pane, seen)
                for lane in 0..<8 where pane[lane] >= 0 { glass |= 1 << UInt64(8 * lane) }
            }
        }
        write(lanes.key, lanes.instance, lanes.triangle, lanes.motion, color, seen, glass, group)
        if let target = targets.normals { writeNormals(target + group.pixel, lanes.normal, sqv_shift(seen, 31), group.count) }
    }

    /// Fills the lanes of `wanted` that see a triangle from the triangles they see.
    @inline(__always)
    func gather(
        _ lanes: inout PointLanes, _ ids: SIMD8<Int32>, _ wanted: SIMD8<Int32>, _ dx: SIMD8<Float>, _ dy: SIMD8<Float>,
        _ triangles: Triangles, keep: Bool = false
    ) {
        var left = sqv_bits(sqv_and(wanted, sqv_not(ids)))
        var first = !keep
        while left != 0 {
            let number = ids[left.trailingZeroBitCount]
            let same = sqv_equal_i(ids, sqv_splat_i(number))
            if first {
                lanes.take(triangles[number], dx, dy, same, all: true, inputs: Shader.inputs)
                first = false
            } else {
                lanes.take(triangles[number], dx, dy, same, all: false, inputs: Shader.inputs)
            }
            left &= ~sqv_bits(same)
        }
    }

    // MARK: Colour

    /// Shades the wanted lanes; sky where `ids` is negative. Lanes not wanted are undefined but finite.
    @inline(__always)
    func paint(
        _ lanes: PointLanes, _ ids: SIMD8<Int32>, _ wanted: SIMD8<Int32>, _ x: SIMD8<Float>, _ y: SIMD8<Float>, _ dx: SIMD8<Float>, _ dy: SIMD8<Float>
    ) -> Color8 {
        var result = Color8(repeating: 0)
        let sky = sqv_and(wanted, sqv_shift(ids, 31))
        var left = sqv_bits(sqv_and(wanted, sqv_not(ids)))
        if left != 0 {
            var point = lanes.point(x, y, dx, dy, sqv_and(wanted, sqv_not(sky)), eye, inputs: Shader.inputs)
            var first = true
            while left != 0 {
                let lane = left.trailingZeroBitCount
                let (instance, material) = (lanes.instance[lane], lanes.material[lane])
                let same = sqv_and(
                    sqv_and(sqv_equal_i(lanes.instance, sqv_splat_i(instance)), sqv_equal_i(lanes.material, sqv_splat_i(material))),
                    sqv_and(wanted, sqv_not(sky)))
                (point.active, point.instance, point.material) = (same, instance, material)
                let color = shader.shade(point)
                result = first ? color : Self.select(same, color, result)
                first = false
                left &= ~sqv_bits(same)
            }
        }
        if sqv_bits(sky) != 0 {
            let d = eye.world(dx, dy)
            let inverse = sqv_splat(1) / sqv_sqrt(sqv_fma(d.x, d.x, sqv_fma(d.y, d.y, d.z * d.z)))
            let color = shader.sky(Vector8(x: d.x * inverse, y: d.y * inverse, z: d.z * inverse), x: x, y: y)
            result = Self.select(sky, color, result)
        }
        return result
    }

    @inline(__always) static func select(_ mask: SIMD8<Int32>, _ a: Color8, _ b: Color8) -> Color8 {
        Color8(r: sqv_blend(mask, a.r, b.r), g: sqv_blend(mask, a.g, b.g), b: sqv_blend(mask, a.b, b.b))
    }

    /// Four samples: each different triangle of a pixel is shaded once, at the centroid of its samples, and weighs as many as it covers: where
    /// a smooth surface of small triangles fills the pixel, the mean lies in its middle. Leaf cards of one plant are shaded as one.
    @inline(__always)
    private func samples(
        _ ids: UnsafePointer<Int32>, _ center: SIMD8<Int32>, _ lanes: PointLanes, _ group: Group, _ triangles: Triangles
    ) -> Color8 {
        let base = ids + TileScratch.pixels + 4 * group.at
        let sample = (Self.sample(base, 0), Self.sample(base, 1), Self.sample(base, 2), Self.sample(base, 3))
        let same = (sqv_equal_i(sample.0, center), sqv_equal_i(sample.1, center), sqv_equal_i(sample.2, center), sqv_equal_i(sample.3, center))
        let full = sqv_splat_i(-1)
        if sqv_bits(sqv_and(sqv_and(same.0, same.1), sqv_and(same.2, same.3))) == 255 {
            return paint(lanes, center, full, group.x, group.y, group.dx, group.dy)
        }
        return edges(sample, center, group.x, group.y, triangles)
    }

    /// One sample of eight pixels out of their interleaved fours.
    @inline(__always) static func sample(_ base: UnsafePointer<Int32>, _ k: Int) -> SIMD8<Int32> {
        sqv_gather_i(base + k, SIMD8(0, 4, 8, 12, 16, 20, 24, 28))
    }

    @inline(never)
    private func edges(
        _ sample: (SIMD8<Int32>, SIMD8<Int32>, SIMD8<Int32>, SIMD8<Int32>), _ center: SIMD8<Int32>, _ x: SIMD8<Float>, _ y: SIMD8<Float>, _ triangles: Triangles
    ) -> Color8 {
        let look = (triangles.looks(of: sample.0), triangles.looks(of: sample.1), triangles.looks(of: sample.2), triangles.looks(of: sample.3))
        let middle = triangles.looks(of: center)
        var match = (sqv_equal_i(look.0, middle), sqv_equal_i(look.1, middle), sqv_equal_i(look.2, middle), sqv_equal_i(look.3, middle))
        var id = center
        var open = (sqv_not(match.0), sqv_not(match.1), sqv_not(match.2), sqv_not(match.3))
        var result = Color8(repeating: 0)
        var current = PointLanes()
        while true {
            // Masks are -1: their sum is minus the number of covered samples.
            let n = sqv_sub(sqv_splat_i(0), sqv_add(sqv_add(match.0, match.1), sqv_add(match.2, match.3)))
            let wanted = sqv_greater_i(n, sqv_splat_i(0))
            if sqv_bits(wanted) != 0 {
                let weight = sqv_float(n) * sqv_splat(0.25)
                let share = sqv_splat(-0.125) / sqv_max(sqv_float(n), sqv_splat(1))
                let sx = sqv_fma(Self.centroid(match, SampleGrid.x), share, x), sy = sqv_fma(Self.centroid(match, SampleGrid.y), share, y)
                let (dx, dy) = ((sx - sqv_splat(eye.cx)) * sqv_splat(eye.perX), (sy - sqv_splat(eye.cy)) * sqv_splat(eye.perY))
                gather(&current, id, wanted, dx, dy, triangles)
                let color = paint(current, id, wanted, sx, sy, dx, dy)
                result.r = sqv_blend(wanted, sqv_fma(color.r, weight, result.r), result.r)
                result.g = sqv_blend(wanted, sqv_fma(color.g, weight, result.g), result.g)
                result.b = sqv_blend(wanted, sqv_fma(color.b, weight, result.b), result.b)
            }
            if sqv_bits(sqv_or(sqv_or(open.0, open.1), sqv_or(open.2, open.3))) == 0 { return result }
            // The first open sample of each lane names the next triangle.
            id = sqv_blend_i(open.0, sample.0, sqv_blend_i(open.1, sample.1, sqv_blend_i(open.2, sample.2, sample.3)))
            let next = triangles.looks(of: id)
            match = (
                sqv_and(open.0, sqv_equal_i(look.0, next)), sqv_and(open.1, sqv_equal_i(look.1, next)), sqv_and(open.2, sqv_equal_i(look.2, next)),
                sqv_and(open.3, sqv_equal_i(look.3, next))
            )
            open = (
                sqv_and(open.0, sqv_not(match.0)), sqv_and(open.1, sqv_not(match.1)), sqv_and(open.2, sqv_not(match.2)), sqv_and(open.3, sqv_not(match.3))
            )
        }
    }

    /// Minus the sum of the matched samples' offsets, 1/8 pixel.
    @inline(__always)
    private static func centroid(_ match: (SIMD8<Int32>, SIMD8<Int32>, SIMD8<Int32>, SIMD8<Int32>), _ offsets: SIMD4<Int32>) -> SIMD8<Float> {
        sqv_float(
            sqv_add(
                sqv_add(sqv_mul(match.0, sqv_splat_i(offsets[0])), sqv_mul(match.1, sqv_splat_i(offsets[1]))),
                sqv_add(sqv_mul(match.2, sqv_splat_i(offsets[2])), sqv_mul(match.3, sqv_splat_i(offsets[3])))))
    }

    /// Lays the nearest panes over the colour behind them, each weighing the samples it covers.
    @inline(never)
    private func addGlass(
        _ behind: Color8, _ panes: UnsafePointer<Int32>, _ group: Group, _ triangles: Triangles
    ) -> Color8 {
        var result = behind
        let layers = stage.multisampled ? 4 : 1
        let share = sqv_splat(stage.multisampled ? 0.25 : 1)
        var kept = sqv_splat(1)
        var (added, passed) = (Color8(repeating: 0), Color8(repeating: 0))
        for layer in 0..<layers {
            let id = stage.multisampled ? Self.sample(panes + TileScratch.pixels + 4 * group.at, layer) : sqv_load_i(panes + group.at)
            let covered = sqv_shift(sqv_not(id), 31)
            var left = sqv_bits(covered)
            if left == 0 { continue }
            var lanes = PointLanes()
            gather(&lanes, id, covered, group.dx, group.dy, triangles)
            var point = lanes.point(group.x, group.y, group.dx, group.dy, covered, eye, inputs: Shader.inputs)
            let weight = sqv_blend(covered, share, sqv_splat(0))
            kept = kept - weight
            while left != 0 {
                let lane = left.trailingZeroBitCount
                let (instance, material) = (lanes.instance[lane], lanes.material[lane])
                let same = sqv_and(
                    sqv_and(sqv_equal_i(lanes.instance, sqv_splat_i(instance)), sqv_equal_i(lanes.material, sqv_splat_i(material))), covered)
                (point.active, point.instance, point.material) = (same, instance, material)
                let pane = shader.glass(point)
                let w = sqv_blend(same, weight, sqv_splat(0))
                added = Self.fma(pane.added, w, added)
                passed = Self.fma(pane.transmission, w, passed)
                left &= ~sqv_bits(same)
            }
        }
        result.r = sqv_fma(behind.r, kept + passed.r, added.r)
        result.g = sqv_fma(behind.g, kept + passed.g, added.g)
        result.b = sqv_fma(behind.b, kept + passed.b, added.b)
        return result
    }

    @inline(__always) private static func fma(_ a: Color8, _ w: SIMD8<Float>, _ c: Color8) -> Color8 {
        Color8(
            r: sqv_blend(sqv_greater(w, sqv_splat(0)), sqv_fma(a.r, w, c.r), c.r), g: sqv_blend(sqv_greater(w, sqv_splat(0)), sqv_fma(a.g, w, c.g), c.g),
            b: sqv_blend(sqv_greater(w, sqv_splat(0)), sqv_fma(a.b, w, c.b), c.b))
    }

    // MARK: Output

    @inline(__always)
    func write(
        _ key: SIMD8<Float>, _ instance: SIMD8<Int32>, _ triangle: SIMD8<Int32>, _ motion: SIMD8<Int32>, _ color: Color8, _ seen: SIMD8<Int32>,
        _ glass: UInt64, _ group: Group
    ) {
        let (at, count) = (group.pixel, group.count)
        let sky = sqv_shift(seen, 31)
        put(targets.instance, at, sqv_or(sky, instance), count)
        put(targets.triangle, at, sqv_and(sqv_not(sky), triangle), count)
        put(targets.depth, at, sqv_blend(sky, sqv_splat(.infinity), sqv_splat(1) / key), count)
        put(targets.red, at, color.r, count)
        put(targets.green, at, color.g, count)
        put(targets.blue, at, color.b, count)
        let flags = UnsafeMutableRawPointer(targets.glass + at)
        if count == 8 {
            flags.storeBytes(of: glass, as: UInt64.self)
        } else {
            for lane in 0..<count { (targets.glass + at)[lane] = glass >> UInt64(8 * lane) & 1 == 1 }
        }
        let moving = sqv_blend_i(sky, sqv_splat_i(skyMotion), motion)
        let seenKey = sqv_blend(sky, sqv_splat(0), key)
        if let target = targets.forward, let forward { flows(target, forward, moving, seenKey, group) }
        if let target = targets.backward, let backward { flows(target, backward, moving, seenKey, group) }
    }

    @inline(__always) private func put(_ base: UnsafeMutablePointer<Float>, _ at: Int, _ value: SIMD8<Float>, _ count: Int) {
        if count == 8 { sqv_store(base + at, value) } else { for lane in 0..<count { base[at + lane] = value[lane] } }
    }
    @inline(__always) private func put(_ base: UnsafeMutablePointer<UInt32>, _ at: Int, _ value: SIMD8<Int32>, _ count: Int) {
        let words = UnsafeMutableRawPointer(base + at).assumingMemoryBound(to: Int32.self)
        if count == 8 { sqv_store_i(words, value) } else { for lane in 0..<count { words[lane] = value[lane] } }
    }

    /// Flow of pixels whose motions may differ.
    @inline(__always)
    private func flows(_ target: UnsafeMutablePointer<Float>, _ table: UnsafePointer<Motion>, _ motion: SIMD8<Int32>, _ key: SIMD8<Float>, _ group: Group) {
        var (u, v) = flow(table + Int(motion[0]), key, group)
        var left = 255 & ~sqv_bits(sqv_equal_i(motion, sqv_splat_i(motion[0])))
        while left != 0 {
            let number = motion[left.trailingZeroBitCount]
            let same = sqv_equal_i(motion, sqv_splat_i(number))
            let other = flow(table + Int(number), key, group)
            (u, v) = (sqv_blend(same, other.u, u), sqv_blend(same, other.v, v))
            left &= ~sqv_bits(same)
        }
        if group.count == 8 {
            sqv_store_pairs(target + 2 * group.pixel, u, v)
        } else {
            for lane in 0..<group.count { (target[2 * (group.pixel + lane)], target[2 * (group.pixel + lane) + 1]) = (u[lane], v[lane]) }
        }
    }

    /// The surface point carried along with its instance, minus where it is now.
    @inline(__always)
    private func flow(_ m: UnsafePointer<Motion>, _ key: SIMD8<Float>, _ group: Group) -> (u: SIMD8<Float>, v: SIMD8<Float>) {
        let m = m.pointee
        let (dx, dy) = (group.dx, group.dy)
        let qx = component(m.x.x, m.y.x, m.z.x, m.offset.x, dx, dy, key)
        let qy = component(m.x.y, m.y.y, m.z.y, m.offset.y, dx, dy, key)
        let qz = component(m.x.z, m.y.z, m.z.z, m.offset.z, dx, dy, key)
        let ahead = sqv_greater(qz, sqv_splat(1e-9))
        let inverse = sqv_blend(ahead, sqv_splat(1) / qz, sqv_splat(.nan))
        return (sqv_splat(eye.fx) * (qx * inverse - dx), sqv_splat(eye.fy) * (qy * inverse - dy))
    }

    @inline(__always)
    private func component(_ x: Float, _ y: Float, _ z: Float, _ o: Float, _ dx: SIMD8<Float>, _ dy: SIMD8<Float>, _ key: SIMD8<Float>) -> SIMD8<Float> {
        sqv_fma(sqv_splat(x), dx, sqv_fma(sqv_splat(y), dy, sqv_fma(sqv_splat(o), key, sqv_splat(z))))
    }

    @inline(never)
    func writeNormals(_ target: UnsafeMutablePointer<SIMD3<Float>>, _ normal: Vector8, _ sky: SIMD8<Int32>, _ count: Int) {
        for lane in 0..<count {
            let n = SIMD3(normal.x[lane], normal.y[lane], normal.z[lane]).normalized
            target[lane] = sky[lane] < 0 ? .zero : SIMD3(dot(eye.right, n), dot(eye.down, n), dot(eye.ahead, n))
        }
    }
}
