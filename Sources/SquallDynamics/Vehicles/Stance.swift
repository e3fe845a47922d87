import Foundation
import SquallAssets
import SquallMath
import SquallWorld

/// How a body stands on the road: both axles on the surface, the body leaning on its springs, the wheels turned.
struct Stance: Sendable {
    private let front: Double, rear: Double
    private let pitchGradient: Double, rollGradient: Double
    /// Radians per metre and axle of each joint that travel turns, in joint order; nil for other joints.
    private let turning: [(rate: Double, isFront: Bool)?]
    private var lean = Vec2.zero
    /// Left over from the last change of course, where two surfaces need not meet; fades within a few tenths of a second.
    private var step = 0.0
    private var lastHeight: Double?
    private static let leanLag = 0.12, stepLag = 0.25

    init(_ object: World.Object, _ p: VehicleParameters) {
        (front, rear, pitchGradient, rollGradient) = (p.frontAxle, p.rearAxle, p.pitchGradient, p.rollGradient)
        let middle = (p.frontAxle + p.rearAxle) / 2
        turning = object.joints.map { joint in
            let hung = joint.parent.flatMap { object.joints.indices.contains($0) ? object.joints[$0].pivot.x : nil } ?? 0
            return switch joint.kind {
            case .wheel(let radius, let steered): (1 / max(0.05, radius), steered || hung + joint.pivot.x > middle)
            case .crank(let development): (2 * .pi / max(0.5, development), false)
            case .pedal(let development): (-2 * .pi / max(0.5, development), false)
            case .fork: nil
            }
        }
    }

    /// World pose of the body, and the unit vectors it moves along.
    struct Result {
        var pose: Pose
        var forward: Vec3, left: Vec3
    }

    /// - Parameter courseChanged: the surface below may jump; the jump is spread.
    mutating func stand(_ vehicle: Vehicle, _ parameters: VehicleParameters, on course: Course, near hint: Int, courseChanged: Bool, dt: Double) -> Result {
        let heading = vehicle.heading
        let origin = vehicle.centre - heading * parameters.centre
        let (a, b) = (origin + heading * front, origin + heading * rear)
        let atFront = course.surface(at: a, course.project(a, hint: hint))
        let atRear = course.surface(at: b, course.project(b, hint: hint))
        if courseChanged, let lastHeight { step = lastHeight - (atFront.height + atRear.height) / 2 }
        step -= step * (dt / (Self.stepLag + dt))
        let nose = Vec3(a.x, a.y, atFront.height + step), tail = Vec3(b.x, b.y, atRear.height + step)
        lastHeight = (nose.z + tail.z) / 2
        let forward = (nose - tail).normalized
        let up = cross(forward, cross(atFront.normal + atRear.normal, forward)).normalized
        let left = cross(up, forward)
        lean += (vehicle.acceleration - lean) * (dt / (Self.leanLag + dt))
        let base = Quaternion(columns: forward, left, up)
        let tilt = Quaternion(yaw: 0, pitch: -pitchGradient * lean.x, roll: rollGradient * lean.y)
        let pivot = (nose + tail) / 2
        let rotation = (base * tilt).normalized
        return Result(pose: Pose(position: pivot - rotation * Vec3((front + rear) / 2, 0, 0), rotation: rotation), forward: forward, left: left)
    }

    /// Turn of every joint from the distance its axle has rolled, radians.
    func joints(_ vehicle: Vehicle, count: Int) -> [Double] {
        (0..<count).map { index in
            guard index < turning.count, let joint = turning[index] else { return 0 }
            return (joint.isFront ? vehicle.frontTravel : vehicle.rearTravel) * joint.rate
        }
    }
}
