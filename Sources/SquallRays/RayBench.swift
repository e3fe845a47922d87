import Foundation
import SquallGeometry
import SquallMath

/// First hits per second of one thread: what `squall bench lidar` prints.
public struct RayBench: Sendable {
    /// One turn: a place and its directions, unit length, world frame.
    public struct Turn: Sendable {
        public var origin: Vec3
        public var directions: [Vec3f]
        public init(origin: Vec3, directions: [Vec3f]) { (self.origin, self.directions) = (origin, directions) }
    }

    public struct Result: Sendable {
        public var rays: Int
        public var hits: Int
        /// CPU seconds of the calling thread, casts alone.
        public var seconds: Double
        /// CPU seconds for the mesh trees and for one top tree.
        public var buildSeconds: Double, sceneSeconds: Double
        /// Folds every hit's instance and triangle: equal results give equal numbers.
        public var digest: UInt64
        public var raysPerSecond: Double { seconds > 0 ? Double(rays) / seconds : 0 }
    }

    /// Casts every turn `repeats` times, two-level, with ids; the fastest repeat counts.
    public static func run(meshes: [Mesh], instances: [MeshInstance], turns: [Turn], maximum: Float, repeats: Int = 3) -> Result {
        var mark = threadSeconds()
        let trees = MeshTrees(meshes)
        trees.prepare(instances)
        let buildSeconds = threadSeconds() - mark
        mark = threadSeconds()
        let scene = RayScene(trees, instances)
        let sceneSeconds = threadSeconds() - mark
        let caster = RayCaster(scene)
        var result = Result(rays: 0, hits: 0, seconds: .infinity, buildSeconds: buildSeconds, sceneSeconds: sceneSeconds, digest: 0)
        var hits = [Hit](repeating: .miss, count: turns.map(\.directions.count).max() ?? 0)
        for _ in 0..<max(1, repeats) {
            (result.rays, result.hits, result.digest) = (0, 0, 0)
            var seconds = 0.0
            for turn in turns {
                mark = threadSeconds()
                caster.move(to: turn.origin)
                hits.withUnsafeMutableBufferPointer { caster.closest(turn.directions.span, maximum: maximum, into: $0) }
                seconds += threadSeconds() - mark
                result.rays += turn.directions.count
                for hit in hits.prefix(turn.directions.count) where hit.isHit {
                    result.hits += 1
                    result.digest = mix64(result.digest ^ (UInt64(hit.instance) << 32 | UInt64(hit.triangle)))
                }
            }
            result.seconds = min(result.seconds, seconds)
        }
        return result
    }

    private static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
