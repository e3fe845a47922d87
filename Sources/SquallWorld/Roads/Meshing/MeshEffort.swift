import SquallMath
import SquallScene

/// What meshing a network would take, told before any of it is meshed.
extension RoadNetwork {
    /// Facets of road, verge and paint; in places where questions look at many roads they count more. Counting ends above `limit`.
    func meshEffort(_ options: RoadMeshOptions, upTo limit: Int) -> Int {
        var effort = 0
        for road in tables.roads.indices {
            let connects = tables.roads[road].junction >= 0
            var (section, paint) = (-1, 0.0)
            for chunk in RoadStations(tables, road: road, options: options).chunks {
                let steps = chunk.stations.count - 1
                if chunk.section != section { (section, paint) = (chunk.section, paintPerMetre(chunk.section)) }
                let middle = tables.line(ofRoad: road, at: chunk.stations[chunk.stations.count / 2]).point
                guard options.reaches(middle) else { continue }
                let lanes = Int(tables.sections[chunk.section].lanes.count)
                let verge = 2 * (Verge.profile.count - 1)
                // Two questions a facet of verge, ten a facet of a connecting road.
                let questions = steps * (2 * verge + (connects ? 10 * lanes : 0))
                effort += steps * (lanes + verge) + Int(paint * (chunk.stations[steps] - chunk.stations[0])) + questions * index.crowd(at: middle) / 4096
                if effort > limit { return effort }
            }
        }
        return effort
    }

    /// Strokes of paint and marks to look through, per metre of a section.
    private func paintPerMetre(_ section: Int) -> Double {
        let record = tables.sections[section]
        var (strokes, marks) = (0.0, 0)
        for lane in record.lanes.range {
            for row in tables.lanes[lane].marks.range {
                let mark = tables.marks[row]
                let length = max(0, min(mark.end, record.end) - max(mark.s, record.s))
                marks += 1 + Int(mark.lines.count)
                for line in mark.lines.range where tables.markLines[line].space > 0 { strokes += length / (tables.markLines[line].length + tables.markLines[line].space) }
            }
        }
        let length = max(1, record.end - record.s)
        return strokes / length + Double(marks) / 32 / 16
    }
}

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
