import Foundation
import SquallGeometry
import SquallMath
import SquallRoads
import SquallScene
import SquallWeather

/// Answers a scene's questions about the state at one instant.
///
/// An unknown actor makes numbers infinite (distances, gaps, times) or NaN (speeds, lanes), so that no comparison about it holds by accident.
struct RuntimeQueries: RuntimeContext {
    let scenery: Scenery
    let model: SimulationModel
    /// When the asking step began, seconds.
    let stepStart: Double

    var elapsed: Double { scenery.time }
    var stepElapsed: Double { scenery.time - stepStart }

    func value(of query: RuntimeQuery) -> Double {
        switch query {
        case .distance(let a, let b): return pair(a, b).map { distance($0, $1) } ?? .infinity
        case .gap(let from, let to): return pair(from, to).map { gap(from: $0, to: $1) } ?? .infinity
        case .speed(let a): return one(a)?.speed ?? .nan
        case .acceleration(let a): return one(a)?.acceleration ?? .nan
        case .s(let a): return one(a).map { $0.lane.isOnNetwork ? $0.lane.s : .nan } ?? .nan
        case .lane(let a): return one(a).map { $0.lane.isOnNetwork ? Double($0.lane.lane) : .nan } ?? .nan
        case .timeToCollision(let a, let b): return pair(a, b).map { timeToCollision($0, $1) } ?? .infinity
        case .visible(let target, let observer): return Sight(scenery: scenery, model: model).sees(target, from: observer) ? 1 : 0
        case .collided(let a, let b): return pair(a, b).map { scenery.haveTouched($0, $1) ? 1 : 0 } ?? 0
        case .weather(let name): return weather(name)
        }
    }

    private func one(_ path: String) -> Silhouette? { model.index(of: path).map { scenery.objects[$0] } }
    private func pair(_ a: String, _ b: String) -> (Int, Int)? {
        guard let i = model.index(of: a), let j = model.index(of: b) else { return nil }
        return (i, j)
    }

    /// Between hulls: plan view and height, metres.
    func distance(_ a: Int, _ b: Int) -> Double { scenery.objects[a].box.distance(to: scenery.objects[b].box) }

    /// Free length between the bumpers along the lane, whoever is ahead; 0 when abreast, infinite when no lane joins them.
    func gap(from a: Int, to b: Int) -> Double {
        let (x, y) = (scenery.objects[a], scenery.objects[b])
        guard let apart = along(a, b) ?? along(b, a).map({ -$0 }) ?? overNetwork(x, y) else { return .infinity }
        return max(0, abs(apart) - x.halfLength - y.halfLength)
    }

    /// Signed distance between the middles along the first one's course; nil when it has none or the other is far beside it.
    private func along(_ a: Int, _ b: Int) -> Double? {
        guard a < scenery.courses.count, let view = scenery.courses[a] else { return nil }
        let (own, other) = (scenery.objects[a], scenery.objects[b])
        let hint = view.projection.index
        let there = view.course.project(other.middle, hint: hint + Int(dot(other.middle - own.middle, own.heading)))
        let last = view.course.length
        guard abs(there.left) < 15, there.station > 0, there.station < last else { return nil }
        return there.station - view.course.project(own.middle, hint: hint).station
    }

    private func overNetwork(_ a: Silhouette, _ b: Silhouette) -> Double? {
        guard let from = model.roads.position(a.lane, left: 0), let to = model.roads.position(b.lane, left: 0) else { return nil }
        if let ahead = model.roads.catalogue?.distanceAlong(from: from, to: to) { return ahead }
        return model.roads.catalogue?.distanceAlong(from: to, to: from).map { -$0 }
    }

    /// Gap over closing speed along the line between the middles' courses; infinite when opening.
    func timeToCollision(_ a: Int, _ b: Int) -> Double {
        let gap = gap(from: a, to: b)
        guard gap.isFinite else { return .infinity }
        let (x, y) = (scenery.objects[a], scenery.objects[b])
        let line = (y.middle - x.middle).normalized
        let closing = dot(x.velocity - y.velocity, line)
        return closing > 1e-6 ? gap / closing : .infinity
    }

    private func weather(_ name: String) -> Double {
        switch name {
        case "rain_rate": return scenery.weather.rainRate / 3.6e6
        case "visibility": return scenery.weather.fogVisibility
        case "wind_speed": return scenery.weather.windSpeed
        case "temperature": return scenery.weather.temperature
        case "cloud_cover": return scenery.weather.cloudCover
        default: return .nan
        }
    }
}
