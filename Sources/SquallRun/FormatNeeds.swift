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
            let missing = type(of: format).needs.subtracting(concrete.labels).subtracting(hasLidar ? [] : .points)
            return missing.words.map { label in
                Diagnostic(
                    .error, "format-needs-label", file: origin?.file ?? scene.file, span: origin?.span, place: place,
                    message: "\(name) needs \(label), which the scene's labels leave out",
                    label: "\(label) is not among them", fix: "add \(label) to use, or leave \(name) out of --formats")
            }
        }
    }
}
