import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallLanguage
import SquallScene
import SquallWorld

/// A scene that has been read and checked, with everything its draws will ask for.
public struct SceneSession: Sendable {
    public let file: String
    public let scene: Scene
    public let catalogue: FileCatalogue
    public let overrides: [(name: String, value: String)]
    /// The scene's own text, and the hash of every file it imports, by path.
    public let text: String
    public let inputs: [Manifest.Input]
    /// Absolute paths of the same files.
    public let imports: [String]
    public var limits = DetectabilityLimits()

    /// `dataset { samples }`, 1 when the scene does not say.
    public var samples: Int { scene.samples ?? 1 }

    /// Reads a scene file and what it imports.
    /// - Returns: nil for the session when there are errors; every diagnostic, and the texts they point into.
    public static func load(file: String, root: String?, overrides: [(name: String, value: String)]) -> (SceneSession?, [Diagnostic], [SourceText]) {
        let catalogue = FileCatalogue(directory: FileManager.default.currentDirectoryPath)
        let named = Dictionary(overrides.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        let loaded = SceneSource.load(path: file, root: root, assets: ShippedAssets.folder, overrides: named, catalogue: catalogue)
        guard let scene = loaded.scene, !loaded.diagnostics.hasErrors else { return (nil, loaded.diagnostics, loaded.sources) }
        let contents = loaded.files.map { (name: $0.name, data: (try? Data(contentsOf: URL(fileURLWithPath: $0.path))) ?? Data()) }
        let inputs = contents.map { Manifest.Input(path: $0.name, sha256: SHA256.hexDigest(of: $0.data)) }
        let text = contents.first.map { String(decoding: $0.data, as: UTF8.self) } ?? ""
        let session = SceneSession(file: file, scene: scene, catalogue: catalogue, overrides: overrides, text: text, inputs: inputs, imports: loaded.files.map(\.path))
        return (session, loaded.diagnostics, loaded.sources)
    }
}

/// The `Assets/` folder of the package: rigs, materials, palettes.
public enum ShippedAssets {
    /// `SQUALL_ASSETS` when set, else beside the program's checkout, else the working directory's.
    public static var folder: String {
        if let path = ProcessInfo.processInfo.environment["SQUALL_ASSETS"] { return path }
        var url = (Bundle.main.executableURL ?? URL(fileURLWithPath: ".")).resolvingSymlinksInPath().deletingLastPathComponent()
        for _ in 0..<6 {
            let candidate = url.appendingPathComponent("Assets/rigs")
            if FileManager.default.fileExists(atPath: candidate.path) { return url.appendingPathComponent("Assets").path }
            url.deleteLastPathComponent()
        }
        return "Assets"
    }
}
