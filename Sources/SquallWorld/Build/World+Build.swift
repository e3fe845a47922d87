import Foundation
import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene
import SquallWeather

extension World {
    /// More objects than a 16-bit id can tell apart are refused.
    public static let objectLimit = 65_535

    /// Everything a concrete scene needs that does not change: ground, shapes, materials, objects numbered in path order.
    ///
    /// Actors and things the road file places are numbered together. `Object.boxCenter` and `boxSize` are final: the actor's
    /// scale is in them already.
    /// - Throws: `Failure` for files that cannot be read, unknown assets, too many objects.
    public static func build(scene: ConcreteScene, catalogue: FileCatalogue) throws -> World {
        var assembler = WorldAssembler()
        let roads = try scene.road.map { try catalogue.network($0) }
        let ground = GroundBuilder.build(roads: roads, into: &assembler)
        var drafts: [Draft] = []
        for (index, actor) in scene.actors.enumerated() { drafts.append(Draft(path: actor.path, actor: index)) }
        guard drafts.count <= objectLimit else { throw tooMany(drafts.count, scene) }
        drafts.sort { $0.path < $1.path }
        for (a, b) in zip(drafts, drafts.dropFirst()) where a.path == b.path {
            throw Failure("duplicate-path", file: scene.title, place: a.path, message: "two objects have the path '\(a.path)'", fix: "give one of them another name")
        }
        var objects: [Object] = []
        for draft in drafts {
            if let index = draft.actor {
                objects.append(try object(scene.actors[index], index, scene, catalogue, &assembler))
            }
        }
        return World(
            scene: scene, roads: roads, meshes: assembler.meshes, materials: assembler.materials, textures: assembler.textures, ground: ground, objects: objects)
    }

    private struct Draft {
        var path: String
        var actor: Int?
    }

    private static func tooMany(_ count: Int, _ scene: ConcreteScene) -> Failure {
        Failure(
            "too-many-objects", file: scene.title, message: "the scene has \(count) objects; ids hold \(objectLimit)",
            fix: "lower the traffic density or split the scene")
    }

    private static func object(
        _ actor: ConcreteActor, _ index: Int, _ scene: ConcreteScene, _ catalogue: FileCatalogue, _ assembler: inout WorldAssembler
    ) throws -> Object {
        let asset = actor.assetIsFile ? try catalogue.shape(actor.asset) : try catalogue.library.asset(named: actor.asset)
        let scale = try Self.scale(of: asset, to: actor.size, actor: actor, scene: scene)
        let base = assembler.materialBase(of: asset, key: actor.asset, path: actor.path, seed: scene.seed, sample: scene.index, color: actor.color)
        return Object(
            path: actor.path, asset: actor.asset, archetype: actor.assetIsFile ? nil : actor.asset, category: actor.category, boxCenter: asset.boxCenter * scale,
            boxSize: asset.boxSize * scale, joints: asset.joints, levels: assembler.levels(of: asset, key: actor.asset), materialBase: base, scale: scale,
            isStatic: actor.fixed, actor: index)
    }

    private static func scale(of asset: Asset, to size: Vec3?, actor: ConcreteActor, scene: ConcreteScene) throws -> Vec3 {
        guard let size else { return Vec3(repeating: 1) }
        guard size.min() > 0, size.max() < 10_000 else {
            throw Failure("bad-size", file: scene.title, place: actor.path, message: "the size \(size.x) x \(size.y) x \(size.z) m is not positive or beyond 10 km")
        }
        var scale = Vec3(repeating: 1)
        for k in 0..<3 where asset.boxSize[k] > 0 { scale[k] = size[k] / asset.boxSize[k] }
        return scale
    }

    /// Where everything is at time zero.
    /// - Throws: `Failure` when an actor is placed on a lane that does not exist.
    public func initialState() throws -> WorldState {
        let bodies = try objects.map { object -> WorldState.Body in
            guard let index = object.actor else { return WorldState.Body(pose: .identity) }
            return try body(of: scene.actors[index], object)
        }
        return WorldState(time: .zero, bodies: bodies, weather: scene.weather.state(at: 0))
    }

    private func body(of actor: ConcreteActor, _ object: Object) throws -> WorldState.Body {
        var lane: LanePosition?
        let pose: Pose
        switch actor.placement {
        case .lane(let position):
            guard let place = catalogue?.pose(of: position) else {
                throw Failure(
                    "no-such-lane", file: scene.road ?? scene.title, place: actor.path,
                    message: scene.road == nil
                        ? "'\(actor.path)' is placed on a lane but the scene imports no road"
                        : "'\(actor.path)' is placed on road \(position.road), lane \(position.lane), s \(position.s) m, which does not exist",
                    fix: "place it within the road's length on a lane that the file has")
            }
            (pose, lane) = (place, position)
        case .pose(let given):
            pose = given
            lane = catalogue?.locate(given.position.xy, within: 2)
        case .ground(let point, let heading):
            lane = catalogue?.locate(point, within: 2)
            pose = Pose(position: Vec3(point.x, point.y, groundHeight(point)), rotation: Quaternion(yaw: heading))
        }
        let forward = pose.rotation * Vec3(1, 0, 0)
        // Walkers start somewhere in their stride, all limbs together.
        var random = CounterRandom(seed: scene.seed, sample: UInt32(truncatingIfNeeded: scene.index), path: "\(actor.path).gait")
        let stride = actor.speed > 0 ? random.uniform() : 0
        let joints = object.joints.map { joint -> Double in
            if case .limb = joint.kind { return stride }
            return 0
        }
        return WorldState.Body(pose: pose, velocity: object.isStatic ? .zero : forward * actor.speed, joints: joints, lane: lane)
    }

    private var catalogue: (any RoadCatalogue)? { roads as Any as? any RoadCatalogue }

    /// Height of the road surface under a point, 0 off the network.
    public func groundHeight(_ point: Vec2) -> Double {
        guard let catalogue, let lane = catalogue.locate(point, within: 5), let pose = catalogue.pose(of: lane) else { return 0 }
        let normal = pose.rotation * Vec3(0, 0, 1)
        guard normal.z > 0.1 else { return pose.position.z }
        let offset = point - pose.position.xy
        return pose.position.z - (normal.x * offset.x + normal.y * offset.y) / normal.z
    }
}
