import CSquallKernels
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRays

/// Turns ray hits into colour, eight rays at a time, through the same shader as the rasterizer's tiles.
///
/// A pixel whose neighbours see another thing, another material, a step in depth or another facet (more than 25 degrees away) gets four more
/// rays at the rasterizer's sample positions; all others are shaded once, at their centre. Directions of samples go by the change between
/// neighbouring centres.
struct RayResolve: @unchecked Sendable {   // rows write disjoint pixels
    let view: RayView
    let shader: FrameShader
    let targets: FrameTargets
    let samples: Int

    private var table: LensTable { view.table }
    private var measuresRange: Bool { table.model.measuresRange }

    /// Rays through the centres of one row: what labels see.
    func cast(_ y: Int, _ scratch: RayScratch) {
        scratch.move(to: view.row(y))
        for x in 0..<table.width {
            let pixel = y * table.width + x
            (targets.instance[pixel], targets.triangle[pixel], targets.depth[pixel], targets.glass[pixel]) = (VisibilityBuffer.nothing, 0, .infinity, false)
            guard table.sees(pixel) else { continue }
            let d = table.direction(pixel)
            let hit = scratch.caster.closest(Self.world(d, scratch), minimum: RayView.nearest)
            guard hit.isHit else { continue }
            (targets.instance[pixel], targets.triangle[pixel], targets.glass[pixel]) = (hit.instance, hit.triangle, hit.glass)
            targets.depth[pixel] = measuresRange ? hit.t : hit.t * d.z
        }
    }

    /// Colours of one row, after all rows have been cast.
    func shade(_ y: Int, _ scratch: RayScratch) {
        scratch.move(to: view.row(y))
        scratch.edges.removeAll(keepingCapacity: true)
        for x in stride(from: 0, to: table.width, by: 8) {
            var group = RayGroup()
            var glass = SIMD8<Int32>(repeating: 0)
            for lane in 0..<min(8, table.width - x) {
                let pixel = y * table.width + x + lane
                guard table.sees(pixel) else { continue }
                load(&group, lane, x + lane, y, .zero)
                (group.instance[lane], group.triangle[lane]) = (Int32(bitPattern: targets.instance[pixel]), Int32(bitPattern: targets.triangle[pixel]))
                glass[lane] = targets.glass[pixel] ? -1 : 0
                if samples > 1, isEdge(x + lane, y, scratch) { scratch.edges.append(Int32(x + lane)) }
            }
            let color = color(group, glass, scratch)
            for lane in 0..<min(8, table.width - x) {
                let pixel = y * table.width + x + lane
                (targets.red[pixel], targets.green[pixel], targets.blue[pixel]) = (color.r[lane], color.g[lane], color.b[lane])
                if let normals = targets.normals { normals[pixel] = group.instance[lane] >= 0 ? normal(group, lane, scratch) : .zero }
            }
        }
        for first in stride(from: 0, to: scratch.edges.count, by: 2) { resample(y, first, scratch) }
    }

    /// Puts the ray through a pixel's centre, moved by a part of a pixel, into a lane.
    @inline(__always) private func load(_ group: inout RayGroup, _ lane: Int, _ x: Int, _ y: Int, _ shift: SIMD2<Float>) {
        let (right, down) = table.change(x, y)
        let d = (table.direction(y * table.width + x) + right * shift.x + down * shift.y).normalized
        (group.x[lane], group.y[lane], group.active[lane]) = (Float(x) + 0.5 + shift.x, Float(y) + 0.5 + shift.y, -1)
        (group.direction.x[lane], group.direction.y[lane], group.direction.z[lane]) = (d.x, d.y, d.z)
        (group.right.x[lane], group.right.y[lane], group.right.z[lane]) = (right.x, right.y, right.z)
        (group.down.x[lane], group.down.y[lane], group.down.z[lane]) = (down.x, down.y, down.z)
    }

    @inline(__always) private static func world(_ d: SIMD3<Float>, _ scratch: RayScratch) -> Vec3f {
        scratch.axes.x * d.x + scratch.axes.y * d.y + scratch.axes.z * d.z
    }

    /// Whether one of the four pixels beside this one sees something else.
    private func isEdge(_ x: Int, _ y: Int, _ scratch: RayScratch) -> Bool {
        let pixel = y * table.width + x
        return (x > 0 && differs(pixel, pixel - 1, scratch)) || (x + 1 < table.width && differs(pixel, pixel + 1, scratch))
            || (y > 0 && differs(pixel, pixel - table.width, scratch)) || (y + 1 < table.height && differs(pixel, pixel + table.width, scratch))
    }

    private func differs(_ a: Int, _ b: Int, _ scratch: RayScratch) -> Bool {
        guard targets.instance[a] != targets.instance[b] || targets.triangle[a] != targets.triangle[b] else { return false }
        guard table.sees(b) else { return false }
        guard targets.instance[a] == targets.instance[b] else { return true }
        let one = scratch.triangle(Int32(bitPattern: targets.instance[a]), Int32(bitPattern: targets.triangle[a])).pointee
        let other = scratch.triangle(Int32(bitPattern: targets.instance[b]), Int32(bitPattern: targets.triangle[b])).pointee
        if one.material != other.material || dot(one.geometricNormal, other.geometricNormal) < 0.9 { return true }
        let d = table.direction(b)
        let expected = dot(one.key, d), found = dot(other.key, d)
        return abs(expected - found) > 0.02 * found
    }

    /// Four rays for each of two pixels of a row's edges.
    private func resample(_ y: Int, _ first: Int, _ scratch: RayScratch) {
        var group = RayGroup()
        var glass = SIMD8<Int32>(repeating: 0)
        let count = min(2, scratch.edges.count - first)
        for lane in 0..<4 * count {
            let shift = SIMD2<Float>(Float(SampleGrid.x[lane & 3]), Float(SampleGrid.y[lane & 3])) / 8
            load(&group, lane, Int(scratch.edges[first + lane / 4]), y, shift)
            let d = SIMD3<Float>(group.direction.x[lane], group.direction.y[lane], group.direction.z[lane])
            let hit = scratch.caster.closest(Self.world(d, scratch), minimum: RayView.nearest)
            guard hit.isHit else { continue }
            (group.instance[lane], group.triangle[lane], glass[lane]) = (Int32(bitPattern: hit.instance), Int32(bitPattern: hit.triangle), hit.glass ? -1 : 0)
        }
        let color = color(group, glass, scratch)
        for number in 0..<count {
            let pixel = y * table.width + Int(scratch.edges[first + number])
            func mean(_ lanes: SIMD8<Float>) -> Float {
                let half = number == 0 ? lanes.lowHalf : lanes.highHalf
                return half.sum() * 0.25
            }
            (targets.red[pixel], targets.green[pixel], targets.blue[pixel]) = (mean(color.r), mean(color.g), mean(color.b))
        }
    }

    /// What eight rays see, panes laid over what is behind them. Black where the lens shows nothing.
    private func color(_ group: RayGroup, _ glass: SIMD8<Int32>, _ scratch: RayScratch) -> Color8 {
        guard sqv_bits(glass) != 0 else { return paint(group, scratch) }
        var behind = group
        for lane in 0..<8 where glass[lane] < 0 {
            let d = SIMD3<Float>(group.direction.x[lane], group.direction.y[lane], group.direction.z[lane])
            let hit = scratch.caster.closest(Self.world(d, scratch), minimum: RayView.nearest, options: .throughGlass)
            (behind.instance[lane], behind.triangle[lane]) = hit.isHit ? (Int32(bitPattern: hit.instance), Int32(bitPattern: hit.triangle)) : (-1, 0)
        }
        var result = paint(behind, scratch)
        var lanes = RayLanes()
        gather(&lanes, group, glass, scratch)
        var point = lanes.point(group, axes: scratch.axes, offset: scratch.offset, measuresRange: measuresRange)
        eachMaterial(group, lanes, glass) { same, instance, material in
            (point.active, point.instance, point.material) = (same, instance, material)
            let pane = shader.glass(point)
            result = Self.select(
                same,
                Color8(
                    r: sqv_fma(result.r, pane.transmission.r, pane.added.r), g: sqv_fma(result.g, pane.transmission.g, pane.added.g),
                    b: sqv_fma(result.b, pane.transmission.b, pane.added.b)), result)
        }
        return result
    }

    /// Opaque surfaces and sky.
    private func paint(_ group: RayGroup, _ scratch: RayScratch) -> Color8 {
        var result = Color8(repeating: 0)
        let sky = sqv_and(group.active, sqv_shift(group.instance, 31)), seen = sqv_and(group.active, sqv_not(sky))
        if sqv_bits(seen) != 0 {
            var lanes = RayLanes()
            gather(&lanes, group, seen, scratch)
            var point = lanes.point(group, axes: scratch.axes, offset: scratch.offset, measuresRange: measuresRange)
            eachMaterial(group, lanes, seen) { same, instance, material in
                (point.active, point.instance, point.material) = (same, instance, material)
                result = Self.select(same, shader.shade(point), result)
            }
        }
        if sqv_bits(sky) != 0 { result = Self.select(sky, shader.sky(RayLanes.world(group.direction, scratch.axes), x: group.x, y: group.y), result) }
        return result
    }

    /// Fills the wanted lanes from the triangles their rays met.
    private func gather(_ lanes: inout RayLanes, _ group: RayGroup, _ wanted: SIMD8<Int32>, _ scratch: RayScratch) {
        var left = sqv_bits(wanted)
        while left != 0 {
            let lane = left.trailingZeroBitCount
            let (instance, triangle) = (group.instance[lane], group.triangle[lane])
            let same = sqv_and(sqv_and(sqv_equal_i(group.instance, sqv_splat_i(instance)), sqv_equal_i(group.triangle, sqv_splat_i(triangle))), wanted)
            lanes.take(scratch.triangle(instance, triangle), group, same)
            left &= ~sqv_bits(same)
        }
    }

    /// Calls for each instance and material among the wanted lanes.
    private func eachMaterial(_ group: RayGroup, _ lanes: RayLanes, _ wanted: SIMD8<Int32>, _ body: (SIMD8<Int32>, Int32, Int32) -> Void) {
        var left = sqv_bits(wanted)
        while left != 0 {
            let lane = left.trailingZeroBitCount
            let (instance, material) = (group.instance[lane], lanes.material[lane])
            let same = sqv_and(sqv_and(sqv_equal_i(group.instance, sqv_splat_i(instance)), sqv_equal_i(lanes.material, sqv_splat_i(material))), wanted)
            body(same, instance, material)
            left &= ~sqv_bits(same)
        }
    }

    /// Interpolated unit normal in camera axes of what a lane's ray met first.
    private func normal(_ group: RayGroup, _ lane: Int, _ scratch: RayScratch) -> SIMD3<Float> {
        let t = scratch.triangle(group.instance[lane], group.triangle[lane]).pointee
        let d = SIMD3<Float>(group.direction.x[lane], group.direction.y[lane], group.direction.z[lane])
        let n = SIMD3<Float>(dot(t.normalX, d), dot(t.normalY, d), dot(t.normalZ, d)).normalized
        return SIMD3<Float>(dot(scratch.axes.x, n), dot(scratch.axes.y, n), dot(scratch.axes.z, n))
    }

    @inline(__always) private static func select(_ mask: SIMD8<Int32>, _ a: Color8, _ b: Color8) -> Color8 {
        Color8(r: sqv_blend(mask, a.r, b.r), g: sqv_blend(mask, a.g, b.g), b: sqv_blend(mask, a.b, b.b))
    }
}
