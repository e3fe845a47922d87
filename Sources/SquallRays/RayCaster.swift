import CSquallKernels
import SquallMath

/// What a ray passes through.
public struct RayOptions: OptionSet, Sendable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Glass does not stop the ray.
    public static let throughGlass = RayOptions(rawValue: 1)
}

/// Casts rays from one place at one instant into a scene. One per thread: it holds scratch memory, and what it computed of each
/// instance for the present place and instant.
public final class RayCaster {
    /// One instance as seen from the present origin at the present instant.
    struct View {
        var columns: (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>)
        var origin: SIMD4<Float>
        var stamp: UInt64
    }
    struct Present {
        var origin = Vec3.zero
        var topOrigin = Vec3f.zero
        var fraction = 0.0
        var stamp: UInt64 = 1
    }

    /// Seven siblings per level of the deepest tree the builder makes, for both levels.
    private static let stackCapacity = 2048

    public let scene: RayScene
    private let views: UnsafeMutablePointer<View>
    private let present: UnsafeMutablePointer<Present>
    private let topRay: UnsafeMutablePointer<sq_ray>
    private let meshRay: UnsafeMutablePointer<sq_ray>
    private let stack: UnsafeMutablePointer<UInt64>
    /// Entry distances of eight boxes, then what `sq_ray_triangles` finds.
    private let entries: UnsafeMutablePointer<Float>

    public init(_ scene: RayScene) {
        self.scene = scene
        views = allocateAligned(View.self, scene.instanceCount)
        for index in 0..<scene.instanceCount { (views + index).initialize(to: View(columns: scene.instances[index].columns, origin: .zero, stamp: 0)) }
        present = .allocate(capacity: 1)
        present.initialize(to: Present())
        topRay = allocateAligned(sq_ray.self, 1)
        meshRay = allocateAligned(sq_ray.self, 1)
        stack = .allocate(capacity: Self.stackCapacity)
        entries = allocateAligned(Float.self, 40)
        move(to: .zero)
    }

    deinit {
        UnsafeMutableRawPointer(views).deallocate()
        present.deallocate()
        UnsafeMutableRawPointer(topRay).deallocate()
        UnsafeMutableRawPointer(meshRay).deallocate()
        stack.deallocate()
        UnsafeMutableRawPointer(entries).deallocate()
    }

    /// Where the next rays start, and when: `fraction` 0...1 of the scene's interval.
    public func move(to origin: Vec3, fraction: Double = 0) {
        present.pointee.origin = origin
        present.pointee.topOrigin = Vec3f(origin - scene.reference)
        present.pointee.fraction = fraction
        present.pointee.stamp += 1
    }

    /// The nearest surface strictly between `minimum` and `maximum` lengths of `direction`; `Hit.miss` for none, and for a ray that
    /// is not finite.
    public func closest(
        _ direction: Vec3f, minimum: Float = 0, maximum: Float = .infinity, options: RayOptions = [], skipping object: UInt16? = nil
    ) -> Hit {
        cast(direction, minimum, maximum, options, object, any: false)
    }

    /// The same for many directions from the present place: one hit each, in order.
    public func closest(
        _ directions: Span<Vec3f>, minimum: Float = 0, maximum: Float = .infinity, options: RayOptions = [], skipping object: UInt16? = nil,
        into hits: UnsafeMutableBufferPointer<Hit>
    ) {
        precondition(hits.count >= directions.count)
        for index in directions.indices { hits[index] = cast(directions[index], minimum, maximum, options, object, any: false) }
    }

    /// Whether anything lies strictly between `minimum` and `maximum`.
    public func occluded(
        _ direction: Vec3f, minimum: Float = 0, maximum: Float, options: RayOptions = [], skipping object: UInt16? = nil
    ) -> Bool {
        cast(direction, minimum, maximum, options, object, any: true).isHit
    }

    /// The triangle's own plane where it is at the present instant: unit normal of its front in the world, and its material slot. The
    /// front is the counter-clockwise side in the mesh's frame, also where the placement mirrors (glTF 2.0, 3.7.4). Meaningful for hits
    /// of this caster.
    public func surface(of hit: Hit) -> (normal: Vec3f, slot: Int) {
        let index = Int(hit.instance)
        if views[index].stamp != present.pointee.stamp { refresh(index) }
        let instance = scene.instances[index]
        let face = instance.faces[Int(hit.triangle)]
        let n = Vec3f(face.x, face.y, face.z)   // normals go by the transposed inverse
        let c = views[index].columns
        let world = Vec3f(dot(Vec3f(c.0.x, c.0.y, c.0.z), n), dot(Vec3f(c.1.x, c.1.y, c.1.z), n), dot(Vec3f(c.2.x, c.2.y, c.2.z), n))
        return (world.normalized, Int(face.w))
    }

    // MARK: - The walk

    @inline(__always)
    private func cast(_ direction: Vec3f, _ minimum: Float, _ maximum: Float, _ options: RayOptions, _ object: UInt16?, any: Bool) -> Hit {
        let o = present.pointee.topOrigin
        let start = max(0, minimum)
        guard scene.root != Reference.absent, maximum > start,
            sq_ray_prepare(topRay, o.x, o.y, o.z, direction.x, direction.y, direction.z, start) != 0
        else { return .miss }
        var best = Hit.miss
        best.t = maximum
        let query = Query(
            direction: direction, minimum: start, skipped: object.map { Int32($0) } ?? -1, throughGlass: options.contains(.throughGlass))
        let nodes = UnsafePointer(scene.nodes)
        var top = stack
        push(UInt64(scene.root), &top)
        while top > stack {
            top -= 1
            let item = top.pointee
            guard Float(bitPattern: UInt32(truncatingIfNeeded: item >> 32)) < best.t else { continue }
            let leaf = descend(UInt32(truncatingIfNeeded: item), nodes, topRay, best.t, &top)
            guard leaf != Reference.absent else { continue }
            enter(scene.members[Reference.leafIndex(leaf)], query, top, &best, any)
            if any && best.isHit { return best }
        }
        return best.isHit ? best : .miss
    }

    private struct Query {
        var direction: Vec3f
        var minimum: Float
        var skipped: Int32
        var throughGlass: Bool
    }

    /// Walks one instance's tree in the instance's own frame; `t` means the same there.
    @inline(__always)
    private func enter(_ index: UInt32, _ query: Query, _ base: UnsafeMutablePointer<UInt64>, _ best: inout Hit, _ any: Bool) {
        let instance = scene.instances + Int(index)
        guard Int32(instance.pointee.object) != query.skipped else { return }
        let view = views + Int(index)
        if view.pointee.stamp != present.pointee.stamp { refresh(Int(index)) }
        let (c, o) = (view.pointee.columns, view.pointee.origin)
        let d = c.0 * query.direction.x + c.1 * query.direction.y + c.2 * query.direction.z
        guard sq_ray_prepare(meshRay, o.x, o.y, o.z, d.x, d.y, d.z, query.minimum) != 0 else { return }
        let nodes = instance.pointee.nodes
        let blocks = instance.pointee.blocks
        var top = base
        push(UInt64(instance.pointee.root), &top)
        while top > base {
            top -= 1
            let item = top.pointee
            guard Float(bitPattern: UInt32(truncatingIfNeeded: item >> 32)) < best.t else { continue }
            let leaf = descend(UInt32(truncatingIfNeeded: item), nodes, meshRay, best.t, &top)
            guard leaf != Reference.absent else { continue }
            if test(blocks + Reference.leafIndex(leaf), index, query, &best) && any { return }
        }
    }

    /// Follows the nearest child down to a leaf, leaving the others on the stack, nearest on top. `absent` when nothing is met.
    @inline(__always)
    private func descend(
        _ start: UInt32, _ nodes: UnsafePointer<TreeNode>, _ ray: UnsafePointer<sq_ray>, _ limit: Float, _ top: inout UnsafeMutablePointer<UInt64>
    ) -> UInt32 {
        var reference = start
        while !Reference.isLeaf(reference) {
            let node = nodes + Int(reference)
            var mask = sq_ray_boxes(node, ray, limit, entries)
            guard mask != 0 else { return Reference.absent }
            let children = (UnsafeRawPointer(node) + 192).assumingMemoryBound(to: UInt32.self)
            let lane = mask.trailingZeroBitCount
            reference = children[lane]
            mask &= mask - 1
            guard mask != 0 else { continue }
            var nearest = UInt64(entries[lane].bitPattern) << 32 | UInt64(reference)
            let first = top
            while mask != 0 {
                let lane = mask.trailingZeroBitCount
                mask &= mask - 1
                var item = UInt64(entries[lane].bitPattern) << 32 | UInt64(children[lane])
                if item < nearest { swap(&item, &nearest) }
                var place = top
                while place > first, (place - 1).pointee < item {
                    place.pointee = (place - 1).pointee
                    place -= 1
                }
                place.pointee = item
                top += 1
            }
            reference = UInt32(truncatingIfNeeded: nearest)
        }
        return reference
    }

    /// Takes the nearest accepted triangle of a block; true when one beat `best`.
    @inline(__always)
    private func test(_ block: UnsafePointer<TriangleBlock>, _ index: UInt32, _ query: Query, _ best: inout Hit) -> Bool {
        let found = entries + 8
        var mask = sq_ray_triangles(UnsafeRawPointer(block).assumingMemoryBound(to: Float.self), meshRay, best.t, found)
        guard mask != 0 else { return false }
        let numbers = block.pointee.numbers
        var beaten = false
        while mask != 0 {
            let lane = mask.trailingZeroBitCount
            mask &= mask - 1
            let number = numbers[lane]
            guard found[lane] < best.t else { continue }
            if number > TriangleBlock.numberMask {
                if query.throughGlass && number & TriangleBlock.glassBit != 0 { continue }
                if number & TriangleBlock.singleSidedBit != 0 && found[24 + lane] < 0 { continue }
                if number & TriangleBlock.maskedBit != 0 && isCut(number & TriangleBlock.numberMask, index, found[8 + lane], found[16 + lane]) { continue }
            }
            best = Hit(
                t: found[lane], instance: index, triangle: number & TriangleBlock.numberMask, u: found[8 + lane], v: found[16 + lane],
                glass: number & TriangleBlock.glassBit != 0)
            beaten = true
        }
        return beaten
    }

    /// Whether an alpha mask has a hole at a point of a triangle.
    @inline(never)
    private func isCut(_ triangle: UInt32, _ index: UInt32, _ u: Float, _ v: Float) -> Bool {
        scene.trees.cutOuts.isCut(mesh: Int(scene.instances[Int(index)].mesh), triangle: Int(triangle), u: u, v: v)
    }

    @inline(__always)
    private func push(_ item: UInt64, _ top: inout UnsafeMutablePointer<UInt64>) {
        top.pointee = item
        top += 1
    }

    @inline(never)
    private func refresh(_ index: Int) {
        let instance = scene.instances[index]
        var inverse = instance.inverse
        if instance.motion >= 0 {
            inverse = scene.motions[Int(instance.motion)].placement(at: present.pointee.fraction).inverse ?? inverse
            views[index].columns = RayScene.columns(inverse)
        }
        views[index].origin = SIMD4(Vec3f(inverse * present.pointee.origin), 0)
        views[index].stamp = present.pointee.stamp
    }
}
