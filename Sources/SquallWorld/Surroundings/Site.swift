import Foundation
import SquallAssets
import SquallFrames
import SquallMath
import SquallRoads
import SquallScene

/// The ground that surroundings are laid out on: where the roads run, what is taken already, and the dice.
///
/// Every decision is keyed by its place: a road's name, side and count along it, or a cell of the plan. What is nearest to the centre stands first,
/// so that where there is too much for all to be objects, the far end is left out.
struct Site {
    let scene: ConcreteScene
    let roads: RoadNetwork
    let terrain: Terrain
    /// Things stand as objects within `near` of `center`; what lies further off is background.
    let center: Vec2
    let near: Double
    /// Points on the reference lines in view.
    let samples: RoadSamples
    /// By road, a flag for every `stretch` metres along it: whether that comes within `near`.
    private let nearby: [[Bool]]
    private static let stretch = 25.0
    private(set) var taken = Occupancy()
    /// Kinds of things the road file places itself: it knows better.
    let given: Set<String>

    init(_ scene: ConcreteScene, _ roads: RoadNetwork, _ terrain: Terrain, _ view: GroundView) {
        (self.scene, self.roads, self.terrain) = (scene, roads, terrain)
        (center, near) = (view.center, max(500, view.range - GroundView.sight))
        let (middle, reach, near) = (view.center, view.range, near)
        samples = RoadSamples(roads.samples(every: RoadSamples.spacing).map(\.xy).filter { ($0 - middle).length < reach })
        nearby = (0..<roads.roadCount).map { road in
            let count = Int(roads.length(ofRoad: road) / Site.stretch) + 1
            return (0..<count).map { (roads.point(ofRoad: road, at: (Double($0) + 0.5) * Site.stretch).xy - middle).length < near + 2 * Site.stretch }
        }
        given = Set(roads.placedObjects.map(\.archetype))
        for thing in roads.placedObjects {
            let size = thing.size ?? Archetype.named(thing.archetype)?.size ?? Vec3(2, 2, 2)
            taken.add(thing.pose.position.xy, axis: (thing.pose.rotation * Vec3(1, 0, 0)).xy, length: size.x, width: size.y)
        }
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

    /// Broadleaved trees stand bare: from 11 November, when the last oaks have lost their leaves, to 10 April, when birches unfold theirs (the German
    /// weather service's phenological means), half a year later in the south; never within 30 degrees of the equator.
    var isWinter: Bool {
        let latitude = abs(scene.place.latitude) * 180 / .pi
        let month = scene.place.latitude >= 0 ? scene.start.month : (scene.start.month + 5) % 12 + 1
        let day = month * 100 + scene.start.day
        return latitude >= 30 && (day > 1110 || day <= 410)
    }

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
    func distance(_ point: Vec2) -> Double { samples.distance(to: point) }

    /// Whether a place of a road may be within `near`.
    func isNearby(road: Int, s: Double) -> Bool {
        let index = Int(s / Site.stretch)
        return nearby[road].indices.contains(index) && nearby[road][index]
    }

    /// A place beside a road, and the path of what a rule puts there.
    struct Beside {
        var path: String
        var left: Bool
        var edge: RoadEdge
    }

    /// Both edges of every road that is no crossing, a step every `spacing` metres within `near`: road by road, along growing s.
    func alongEdges(every spacing: Double, from start: Double = 0, _ rule: String) -> [Beside] {
        var places: [Beside] = []
        for road in 0..<roads.roadCount where !roads.isConnecting(road) {
            let length = roads.length(ofRoad: road)
            for left in [true, false] {
                var index = 0
                var s = start + spacing / 2
                while s < length {
                    if isNearby(road: road, s: s) {
                        let edge = roads.edge(ofRoad: road, at: s, left: left)
                        if (edge.point.xy - center).length < near {
                            places.append(Beside(path: "road.\(roads.roadName(road)).\(left ? "left" : "right").\(rule)[\(index)]", left: left, edge: edge))
                        }
                    }
                    index += 1
                    s += spacing
                }
            }
        }
        return places
    }

    /// The same, nearest to the centre first.
    func nearestEdges(every spacing: Double, from start: Double = 0, _ rule: String) -> [Beside] {
        nearestFirst(alongEdges(every: spacing, from: start, rule)) { $0.edge.point.xy }
    }

    /// By distance from the centre; what is equally far stays in order.
    func nearestFirst<Place>(_ places: [Place], at point: (Place) -> Vec2) -> [Place] {
        let far = places.map { (point($0) - center).length }
        return places.indices.sorted { (far[$0], $0) < (far[$1], $1) }.map { places[$0] }
    }
}
