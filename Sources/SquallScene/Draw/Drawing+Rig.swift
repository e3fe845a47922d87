import Foundation
import SquallDiagnostics
import SquallFrames
import SquallMath

/// The sensors of a rig with their numbers drawn.
extension Drawing {
    func rig(_ blocks: [SceneBlock], _ carrier: Instance) throws -> ConcreteRig { ConcreteRig(sensors: try blocks.map { try sensor($0, carrier) }) }

    /// One sensor; its draws are keyed by `carrier.sensor.property`.
    private func sensor(_ block: SceneBlock, _ carrier: Instance) throws -> ConcreteRig.Sensor {
        let path = "\(carrier.path).\(block.name)"
        func read(_ name: String) throws -> Double? { try number(block, name, path) }
        var mount = Vec3(0, 0, 1.6)
        if case .vector(let v)? = try value(block, "mount", path) { mount = v }
        var turn = Vec3.zero
        if case .vector(let v)? = try value(block, "turn", path) { turn = v }
        let pose = Pose(position: mount, rotation: Quaternion(yaw: turn.x, pitch: turn.y, roll: turn.z))
        let record = try recording().rate
        if block.kind == "lidar" {
            let rate = try read("rate") ?? LidarModel.turnRate(record: record)
            var model = LidarModel.hdl64e
            if case .symbol(let name)? = try value(block, "model", path), let known = LidarModel.named(name) { model = known }
            if let returns = try read("returns") { model.returns = Int(returns.rounded()) }
            return ConcreteRig.Sensor(name: block.name, kind: .lidar(model.turning(at: rate)), mount: pose, rate: rate)
        }
        let rate = try read("rate") ?? max(10, record)
        var exposure = Exposure()
        exposure.ev = try read("exposure")
        exposure.fNumber = try read("f_number") ?? exposure.fNumber
        exposure.pixelPitch = try read("pixel_pitch") ?? exposure.pixelPitch
        exposure.quantumEfficiency = try read("quantum_efficiency") ?? exposure.quantumEfficiency
        exposure.fullWell = try read("full_well") ?? exposure.fullWell
        exposure.darkNoise = try read("dark_noise") ?? exposure.darkNoise
        exposure.nonUniformity = try read("non_uniformity") ?? exposure.nonUniformity
        exposure.darkCurrent = try read("dark_current") ?? exposure.darkCurrent
        if let bits = try read("bits") { exposure.bits = Int(bits.rounded()) }
        return ConcreteRig.Sensor(name: block.name, kind: .camera(try camera(block, path)), mount: pose, rate: rate, exposure: exposure)
    }

    /// A sensor slower than the record captures on every n-th frame, so its rate must go into the record's a whole number of times.
    func refuseUnevenRates(_ instances: [Instance], _ actors: [ConcreteActor], _ scene: ConcreteScene) throws {
        guard let ego = actors.first(where: { $0.path == scene.ego }), let template = instances.first(where: { $0.path == scene.ego })?.template else { return }
        for sensor in ego.rig?.sensors ?? [] where sensor.rate < scene.record.rate {
            let times = scene.record.rate / sensor.rate
            guard abs(times - times.rounded()) > 1e-6 * times else { continue }
            let hertz = { (rate: Double) in Units.format(rate, .frequency) }
            throw failure(
                "uneven-rate", template.rig?.first { $0.name == sensor.name }?["rate"]?.origin,
                "\(sensor.name) captures at \(hertz(sensor.rate)), which does not divide the record's \(hertz(scene.record.rate))",
                fix: "give it \(hertz(scene.record.rate)) / \(Int(times.rounded(.up))), or the record's rate or more")
        }
    }

    private func camera(_ block: SceneBlock, _ path: String) throws -> PinholeCamera {
        var size = Vec3(1280, 720, 0)
        if case .vector(let v)? = try value(block, "resolution", path) { size = v }
        guard (1...4096).contains(size.x), (1...4096).contains(size.y), size.x == size.x.rounded(), size.y == size.y.rounded() else {
            throw failure("bad-resolution", block["resolution"]?.origin, "a camera may have 1 to 4096 whole pixels each way")
        }
        let (width, height) = (Int(size.x), Int(size.y))
        if let focal = try number(block, "focal", path) {
            return PinholeCamera(width: width, height: height, fx: focal, fy: focal, cx: size.x / 2, cy: size.y / 2)
        }
        let fov = try number(block, "fov", path) ?? 70 * .pi / 180
        return PinholeCamera(width: width, height: height, tanHalfHorizontalFieldOfView: tan(fov / 2))
    }
}
