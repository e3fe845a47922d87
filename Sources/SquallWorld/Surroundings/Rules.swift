import Foundation
import SquallFrames
import SquallMath
import SquallRoads
import SquallScene

/// Rules that several kinds of surroundings share.
enum Rules {
    /// A tree beside a road: an object while there is room for one near the scene, else background. Bare from December to March.
    static func tree(_ site: inout Site, _ plan: inout Planting, _ path: String, at point: Vec2, from kinds: [String], clear: Double = 2.2) {
        var random = site.random(path)
        let leafy = random.pick(kinds), bare = "bare_\(leafy)"
        let kind = site.isWinter && Archetype.named(bare) != nil ? bare : leafy
        guard let archetype = Archetype.named(kind) else { return }
        let turn = random.uniform() * 2 * .pi, size = random.within(0.78, 1.12)
        // Crowns may reach over the lanes, but not by more than boughs of lopped roadside trees do.
        let crown = archetype.size.x / 2 * size, own = min(clear, crown * 0.9)
        guard site.roads.isFree(point, within: max(own, crown * 0.62) + 0.5), site.takeBeside(point, radius: own) else { return }
        let z = site.ground(point) - 0.05
        if !plan.isFull, (point - site.center).length < site.near {
            plan.stand(kind, path, at: point, z: z, heading: turn, size: archetype.size * size)
            return
        }
        plan.farTrees.add(FarTrees.Stand(species: kind, place: Vec3(point.x, point.y, z), turn: turn, width: 2 * crown, height: archetype.size.z * size, detail: .crown))
    }

    /// Lamps at a spacing of 3.5 to 4 times their height (EN 13201 class M4 or P4), on alternate sides where `staggered`.
    static func lamps(_ site: inout Site, _ plan: inout Planting, _ kinds: [String] = Cast.lamps, spacing: Double, oneSided: Bool = false) {
        guard let kind = kinds.first, site.given.allSatisfy({ !$0.hasPrefix("lamp") }) else { return }
        var places: [(String, RoadEdge)] = []
        site.alongEdges(every: spacing, "lamp") { path, _, left, edge in if !oneSided || !left { places.append((path, edge)) } }
        for (path, edge) in places {
            let point = edge.point.xy + edge.outward * 0.55
            guard site.roads.isFree(point, within: 0.3), site.takeBeside(point, radius: 0.3) else { continue }
            plan.stand(kind, path, at: point, z: site.ground(point), heading: atan2(-edge.outward.y, -edge.outward.x))
        }
    }

    /// Houses in a row, fronts to the road. Each road side is filled house by house; where one does not fit there is a gap, and the next
    /// stands where it would have stood. One church at most: the place of another is a house's.
    /// - Parameters:
    ///   - gap: between neighbours, metres, drawn for each.
    ///   - setback: of the front from the road's edge, metres, drawn for each.
    ///   - chance: that there is one.
    static func houses(
        _ site: inout Site, _ plan: inout Planting, _ kinds: [String], gap: ClosedRange<Double>, setback: ClosedRange<Double>, chance: Double = 1,
        heights: ClosedRange<Double> = 0.95...1.05
    ) {
        let houses = kinds.filter { $0 != "church" }
        var hasChurch = false
        for road in 0..<site.roads.roadCount where !site.roads.isConnecting(road) {
            let length = site.roads.length(ofRoad: road)
            for left in [true, false] {
                var (s, index) = (2.0, 0)
                while s < length {
                    let path = "road.\(site.roads.roadName(road)).\(left ? "left" : "right").house[\(index)]"
                    index += 1
                    var random = site.random(path)
                    guard let archetype = Archetype.named(random.pick(hasChurch ? houses : kinds)) else { break }
                    let (stands, space, back) = (random.uniform() < chance, random.within(gap.lowerBound, gap.upperBound), random.within(setback.lowerBound, setback.upperBound))
                    let size = archetype.size * Vec3(1, 1, random.within(heights.lowerBound, heights.upperBound))
                    let middle = s + size.x / 2
                    s += size.x + space
                    guard stands, middle < length else { continue }
                    let built = house(&site, &plan, archetype, path, site.roads.edge(ofRoad: road, at: middle, left: left), size: size, back: back)
                    if built, archetype.name == "church" { hasChurch = true }
                }
            }
        }
    }

    /// - Returns: whether there was room.
    private static func house(_ site: inout Site, _ plan: inout Planting, _ archetype: Archetype, _ path: String, _ edge: RoadEdge, size: Vec3, back: Double) -> Bool {
        guard !plan.isFull, (edge.point.xy - site.center).length < site.near else { return false }
        let middle = edge.point.xy + edge.outward * (back + size.y / 2)
        // Fronts look to the right of the heading.
        let axis = Vec2(edge.outward.y, -edge.outward.x)
        guard let z = site.take(middle, axis: axis, length: size.x - 0.1, width: size.y - 0.1) else { return false }
        // They stand out of the ground by their lowest corner, and sink where it rises.
        plan.stand(archetype.name, path, at: middle, z: z - 0.04, heading: atan2(axis.y, axis.x), size: size)
        return true
    }

    /// Signs on the right of each direction, facing those who come.
    static func signs(_ site: inout Site, _ plan: inout Planting, _ kinds: [String], every spacing: Double) {
        guard !kinds.isEmpty, site.given.allSatisfy({ !$0.hasPrefix("sign") }) else { return }
        var places: [(String, RoadEdge, Bool)] = []
        site.alongEdges(every: spacing, from: 25, "sign") { path, _, left, edge in places.append((path, edge, left)) }
        for (path, edge, left) in places {
            var random = site.random(path)
            let point = edge.point.xy + edge.outward * 1.1, travel = left ? -edge.along : edge.along
            guard site.roads.isFree(point, within: 0.5), site.takeBeside(point, radius: 0.5) else { continue }
            plan.stand(random.pick(kinds), path, at: point, z: site.ground(point), heading: atan2(travel.y, travel.x))
        }
    }

    /// Cars left at the very edge of the road, or in the parking lane where the road has one: nobody parks on the lawn behind the verge.
    static func parkedCars(_ site: inout Site, _ plan: inout Planting, spacing: Double, chance: Double) {
        var places: [(String, RoadEdge, Bool)] = []
        site.alongEdges(every: spacing, "parked") { path, _, left, edge in places.append((path, edge, left)) }
        for (path, edge, left) in places {
            var random = site.random(path)
            guard random.uniform() < chance else { continue }
            let kind = random.pick(Cast.cars)
            guard let archetype = Archetype.named(kind), !edge.hasWalk || edge.parking != nil else { continue }
            let point: Vec2
            if let parking = edge.parking {
                point = edge.point.xy - edge.outward * parking
                guard site.taken.isFree(point, radius: 2.6) else { continue }
            } else {
                point = edge.point.xy + edge.outward * (archetype.size.y / 2 + 0.1)
                guard site.roads.isFree(point, within: archetype.size.y / 2 + 0.05), site.takeBeside(point, radius: 2.4) else { continue }
            }
            let direction = left ? -edge.along : edge.along
            let origin = point - direction * (archetype.size.x / 2 - archetype.originFromRear)
            // On its wheels, uphill or down.
            let lane = edge.parking != nil ? edge.point.z : nil
            let (rear, front) = (lane ?? site.ground(origin), lane ?? site.ground(origin + direction * archetype.wheelbase))
            let half = direction.left * (archetype.track / 2)
            let roll = lane != nil ? 0 : (site.ground(origin + half) - site.ground(origin - half)) / max(archetype.track, 1)
            let ahead = Vec3(direction.x * archetype.wheelbase, direction.y * archetype.wheelbase, front - rear).normalized
            let up = cross(ahead, Vec3(direction.left.x, direction.left.y, roll)).normalized
            plan.stand(kind, path, Pose(position: Vec3(origin.x, origin.y, rear), rotation: Quaternion(columns: ahead, cross(up, ahead), up)))
        }
    }

    /// White posts with a black band every 50 m.
    static func delineators(_ site: inout Site, _ plan: inout Planting) {
        guard !site.given.contains("delineator"), !site.given.contains("box") else { return }
        var places: [(String, RoadEdge)] = []
        site.alongEdges(every: 50, "delineator") { path, _, _, edge in places.append((path, edge)) }
        let known = Archetype.named("delineator") != nil
        for (path, edge) in places {
            let point = edge.point.xy + edge.outward * 0.6
            guard site.roads.isFree(point, within: 0.3), site.takeBeside(point, radius: 0.15) else { continue }
            if known, !plan.isFull {
                plan.stand("delineator", path, at: point, z: site.ground(point), heading: atan2(edge.along.y, edge.along.x))
                continue
            }
            var patch = Patch()
            let (x, y) = (Vec3(edge.along.x, edge.along.y, 0) * 0.06, Vec3(edge.outward.x, edge.outward.y, 0) * 0.05)
            for (low, high, slot) in [(-0.3, 0.72, Scatter.Slot.pale), (0.72, 0.92, .glass), (0.92, 1.05, .pale)] {
                let corners = [-x - y, x - y, x + y, -x + y]
                for k in 0..<4 {
                    let (a, b) = (corners[k], corners[(k + 1) % 4])
                    if cross(edge.along, edge.outward) > 0 {
                        patch.quad(a + Vec3(0, 0, low), b + Vec3(0, 0, low), b + Vec3(0, 0, high), a + Vec3(0, 0, high), slot)
                    } else {
                        patch.quad(b + Vec3(0, 0, low), a + Vec3(0, 0, low), a + Vec3(0, 0, high), b + Vec3(0, 0, high), slot)
                    }
                }
            }
            plan.scatter.add(patch, at: Vec3(point.x, point.y, site.ground(point)), category: .pole)
        }
    }

    /// Blocks of houses behind the first row, up to a distance.
    static func blocks(
        _ site: inout Site, _ plan: inout Planting, from: Double, reach: Double, cell: Double, chance: Double, storeys: ClosedRange<Double>, pitched: Bool,
        walls: [Scatter.Slot], size: ClosedRange<Double> = 14...30
    ) {
        guard let first = site.samples.first else { return }
        var (lower, upper) = (first.xy, first.xy)
        for sample in site.samples { (lower, upper) = (pointwiseMin(lower, sample.xy), pointwiseMax(upper, sample.xy)) }
        let (i0, i1) = (Int(((lower.x - reach) / cell).rounded(.down)), Int(((upper.x + reach) / cell).rounded(.down)))
        let (j0, j1) = (Int(((lower.y - reach) / cell).rounded(.down)), Int(((upper.y + reach) / cell).rounded(.down)))
        guard (i1 - i0) * (j1 - j0) < 60_000 else { return }
        for j in j0...j1 {
            for i in i0...i1 where site.unit(i, j, 61) < chance {
                let p = Vec2((Double(i) + 0.35 + 0.3 * site.unit(i, j, 62)) * cell, (Double(j) + 0.35 + 0.3 * site.unit(i, j, 63)) * cell)
                let distance = site.distance(p)
                guard distance > from, distance < reach else { continue }
                let length = lerp(size.lowerBound, size.upperBound, site.unit(i, j, 64)), width = min(length, 10 + 6 * site.unit(i, j, 65))
                // The centre is higher than its edge.
                let centre = exp(-distance / 500), tall = lerp(storeys.lowerBound, storeys.upperBound, pow(site.unit(i, j, 66), 2.2) * (0.35 + 0.65 * centre))
                let turn = 0.12 * (site.unit(i / 4, j / 4, 67) - 0.5) + (site.unit(i, j, 68) < 0.5 ? 0 : .pi / 2)
                let axis = Vec2(cos(turn), sin(turn))
                guard let z = site.take(p, axis: axis, length: length + 3, width: width + 3, unevenness: 2.6) else { continue }
                if let sea = site.terrain.sea, z < sea + 1.5 { continue }
                let wall = walls[min(walls.count - 1, Int(site.unit(i, j, 69) * Double(walls.count)))]
                let block = FarBuildings.block(length: length, width: width, storeys: max(1, Int(tall.rounded())), axis: axis, wall, pitched: pitched)
                plan.scatter.add(block, at: Vec3(p.x, p.y, z), category: .building)
            }
        }
    }

    /// Trees and bushes here and there beyond the verge.
    static func clumps(
        _ site: inout Site, _ plan: inout Planting, _ kinds: [String], every spacing: Double, chance: Double, distance: ClosedRange<Double>, rule: String = "tree",
        clear: Double = 2.2
    ) {
        var places: [(String, RoadEdge)] = []
        site.alongEdges(every: spacing, rule) { path, _, _, edge in places.append((path, edge)) }
        for (path, edge) in places {
            var random = site.random("\(path).place")
            guard random.uniform() < chance else { continue }
            let away = random.within(distance.lowerBound, distance.upperBound), shift = random.within(-0.45, 0.45) * spacing
            tree(&site, &plan, path, at: edge.point.xy + edge.outward * away + edge.along * shift, from: kinds, clear: clear)
        }
    }
}
