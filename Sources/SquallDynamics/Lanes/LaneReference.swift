import SquallMath
import SquallRoads
import SquallScene
import SquallWeather
import SquallWorld

/// A lane position without text: the road by its place in the network's list. Copied freely in hot loops.
struct LaneReference: Sendable, Equatable {
    /// Index into `RoadAccess.ids`; -1 off the network.
    var road: Int32
    var lane: Int32
    /// Along the reference line, metres.
    var s: Double
    /// +1 when travel runs with growing s.
    var direction: Double
    static let none = LaneReference(road: -1, lane: 0, s: 0, direction: 1)
    var isOnNetwork: Bool { road >= 0 }
    func isSameLane(as other: LaneReference) -> Bool { road == other.road && lane == other.lane && road >= 0 }
}

/// The one door to the road network: everything else here works on courses sampled through it.
struct RoadAccess: Sendable {
    let catalogue: (any RoadCatalogue)?
    /// The same, when it is a parsed road file: it answers quicker and knows how water runs.
    private let network: RoadNetwork?
    private let terrain: Terrain?
    let ids: [String]
    private let indices: [String: Int32]

    /// - Parameter terrain: open country around the roads, nil without any.
    init(_ catalogue: (any RoadCatalogue)?, terrain: Terrain?) {
        (self.catalogue, self.terrain) = (catalogue, terrain)
        network = catalogue as? RoadNetwork
        ids = catalogue?.roadIDs ?? []
        indices = Dictionary(ids.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    }

    func reference(_ position: LanePosition) -> LaneReference {
        guard let road = indices[position.road] else { return .none }
        let lane = catalogue?.lanes(ofRoad: position.road, at: position.s).first { $0.id == position.lane }
        return LaneReference(road: road, lane: Int32(position.lane), s: position.s, direction: Double(lane?.direction ?? 1))
    }

    func position(_ reference: LaneReference, left: Double) -> LanePosition? {
        guard reference.isOnNetwork, Int(reference.road) < ids.count else { return nil }
        return LanePosition(road: ids[Int(reference.road)], lane: Int(reference.lane), s: reference.s, left: left)
    }

    /// The ground under a point and its normal: road, verge or open country; the point itself and upwards where nothing is known.
    func ground(under p: Vec3) -> (point: Vec3, normal: Vec3) {
        if let network {
            if let terrain {
                let ground = network.ground(at: p.xy, terrain: terrain)
                return (Vec3(p.x, p.y, ground.height), ground.normal)
            }
            guard let surface = network.surface(at: p.xy) else { return (p, Vec3(0, 0, 1)) }
            return (Vec3(p.x, p.y, surface.height), surface.normal)
        }
        guard let lane = catalogue?.locate(p.xy, within: 2), let pose = catalogue?.pose(of: lane) else { return (p, Vec3(0, 0, 1)) }
        let n = pose.rotation * Vec3(0, 0, 1)
        let d = p.xy - pose.position.xy
        return (Vec3(p.x, p.y, pose.position.z - dot(n.xy, d) / max(n.z, 0.1)), n)
    }

    /// How water drains under a point; `lane` is where the asker was a moment ago. A plain lane's where only a catalogue is known.
    func drainage(at point: Vec2, near lane: LaneReference) -> Drainage { network?.drainage(at: point, near: position(lane, left: 0)) ?? .plain }

    func width(_ position: LanePosition) -> Double {
        if let network { return network.laneWidth(at: position) ?? 3.5 }
        return catalogue?.lanes(ofRoad: position.road, at: position.s).first { $0.id == position.lane }?.width ?? 3.5
    }
}
