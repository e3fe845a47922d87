import Foundation
import SquallAssets
import SquallDiagnostics
import SquallFrames
import SquallMath
import SquallScene
import SquallWorld

/// A road of one line or arc with as many lanes each way as wanted: what tests drive on.
struct PlaneRoad: RoadCatalogue {
    var id = "1"
    var length = 2000.0
    /// 1/m of the reference line, left positive.
    var curvature = 0.0
    var lanesEachWay = 2
    var width = 3.5
    /// Rise along the reference line.
    var slope = 0.0

    var roadIDs: [String] { [id] }
    var junctionIDs: [String] { [] }
    var ignored: [Diagnostic] { [] }
    func speedLimit(at position: LanePosition) -> Double? { 100 / 3.6 }
    func approaches(ofJunction id: String) -> [(road: String, atEnd: Bool)]? { nil }
    func length(ofRoad id: String) -> Double? { id == self.id ? length : nil }

    func lanes(ofRoad id: String, at s: Double) -> [LaneSummary] {
        guard id == self.id else { return [] }
        return (-lanesEachWay...lanesEachWay).reversed().filter { $0 != 0 }.map {
            LaneSummary(id: $0, type: "driving", width: width, direction: $0 < 0 ? 1 : -1)
        }
    }

    private func direction(_ lane: Int) -> Double { lane > 0 ? -1 : 1 }

    /// Left of the reference line.
    private func offset(_ p: LanePosition) -> Double {
        let centre = p.lane == 0 ? 0 : (Double(abs(p.lane)) - 0.5) * width * (p.lane > 0 ? 1 : -1)
        return centre + p.left * direction(p.lane)
    }

    func pose(of p: LanePosition) -> Pose? {
        guard p.road == id, p.s >= -1e-9, p.s <= length + 1e-9, abs(p.lane) <= lanesEachWay else { return nil }
        let yaw = curvature * p.s
        let reference = curvature == 0 ? Vec2(p.s, 0) : Vec2(sin(yaw) / curvature, (1 - cos(yaw)) / curvature)
        let q = reference + Vec2(-sin(yaw), cos(yaw)) * offset(p)
        let heading = yaw + (p.lane > 0 ? .pi : 0)
        let pitch = -atan(slope) * direction(p.lane)
        return Pose(position: Vec3(q.x, q.y, p.s * slope), rotation: Quaternion(yaw: heading, pitch: pitch))
    }

    func neighbour(of p: LanePosition, left: Bool, drivable: Bool) -> LanePosition? {
        var lane = p.lane + (left == (p.lane < 0) ? 1 : -1)
        if lane == 0 { lane += p.lane < 0 ? 1 : -1 }
        guard abs(lane) <= lanesEachWay, lane * p.lane > 0 else { return nil }
        return LanePosition(road: id, lane: lane, s: p.s)
    }

    func travel(from p: LanePosition, by distance: Double) -> LanePosition? {
        let s = p.s + distance * direction(p.lane)
        guard s >= 0, s <= length else { return nil }
        return LanePosition(road: id, lane: p.lane, s: s, left: p.left)
    }

    func locate(_ point: Vec2, within: Double) -> LanePosition? {
        let s: Double, d: Double
        if curvature == 0 {
            (s, d) = (point.x, point.y)
        } else {
            let r = point - Vec2(0, 1 / curvature)
            let sign: Double = curvature > 0 ? 1 : -1
            s = atan2(r.x * sign, -r.y * sign) / curvature
            d = 1 / curvature - sign * r.length
        }
        guard s >= 0, s <= length, abs(d) < Double(lanesEachWay) * width + within else { return nil }
        let lane = max(1, min(lanesEachWay, Int(abs(d) / width) + 1)) * (d > 0 ? 1 : -1)
        var p = LanePosition(road: id, lane: lane, s: s)
        p.left = (d - offset(p)) * direction(lane)
        return p
    }

    func distanceAlong(from: LanePosition, to: LanePosition) -> Double? { (to.s - from.s) * direction(from.lane) }
}

/// Actors on a road, without meshes.
func makeWorld(
    _ actors: [ConcreteActor], weather: WeatherTimeline = WeatherTimeline(), requirements: [TemporalRequirement] = [], duration: Double = 4
) -> World {
    var record = Recording()
    record.duration = duration
    let shapes = AssetLibrary.builtIn()
    let sorted = actors.sorted { $0.path < $1.path }
    let scene = ConcreteScene(title: "test", weather: weather, actors: sorted, record: record, requirements: requirements)
    let objects = sorted.enumerated().map { index, actor -> World.Object in
        let a = Archetype.named(actor.asset) ?? Archetype.all[0]
        let size = actor.size ?? a.size
        let centre = Vec3(size.x / 2 - (actor.size == nil ? a.originFromRear : size.x / 2), 0, size.z / 2)
        let wheels: [Asset.Joint] = a.motion == .vehicle
            ? [a.wheelbase, 0].flatMap { x in [1.0, -1].map { Asset.Joint(kind: .wheel(radius: 0.32, steered: x > 0), pivot: Vec3(x, $0 * a.track / 2, 0.32)) } }
            : []
        return World.Object(
            path: actor.path, asset: actor.asset, archetype: actor.asset, category: actor.category, boxCenter: centre, boxSize: size, joints: wheels, levels: [],
            materialBase: 0, scale: Vec3(1, 1, 1), isStatic: actor.fixed, actor: index,
            figure: a.motion == .walker ? (try? shapes.asset(named: a.name))?.figure : nil)
    }
    return World(scene: scene, roads: nil, meshes: [], materials: [], textures: [], ground: [], objects: objects)
}

/// Everyone where they are placed, moving as they should.
func start(_ world: World, on road: PlaneRoad?) -> WorldState {
    let bodies = world.objects.map { object -> WorldState.Body in
        let actor = world.scene.actors[object.actor ?? 0]
        var lane: LanePosition?
        let pose: Pose
        switch actor.placement {
        case .lane(let p): (pose, lane) = (road?.pose(of: p) ?? .identity, p)
        case .pose(let p): pose = p
        case .ground(let p, let heading): pose = Pose(position: Vec3(p.x, p.y, 0), rotation: Quaternion(yaw: heading))
        }
        let forward = pose.rotation * Vec3(1, 0, 0)
        return WorldState.Body(pose: pose, velocity: forward * actor.speed, joints: object.figure == nil ? object.joints.map { _ in 0 } : Posture(pace: actor.speed).numbers, lane: lane)
    }
    return WorldState(time: .zero, bodies: bodies, weather: world.scene.weather.state(at: 0))
}

func car(
    _ path: String, lane: Int = -1, s: Double = 100, speed: Double, asset: String = "sedan", left: Double = 0, do behaviour: Behaviour = .sequence([])
) -> ConcreteActor {
    ConcreteActor(
        path: path, asset: asset, category: .car, placement: .lane(LanePosition(road: "1", lane: lane, s: s, left: left)), speed: speed, behaviour: behaviour)
}

func call(_ action: String, _ numbers: [(String, Double)] = [], until: RuntimeExpression? = nil, when: RuntimeExpression? = nil) -> Behaviour {
    .step(BehaviourStep(action: action, arguments: numbers.map { .init(name: $0.0, value: .number(.constant($0.1))) }, when: when, until: until))
}
