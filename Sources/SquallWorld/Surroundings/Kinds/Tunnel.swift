import Foundation
import SquallFrames
import SquallMath
import SquallRoads

/// `tunnel`: a lined tube with two rows of lamps and raised footways over every road that crosses no junction, open for 40 m at both ends; a wooded hill around it.
struct Tunnel: Layout {
    var relief: Relief { .hilly }
    var verge: Cover { .meadow }
    var country: Cover { .meadow }
    private static let step = 8.0, mouth = 40.0, height = 6.2
    /// Behind the mouths lamps stand three times as close, metres.
    private static let entrance = 100.0
    /// Width of the way before each wall and height of its kerb, metres; share of a wall's panels from a metre below the road.
    private static let walk = 0.9, kerb = 0.16, panels = 4 / 5.2
    /// Width of the hill's slopes, metres.
    private static let slope = 9.0

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
                if (a[0].xy - site.center).length < site.near + 1500 {
                    let dense = min(before, tube - before - Tunnel.step) < Tunnel.entrance
                    section(&plan, a, b, dense: dense, first: number == 0, last: s + 2 * Tunnel.step > length - Tunnel.mouth)
                }
                s += Tunnel.step
                number += 1
            }
        }
        Woods(growth: .mixed, share: 0.9, size: 260, from: 30, reach: 1000).plant(site, &plan)
    }

    /// The lining's corners at s, from the foot of the right wall over the vault to the left one.
    private func ring(_ site: Site, _ road: Int, _ s: Double) -> [Vec3] {
        let (right, left) = (site.roads.edge(ofRoad: road, at: s, left: false), site.roads.edge(ofRoad: road, at: s, left: true))
        let (p, q) = (right.point + Vec3(right.outward.x, right.outward.y, 0) * Tunnel.walk, left.point + Vec3(left.outward.x, left.outward.y, 0) * Tunnel.walk)
        let up = Vec3(0, 0, 1)
        return [
            p - up, p + up * 4.2, lerp(p, q, 0.08) + up * 5.4, lerp(p, q, 0.25) + up * Tunnel.height, lerp(p, q, 0.75) + up * Tunnel.height, lerp(p, q, 0.92) + up * 5.4,
            q + up * 4.2, q - up,
        ]
    }

    private func section(_ plan: inout Planting, _ a: [Vec3], _ b: [Vec3], dense: Bool, first: Bool, last: Bool) {
        var patch = Patch()
        let origin = a[0]
        let (near, far) = (a.map { $0 - origin }, b.map { $0 - origin })
        for k in 1..<(near.count - 2) { patch.quad(near[k], near[k + 1], far[k + 1], far[k], .tunnel) }
        // Panels up to three metres, bare concrete above.
        for (low, high) in [(0, 1), (7, 6)] {
            let (p, q) = (lerp(near[low], near[high], Tunnel.panels), lerp(far[low], far[high], Tunnel.panels))
            for (k, slot) in [Scatter.Slot.enamel, .tunnel].enumerated() {
                let (foot, footFar, head, headFar) = k == 0 ? (near[low], far[low], p, q) : (p, q, near[high], far[high])
                if low < high { patch.quad(foot, head, headFar, footFar, slot) } else { patch.quad(head, foot, footFar, headFar, slot) }
            }
        }
        cover(&patch, near, far)
        if first { portal(&patch, near, flipped: false) }
        if last { portal(&patch, far, flipped: true) }
        let starts = dense ? [0.05, 0.38, 0.71] : [0.34]
        for share in [0.3, 0.7] {
            let (p, q) = (lerp(near[3], near[4], (share - 0.25) * 2), lerp(far[3], far[4], (share - 0.25) * 2))
            let side = (near[4] - near[3]).normalized * 0.1, drop = Vec3(0, 0, -0.12)
            for start in starts {
                let (from, to) = (lerp(p, q, start), lerp(p, q, start + 0.17))
                patch.quad(from - side + drop, from + side + drop, to + side + drop, to - side + drop, .lamp)
            }
        }
        plan.scatter.add(patch, at: origin, category: .tunnel)
        var walk = Patch()
        footways(&walk, near, far)
        plan.scatter.add(walk, at: origin, category: .sidewalk)
    }

    /// A kerb and a raised way of concrete between the road and each wall.
    private func footways(_ patch: inout Patch, _ near: [Vec3], _ far: [Vec3]) {
        let across = (near[7] - near[0]).normalized * (Tunnel.walk - 0.02), acrossFar = (far[7] - far[0]).normalized * (Tunnel.walk - 0.02)
        let (top, low) = (Vec3(0, 0, 1 + Tunnel.kerb), Vec3(0, 0, 0.9))
        patch.quad(near[0] + across + low, near[0] + across + top, far[0] + acrossFar + top, far[0] + acrossFar + low, .concrete)
        patch.quad(near[0] + across + top, near[0] + top, far[0] + top, far[0] + acrossFar + top, .concrete)
        patch.quad(near[7] - across + top, near[7] - across + low, far[7] - acrossFar + low, far[7] - acrossFar + top, .concrete)
        patch.quad(near[7] + top, near[7] - across + top, far[7] - acrossFar + top, far[7] + top, .concrete)
    }

    /// The hill over the vault and down its sides, seen from outside.
    private func cover(_ patch: inout Patch, _ near: [Vec3], _ far: [Vec3]) {
        let crest = [1, 3, 4, 6].map { (near[$0] + Vec3(0, 0, 1.2), far[$0] + Vec3(0, 0, 1.2)) }
        let aside = { (ring: [Vec3]) in (ring[7] - ring[0]).normalized * Tunnel.slope }
        let outline = [(near[0] - aside(near), far[0] - aside(far))] + crest + [(near[7] + aside(near), far[7] + aside(far))]
        for (p, q) in zip(outline, outline.dropFirst()) { patch.quad(p.0, p.1, q.1, q.0, .scrub) }
    }

    /// A wall around the mouth with wings down to the ground.
    private func portal(_ patch: inout Patch, _ ring: [Vec3], flipped: Bool) {
        let across = (ring[7] - ring[0]).normalized
        let wings: [(aside: Double, up: Double)] = [(8.5, 0), (7.5, -3.2), (2.6, 2.6), (0, 2.6)]
        let outer = ring.enumerated().map { index, p -> Vec3 in
            let wing = wings[min(index, 7 - index)]
            return p + across * (index < 4 ? -wing.aside : wing.aside) + Vec3(0, 0, wing.up)
        }
        for k in 0..<(ring.count - 1) {
            if flipped { patch.quad(ring[k], ring[k + 1], outer[k + 1], outer[k], .concrete) } else { patch.quad(ring[k], outer[k], outer[k + 1], ring[k + 1], .concrete) }
        }
    }
}
