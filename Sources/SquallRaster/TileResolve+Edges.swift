import CSquallKernels

/// Pixels that see several surfaces: what they see is shaded with its like from all over the tile.
extension TileResolve {
    /// Whether glass lies over any of eight pixels or their samples.
    @inline(__always)
    func hasPane(_ group: Group, _ panes: UnsafePointer<Int32>) -> Bool {
        var none = sqv_load_i(panes + group.at)
        if stage.multisampled {
            let samples = panes + TileScratch.pixels + 4 * group.at
            none = sqv_and(none, sqv_and(sqv_and(sqv_load_i(samples), sqv_load_i(samples + 8)), sqv_and(sqv_load_i(samples + 16), sqv_load_i(samples + 24))))
        }
        return sqv_bits(none) != 255
    }

    /// Fewer pixels than this of one kind side by side wait for more of theirs.
    private static var leastAtOnce: Int { 6 }

    /// Eight pixels without glass. Those whose samples all see the centre's triangle are shaded at once where most of them are of one instance and
    /// material; everything else waits in bins. Each different triangle of a pixel is shaded at the centroid of its samples and weighs as many as it covers.
    @inline(__always)
    func parted(
        _ group: Group, _ center: SIMD8<Int32>, _ lanes: PointLanes, _ triangles: Triangles, _ samples: UnsafePointer<Int32>, _ edges: EdgePoints
    ) {
        var settled = sqv_greater_i(sqv_splat_i(Int32(truncatingIfNeeded: group.count)), sqv_lanes_i())
        let inside = sqv_bits(settled)
        if stage.multisampled {
            let base = samples + 4 * group.at
            settled = sqv_and(
                settled,
                sqv_and(
                    sqv_and(sqv_equal_i(Self.sample(base, 0), center), sqv_equal_i(Self.sample(base, 1), center)),
                    sqv_and(sqv_equal_i(Self.sample(base, 2), center), sqv_equal_i(Self.sample(base, 3), center))))
        }
        let single = sqv_bits(settled)
        var (color, done) = (Color8(repeating: 0), Int32(0))
        let surfaces = single & ~sqv_bits(center)
        if surfaces != 0 {
            let first = surfaces.trailingZeroBitCount
            let alike = sqv_and(
                sqv_and(sqv_equal_i(lanes.instance, sqv_splat_i(lanes.instance[first])), sqv_equal_i(lanes.material, sqv_splat_i(lanes.material[first]))),
                sqv_and(settled, sqv_not(sqv_shift(center, 31))))
            if sqv_bits(alike).nonzeroBitCount >= Self.leastAtOnce {
                color = Self.select(alike, paint(lanes, center, alike, group.x, group.y, group.dx, group.dy), color)
                done = sqv_bits(alike)
            }
        }
        write(lanes.key, lanes.instance, lanes.triangle, lanes.motion, color, center, 0, group)
        if let target = targets.normals { writeNormals(target + group.pixel, lanes.normal, sqv_shift(center, 31), group.count) }
        var left = inside & ~done
        while left != 0 {
            let lane = left.trailingZeroBitCount
            left &= left &- 1
            let place = Place(pixel: Int32(truncatingIfNeeded: group.pixel &+ lane), x: group.x[lane], y: group.y[lane])
            if single & (1 << Int32(lane)) != 0 {
                wait(center[lane], place, weight: 1, triangles, edges)
            } else {
                part(center[lane], samples + 4 * (group.at &+ lane), place, triangles, edges)
            }
        }
    }

    /// A pixel and where its centre is.
    struct Place {
        let pixel: Int32, x: Float, y: Float
    }

    /// What the four samples of a pixel see; leaf cards of one plant are shaded as one, as the centre's where it sees one of them.
    @inline(__always)
    private func part(_ center: Int32, _ samples: UnsafePointer<Int32>, _ place: Place, _ triangles: Triangles, _ edges: EdgePoints) {
        var (open, local) = (15, center)
        while true {
            let look = triangles.look(of: local)
            var (x, y, count) = (Int32(0), Int32(0), Int32(0))
            for k in 0..<4 where open & 1 << k != 0 && triangles.look(of: samples[k]) == look {
                open &= ~(1 << k)
                (x, y, count) = (x &+ SampleGrid.x[k], y &+ SampleGrid.y[k], count &+ 1)
            }
            if count > 0 {
                let share = 0.125 / Float(count)
                wait(local, Place(pixel: place.pixel, x: place.x + Float(x) * share, y: place.y + Float(y) * share), weight: Float(count) * 0.25, triangles, edges)
            }
            if open == 0 { return }
            local = samples[open.trailingZeroBitCount]
        }
    }

    /// Puts a point with its like; eight are shaded.
    @inline(__always)
    private func wait(_ local: Int32, _ place: Place, weight: Float, _ triangles: Triangles, _ edges: EdgePoints) {
        let (instance, material) = local < 0 ? (-1, -1) : (triangles[local].pointee.instance, triangles[local].pointee.material)
        let bin = edges.bin(instance: instance, material: material)
        if !bin.holds(instance: instance, material: material) {
            if bin.pointee.filled > 0 { shade(bin, triangles) }
            (bin.pointee.instance, bin.pointee.material) = (instance, material)
        }
        bin.add(local: local, pixel: place.pixel, x: place.x, y: place.y, weight: weight)
        if bin.pointee.filled == 8 { shade(bin, triangles) }
    }

    /// Shades what still waits at the end of a tile.
    @inline(never)
    func flush(_ edges: EdgePoints, _ triangles: Triangles) {
        for index in 0..<EdgePoints.count where edges.bins.base[index].filled > 0 { shade(edges.bins.base + index, triangles) }
    }

    /// Shades the points of a bin, adds them to their pixels and empties it.
    @inline(never)
    private func shade(_ bin: UnsafeMutablePointer<EdgePoints.Bin>, _ triangles: Triangles) {
        let count = Int(bin.pointee.filled)
        let active = sqv_greater_i(sqv_splat_i(Int32(count)), sqv_lanes_i())
        // Places that are not filled repeat the first, so that nothing depends on what was here before.
        let locals = sqv_blend_i(active, bin.pointee.locals, sqv_splat_i(bin.pointee.locals[0]))
        let x = sqv_blend(active, bin.pointee.x, sqv_splat(bin.pointee.x[0])), y = sqv_blend(active, bin.pointee.y, sqv_splat(bin.pointee.y[0]))
        let (dx, dy) = ((x - sqv_splat(eye.cx)) * sqv_splat(eye.perX), (y - sqv_splat(eye.cy)) * sqv_splat(eye.perY))
        let color: Color8
        if bin.pointee.material < 0 {
            let d = eye.world(dx, dy)
            let inverse = sqv_splat(1) / sqv_sqrt(sqv_fma(d.x, d.x, sqv_fma(d.y, d.y, d.z * d.z)))
            color = shader.sky(Vector8(x: d.x * inverse, y: d.y * inverse, z: d.z * inverse), x: x, y: y)
        } else {
            var lanes = PointLanes()
            gather(&lanes, locals, sqv_splat_i(-1), dx, dy, triangles)
            var point = lanes.point(x, y, dx, dy, active, eye, inputs: Shader.inputs)
            (point.instance, point.material) = (bin.pointee.instance, bin.pointee.material)
            color = shader.shade(point)
        }
        let (r, g, b) = (color.r * bin.pointee.weights, color.g * bin.pointee.weights, color.b * bin.pointee.weights)
        for lane in 0..<count {
            let pixel = Int(bin.pointee.pixels[lane])
            targets.red[pixel] += r[lane]
            targets.green[pixel] += g[lane]
            targets.blue[pixel] += b[lane]
        }
        bin.pointee.filled = 0
    }
}
