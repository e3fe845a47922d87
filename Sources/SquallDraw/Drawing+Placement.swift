import Foundation
import SquallDiagnostics
import SquallFrames
import SquallMath
import SquallScene

/// Where things start: lanes, places beside actors, approaches of junctions.
extension Drawing {
    /// Where an actor starts.
    func placement(of actor: Instance) throws -> Placement {
        guard case .place(let placement)? = try property("place", of: actor) else {
            throw failure("no-place", actor.template.origin, "\(actor.path) has no place", fix: "add place = ...")
        }
        return placement
    }

    func roads(_ network: String?, _ origin: Origin?) throws -> any RoadCatalogue {
        guard let network = network ?? scene.network else {
            throw failure("no-road", origin, "there is no road to stand on", fix: "import a .xodr file and write world { road = name }")
        }
        return try catalogue.road(network)
    }

    /// The lane position of an actor, where its placement is on the network.
    func lanePosition(of actor: Instance, _ origin: Origin?) throws -> LanePosition {
        switch try placement(of: actor) {
        case .lane(let position): return position
        case .pose(let pose):
            if let found = try roads(nil, origin).locate(pose.position.xy, within: 10) { return found }
        case .ground(let point, _):
            if let found = try roads(nil, origin).locate(point, within: 10) { return found }
        }
        throw Rejection(reason: "\(actor.path) is not on a road", origin: origin)
    }

    /// World pose at the start; z of a ground placement is 0 here.
    func pose(of placement: Placement, _ origin: Origin?) throws -> Pose {
        switch placement {
        case .pose(let pose): return pose
        case .ground(let point, let heading): return Pose(position: Vec3(point.x, point.y, 0), rotation: Quaternion(yaw: heading))
        case .lane(let position):
            guard let pose = try roads(nil, origin).pose(of: position) else {
                throw Rejection(reason: "road \(position.road) has no lane \(position.lane) at s = \(Units.number(position.s)) m", origin: origin)
            }
            return pose
        }
    }

    func value(of attribute: ActorAttribute, _ actor: Instance, _ origin: Origin?) throws -> Value {
        switch attribute {
        case .speed: return try property("speed", of: actor) ?? .number(0)
        case .place: return .place(try placement(of: actor))
        case .s: return .number(try lanePosition(of: actor, origin).s)
        case .lane:
            let position = try lanePosition(of: actor, origin)
            return .lane(LaneValue(network: scene.network ?? "", road: position.road, lane: position.lane, s: position.s))
        case .heading: return .number(try pose(of: placement(of: actor), origin).rotation.yaw)
        case .position: return .vector(try pose(of: placement(of: actor), origin).position)
        case .length: return .number(try hull(of: actor).size.x)
        case .width: return .number(try hull(of: actor).size.y)
        case .height: return .number(try hull(of: actor).size.z)
        }
    }

    /// Box size, and how far the origin lies in front of its rear face.
    func hull(of actor: Instance) throws -> (size: Vec3, originFromRear: Double) {
        var size = Vec3(1, 1, 1)
        var rear: Double?
        switch try what(actor) {
        case .archetype(let name):
            if let archetype = Archetype.named(name) { (size, rear) = (archetype.size, archetype.originFromRear) }
        case .asset(let path): size = try catalogue.asset(path).size
        default: break
        }
        if case .vector(let own)? = try property("size", of: actor) {
            rear = rear.map { size.x > 0 ? $0 * own.x / size.x : own.x / 2 }
            size = own
        }
        return (size, rear ?? size.x / 2)
    }

    /// What others touch of it, from its origin.
    func solidExtent(of actor: Instance) throws -> SolidExtent {
        let (size, fromRear) = try hull(of: actor)
        var center = Vec3(size.x / 2 - fromRear, 0, size.z / 2)
        if case .asset(let path) = try what(actor) {
            let file = try catalogue.asset(path)
            for k in 0..<3 { center[k] = file.size[k] > 0 ? file.center[k] * size[k] / file.size[k] : file.center[k] }
        }
        return SolidExtent(of: try category(of: actor), boxCenter: center, boxSize: size)
    }

    /// The class its labels will carry: its own word for it, else its archetype's.
    func category(of actor: Instance) throws -> Category {
        if case .symbol(let word)? = try property("category", of: actor), let named = Category.allCases.first(where: { $0.names.name == word }) { return named }
        if case .archetype(let name) = try what(actor) { return Archetype.named(name)?.category ?? .object }
        return .object
    }

    /// The archetype or asset.
    func what(_ actor: Instance) throws -> Value {
        let path = "\(actor.path).kind"
        return try once(path, actor.template.what.origin, in: \.assets) { try evaluate(actor.template.what, Scope(path: path, actor: actor)) }
    }

    /// A distance ahead of (negative: behind) an actor along its direction of travel.
    func along(_ reference: ActorReference, _ distance: Expression, _ left: Expression, _ origin: Origin?, _ scope: Scope) throws -> Value {
        guard let actor = try instance(reference, scope, origin) else { throw failure("no-previous", origin, "the first copy has no previous") }
        let d = try reach(distance, scope)
        let offset = try reach(left, scope)
        if case .lane = try placement(of: actor) {
            let start = try lanePosition(of: actor, origin)
            guard var position = try roads(nil, origin).travel(from: start, by: d) else {
                throw Rejection(reason: "the road ends before \(Units.format(abs(d), .length)) \(d < 0 ? "behind" : "ahead of") \(actor.path)", origin: origin)
            }
            position.left = start.left + offset
            return .place(.lane(position))
        }
        let pose = try pose(of: placement(of: actor), origin)
        let point = pose * Vec3(d, offset, 0)
        return .place(.ground(point.xy, heading: pose.rotation.yaw))
    }

    // MARK: networks

    func roadStep(_ method: RoadMethod, _ receiver: Expression, _ arguments: [Expression], _ origin: Origin?, _ scope: Scope) throws -> Value {
        let from = try evaluate(receiver, scope)
        switch (method, from) {
        case (.lane, .network(let network)):
            let wanted = try whole(arguments[0], scope)
            return .lane(LaneValue(network: network, road: try firstRoad(with: wanted, network, origin), lane: wanted))
        case (.road, .network(let network)):
            let id = try name(arguments[0], scope)
            guard try roads(network, origin).length(ofRoad: id) != nil else {
                let near = NearNames.suggestion(for: id, among: try roads(network, origin).roadIDs)
                throw failure("unknown-road", origin, "the network has no road \"\(id)\"", fix: near)
            }
            return .road(network: network, id: id)
        case (.junction, .network(let network)):
            let id = try name(arguments[0], scope)
            guard try roads(network, origin).junctionIDs.contains(id) else {
                throw failure("unknown-junction", origin, "the network has no junction \"\(id)\"", fix: "it has \(try roads(network, origin).junctionIDs.joined(separator: ", "))")
            }
            return .junction(network: network, id: id)
        case (.lane, .road(let network, let id)): return .lane(LaneValue(network: network, road: id, lane: try whole(arguments[0], scope)))
        case (.approach, .junction(let network, let id)):
            let number = try whole(arguments[0], scope)
            let count = try roads(network, origin).approaches(ofJunction: id)?.count ?? 0
            guard number >= 1, number <= count else { throw failure("unknown-approach", origin, "junction \"\(id)\" has approaches 1 to \(count), not \(number)") }
            return .approach(network: network, junction: id, number: number)
        case (.at, .lane(let lane)): return .place(.lane(try position(on: lane, s: reach(arguments[0], scope), left: reach(arguments[1], scope), origin)))
        case (.at, .approach(let network, let junction, let k)):
            return try beforeJunction(network, junction, k, distance: reach(arguments[0], scope), left: reach(arguments[1], scope), origin)
        case (.speedLimit, .lane(let lane)):
            let roads = try roads(lane.network, origin)
            let s = lane.s ?? (roads.length(ofRoad: lane.road) ?? 0) / 2
            return .number(roads.speedLimit(at: LanePosition(road: lane.road, lane: lane.lane, s: s)) ?? .infinity)
        case (.left, .lane(let lane)), (.right, .lane(let lane)): return .lane(try neighbour(of: lane, left: method == .left, origin))
        default: throw failure("no-such-place", origin, "this has no '\(method.rawValue)'")
        }
    }

    private func whole(_ expression: Expression, _ scope: Scope) throws -> Int {
        let value = try number(expression, scope)
        guard value == value.rounded(), abs(value) < 1e6 else { throw failure("not-whole", expression.origin, "\(Units.number(value)) is not a whole number") }
        return Int(value)
    }

    /// Road and junction names are texts; a bare number will do.
    private func name(_ expression: Expression, _ scope: Scope) throws -> String {
        switch try evaluate(expression, scope) {
        case .text(let text): return text
        case .number(let n) where n == n.rounded() && abs(n) < 1e15: return String(Int(n))
        default: throw failure("not-a-name", expression.origin, "this names no road")
        }
    }

    /// The first road, in file order, with such a lane to drive on at its middle.
    private func firstRoad(with lane: Int, _ network: String, _ origin: Origin?) throws -> String {
        let roads = try roads(network, origin)
        for id in roads.roadIDs where roads.drivingLanes(ofRoad: id).contains(lane) { return id }
        let known = Set(roads.roadIDs.flatMap { roads.drivingLanes(ofRoad: $0) }).sorted()
        throw failure("unknown-lane", origin, "no road of the network has a driving lane \(lane)", fix: "driving lanes here are \(known.map(String.init).joined(separator: ", "))")
    }

    /// A position at s; beyond either end of the road it goes on over the links.
    private func position(on lane: LaneValue, s: Double, left: Double, _ origin: Origin?) throws -> LanePosition {
        let roads = try roads(lane.network, origin)
        guard let length = roads.length(ofRoad: lane.road) else { throw failure("unknown-road", origin, "the network has no road \"\(lane.road)\"") }
        let inside = s.clamped(to: 0...length)
        guard let summary = roads.lanes(ofRoad: lane.road, at: inside).first(where: { $0.id == lane.lane }) else {
            let ids = roads.lanes(ofRoad: lane.road, at: inside).filter { $0.type == "driving" }.map { String($0.id) }
            throw failure(
                "unknown-lane", origin, "road \(lane.road) has no lane \(lane.lane) at s = \(Units.number(inside)) m",
                fix: ids.isEmpty ? nil : "driving lanes there are \(ids.joined(separator: ", "))")
        }
        let edge = LanePosition(road: lane.road, lane: lane.lane, s: inside, left: left)
        if s == inside { return edge }
        guard var beyond = roads.travel(from: edge, by: (s - inside) * Double(summary.direction)) else {
            let long = Units.format(length, .length), place = s < 0 ? "before its start" : "beyond its end"
            throw Rejection(
                reason: "road \(lane.road) is \(long) long and s = \(Units.format(s, .length)) lies \(place)", origin: origin, fix: "choose s between 0 m and \(long)")
        }
        beyond.left = left
        return beyond
    }

    private func neighbour(of lane: LaneValue, left: Bool, _ origin: Origin?) throws -> LaneValue {
        let roads = try roads(lane.network, origin)
        let s = lane.s ?? (roads.length(ofRoad: lane.road) ?? 0) / 2
        guard let next = roads.neighbour(of: LanePosition(road: lane.road, lane: lane.lane, s: s), left: left, drivable: true) else {
            throw Rejection(reason: "there is no lane to drive on to the \(left ? "left" : "right") of lane \(lane.lane) on road \(lane.road)", origin: origin)
        }
        return LaneValue(network: lane.network, road: next.road, lane: next.lane, s: lane.s)
    }

    /// A point `distance` before a junction, `left` of the reference line as seen when driving towards it.
    private func beforeJunction(_ network: String, _ junction: String, _ number: Int, distance: Double, left: Double, _ origin: Origin?) throws -> Value {
        let roads = try roads(network, origin)
        guard let approaches = roads.approaches(ofJunction: junction), number >= 1, number <= approaches.count else {
            throw failure("unknown-approach", origin, "there is no such approach")
        }
        let approach = approaches[number - 1]
        let length = roads.length(ofRoad: approach.road) ?? 0
        guard distance >= 0, distance <= length else {
            throw Rejection(reason: "the approach is only \(Units.format(length, .length)) long", origin: origin, fix: "choose a distance between 0 m and \(Units.format(length, .length))")
        }
        let s = approach.atEnd ? length - distance : distance
        guard let line = roads.pose(of: LanePosition(road: approach.road, lane: 0, s: s)) else {
            throw Rejection(reason: "road \(approach.road) cannot be placed on", origin: origin)
        }
        let heading = Quaternion(yaw: line.rotation.yaw + (approach.atEnd ? 0 : .pi))
        return .place(.pose(Pose(position: line.position + heading * Vec3(0, left, 0), rotation: heading)))
    }
}
