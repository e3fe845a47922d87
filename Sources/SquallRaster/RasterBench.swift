import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallWorld

/// Time per frame of the rasterizer with the referee's shading: RGB, depth, ids and flow in memory. What `squall bench raster` prints.
public struct RasterBench: Sendable {
    public var meshes: [Mesh]
    public var materials: [Material]
    public var instances: [MeshInstance]
    public var camera: PinholeCamera
    public var near: Double
    /// World from camera, one per frame of the path.
    public var path: [Pose]
    /// Towards the light, and the linear colour of the sky.
    public var light: Vec3, sky: Vec3f

    public struct Result: Sendable {
        /// Medians over the repeats, milliseconds per frame: CPU of the whole process, and wall clock.
        public var cpu: Double, wall: Double
        public var fastestCPU: Double
        /// Milliseconds to cluster the meshes, once.
        public var preparation: Double
        /// Folds every frame's ids and depths: equal pictures give equal numbers, whatever the workers.
        public var digest: UInt64
    }

    public init(meshes: [Mesh], materials: [Material], instances: [MeshInstance], camera: PinholeCamera, near: Double, path: [Pose], light: Vec3, sky: Vec3f) {
        (self.meshes, self.materials, self.instances, self.camera) = (meshes, materials, instances, camera)
        (self.near, self.path, self.light, self.sky) = (near, path, light, sky)
    }

    /// - Parameters:
    ///   - frames: how many, evenly spread over the path; flow goes to the frame before, as the referee's does.
    ///   - repeats: passes over them after a first one that is not counted.
    public func run(samples: Int, workers: Int, frames: Int = 20, repeats: Int = 5) -> Result {
        let start = Self.seconds(CLOCK_MONOTONIC)
        let rasterizer = Rasterizer(PreparedMeshes(meshes: meshes, materials: materials))
        var result = Result(cpu: 0, wall: 0, fastestCPU: 0, preparation: (Self.seconds(CLOCK_MONOTONIC) - start) * 1e3, digest: 0)
        let shader = ReferenceShader(materials: materials, light: light, sky: sky)
        let pool = WorkerPool(workers: workers)
        defer { pool.close() }
        var frame = RasterFrame(width: camera.width, height: camera.height)
        let chosen = (0..<max(1, frames)).map { $0 * path.count / max(1, frames) }.filter { $0 < path.count }
        guard !chosen.isEmpty else { return result }
        func render(_ index: Int) {
            let before = OtherInstant(instances: instances, pose: path[max(index - 1, 0)])
            rasterizer.render(
                instances, camera: RasterCamera(pose: path[index], camera: camera, near: near), samples: samples, extras: .init(forward: before), shader: shader,
                pool: pool, into: &frame)
        }
        for index in chosen {
            render(index)
            result.digest = Self.fold(frame.visibility, result.digest)
        }
        var (cpu, wall): ([Double], [Double]) = ([], [])
        for _ in 0..<max(1, repeats) {
            let (c, w) = (Self.seconds(CLOCK_PROCESS_CPUTIME_ID), Self.seconds(CLOCK_MONOTONIC))
            for index in chosen { render(index) }
            cpu.append((Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - c) * 1e3 / Double(chosen.count))
            wall.append((Self.seconds(CLOCK_MONOTONIC) - w) * 1e3 / Double(chosen.count))
        }
        cpu.sort()
        wall.sort()
        (result.cpu, result.wall, result.fastestCPU) = (cpu[cpu.count / 2], wall[wall.count / 2], cpu[0])
        return result
    }

    private static func fold(_ buffer: VisibilityBuffer, _ digest: UInt64) -> UInt64 {
        var value = digest
        for pixel in buffer.instance.indices {
            value = mix64(value ^ (UInt64(buffer.instance[pixel]) << 32 | UInt64(buffer.triangle[pixel])) ^ UInt64(buffer.depth[pixel].bitPattern) << 16)
        }
        return value
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
