import SquallDiagnostics
import SquallFrames
import SquallMath

/// What a road or asset file offers, asked by the checker and by draws; `SquallWorld` implements it.
public protocol ImportCatalogue: Sendable {
    /// Loads (once) and answers for a road file. Throws `Failure`.
    func road(_ path: String) throws -> any RoadCatalogue
    /// Loads (once) and answers for an asset file. Throws `Failure`.
    func asset(_ path: String) throws -> AssetSummary
}

public struct AssetSummary: Sendable, Equatable {
    /// length, width, height of the bounding box, metres.
    public var size: Vec3
    /// Its middle from the asset's origin, metres.
    public var center: Vec3
    /// - Parameter center: without one the box stands on the origin.
    public init(size: Vec3, center: Vec3? = nil) { (self.size, self.center) = (size, center ?? Vec3(0, 0, size.z / 2)) }
}

public struct LaneSummary: Sendable, Equatable {
    public var id: Int
    /// OpenDRIVE lane type: `driving`, `shoulder`, ...
    public var type: String
    /// Metres at the asked s.
    public var width: Double
    /// +1 when travel runs with growing s, -1 against.
    public var direction: Int
    public init(id: Int, type: String, width: Double, direction: Int) { (self.id, self.type, self.width, self.direction) = (id, type, width, direction) }
}

/// Questions about a road network. s is metres along a road's reference line.
public protocol RoadCatalogue: Sendable {
    /// In file order.
    var roadIDs: [String] { get }
    func length(ofRoad id: String) -> Double?
    /// All lanes at s, from the leftmost (largest id) to the rightmost; empty for an unknown road.
    func lanes(ofRoad id: String, at s: Double) -> [LaneSummary]
    /// World pose of a lane position: on the surface, x along travel, z along the surface normal.
    func pose(of position: LanePosition) -> Pose?
    /// The position one lane to the left or right in the direction of travel, nil without such a lane; only lanes one can drive on when `drivable`.
    func neighbour(of position: LanePosition, left: Bool, drivable: Bool) -> LanePosition?
    /// `distance` metres along travel (negative: against), over links and through junctions by the straightest connection; nil at a dead end.
    func travel(from position: LanePosition, by distance: Double) -> LanePosition?
    /// The lane position under a world point: nearest lane of any type within `within` metres; nil when off the network.
    func locate(_ point: Vec2, within: Double) -> LanePosition?
    /// Signed distance along travel from one position to another on the same road or the roads linked ahead within 2 km, nil when not found.
    func distanceAlong(from: LanePosition, to: LanePosition) -> Double?
    /// The limit the file gives at a lane position, m/s; nil where it gives none.
    func speedLimit(at position: LanePosition) -> Double?
    /// Incoming roads of a junction in file order as (road id, true when the junction is at its end).
    func approaches(ofJunction id: String) -> [(road: String, atEnd: Bool)]?
    var junctionIDs: [String] { get }
    /// Warnings about the file, and what it holds and Squall ignores, one note a kind.
    var ignored: [Diagnostic] { get }
}

extension RoadCatalogue {
    /// Lanes to drive on at the middle of a road.
    package func drivingLanes(ofRoad id: String) -> [Int] { lanes(ofRoad: id, at: (length(ofRoad: id) ?? 0) / 2).filter { $0.type == "driving" }.map(\.id) }

    /// Roads, in file order, that have such a lane to drive on at their middle: `network.lane(id)` is on the first.
    public func roads(withDrivingLane id: Int) -> [String] { roadIDs.filter { drivingLanes(ofRoad: $0).contains(id) } }
}
