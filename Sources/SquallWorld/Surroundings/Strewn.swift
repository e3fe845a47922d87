import Foundation
import SquallFrames
import SquallMath
import SquallRoads

/// Stones beside the road: background.
struct Rocks {
    var slot: Scatter.Slot
    var every: Double
    var chance: Double
    var distance: ClosedRange<Double>
    var size: ClosedRange<Double>

    func strew(_ site: Site, _ plan: inout Planting) {
        for place in site.alongEdges(every: every, "rock") {
            let (path, edge) = (place.path, place.edge)
            var random = site.random(path)
            guard random.uniform() < chance else { continue }
            let point = edge.point.xy + edge.outward * random.within(distance.lowerBound, distance.upperBound) + edge.along * random.within(-0.5, 0.5) * every
            let r = lerp(size.lowerBound, size.upperBound, pow(random.uniform(), 3))
            guard site.isFree(point, radius: r + 0.8) else { continue }
            let patch = FarPlants.boulder(size: r, slot, turn: random.uniform() * 6.28, key: stableHash(path))
            plan.scatter.add(patch, at: Vec3(point.x, point.y, site.ground(point)), category: .terrain)
        }
    }
}

/// Wire fences on posts along the roads: background.
struct Fences {
    var distance: Double

    func raise(_ site: Site, _ plan: inout Planting) {
        for edge in site.alongEdges(every: 5, "fence").map(\.edge) {
            let point = edge.point.xy + edge.outward * distance
            guard site.roads.isFree(point, within: 3.2) else { continue }
            var patch = Patch()
            let x = Vec3(edge.along.x, edge.along.y, 0)
            let y = Vec3(edge.outward.x, edge.outward.y, 0)
            for (low, high, half) in [(-0.3, 1.9, 0.035)] {
                let corners = [-x - y, x - y, x + y, -x + y].map { $0 * half }
                for k in 0..<4 {
                    let (a, b) = cross(edge.along, edge.outward) > 0 ? (corners[k], corners[(k + 1) % 4]) : (corners[(k + 1) % 4], corners[k])
                    patch.quad(a + Vec3(0, 0, low), b + Vec3(0, 0, low), b + Vec3(0, 0, high), a + Vec3(0, 0, high), .concrete)
                }
            }
            for z in [0.35, 0.8, 1.25, 1.75] {
                let (a, b) = (x * -2.5 + Vec3(0, 0, z), x * 2.5 + Vec3(0, 0, z)), thick = Vec3(0, 0, 0.02)
                patch.quad(a, b, b + thick, a + thick, .concrete)
                patch.quad(b, a, a + thick, b + thick, .concrete)
            }
            plan.scatter.add(patch, at: Vec3(point.x, point.y, site.ground(point)), category: .object)
        }
    }
}
