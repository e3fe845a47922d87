import SquallGeometry
import SquallMath

extension RoadNetwork {
    /// The ground of this network as meshes: deterministic, in file order, terrain last.
    public func meshes(_ options: RoadMeshOptions = RoadMeshOptions()) -> RoadMeshes {
        let origin = meshOrigin
        var mesher = RoadMesher(tables, options: options, origin: origin)
        for road in tables.roads.indices { mesher.mesh(road: road, sunk: sunk(road)) }
        return RoadMeshes(origin: origin, pieces: mesher.pieces, terrain: Terrain())
    }

    /// Connecting roads of a junction overlap; each lies a millimetre below the one before, so that no two surfaces coincide.
    private func sunk(_ road: Int) -> Double {
        let junction = tables.roads[road].junction
        guard junction >= 0 else { return 0 }
        let rank = tables.roads[..<road].reduce(0) { $0 + ($1.junction == junction ? 1 : 0) }
        return 0.001 * Double(min(rank, 24) + 1)
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
