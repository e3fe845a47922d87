import SquallDiagnostics
import SquallMath
import SquallScene

/// A straight road of 500 m along x with two lanes each way, 3.5 m wide: enough to place and to drive.
struct StraightRoads: ImportCatalogue, RoadCatalogue {
    var length = 500.0

    func road(_ path: String) throws -> any RoadCatalogue { self }
    func asset(_ path: String) throws -> AssetSummary { AssetSummary(size: Vec3(0.1, 0.1, 0.1)) }

    var roadIDs: [String] { ["1"] }
    var junctionIDs: [String] { ["4"] }
    var ignored: [Diagnostic] { [] }
    func length(ofRoad id: String) -> Double? { id == "1" ? length : nil }

    func lanes(ofRoad id: String, at s: Double) -> [LaneSummary] {
        guard id == "1" else { return [] }
        return [2, 1, -1, -2].map { LaneSummary(id: $0, type: "driving", width: 3.5, direction: $0 < 0 ? 1 : -1) }
    }

    func pose(of p: LanePosition) -> Pose? {
        guard p.road == "1", (0...length).contains(p.s), abs(p.lane) <= 2 else { return nil }
        let centre = p.lane == 0 ? 0 : Double(p.lane.signum()) * (Double(abs(p.lane)) - 0.5) * 3.5
        let along = p.lane <= 0
        return Pose(position: Vec3(p.s, centre + (along ? p.left : -p.left), 0), rotation: Quaternion(yaw: along ? 0 : .pi))
    }

    func neighbour(of p: LanePosition, left: Bool, drivable: Bool) -> LanePosition? {
        var next = p
        next.lane += (p.lane < 0) == left ? 1 : -1
        if next.lane == 0 { next.lane = p.lane < 0 ? 1 : -1 }
        return abs(next.lane) <= 2 && (p.lane < 0) == (next.lane < 0) ? next : nil
    }

    func travel(from p: LanePosition, by distance: Double) -> LanePosition? {
        var next = p
        next.s += p.lane <= 0 ? distance : -distance
        return (0...length).contains(next.s) ? next : nil
    }

    func locate(_ point: Vec2, within: Double) -> LanePosition? {
        guard (0...length).contains(point.x), abs(point.y) <= 7 + within else { return nil }
        return LanePosition(road: "1", lane: point.y < 0 ? (point.y < -3.5 ? -2 : -1) : (point.y > 3.5 ? 2 : 1), s: point.x)
    }

    func distanceAlong(from: LanePosition, to: LanePosition) -> Double? { from.lane <= 0 ? to.s - from.s : from.s - to.s }
    func speedLimit(at position: LanePosition) -> Double? { 100 / 3.6 }
    func approaches(ofJunction id: String) -> [(road: String, atEnd: Bool)]? { id == "4" ? [("1", true), ("1", false)] : nil }
}

/// Three such roads in a row, for what is said of several.
struct ThreeRoads: ImportCatalogue {
    struct Roads: RoadCatalogue {
        private let one = StraightRoads()
        var roadIDs: [String] { ["7", "1", "3"] }
        var junctionIDs: [String] { [] }
        var ignored: [Diagnostic] { [] }
        func length(ofRoad id: String) -> Double? { roadIDs.contains(id) ? 500 : nil }
        func lanes(ofRoad id: String, at s: Double) -> [LaneSummary] { one.lanes(ofRoad: "1", at: s).filter { id != "7" || $0.id != -2 } }
        func pose(of p: LanePosition) -> Pose? { one.pose(of: LanePosition(road: "1", lane: p.lane, s: p.s, left: p.left)) }
        func neighbour(of p: LanePosition, left: Bool, drivable: Bool) -> LanePosition? { nil }
        func travel(from p: LanePosition, by distance: Double) -> LanePosition? { nil }
        func locate(_ point: Vec2, within: Double) -> LanePosition? { nil }
        func distanceAlong(from: LanePosition, to: LanePosition) -> Double? { nil }
        func speedLimit(at position: LanePosition) -> Double? { nil }
        func approaches(ofJunction id: String) -> [(road: String, atEnd: Bool)]? { nil }
    }
    func road(_ path: String) throws -> any RoadCatalogue { Roads() }
    func asset(_ path: String) throws -> AssetSummary { AssetSummary(size: Vec3(1, 1, 1)) }
}
