import SquallMath

/// Painted lines as thin strips that lie on the facets of the surface mesh, a few millimetres above it.
extension RoadMesher {
    mutating func markings(_ cuts: [Cut], _ section: Int) {
        var white = MeshDraft()
        var yellow = MeshDraft()
        let rows = tables.sections[section].lanes
        for k in 0..<Int(rows.count) {
            for row in tables.lanes[Int(rows.start) + k].marks.range {
                let mark = tables.marks[row]
                for line in mark.lines.range {
                    if mark.color == .yellow { paint(cuts, k, mark, tables.markLines[line], &yellow) } else { paint(cuts, k, mark, tables.markLines[line], &white) }
                }
            }
        }
        add(white, .markingWhite)
        add(yellow, .markingYellow)
    }

    private func paint(_ cuts: [Cut], _ k: Int, _ mark: MarkRecord, _ line: MarkLine, _ draft: inout MeshDraft) {
        let from = max(mark.s, cuts[0].s)
        let to = min(mark.end, cuts[cuts.count - 1].s)
        guard to > from else { return }
        guard line.space > 0 else { return dash(cuts, k, line, from, to, &draft) }
        let period = line.length + line.space
        var index = max(0, ((from - mark.s - line.start - line.length) / period).rounded(.up))
        while true {
            let start = mark.s + line.start + index * period
            guard start < to else { return }
            dash(cuts, k, line, max(from, start), min(to, start + line.length), &draft)
            index += 1
        }
    }

    /// One strip from s to s; its corners lie on straight lines between the cuts, as the surface does.
    private func dash(_ cuts: [Cut], _ k: Int, _ line: MarkLine, _ from: Double, _ to: Double, _ draft: inout MeshDraft) {
        guard to - from > 0.01 else { return }
        var before: (UInt32, UInt32)?
        for index in 0..<(cuts.count - 1) {
            let (a, b) = (cuts[index], cuts[index + 1])
            guard b.s > from, a.s < to, b.s > a.s else { continue }
            let (start, end) = (max(from, a.s), min(to, b.s))
            if before == nil { before = rung(a, b, k, line, start, &draft) }
            let next = rung(a, b, k, line, end, &draft)
            if let (right, left) = before { draft.quad(right, next.0, left, next.1) }
            before = next
        }
    }

    private func rung(_ a: Cut, _ b: Cut, _ k: Int, _ line: MarkLine, _ s: Double, _ draft: inout MeshDraft) -> (UInt32, UInt32) {
        let f = ((s - a.s) / (b.s - a.s)).clamped(to: 0...1)
        @inline(__always) func corner(_ shift: Double) -> Vec3 {
            let (ta, tb) = (a.lanes[k].outer + shift, b.lanes[k].outer + shift)
            return lerp(a.plane.point(t: ta, raise: a.lanes[k].outerRaise), b.plane.point(t: tb, raise: b.lanes[k].outerRaise), f)
        }
        let up = lerp(normal(a, a.lanes[k].outer, 0), normal(b, b.lanes[k].outer, 0), f).normalized
        let lift = options.markingLift * up - origin
        let right = draft.vertex(corner(line.offset - line.width / 2) + lift, up, s, -line.width / 2)
        let left = draft.vertex(corner(line.offset + line.width / 2) + lift, up, s, line.width / 2)
        return (right, left)
    }
}
