import Foundation
import SquallDiagnostics
import SquallDraw
import SquallScene

/// The whole way from a file to a scene: parse, check, try one draw.
public enum SceneSource {
    /// What loading gives, also when something is wrong.
    public struct Loaded: Sendable {
        /// Nil when there are errors.
        public var scene: Scene?
        public var diagnostics: [Diagnostic]
        /// The scene file and everything it imports, in order of import.
        public var files: [File]
        /// The texts diagnostics point into.
        public var sources: [SourceText]

        public func render(colors: Bool = false) -> String { DiagnosticRenderer(sources: sources, colors: colors).render(diagnostics) }
        public func json() -> String { DiagnosticJSON(sources: sources).lines(diagnostics) }
    }

    public struct File: Sendable, Equatable {
        /// Absolute, links followed.
        public var path: String
        /// As shown to people: relative to the root where possible.
        public var name: String
    }

    /// Loads a scene file.
    ///
    /// - Parameters:
    ///   - root: the folder imports may not leave; nil for the nearest parent with a `squall.root` file, else the scene's folder.
    ///   - assets: the shipped `Assets/` folder.
    ///   - overrides: params set from outside, as expressions: `["rain": "80 mm/h"]`.
    ///   - catalogue: what imported roads and assets offer. With one, imports are opened and one draw is tried.
    public static func load(
        path: String, root: String? = nil, assets: String? = nil, overrides: [String: String] = [:], catalogue: (any ImportCatalogue)? = nil
    ) -> Loaded {
        let loader = Loader(root: root ?? Loader.root(of: path), assets: assets, catalogue: catalogue)
        guard let content = loader.read(Loader.real(path)) else {
            let problem = unreadable(path)
            return Loaded(scene: nil, diagnostics: [problem], files: [], sources: [])
        }
        loader.folders[path] = Loader.real(path)
        loader.importing = [Loader.real(path)]
        return load(content, file: path, loader: loader, overrides: overrides)
    }

    /// Why there is nothing to load at a path.
    private static func unreadable(_ path: String) -> Diagnostic {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard isFolder.boolValue else {
            return Diagnostic(.error, "unreadable", file: path, message: "this file cannot be read", fix: isThere ? nil : "there is no such file")
        }
        let inside = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".squall") }.sorted()
        let fix = inside.first.map { "name a file in it, such as \(path.hasSuffix("/") ? path : path + "/")\($0)" } ?? "name a scene file"
        return Diagnostic(.error, "unreadable", file: path, message: "this is a folder, not a scene file", fix: fix)
    }

    /// Loads a scene from text, as an editor or a test has it. Imports are looked for beside `file`.
    public static func load(
        text: String, file: String, root: String? = nil, assets: String? = nil, overrides: [String: String] = [:], catalogue: (any ImportCatalogue)? = nil
    ) -> Loaded {
        let loader = Loader(root: root ?? Loader.root(of: file), assets: assets, catalogue: catalogue)
        loader.folders[file] = Loader.real(file)
        loader.importing = [Loader.real(file)]
        return load(Loader.Content(bytes: Array(text.utf8), size: text.utf8.count), file: file, loader: loader, overrides: overrides)
    }

    private static func load(_ content: Loader.Content, file: String, loader: Loader, overrides: [String: String]) -> Loaded {
        let tree = Parser.parse(file: file, bytes: content.bytes, size: content.size)
        loader.sources.append(tree.source)
        let checker = Checker(tree: tree, prefix: "", loader: loader, overrides: overrides)
        if tree.root.children.count > 1 || tree.diagnostics.isEmpty { checker.checkScene() }
        if checker.scene.title.isEmpty { checker.scene.title = loader.shortName(file).split(separator: ".").first.map(String.init) ?? file }
        var diagnostics = checker.diagnostics
        var scene: Scene? = checker.scene
        if !diagnostics.hasErrors {
            do { _ = try checker.scene.sampleCount() } catch let failure as Failure { diagnostics += failure.diagnostics } catch {}
        }
        if !diagnostics.hasErrors, let catalogue = loader.catalogue { diagnostics += trial(checker.scene, catalogue) }
        if diagnostics.hasErrors { scene = nil }
        let files = loader.files.map { File(path: $0, name: loader.displayName($0)) }
        return Loaded(scene: scene, diagnostics: diagnostics.inReadingOrder, files: files, sources: loader.sources)
    }

    /// Placements and files can be judged by drawing only: the first sample stands for all.
    private static func trial(_ scene: Scene, _ catalogue: any ImportCatalogue) -> [Diagnostic] {
        do {
            return try scene.draw(seed: 0, index: 0, catalogue: catalogue).warnings
        } catch let failure as Failure {
            return failure.diagnostics
        } catch {
            return [Diagnostic(.error, "draw-failed", file: scene.file, message: "no sample can be drawn: \(error)")]
        }
    }
}
