import Foundation
import SquallAssets
import SquallDiagnostics
import SquallDraw
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
    /// The scene's own text, and the hash of every file it imports and of every file those name, by path.
    public let text: String
    public let inputs: [Manifest.Input]
    public var limits = DetectabilityLimits()

    /// The most samples a dataset may have.
    public static let sampleLimit = SceneLimit.samples.value

    /// `dataset { samples }`, 1 when the scene does not say.
    /// - Throws: `Failure` for a number no dataset can have.
    public var samples: Int { get throws { try scene.sampleCount() ?? 1 } }

    /// Reads a scene file and what it imports.
    /// - Parameter formats: those it will be rendered in: the labels they need are asked for.
    /// - Returns: nil for the session when there are errors; every diagnostic, and the texts they point into.
    public static func load(file: String, root: String?, overrides: [(name: String, value: String)], formats: [any Exporter] = []) -> (SceneSession?, [Diagnostic], [SourceText]) {
        let catalogue = FileCatalogue(directory: FileManager.default.currentDirectoryPath, library: .builtIn())
        let named = Dictionary(overrides.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        let loaded = SceneSource.load(path: file, root: root, assets: ShippedAssets.folder, overrides: named, catalogue: catalogue)
        guard let scene = loaded.scene, !loaded.diagnostics.hasErrors else { return (nil, loaded.diagnostics, loaded.sources) }
        var remarks: [Diagnostic] = []
        // The first sample stands for all, as in the check itself.
        if !formats.isEmpty, let concrete = try? scene.draw(seed: 0, index: 0, catalogue: catalogue) {
            remarks = FormatNeeds.problems(formats, in: concrete, of: scene)
            if remarks.hasErrors { return (nil, loaded.diagnostics + remarks, loaded.sources) }
        }
        let text = loaded.files.first.map { String(decoding: contents(of: $0.path), as: UTF8.self) } ?? ""
        let session = SceneSession(file: file, scene: scene, catalogue: catalogue, overrides: overrides, text: text, inputs: inputs(loaded.files))
        return (session, loaded.diagnostics + remarks, loaded.sources)
    }

    /// The files with the buffers and pictures that glTF files among them name, each once.
    private static func inputs(_ files: [SceneSource.File]) -> [Manifest.Input] {
        var inputs: [Manifest.Input] = []
        for file in files {
            var paths = [(name: file.name, path: file.path)]
            if ["gltf", "glb"].contains(URL(fileURLWithPath: file.path).pathExtension.lowercased()) {
                let folder = file.name.split(separator: "/", omittingEmptySubsequences: false).dropLast()
                paths += ((try? GLTF.namedFiles(path: file.path)) ?? []).map { (name: (folder + [$0.name[...]]).joined(separator: "/"), path: $0.path) }
            }
            for entry in paths where !inputs.contains(where: { $0.path == entry.name }) {
                inputs.append(Manifest.Input(path: entry.name, sha256: SHA256.hexDigest(of: contents(of: entry.path))))
            }
        }
        return inputs
    }

    private static func contents(of path: String) -> Data { (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data() }
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
