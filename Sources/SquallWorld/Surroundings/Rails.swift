import Foundation
import SquallFrames
import SquallMath
import SquallRoads

/// W-beam rails on posts along the edges: background, for a kilometre of them would be a quarter of all objects.
struct Rails {
    /// From the edge of the outermost lane to the face, metres.
    var distance = 0.7
    private static let step = 4.0

    func raise(_ site: Site, _ plan: inout Planting) {
        guard !site.given.contains("guard_rail") else { return }
        let places = site.alongEdges(every: Rails.step, "rail").map(\.edge)
        for (edge, next) in zip(places, places.dropFirst()) {
            let out = Vec3(edge.outward.x, edge.outward.y, 0), nextOut = Vec3(next.outward.x, next.outward.y, 0)
            let point = foot(site, edge), run = foot(site, next) - point
            // The next place is on another road, or across a gap.
            guard run.length > 0.4 * Rails.step, run.length < 1.8 * Rails.step, dot(edge.outward, next.outward) > 0.8 else { continue }
            guard [0, 0.5, 1].allSatisfy({ site.roads.isFree((point + run * $0).xy, within: 0.3) }) else { continue }
            var patch = Patch()
            // The beam's section, from below: two waves towards the road.
            let section: [(Double, Double)] = [(0, 0.44), (-0.08, 0.50), (-0.08, 0.56), (0, 0.60), (-0.08, 0.64), (-0.08, 0.70), (0, 0.76)]
            for (a, b) in zip(section, section.dropFirst()) {
                let (lowNear, highNear) = (out * a.0 + Vec3(0, 0, a.1), out * b.0 + Vec3(0, 0, b.1))
                let (lowFar, highFar) = (run + nextOut * a.0 + Vec3(0, 0, a.1), run + nextOut * b.0 + Vec3(0, 0, b.1))
                sheet(&patch, [lowNear, lowFar, highFar, highNear])
            }
            let along = run.normalized
            let post = [Vec3(0, 0, 0), along * 0.1, along * 0.1 + out * 0.08, out * 0.08].map { $0 + out * 0.02 }
            for k in 0..<4 {
                let (a, b) = (post[k], post[(k + 1) % 4])
                sheet(&patch, [a - Vec3(0, 0, 0.4), b - Vec3(0, 0, 0.4), b + Vec3(0, 0, 0.7), a + Vec3(0, 0, 0.7)])
            }
            plan.scatter.add(patch, at: point, category: .guardRail)
        }
    }

    /// Where a post stands.
    private func foot(_ site: Site, _ edge: RoadEdge) -> Vec3 {
        let plan = edge.point.xy + edge.outward * distance
        return Vec3(plan.x, plan.y, site.ground(plan))
    }

    /// Both faces of a thin plate.
    private func sheet(_ patch: inout Patch, _ corners: [Vec3]) {
        patch.quad(corners[0], corners[1], corners[2], corners[3], .steel)
        patch.quad(corners[3], corners[2], corners[1], corners[0], .steel)
    }
}
