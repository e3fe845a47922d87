import Foundation
import SquallDiagnostics
import SquallMath

/// Other vehicles around the ego.
extension Drawing {
    /// How often a vehicle looks for a free place before it is left out.
    private static let placeAttempts: UInt32 = 64

    /// What stands on the road already: an outline and how much room to keep around it.
    private struct Occupied {
        var pose: Pose
        var hull: (size: Vec3, originFromRear: Double)
    }

    /// Vehicles on the driving lanes around the ego, none closer to another than the gap.
    ///
    /// Vehicle k is drawn under `traffic[k]` and placed after vehicles 0 ..< k, so a larger count adds vehicles and moves none.
    func traffic(beside instances: [Instance], ego: String?) throws -> [ConcreteActor] {
        guard let block = scene.block("traffic") else { return [] }
        let count = try number(block, "count", "traffic") ?? 0
        guard let (radius, centre) = try vicinity(block, instances, ego), count >= 1 else { return [] }
        let roads = try roads(nil, block.origin)
        let gap = try number(block, "gap", "traffic") ?? 8
        var occupied = try instances.filter { try hull(of: $0).size.x > 0 }.map { Occupied(pose: try pose(of: placement(of: $0), $0.template.origin), hull: try hull(of: $0)) }
        var vehicles: [ConcreteActor] = []
        for k in 0..<Int(count.rounded()) {
            let path = "traffic[\(k)]"
            guard let archetype = try kind(block, path) else { continue }
            let hull = (size: archetype.size, originFromRear: archetype.originFromRear)
            guard let (position, pose) = free(path, hull, centre, radius, gap, roads, occupied) else { continue }
            occupied.append(Occupied(pose: pose, hull: hull))
            vehicles.append(try vehicle(path, archetype, position, block))
        }
        return vehicles
    }

    private func vicinity(_ block: SceneBlock, _ instances: [Instance], _ ego: String?) throws -> (radius: Double, centre: LanePosition)? {
        var (radius, path) = (250.0, ego)
        if case .vicinity(let distance, let of)? = try value(block, "within", "traffic") { (radius, path) = (distance, of) }
        guard let actor = instances.first(where: { $0.path == path }) else { return nil }
        return (radius, try lanePosition(of: actor, block.origin))
    }

    private func kind(_ block: SceneBlock, _ path: String) throws -> Archetype? {
        if let expression = block["kinds"] {
            guard case .archetype(let name) = try evaluate(expression, Scope(path: "\(path).kind")) else { return nil }
            return Archetype.named(name)
        }
        var random = random("\(path).kind")
        let u = random.uniform() * 9
        return Archetype.named(u < 6 ? "sedan" : u < 8 ? "van" : "semi")
    }

    private func free(
        _ path: String, _ hull: (size: Vec3, originFromRear: Double), _ centre: LanePosition, _ radius: Double, _ gap: Double, _ roads: any RoadCatalogue,
        _ occupied: [Occupied]
    ) -> (LanePosition, Pose)? {
        for attempt in 0..<Self.placeAttempts {
            var random = random("\(path).place", tick: attempt)
            let distance = (2 * random.uniform() - 1) * radius
            let choice = random.uniform()
            guard let there = roads.travel(from: centre, by: distance) else { continue }
            let lanes = roads.lanes(ofRoad: there.road, at: there.s).filter { $0.type == "driving" && $0.width > hull.size.y + 0.2 }
            guard !lanes.isEmpty else { continue }
            let position = LanePosition(road: there.road, lane: lanes[min(lanes.count - 1, Int(choice * Double(lanes.count)))].id, s: there.s)
            guard let pose = roads.pose(of: position) else { continue }
            let own = outline(pose, (hull.size + Vec3(2 * gap, 0.3, 0), hull.originFromRear + gap))
            let isFree = occupied.allSatisfy { other in
                (other.pose.position - pose.position).length > 60 + gap || outlineDistance(own, outline(other.pose, other.hull)) > 0
            }
            if isFree { return (position, pose) }
        }
        return nil
    }

    private func vehicle(_ path: String, _ archetype: Archetype, _ position: LanePosition, _ block: SceneBlock) throws -> ConcreteActor {
        var speed = 0.0
        if let expression = block["speed"] {
            speed = try number(expression, Scope(path: "\(path).speed"))
        } else {
            var random = random("\(path).speed")
            let standard = NormalDistribution(mean: 80 / 3.6, deviation: 10 / 3.6)
            speed = standard.quantile(random.openUniform(), within: 30 / 3.6, 130 / 3.6) ?? 80 / 3.6
            draws["\(path).speed"] = Units.format(speed, .speed)
        }
        let headway = try block["headway"].map { try number($0, Scope(path: "\(path).headway")) } ?? 1.5
        let follow = BehaviourStep(
            action: "follow_lane",
            arguments: [.init(name: "speed", value: .number(.constant(speed))), .init(name: "headway", value: .number(.constant(headway)))])
        return ConcreteActor(
            path: path, asset: archetype.name, category: archetype.category, placement: .lane(position), speed: max(0, speed), behaviour: .step(follow))
    }
}
