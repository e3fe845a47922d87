import Foundation
import SquallAssets
import SquallDiagnostics
import SquallDraw
import SquallExport
import SquallRoads
import SquallScene
import SquallWorld

/// `squall check`: a scene with all it imports, or a road or asset file alone.
public enum FileCheck {
    /// Every diagnostic in reading order, and the texts they point into.
    /// - Parameter formats: those a scene will be rendered in: the labels they need are asked for.
    public static func check(file: String, root: String?, formats: [any Exporter] = []) -> (diagnostics: [Diagnostic], sources: [SourceText]) {
        do {
            switch URL(fileURLWithPath: file).pathExtension.lowercased() {
            case "xodr": return (try FileCatalogue(directory: FileManager.default.currentDirectoryPath).network(file).ignored, [])
            case "glb", "gltf": return (try GLTF.load(path: file, root: root).warnings, [])
            default: return scene(file, root, formats)
            }
        } catch let failure as Failure {
            return (failure.diagnostics, [])
        } catch {
            return ([Diagnostic(.error, "unreadable", file: file, message: "the file cannot be read: \(SystemCause.words(error))")], [])
        }
    }

    /// A scene's own diagnostics, with what its roads hold and Squall leaves out, and whether there is a sensor to render for.
    private static func scene(_ file: String, _ root: String?, _ formats: [any Exporter]) -> ([Diagnostic], [SourceText]) {
        let (session, diagnostics, sources) = SceneSession.load(file: file, root: root, overrides: [], formats: formats)
        guard let session, session.scene.hasContents, let fix = blindness(session) else { return (diagnostics, sources) }
        let ego = session.scene.actors.contains { $0.rig != nil } ? "the ego carries no sensor" : "no actor carries a rig"
        return (diagnostics + [Diagnostic(.warning, "no-sensor", file: file, message: "\(ego), so there is nothing to render", fix: fix)], sources)
    }

    /// What to do about a scene in which nothing is seen; nil where something is. The first sample stands for all.
    private static func blindness(_ session: SceneSession) -> String? {
        guard let concrete = try? session.scene.draw(seed: 0, index: 0, catalogue: session.catalogue), concrete.recordedRig?.sensors.isEmpty ?? true else { return nil }
        guard let carrier = session.scene.actors.first(where: { !($0.rig ?? []).isEmpty }) else {
            return "import \"rigs/front_and_lidar.squall\" as rigs, and write carries rigs.kitti in an actor"
        }
        guard let ego = concrete.ego else { return "write record { ego = \(carrier.name) }" }
        return "let \(ego) carry the rig of \(carrier.name)" + (ego == "ego" ? "" : ", or write record { ego = \(carrier.name) }")
    }
}

extension Scene {
    /// It is more than a file of params and rigs for others to import.
    fileprivate var hasContents: Bool { !actors.isEmpty || !blocks.isEmpty || !requirements.isEmpty }
}
