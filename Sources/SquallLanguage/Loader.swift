import Foundation
import SquallDiagnostics
import SquallScene

/// Finds and reads the files a scene imports, and keeps within the root.
///
/// Paths are relative to the importing file, or lie in the shipped assets folder. Links are followed only as long as they stay inside.
final class Loader {
    /// Absolute, links resolved.
    let root: String
    let assets: String?
    let catalogue: (any ImportCatalogue)?
    var sources: [SourceText] = []
    /// Files being imported right now, outermost first.
    var importing: [String] = []
    /// Absolute path of each source by the name it is shown under.
    var folders: [String: String] = [:]
    /// Scene files parsed so far, by absolute path: one that is imported often is read once.
    private var trees: [String: SyntaxTree] = [:]
    /// Imports met so far, each time a file is imported counted.
    private(set) var importCount = 0
    /// Params and lets declared so far, over all files.
    private(set) var globalCount = 0
    /// Every file read or handed to the catalogue, in order.
    private(set) var files: [String] = []

    init(root: String, assets: String?, catalogue: (any ImportCatalogue)?) {
        self.root = Loader.real(root)
        self.assets = assets.map(Loader.real)
        self.catalogue = catalogue
    }

    struct Problem: Error {
        var message: String
        /// Where it was looked for.
        var label: String?
        var fix: String?
    }

    /// Counts an import; files that import one another many times over multiply, so every import counts and not every file.
    func countImport() -> Counted {
        importCount += 1
        let limit = SceneLimit.importCount.value
        return importCount <= limit ? .within : importCount == limit + 1 ? .justPassed : .beyond
    }

    /// Counts a param or let.
    func countGlobal() -> Counted {
        globalCount += 1
        let limit = SceneLimit.globals.value
        return globalCount <= limit ? .within : globalCount == limit + 1 ? .justPassed : .beyond
    }

    /// Where a count stands against its limit: passing it is said once.
    enum Counted { case within, justPassed, beyond }

    /// A scene file's tree; nil when it cannot be read.
    func tree(_ path: String) -> SyntaxTree? {
        if let known = trees[path] { return known }
        guard let content = read(path) else { return nil }
        let tree = Parser.parse(file: displayName(path), bytes: content.bytes, size: content.size)
        sources.append(tree.source)
        folders[tree.source.file] = path
        trees[path] = tree
        return tree
    }

    /// The file an import names.
    func resolve(_ path: String, from file: String) -> Result<String, Problem> {
        guard !path.isEmpty else { return .failure(Problem(message: "the file name is empty")) }
        guard !path.hasPrefix("/"), !path.hasPrefix("~"), !path.contains("\0") else {
            return .failure(Problem(message: "imports are relative to the importing file", fix: "put the file below the root \(root), or name another root with --root, and write its path from here"))
        }
        let folder = (folders[file] ?? file).directory
        var candidates = [folder + "/" + path]
        if let assets { candidates.append(assets + "/" + path) }
        for candidate in candidates {
            let real = Loader.real(candidate)
            guard isInside(real) else { continue }
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: real, isDirectory: &isFolder), !isFolder.boolValue { return .success(real) }
        }
        if !isInside(Loader.real(candidates[0])) {
            // What is read outside is never said, not even whether it is there: an answer would tell a stranger's scene what this machine holds.
            return .failure(
                Problem(
                    message: "\(path) lies outside the scene's root \(root)", label: "this would be \(Loader.real(candidates[0]))",
                    fix: "copy it into the root and write its path from this file, or name a larger root with --root FOLDER or an empty squall.root file in it"))
        }
        let siblings = (try? FileManager.default.contentsOfDirectory(atPath: Loader.real(candidates[0]).directory)) ?? []
        let near = NearNames.suggestion(for: shortName(path), among: siblings.sorted())
        let tried = candidates.map(Loader.real)
        return .failure(
            Problem(
                message: "there is no file \(path)", label: "looked for \(tried.joined(separator: " and "))",
                fix: near ?? "paths are relative to the importing file, or to the shipped Assets folder; nothing outside the root \(root) is read, see --root"))
    }

    private func isInside(_ path: String) -> Bool { [root, assets].compactMap { $0 }.contains { path == $0 || path.hasPrefix($0 == "/" ? "/" : $0 + "/") } }

    func noteFile(_ path: String) { if !files.contains(path) { files.append(path) } }

    /// A file's bytes, as far as a scene may be long, and how many it has.
    struct Content {
        var bytes: [UInt8]
        var size: Int
    }

    /// Nil when it cannot be read.
    func read(_ path: String) -> Content? {
        noteFile(path)
        // A pipe would wait for ever, a folder reads as empty.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard attributes?[.type] as? FileAttributeType == .typeRegular, let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: SceneLimit.sceneBytes.value + 1) else { return nil }
        return Content(bytes: [UInt8](data), size: max(data.count, (attributes?[.size] as? NSNumber)?.intValue ?? 0))
    }

    func shortName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// How a file is called in messages: from the root where possible.
    func displayName(_ path: String) -> String {
        for folder in [root, assets].compactMap({ $0 }) where path.hasPrefix(folder + "/") { return String(path.dropFirst(folder.count + 1)) }
        return path
    }

    /// Absolute, without `..` and with every link followed.
    static func real(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path }

    /// The root of a scene: the nearest parent folder with a `squall.root` file, else the scene's own folder.
    static func root(of scene: String) -> String {
        let own = real(scene).directory
        var folder = own
        while true {
            if FileManager.default.fileExists(atPath: folder + "/squall.root") { return folder }
            let parent = folder.directory
            if parent == folder { return own }
            folder = parent
        }
    }
}

extension String {
    /// The folder a path lies in.
    var directory: String {
        guard let slash = lastIndex(of: "/") else { return "." }
        return slash == startIndex ? "/" : String(self[..<slash])
    }
}
