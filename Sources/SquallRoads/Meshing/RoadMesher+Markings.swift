import SquallMath

/// Painted lines as thin strips that lie on the facets of the surface mesh, a few millimetres above it.
extension RoadMesher {
    mutating func markings(_ cuts: [Cut], _ section: Int, _ road: Int) {
        var drafts = [MeshDraft](repeating: MeshDraft(), count: RoadMaterial.allCases.count)
        let rows = tables.sections[section].lanes
        for k in 0..<Int(rows.count) {
            for row in tables.lanes[Int(rows.start) + k].marks.range {
                let mark = tables.marks[row]
                for line in mark.lines.range {
                    var stripe = Stripe(lane: k, road: road, line: tables.markLines[line])
                    stripe.margins = margins(cuts[cuts.count / 2], section, k, stripe.line)
                    paint(cuts, mark, &stripe)
                    let yellow = mark.color == .yellow
                    drafts[Int((yellow ? RoadMaterial.markingYellow : .markingWhite).rawValue)].append(stripe.draft)
                    for (material, draft) in [(stripe.margins.left.material, stripe.leftDraft), (stripe.margins.right.material, stripe.rightDraft)] {
                        guard let beside = material.beside(yellow: yellow) else { continue }
                        drafts[Int(beside.rawValue)].append(draft)
                    }
                }
            }
        }
        for material in RoadMaterial.allCases { add(drafts[Int(material.rawValue)], material) }
    }

    /// One painted line of one lane's edge, and the pavement beside it that knows of the line.
    private struct Stripe {
        var lane: Int
        var road: Int
        var line: MarkLine
        var draft = MeshDraft()
        var leftDraft = MeshDraft(), rightDraft = MeshDraft()
        var margins = (left: Margin(), right: Margin())
    }
    /// Pavement beside a line: how wide, metres, and what it is.
    private struct Margin {
        var width = 0.0
        var material = RoadMaterial.grass
    }
    /// How far beside a line a pixel may lie that still sees it, metres.
    private static let margin = 0.35

    /// Margins lie on asphalt only, and outside the two lines of a double mark.
    private func margins(_ cut: Cut, _ section: Int, _ k: Int, _ line: MarkLine) -> (left: Margin, right: Margin) {
        let rows = tables.sections[section].lanes
        let center = Int(tables.sections[section].center) - Int(rows.start)
        let side = { (n: Int) -> Margin in
            guard n >= 0, n < Int(rows.count), n != center else { return Margin() }
            let material = material(section, n, cut)
            guard material == .asphalt || material == .asphaltShoulder else { return Margin() }
            let width = abs(cut.lanes[n].outer - cut.lanes[n].inner) - abs(line.offset) - line.width / 2
            return Margin(width: max(0, min(RoadMesher.margin, width * 0.45)), material: material)
        }
        // The mark lies on the outer edge of lane k: between k and k - 1 on the left of the road, else between k and k + 1.
        let (left, right) = k < center ? (side(k - 1), side(k)) : k > center ? (side(k), side(k + 1)) : (side(k - 1), side(k + 1))
        return (line.offset < -0.01 ? Margin() : left, line.offset > 0.01 ? Margin() : right)
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
        var before: Rung?
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
            stripe.draft.quad(near.right, far.right, near.left, far.left)
            if stripe.margins.left.width > 0.02 { stripe.leftDraft.quad(near.leftMargin.0, far.leftMargin.0, near.leftMargin.1, far.leftMargin.1) }
            if stripe.margins.right.width > 0.02 { stripe.rightDraft.quad(near.rightMargin.0, far.rightMargin.0, near.rightMargin.1, far.rightMargin.1) }
            before = far
        }
    }

    private func isCrossed(_ a: Cut, _ b: Cut, _ s: Double, _ stripe: Stripe) -> Bool {
        guard tables.roads[stripe.road].junction >= 0 else { return false }
        let middle = lerp(a.plane.point(t: a.lanes[stripe.lane].outer), b.plane.point(t: b.lanes[stripe.lane].outer), (s - a.s) / (b.s - a.s))
        return isShared(middle, stripe.road, earlier: false)
    }

    /// The corners of a line and of its margins at one s, right ones first.
    private struct Rung {
        var right: UInt32 = 0, left: UInt32 = 0
        var rightMargin: (UInt32, UInt32) = (0, 0), leftMargin: (UInt32, UInt32) = (0, 0)
    }

    private func rung(_ a: Cut, _ b: Cut, _ s: Double, _ stripe: inout Stripe) -> Rung {
        let f = ((s - a.s) / (b.s - a.s)).clamped(to: 0...1)
        let (k, line) = (stripe.lane, stripe.line)
        @inline(__always) func corner(_ shift: Double) -> Vec3 {
            let (ta, tb) = (a.lanes[k].outer + shift, b.lanes[k].outer + shift)
            return lerp(a.plane.point(t: ta, raise: a.lanes[k].outerRaise), b.plane.point(t: tb, raise: b.lanes[k].outerRaise), f)
        }
        let up = lerp(normal(a, a.lanes[k].outer, 0), normal(b, b.lanes[k].outer, 0), f).normalized
        let lift = options.markingLift * up - origin, lower = 0.5 * options.markingLift * up - origin
        let half = line.width / 2
        var rung = Rung()
        rung.right = stripe.draft.vertex(corner(line.offset - half) + lift, up, s, -1)
        rung.left = stripe.draft.vertex(corner(line.offset + half) + lift, up, s, 1)
        let (left, right) = (stripe.margins.left.width, stripe.margins.right.width)
        if left > 0.02 {
            rung.leftMargin.0 = stripe.leftDraft.vertex(corner(line.offset + half) + lower, up, s, 1)
            rung.leftMargin.1 = stripe.leftDraft.vertex(corner(line.offset + half + left) + lower, up, s, 1 + left / half)
        }
        if right > 0.02 {
            rung.rightMargin.0 = stripe.rightDraft.vertex(corner(line.offset - half - right) + lower, up, s, -1 - right / half)
            rung.rightMargin.1 = stripe.rightDraft.vertex(corner(line.offset - half) + lower, up, s, -1)
        }
        return rung
    }
}

extension RoadMaterial {
    /// The same pavement beside a painted line; nil for what lines are not painted on.
    fileprivate func beside(yellow: Bool) -> RoadMaterial? {
        switch self {
        case .asphalt: yellow ? .besideYellow : .besideWhite
        case .asphaltShoulder: yellow ? .besideYellowShoulder : .besideWhiteShoulder
        default: nil
        }
    }
}
