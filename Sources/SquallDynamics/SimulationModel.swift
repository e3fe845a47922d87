// SquallDynamics: what moves and how: vehicles, tyres, walkers, contacts, behaviours, and the loop that plays an episode.
// Must never know: images, labels, files, the scene language. Behaviours return intents; only `step` writes bodies.
import Foundation
import SquallDiagnostics
import SquallFrames
import SquallMath
import SquallRoads
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
    /// Vehicles and walkers together, in object order.
    let movers: [Mover]
    /// Place in `movers` by object, -1 for what stands still.
    private let places: [Int32]
    /// By object.
    let shapes: [Shape]

    /// An object that moves, and where it stands among its kind.
    struct Mover: Sendable {
        enum Kind: Sendable { case vehicle(Int), walker(Int) }
        var object: Int
        var kind: Kind
    }

    /// What others touch of a body.
    struct Shape: Sendable {
        var extent: SolidExtent
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
        let moving = vehicles.indices.map { Mover(object: vehicles[$0].object, kind: .vehicle($0)) } + walkers.indices.map { Mover(object: walkers[$0], kind: .walker($0)) }
        movers = moving.sorted { $0.object < $1.object }
        var places = [Int32](repeating: -1, count: world.objects.count)
        for (place, mover) in movers.enumerated() { places[mover.object] = Int32(place) }
        self.places = places
    }

    /// Place of an object in `movers`, nil for what stands still.
    func mover(of object: Int) -> Int? { places[object] < 0 ? nil : Int(places[object]) }

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
        case .car, .van, .truck, .bus, .tram, .motorcycle: return .vehicle
        case .person, .rider, .animal, .bicycle: return .walker
        default: return actor.speed > 0 || actor.behaviour != .sequence([]) ? .walker : .fixture
        }
    }

    private static func parameters(_ object: World.Object, _ options: SimulationOptions) -> VehicleParameters {
        if let name = object.archetype, let known = options.vehicles[name] { return known }
        return .scaled(length: max(0.5, object.boxSize.x), width: max(0.3, object.boxSize.y), height: max(0.3, object.boxSize.z), middle: object.boxCenter.x)
    }

    private static func shape(_ object: World.Object) -> Shape {
        let extent = SolidExtent(of: object.category, boxCenter: object.boxCenter, boxSize: object.boxSize)
        let half = extent.half
        return Shape(extent: extent, isActor: object.actor != nil && half.x > 0, isSolid: half.x > 0.02 && half.y > 0.02 && half.z > 0.05)
    }

    /// The body as others see it. - Parameters: `lane`, `offset` where it is, when the caller knows; else asked of the network.
    func silhouette(_ object: Int, _ body: WorldState.Body, lane known: LaneReference? = nil, offset: Double = 0) -> Silhouette {
        let (extent, isActor) = (shapes[object].extent, shapes[object].isActor)
        let heading = (body.pose.rotation * Vec3(1, 0, 0)).xy.normalized
        let lane = known ?? body.lane.map { roads.reference($0) } ?? .none
        return Silhouette(
            position: body.pose.position, heading: heading, velocity: body.velocity.xy, speed: dot(body.velocity.xy, heading),
            acceleration: dot(body.acceleration.xy, heading), yawRate: body.angularVelocity.z, front: extent.front, rear: extent.rear, left: extent.left, right: extent.right,
            bottom: body.pose.position.z + extent.bottom, top: body.pose.position.z + extent.top, lane: lane, laneOffset: known == nil ? body.lane?.left ?? 0 : offset,
            isActor: isActor)
    }
}
