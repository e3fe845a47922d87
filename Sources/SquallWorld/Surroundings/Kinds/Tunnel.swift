import Foundation
import SquallFrames
import SquallMath
import SquallRoads

/// `tunnel`: a lined tube with two rows of lamps over every road that crosses no junction, open for 40 m at both ends; a wooded hill around it.
struct Tunnel: Layout {
    var relief: Relief { .hilly }
    var verge: Cover { .meadow }
    var country: Cover { .meadow }
    private static let step = 8.0, mouth = 40.0, height = 6.2

    func lay(_ site: inout Site, _ plan: inout Planting) {
        for road in 0..<site.roads.roadCount where !site.roads.isConnecting(road) {
            let length = site.roads.length(ofRoad: road)
            guard length > 3 * Tunnel.mouth else { continue }
            var s = Tunnel.mouth
            var number = 0
            let tube = ((length - 2 * Tunnel.mouth) / Tunnel.step).rounded(.down) * Tunnel.step
            while s + Tunnel.step <= length - Tunnel.mouth {
                let (a, b) = (ring(site, road, s), ring(site, road, s + Tunnel.step))
                let (p, q) = ((a[0] + a[7]) / 2, (b[0] + b[7]) / 2), before = s - Tunnel.mouth
                plan.roofs.append(
                    Roof(
                        from: p.xy, to: q.xy, halfWidth: (a[7] - a[0]).xy.length / 2, ceiling: max(p.z, q.z) + 1 + Tunnel.height, height: Tunnel.height, before: before,
                        after: tube - before - Tunnel.step))
                if (a[0].xy - site.center).length < site.near + 1500 { section(&plan, a, b, number, first: number == 0, last: s + 2 * Tunnel.step > length - Tunnel.mouth) }
                s += Tunnel.step
                number += 1
            }
        }
        Woods(growth: .mixed, share: 0.9, size: 260, from: 30, reach: 1000).plant(site, &plan)
    }

    /// The lining's corners at s, from the foot of the right wall over the vault to the left one.
    private func ring(_ site: Site, _ road: Int, _ s: Double) -> [Vec3] {
        let (right, left) = (site.roads.edge(ofRoad: road, at: s, left: false), site.roads.edge(ofRoad: road, at: s, left: true))
        let (p, q) = (right.point + Vec3(right.outward.x, right.outward.y, 0) * 0.9, left.point + Vec3(left.outward.x, left.outward.y, 0) * 0.9)
        let up = Vec3(0, 0, 1)
        return [
            p - up, p + up * 4.2, lerp(p, q, 0.08) + up * 5.4, lerp(p, q, 0.25) + up * Tunnel.height, lerp(p, q, 0.75) + up * Tunnel.height, lerp(p, q, 0.92) + up * 5.4,
            q + up * 4.2, q - up,
        ]
    }

    private func section(_ plan: inout Planting, _ a: [Vec3], _ b: [Vec3], _ number: Int, first: Bool, last: Bool) {
        var patch = Patch()
        let origin = a[0]
        let (near, far) = (a.map { $0 - origin }, b.map { $0 - origin })
        for k in 0..<(near.count - 1) { patch.quad(near[k], near[k + 1], far[k + 1], far[k], .tunnel) }
        // The hill's face above the lining, seen from outside.
        let roof = [near[1], near[3], near[4], near[6]].map { $0 + Vec3(0, 0, 1.2) }, roofFar = [far[1], far[3], far[4], far[6]].map { $0 + Vec3(0, 0, 1.2) }
        for k in 0..<3 { patch.quad(roof[k], roofFar[k], roofFar[k + 1], roof[k + 1], .concrete) }
        if first { portal(&patch, near, ahead: (near[0] - far[0]).normalized, flipped: false) }
        if last { portal(&patch, far, ahead: (far[0] - near[0]).normalized, flipped: true) }
        for share in [0.3, 0.7] where number % 2 == 0 {
            let (p, q) = (lerp(near[3], near[4], (share - 0.25) * 2), lerp(far[3], far[4], (share - 0.25) * 2))
            let side = (near[4] - near[3]).normalized * 0.16, drop = Vec3(0, 0, -0.12)
            let (from, to) = (lerp(p, q, 0.3), lerp(p, q, 0.55))
            patch.quad(from - side + drop, from + side + drop, to + side + drop, to - side + drop, .lamp)
        }
        plan.scatter.add(patch, at: origin, category: .wall)
    }

    /// A wall around the mouth.
    private func portal(_ patch: inout Patch, _ ring: [Vec3], ahead: Vec3, flipped: Bool) {
        let across = (ring[7] - ring[0]).normalized
        let outer = ring.enumerated().map { index, p -> Vec3 in
            let side = index < 2 ? -7.0 : index > 5 ? 7.0 : index < 3 ? -4.0 : index > 4 ? 4.0 : 0.0
            return p + across * side + Vec3(0, 0, index == 0 || index == 7 ? 0 : 2.6)
        }
        for k in 0..<(ring.count - 1) {
            if flipped { patch.quad(ring[k], ring[k + 1], outer[k + 1], outer[k], .concrete) } else { patch.quad(ring[k], outer[k], outer[k + 1], ring[k + 1], .concrete) }
        }
    }
}
