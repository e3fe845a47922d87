// squall: the command line. Parses flags, calls one façade per command, prints diagnostics and progress.
// Must never know: how anything is computed.
import ArgumentParser
import CSquallKernels
import Foundation
import SquallDiagnostics

/// The start of everything: checks that this CPU can run this build, then hands over to the commands.
@main
struct Squall: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "squall",
        abstract: "Scene files in, labelled camera, lidar and motion data out.",
        version: version,
        subcommands: [Check.self, Render.self, Preview.self, RenderGLTF.self, Eval.self, Verify.self, Bench.self])

    static func main() {
        guard sq_cpu_matches_build() == 1 else {
            Report.line("error: this build needs a CPU with AVX2 and FMA; build again with SQUALL_ISA=baseline in the environment")
            Squall.exit(withError: ExitCode(1))
        }
        refuseUnknownCommand()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            Report.exit(with: error)
        }
    }

    /// A first word that is no command and no flag: says what was meant.
    private static func refuseUnknownCommand() {
        guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-") else { return }
        let known = configuration.subcommands.map { $0._commandName }
        guard !known.contains(word), word != "help" else { return }
        Report.line("error: there is no command '\(word)'\n  = \(NearNames.suggestion(for: word, among: known) ?? "commands are \(known.joined(separator: ", "))")")
        Foundation.exit(ExitCode.validationFailure.rawValue)
    }
}
