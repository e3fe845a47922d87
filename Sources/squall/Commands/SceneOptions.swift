import ArgumentParser
import Foundation
import SquallDiagnostics
import SquallExport
import SquallRun

/// What every command that reads a scene shares.
struct SceneOptions: ParsableArguments {
    @Argument(help: "The scene file (.squall).", completion: .file(extensions: ["squall"])) var file: String
    @Option(help: "Seed of all draws.") var seed: UInt64 = 0
    @Option(name: .customLong("set"), parsing: .unconditionalSingleValue, help: "Set a param of the scene: --set rain=80mm/h. May be repeated.") var overrides: [String] = []
    @Option(help: "Folder that imports may not leave; else the nearest one above the scene that holds a squall.root file, else the scene's own.") var root: String?

    /// Reads and checks the scene; prints errors and warnings. Notes are for `squall check`.
    /// - Parameter formats: those it will be rendered in.
    /// - Throws: `ExitCode` when there are errors.
    func load(formats: [any Exporter] = []) throws -> SceneSession {
        var values: [(name: String, value: String)] = []
        for text in overrides {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw ValidationError("--set takes name=value, for instance --set rain=80mm/h; got '\(text)'")
            }
            values.append((String(text[..<equals]), String(text[text.index(after: equals)...])))
        }
        let (session, diagnostics, sources) = SceneSession.load(file: file, root: root, overrides: values, formats: formats)
        Report.show(diagnostics.filter { $0.severity > .note }, sources: sources)
        guard let session, !diagnostics.hasErrors else { throw ExitCode(1) }
        return session
    }
}
