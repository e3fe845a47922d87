import SquallMath

/// Widths and edges of lanes across a road.
extension RoadTables {
    /// The row of a lane id in a section.
    @inline(__always) func lane(_ id: Int32, inSection section: Int) -> Int? {
        let rows = sections[section].lanes
        let guess = Int(sections[section].center) - Int(id)
        if rows.range.contains(guess), lanes[guess].id == id { return guess }
        return rows.range.first { lanes[$0].id == id }
    }

    /// Width of a lane (or its border's t) with the slope along s; widths are never negative.
    @inline(__always) private func extent(_ lane: Int, at s: Double) -> (value: Double, slope: Double) {
        let piece = profile(lanes[lane].widths, at: s)
        if lanes[lane].usesBorder { return piece }
        return piece.value > 0 ? piece : (0, 0)
    }

    /// t of a lane's inner and outer edge with their slopes along s. Lane 0 has no width.
    func edges(ofLane lane: Int, inSection section: Int, ofRoad road: Int, at s: Double) -> (
        inner: Double, outer: Double, innerSlope: Double, outerSlope: Double
    ) {
        let center = Int(sections[section].center)
        let offset = profile(roads[road].laneOffset, at: s)
        var (inner, innerSlope) = (offset.value, offset.slope)
        var (outer, outerSlope) = (inner, innerSlope)
        let left = lane < center
        var row = center
        while row != lane {
            row += left ? -1 : 1
            (inner, innerSlope) = (outer, outerSlope)
            let piece = extent(row, at: s)
            if lanes[row].usesBorder {
                (outer, outerSlope) = (left ? max(inner, piece.value) : min(inner, piece.value), piece.slope)
            } else {
                outer += left ? piece.value : -piece.value
                outerSlope += left ? piece.slope : -piece.slope
            }
        }
        return (inner, outer, innerSlope, outerSlope)
    }

    /// t of the leftmost and rightmost lane edges at s.
    func extent(ofRoad road: Int, at s: Double) -> (left: Double, right: Double) {
        let index = section(ofRoad: road, at: s)
        let record = sections[index]
        return (
            edges(ofLane: Int(record.lanes.start), inSection: index, ofRoad: road, at: s).outer,
            edges(ofLane: record.lanes.last, inSection: index, ofRoad: road, at: s).outer
        )
    }

    /// The lane row whose strip holds t, the outermost one beyond the edges. Strips without width lose.
    func lane(ofRoad road: Int, section: Int, s: Double, t: Double) -> Int {
        let record = sections[section]
        let center = Int(record.center)
        let offset = profile(roads[road].laneOffset, at: s).value
        let left = t >= offset
        let last = left ? Int(record.lanes.start) : record.lanes.last
        guard last != center else {
            let other = left ? record.lanes.last : Int(record.lanes.start)
            return other == center ? center : (left ? center + 1 : center - 1)
        }
        var (row, edge, best) = (center, offset, center + (left ? -1 : 1))
        while row != last {
            row += left ? -1 : 1
            let piece = extent(row, at: s).value
            let outer = lanes[row].usesBorder ? (left ? max(edge, piece) : min(edge, piece)) : edge + (left ? piece : -piece)
            if abs(outer - edge) > 1e-6 { best = row }
            edge = outer
            if left ? t < outer : t > outer { break }
        }
        return best
    }

    /// Height of a lane's inner and outer edge above the road plane.
    @inline(__always) func raise(ofLane lane: Int, at s: Double) -> (inner: Double, outer: Double) {
        guard let index = row(heights, lanes[lane].heights, at: s, key: { $0.s }) else { return (0, 0) }
        let a = heights[index]
        guard index < lanes[lane].heights.last, heights[index + 1].s > a.s else { return (a.inner, a.outer) }
        let b = heights[index + 1]
        let f = ((s - a.s) / (b.s - a.s)).clamped(to: 0...1)
        return (lerp(a.inner, b.inner, f), lerp(a.outer, b.outer, f))
    }

    /// The limit on a lane, m/s; infinite without one.
    func speedLimit(ofLane lane: Int, road: Int, at s: Double) -> Double {
        if let index = row(speeds, lanes[lane].speeds, at: s, key: { $0.s }), speeds[index].s <= s { return speeds[index].limit }
        if let index = row(speeds, roads[road].speeds, at: s, key: { $0.s }), speeds[index].s <= s { return speeds[index].limit }
        return .infinity
    }
}
