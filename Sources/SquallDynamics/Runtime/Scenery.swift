import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallWeather
import SquallWorld

/// One object as others see it at the start of a step: plan view plus height. Plain numbers, copied freely.
struct Silhouette: Sendable {
    /// Body origin and heading.
    var position: Vec3
    var heading: Vec2
    var velocity: Vec2
    /// Along the heading, m/s and m/s².
    var speed: Double, acceleration: Double
    /// rad/s
    var yawRate: Double
    /// Hull from the origin: forward, backward, to each side, metres; bottom and top, world z.
    var front: Double, rear: Double, left: Double, right: Double
    var bottom: Double, top: Double
    var lane: LaneReference
    /// To the left of that lane's centre in the direction of travel, metres.
    var laneOffset: Double
    /// Takes part in traffic: an actor with a hull.
    var isActor: Bool

    /// Middle of the hull in plan view.
    var middle: Vec2 { position.xy + heading * ((front - rear) / 2) + heading.left * ((left - right) / 2) }
    var halfLength: Double { (front + rear) / 2 }
    var halfWidth: Double { (left + right) / 2 }
    var box: UprightBox { UprightBox(middle: middle, axis: heading, halfLength: halfLength, halfWidth: halfWidth, bottom: bottom, top: top) }
}

/// Everything actors may look at while they decide: the state before the step. Nobody sees what others decide in the same step.
struct Scenery: Sendable {
    /// Seconds since the episode's start; of one step.
    var time = 0.0, dt = 1.0 / 240
    /// One per object.
    var objects: [Silhouette] = []
    var weather = WeatherState()
    /// Pairs (lower index first) that have touched since the start, in order of contact.
    var touched: [(Int, Int)] = []
    /// Courses of those who follow one, by object index, for questions along the lane.
    var courses: [CourseView?] = []

    /// A course and where its owner is on it.
    struct CourseView: Sendable {
        var course: Course
        var projection: Course.Projection
    }

    func haveTouched(_ a: Int, _ b: Int) -> Bool { touched.contains { $0 == (min(a, b), max(a, b)) } }
}
