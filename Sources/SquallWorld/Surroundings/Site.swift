import Foundation
import SquallAssets
import SquallFrames
import SquallMath
import SquallRoads
import SquallScene

/// The ground that surroundings are laid out on: where the roads run, what is taken already, and the dice.
///
/// Every decision is keyed by its place: a road's name, side and count along it, or a cell of the plan. An edit elsewhere moves nothing here.
struct Site {
    let scene: ConcreteScene
    let roads: RoadNetwork
    let terrain: Terrain
    /// Things stand as objects within `near` of `center`; what lies further off is background.
    let center: Vec2
    let near: Double
    /// Points on the roads, at most a few hundred.
    let samples: [Vec3]
    private(set) var taken = Occupancy()
    /// Kinds of things the road file places itself: it knows better.
    let given: Set<String>

    init(_ scene: ConcreteScene, _ roads: RoadNetwork, _ terrain: Terrain, _ view: GroundView) {
        (self.scene, self.roads, self.terrain) = (scene, roads, terrain)
        (center, near) = (view.center, max(500, view.range - GroundView.sight))
        let length = (0..<roads.roadCount).reduce(0) { $0 + roads.length(ofRoad: $1) }
        let reach = view.range
        samples = roads.samples(every: max(15, length / 400)).filter { ($0.xy - view.center).length < reach }
        given = Set(roads.placedObjects.map(\.archetype))
        for thing in roads.placedObjects { taken.add(thing.pose.position.xy, radius: 0.5 * max(thing.size?.x ?? 2, thing.size?.y ?? 2)) }
        for actor in scene.actors {
            let place: Vec2? =
                switch actor.placement {
                case .lane(let position): roads.pose(of: position)?.position.xy
                case .pose(let pose): pose.position.xy
                case .ground(let point, _): point
                }
            let size = actor.size ?? Archetype.named(actor.asset)?.size ?? Vec3(4, 4, 2)
            if let place { taken.add(place, radius: 1 + size.max() / 2) }
        }
    }

    /// Broadleaved trees stand bare: December to March in the north, half a year later in the south.
    var isWinter: Bool { scene.place.latitude >= 0 ? [12, 1, 2, 3].contains(scene.start.month) : (6...9).contains(scene.start.month) }

    func random(_ path: String) -> CounterRandom { CounterRandom(seed: scene.seed, sample: UInt32(truncatingIfNeeded: scene.index), path: "surroundings.\(path)") }

    /// A hash of a cell of the plan in 0..<1, the same in every scene of this seed and sample.
    func unit(_ i: Int, _ j: Int, _ key: UInt64) -> Double {
        let x = UInt64(bitPattern: Int64(i)), y = UInt64(bitPattern: Int64(j))
        let own = scene.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(truncatingIfNeeded: scene.index)
        return Double(mix64(mix64(x &* 0xD6E8_FEB8_6659_FD93 ^ own) &+ mix64(y &+ key &* 0xC2B2_AE3D_27D4_EB4F)) >> 11) * 0x1p-53
    }

    /// World z of the ground: verge or open country.
    func ground(_ point: Vec2) -> Double { roads.ground(at: point, terrain: terrain).height }

    /// Whether a disc touches neither a lane nor anything that stands already.
    func isFree(_ point: Vec2, radius: Double) -> Bool { taken.isFree(point, radius: radius) && roads.isFree(point, within: radius) }

    /// Takes a disc if it is free.
    mutating func take(_ point: Vec2, radius: Double) -> Bool {
        guard isFree(point, radius: radius) else { return false }
        taken.add(point, radius: radius)
        return true
    }

    /// Takes a disc that only has to keep clear of other things: what stands hard by a lane.
    mutating func takeBeside(_ point: Vec2, radius: Double) -> Bool {
        guard taken.isFree(point, radius: radius) else { return false }
        taken.add(point, radius: radius)
        return true
    }

    /// Takes a rectangle if discs along its longer axis are free and the ground under it is level enough: the verge where it covers the country.
    /// - Returns: the lowest ground under it, nil where it does not fit.
    mutating func take(_ middle: Vec2, axis: Vec2, length: Double, width: Double, unevenness: Double = 1.2) -> Double? {
        let count = max(1, Int((length / width).rounded(.up)))
        let piece = length / Double(count), radius = 0.5 * (piece * piece + width * width).squareRoot(), own = 0.5 * min(piece, width)
        let places = (0..<count).map { middle + axis * (length * ((Double($0) + 0.5) / Double(count) - 0.5)) }
        guard places.allSatisfy({ roads.isFree($0, within: radius) && taken.isFree($0, radius: own) }) else { return nil }
        let side = axis.left * (width / 2), end = axis * (length / 2)
        let heights = [middle + end + side, middle + end - side, middle - end + side, middle - end - side, middle].map { ground($0) }
        guard let low = heights.min(), let high = heights.max(), high - low < unevenness else { return nil }
        for place in places { taken.add(place, radius: own) }
        return low
    }

    /// Distance to the nearest road's reference line, metres, within the spacing of the samples.
    func distance(_ point: Vec2) -> Double { samples.reduce(Double.infinity) { min($0, dot($1.xy - point, $1.xy - point)) }.squareRoot() }

    /// Walks both edges of every road that is no crossing, a step every `spacing` metres.
    func alongEdges(every spacing: Double, from start: Double = 0, _ rule: String, _ body: (_ path: String, _ s: Double, _ left: Bool, _ edge: RoadEdge) -> Void) {
        for road in 0..<roads.roadCount where !roads.isConnecting(road) {
            let length = roads.length(ofRoad: road)
            for left in [true, false] {
                var index = 0
                var s = start + spacing / 2
                while s < length {
                    let edge = roads.edge(ofRoad: road, at: s, left: left)
                    if (edge.point.xy - center).length < near { body("road.\(roads.roadName(road)).\(left ? "left" : "right").\(rule)[\(index)]", s, left, edge) }
                    index += 1
                    s += spacing
                }
            }
        }
    }
}

/// Discs that are taken, in a grid.
struct Occupancy {
    private static let cell = 16.0
    private var discs: [SIMD2<Int32>: [(center: Vec2, radius: Double)]] = [:]
    private var largest = 0.0

    mutating func add(_ center: Vec2, radius: Double) {
        guard abs(center.x) < 1e7, abs(center.y) < 1e7 else { return }
        discs[Occupancy.key(center), default: []].append((center, radius))
        largest = max(largest, min(radius, 40))
    }

    func isFree(_ point: Vec2, radius: Double) -> Bool {
        guard abs(point.x) < 1e7, abs(point.y) < 1e7 else { return false }
        let reach = Int32(((radius + largest) / Occupancy.cell).rounded(.up)), middle = Occupancy.key(point)
        for j in -reach...reach {
            for i in -reach...reach {
                for disc in discs[middle &+ SIMD2(i, j)] ?? [] where (disc.center - point).length < disc.radius + radius { return false }
            }
        }
        return true
    }

    private static func key(_ point: Vec2) -> SIMD2<Int32> { SIMD2(Int32((point.x / cell).rounded(.down)), Int32((point.y / cell).rounded(.down))) }
}

