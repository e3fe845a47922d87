import SquallMath

/// Painted lines as thin strips that lie on the facets of the surface mesh, a few millimetres above it.
extension RoadMesher {
    mutating func markings(_ cuts: [Cut], _ section: Int, _ road: Int) {
        var white = MeshDraft()
        var yellow = MeshDraft()
        let rows = tables.sections[section].lanes
        for k in 0..<Int(rows.count) {
            for row in tables.lanes[Int(rows.start) + k].marks.range {
                let mark = tables.marks[row]
                for line in mark.lines.range {
                    var stripe = Stripe(lane: k, road: road, line: tables.markLines[line])
                    paint(cuts, mark, &stripe)
                    if mark.color == .yellow { yellow.append(stripe.draft) } else { white.append(stripe.draft) }
                }
            }
        }
        add(white, .markingWhite)
        add(yellow, .markingYellow)
    }

    /// One painted line of one lane's edge.
    private struct Stripe {
        var lane: Int
        var road: Int
        var line: MarkLine
        var draft = MeshDraft()
    }

    private func paint(_ cuts: [Cut], _ mark: MarkRecord, _ stripe: inout Stripe) {
        let from = max(mark.s, cuts[0].s)
        let to = min(mark.end, cuts[cuts.count - 1].s)
        guard to > from else { return }
        let line = stripe.line
        guard line.space > 0 else { return dash(cuts, from, to, &stripe) }
        let period = line.length + line.space
        var index = max(0, ((from - mark.s - line.start - line.length) / period).rounded(.up))
        while true {
            let start = mark.s + line.start + index * period
            guard start < to else { return }
            dash(cuts, max(from, start), min(to, start + line.length), &stripe)
            index += 1
        }
    }

    /// One strip from s to s; its corners lie on straight lines between the cuts, as the surface does.
    private func dash(_ cuts: [Cut], _ from: Double, _ to: Double, _ stripe: inout Stripe) {
        guard to - from > 0.01 else { return }
        var before: (UInt32, UInt32)?
        for index in 0..<(cuts.count - 1) {
            let (a, b) = (cuts[index], cuts[index + 1])
            guard b.s > from, a.s < to, b.s > a.s else { continue }
            let (start, end) = (max(from, a.s), min(to, b.s))
            if isCrossed(a, b, (start + end) / 2, stripe) {
                before = nil
                continue
            }
            let near = before ?? rung(a, b, start, &stripe)
            let far = rung(a, b, end, &stripe)
            stripe.draft.quad(near.0, far.0, near.1, far.1)
            before = far
        }
    }

    private func isCrossed(_ a: Cut, _ b: Cut, _ s: Double, _ stripe: Stripe) -> Bool {
        guard tables.roads[stripe.road].junction >= 0 else { return false }
        let middle = lerp(a.plane.point(t: a.lanes[stripe.lane].outer), b.plane.point(t: b.lanes[stripe.lane].outer), (s - a.s) / (b.s - a.s))
        return isShared(middle, stripe.road, earlier: false)
    }

    private func rung(_ a: Cut, _ b: Cut, _ s: Double, _ stripe: inout Stripe) -> (UInt32, UInt32) {
        let f = ((s - a.s) / (b.s - a.s)).clamped(to: 0...1)
        let (k, line) = (stripe.lane, stripe.line)
        @inline(__always) func corner(_ shift: Double) -> Vec3 {
            let (ta, tb) = (a.lanes[k].outer + shift, b.lanes[k].outer + shift)
            return lerp(a.plane.point(t: ta, raise: a.lanes[k].outerRaise), b.plane.point(t: tb, raise: b.lanes[k].outerRaise), f)
        }
        let up = lerp(normal(a, a.lanes[k].outer, 0), normal(b, b.lanes[k].outer, 0), f).normalized
        let lift = options.markingLift * up - origin
        let right = stripe.draft.vertex(corner(line.offset - line.width / 2) + lift, up, s, -line.width / 2)
        let left = stripe.draft.vertex(corner(line.offset + line.width / 2) + lift, up, s, line.width / 2)
        return (right, left)
    }
}
