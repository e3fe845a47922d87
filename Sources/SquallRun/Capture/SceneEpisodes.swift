import Foundation
import SquallAssets
import SquallDiagnostics
import SquallDraw
import SquallDynamics
import SquallExport
import SquallFrames
import SquallLabels
import SquallMath
import SquallRays
import SquallRoads
import SquallScene
import SquallWorld

/// Episodes of a scene: draw, build, step, then capture frame by frame.
public struct SceneEpisodes: EpisodeSource {
    public let session: SceneSession
    public let seed: UInt64
    /// Threads within one episode; the result does not depend on it.
    public let threads: Int
    /// Largest width of a picture: wider cameras see the same with fewer pixels. nil for the rig's own resolution.
    public let thumbnail: Int?
    /// Who reads the frames: labels that none of them reads are not computed. nil for all that the scene chose.
    public let formats: [any Exporter]?
    /// Shared by all its episodes.
    private let trees = MeshTreeStore()

    public init(session: SceneSession, seed: UInt64, threads: Int = 1, thumbnail: Int? = nil, formats: [any Exporter]? = nil) {
        (self.session, self.seed, self.threads, self.thumbnail, self.formats) = (session, seed, threads, thumbnail, formats)
    }

    public func open(index: Int) throws -> OpenEpisode {
        let played = try play(index: index)
        guard !played.info.sensors.isEmpty else { throw PlayedEpisode.nothingToSee(session.file) }
        // A choice of labels may be drawn, so that one sample lacks what another had.
        let lacking = FormatNeeds.problems(formats ?? [], in: played.world.scene, of: session.scene)
        guard !lacking.hasErrors else { throw Failure(lacking) }
        let labels = formats?.reduce(LabelSelection()) { $0.union(type(of: $1).labels) } ?? .all
        let capture = EpisodeCapture(played, limits: session.limits, threads: threads, labels: labels, trees: trees)
        return OpenEpisode(info: played.info) { each in
            for number in 0..<played.info.frameCount { try each(capture.frame(number)) }
        }
    }

    /// Episodes simulated for one sample before its temporal requirements count as impossible.
    static let playLimit = 100
    /// Actors times steps that one episode may take: about 600 MB of trajectory.
    static let stepLimit = SceneLimit.simulationSteps.value

    private func refuseEndless(_ scene: ConcreteScene) throws {
        let steps = scene.record.duration * 240 * Double(max(1, scene.actors.count))
        guard steps > Double(Self.stepLimit) else { return }
        throw Failure(
            "too-long", file: session.file, message: "\(scene.actors.count) actors for \(Int(scene.record.duration)) s are \(Int(steps)) steps, more than \(Self.stepLimit)",
            fix: "record for a shorter time, or with fewer actors; more samples give more data")
    }

    /// Draws and simulates until every temporal requirement holds.
    /// - Throws: `Failure` when none of the allowed draws satisfies them.
    public func play(index: Int) throws -> PlayedEpisode {
        let pool = WorkerPool(workers: threads)
        defer { pool.close() }
        var attempt = 0
        var last = ""
        var played = 0
        while attempt < SceneLimit.attempts.value, played < Self.playLimit {
            let concrete = try session.scene.draw(seed: seed, index: index, catalogue: session.catalogue, firstAttempt: attempt)
            try refuseEndless(concrete)
            played += 1
            let world = try World.build(scene: concrete, catalogue: session.catalogue, pool: pool)
            let slowest = (concrete.recordedRig?.sensors ?? []).map(\.rate).reduce(concrete.record.rate, min)
            let trajectory = try Simulation.play(world, margin: 1.5 / max(0.1, slowest) + 0.5)
            guard let violation = trajectory.violation else {
                return PlayedEpisode(world: world, trajectory: trajectory, title: session.scene.title, text: session.scene.text, thumbnail: thumbnail)
            }
            last = "'\(violation.requirement.text)' breaks after \(String(format: "%.2f", violation.time.seconds)) s"
            // Nothing random: the next attempt would be the same.
            if concrete.draws.isEmpty { break }
            attempt = concrete.attempt + 1
        }
        throw Failure(
            "require-never-met", file: session.file, message: "no draw of sample \(index) (seed \(seed)) meets the scene's requirements; in the last of \(played) tried \(last)",
            fix: "loosen the 'require' statements or the distributions they restrict")
    }
}

/// A concrete scene with its world and everything that happened in it.
public struct PlayedEpisode: Sendable {
    public let world: World
    public let trajectory: Trajectory
    public internal(set) var info: EpisodeInfo
    /// Index into the world's objects of the carrier of the rig, nil without one.
    public let ego: Int?
    /// What went otherwise than the scene asks while it was recorded.
    public let remarks: [EpisodeRemark]

    init(world: World, trajectory: Trajectory, title: String, text: String, thumbnail: Int? = nil) {
        (self.world, self.trajectory) = (world, trajectory)
        ego = world.scene.ego.flatMap { path in world.objects.firstIndex { $0.path == path } }
        // What went otherwise belongs to what is said about the episode.
        remarks = trajectory.remarks(until: world.scene.record.duration)
        let said = [text].filter { !$0.isEmpty } + remarks.map(\.text)
        let start = world.objectStates(in: trajectory.state(at: .zero))
        var info = Self.describe(world, start, ego: ego, title: title, text: said.joined(separator: "\n"))
        if let thumbnail {
            for index in info.sensors.indices {
                if case .camera(let camera) = info.sensors[index].kind { info.sensors[index].kind = .camera(camera.thumbnail(width: thumbnail)) }
            }
        }
        self.info = info
    }

    /// What to say when no actor carries a sensor.
    static func nothingToSee(_ file: String) -> Failure {
        Failure("no-sensor", file: file, message: "nothing in the scene carries a rig, so there is nothing to see", fix: "add 'carries' with a rig to an actor")
    }

    private static func describe(_ world: World, _ start: [ObjectState], ego: Int?, title: String, text: String) -> EpisodeInfo {
        let scene = world.scene
        let carrier = UInt16((ego ?? -1) + 1)
        let sensors = (scene.recordedRig?.sensors ?? []).map { $0.info(carrier: carrier) }
        let objects = start.map { state in
            let object = world.objects[Int(state.id) - 1]
            return EpisodeInfo.Object(
                id: state.id, path: object.path, category: object.category, asset: URL(fileURLWithPath: object.asset).lastPathComponent,
                size: object.isStatic ? state.box.size : object.boxSize, isStatic: object.isStatic, hasLimbs: object.figure?.walks ?? false,
                at: object.isStatic ? state.box.pose.rounded : nil)
        }
        return EpisodeInfo(
            index: scene.index, seed: scene.seed, attempt: scene.attempt, title: title, text: text, latitude: scene.place.latitude * 180 / .pi,
            longitude: scene.place.longitude * 180 / .pi, startUTC: utc(scene.start), frameCount: scene.record.frameCount, rate: scene.record.rate, ego: carrier,
            sensors: sensors, objects: objects, lanes: world.roads?.laneCenterlines ?? [], draws: scene.draws, split: scene.split, labels: scene.labels)
    }

    /// ISO 8601 with seconds.
    private static func utc(_ time: CivilTime) -> String {
        var components = DateComponents()
        (components.year, components.month, components.day) = (time.year, time.month, time.day)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
        let midnight = calendar.date(from: components) ?? Date(timeIntervalSince1970: 0)
        return midnight.addingTimeInterval((time.seconds - time.offset).rounded()).formatted(.iso8601)
    }
}

extension ConcreteRig.Sensor {
    /// What records say of it.
    func info(carrier: UInt16) -> SensorInfo {
        var place = mount
        if case .camera = kind { place = mount * Pose.mountFromCamera }
        return SensorInfo(name: name, kind: kind, mount: place, carrier: carrier, rate: rate, lens: lens)
    }
}

extension Pose {
    /// To a micrometre and a nanoradian or so, as records are.
    fileprivate var rounded: Pose {
        let q = rotation
        let turn = [q.w, q.x, q.y, q.z].map { ($0 * 1e9).rounded() / 1e9 + 0 }
        let place = [position.x, position.y, position.z].map { ($0 * 1e6).rounded() / 1e6 + 0 }
        return Pose(position: Vec3(place[0], place[1], place[2]), rotation: Quaternion(w: turn[0], x: turn[1], y: turn[2], z: turn[3]))
    }
}

extension PinholeCamera {
    /// The same view in at most `width` columns of square pixels; a smaller picture stays as it is.
    func thumbnail(width limit: Int) -> PinholeCamera {
        guard limit > 0, limit < width else { return self }
        let scale = Double(limit) / Double(width)
        let rows = max(1, Int((Double(height) * scale).rounded()))
        return PinholeCamera(width: limit, height: rows, fx: fx * scale, fy: fy * scale, cx: cx * scale, cy: cy * scale)
    }
}
