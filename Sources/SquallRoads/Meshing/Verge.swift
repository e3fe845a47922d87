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

extension RoadTables {
    /// Width of the grass strips between a side's pavement and its outermost edge, metres; nil where none lie along pavement.
    func grassWidth(ofRoad road: Int, section: Int, left: Bool, at s: Double, outer: Double) -> Double? {
        pavementEdge(ofRoad: road, section: section, left: left, at: s).map { abs(outer - $0) }
    }

    /// Depth below a road's outermost edge at a distance from it, nil beyond the verge: what is left of the roadside's shape beyond the strips, and the slope
    /// down into the country.
    func vergeDrop(at distance: Double, beyond strip: Double?) -> Double? {
        guard let slope = Verge.drop(at: distance) else { return nil }
        return slope + (strip.map { roadside.drop(at: $0 + distance) - roadside.drop(at: $0) } ?? 0)
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
            let middle = cuts[cuts.count / 2], left = side > 0
            let width = tables.gravel(ofRoad: road, section: section, left: left, at: middle.s)
            let strip = tables.grassWidth(ofRoad: road, section: section, left: left, at: middle.s, outer: middle.lanes[k].outer)
            let distances = vergeDistances(gravel: width, beyond: strip)
            let rows = cuts.map { cut in
                let own = tables.grassWidth(ofRoad: road, section: section, left: left, at: cut.s, outer: cut.lanes[k].outer)
                return distances.map { vergePoint(cut, cut.lanes[k].outer, cut.lanes[k].outerRaise, side, $0, tables.vergeDrop(at: $0, beyond: own) ?? 0) }
            }
            // Behind walks grass begins at once.
            let shares = distances.map { paved || strip != nil ? ((strip ?? 0) + $0) / width : RoadMesher.farFromPavement }
            verge(rows, shares, cuts, road, side, &drafts)
        }
        add(drafts.grass, .grass)
        add(drafts.gravel, .gravel)
    }

    /// Where the cross section of a verge bends or changes, metres from the road's edge.
    private func vergeDistances(gravel: Double, beyond strip: Double?) -> [Double] {
        let own = Verge.profile.map(\.distance), last = own[own.count - 1]
        let more = ([gravel] + (strip == nil ? [] : tables.roadside.knots.map(\.x))).map { $0 - (strip ?? 0) }.filter { $0 > 0 && $0 < last }
        var result: [Double] = []
        for distance in (own + more).sorted() where result.isEmpty || distance > result[result.count - 1] + 1e-3 { result.append(distance) }
        return result
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
        _ rows: [[Vec3]], _ shares: [Double], _ cuts: [Cut], _ road: Int, _ side: Double, _ drafts: inout (gravel: MeshDraft, grass: MeshDraft)
    ) {
        for step in 0..<(shares.count - 1) {
            var draft = MeshDraft()
            var before: (UInt32, UInt32)?
            for index in rows.indices {
                let (near, far) = (rows[index][step], rows[index][step + 1])
                let (previous, next) = (rows[max(0, index - 1)][step], rows[min(rows.count - 1, index + 1)][step])
                let normal = (side * cross(next - previous, far - near)).normalized
                let a = draft.vertex(near - origin, normal, cuts[index].s, shares[step])
                let b = draft.vertex(far - origin, normal, cuts[index].s, shares[step + 1])
                if let (c, d) = before, !hidden(rows, index, step, road) {
                    if side > 0 { draft.quad(c, a, d, b) } else { draft.quad(d, b, c, a) }
                }
                before = (a, b)
            }
            if shares[step + 1] < 1 + 1e-6 { drafts.gravel.append(draft) } else { drafts.grass.append(draft) }
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
                let one = draft.vertex(a + shift - origin, normal, 0, place.distance)
                let two = draft.vertex(b + shift - origin, normal, (b - a).length, place.distance)
                if let (c, d) = before, !coverage.covers((a + b) / 2 + shift, except: road) {
                    if atEnd { draft.quad(d, two, c, one) } else { draft.quad(c, one, d, two) }
                }
                before = (one, two)
            }
        }
        add(draft, .grass)
    }
}
