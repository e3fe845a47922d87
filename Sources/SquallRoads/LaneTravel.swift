import Foundation
import SquallMath

/// A place on a lane with a sense of movement: rows of the tables, so that stepping allocates nothing.
struct LaneCursor: Sendable, Equatable {
    var road: Int
    var section: Int
    var lane: Int
    var s: Double
    /// Moves with growing s.
    var forward: Bool
}

extension RoadTables {
    /// t of a lane's centre and its slope along s; the reference line for lane 0.
    @inline(__always) func center(ofLane lane: Int, inSection section: Int, ofRoad road: Int, at s: Double) -> (t: Double, slope: Double) {
        let edge = edges(ofLane: lane, inSection: section, ofRoad: road, at: s)
        return ((edge.inner + edge.outer) / 2, (edge.innerSlope + edge.outerSlope) / 2)
    }

    /// Metres of lane centre line per metre of s.
    @inline(__always) func pathRate(_ cursor: LaneCursor, at s: Double) -> Double {
        let center = center(ofLane: cursor.lane, inSection: cursor.section, ofRoad: cursor.road, at: s)
        let stretch = 1 - line(ofRoad: cursor.road, at: s).curvature * center.t
        let climb = profile(roads[cursor.road].elevation, at: s).slope
        return max(0.05, (stretch * stretch + center.slope * center.slope + climb * climb).squareRoot())
    }

    /// Moves along the lane by `distance` metres of its centre line, over links and junctions; false at a dead end, where the cursor then stands.
    func advance(_ cursor: inout LaneCursor, by distance: Double) -> Bool {
        var remaining = distance
        var steps = 0
        while remaining > 1e-9 {
            steps += 1
            guard steps < 200_000 else { return false }
            let end = cursor.forward ? sections[cursor.section].end : sections[cursor.section].s
            let toEnd = cursor.forward ? end - cursor.s : cursor.s - end
            if toEnd <= 1e-9 {
                guard crossOver(&cursor) else { return false }
                continue
            }
            let step = min(toEnd, 2, remaining * 2)
            let signed = cursor.forward ? step : -step
            let rate = pathRate(cursor, at: cursor.s + signed / 2)
            if step * rate >= remaining {
                let last = remaining / rate
                cursor.s += cursor.forward ? last : -last
                break
            }
            remaining -= step * rate
            cursor.s = step == toEnd ? end : cursor.s + signed
        }
        settle(&cursor)
        return true
    }

    /// A place on the border of two sections belongs to the later one, where s finds it again; a lane that ends there stays just before it.
    func settle(_ cursor: inout LaneCursor) {
        let section = sections[cursor.section]
        guard cursor.s >= section.end, cursor.section < roads[cursor.road].sections.last else { return }
        var next = cursor
        next.forward = true
        if crossOver(&next) { (cursor.section, cursor.lane) = (next.section, next.lane) } else { cursor.s = section.end.nextDown }
    }

    /// Steps over the end of the cursor's section; false when the lane ends there.
    func crossOver(_ cursor: inout LaneCursor) -> Bool {
        let rows = roads[cursor.road].sections
        let next = cursor.section + (cursor.forward ? 1 : -1)
        let record = lanes[cursor.lane]
        let link = record.id == 0 ? 0 : cursor.forward ? record.successor : record.predecessor
        if rows.range.contains(next) {
            guard let lane = lane(link == LaneRecord.noLink ? record.id : link, inSection: next) else { return false }
            (cursor.section, cursor.lane) = (next, lane)
            cursor.s = cursor.forward ? sections[next].s : sections[next].end
            return true
        }
        let end = cursor.forward ? roads[cursor.road].successor : roads[cursor.road].predecessor
        switch end.kind {
        case .none: return false
        case .road: return enter(Int(end.index), at: end.contact, lane: link, &cursor)
        case .junction: return enterJunction(Int(end.index), &cursor)
        }
    }

    /// Enters a road at one end on a lane (same lane, turned if the roads meet head to head, when `noLink`).
    func enter(_ road: Int, at contact: Contact, lane id: Int32, _ cursor: inout LaneCursor) -> Bool {
        let forward = contact == .start
        let own = lanes[cursor.lane].id
        let wanted = id != LaneRecord.noLink ? id : forward == cursor.forward ? own : -own
        let rows = roads[road].sections
        guard rows.count > 0 else { return false }
        let section = forward ? Int(rows.start) : rows.last
        guard let lane = lane(wanted, inSection: section) else { return false }
        cursor = LaneCursor(road: road, section: section, lane: lane, s: forward ? 0 : roads[road].length, forward: forward)
        return true
    }

    /// Takes the straightest connection of a junction that leaves from the cursor's lane.
    private func enterJunction(_ junction: Int, _ cursor: inout LaneCursor) -> Bool {
        var best = cursor
        var straightest = Double.infinity
        eachExit(ofJunction: junction, from: cursor) { option in
            let turn = turn(ofRoad: option.road)
            if turn < straightest - 1e-6 { (best, straightest) = (option, turn) }
        }
        guard straightest < .infinity else { return false }
        cursor = best
        return true
    }

    /// How much a road turns from end to end, radians.
    func turn(ofRoad road: Int) -> Double { abs(wrapAngle(roads[road].endHeading - roads[road].startHeading)) }

    /// Every way into a junction from the cursor's lane, in file order: connections that start at the road, else connecting roads whose lanes lead back to it.
    func eachExit(ofJunction junction: Int, from cursor: LaneCursor, _ body: (LaneCursor) -> Void) {
        let here = cursor.forward ? Contact.end : Contact.start
        let id = lanes[cursor.lane].id
        var found = false
        for index in junctions[junction].connections.range where connections[index].incoming == Int32(cursor.road) {
            let connection = connections[index]
            let connecting = Int(connection.connecting)
            guard leads(connecting, connection.contact, to: cursor.road, here) else { continue }
            var target = LaneRecord.noLink
            if connection.links.count > 0, id != 0 {
                guard let link = connection.links.range.first(where: { links[$0].from == id }) else { continue }
                target = links[link].to
            }
            var option = cursor
            if enter(connecting, at: connection.contact, lane: target, &option) {
                found = true
                body(option)
            }
        }
        if found { return }
        for index in junctions[junction].connections.range {
            let connecting = Int(connections[index].connecting)
            for contact in [Contact.start, Contact.end] where roads[connecting].sections.count > 0 {
                let back = contact == .start ? roads[connecting].predecessor : roads[connecting].successor
                guard back == RoadEnd(kind: .road, index: Int32(cursor.road), contact: here) else { continue }
                let section = contact == .start ? Int(roads[connecting].sections.start) : roads[connecting].sections.last
                let lane = sections[section].lanes.range.first { (contact == .start ? lanes[$0].predecessor : lanes[$0].successor) == id }
                guard let lane else { continue }
                var option = cursor
                if enter(connecting, at: contact, lane: lanes[lane].id, &option) { body(option) }
            }
        }
    }

    /// Whether a connecting road's end is tied to a road's end; true as well when the file does not say.
    private func leads(_ connecting: Int, _ contact: Contact, to road: Int, _ end: Contact) -> Bool {
        let back = contact == .start ? roads[connecting].predecessor : roads[connecting].successor
        guard back.kind == .road else { return true }
        return back.index == Int32(road) && back.contact == end
    }
}
