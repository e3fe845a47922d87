import SquallAssets
import SquallFrames
import SquallMath
import SquallRoads
import SquallScene
import SquallWeather
import SquallWorld

/// A played episode: every step's bodies, stored flat; other instants are interpolated. Sensors only read it.
///
/// Before the start everything comes from where it was going: bodies run back along their first velocities, so that a sensor whose
/// first record begins earlier (half a turn of a lidar) sees motion and no standstill.
public struct Trajectory: Sendable {
    /// Numbers per moving body and step before its joints.
    private static let fixedNumbers = 20

    private let initial: WorldState
    private let timeline: WeatherTimeline
    private let roadIDs: [String]
    private let scene: ConcreteScene
    /// By object.
    private let lampRules: [LampRules]
    /// Objects that move, in order, and where each one's numbers start within a step.
    private let moving: [Int]
    private let offsets: [Int]
    private let stride: Int
    private let slot: [Int?]
    private var numbers: [Double] = []
    private var lanes: [LaneReference] = []
    public private(set) var steps = 0
    /// Every contact that began, in order of time.
    public private(set) var collisions: [Collision] = []
    /// What went otherwise than the scene asks, in order of time; once for each actor and reason.
    public private(set) var remarks: [EpisodeRemark] = []
    /// The first requirement the episode broke, nil when all hold.
    public internal(set) var violation: RequirementViolation?

    init(_ model: SimulationModel, _ state: SimulationState) {
        initial = state.world
        timeline = model.world.scene.weather
        roadIDs = model.roads.ids
        scene = model.world.scene
        lampRules = zip(model.world.objects, SignalProgram.all(of: model.world, state.world)).map { LampRules($0, in: model.world.scene, program: $1) }
        moving = (model.vehicles.map(\.object) + model.walkers).sorted()
        var (offsets, total): ([Int], Int) = ([], 0)
        var slot = [Int?](repeating: nil, count: state.world.bodies.count)
        for (place, object) in moving.enumerated() {
            slot[object] = place
            offsets.append(total)
            total += Self.fixedNumbers + state.world.bodies[object].joints.count
        }
        (self.offsets, self.stride, self.slot) = (offsets, total, slot)
        append(state)
    }

    mutating func append(_ state: SimulationState) {
        for object in moving {
            let body = state.world.bodies[object]
            let q = body.pose.rotation
            append(body.pose.position)
            append(body.velocity)
            append(body.acceleration)
            append(body.angularVelocity)
            numbers.append(q.w)
            numbers.append(q.x)
            numbers.append(q.y)
            numbers.append(q.z)
            numbers.append(body.steer)
            numbers.append(body.lane?.left ?? 0)
            numbers.append(body.lane == nil ? 0 : 1)
            numbers.append(Double(state.signals[object].rawValue))
            numbers.append(contentsOf: body.joints)
            lanes.append(state.scenery.objects[object].lane)
        }
        collisions += state.world.collisions
        steps += 1
    }

    /// Those of the first `seconds`: a simulation runs a little past what is recorded.
    public func remarks(until seconds: Double) -> [EpisodeRemark] { remarks.filter { $0.time.seconds <= seconds } }

    mutating func append(_ remark: EpisodeRemark) {
        if !remarks.contains(where: { $0.actor == remark.actor && $0.message == remark.message }) { remarks.append(remark) }
    }

    private mutating func append(_ v: Vec3) {
        numbers.append(v.x)
        numbers.append(v.y)
        numbers.append(v.z)
    }

    /// The last instant stored.
    public var end: Ticks { Simulation.stepSpan * (steps - 1) }

    /// The step at or before an instant, and how far it lies into the step. Outside the episode the nearest end counts; see `lead`.
    private func place(_ time: Ticks) -> (step: Int, fraction: Double) {
        let span = Simulation.stepSpan.count
        guard time.count > 0 else { return (0, 0) }
        let step = Int(time.count / span)
        guard step < steps - 1 else { return (steps - 1, 0) }
        return (step, Double(time.count % span) / Double(span))
    }

    /// Where one object is at an instant: the cheap question.
    public func pose(of object: Int, at time: Ticks) -> Pose {
        guard let slot = slot[object] else { return initial.bodies[object].pose }
        if time < .zero { return lead(body(0, slot), slot, time.seconds).pose }
        let (step, f) = place(time)
        let a = pose(step, slot)
        return f > 0 ? .interpolate(a, pose(step + 1, slot), f) : a
    }

    private func vector(_ i: Int) -> Vec3 { Vec3(numbers[i], numbers[i + 1], numbers[i + 2]) }

    private func pose(_ step: Int, _ slot: Int) -> Pose {
        let i = step * stride + offsets[slot]
        return Pose(position: vector(i), rotation: Quaternion(w: numbers[i + 12], x: numbers[i + 13], y: numbers[i + 14], z: numbers[i + 15]))
    }

    /// The world at any instant; bodies between steps are interpolated. `collisions` holds those that began in the step up to it.
    public func state(at time: Ticks) -> WorldState {
        let (step, f) = place(time)
        var state = initial
        state.time = time
        state.weather = timeline.state(at: max(0, time.seconds))
        var signals = [LampSet](repeating: [], count: state.bodies.count)
        for slot in moving.indices {
            let a = body(step, slot)
            signals[moving[slot]] = LampSet(rawValue: UInt64(numbers[step * stride + offsets[slot] + 19]))
            state.bodies[moving[slot]] = time < .zero ? lead(a, slot, time.seconds) : f > 0 ? Self.between(a, body(step + 1, slot), f) : a
        }
        light(&state, signals)
        let begin = Ticks(time.count - Simulation.stepSpan.count)
        state.collisions = collisions(after: begin, through: time)
        return state
    }

    /// Switches the lamps of every body as their rules say.
    private func light(_ state: inout WorldState, _ signals: [LampSet]) {
        let seconds = state.time.seconds
        let daylight = Daylight(scene, state.weather, at: seconds)
        state.windows = LampRules.farWindows(daylight)
        guard lampRules.contains(where: { !$0.available.isEmpty }) else { return }
        for index in state.bodies.indices { state.bodies[index].lamps = lampRules[index].lit(signals[index], daylight, at: seconds) }
    }

    /// Contacts that began in (after, through].
    public func collisions(after: Ticks, through: Ticks) -> [Collision] { collisions.filter { $0.stamp > after && $0.stamp <= through } }

    private func body(_ step: Int, _ slot: Int) -> WorldState.Body {
        let i = step * stride + offsets[slot]
        let joints = Array(numbers[i + Self.fixedNumbers..<(slot + 1 < offsets.count ? step * stride + offsets[slot + 1] : (step + 1) * stride)])
        let lane = lanes[step * moving.count + slot]
        var position: LanePosition?
        if lane.isOnNetwork {
            position = LanePosition(road: roadIDs[Int(lane.road)], lane: Int(lane.lane), s: lane.s, left: numbers[i + 17])
        } else if numbers[i + 18] != 0 {
            position = initial.bodies[moving[slot]].lane
        }
        return WorldState.Body(
            pose: pose(step, slot), velocity: vector(i + 3), acceleration: vector(i + 6), angularVelocity: vector(i + 9), steer: numbers[i + 16],
            joints: joints, lane: position)
    }

    /// A body before the start, going on as in the first step: straight and evenly turning, its joints too.
    /// - Parameter seconds: negative.
    private func lead(_ start: WorldState.Body, _ slot: Int, _ seconds: Double) -> WorldState.Body {
        var body = start
        body.pose.position += start.velocity * seconds
        let spin = start.angularVelocity.length
        if spin > 0 { body.pose.rotation = (Quaternion(axis: start.angularVelocity / spin, angle: spin * seconds) * start.pose.rotation).normalized }
        guard steps > 1 else { return body }
        let count = seconds / Simulation.stepSpan.seconds
        body.joints = zip(start.joints, self.body(1, slot).joints).map { $0 + ($1 - $0) * count }
        return body
    }

    private static func between(_ a: WorldState.Body, _ b: WorldState.Body, _ t: Double) -> WorldState.Body {
        var body = a
        body.pose = .interpolate(a.pose, b.pose, t)
        body.velocity = lerp(a.velocity, b.velocity, t)
        body.acceleration = lerp(a.acceleration, b.acceleration, t)
        body.angularVelocity = lerp(a.angularVelocity, b.angularVelocity, t)
        body.steer = lerp(a.steer, b.steer, t)
        body.joints = zip(a.joints, b.joints).map { lerp($0, $1, t) }
        if var lane = a.lane, let next = b.lane, lane.road == next.road, lane.lane == next.lane {
            lane.s = lerp(lane.s, next.s, t)
            lane.left = lerp(lane.left, next.left, t)
            body.lane = lane
        }
        return body
    }
}
