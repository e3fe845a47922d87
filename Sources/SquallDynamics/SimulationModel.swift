// SquallDynamics: what moves and how: vehicles, tyres, walkers, contacts, behaviours, and the loop that plays an episode.
// Must never know: images, labels, files, the scene language. Behaviours return intents; only `step` writes bodies.
import Foundation
import SquallDiagnostics
import SquallFrames
import SquallMath
import SquallScene
import SquallWeather
import SquallWorld

/// What may be changed about the physics without touching a scene.
public struct SimulationOptions: Sendable {
    /// Parameter sets by archetype.
    public var vehicles = VehicleLibrary.standard
    /// The same road surface everywhere instead of the weather's: for studies and oracles.
    public var surface: SurfaceState?
    public init(vehicles: VehicleLibrary = .standard, surface: SurfaceState? = nil) { (self.vehicles, self.surface) = (vehicles, surface) }
}

/// Everything a step reads and never writes.
public struct SimulationModel: Sendable {
    struct VehicleEntry: Sendable {
        var object: Int
        var parameters: VehicleParameters
    }

    public let world: World
    let roads: RoadAccess
    let options: SimulationOptions
    private let names: [String: Int]
    /// Movers in object order.
    let vehicles: [VehicleEntry]
    let walkers: [Int]
    /// Hulls by object, from the origin.
    let shapes: [Shape]

    /// The part of a hull that does not move against its body.
    struct Shape: Sendable {
        var front: Double, rear: Double, left: Double, right: Double, bottom: Double, top: Double
        var isActor: Bool
        /// Takes part in contacts.
        var isSolid: Bool
    }

    init(world: World, roads: (any RoadCatalogue)?, options: SimulationOptions) throws {
        self.world = world
        self.options = options
        self.roads = RoadAccess(roads, terrain: world.terrain)
        names = Dictionary(world.objects.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
        shapes = world.objects.map { Self.shape($0) }
        var vehicles: [VehicleEntry] = []
        var walkers: [Int] = []
        var problems: [Diagnostic] = []
        for (index, object) in world.objects.enumerated() {
            guard let actor = Self.actor(object, in: world), !actor.fixed else { continue }
            problems += ActionRegistry.problems(in: actor.behaviour, of: actor.path, file: world.scene.title)
            switch Self.motion(object, actor) {
            case .vehicle: vehicles.append(VehicleEntry(object: index, parameters: Self.parameters(object, options)))
            case .walker: walkers.append(index)
            case .fixture: break
            }
        }
        guard problems.isEmpty else { throw Failure(problems) }
        (self.vehicles, self.walkers) = (vehicles, walkers)
    }

    /// The object of an actor's path, nil for an unknown one.
    public func index(of path: String) -> Int? { names[path] }

    static func actor(_ object: World.Object, in world: World) -> ConcreteActor? {
        guard let index = object.actor, world.scene.actors.indices.contains(index) else { return nil }
        return world.scene.actors[index]
    }

    /// Archetypes say how they move; imported shapes by their class, and walk when they are told to.
    private static func motion(_ object: World.Object, _ actor: ConcreteActor) -> Archetype.Motion {
        if let name = object.archetype, let archetype = Archetype.named(name), archetype.motion != .fixture { return archetype.motion }
        switch object.category {
        case .car, .van, .truck, .bus, .motorcycle: return .vehicle
        case .person, .rider, .animal, .bicycle: return .walker
        default: return actor.speed > 0 || actor.behaviour != .sequence([]) ? .walker : .fixture
        }
    }

    private static func parameters(_ object: World.Object, _ options: SimulationOptions) -> VehicleParameters {
        if let name = object.archetype, let known = options.vehicles[name] { return known }
        return .scaled(length: max(0.5, object.boxSize.x), width: max(0.3, object.boxSize.y), height: max(0.3, object.boxSize.z), middle: object.boxCenter.x)
    }

    /// Trees and posts are as thick as their trunk: crowns and lamp arms reach over the road.
    private static func shape(_ object: World.Object) -> Shape {
        var (c, h) = (object.boxCenter, object.boxSize / 2)
        switch object.category {
        case .vegetation: (c, h) = (Vec3(0, 0, c.z), Vec3(min(h.x, 0.25), min(h.y, 0.25), h.z))
        case .pole, .trafficSign, .trafficLight: (c, h) = (Vec3(0, 0, c.z), Vec3(min(h.x, 0.1), min(h.y, 0.1), h.z))
        default: break
        }
        return Shape(
            front: c.x + h.x, rear: h.x - c.x, left: c.y + h.y, right: h.y - c.y, bottom: c.z - h.z, top: c.z + h.z, isActor: object.actor != nil && h.x > 0,
            isSolid: h.x > 0.02 && h.y > 0.02 && h.z > 0.05)
    }

    /// The body as others see it. - Parameters: `lane`, `offset` where it is, when the caller knows; else asked of the network.
    func silhouette(_ object: Int, _ body: WorldState.Body, lane known: LaneReference? = nil, offset: Double = 0) -> Silhouette {
        let shape = shapes[object]
        let heading = (body.pose.rotation * Vec3(1, 0, 0)).xy.normalized
        let lane = known ?? body.lane.map { roads.reference($0) } ?? .none
        return Silhouette(
            position: body.pose.position, heading: heading, velocity: body.velocity.xy, speed: dot(body.velocity.xy, heading),
            acceleration: dot(body.acceleration.xy, heading), yawRate: body.angularVelocity.z, front: shape.front, rear: shape.rear, left: shape.left, right: shape.right,
            bottom: body.pose.position.z + shape.bottom, top: body.pose.position.z + shape.top, lane: lane, laneOffset: known == nil ? body.lane?.left ?? 0 : offset,
            isActor: shape.isActor)
    }
}
