import ArgumentParser
import Foundation
import SquallDiagnostics
import SquallExport
import SquallRun

/// `squall check`: diagnostics of scene files, and of the roads and assets they import.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check scene, road and asset files.",
        discussion: "Prints every error, warning and note with its place and a fix; notes say what a road file has and Squall ignores. Exits with 1 when there is an error.")

    @Argument(help: "Scene (.squall), road (.xodr) or asset (.glb, .gltf) files.", completion: .file()) var files: [String]
    @Flag(help: "One JSON object a line on standard output.") var json = false
    @Option(help: "Folder that imports may not leave.") var root: String?
    @Option(help: "Formats that scenes will be rendered in, separated by commas: asks for the labels and cameras they need.") var formats: String?

    func run() throws {
        let formats = try Exporters.list(formats ?? "").map { try Exporters.named($0) }
        var failed = false
        for file in files {
            let (diagnostics, sources) = FileCheck.check(file: file, root: root, formats: formats)
            Report.show(diagnostics, sources: sources, json: json)
            let errors = diagnostics.filter { $0.severity == .error }.count
            let warnings = diagnostics.filter { $0.severity == .warning }.count
            if !json {
                print("\(file): \(errors == 0 ? "ok" : Report.count(errors, "error"))\(warnings > 0 ? ", \(Report.count(warnings, "warning"))" : "")")
            }
            if errors > 0 { failed = true }
        }
        if failed { throw ExitCode(1) }
    }
}
