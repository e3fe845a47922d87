import Foundation
import SquallAssets
import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRoads
import SquallScene
import SquallWeather

/// From a concrete scene to its world.
extension World {
    /// More objects than a 16-bit id can tell apart are refused.
    public static let objectLimit = SceneLimit.objects.value

    /// Everything a concrete scene needs that does not change: ground, shapes, materials, objects numbered in path order.
    ///
    /// Actors and things the road file places are numbered together. `Object.boxCenter` and `boxSize` are final: the actor's
    /// scale is in them already.
    /// - Parameter pool: builds shapes side by side; the world does not depend on it.
    /// - Throws: `Failure` for files that cannot be read, unknown assets, too many objects.
    public static func build(scene: ConcreteScene, catalogue: FileCatalogue, pool: WorkerPool? = nil) throws -> World {
        var assembler = WorldAssembler()
        let layout = scene.surroundings.layout
        let roads = try scene.road.map { try catalogue.network($0).beside(layout.roadside) }
        let view = GroundView(scene, roads)
        var ground = GroundBuilder.build(try scene.road.map { try catalogue.meshes($0, around: view, relief: layout.relief, roadside: layout.roadside) }, layout, into: &assembler)
        var placed = roads?.placedObjects ?? []
        var roofs: [Roof] = []
        if let roads, let terrain = ground.terrain {
            let surroundings = try SurroundingsBuilder.build(
                Site(scene, roads, terrain, view), layout, shape: { try catalogue.library.asset(named: $0) }, into: &assembler)
            ground.instances += surroundings.background
            roofs = surroundings.roofs
            placed += surroundings.things.prefix(max(0, objectLimit - scene.actors.count - placed.count))
        }
        var objects: [Object] = []
        let drafts = try drafts(scene, placed)
        if let pool { prepareShapes(drafts, placed, scene, catalogue, pool) }
        for draft in drafts {
            switch draft.source {
            case .actor(let index): objects.append(try object(scene.actors[index], index, scene, catalogue, &assembler))
            case .placed(let index): objects.append(try object(placed[index], path: draft.path, scene, catalogue, &assembler))
            }
            guard assembler.materials.count <= SceneLimit.worldMaterials.value else {
                throw Failure(
                    "too-many-materials", file: scene.title, place: draft.path, message: "the models of the scene have more than \(SceneLimit.worldMaterials.value) materials",
                    fix: "give actors of one model the same colours, or the model fewer materials")
            }
        }
        var world = World(
            scene: scene, roads: roads, meshes: assembler.meshes, materials: assembler.materials, textures: assembler.textures, ground: ground.instances, objects: objects)
        (world.terrain, world.placed, world.roofs) = (ground.terrain, placed, roofs)
        return world
    }

    /// A thing that will get a number.
    private struct Draft {
        enum Source { case actor(Int), placed(Int) }
        var path: String
        var source: Source
    }

    /// Actors and placed objects together, in path order.
    private static func drafts(_ scene: ConcreteScene, _ placed: [PlacedObject]) throws -> [Draft] {
        guard scene.actors.count + placed.count <= objectLimit else { throw tooMany(scene.actors.count + placed.count, scene) }
        var taken: Set<String> = []
        var result: [Draft] = []
        for (index, actor) in scene.actors.enumerated() {
            guard taken.insert(actor.path).inserted else {
                throw Failure("duplicate-path", file: scene.title, place: actor.path, message: "two actors have the path '\(actor.path)'", fix: "give one of them another name")
            }
            result.append(Draft(path: actor.path, source: .actor(index)))
        }
        for (index, path) in placed.map(\.path).enumerated() {
            guard taken.insert(path).inserted else {
                throw Failure(
                    "duplicate-path", file: scene.title, place: path, message: "an actor has the path '\(path)' of an object that the road file or the surroundings place",
                    fix: "give the actor another name")
            }
            result.append(Draft(path: path, source: .placed(index)))
        }
        return result.sorted { PathOrder.isBefore($0.path, $1.path) }
    }

    /// Builds what the things look like. What is wrong with one of them is said when its turn comes.
    private static func prepareShapes(_ drafts: [Draft], _ placed: [PlacedObject], _ scene: ConcreteScene, _ catalogue: FileCatalogue, _ pool: WorkerPool) {
        var known: Set<Variant> = []
        let wanted = drafts.compactMap { draft -> Variant? in
            let name: String
            switch draft.source {
            case .actor(let index):
                guard !scene.actors[index].assetIsFile else { return nil }
                name = shapeName(of: scene.actors[index], scene)
            case .placed(let index): name = placed[index].archetype
            }
            let shape = Variant(name, variant(of: name, draft.path, scene, catalogue))
            return known.insert(shape).inserted ? shape : nil
        }
        let library = catalogue.library
        pool.run(wanted.count) { item, _ in _ = try? library.asset(named: wanted[item].asset, variant: wanted[item].index) }
    }

    private static func tooMany(_ count: Int, _ scene: ConcreteScene) -> Failure {
        Failure(
            "too-many-objects", file: scene.title, message: "the scene has \(count) objects; ids hold \(objectLimit)",
            fix: "lower the traffic density or split the scene")
    }

    private static func object(
        _ actor: ConcreteActor, _ index: Int, _ scene: ConcreteScene, _ catalogue: FileCatalogue, _ assembler: inout WorldAssembler
    ) throws -> Object {
        let name = shapeName(of: actor, scene)
        let variant = actor.assetIsFile ? 0 : variant(of: name, actor.path, scene, catalogue)
        var key = variant == 0 ? name : "\(name)#\(variant)"
        var asset = actor.assetIsFile ? try catalogue.shape(name) : try catalogue.library.asset(named: name, variant: variant)
        let scale = try Self.scale(of: asset, to: actor.size, actor: actor, scene: scene)
        if let seat = asset.seat, !actor.isParked {
            let shape = Self.variant(of: seat.rider, "\(actor.path).rider", scene, catalogue)
            asset = asset.ridden(by: try catalogue.library.asset(named: seat.rider, variant: shape))
            key += "+\(seat.rider)#\(shape)"
        }
        let base = assembler.materialBase(of: asset, key: key, path: actor.path, seed: scene.seed, sample: scene.index, color: actor.color)
        var object = Object(
            path: actor.path, asset: actor.asset, archetype: actor.assetIsFile ? nil : actor.asset, category: actor.category, boxCenter: asset.boxCenter * scale,
            boxSize: asset.boxSize * scale, joints: asset.joints, levels: assembler.levels(of: asset, key: key), materialBase: base, scale: scale,
            isStatic: actor.fixed, actor: index, figure: asset.figure)
        (object.lamps, object.lampSet) = (asset.lamps, asset.lampSet)
        return object
    }

    private static func object(
        _ placed: PlacedObject, path: String, _ scene: ConcreteScene, _ catalogue: FileCatalogue, _ assembler: inout WorldAssembler
    ) throws -> Object {
        let name = placed.archetype
        let variant = variant(of: name, path, scene, catalogue)
        let key = variant == 0 ? name : "\(name)#\(variant)"
        let asset = try catalogue.library.asset(named: name, variant: variant)
        var scale = Vec3(repeating: 1)
        // Road files often give one measure only, or 0 for unknown: those keep the archetype's.
        if let size = placed.size { for k in 0..<3 where asset.boxSize[k] > 0 && size[k] > 0.01 && size[k] < 1000 { scale[k] = size[k] / asset.boxSize[k] } }
        var object = Object(
            path: path, asset: name, archetype: name, category: asset.category, boxCenter: asset.boxCenter * scale, boxSize: asset.boxSize * scale, joints: asset.joints,
            levels: assembler.levels(of: asset, key: key),
            materialBase: assembler.materialBase(of: asset, key: key, path: path, seed: scene.seed, sample: scene.index, color: nil), scale: scale, isStatic: true, actor: nil,
            figure: asset.figure)
        (object.lamps, object.lampSet) = (asset.lamps, asset.lampSet)
        return object
    }

    /// Which of its archetype's shapes a thing has: keyed by its path.
    private static func variant(of name: String, _ path: String, _ scene: ConcreteScene, _ catalogue: FileCatalogue) -> Int {
        let count = catalogue.library.variants(of: name)
        guard count > 1 else { return 0 }
        var random = CounterRandom(seed: scene.seed, sample: UInt32(truncatingIfNeeded: scene.index), path: "\(path).variant")
        return min(count - 1, Int(random.uniform() * Double(count)))
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
        var placed: [String: Pose] = [:]
        for thing in self.placed { placed[thing.path] = thing.pose }
        let bodies = try objects.map { object -> WorldState.Body in
            guard let index = object.actor else { return WorldState.Body(pose: placed[object.path] ?? .identity) }
            return try body(of: scene.actors[index], object)
        }
        return WorldState(time: .zero, bodies: bodies, weather: scene.weather.state(at: 0))
    }

    private func body(of actor: ConcreteActor, _ object: Object) throws -> WorldState.Body {
        var lane: LanePosition?
        let pose: Pose
        switch actor.placement {
        case .lane(let position):
            guard let place = roads?.pose(of: position) else {
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
            lane = roads?.locate(given.position.xy, within: 2)
        case .ground(let point, let heading):
            lane = roads?.locate(point, within: 2)
            pose = Pose(position: Vec3(point.x, point.y, groundHeight(point)), rotation: Quaternion(yaw: heading))
        }
        let p = pose.position
        guard max(abs(p.x), abs(p.y), abs(p.z)) <= Double(SceneLimit.coordinate.value), pose.rotation.yaw.isFinite, actor.speed.isFinite else {
            throw Failure(
                "out-of-reach", file: scene.title, place: actor.path, message: "'\(actor.path)' starts out of reach, or nowhere",
                fix: "place it within \(SceneLimit.coordinate.value / 1000) km of the origin")
        }
        let forward = pose.rotation * Vec3(1, 0, 0)
        // Walkers start somewhere in their stride, all limbs together.
        var random = CounterRandom(seed: scene.seed, sample: UInt32(truncatingIfNeeded: scene.index), path: "\(actor.path).gait")
        let stride = actor.speed > 0 ? random.uniform() : 0
        let joints = object.figure?.walks != true ? object.joints.map { _ in 0 } : Posture(stride: stride, pace: actor.speed / object.scale.x).numbers
        return WorldState.Body(pose: pose, velocity: object.isStatic ? .zero : forward * actor.speed, joints: joints, lane: lane)
    }

    /// World z of the ground under a point: road, verge or open country; 0 on a bare plane.
    public func groundHeight(_ point: Vec2) -> Double {
        guard let roads, let terrain else { return 0 }
        return roads.ground(at: point, terrain: terrain).height
    }
}
