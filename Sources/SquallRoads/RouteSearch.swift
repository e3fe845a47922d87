import SquallMath

/// Distances along lanes, over links and through junctions.
extension RoadTables {
    /// Metres along a lane's centre line between the cursor and another s of its road, sections changing on the way; positive.
    func pathLength(_ cursor: LaneCursor, to goal: Double) -> Double {
        var at = cursor
        at.forward = goal >= cursor.s
        var total = 0.0
        var steps = 0
        while abs(goal - at.s) > 1e-9, steps < 200_000 {
            steps += 1
            let end = at.forward ? min(goal, sections[at.section].end) : max(goal, sections[at.section].s)
            let toEnd = abs(end - at.s)
            if toEnd <= 1e-9 {
                let next = at.section + (at.forward ? 1 : -1)
                guard roads[at.road].sections.range.contains(next) else { return total + abs(goal - at.s) }
                let record = lanes[at.lane]
                let link = at.forward ? record.successor : record.predecessor
                at.lane = lane(link == LaneRecord.noLink ? record.id : link, inSection: next) ?? Int(sections[next].center)
                at.section = next
                continue
            }
            let step = min(toEnd, 2)
            let signed = at.forward ? step : -step
            total += step * pathRate(at, at: at.s + signed / 2)
            at.s = step == toEnd ? end : at.s + signed
        }
        return total
    }
}

/// Shortest way over links and junctions, ahead first, then behind.
struct RouteSearch {
    private let tables: RoadTables
    init(_ tables: RoadTables) { self.tables = tables }

    /// Signed metres from a lane to a place on another road, or nil when it lies further than `limit` both ahead and behind.
    func distance(from start: LaneCursor, to goal: LaneCursor, limit: Double) -> Double? {
        if let found = search(start, goal, limit, ahead: true) { return found }
        var back = start
        back.forward.toggle()
        return search(back, goal, limit, ahead: false).map { -$0 }
    }

    /// Dijkstra over road ends; roads are few within the limit, so the frontier is a plain array.
    private func search(_ start: LaneCursor, _ goal: LaneCursor, _ limit: Double, ahead: Bool) -> Double? {
        var frontier: [(distance: Double, cursor: LaneCursor)] = []
        var visited: [(Int, Bool)] = [(start.road, start.forward)]
        let toEnd = tables.pathLength(start, to: start.forward ? tables.roads[start.road].length : 0)
        expand(atEndOf: start, ahead: ahead, toEnd, &frontier)
        while let nearest = frontier.indices.min(by: { frontier[$0].distance < frontier[$1].distance }) {
            let (distance, cursor) = frontier.remove(at: nearest)
            guard distance <= limit, visited.count < 4096 else { return nil }
            if cursor.road == goal.road {
                let total = distance + tables.pathLength(cursor, to: goal.s)
                return total <= limit ? total : nil
            }
            guard !visited.contains(where: { $0 == (cursor.road, cursor.forward) }) else { continue }
            visited.append((cursor.road, cursor.forward))
            let length = tables.pathLength(cursor, to: cursor.forward ? tables.roads[cursor.road].length : 0)
            expand(atEndOf: cursor, ahead: ahead, distance + length, &frontier)
        }
        return nil
    }

    /// Puts every road that follows the cursor's road, by any lane whose traffic runs the way of the search, on the frontier.
    private func expand(atEndOf cursor: LaneCursor, ahead: Bool, _ distance: Double, _ frontier: inout [(distance: Double, cursor: LaneCursor)]) {
        let record = tables.roads[cursor.road]
        var end = cursor
        end.section = cursor.forward ? record.sections.last : Int(record.sections.start)
        end.s = cursor.forward ? record.length : 0
        let link = cursor.forward ? record.successor : record.predecessor
        for lane in tables.sections[end.section].lanes.range
        where tables.lanes[lane].type.isDrivable && (tables.lanes[lane].direction > 0) == (cursor.forward == ahead) {
            end.lane = lane
            switch link.kind {
            case .none: return
            case .road:
                var next = end
                if tables.crossOver(&next) { frontier.append((distance, next)) }
            case .junction:
                tables.eachExit(ofJunction: Int(link.index), from: end) { frontier.append((distance, $0)) }
            }
        }
    }
}
