import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster

/// Which flow vectors end at a point the other frame does not show: outside its picture, or behind something there.
///
/// Flow itself is exact and exists for hidden points too; it comes with the visibility pass. A point counts as seen when the four pixel
/// centres around its end see the same object (all ground is one) no nearer than the point (1 % and 2 cm of slack for slopes), as hidden when
/// none of them does. Where they disagree, the point is seen unless a triangle that a centre nearby sees covers it (`FlowSilhouette`).
public enum FlowOcclusion {
    /// One instant of the camera and the scene.
    public struct View {
        public var pose: Pose
        public var instances: [MeshInstance]
        public var visibility: VisibilityBuffer
        public init(pose: Pose, instances: [MeshInstance], visibility: VisibilityBuffer) {
            (self.pose, self.instances, self.visibility) = (pose, instances, visibility)
        }
    }

    /// - Parameters:
    ///   - flow: from `here` to `there`, pixels; not finite where undefined.
    ///   - moved: the instances of `here`, in their order, at the instant of `there`, whose own may be others: of other levels of detail.
    ///   - meshes: of the instances.
    ///   - prepared: the same meshes with their materials, to see through the holes of leaves.
    ///   - pool: rows are shared among its workers; the result does not depend on them.
    /// - Returns: 1 where hidden or undefined, else 0.
    public static func mask(
        flow: Image<SIMD2<Float>>, from here: View, moved: [MeshInstance], to there: View, camera: PinholeCamera, meshes: [Mesh], prepared: PreparedMeshes? = nil,
        pool: WorkerPool
    ) -> Image<UInt8> {
        let (width, height) = (here.visibility.width, here.visibility.height)
        let depths = DepthRows(from: here, to: View(pose: there.pose, instances: moved, visibility: there.visibility), meshes)
        let silhouettes = (0..<pool.workers).map { _ in FlowSilhouette(meshes, prepared, there, fx: camera.fx, fy: camera.fy, cx: camera.cx, cy: camera.cy) }
        let (fx, fy, cx, cy) = (Float(camera.fx), Float(camera.fy), Float(camera.cx), Float(camera.cy))
        var mask = Image<UInt8>(width: width, height: height, filledWith: 1)
        mask.pixels.withUnsafeMutableBufferPointer { out in
            flow.pixels.withUnsafeBufferPointer { flow in
                Sight.with(here) { here in
                    Sight.with(there) { there in
                        let bands = (height + bandHeight - 1) / bandHeight
                        nonisolated(unsafe) let (flow, out, here, there, silhouettes) = (flow, out, here, there, silhouettes)   // rows are disjoint, silhouettes a worker's own
                        pool.run(bands) { band, worker in
                            let edges = silhouettes[worker]
                            // Neighbours are mostly of one instance: what it has in common is looked up where it changes.
                            var (last, object, row, isBent) = (VisibilityBuffer.nothing, Sight.sky, Vec4f.zero, false)
                            for y in band * bandHeight..<min(height, (band + 1) * bandHeight) {
                                let down = (Float(y) + 0.5 - cy) / fy
                                for x in 0..<width {
                                    let i = y * width + x
                                    let f = flow[i]
                                    guard f.x.isFinite, f.y.isFinite else { continue }
                                    let instance = here.instance[i]
                                    if instance != last {
                                        (last, object) = (instance, here.object(instance))
                                        if instance != VisibilityBuffer.nothing { (row, isBent) = depths.row(instance) }
                                    }
                                    var depth = Float.infinity
                                    if instance != VisibilityBuffer.nothing {
                                        if isBent { row = depths.row(instance, here.triangle[i]) }
                                        depth = here.depth[i] * (row.x * ((Float(x) + 0.5 - cx) / fx) + row.y * down + row.z) + row.w
                                    }
                                    let end = Vec2f(Float(x) + 0.5 + f.x, Float(y) + 0.5 + f.y)
                                    if depth > 0, there.sees(object, depth, at: end, edges) { out[i] = 0 }
                                }
                            }
                        }
                    }
                }
            }
        }
        return mask
    }

    /// Rows that a worker takes at a time.
    private static let bandHeight = 32

    /// Depth in the other camera as a linear function of the point in this camera's axes: per instance, and per triangle of what bends.
    private struct DepthRows {
        private var rows: [Vec4f] = []
        /// Where an instance's triangles begin, -1 when it moves as one.
        private var first: [Int] = []

        init(from here: View, to there: View, _ meshes: [Mesh]) {
            let thereFromWorld = Affine(there.pose.inverse)
            let worldFromHere = Affine(here.pose)
            let row = { (world: Affine?) -> Vec4f in
                let map = world.map { thereFromWorld * $0 * worldFromHere } ?? thereFromWorld * worldFromHere
                return Vec4f(Float(map.x.z), Float(map.y.z), Float(map.z.z), Float(map.translation.z))
            }
            rows = zip(here.instances, there.instances).map { a, b in row(a.transform == b.transform ? nil : b.transform * (a.transform.inverse ?? .identity)) }
            first = rows.map { _ in -1 }
            for (index, (a, b)) in zip(here.instances, there.instances).enumerated() where a.shape != b.shape && meshes.indices.contains(Int(a.mesh)) {
                let mesh = meshes[Int(a.mesh)]
                first[index] = rows.count
                for triangle in 0..<mesh.triangleCount { rows.append(row(Affine(from: a.corners(triangle, of: mesh), to: b.corners(triangle, of: mesh)))) }
            }
        }

        /// Of an instance as a whole, and whether its triangles have rows of their own.
        func row(_ instance: UInt32) -> (row: Vec4f, isBent: Bool) { (rows[Int(instance)], first[Int(instance)] >= 0) }
        /// Of one triangle of what bends.
        @inline(__always) func row(_ instance: UInt32, _ triangle: UInt32) -> Vec4f { rows[first[Int(instance)] + Int(triangle)] }
    }

    /// A view in pointers, for the loop over all pixels.
    private struct Sight {
        let width: Int
        let height: Int
        let instance: UnsafeBufferPointer<UInt32>
        let triangle: UnsafeBufferPointer<UInt32>
        let depth: UnsafeBufferPointer<Float>
        /// Object ids by instance.
        let objects: UnsafeBufferPointer<UInt16>
        static let sky: Int32 = -1

        static func with(_ view: View, _ body: (Sight) -> Void) {
            view.visibility.instance.withUnsafeBufferPointer { instance in
                view.visibility.triangle.withUnsafeBufferPointer { triangle in
                    view.visibility.depth.withUnsafeBufferPointer { depth in
                        view.instances.map(\.object).withUnsafeBufferPointer { objects in
                            let (width, height) = (view.visibility.width, view.visibility.height)
                            body(Sight(width: width, height: height, instance: instance, triangle: triangle, depth: depth, objects: objects))
                        }
                    }
                }
            }
        }

        func object(_ instance: UInt32) -> Int32 { instance == VisibilityBuffer.nothing ? Self.sky : Int32(objects[Int(instance)]) }

        /// - Parameter object: id of what the point belongs to, or `sky`.
        func sees(_ object: Int32, _ depth: Float, at q: Vec2f, _ edges: FlowSilhouette) -> Bool {
            guard q.x >= 0, q.y >= 0, q.x < Float(width), q.y < Float(height) else { return false }
            let nearest = depth * 0.99 - 0.02
            let (x0, y0) = (Int(q.x + 0.5) - 1, Int(q.y + 0.5) - 1)
            if x0 >= 0, y0 >= 0, x0 + 1 < width, y0 + 1 < height {
                let i = y0 * width + x0, seen = instance[i]
                if seen == instance[i + 1], seen == instance[i + width], seen == instance[i + width + 1] {
                    // As almost everywhere: one instance around.
                    if self.object(seen) == object, object == Self.sky || min(min(self.depth[i], self.depth[i + 1]), min(self.depth[i + width], self.depth[i + width + 1])) >= nearest { return true }
                } else if agrees(i, object, nearest), agrees(i + 1, object, nearest), agrees(i + width, object, nearest), agrees(i + width + 1, object, nearest) {
                    return true
                }
            }
            return sees(object, depth, nearest, q, x0, y0, edges)
        }

        @inline(__always) private func agrees(_ i: Int, _ object: Int32, _ nearest: Float) -> Bool {
            self.object(instance[i]) == object && (object == Self.sky || depth[i] >= nearest)
        }

        /// The same where the centres around do not all agree, or are not all in the picture.
        @inline(never)
        private func sees(_ object: Int32, _ depth: Float, _ nearest: Float, _ q: Vec2f, _ x0: Int, _ y0: Int, _ edges: FlowSilhouette) -> Bool {
            var (asked, agreeing) = (0, 0)
            for y in max(0, y0)...min(height - 1, y0 + 1) {
                for x in max(0, x0)...min(width - 1, x0 + 1) {
                    let i = y * width + x
                    asked += 1
                    if agrees(i, object, nearest) { agreeing += 1 }
                }
            }
            if agreeing == asked { return true }
            // Behind leaves the centres may all have met some while the point shows through between them, as it does around.
            guard agreeing > 0 || (foliage(x0, y0, edges) && isAround(object, nearest, x0, y0)) else { return false }
            return !covered(object, depth, q, x0, y0, edges)
        }

        /// Whether one of the sixteen centres around sees an object, no nearer than a depth.
        private func isAround(_ object: Int32, _ nearest: Float, _ x0: Int, _ y0: Int) -> Bool {
            for y in max(0, y0 - 1)...min(height - 1, y0 + 2) {
                for x in max(0, x0 - 1)...min(width - 1, x0 + 2) {
                    let i = y * width + x
                    if agrees(i, object, nearest) { return true }
                }
            }
            return false
        }

        /// Whether all four centres see something with holes.
        @inline(never)
        private func foliage(_ x0: Int, _ y0: Int, _ edges: FlowSilhouette) -> Bool {
            for y in max(0, y0)...min(height - 1, y0 + 1) {
                for x in max(0, x0)...min(width - 1, x0 + 1) {
                    let i = y * width + x
                    guard self.instance[i] != VisibilityBuffer.nothing, edges.hasHoles(instance: self.instance[i], triangle: self.triangle[i]) else { return false }
                }
            }
            return true
        }

        /// Whether two centres see the same triangle.
        @inline(__always) private func isSame(_ i: Int, _ j: Int) -> Bool { triangle[i] == triangle[j] && instance[i] == instance[j] }

        /// Whether something seen from a centre nearby lies before a point, on the point's own ray: of the point's own object, something that is
        /// not its own surface drawn coarser or finer.
        @inline(never)
        private func covered(_ object: Int32, _ depth: Float, _ q: Vec2f, _ x0: Int, _ y0: Int, _ edges: FlowSilhouette) -> Bool {
            let (own, other) = (Double(depth) * 0.99 - 0.02, Double(depth) * 0.999 - 0.001)
            let (left, top) = (max(0, x0 - 1), max(0, y0 - 1))
            for y in top...min(height - 1, y0 + 2) {
                for x in left...min(width - 1, x0 + 2) {
                    let i = y * width + x
                    guard self.instance[i] != VisibilityBuffer.nothing, !(x > left && isSame(i, i - 1)), !(y > top && isSame(i, i - width)) else { continue }
                    if let met = edges.depth(instance: self.instance[i], triangle: self.triangle[i], at: q), met < (self.object(self.instance[i]) == object ? own : other) { return true }
                }
            }
            return false
        }
    }
}
