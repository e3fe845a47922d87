import Foundation
import SquallMath
import SquallRoads
import SquallScene

/// What a driver (or walker) remembers between steps: where to go, how fast, and the lane change under way.
struct Driver: Sendable {
    var course: Course
    /// Own place on the course at the step's start.
    var projection: Course.Projection
    /// Wished speed, m/s.
    var cruise: Double
    var follower = IntelligentDriver(desiredSpeed: 0, timeGap: 1.5)
    /// Lateral offset from the course: from `shift.from` to `shift.to`.
    var shift: LateralShift
    var hasCrashed = false
    /// A lane change that found no lane, until somebody has noted it.
    var dropped: DroppedChange?
    /// Geometry of the vehicle, for steering.
    let wheelbase: Double, centre: Double, rearArm: Double

    /// Bends are taken at this lateral acceleration at most, and reached braking at this rate, m/s².
    static let bendLimit = 4.0, bendBraking = 2.0

    init(course: Course, at position: Vec2, cruise: Double, offset: Double, wheelbase: Double = 1, centre: Double = 0, rearArm: Double = 0) {
        (self.course, self.cruise, self.wheelbase, self.centre, self.rearArm) = (course, cruise, wheelbase, centre, rearArm)
        shift = LateralShift(from: offset, to: offset, start: 0, duration: 1)
        projection = course.project(position, hint: 0)
    }

    /// Follows another course from here on, steering onto it.
    mutating func take(_ new: Course, _ view: DriverView) {
        course = new
        projection = new.project(view.own.position.xy + view.own.heading * centre, hint: 0)
        shift = LateralShift(from: 0, to: 0, start: 0, duration: 1)
    }

    struct DroppedChange: Sendable {
        /// Seconds.
        var time: Double
        var target: LaneTarget
        /// The driver follows a path of its own and no lane.
        var followsPath: Bool
    }

    /// Starts moving to a lane beside; where there is none, says so in `dropped`.
    mutating func change(to target: LaneTarget, start: Double, duration: Double, _ view: DriverView) {
        guard let position = lane(target, view), !course.isPath else {
            dropped = DroppedChange(time: start, target: target, followsPath: course.isPath)
            return
        }
        let new = Course(from: position, roads: view.model.roads)
        let place = new.project(view.own.position.xy + view.own.heading * centre, hint: 60)
        (course, projection) = (new, place)
        shift = LateralShift(from: place.left, to: 0, start: start, duration: duration)
    }

    /// The target lane abreast of the actor.
    private func lane(_ target: LaneTarget, _ view: DriverView) -> LanePosition? {
        let roads = view.model.roads
        guard let catalogue = roads.catalogue, let own = roads.position(course.lane(at: projection), left: 0) else { return nil }
        switch target {
        case .left: return catalogue.neighbour(of: own, left: true, drivable: true)
        case .right: return catalogue.neighbour(of: own, left: false, drivable: true)
        case .fixed(let road, let lane): return abreast(of: own, road: road, lane: lane, view)
        case .laneOf(let path):
            guard let other = view.model.index(of: path), let theirs = roads.position(view.scenery.objects[other].lane, left: 0) else { return nil }
            return abreast(of: own, road: theirs.road, lane: theirs.lane, view)
        }
    }

    /// The place on a named lane that lies beside the own one: on the same road at the same s, else reached over the neighbours.
    private func abreast(of own: LanePosition, road: String, lane: Int, _ view: DriverView) -> LanePosition? {
        let catalogue = view.model.roads.catalogue
        if own.road == road {
            let isThere = catalogue?.lanes(ofRoad: road, at: own.s).contains { $0.id == lane && $0.type == "driving" } ?? false
            return isThere ? LanePosition(road: road, lane: lane, s: own.s) : nil
        }
        // The other is on another road of the same carriageway: take the neighbour on the side where it is.
        guard let other = view.scenery.objects.first(where: { view.model.roads.position($0.lane, left: 0).map { $0.road == road && $0.lane == lane } ?? false })
        else { return nil }
        let there = course.project(other.middle, hint: projection.index)
        guard abs(there.left) > 1 else { return own }
        return catalogue?.neighbour(of: own, left: there.left > 0, drivable: true)
    }

    /// Curvature to drive now, 1/m: the course's ahead, the shift's, and feedback on offset and course angle over a distance that grows with speed.
    mutating func steering(_ view: DriverView) -> Double {
        let own = view.own
        let speed = own.velocity.length
        // Of the centre of gravity, which is what is held on the course.
        let velocity = own.velocity + own.heading.left * (own.yawRate * centre)
        let reference = course.bearing(at: projection.station, hint: projection.index)
        let ahead = course.bearing(at: projection.station + 0.15 * speed, hint: projection.index)
        let plan = shift.at(view.scenery.time)
        let perMetre = 1 / max(speed, 1)
        let angle = speed > 0.5 ? atan2(velocity.y, velocity.x) : view.yaw
        let slope = sin(wrapAngle(angle - reference.heading)) - plan.rate * perMetre
        let offset = projection.left - plan.offset
        let reach = max(0.9 * speed, 1.2 * wheelbase, 3)
        let feedback = -(offset / (reach * reach) + 1.9 * slope / reach)
        let limit = max(5 / (max(speed, 1) * max(speed, 1)), 0.002)
        return ahead.curvature + plan.acceleration * perMetre * perMetre + feedback.clamped(to: -limit...limit)
    }

    /// Acceleration that keeps the wished speed, m/s², minding bends, the end of the road and whoever is ahead.
    mutating func cruising(_ view: DriverView) -> Double {
        let speed = view.own.speed
        follower.desiredSpeed = min(cruise, bendSpeed(speed: speed))
        var wish = max(follower.free(speed: speed), -3)
        let stopping = course.end - projection.station - 3
        if stopping < speed * speed / (2 * Self.bendBraking) {
            wish = min(wish, stopping > 0.5 ? -speed * speed / (2 * stopping) : speed > 0 ? -6 : 0)
        }
        if let ahead = leader(view) {
            wish = min(wish, max(follower.wish(speed: speed, closing: speed - ahead.speed, gap: ahead.gap), -8.5))
        }
        return wish
    }

    /// The highest speed from which every bend ahead can still be taken, m/s.
    private func bendSpeed(speed: Double) -> Double {
        let horizon = projection.station + speed * speed / (2 * Self.bendBraking) + 5
        var limit = Double.infinity
        var i = projection.index
        while i < course.points.count, course.points[i].station < horizon {
            let point = course.points[i]
            let bend = abs(point.curvature)
            if bend > 1e-4 {
                let square = Self.bendLimit / bend + 2 * Self.bendBraking * max(0, point.station - projection.station)
                limit = min(limit, square)
            }
            i += 2
        }
        return limit.squareRoot()
    }

    /// Gap (bumper to bumper) and speed along the course of the nearest actor in the own corridor.
    private func leader(_ view: DriverView) -> (gap: Double, speed: Double)? {
        let own = view.own
        let reach = max(40, 6 * own.speed)
        let plan = shift.at(view.scenery.time)
        let (right, left) = (min(projection.left, plan.offset, shift.to) - own.halfWidth - 0.25, max(projection.left, plan.offset, shift.to) + own.halfWidth + 0.25)
        let nose = projection.station + own.front - centre
        var best: (gap: Double, speed: Double)?
        for (index, other) in view.scenery.objects.enumerated() where index != view.me && other.isActor {
            let middle = other.middle
            let to = middle - own.position.xy
            let along = dot(to, own.heading)
            guard along > -20, abs(to.x) < reach, abs(to.y) < reach, other.top > own.position.z + 0.2, other.bottom < own.top + 0.5 else { continue }
            let place = course.project(middle, hint: projection.index + Int(along))
            guard place.station > nose - own.halfLength else { continue }
            let heading = course.bearing(at: place.station, hint: place.index).heading
            let tangent = Vec2(cos(heading), sin(heading))
            let (c, s) = (abs(dot(tangent, other.heading)), abs(cross(tangent, other.heading)))
            let across = other.halfWidth * c + other.halfLength * s
            guard place.left - across < left, place.left + across > right else { continue }
            let gap = place.station - (other.halfLength * c + other.halfWidth * s) - nose
            if gap < best?.gap ?? reach { best = (gap, dot(tangent, other.velocity)) }
        }
        return best
    }
}

extension DriverView {
    var yaw: Double { atan2(own.heading.y, own.heading.x) }
}

/// A lateral move along a quintic in time: no lateral speed or acceleration at either end.
struct LateralShift: Sendable, Equatable {
    /// Metres to the left of the course; seconds.
    var from: Double, to: Double, start: Double, duration: Double

    /// Offset (m), its rate (m/s) and acceleration (m/s²).
    func at(_ time: Double) -> (offset: Double, rate: Double, acceleration: Double) {
        let t = ((time - start) / duration).clamped(to: 0...1)
        let d = to - from
        let share = t * t * t * (10 - 15 * t + 6 * t * t)
        let rate = 30 * t * t * (1 - t) * (1 - t) / duration
        let acceleration = 60 * t * (1 - t) * (1 - 2 * t) / (duration * duration)
        return (from + d * share, d * rate, d * acceleration)
    }
}
