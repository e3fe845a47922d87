import Foundation
import SquallDynamics
import SquallFrames
import SquallGeometry
import SquallLabels
import SquallMath
import SquallRaster
import SquallRays
import SquallRoads
import SquallScene
import SquallSensors
import SquallShading
import SquallWeather
import SquallWorld

/// Takes the frames of one played episode: asks every sensor and every label at the same instants of the same states.
///
/// Holds the per-world tables (clusters, ray trees, textures) and working memory; one per episode.
public final class EpisodeCapture {
    let played: PlayedEpisode
    let limits: DetectabilityLimits
    let labels: LabelSelection
    let pool: WorkerPool
    let renderer: FrameRenderer
    /// Draws ids alone: other instants, and each object by itself.
    let rasterizer: Rasterizer
    let idShader: ReferenceShader
    private let lidar: LidarSensor?
    /// Trees for cameras whose pictures are filled by rays: one-sided surfaces are met from their front only.
    private(set) lazy var cameraTrees = played.world.meshTrees(store: trees, culling: true)
    private let trees: MeshTreeStore?
    private let world: World
    let rig: ConcreteRig
    /// World height the fog lies on: the ground where the ego starts. The layer is part of the world and does not climb with anyone.
    private let fogBase: Double
    /// Pixels per radian of the longest lens on the rig.
    private let longestLens: Double
    /// How roads drain around the carrier: moves along with it.
    private var drainage: DrainageMap?
    /// The light of the last instant asked for: weather and heavens often stand still between frames.
    private var latestLight: (date: Double, weather: WeatherState, lighting: Lighting)?
    /// Instances of the last instants asked for: cameras of one frame share those of the frames around it.
    private var latestInstances: [(time: Ticks, levels: [Int], instances: [MeshInstance])] = []
    private var latestInstants: [Instant] = []
    /// By sensor name.
    var benches: [String: CameraBench] = [:]
    /// Where the time went.
    var times = CaptureTimes()

    /// - Parameters:
    ///   - labels: those anyone will read; the scene's own selection narrows it further. Without `points` no lidar turns.
    ///   - trees: what rays need of shapes that other episodes show too.
    public init(_ played: PlayedEpisode, limits: DetectabilityLimits, threads: Int, labels: LabelSelection = .all, trees: MeshTreeStore? = nil) {
        (self.played, self.limits, self.trees, world) = (played, limits, trees, played.world)
        self.labels = labels.intersection(played.world.scene.labels)
        pool = WorkerPool(workers: threads)
        rig = played.world.scene.recordedRig ?? ConcreteRig(sensors: [])
        longestLens = played.info.sensors.reduce(0) { longest, info in if case .camera(let camera) = info.kind { max(longest, camera.fx, camera.fy) } else { longest } }
        fogBase = played.world.groundHeight((played.ego.map { played.trajectory.pose(of: $0, at: .zero) } ?? .identity).position.xy)
        let meshes = PreparedMeshes(meshes: played.world.meshes, materials: played.world.materials, textures: played.world.textures)
        renderer = FrameRenderer(meshes: meshes, materials: played.world.materials, textures: played.world.textures)
        rasterizer = Rasterizer(meshes)
        idShader = ReferenceShader(materials: played.world.materials, light: Vec3(0, 0, 1), sky: .zero)
        let hasLidar = self.labels.contains(.points) && played.info.sensors.contains { if case .lidar = $0.kind { true } else { false } }
        lidar = hasLidar ? LidarSensor(trees: played.world.meshTrees(store: trees), materials: played.world.materials) : nil
    }

    deinit { pool.close() }

    /// The instant of a frame.
    public func stamp(_ number: Int) -> Ticks { Ticks(seconds: Double(number) / played.info.rate) }

    /// The air of an instant, as every sensor has it.
    package func medium(in state: WorldState) -> Medium { state.weather.medium(fogBase: fogBase) }
    /// The air around a sensor: none of the rain in a tunnel.
    func medium(at place: Vec3, _ instant: Instant) -> Medium { world.isUnderRoof(place) ? instant.medium.sheltered : instant.medium }

    /// Captures one frame whole: every sensor whose turn it is.
    public func frame(_ number: Int) -> Frame {
        let instant = instant(number)
        var frame = Frame(
            index: number, stamp: instant.stamp, ego: instant.ego, objects: instant.objects, cameras: [], lidars: [], weather: instant.record,
            collisions: played.trajectory.collisions(after: number == 0 ? Ticks(-1) : stamp(number - 1), through: instant.stamp))
        for (info, sensor) in zip(played.info.sensors, rig.sensors) where number % played.info.step(of: info) == 0 {
            switch info.kind {
            case .camera(let camera): frame.cameras.append(capture(info, camera, sensor, instant))
            case .lidar(let model): if let turn = timed(\.lidar, { capture(info, model, instant) }) { frame.lidars.append(turn) }
            }
        }
        return frame
    }

    /// The instant of a frame; the last two asked for are kept, because pictures are taken one ahead of their turn.
    func instant(_ number: Int) -> Instant {
        if let kept = latestInstants.first(where: { $0.number == number }) { return kept }
        let made = timed(\.world) { Instant(self, number) }
        latestInstants = latestInstants.suffix(1) + [made]
        return made
    }

    /// Level of detail of every object in the frame of an instant.
    func levels(at time: Ticks) -> [Int] {
        let eye = played.ego.map { played.trajectory.pose(of: $0, at: time) } ?? .identity
        return world.levels(in: played.trajectory.state(at: time), from: eye.position, focal: longestLens)
    }

    /// The world as every sensor of one frame sees it: one state, one weather, one level of detail per object.
    struct Instant {
        let number: Int
        let stamp: Ticks
        let state: WorldState
        let ego: Pose
        let levels: [Int]
        let instances: [MeshInstance]
        let objects: [ObjectState]
        let lighting: Lighting
        let medium: Medium
        let ground: WetGround
        let lamps: ArtificialLight
        let record: WeatherRecord

        init(_ capture: EpisodeCapture, _ number: Int) {
            let (world, trajectory) = (capture.world, capture.played.trajectory)
            self.number = number
            stamp = capture.stamp(number)
            state = trajectory.state(at: stamp)
            ego = capture.played.ego.map { trajectory.pose(of: $0, at: capture.stamp(number)) } ?? .identity
            levels = capture.levels(at: stamp)
            instances = capture.instances(at: stamp, levels: levels)
            objects = world.objectStates(in: state)
            let start = world.scene.start.advanced(by: stamp.seconds)
            let sun = SunPosition(julianDate: start.julianDate, latitude: world.scene.place.latitude, longitude: world.scene.place.longitude)
            lighting = capture.lighting(state.weather, at: stamp)
            medium = capture.medium(in: state)
            lamps = ArtificialLight(
                lamps: world.placedLamps(in: state), lit: world.litLamps(in: state), carrier: capture.played.ego.map { UInt16($0 + 1) } ?? 0)
            ground = capture.ground(under: state.weather, around: ego.position.xy)
            let carrier = capture.played.ego.map { [state] in state.bodies[$0] }
            let below = carrier.flatMap { world.roads?.drainage(at: $0.pose.position.xy, near: $0.lane) } ?? .plain
            let s = WeatherSummary(weather: state.weather, sun: sun, lighting: lighting, surface: ground.water.state(below))
            record = WeatherRecord(
                rainRate: s.rainRate, visibility: s.visibility.isFinite ? s.visibility : 0, filmDepth: s.filmDepth, friction: s.friction, sunElevation: s.sunElevation,
                sunAzimuth: s.sunAzimuth, illuminance: s.illuminance, windSpeed: s.windSpeed, windFrom: s.windFrom, cloudCover: s.cloudCover)
        }
    }

    /// Light of an instant. The heavens turn in steps of ten seconds (0.04 degrees), so that tables of the sky last for many frames.
    private func lighting(_ weather: WeatherState, at stamp: Ticks) -> Lighting {
        let scene = world.scene
        let date = scene.start.advanced(by: (stamp.seconds / 10).rounded(.down) * 10).julianDate
        if let kept = latestLight, kept.date == date, kept.weather == weather { return kept.lighting }
        let (latitude, longitude) = (scene.place.latitude, scene.place.longitude)
        let lighting = Lighting(
            weather: weather, sun: SunPosition(julianDate: date, latitude: latitude, longitude: longitude),
            night: NightSky(julianDate: date, latitude: latitude, longitude: longitude))
        latestLight = (date, weather, lighting)
        return lighting
    }

    /// All placed meshes at an instant.
    func instances(at time: Ticks, levels: [Int]) -> [MeshInstance] {
        if let kept = latestInstances.first(where: { $0.time == time && $0.levels == levels }) { return kept.instances }
        let instances = world.instances(in: played.trajectory.state(at: time), levels: levels)
        if latestInstances.count > 3 { latestInstances.removeFirst() }
        latestInstances.append((time, levels, instances))
        return instances
    }

    /// Where the clouds' pattern lies: drawn for the episode, then carried by the wind of its beginning, which blows twice as hard up there.
    func cloudDrift(at stamp: Ticks) -> Vec2 {
        let scene = world.scene
        var random = CounterRandom(seed: scene.seed, sample: UInt32(truncatingIfNeeded: scene.index), path: "weather.sky.clouds")
        let start = Vec2(random.uniform(), random.uniform()) * 20_480
        let weather = scene.weather.state(at: 0)
        return start - Vec2(sin(weather.windFrom), cos(weather.windFrom)) * (2 * weather.windSpeed * stamp.seconds)
    }

    /// The wet ground of one instant; the map of drainage is drawn where the film depends on it.
    package func ground(under weather: WeatherState, around point: Vec2) -> WetGround {
        let water = RoadWater(weather)
        guard water.varies, let roads = world.roads else { return WetGround(water, map: nil) }
        if drainage?.surrounds(point) != true { drainage = DrainageMap(around: point, roads: roads, keeping: drainage, pool: pool) }
        return WetGround(water, map: drainage)
    }

    /// One turn of a lidar, its middle at the stamp, with counts per object.
    private func capture(_ info: SensorInfo, _ model: LidarModel, _ instant: Instant) -> LidarFrame? {
        guard let lidar else { return nil }
        let (start, end) = LidarRequest.interval(info: info, model: model, stamp: instant.stamp)
        // Between knots a turn moves straight: over half a turn of 0.1 s, braking at 10 m/s2 bends by 3 mm.
        let count = 3
        let knots = (0..<count).map { k in
            let time = start + Ticks((end.count - start.count) * Int64(k) / Int64(count - 1))
            let state = played.trajectory.state(at: time)
            let carrier = played.ego.map { played.trajectory.pose(of: $0, at: time) } ?? .identity
            return LidarRequest.Knot(carrier: carrier, instances: world.instances(in: state, levels: instant.levels))
        }
        let ground = instant.ground, medium = medium(at: (instant.ego * info.mount).position, instant)
        let request = LidarRequest(
            info: info, model: model, stamp: instant.stamp, knots: knots, medium: medium, surface: { ground.state(at: $0.xy) }, seed: world.scene.seed,
            sample: UInt32(truncatingIfNeeded: world.scene.index), turn: instant.number)
        var turn = lidar.capture(request, pool: pool)
        if labels.contains(.boxes) { turn.objects = LidarObjects.count(turn.points, pose: turn.pose, objects: instant.objects, limits: limits) }
        return turn
    }
}
