import SquallMath
import SquallRoads
import SquallScene

/// The part of a map that a scene's sensors may see.
struct GroundView: Hashable {
    /// How far off a road is still drawn, metres: a lane is two pixels high there at most.
    static let sight = 3000.0
    /// Faster than anything that drives, m/s: nobody leaves the view before the episode ends.
    private static let topSpeed = 70.0
    /// Centres and ranges come in steps of this, so that samples share what they see, metres.
    private static let step = 500.0

    let center: Vec2
    let range: Double

    /// Around all that carries sensors, or around all actors.
    init(_ scene: ConcreteScene, _ roads: RoadNetwork?) {
        let carriers = scene.actors.filter { $0.rig != nil }
        var (lower, upper, speed) = (Vec2(repeating: .infinity), Vec2(repeating: -.infinity), GroundView.topSpeed)
        for actor in carriers.isEmpty ? scene.actors : carriers {
            let place: Vec2? =
                switch actor.placement {
                case .lane(let position): roads?.pose(of: position)?.position.xy
                case .pose(let pose): pose.position.xy
                case .ground(let point, _): point
                }
            guard let place, place.x.isFinite, place.y.isFinite else { continue }
            (lower, upper) = (pointwiseMin(lower, place), pointwiseMax(upper, place))
            speed = max(speed, actor.speed)
        }
        if lower.x > upper.x { (lower, upper) = (.zero, .zero) }
        let step = GroundView.step
        center = ((lower + upper) / (2 * step)).rounded(.toNearestOrEven) * step
        let reach = (upper - lower).length / 2 + step + GroundView.sight + min(1e7, speed * scene.record.duration)
        range = (reach / step).rounded(.up) * step
    }
}
