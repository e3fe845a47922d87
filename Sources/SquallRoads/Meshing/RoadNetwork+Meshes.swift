import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene

/// The network as ground: meshes, heights, centre lines.
extension RoadNetwork {
    /// The ground of this network as meshes: deterministic, in file order, terrain last.
    public func meshes(_ options: RoadMeshOptions = RoadMeshOptions()) -> RoadMeshes {
        let origin = meshOrigin
        var mesher = RoadMesher(tables, index, options: options, origin: origin)
        for (road, sunk) in sunk().enumerated() { mesher.mesh(road: road, sunk: sunk) }
        let terrain = TerrainBuilder(tables, index, horizon: options.relief.horizon, relief: options.relief).build()
        return RoadMeshes(origin: origin, pieces: mesher.pieces + terrain.pieces(origin: origin), terrain: terrain)
    }

    /// Height and normal of the ground under any point: the road where there is one, else the higher of verge and open country.
    public func ground(at point: Vec2, terrain: Terrain, near: LanePosition? = nil) -> (height: Double, normal: Vec3) {
        if let road = surface(at: point, near: near) { return (road.height, road.normal) }
        let open = terrain.height(at: point)
        if let verge = vergeHeight(at: point), verge > open { return (verge, Vec3(0, 0, 1)) }
        return (open, terrain.normal(at: point))
    }

    private func vergeHeight(at point: Vec2) -> Double? {
        guard let found = nearest(point, within: RoadIndex.margin) else { return nil }
        let (left, right) = tables.extent(ofRoad: found.road, at: found.s)
        let t = found.t.clamped(to: right...max(left, right))
        let edge = tables.surface(road: found.road, s: found.s, t: t)
        let foot = tables.crossSection(ofRoad: found.road, at: found.s).point(t: t).xy
        let strip = tables.grassWidth(ofRoad: found.road, section: tables.section(ofRoad: found.road, at: found.s), left: found.t >= left, at: found.s, outer: t)
        return tables.vergeDrop(at: (point - foot).length, beyond: strip).map { edge.height - $0 }
    }

    /// The same network with grass strips of another shape; what its file places on them stands on them.
    public func beside(_ roadside: Roadside) -> RoadNetwork { roadside == tables.roadside ? self : RoadNetwork(self, roadside) }

    /// Centre lines of all lanes with a width, in file order, a point every 5 m.
    public var laneCenterlines: [EpisodeInfo.Lane] {
        var result: [EpisodeInfo.Lane] = []
        for road in tables.roads.indices {
            for row in tables.roads[road].sections.range {
                for lane in tables.sections[row].lanes.range where tables.lanes[lane].id != 0 {
                    result.append(
                        EpisodeInfo.Lane(
                            road: names.roads[road], lane: Int(tables.lanes[lane].id), type: names.laneTypes[Int(tables.lanes[lane].typeName)],
                            centerline: centerline(road, row, lane)))
                }
            }
        }
        return result
    }

    /// In the direction of travel.
    private func centerline(_ road: Int, _ section: Int, _ lane: Int) -> [Vec3] {
        let (start, end) = (tables.sections[section].s, tables.sections[section].end)
        let count = min(100_000, max(1, Int(((end - start) / 5).rounded(.up))))
        let points = (0...count).map { k in
            let s = start + (end - start) * Double(k) / Double(count)
            let t = tables.center(ofLane: lane, inSection: section, ofRoad: road, at: s).t
            return tables.surfacePoint(road: road, section: section, lane: lane, s: s, t: t)
        }
        return tables.lanes[lane].direction > 0 ? points : points.reversed()
    }

    /// Connecting roads of a junction overlap; each lies a millimetre below the one before, so that no two surfaces coincide. One depth a road, metres.
    private func sunk() -> [Double] {
        var ranks = [Int](repeating: 0, count: names.junctions.count)
        return tables.roads.map { road in
            guard road.junction >= 0 else { return 0 }
            ranks[Int(road.junction)] += 1
            return 0.001 * Double(min(ranks[Int(road.junction)], 25))
        }
    }

    /// The middle of the map in whole metres when it lies beyond 5 km, zero otherwise.
    private var meshOrigin: Vec3 {
        var (lower, upper) = (Vec2(repeating: .infinity), Vec2(repeating: -.infinity))
        for stretch in index.stretches { (lower, upper) = (pointwiseMin(lower, stretch.point), pointwiseMax(upper, stretch.point)) }
        guard max(abs(lower.x), abs(lower.y), abs(upper.x), abs(upper.y)) > 5000 else { return .zero }
        let middle = ((lower + upper) / 2).rounded(.toNearestOrEven)
        return Vec3(middle.x, middle.y, 0)
    }
}
