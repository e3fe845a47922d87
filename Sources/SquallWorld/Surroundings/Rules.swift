import Foundation
import SquallFrames
import SquallMath
import SquallRoads
import SquallScene

/// Rules that several kinds of surroundings share.
enum Rules {
    /// A tree beside a road: an object while there is room for one near the scene, else background. Bare in winter.
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

    /// Lamps at a spacing of 3.5 to 4 times their height (EN 13201 class M4 or P4), on both sides or on the right alone.
    static func lamps(_ site: inout Site, _ plan: inout Planting, _ kinds: [String] = Cast.lamps, spacing: Double, oneSided: Bool = false) {
        guard let kind = kinds.first, site.given.allSatisfy({ !$0.hasPrefix("lamp") }) else { return }
        var room = Planting.lamps
        for place in site.nearestEdges(every: spacing, "lamp") where room > 0 && !(oneSided && place.left) {
            let edge = place.edge, point = edge.point.xy + edge.outward * 0.55
            guard site.roads.isFree(point, within: 0.3), site.takeBeside(point, radius: 0.3) else { continue }
            room -= 1
            plan.stand(kind, place.path, at: point, z: site.ground(point), heading: atan2(-edge.outward.y, -edge.outward.x))
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
        var (hasChurch, room) = (false, Planting.houses)
        for lot in site.nearestFirst(lots(site, gap: gap, setback: setback, kinds, chance: chance, heights: heights), at: { $0.edge.point.xy }) {
            var archetype = lot.archetype
            if archetype.name == "church", hasChurch {
                guard let house = Archetype.named(kinds.first { $0 != "church" } ?? "building"), house.size.x <= archetype.size.x else { continue }
                archetype = house
            }
            let size = archetype.size * Vec3(1, 1, lot.stretch)
            guard house(&site, &plan, archetype, lot.path, lot.edge, size: size, back: lot.back, isThing: room > 0) else { continue }
            room -= 1
            if archetype.name == "church" { hasChurch = true }
        }
    }

    /// Where a house of a row may stand.
    private struct Lot {
        var path: String
        var archetype: Archetype
        var edge: RoadEdge
        /// Metres from the road's edge to the front.
        var back: Double
        /// Of its height.
        var stretch: Double
    }

    private static func lots(
        _ site: Site, gap: ClosedRange<Double>, setback: ClosedRange<Double>, _ kinds: [String], chance: Double, heights: ClosedRange<Double>
    ) -> [Lot] {
        var lots: [Lot] = []
        for road in 0..<site.roads.roadCount where !site.roads.isConnecting(road) {
            let length = site.roads.length(ofRoad: road)
            for left in [true, false] {
                var (s, index) = (2.0, 0)
                while s < length {
                    let path = "road.\(site.roads.roadName(road)).\(left ? "left" : "right").house[\(index)]"
                    index += 1
                    var random = site.random(path)
                    guard let archetype = Archetype.named(random.pick(kinds)) else { break }
                    let (stands, space, back) = (random.uniform() < chance, random.within(gap.lowerBound, gap.upperBound), random.within(setback.lowerBound, setback.upperBound))
                    let stretch = random.within(heights.lowerBound, heights.upperBound), middle = s + archetype.size.x / 2
                    s += archetype.size.x + space
                    guard stands, middle < length, site.isNearby(road: road, s: middle) else { continue }
                    let edge = site.roads.edge(ofRoad: road, at: middle, left: left)
                    if (edge.point.xy - site.center).length < site.near { lots.append(Lot(path: path, archetype: archetype, edge: edge, back: back, stretch: stretch)) }
                }
            }
        }
        return lots
    }

    /// - Parameter isThing: whether it stands as an object; else it is background, a block of its size.
    /// - Returns: whether there was room.
    private static func house(
        _ site: inout Site, _ plan: inout Planting, _ archetype: Archetype, _ path: String, _ edge: RoadEdge, size: Vec3, back: Double, isThing: Bool
    ) -> Bool {
        let middle = edge.point.xy + edge.outward * (back + size.y / 2)
        // Fronts look to the right of the heading.
        let axis = Vec2(edge.outward.y, -edge.outward.x)
        guard let z = site.take(middle, axis: axis, length: size.x - 0.1, width: size.y - 0.1) else { return false }
        guard isThing, !plan.isFull else {
            let walls: [Scatter.Slot] = [.plaster, .brick, .pale]
            let wall = walls[Int(stableHash(path) % UInt64(walls.count))]
            let block = FarBuildings.block(length: size.x, width: size.y, storeys: max(1, Int((size.z - 0.8) / 3.1)), axis: axis, wall, pitched: true, key: stableHash(path))
            plan.scatter.add(block, at: Vec3(middle.x, middle.y, z), category: .building)
            return true
        }
        // They stand out of the ground by their lowest corner, and sink where it rises.
        plan.stand(archetype.name, path, at: middle, z: z - 0.04, heading: atan2(axis.y, axis.x), size: size)
        return true
    }

    /// Signs on the right of each direction, facing those who come.
    static func signs(_ site: inout Site, _ plan: inout Planting, _ kinds: [String], every spacing: Double) {
        guard !kinds.isEmpty, site.given.allSatisfy({ !$0.hasPrefix("sign") }) else { return }
        var room = Planting.signs
        for place in site.nearestEdges(every: spacing, from: 25, "sign") where room > 0 {
            var random = site.random(place.path)
            let edge = place.edge, point = edge.point.xy + edge.outward * 1.1, travel = place.left ? -edge.along : edge.along
            guard site.roads.isFree(point, within: 0.5), site.takeBeside(point, radius: 0.5) else { continue }
            room -= 1
            plan.stand(random.pick(kinds), place.path, at: point, z: site.ground(point), heading: atan2(travel.y, travel.x))
        }
    }

    /// Cars left at the very edge of the road, or in the parking lane where the road has one: nobody parks on the lawn behind the verge.
    static func parkedCars(_ site: inout Site, _ plan: inout Planting, spacing: Double, chance: Double) {
        var room = Planting.parkedCars
        for place in site.nearestEdges(every: spacing, "parked") where room > 0 {
            var random = site.random(place.path)
            let (edge, kind) = (place.edge, random.uniform() < chance ? random.pick(Cast.cars) : nil)
            guard let kind, let archetype = Archetype.named(kind), !edge.hasWalk || edge.parking != nil else { continue }
            let inwards = edge.parking ?? -(archetype.size.y / 2 + 0.1)
            let point = edge.point.xy - edge.outward * inwards
            guard edge.parking != nil || site.roads.isFree(point, within: archetype.size.y / 2 + 0.05), site.takeBeside(point, radius: edge.parking == nil ? 2.4 : 2.6) else { continue }
            room -= 1
            let direction = place.left ? -edge.along : edge.along
            plan.stand(kind, place.path, standing(site, archetype, point - direction * (archetype.size.x / 2 - archetype.originFromRear), direction))
        }
    }

    /// On its wheels, uphill or down. - Parameter origin: middle of the rear axle.
    private static func standing(_ site: Site, _ archetype: Archetype, _ origin: Vec2, _ direction: Vec2) -> Pose {
        let (rear, front) = (site.ground(origin), site.ground(origin + direction * archetype.wheelbase))
        let half = direction.left * (archetype.track / 2)
        let roll = (site.ground(origin + half) - site.ground(origin - half)) / max(archetype.track, 1)
        let ahead = Vec3(direction.x * archetype.wheelbase, direction.y * archetype.wheelbase, front - rear).normalized
        let up = cross(ahead, Vec3(direction.left.x, direction.left.y, roll)).normalized
        return Pose(position: Vec3(origin.x, origin.y, rear), rotation: Quaternion(columns: ahead, cross(up, ahead), up))
    }

    /// White posts with a black band every 50 m.
    static func delineators(_ site: inout Site, _ plan: inout Planting) {
        guard !site.given.contains("delineator"), !site.given.contains("box") else { return }
        var room = Archetype.named("delineator") == nil ? 0 : Planting.delineators
        for place in site.nearestEdges(every: 50, "delineator") {
            let edge = place.edge, point = edge.point.xy + edge.outward * 0.6
            guard site.roads.isFree(point, within: 0.3), site.takeBeside(point, radius: 0.15) else { continue }
            if room > 0, !plan.isFull {
                room -= 1
                plan.stand("delineator", place.path, at: point, z: site.ground(point), heading: atan2(edge.along.y, edge.along.x))
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
        for place in site.samples.cells(of: cell, within: reach, of: site.center) where site.unit(place.x, place.y, 61) < chance {
            let (i, j) = (place.x, place.y)
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
            let block = FarBuildings.block(length: length, width: width, storeys: max(1, Int(tall.rounded())), axis: axis, wall, pitched: pitched, key: stableHash("\(i) \(j)"))
            plan.scatter.add(block, at: Vec3(p.x, p.y, z), category: .building)
        }
    }

    /// Trees and bushes here and there beyond the verge.
    static func clumps(
        _ site: inout Site, _ plan: inout Planting, _ kinds: [String], every spacing: Double, chance: Double, distance: ClosedRange<Double>, rule: String = "tree",
        clear: Double = 2.2
    ) {
        for place in site.nearestEdges(every: spacing, rule) {
            let edge = place.edge
            var random = site.random("\(place.path).place")
            guard random.uniform() < chance else { continue }
            let away = random.within(distance.lowerBound, distance.upperBound), shift = random.within(-0.45, 0.45) * spacing
            tree(&site, &plan, place.path, at: edge.point.xy + edge.outward * away + edge.along * shift, from: kinds, clear: clear)
        }
    }
}
