import Foundation
import SquallGeometry
import SquallMath

/// Meshes one road: surfaces by material, kerb faces and markings, chunk by chunk.
struct RoadMesher {
    let tables: RoadTables
    let options: RoadMeshOptions
    let origin: Vec3
    let coverage: RoadCoverage
    private(set) var pieces: [RoadMeshes.Piece] = []

    init(_ tables: RoadTables, _ index: RoadIndex, options: RoadMeshOptions, origin: Vec3) {
        (self.tables, self.options, self.origin) = (tables, options, origin)
        coverage = RoadCoverage(tables: tables, index: index)
    }

    /// One cut across the road: its plane and the t of every lane edge, leftmost lane first.
    struct Cut {
        var s: Double
        var plane: RoadTables.Section
        /// Inner and outer edge and their heights, per lane of the section.
        var lanes: [(inner: Double, outer: Double, innerRaise: Double, outerRaise: Double)]
    }

    /// Connecting roads of a junction overlap each other: what an earlier one covers is left out of a later one, and the rest of each lies `sunk` metres
    /// deeper than the one before, so that no two surfaces coincide. Paint that another connecting road crosses is left out.
    mutating func mesh(road: Int, sunk: Double) {
        let chunks = RoadStations(tables, road: road, options: options).chunks
        for (index, chunk) in chunks.enumerated() {
            let (section, stations) = chunk
            guard options.reaches(tables.line(ofRoad: road, at: stations[stations.count / 2]).point) else { continue }
            let cuts = stations.map { cut(road, section, $0, sunk) }
            surfaces(cuts, section, road)
            kerbs(cuts, section)
            markings(cuts, section, road)
            verges(cuts, section, road: road)
            if index == 0, tables.roads[road].predecessor.kind == .none, let first = cuts.first { cap(first, atEnd: false, road: road) }
            if index == chunks.count - 1, tables.roads[road].successor.kind == .none, let last = cuts.last { cap(last, atEnd: true, road: road) }
        }
    }

    /// Whether another connecting road of the same junction paves this place; only earlier ones count when `earlier`.
    func isShared(_ point: Vec3, _ road: Int, earlier: Bool) -> Bool {
        let junction = tables.roads[road].junction
        guard junction >= 0 else { return false }
        return coverage.covers(point, except: road, paved: true) { tables.roads[$0].junction == junction && (!earlier || $0 < road) }
    }

    private func cut(_ road: Int, _ section: Int, _ s: Double, _ sunk: Double) -> Cut {
        var plane = tables.crossSection(ofRoad: road, at: s)
        plane.height -= sunk
        let lanes = tables.sections[section].lanes.range.map { lane in
            let edge = tables.edges(ofLane: lane, inSection: section, ofRoad: road, at: s)
            let raise = tables.raise(ofLane: lane, at: s)
            let sunk = [edge.inner, edge.outer].map { tables.sink(road: road, section: section, lane: lane, s: s, t: $0).value }
            return (inner: edge.inner, outer: edge.outer, innerRaise: raise.inner - sunk[0], outerRaise: raise.outer - sunk[1])
        }
        return Cut(s: s, plane: plane, lanes: lanes)
    }

    mutating func add(_ draft: MeshDraft, _ material: RoadMaterial) {
        guard let mesh = draft.mesh() else { return }
        pieces.append(RoadMeshes.Piece(mesh: mesh, category: material.category, material: material))
    }

    private mutating func surfaces(_ cuts: [Cut], _ section: Int, _ road: Int) {
        var drafts = [MeshDraft](repeating: MeshDraft(), count: RoadMaterial.allCases.count)
        var (gravel, grass) = (MeshDraft(), MeshDraft())
        let rows = tables.sections[section].lanes
        let center = Int(tables.sections[section].center) - Int(rows.start)
        for k in 0..<Int(rows.count) where k != center {
            if tables.isRoadside(lane: Int(rows.start) + k, section: section) {
                roadside(cuts, section, k, road, gravel: &gravel, grass: &grass)
                continue
            }
            let material = material(section, k, cuts[cuts.count / 2])
            let paved = tables.lanes[Int(rows.start) + k].type.isPaved
            let code = material.isAsphalt ? LaneCode(tables, section, k, cuts[cuts.count / 2], material, connects: tables.roads[road].junction >= 0) : nil
            strip(cuts, k, isLeft: k < center, road, paved: paved, code, &drafts[Int(material.rawValue)], across: RoadMesher.place(on: material))
        }
        drafts[Int(RoadMaterial.gravel.rawValue)].append(gravel)
        drafts[Int(RoadMaterial.grass.rawValue)].append(grass)
        for material in RoadMaterial.allCases { add(drafts[Int(material.rawValue)], material) }
    }

    /// What stands for the distance from the pavement on medians and tracks: stones throughout, or grass throughout. Nil for what has none.
    private static func place(on material: RoadMaterial) -> Double? { material == .gravel ? 0 : material == .grass ? RoadMesher.farFromPavement : nil }
    /// In widths of gravel.
    static let farFromPavement = 100.0

    /// A lane's surface, one quad between neighbouring cuts.
    private func strip(_ cuts: [Cut], _ k: Int, isLeft: Bool, _ road: Int, paved: Bool, _ code: LaneCode?, _ draft: inout MeshDraft, across: Double?) {
        var before: (UInt32, UInt32, Vec3, Vec3)?
        let length = tables.roads[road].length
        for (index, cut) in cuts.enumerated() {
            let lane = cut.lanes[k]
            let width = lane.outer - lane.inner
            let slope = abs(width) > 1e-6 ? (lane.outerRaise - lane.innerRaise) / width : 0
            let (left, right) = isLeft ? (lane.outer, lane.inner) : (lane.inner, lane.outer)
            let (leftRaise, rightRaise) = isLeft ? (lane.outerRaise, lane.innerRaise) : (lane.innerRaise, lane.outerRaise)
            let (p, q) = (cut.plane.point(t: right, raise: rightRaise), cut.plane.point(t: left, raise: leftRaise))
            // Drivers' tracks fade from the mouths of a junction inwards.
            let along = code?.connects == true ? min(cut.s, length - cut.s) : cut.s
            let a = draft.vertex(p - origin, normal(cut, right, slope), along, code?.coordinate(right - (left + right) / 2) ?? across ?? right)
            let b = draft.vertex(q - origin, normal(cut, left, slope), along, code?.coordinate(left - (left + right) / 2) ?? across ?? left)
            if let (c, d, r, s) = before {
                // The mouths stay whole: files leave hairline gaps there.
                let mouth = paved && (cuts[index - 1].s <= 0 || cut.s >= length)
                if mouth || !isDouble(p, q, r, s, road, paved: paved) { draft.quad(c, a, d, b) }
            }
            before = (a, b, p, q)
        }
    }

    /// Whether a quad lies on ground that other connecting roads pave: wholly on earlier ones for pavement, at all for grass.
    func isDouble(_ a: Vec3, _ b: Vec3, _ c: Vec3, _ d: Vec3, _ road: Int, paved: Bool) -> Bool {
        guard tables.roads[road].junction >= 0 else { return false }
        let middle = (a + b + c + d) / 4
        let inset = [a, b, c, d].map { lerp($0, middle, 0.06) } + [middle]
        return paved ? inset.allSatisfy { isShared($0, road, earlier: true) } : inset.contains { isShared($0, road, earlier: false) }
    }

    func normal(_ cut: Cut, _ t: Double, _ slope: Double) -> Vec3 {
        let d = cut.plane.derivatives(t: t, raiseSlope: slope)
        let n = cross(d.bys, d.byt).normalized
        return n.z < 0 ? -n : n
    }

    /// What a lane is covered with. Narrow unpaved strips between paved lanes are paved medians, those beside the carriageway gravel, the rest grass.
    func material(_ section: Int, _ k: Int, _ cut: Cut) -> RoadMaterial {
        let rows = tables.sections[section].lanes
        let first = Int(rows.start)
        let type = tables.lanes[first + k].type
        switch type {
        case .shoulder, .stop: return .asphaltShoulder
        case .sidewalk: return .sidewalk
        case .curb: return .kerb
        case .biking: return .bikePath
        case .rail: return .gravel
        case .none, .border, .median:
            let width = abs(cut.lanes[k].outer - cut.lanes[k].inner)
            let pavedLeft = (0..<k).contains { tables.lanes[first + $0].type.isPaved && tables.lanes[first + $0].id != 0 }
            let pavedRight = (k + 1..<Int(rows.count)).contains { tables.lanes[first + $0].type.isPaved && tables.lanes[first + $0].id != 0 }
            if pavedLeft && pavedRight { return width < 3.2 ? .asphaltShoulder : .grass }
            return width <= 2 ? .gravel : .grass
        default: return .asphalt
        }
    }

    /// Upright faces where neighbouring lanes meet at different heights.
    private mutating func kerbs(_ cuts: [Cut], _ section: Int) {
        var draft = MeshDraft()
        let rows = tables.sections[section].lanes
        let center = Int(tables.sections[section].center) - Int(rows.start)
        for k in 0..<Int(rows.count) where k != center {
            // The neighbour on the inner side; the innermost lane's is the first lane across the centre line.
            let isLeft = k < center
            var neighbour = isLeft ? k + 1 : k - 1
            if neighbour == center {
                guard isLeft else { continue }
                neighbour += 1
            }
            guard neighbour < Int(rows.count) else { continue }
            kerb(cuts, outer: k, inner: neighbour, acrossCenter: neighbour > center && isLeft, isLeft: isLeft, &draft)
        }
        add(draft, .kerb)
    }

    private func kerb(_ cuts: [Cut], outer: Int, inner: Int, acrossCenter: Bool, isLeft: Bool, _ draft: inout MeshDraft) {
        var before: (low: UInt32, high: UInt32)?
        for cut in cuts {
            let t = cut.lanes[outer].inner
            let outerRaise = cut.lanes[outer].innerRaise
            let innerRaise = acrossCenter ? cut.lanes[inner].innerRaise : cut.lanes[inner].outerRaise
            guard abs(outerRaise - innerRaise) > 0.005 else {
                before = nil
                continue
            }
            // The face looks away from the higher lane.
            let looksRight = (outerRaise > innerRaise) == isLeft
            let plan = looksRight ? -cut.plane.line.tangent.left : cut.plane.line.tangent.left
            let normal = Vec3(plan.x, plan.y, 0)
            let low = draft.vertex(cut.plane.point(t: t, raise: min(outerRaise, innerRaise)) - origin, normal, cut.s, 0)
            let high = draft.vertex(cut.plane.point(t: t, raise: max(outerRaise, innerRaise)) - origin, normal, cut.s, abs(outerRaise - innerRaise))
            if let before {
                if looksRight { draft.quad(before.low, low, before.high, high) } else { draft.quad(low, before.low, high, before.high) }
            }
            before = (low, high)
        }
    }
}
