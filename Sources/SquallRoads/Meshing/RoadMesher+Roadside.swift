import Foundation
import SquallMath

/// Grass strips along the pavement.
extension RoadMesher {
    /// A grass strip beside the pavement: gravel along its edge, then grass, in the shape of the roadside. The second texture coordinate is the distance
    /// from the pavement over the width of the gravel, so that shading knows where grass grows into stones.
    func roadside(_ cuts: [Cut], _ section: Int, _ k: Int, _ road: Int, gravel: inout MeshDraft, grass: inout MeshDraft) {
        let lane = Int(tables.sections[section].lanes.start) + k
        let left = tables.lanes[lane].id > 0
        let width = tables.gravel(ofRoad: road, section: section, left: left, at: cuts[cuts.count / 2].s)
        let knots = distances(width)
        let rows = cuts.map { cut -> [(t: Double, distance: Double)] in
            let edge = tables.pavementEdge(ofRoad: road, section: section, left: left, at: cut.s) ?? cut.lanes[k].inner
            let (from, to) = (abs(cut.lanes[k].inner - edge), abs(cut.lanes[k].outer - edge))
            return knots.map { knot in
                let distance = knot.clamped(to: from...max(from, to))
                return (left ? edge + distance : edge - distance, distance)
            }
        }
        for step in 0..<(knots.count - 1) where rows.contains(where: { $0[step + 1].distance - $0[step].distance > 1e-4 }) {
            var (draft, before): (MeshDraft, (UInt32, UInt32, Vec3, Vec3)?) = (MeshDraft(), nil)
            for (cut, row) in zip(cuts, rows) {
                let (inner, outer) = (place(cut, row[step].t, road, section, lane), place(cut, row[step + 1].t, road, section, lane))
                let (right, rightAway, over, overAway) = left ? (inner, row[step].distance, outer, row[step + 1].distance) : (outer, row[step + 1].distance, inner, row[step].distance)
                let a = draft.vertex(right.point - origin, right.normal, cut.s, rightAway / width)
                let b = draft.vertex(over.point - origin, over.normal, cut.s, overAway / width)
                if let (c, d, r, s) = before, !isDouble(right.point, over.point, r, s, road, paved: false) { draft.quad(c, a, d, b) }
                before = (a, b, right.point, over.point)
            }
            if knots[step + 1] <= width { gravel.append(draft) } else { grass.append(draft) }
        }
    }

    /// Distances from the pavement at which a strip bends or changes, metres, from 0 to beyond any.
    private func distances(_ gravel: Double) -> [Double] {
        var result = [0.0]
        for distance in (tables.roadside.knots.map(\.x) + [gravel, 1e4]).sorted() where distance > result[result.count - 1] + 1e-3 { result.append(distance) }
        return result
    }

    private func place(_ cut: Cut, _ t: Double, _ road: Int, _ section: Int, _ lane: Int) -> (point: Vec3, normal: Vec3) {
        let raise = tables.raise(road: road, section: section, lane: lane, s: cut.s, t: t)
        return (cut.plane.point(t: t, raise: raise.value), normal(cut, t, raise.slope))
    }
}
