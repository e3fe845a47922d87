import SquallGeometry
import SquallMath

/// Visibility by rays.
extension RayScene {
    /// Where one row of pixels is seen from: rolling shutters give each row its own place and instant.
    public struct Row: Sendable {
        /// World from camera, camera axes x right, y down, z forward.
        public var pose: Pose
        /// 0...1 of the scene's interval.
        public var fraction: Double
        public init(pose: Pose, fraction: Double = 0) { (self.pose, self.fraction) = (pose, fraction) }
    }

    /// A visibility buffer by one ray per pixel centre: what distorted cameras use, and the judge of the rasterizer.
    ///
    /// Glass stops the rays, as labels want it. Rows are shared among the pool's workers; the result does not depend on them.
    /// - Parameters:
    ///   - minimum: nothing nearer is seen, in lengths of the direction: the near plane when directions have z = 1.
    ///   - row: place and instant of a row.
    ///   - direction: the direction, in camera axes, that a pixel position (centre at .5) sees; any length above zero.
    public func visibility(
        width: Int, height: Int, minimum: Float = 0, maximum: Float = .infinity, pool: WorkerPool? = nil, row: @Sendable (Int) -> Row,
        direction: @Sendable (Vec2) -> Vec3
    ) -> VisibilityBuffer {
        var buffer = VisibilityBuffer(width: width, height: height)
        let casters = (0..<(pool?.workers ?? 1)).map { _ in RayCaster(self) }
        buffer.instance.withUnsafeMutableBufferPointer { instance in
            buffer.triangle.withUnsafeMutableBufferPointer { triangle in
                buffer.depth.withUnsafeMutableBufferPointer { depth in
                    buffer.glass.withUnsafeMutableBufferPointer { glass in
                        // Each row writes its own pixels, each worker has its own caster.
                        nonisolated(unsafe) let (instance, triangle, depth, glass, casters) = (instance, triangle, depth, glass, casters)
                        Self.share(height, pool) { y, worker in
                            let caster = casters[worker]
                            let view = row(y)
                            let axes = view.pose.rotation.columns
                            caster.move(to: view.pose.position, fraction: view.fraction)
                            for x in 0..<width {
                                let d = direction(Vec2(Double(x) + 0.5, Double(y) + 0.5))
                                let hit = caster.closest(Vec3f(axes.0 * d.x + axes.1 * d.y + axes.2 * d.z), minimum: minimum, maximum: maximum)
                                guard hit.isHit else { continue }
                                let pixel = y * width + x
                                (instance[pixel], triangle[pixel], glass[pixel]) = (hit.instance, hit.triangle, hit.glass)
                                depth[pixel] = Float(Double(hit.t) * d.z)
                            }
                        }
                    }
                }
            }
        }
        return buffer
    }

    /// The same for a pinhole: focal lengths and principal point in pixels, corner of the first pixel at (0, 0).
    public func visibility(
        width: Int, height: Int, focal: Vec2, center: Vec2, pose: Pose, fraction: Double = 0, minimum: Float = 0,
        maximum: Float = .infinity, pool: WorkerPool? = nil
    ) -> VisibilityBuffer {
        visibility(width: width, height: height, minimum: minimum, maximum: maximum, pool: pool, row: { _ in Row(pose: pose, fraction: fraction) }) { pixel in
            Vec3((pixel.x - center.x) / focal.x, (pixel.y - center.y) / focal.y, 1)
        }
    }

    private static func share(_ count: Int, _ pool: WorkerPool?, _ body: @Sendable (_ item: Int, _ worker: Int) -> Void) {
        if let pool { pool.run(count, body) } else { for item in 0..<count { body(item, 0) } }
    }
}
