import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallScene

/// Whether a scene's labels and cameras give the formats what they cannot do without.
enum FormatNeeds {
    /// One error for each format and label that `labels { use = ... }` leaves out, and for each camera that a format has no words for; a warning of sensors
    /// that KITTI's folders have no place for.
    /// - Parameter concrete: the draw to judge; `scene` says where it is written.
    static func problems(_ formats: [any Exporter], in concrete: ConcreteScene, of scene: Scene) -> [Diagnostic] {
        let place = concrete.draws.isEmpty ? nil : "sample \(concrete.index), seed \(concrete.seed)"
        let hasLidar = (concrete.recordedRig?.sensors ?? []).contains { if case .lidar = $0.kind { true } else { false } }
        let origin = scene.block("labels")?["use"]?.origin
        return formats.flatMap { format in
            let name = type(of: format).name
            let cameras = pictureProblems(name, concrete, place: place, of: scene)
            let missing = type(of: format).needs.subtracting(concrete.labels).subtracting(hasLidar ? [] : .points)
            return cameras + missing.words.map { label in
                Diagnostic(
                    .error, "format-needs-label", file: origin?.file ?? scene.file, span: origin?.span, place: place,
                    message: "\(name) needs \(label), which the scene's labels leave out",
                    label: "\(label) is not among them", fix: "add \(label) to use, or leave \(name) out of --formats")
            }
        }
    }

    /// What a format cannot say of a camera: KITTI's calibration is a pinhole's and its pictures are 8-bit PNG; COCO's readers want pictures that
    /// viewers show.
    private static func pictureProblems(_ format: String, _ concrete: ConcreteScene, place: String?, of scene: Scene) -> [Diagnostic] {
        let cameras = (concrete.recordedRig?.sensors ?? []).filter { if case .camera = $0.kind { true } else { false } }
        // Copies of an actor carry the rig of their template.
        let carrier = concrete.ego.map { String($0.prefix { $0 != "[" }) }
        let blocks = scene.actors.first { $0.name == carrier }?.rig ?? []
        func error(_ camera: ConcreteRig.Sensor, _ property: String, _ message: String, _ fix: String) -> Diagnostic {
            let block = blocks.first { $0.name == camera.name }
            let origin = block?[property]?.origin ?? block?.origin
            return Diagnostic(
                .error, "format-needs-camera", file: origin?.file ?? scene.file, span: origin?.span, place: place, message: message,
                fix: "\(fix), or leave \(format) out of --formats")
        }
        var found: [Diagnostic] = []
        if format == KITTIExporter.name, let first = cameras.first {
            let chosen = KITTIRig.pictures(cameras.map { $0.info(carrier: 0) })
            if chosen.isEmpty { found.append(error(first, "lens", "kitti describes pinhole cameras, and \(first.name) has the lens \(first.lens.name)", "give it lens = pinhole")) }
            for camera in cameras where chosen.contains(camera.name) && camera.effects.output != .srgb8 {
                let message = "kitti has 8-bit PNG pictures, and \(camera.name) writes \(camera.effects.output.rawValue)"
                found.append(error(camera, "output", message, "give it output = srgb8"))
            }
            let lidars = (concrete.recordedRig?.sensors ?? []).filter { if case .lidar = $0.kind { true } else { false } }
            let left = (cameras.filter { !chosen.contains($0.name) } + lidars.dropFirst()).map(\.name)
            if !chosen.isEmpty, !left.isEmpty {
                let held = (chosen + lidars.prefix(1).map(\.name)).joined(separator: ", ")
                found.append(
                    Diagnostic(
                        .warning, "format-leaves-out", file: scene.file, place: place, message: "kitti holds \(held) and leaves out \(left.joined(separator: ", "))",
                        fix: "the native format has them all, and coco every camera"))
            }
        }
        if format == COCOExporter.name {
            for camera in cameras where camera.effects.output == .linear12 || camera.effects.output == .bayer {
                let message = "coco's readers show pictures as they are, and \(camera.name) writes \(camera.effects.output.rawValue)"
                found.append(error(camera, "output", message, "give it output = srgb8 or jpeg"))
            }
        }
        return found
    }
}
