import Foundation
import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene

/// Other vehicles around the ego.
extension Drawing {
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
        let wanted = Int(count.rounded())
        for k in 0..<wanted {
            let path = "traffic[\(k)]"
            guard let archetype = try kind(block, path) else { continue }
            let hull = (size: archetype.size, originFromRear: archetype.originFromRear)
            guard let (position, pose) = free(path, hull, centre, radius, gap, roads, occupied) else { continue }
            occupied.append(Occupied(pose: pose, hull: hull))
            vehicles.append(try vehicle(path, archetype, position, block))
        }
        if vehicles.count < wanted {
            warnings.append(
                Diagnostic(
                    .warning, "traffic-left-out", file: block.origin?.file ?? scene.file, span: (block["count"]?.origin ?? block.origin)?.span, place: "sample \(index), seed \(seed)",
                    message: "\(vehicles.count) of \(wanted) vehicles of traffic found a place", fix: "raise within, lower gap or ask for fewer"))
            draws["traffic.placed"] = "\(vehicles.count) of \(wanted)"
        }
        return vehicles
    }

    /// A hull on the ground, whole: room is kept below a tree's crown too.
    private func outline(_ pose: Pose, _ hull: (size: Vec3, originFromRear: Double)) -> UprightBox {
        SolidExtent(of: .object, boxCenter: Vec3(hull.size.x / 2 - hull.originFromRear, 0, hull.size.z / 2), boxSize: hull.size).placed(at: pose)
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
        for attempt in 0..<UInt32(SceneLimit.placeAttempts.value) {
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
                (other.pose.position - pose.position).length > 60 + gap || own.planDistance(to: outline(other.pose, other.hull)) > 0
            }
            if isFree { return (position, pose) }
        }
        return nil
    }

    /// A number drawn for each vehicle, within what the schema allows.
    private func drawn(_ expression: Expression, _ name: String, _ path: String) throws -> Double {
        let x = try computed(number(expression, Scope(path: "\(path).\(name)")), expression.origin, mayBeInfinite: false)
        if let allowed = Schema.block("traffic")?.property(name)?.allowed, !allowed.contains(x) {
            throw failure("out-of-range", expression.origin, "\(path).\(name) was drawn as \(Units.number(x)) (SI), which is impossible", fix: "confine it with within a ... b")
        }
        return x
    }

    private func vehicle(_ path: String, _ archetype: Archetype, _ position: LanePosition, _ block: SceneBlock) throws -> ConcreteActor {
        var speed = 0.0
        if let expression = block["speed"] {
            speed = try drawn(expression, "speed", path)
        } else {
            var random = random("\(path).speed")
            let standard = NormalDistribution(mean: 80 / 3.6, deviation: 10 / 3.6)
            speed = standard.quantile(random.openUniform(), within: 30 / 3.6, 130 / 3.6) ?? 80 / 3.6
            draws["\(path).speed"] = Units.format(speed, .speed)
        }
        let headway = try block["headway"].map { try drawn($0, "headway", path) } ?? 1.5
        let follow = BehaviourStep(
            action: "follow_lane",
            arguments: [.init(name: "speed", value: .number(.constant(speed))), .init(name: "headway", value: .number(.constant(headway)))])
        return ConcreteActor(
            path: path, asset: archetype.name, category: archetype.category, placement: .lane(position), speed: max(0, speed), behaviour: .step(follow))
    }
}
