import Foundation
import SquallFrames
import SquallMath
import SquallRoads
import SquallScene

/// Rules that several kinds of surroundings share.
enum Rules {
    /// A tree beside a road: an object while there is room for one near the scene, else background.
    static func tree(_ site: inout Site, _ plan: inout Planting, _ path: String, at point: Vec2, from kinds: [String], clear: Double = 2.2) {
        var random = site.random(path)
        guard site.roads.isFree(point, within: clear + 0.8), site.take(point, radius: clear) else { return }
        let kind = random.pick(kinds)
        let z = site.ground(point) - 0.05, turn = random.uniform() * 2 * .pi, size = random.within(0.78, 1.15)
        if !plan.isFull, (point - site.center).length < site.near, let archetype = Archetype.named(kind) {
            plan.stand(kind, path, at: point, z: z, heading: turn, size: archetype.size * size)
            return
        }
        let conifer = kind == "spruce" || kind == "pine"
        let patch =
            conifer
            ? FarPlants.conifer(height: 16 * size, radius: 3, .needle, turn: turn, key: stableHash(path), fine: true)
            : FarPlants.broadleaf(height: 11 * size, radius: 3.6 * size, .leaf, turn: turn, key: stableHash(path), fine: true)
        plan.scatter.add(patch, at: Vec3(point.x, point.y, z), category: .vegetation)
    }

    /// Lamps at a spacing of 3.5 to 4 times their height (EN 13201 class M4 or P4), on alternate sides where `staggered`.
    static func lamps(_ site: inout Site, _ plan: inout Planting, spacing: Double, oneSided: Bool = false) {
        guard let kind = Cast.lamps.first, site.given.isDisjoint(with: Cast.lamps) else { return }
        var places: [(String, RoadEdge)] = []
        site.alongEdges(every: spacing, "lamp") { path, _, left, edge in if !oneSided || !left { places.append((path, edge)) } }
        for (path, edge) in places {
            let point = edge.point.xy + edge.outward * 0.55
            guard site.roads.isFree(point, within: 0.3), site.takeBeside(point, radius: 0.3) else { continue }
            plan.stand(kind, path, at: point, z: site.ground(point), heading: atan2(-edge.outward.y, -edge.outward.x))
        }
    }

    /// Houses in a row, fronts to the road.
    /// - Parameters:
    ///   - spacing: from one to the next, metres.
    ///   - setback: of the front from the road's edge, metres, drawn for each.
    ///   - chance: that there is one.
    static func houses(
        _ site: inout Site, _ plan: inout Planting, _ kinds: [String], spacing: Double, setback: ClosedRange<Double>, chance: Double, heights: ClosedRange<Double> = 0.95...1.05,
        rule: String = "house"
    ) {
        var places: [(String, RoadEdge)] = []
        site.alongEdges(every: spacing, rule) { path, _, _, edge in places.append((path, edge)) }
        for (path, edge) in places {
            var random = site.random(path)
            let kind = random.pick(kinds)
            guard random.uniform() < chance, let archetype = Archetype.named(kind) else { continue }
            // Fronts are the long sides here: x along the road.
            let scale = Vec3(1, 1, random.within(heights.lowerBound, heights.upperBound))
            let size = archetype.size * scale
            let back = random.within(setback.lowerBound, setback.upperBound)
            let middle = edge.point.xy + edge.outward * (back + size.y / 2)
            let axis = Vec2(edge.outward.y, -edge.outward.x)
            guard let z = site.take(middle, axis: axis, length: size.x + 0.3, width: size.y) else { continue }
            // Houses stand out of the ground by their lowest corner, and sink where it rises.
            if plan.isFull { continue }
            plan.stand(kind, path, at: middle, z: z - 0.04, heading: atan2(axis.y, axis.x), size: size)
        }
    }

    /// Cars left at the roadside, or in the parking lane where the road has one.
    static func parkedCars(_ site: inout Site, _ plan: inout Planting, spacing: Double, chance: Double, aside: Double = 1.35) {
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
                point = edge.point.xy + edge.outward * (aside + archetype.size.y / 2 - 0.9)
                guard site.roads.isFree(point, within: archetype.size.y / 2 + 0.05), site.takeBeside(point, radius: 2.4) else { continue }
            }
            let direction = left ? -edge.along : edge.along
            let origin = point - direction * (archetype.size.x / 2 - archetype.originFromRear)
            plan.stand(kind, path, at: origin, z: edge.parking != nil ? edge.point.z : site.ground(point), heading: atan2(direction.y, direction.x))
        }
    }

    /// White posts with a black band every 50 m.
    static func delineators(_ site: inout Site, _ plan: inout Planting) {
        guard !site.given.contains("delineator"), !site.given.contains("box") else { return }
        var places: [(String, RoadEdge)] = []
        site.alongEdges(every: 50, "delineator") { path, _, _, edge in places.append((path, edge)) }
        for (_, edge) in places {
            let point = edge.point.xy + edge.outward * 0.6
            guard site.take(point, radius: 0.15) else { continue }
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
                let wall = walls[min(walls.count - 1, Int(site.unit(i, j, 69) * Double(walls.count)))]
                let block = FarBuildings.block(length: length, width: width, storeys: max(1, Int(tall.rounded())), axis: axis, wall, pitched: pitched)
                plan.scatter.add(block, at: Vec3(p.x, p.y, z), category: .building)
            }
        }
    }

    /// Trees and bushes here and there beyond the verge.
    static func clumps(_ site: inout Site, _ plan: inout Planting, _ kinds: [String], every spacing: Double, chance: Double, distance: ClosedRange<Double>, rule: String = "tree") {
        var places: [(String, RoadEdge)] = []
        site.alongEdges(every: spacing, rule) { path, _, _, edge in places.append((path, edge)) }
        for (path, edge) in places {
            var random = site.random("\(path).place")
            guard random.uniform() < chance else { continue }
            let away = random.within(distance.lowerBound, distance.upperBound), shift = random.within(-0.45, 0.45) * spacing
            tree(&site, &plan, path, at: edge.point.xy + edge.outward * away + edge.along * shift, from: kinds)
        }
    }
}
