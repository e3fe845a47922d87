import Foundation
import SquallDiagnostics
import SquallFrames
import SquallMath
import SquallScene

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
        let model = try optics(block, path)
        var exposure = try exposure(block, path)
        exposure.interval = 1 / rate
        let effects = try effects(block, path)
        try refuseSlowPictures(block, exposure, effects, rows: model.camera.height)
        return ConcreteRig.Sensor(name: block.name, kind: .camera(model.camera), mount: pose, rate: rate, exposure: exposure, lens: model.lens, effects: effects)
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
}
