import SquallMath

/// The slope beside a road: from the outer lane edge down into the terrain, so that no gap shows between them.
enum Verge {
    /// Distance from the edge and depth below it, metres: a gravel edge, grass, a ditch side, and a skirt that ends underground.
    static let profile: [(distance: Double, drop: Double)] = [(0, 0), (0.5, 0.03), (2, 0.15), (4.5, 0.85), (8, 2.4), (9, 7)]

    /// Depth below the edge at a distance from it, nil beyond the verge.
    static func drop(at distance: Double) -> Double? {
        for (a, b) in zip(profile, profile.dropFirst()) where distance <= b.distance {
            return lerp(a.drop, b.drop, (distance - a.distance) / (b.distance - a.distance))
        }
        return nil
    }
}

/// Tells which ground another road already covers.
struct RoadCoverage {
    let tables: RoadTables
    let index: RoadIndex

    /// How far roads may differ in height and still count as covering each other, metres.
    private static let reach = 0.2

    /// Whether a point lies on the lanes of another road at about this height or below it. `only` narrows the roads that count.
    func covers(_ point: Vec3, except road: Int, paved: Bool = false, only: (Int) -> Bool = { _ in true }) -> Bool {
        var covered = false
        index.candidates(near: point.xy, radius: 0) { stretch in
            let other = Int(stretch.road)
            guard !covered, other != road, only(other) else { return }
            let foot = tables.project(point.xy, ontoRoad: other, near: stretch.s)
            guard abs(foot.ahead) < 1e-3 else { return }
            let (left, right) = tables.extent(ofRoad: other, at: foot.s)
            guard foot.t < left - 0.01, foot.t > right + 0.01 else { return }
            if paved {
                let section = tables.section(ofRoad: other, at: foot.s)
                guard tables.lanes[tables.lane(ofRoad: other, section: section, s: foot.s, t: foot.t)].type.isPaved else { return }
            }
            let height = tables.crossSection(ofRoad: other, at: foot.s).point(t: foot.t).z
            covered = paved ? abs(height - point.z) < RoadCoverage.reach : height - point.z < 12
        }
        return covered
    }
}

extension RoadMesher {
    /// Strips beside both edges of a run of cuts, with a gravel edge along pavement; parts that another road covers are left out.
    mutating func verges(_ cuts: [Cut], _ section: Int, road: Int) {
        guard let lanes = cuts.first?.lanes.count, lanes > 1 else { return }
        var drafts = (gravel: MeshDraft(), grass: MeshDraft())
        for side in [1.0, -1.0] {
            let k = side > 0 ? 0 : lanes - 1
            let paved = tables.lanes[Int(tables.sections[section].lanes.start) + k].type.isPaved
            let rows = cuts.map { cut in Verge.profile.map { vergePoint(cut, cut.lanes[k].outer, cut.lanes[k].outerRaise, side, $0.distance, $0.drop) } }
            verge(rows, cuts, road, side, gravelled: paved, &drafts)
        }
        add(drafts.grass, .grass)
        add(drafts.gravel, .gravel)
    }

    /// A point beyond the edge; inside a tight bend it stops short of the centre of curvature.
    private func vergePoint(_ cut: Cut, _ t: Double, _ raise: Double, _ side: Double, _ distance: Double, _ drop: Double) -> Vec3 {
        let edge = cut.plane.point(t: t, raise: raise)
        var reach = distance
        let curvature = cut.plane.line.curvature * side
        if curvature > 1e-6 { reach = max(0, min(distance, 0.9 / curvature - t * side)) }
        let plan = edge.xy + (side * reach) * cut.plane.line.tangent.left
        return Vec3(plan.x, plan.y, edge.z - drop)
    }

    private func verge(
        _ rows: [[Vec3]], _ cuts: [Cut], _ road: Int, _ side: Double, gravelled: Bool, _ drafts: inout (gravel: MeshDraft, grass: MeshDraft)
    ) {
        for step in 0..<(Verge.profile.count - 1) {
            var draft = MeshDraft()
            var before: (UInt32, UInt32)?
            for index in rows.indices {
                let (near, far) = (rows[index][step], rows[index][step + 1])
                let (previous, next) = (rows[max(0, index - 1)][step], rows[min(rows.count - 1, index + 1)][step])
                let normal = (side * cross(next - previous, far - near)).normalized
                let a = draft.vertex(near - origin, normal, cuts[index].s, side * Verge.profile[step].distance)
                let b = draft.vertex(far - origin, normal, cuts[index].s, side * Verge.profile[step + 1].distance)
                if let (c, d) = before, !hidden(rows, index, step, road) {
                    if side > 0 { draft.quad(c, a, d, b) } else { draft.quad(d, b, c, a) }
                }
                before = (a, b)
            }
            if step == 0, gravelled { drafts.gravel.append(draft) } else { drafts.grass.append(draft) }
        }
    }

    private func hidden(_ rows: [[Vec3]], _ index: Int, _ step: Int, _ road: Int) -> Bool {
        let (a, b, c, d) = (rows[index - 1][step], rows[index - 1][step + 1], rows[index][step], rows[index][step + 1])
        return coverage.covers((a + b + c + d) / 4, except: road) || coverage.covers((b + d) / 2, except: road)
    }

    /// The slope beyond the end of a road that leads nowhere.
    mutating func cap(_ cut: Cut, atEnd: Bool, road: Int) {
        var draft = MeshDraft()
        let away = (atEnd ? 1.0 : -1.0) * cut.plane.line.tangent
        let corners = cut.lanes.map { cut.plane.point(t: $0.outer, raise: $0.outerRaise) }
        guard let left = corners.first, let right = corners.last, (left - right).length > 0.1 else { return }
        let across = [left + 9 * (left - right).normalized - Vec3(0, 0, 7)] + corners + [right + 9 * (right - left).normalized - Vec3(0, 0, 7)]
        for (a, b) in zip(across, across.dropFirst()) {
            var before: (UInt32, UInt32)?
            for place in Verge.profile {
                let shift = Vec3(away.x * place.distance, away.y * place.distance, -place.drop)
                let normal = Vec3(away.x * 0.3, away.y * 0.3, 1).normalized
                let one = draft.vertex(a + shift - origin, normal, place.distance, 0)
                let two = draft.vertex(b + shift - origin, normal, place.distance, (b - a).length)
                if let (c, d) = before, !coverage.covers((a + b) / 2 + shift, except: road) {
                    if atEnd { draft.quad(d, two, c, one) } else { draft.quad(c, one, d, two) }
                }
                before = (one, two)
            }
        }
        add(draft, .grass)
    }
}
