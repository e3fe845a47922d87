// SquallWorld: the world and its state: what stands where.
// Must never know: the scene language, how pixels or returns are made.
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRoads
import SquallScene
import SquallWeather

/// Everything that does not change during an episode.
public struct World: Sendable {
    /// One object: an actor or a placed static thing. Its id is its index + 1.
    public struct Object: Sendable {
        public var path: String
        public var asset: String
        public var archetype: String?
        public var category: Category
        /// The labelled box in the body frame, in final metres: `scale` is in it already.
        public var boxCenter: Vec3
        public var boxSize: Vec3
        public var joints: [Asset.Joint]
        /// Bones and gait of a body that bends; nil for stiff things.
        public var figure: Figure?
        /// Finest first.
        public var levels: [Level]
        public var materialBase: Int32
        /// Non-uniform scale of the meshes, applied in the body frame before the pose; ones for most.
        public var scale: Vec3
        public var isStatic: Bool
        /// Index into `ConcreteScene.actors`, nil for placed static objects.
        public var actor: Int?
        /// What lights its surroundings, in the body frame before `scale`.
        public var lamps: [Lamp] = []
        /// Every lamp it has, those that are only seen included.
        public var lampSet: LampSet = []

        public struct Level: Sendable {
            public var pieces: [(mesh: Int32, joint: Int?)]
            public var distance: Double
            public init(pieces: [(mesh: Int32, joint: Int?)], distance: Double) { (self.pieces, self.distance) = (pieces, distance) }
        }

        public init(
            path: String, asset: String, archetype: String?, category: Category, boxCenter: Vec3, boxSize: Vec3, joints: [Asset.Joint], levels: [Level],
            materialBase: Int32, scale: Vec3, isStatic: Bool, actor: Int?, figure: Figure? = nil
        ) {
            (self.path, self.asset, self.archetype, self.category) = (path, asset, archetype, category)
            (self.boxCenter, self.boxSize, self.joints, self.levels) = (boxCenter, boxSize, joints, levels)
            (self.materialBase, self.scale, self.isStatic, self.actor) = (materialBase, scale, isStatic, actor)
            self.figure = figure
        }
    }

    public var scene: ConcreteScene
    public var roads: RoadNetwork?
    /// Open country around the roads; nil without roads.
    public var terrain: Terrain?
    /// What stands beside the roads and never moves: from the road file, then from the surroundings.
    public var placed: [PlacedObject]
    /// Tubes over roads.
    public var roofs: [Roof] = []
    /// Whether a place lies in a tube, where no rain falls.
    public func isUnderRoof(_ place: Vec3) -> Bool { roofs.contains { $0.covers(place) } }
    public var meshes: [Mesh]
    public var materials: [Material]
    public var textures: [Texture]
    /// Road surface, markings, kerbs, terrain: object id 0.
    public var ground: [MeshInstance]
    /// In path order.
    public var objects: [Object]

    public init(
        scene: ConcreteScene, roads: RoadNetwork?, meshes: [Mesh], materials: [Material], textures: [Texture], ground: [MeshInstance], objects: [Object]
    ) {
        (self.scene, self.roads, self.meshes, self.materials, self.textures) = (scene, roads, meshes, materials, textures)
        (self.ground, self.objects) = (ground, objects)
        placed = roads?.placedObjects ?? []
    }
}

/// Everything that changes: a value, copied freely, written only by `step`.
public struct WorldState: Sendable {
    /// One entry per `World.objects`.
    public struct Body: Sendable, Equatable {
        /// World from body, body origin as the archetype says.
        public var pose: Pose
        /// World frame at the body origin.
        public var velocity: Vec3
        public var acceleration: Vec3
        public var angularVelocity: Vec3
        /// Front wheel angle, radians, left positive.
        public var steer: Double
        /// Turn of each wheel, one entry per joint, radians; the numbers of the `Posture` of a body with a figure.
        public var joints: [Double]
        public var lane: LanePosition?
        /// What is lit.
        public var lamps: LampSet = []
        public init(
            pose: Pose, velocity: Vec3 = .zero, acceleration: Vec3 = .zero, angularVelocity: Vec3 = .zero, steer: Double = 0, joints: [Double] = [],
            lane: LanePosition? = nil
        ) {
            (self.pose, self.velocity, self.acceleration, self.angularVelocity) = (pose, velocity, acceleration, angularVelocity)
            (self.steer, self.joints, self.lane) = (steer, joints, lane)
        }
    }

    public var time: Ticks
    public var bodies: [Body]
    public var weather: WeatherState
    public var collisions: [Collision]
    /// Groups of windows lit in far buildings, which are no bodies.
    public var windows: LampSet = []

    public init(time: Ticks, bodies: [Body], weather: WeatherState, collisions: [Collision] = []) {
        (self.time, self.bodies, self.weather, self.collisions) = (time, bodies, weather, collisions)
    }
}
