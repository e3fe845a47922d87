import Foundation
import SquallAssets
import SquallMath
import SquallRoads
import SquallScene
import SquallWorld

/// A walking body: turns to where it wants to go and is on its way within half a second, is pushed off by other walkers (Helbing, Farkas, Vicsek 2000), and slides
/// to rest when something hits it.
struct Walker: Sendable {
    var position: Vec3
    var velocity: Vec2
    var acceleration = Vec2.zero
    var yaw: Double
    /// Gait and gestures.
    var posture: Posture
    /// What the body is asked to do besides walking, 0 or 1 each; it takes its time over it.
    var gesture = Gesture()
    /// Was hit: slides, no longer walks.
    var isKnocked = false
    /// Rate of turning, rad/s, counter-clockwise.
    var spin = 0.0
    let mass: Double
    let radius: Double
    private var kerb = Kerb()
    private static let force = SocialForce()
    /// Bones and gait, nil for what slides along stiffly; and the size of the body over that of its shape.
    private let figure: Figure?
    private let scale: Double
    /// Friction of clothing on asphalt; m/s² of making way.
    private static let slidingFriction = 0.55, sidestep = 2.5
    /// Rad/s and rad/s² a person turns with at most (140 degrees a second), and rad/s per radian still to turn.
    private static let turnRate = 2.5, turnAcceleration = 12.0, turnGain = 4.0
    /// Metres: a rise that counts as a step, the highest that is climbed; m/s up and down a step.
    private static let rise = 0.04, stepHeight = 0.5, stepSpeed = 1.2

    init(pose: Pose, yaw: Double, speed: Double, posture: Posture, object: World.Object) {
        (position, self.yaw, self.posture) = (pose.position, yaw, posture)
        (figure, scale) = (object.figure, max(0.01, object.scale.x))
        velocity = Vec2(cos(yaw), sin(yaw)) * speed
        // A grown person fills 0.6 m³ of box with 78 kg; other things by the same density, within reason.
        mass = (130 * object.boxSize.x * object.boxSize.y * object.boxSize.z).clamped(to: 2...5000)
        radius = max(0.1, min(object.boxSize.x, object.boxSize.y) / 2)
    }

    /// Stands on the ground at once, where that is within a step: a place beside a lane has the lane's height.
    mutating func stand(_ roads: RoadAccess) {
        let height = roads.ground(under: position).point.z
        if abs(height - position.z) < Self.stepHeight { position.z = height }
    }

    /// Advances by `dt` seconds. - Parameters: `target` point to walk to; `pace` m/s; `bodies` those of all walkers, of which this is number `me`.
    mutating func step(target: Vec2, pace: Double, among bodies: [(position: Vec2, radius: Double)], me: Int, roads: RoadAccess, dt: Double) {
        let before = velocity
        if isKnocked {
            let speed = velocity.length
            velocity *= speed > 0 ? max(0, 1 - Self.slidingFriction * Physics.gravity * dt / speed) : 0
            spin *= max(0, 1 - 3 * dt)
            yaw += spin * dt
        } else {
            if isDown { rest(dt: dt) } else { walk(target: target, pace: pace, among: bodies, me: me, dt: dt) }
        }
        acceleration = (velocity - before) / dt
        position += Vec3(velocity.x, velocity.y, 0) * dt
        move(dt: dt)
        settle(roads, dt: dt)
    }

    /// What limbs do while the body goes its way.
    struct Gesture: Sendable, Equatable {
        var sits = 0.0, falls = 0.0, waves = 0.0
        func beside(_ other: Gesture) -> Gesture { Gesture(sits: max(sits, other.sits), falls: max(falls, other.falls), waves: max(waves, other.waves)) }
    }
    /// Seconds to sit down or rise, to fall, to raise an arm; waves of the hand per second; seconds the gait follows the speed with.
    private static let seating = 1.2, toppling = 0.9, raising = 0.5, waving = 1.6, following = 0.25

    /// It sits, lies, or is on the way there or back: nobody walks before standing upright.
    private var isDown: Bool { max(posture.sitting, posture.falling) > Self.upright }
    /// Share of sitting or falling that legs still walk with; m/s under which a walker sits down.
    private static let upright = 0.05, seatingPace = 0.2

    /// Comes to rest where it is, whoever passes.
    private mutating func rest(dt: Double) {
        velocity *= max(0, 1 - dt / Self.force.relaxation)
        turn(towards: .zero, dt: dt)
    }

    private mutating func move(dt: Double) {
        func approach(_ value: inout Double, _ wish: Double, _ time: Double) { value += (wish - value).clamped(to: -dt / time...dt / time) }
        // Whoever comes along stops first.
        if posture.sitting > 0 || velocity.length < Self.seatingPace { approach(&posture.sitting, gesture.sits, Self.seating) }
        approach(&posture.falling, isKnocked ? 1 : gesture.falls, Self.toppling)
        approach(&posture.waving, gesture.waves, Self.raising)
        if posture.waving > 0 { posture.wave += dt * Self.waving }
        guard !isKnocked else { return }
        let pace = velocity.length / scale
        posture.pace += (pace - posture.pace) * min(1, dt / Self.following)
        posture.stride += pace * dt / (figure?.strideLength(posture.pace) ?? 1.45)
    }

    private mutating func walk(target: Vec2, pace: Double, among bodies: [(position: Vec2, radius: Double)], me: Int, dt: Double) {
        let way = (target - position.xy).normalized
        // Nobody walks sideways: whoever looks elsewhere turns first, and sets off as the way comes before the chest.
        let wish = way * (pace * max(0, dot(way, Vec2(cos(yaw), sin(yaw)))))
        var push = (wish - velocity) / Self.force.relaxation
        for (index, other) in bodies.enumerated() where index != me {
            let d = position.xy - other.position
            let distance = d.length
            guard distance > 0.01, distance < 5 else { continue }
            push += d / distance * min(Self.force.repulsion(distance: distance, radii: radius + other.radius) / mass, 15)
            // Two who meet head-on would stand and push: each steps to its right.
            if dot(wish, d) < -0.8 * pace * distance { push -= wish.normalized.left * (Self.sidestep * (1 - distance / 5)) }
        }
        velocity += push * dt
        // The slowest, too, look where they go.
        turn(towards: pace > 0 ? velocity + way * max(pace, 0.2) : velocity, dt: dt)
    }

    /// Turns on the feet, at most as fast as people do; `direction` of no length asks for none.
    private mutating func turn(towards direction: Vec2, dt: Double) {
        let error = direction.length > 0.1 ? wrapAngle(atan2(direction.y, direction.x) - yaw) : 0
        let wish = (Self.turnGain * error).clamped(to: -Self.turnRate...Self.turnRate)
        spin += (wish - spin).clamped(to: -Self.turnAcceleration * dt...Self.turnAcceleration * dt)
        yaw += spin * dt
    }

    /// Follows the ground below. Feet go up a kerb before the body is over it, and leave it when the body is past it; a step is taken
    /// at `stepSpeed`. Ground that is no step away is another's: that of a bridge above, or of a road below.
    private mutating func settle(_ roads: RoadAccess, dt: Double) {
        let speed = velocity.length
        let ahead = speed > 0.05 ? velocity / speed : .zero
        let ground = roads.ground(under: position)
        if !kerb.holds(at: position.xy, ahead: ahead) { kerb = Kerb(under: position, ground, ahead: ahead, reach: 0.3 + 0.15 * speed, roads) }
        let height = max(ground.point.z, kerb.height)
        guard abs(height - position.z) < Self.stepHeight else { return }
        let reach = max(Self.stepSpeed, speed) * dt
        position.z += (height - position.z).clamped(to: -reach...reach)
    }

    /// A step that a foot is on. It is looked for anew every few centimetres, not every step of the clock.
    private struct Kerb: Sendable {
        private var at = Vec2(repeating: .infinity), ahead = Vec2.zero
        /// World frame; none without a kerb.
        var height = -Double.infinity

        init() {}

        /// - Parameter reach: metres the leading foot is before the body.
        init(under position: Vec3, _ ground: (point: Vec3, normal: Vec3), ahead: Vec2, reach: Double, _ roads: RoadAccess) {
            (at, self.ahead) = (position.xy, ahead)
            guard ahead != .zero else { return }
            for distance in [reach, -0.3] {
                let foot = ahead * distance
                let plane = ground.point.z - dot(ground.normal.xy, foot) / max(ground.normal.z, 0.1)
                let there = roads.ground(under: position + Vec3(foot.x, foot.y, 0)).point.z
                if there - plane > Walker.rise, there - plane < Walker.stepHeight { height = max(height, there) }
            }
        }

        func holds(at point: Vec2, ahead way: Vec2) -> Bool { (point - at).length < 0.05 && (way - ahead).length < 0.1 }
    }
}
