import SquallMath
import SquallScene

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
    let ids: [String]
    private let indices: [String: Int32]

    init(_ catalogue: (any RoadCatalogue)?) {
        self.catalogue = catalogue
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

    func width(_ position: LanePosition) -> Double {
        catalogue?.lanes(ofRoad: position.road, at: position.s).first { $0.id == position.lane }?.width ?? 3.5
    }
}
