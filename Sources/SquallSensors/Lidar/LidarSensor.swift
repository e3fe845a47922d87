// SquallSensors: what sensors measure of a world, with their noise and timing; one folder or file each.
// Must never know: labels, file formats, how the world was made.
import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRays
import SquallWeather
import SquallWorld

/// A spinning lidar.
///
/// Every firing has its own instant: the carrier and everything else are where they are then. Points are given in the sensor's frame at
/// the stamp with the carrier's motion undone; what moved by itself stays smeared. Each beam is a centre ray and, for sensors with
/// two returns, one at the rim of the footprint, so that an edge gives both its sides. Glass lets part through. Fog, rain and
/// surfaces compete by strength (`FogReturn`, `RainReturn`, `LidarSurface`), `LidarDetection` decides what is seen.
///
/// Draws are keyed by seed, sample, the sensor's name and turn, and the beam: the result does not depend on the pool.
///
/// Not modelled: blooming, crosstalk, the few microseconds between rings, spray, multiple scattering, texture on reflectance.
public struct LidarSensor: Sendable {
    public let trees: MeshTrees
    private let surfaces: [LidarSurface]
    /// Azimuth steps that one work item takes.
    private static let stepsPerItem = 32

    public init(trees: MeshTrees, materials: [Material]) {
        self.trees = trees
        surfaces = materials.map { LidarSurface($0) }
    }

    /// Takes one turn. `objects` of the frame is left empty for the labels to fill.
    public func capture(_ request: LidarRequest, pool: WorkerPool? = nil) -> LidarFrame {
        precondition(!request.knots.isEmpty, "a turn needs the world at one instant at least")
        let scan = LidarScan(model: request.model, rate: request.info.rate, stamp: request.stamp)
        let carrier = request.knots[request.knots.count / 2].carrier
        let pose = carrier * request.info.mount
        let shot = LidarShot(request: request, pose: pose, surfaces: surfaces)
        for knot in request.knots.prefix(1) { trees.prepare(knot.instances, excluding: request.info.carrier, pool: pool) }
        let scenes = segments(request)
        let items = (scan.steps + Self.stepsPerItem - 1) / Self.stepsPerItem
        var parts = [[LidarPoint]](repeating: [], count: items)
        let casters = (0..<(pool?.workers ?? 1)).map { _ in scenes.map { RayCaster($0) } }
        parts.withUnsafeMutableBufferPointer { table in
            // Each item writes its own entry, each worker has its own casters.
            nonisolated(unsafe) let (table, casters) = (table, casters)
            Self.share(items, pool) { item, worker in
                var points: [LidarPoint] = []
                points.reserveCapacity(Self.stepsPerItem * scan.ringCount * min(2, request.model.returns))
                for step in item * Self.stepsPerItem..<min(scan.steps, (item + 1) * Self.stepsPerItem) {
                    Self.fire(step, scan, request, pose, shot, casters[worker], &points)
                }
                table[item] = points
            }
        }
        return LidarFrame(
            sensor: request.info.name, stamp: request.stamp, start: scan.start, end: scan.end, pose: pose, points: parts.flatMap { $0 }, objects: [])
    }

    /// One scene per pair of neighbouring knots; one still scene when there is a single knot.
    private func segments(_ request: LidarRequest) -> [RayScene] {
        let excluded = request.info.carrier == 0 ? nil : request.info.carrier
        let knots = request.knots
        guard knots.count > 1 else { return [RayScene(trees, knots[0].instances, excluding: excluded)] }
        return (0..<knots.count - 1).map { index in
            RayScene(trees, Self.bent(request, from: index), end: knots[index + 1].instances, excluding: excluded)
        }
    }

    /// The instances at a knot, each that bends in the shape it has when the beams come by. Between two knots its vertices go straight, which
    /// is off by 1 cm at most for a walker's foot; beams that meet it at other instants, those of its left and right side, a millisecond apart, see the same shape.
    private static func bent(_ request: LidarRequest, from index: Int) -> [MeshInstance] {
        let (here, next) = (request.knots[index], request.knots[index + 1])
        let scan = LidarScan(model: request.model, rate: request.info.rate, stamp: request.stamp)
        let toSensor = (request.knots[request.knots.count / 2].carrier * request.info.mount).inverse
        let segments = Double(request.knots.count - 1)
        return zip(here.instances, next.instances).map { instance, later in
            guard let shape = instance.shape, let after = later.shape, shape !== after else { return instance }
            let place = toSensor * (instance.transform * Vec3(shape.bounds.center))
            let passing = scan.fraction(towards: atan2(place.y, place.x)) * segments - Double(index)
            var bent = instance
            bent.shape = shape.blended(with: after, Float(passing.clamped(to: 0...1)))
            return bent
        }
    }

    /// All rings of one azimuth step.
    private static func fire(
        _ step: Int, _ scan: LidarScan, _ request: LidarRequest, _ stampPose: Pose, _ shot: LidarShot, _ casters: [RayCaster], _ points: inout [LidarPoint]
    ) {
        let knots = request.knots
        let position = scan.fraction(step) * Double(max(1, knots.count - 1))
        let segment = min(Int(position), casters.count - 1)
        let fraction = position - Double(segment)
        let carrier = knots.count > 1 ? Pose.interpolate(knots[segment].carrier, knots[segment + 1].carrier, fraction) : knots[0].carrier
        let pose = carrier * request.info.mount
        let caster = casters[segment]
        caster.move(to: pose.position, fraction: knots.count > 1 ? fraction : 0)
        let axes = pose.rotation.columns
        let toStamp = Affine(stampPose.inverse)
        let azimuth = Vec2(cos(scan.azimuth(step)), sin(scan.azimuth(step)))
        let instances = knots[segment].instances
        for ring in 0..<scan.ringCount {
            let local = scan.direction(ring: ring, azimuth: azimuth)
            let direction = axes.0 * local.x + axes.1 * local.y + axes.2 * local.z
            var random = shot.random(beam: step * scan.ringCount + ring)
            let echoes = shot.echoes(along: direction, from: pose.position, instances: instances, caster, &random)
            for index in 0..<echoes.count {
                let echo = echoes[index]
                let point = toStamp * (pose.position + direction * echo.range)
                points.append(
                    LidarPoint(
                        position: SIMD3<Float>(point), intensity: Float(echo.intensity), timeOffset: scan.timeOffset(step), ring: UInt16(ring),
                        instance: echo.instance, category: echo.category, cause: echo.cause.rawValue, returnIndex: UInt8(index)))
            }
        }
    }

    private static func share(_ count: Int, _ pool: WorkerPool?, _ body: @Sendable (_ item: Int, _ worker: Int) -> Void) {
        if let pool { pool.run(count, body) } else { for item in 0..<count { body(item, 0) } }
    }
}
