import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallScene

/// Whether a scene's choice of labels gives the formats what they cannot do without.
enum FormatNeeds {
    /// One error for each format and label that `labels { use = ... }` leaves out.
    /// - Parameter concrete: the draw to judge; `scene` says where it is written.
    static func problems(_ formats: [any Exporter], in concrete: ConcreteScene, of scene: Scene) -> [Diagnostic] {
        let place = concrete.draws.isEmpty ? nil : "sample \(concrete.index), seed \(concrete.seed)"
        let hasLidar = (concrete.recordedRig?.sensors ?? []).contains { if case .lidar = $0.kind { true } else { false } }
        let origin = scene.block("labels")?["use"]?.origin
        return formats.flatMap { format in
            let name = type(of: format).name
            let cameras = pictureProblems(name, concrete, place: place, file: scene.file)
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
    private static func pictureProblems(_ format: String, _ concrete: ConcreteScene, place: String?, file: String) -> [Diagnostic] {
        let cameras = (concrete.recordedRig?.sensors ?? []).filter { if case .camera = $0.kind { true } else { false } }
        func error(_ message: String, _ fix: String) -> Diagnostic {
            Diagnostic(.error, "format-needs-camera", file: file, place: place, message: message, fix: "\(fix), or leave \(format) out of --formats")
        }
        var found: [Diagnostic] = []
        if format == KITTIExporter.name, let camera = cameras.first {
            if camera.lens != .pinhole { found.append(error("kitti describes pinhole cameras, and \(camera.name) has the lens \(camera.lens.name)", "give it lens = pinhole")) }
            let output = camera.effects.output
            if output != .srgb8 { found.append(error("kitti has 8-bit PNG pictures, and \(camera.name) writes \(output.rawValue)", "give it output = srgb8")) }
        }
        if format == COCOExporter.name {
            for camera in cameras where camera.effects.output == .linear12 || camera.effects.output == .bayer {
                found.append(error("coco's readers show pictures as they are, and \(camera.name) writes \(camera.effects.output.rawValue)", "give it output = srgb8 or jpeg"))
            }
        }
        return found
    }
}
