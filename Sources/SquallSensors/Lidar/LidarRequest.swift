import SquallFrames
import SquallGeometry
import SquallMath
import SquallRays
import SquallWeather
import SquallWorld

/// One turn to be taken.
public struct LidarRequest: Sendable {
    /// The world at one instant of the turn.
    public struct Knot: Sendable {
        /// World from carrier; identity for a lidar on a post, whose mount is then in the world.
        public var carrier: Pose
        public var instances: [MeshInstance]
        public init(carrier: Pose, instances: [MeshInstance]) { (self.carrier, self.instances) = (carrier, instances) }
    }

    public var info: SensorInfo
    public var model: LidarModel
    /// The middle of the turn.
    public var stamp: Ticks
    /// Equally spaced from the turn's start to its end: one when nothing moves, else an odd number, so that the stamp is a knot.
    /// Between knots everything moves straight and turns evenly.
    public var knots: [Knot]
    public var medium: Medium
    /// Water on the ground at a world point.
    public var surface: @Sendable (Vec3) -> SurfaceState
    public var seed: UInt64
    public var sample: UInt32
    /// Number of the turn within the episode.
    public var turn: Int

    public init(
        info: SensorInfo, model: LidarModel, stamp: Ticks, knots: [Knot], medium: Medium,
        surface: @Sendable @escaping (Vec3) -> SurfaceState = { _ in SurfaceState() },
        seed: UInt64, sample: UInt32, turn: Int
    ) {
        (self.info, self.model, self.stamp, self.knots, self.medium) = (info, model, stamp, knots, medium)
        (self.surface, self.seed, self.sample, self.turn) = (surface, seed, sample, turn)
    }

    /// Start and end of the turn: when the first and the last knot must be.
    public static func interval(info: SensorInfo, model: LidarModel, stamp: Ticks) -> (start: Ticks, end: Ticks) {
        let scan = LidarScan(model: model, rate: info.rate, stamp: stamp)
        return (scan.start, scan.end)
    }
}

extension World {
    /// Trees over the world's meshes, to be made once per episode; each is built when rays need it. Glass parts are marked, so that lidars see through them, and
    /// alpha-masked ones are cut as the rasterizer cuts them.
    /// - Parameters:
    ///   - store: where trees of the same shapes may be from episodes before.
    ///   - culling: one-sided materials are met from their front only, as the rasterizer draws them.
    public func meshTrees(store: MeshTreeStore? = nil, culling: Bool = false) -> MeshTrees {
        var bases = [Int32](repeating: 0, count: meshes.count)
        for instance in ground where bases.indices.contains(Int(instance.mesh)) { bases[Int(instance.mesh)] = instance.materialBase }
        for object in objects {
            for level in object.levels {
                for piece in level.pieces where bases.indices.contains(Int(piece.mesh)) { bases[Int(piece.mesh)] = object.materialBase }
            }
        }
        let materialBases = bases
        let surfaces = RaySurface.surfaces(materials, textures, culling: culling)
        return MeshTrees(meshes, store: store) { mesh, slot in
            let index = Int(materialBases[mesh]) + slot
            return surfaces.indices.contains(index) ? surfaces[index] : RaySurface()
        }
    }
}
