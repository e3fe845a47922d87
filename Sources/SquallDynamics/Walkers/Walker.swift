import Foundation
import SquallMath
import SquallScene
import SquallWorld

/// A walking body: goes where it wants within half a second, is pushed off by other walkers (Helbing, Farkas, Vicsek 2000), and slides
/// to rest when something hits it.
struct Walker: Sendable {
    var position: Vec3
    var velocity: Vec2
    var acceleration = Vec2.zero
    var yaw: Double
    /// Of the gait, turns.
    var stride: Double
    /// Was hit: slides, no longer walks.
    var isKnocked = false
    var spin = 0.0
    let mass: Double
    let radius: Double
    private var ground: (point: Vec3, normal: Vec3)
    private static let force = SocialForce()
    /// Metres walked per turn of the gait; friction of clothing on asphalt; m/s² of making way.
    private static let strideLength = 1.45, slidingFriction = 0.55, sidestep = 2.5

    init(pose: Pose, yaw: Double, speed: Double, stride: Double, object: World.Object) {
        (position, self.yaw, self.stride) = (pose.position, yaw, stride)
        velocity = Vec2(cos(yaw), sin(yaw)) * speed
        // A grown person fills 0.6 m³ of box with 78 kg; other things by the same density, within reason.
        mass = (130 * object.boxSize.x * object.boxSize.y * object.boxSize.z).clamped(to: 2...5000)
        radius = max(0.1, min(object.boxSize.x, object.boxSize.y) / 2)
        ground = (pose.position, Vec3(0, 0, 1))
    }

    /// Advances by `dt` seconds. - Parameters: `target` point to walk to; `pace` m/s; `others` the bodies of other walkers.
    mutating func step(target: Vec2, pace: Double, others: [(position: Vec2, radius: Double)], roads: RoadAccess, dt: Double) {
        let before = velocity
        if isKnocked {
            let speed = velocity.length
            velocity *= speed > 0 ? max(0, 1 - Self.slidingFriction * Physics.gravity * dt / speed) : 0
            spin *= max(0, 1 - 3 * dt)
            yaw += spin * dt
        } else {
            walk(target: target, pace: pace, others: others, dt: dt)
        }
        acceleration = (velocity - before) / dt
        position += Vec3(velocity.x, velocity.y, 0) * dt
        if !isKnocked { stride += velocity.length * dt / Self.strideLength }
        settle(roads)
    }

    private mutating func walk(target: Vec2, pace: Double, others: [(position: Vec2, radius: Double)], dt: Double) {
        let wish = (target - position.xy).normalized * pace
        var push = (wish - velocity) / Self.force.relaxation
        for other in others {
            let d = position.xy - other.position
            let distance = d.length
            guard distance > 0.01, distance < 5 else { continue }
            push += d / distance * min(Self.force.repulsion(distance: distance, radii: radius + other.radius) / mass, 15)
            // Two who meet head-on would stand and push: each steps to its right.
            if dot(wish, d) < -0.8 * pace * distance { push -= wish.normalized.left * (Self.sidestep * (1 - distance / 5)) }
        }
        velocity += push * dt
        if velocity.length > 0.15 {
            let turn = wrapAngle(atan2(velocity.y, velocity.x) - yaw)
            yaw += turn * min(1, 6 * dt)
        }
    }

    /// Stands on the plane below, asked anew every half metre.
    private mutating func settle(_ roads: RoadAccess) {
        if (position.xy - ground.point.xy).length > 0.5 { ground = roads.ground(under: position) }
        let d = position.xy - ground.point.xy
        position.z = ground.point.z - dot(ground.normal.xy, d) / max(ground.normal.z, 0.1)
    }
}
