import Foundation
import SquallMath
import SquallScene
import SquallWeather

/// What a driver wants of a vehicle during one step.
public struct VehicleControls: Sendable, Equatable {
    public enum Brakes: Sendable, Equatable {
        /// Slip is held at the tyre's peak.
        case antilock
        /// All wheels stand still at once.
        case locked
    }
    /// Along the heading, m/s².
    public var acceleration: Double
    /// Front wheel angle, rad.
    public var steer: Double
    public var brakes: Brakes
    public init(acceleration: Double = 0, steer: Double = 0, brakes: Brakes = .antilock) {
        (self.acceleration, self.steer, self.brakes) = (acceleration, steer, brakes)
    }
}

/// What surrounds a vehicle during one step.
public struct VehicleSurroundings: Sendable {
    /// The road under the front and the rear axle.
    public var front: SurfaceState, rear: SurfaceState
    /// Gravity along the surface, body frame, m/s².
    public var slope: Vec2
    /// World frame, m/s.
    public var wind: Vec2
    public init(front: SurfaceState = SurfaceState(), rear: SurfaceState = SurfaceState(), slope: Vec2 = .zero, wind: Vec2 = .zero) {
        (self.front, self.rear, self.slope, self.wind) = (front, rear, slope, wind)
    }
}

/// A vehicle's motion in the plane with its drive train and lags: written by `step` only.
public struct Vehicle: Sendable {
    /// x, y, yaw, u, v, r of `SingleTrack`.
    public internal(set) var track: SIMD8<Double>
    public internal(set) var steer = 0.0
    /// Longitudinal slips, front and rear.
    public internal(set) var frontSlip = 0.0, rearSlip = 0.0
    /// What drive and brakes deliver after their lag, m/s².
    var delivered = 0.0
    /// Acceleration of the centre of gravity, body frame, m/s²; low-passed for load transfer and lean.
    public internal(set) var acceleration = Vec2.zero
    var loading = Vec2.zero
    /// Metres rolled by the front and the rear wheels.
    public internal(set) var frontTravel = 0.0, rearTravel = 0.0
    private var frontPeak = PeakSlip(), rearPeak = PeakSlip()

    public init(position: Vec2, yaw: Double, speed: Double, parameters: VehicleParameters) {
        let centre = position + Vec2(cos(yaw), sin(yaw)) * parameters.centre
        track = SIMD8(centre.x, centre.y, yaw, speed, 0, 0, 0, 0)
    }

    public var yaw: Double { track[2] }
    public var yawRate: Double { track[5] }
    /// Centre of gravity, world, m and m/s.
    public var centre: Vec2 { Vec2(track[0], track[1]) }
    public var heading: Vec2 { Vec2(cos(track[2]), sin(track[2])) }
    public var velocity: Vec2 { heading * track[3] + heading.left * track[4] }
    /// Speed along the heading, m/s.
    public var speed: Double { track[3] }

    /// Time constants, seconds: drive, brakes, steering, wheel slip, load on the springs.
    enum Lag { static let drive = 0.15, brakes = 0.06, steer = 0.06, slip = 0.02, load = 0.05 }

    /// Advances by `dt` seconds. The only place a vehicle moves by itself.
    public mutating func step(_ p: VehicleParameters, _ controls: VehicleControls, _ around: VehicleSurroundings, dt: Double) {
        actuate(p, controls, around, dt: dt)
        var input = tyres(p, around)
        let air = wind(p, around.wind)
        let resistance = resistances(p)
        input.force = air.force + around.slope * p.mass + Vec2(-resistance, 0)
        input.moment = air.moment
        drive(p, controls, &input, air: air.force.x, slope: around.slope.x, resistance: resistance, dt: dt)
        let model = SingleTrack(mass: p.mass, yawInertia: p.yawInertia, frontArm: p.frontArm, rearArm: p.rearArm)
        let before = track
        track = model.step(track, input, dt: dt)
        stand(before: before, controls: controls)
        acceleration = Vec2((track[3] - before[3]) / dt - before[5] * before[4], (track[4] - before[4]) / dt + before[5] * before[3])
        loading += (acceleration - loading) * (dt / (Lag.load + dt))
        roll(dt: dt)
    }

    /// Steering and drive follow their commands with first-order lags inside their limits.
    private mutating func actuate(_ p: VehicleParameters, _ controls: VehicleControls, _ around: VehicleSurroundings, dt: Double) {
        let wish = controls.steer.clamped(to: -p.steerLimit...p.steerLimit)
        let change = (wish - steer) * (dt / (Lag.steer + dt))
        steer += change.clamped(to: -p.steerRate * dt...p.steerRate * dt)
        let limit = min(p.drive, p.power / (p.mass * max(abs(track[3]), 1)))
        let command = controls.acceleration.clamped(to: -p.brakes...limit)
        let lag = command < delivered ? Lag.brakes : Lag.drive
        delivered += (command - delivered) * (dt / (lag + dt))
    }

    /// Load, grip and curve of both axles on the patches they stand on.
    private mutating func tyres(_ p: VehicleParameters, _ around: VehicleSurroundings) -> SingleTrack.Input {
        let speed = (track[3] * track[3] + track[4] * track[4]).squareRoot()
        let transfer = LoadTransfer.longitudinal(mass: p.mass, acceleration: loading.x, height: p.height, wheelbase: p.wheelbase)
        let weight = p.mass * Physics.gravity
        let frontLoad = max(0, weight * p.rearArm / p.wheelbase - transfer)
        let rearLoad = max(0, weight * p.frontArm / p.wheelbase + transfer)
        // Both axles carry the same share of lateral transfer per load, so one number serves both.
        let lateral = LoadTransfer.lateral(mass: p.mass, acceleration: loading.y, height: p.height, track: p.track)
        let uneven = min(1, abs(lateral) / (weight / 2))
        let grip = 1 - p.loadSensitivity * uneven * uneven
        let front = p.tyres.curve(on: around.front, speed: speed, pressure: p.pressure, tread: p.tread)
        let rear = around.rear == around.front ? front : p.tyres.curve(on: around.rear, speed: speed, pressure: p.pressure, tread: p.tread)
        frontPeak.follow(front)
        rearPeak.follow(rear)
        return SingleTrack.Input(
            steer: steer, front: AxleTyre(curve: front, load: frontLoad, grip: grip, slip: frontSlip),
            rear: AxleTyre(curve: rear, load: rearLoad, grip: grip, slip: rearSlip))
    }

    /// Wheel slips that deliver the wished force, held at the tyre's peak, or locked.
    private mutating func drive(
        _ p: VehicleParameters, _ controls: VehicleControls, _ input: inout SingleTrack.Input, air: Double, slope: Double, resistance: Double, dt: Double
    ) {
        let direction: Double = track[3] < 0 ? -1 : 1
        if controls.brakes == .locked {
            (frontSlip, rearSlip) = (-direction, -direction)
        } else {
            // The driver's foot makes up for what air, slope and rolling take; within what brakes and engine can give.
            let force = p.mass * delivered - air - p.mass * slope + resistance
            let engine = min(p.drive * p.mass * 1.5, p.power / max(abs(track[3]), 1))
            let total = min(force, engine)
            let loads = input.front.load + input.rear.load
            let frontShare = total >= 0 ? p.frontDrive : input.front.load / max(loads, 1)
            let front = wishedSlip(total * frontShare, input.front, frontPeak.slip, direction)
            let rear = wishedSlip(total * (1 - frontShare), input.rear, rearPeak.slip, direction)
            let gain = dt / (Lag.slip + dt)
            frontSlip += (front - frontSlip) * gain
            rearSlip += (rear - rearSlip) * gain
        }
        (input.front.slip, input.rear.slip) = (frontSlip, rearSlip)
    }

    private func wishedSlip(_ force: Double, _ axle: AxleTyre, _ peak: Double, _ direction: Double) -> Double {
        guard axle.load > 1 else { return 0 }
        let share = abs(force) / (axle.load * axle.grip)
        let slip = AxleTyre.slip(for: share, on: axle.curve, peakSlip: peak)
        return force >= 0 ? slip : -slip * direction
    }

    /// Rolling resistance, newtons; fades out at a standstill.
    private func resistances(_ p: VehicleParameters) -> Double {
        p.rollingResistance * p.mass * Physics.gravity * (track[3] / 0.3).clamped(to: -1...1)
    }

    /// Drag and side wind on the body: force in the body frame, and the moment of side wind that acts ahead of the centre.
    private func wind(_ p: VehicleParameters, _ wind: Vec2) -> (force: Vec2, moment: Double) {
        let relative = velocity - wind
        let (ahead, left) = (dot(relative, heading), dot(relative, heading.left))
        let pressure = Physics.airDensity / 2 * (ahead * ahead + left * left).squareRoot()
        let side = -pressure * left * p.sideArea
        return (Vec2(-pressure * ahead * p.dragArea, side), side * 0.08 * p.wheelbase)
    }

    /// A braked vehicle comes to rest instead of rolling backwards.
    private mutating func stand(before: SIMD8<Double>, controls: VehicleControls) {
        guard delivered < 0 || controls.brakes == .locked || controls.acceleration <= 0 else { return }
        let speed = (track[3] * track[3] + track[4] * track[4]).squareRoot()
        let turned = before[3] * track[3] < 0 && abs(before[3]) < 0.5
        guard turned || speed < 0.02, speed < 0.6 else { return }
        let held = controls.brakes == .locked || delivered <= 0.01
        guard held else { return }
        (track[3], track[4], track[5]) = (0, 0, 0)
        (track[0], track[1], track[2]) = (before[0], before[1], before[2])
        (frontSlip, rearSlip) = (0, 0)
    }

    private mutating func roll(dt: Double) {
        frontTravel += track[3] * max(0, 1 + frontSlip) * dt
        rearTravel += track[3] * max(0, 1 + rearSlip) * dt
    }
}

extension Vehicle {
    /// Starts in the steady cornering its speed and a curvature (1/m) ask for, so that the first seconds hold no transient.
    mutating func settle(curvature: Double, _ p: VehicleParameters) {
        let u = track[3]
        steer = atan(curvature * p.wheelbase).clamped(to: -p.steerLimit...p.steerLimit)
        track[5] = u * curvature
        let stiffness = p.tyres.dry.stiffness
        track[4] = p.rearArm * track[5] - u * (u * u * curvature) / (Physics.gravity * stiffness)
        // The centre of gravity, not the body, follows the tangent.
        if u > 0.5 { track[2] -= atan(track[4] / u) }
        loading = Vec2(0, u * u * curvature)
        acceleration = loading
    }
}
