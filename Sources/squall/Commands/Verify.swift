import ArgumentParser
import Foundation
import SquallDiagnostics
import SquallExport
import SquallRun

/// `squall verify`: is a dataset what its manifest says, and do its labels agree?
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Verify a dataset: hashes, counts, label consistency.",
        discussion: "Reads everything back. Says what is wrong and where; exits with 1 when anything is.")

    @Argument(help: "Directory of the dataset.", completion: .directory) var dataset: String
    @Flag(help: "One JSON object a line on standard output.") var json = false

    func run() throws {
        let bar = ProgressBar()
        let report = try DatasetVerification.verify(URL(fileURLWithPath: dataset)) { done, total in bar.update(done: done, total: total, unit: "files") }
        bar.end()
        Report.show(report.problems, json: json)
        if !json { print("\(dataset): \(report.summary)") }
        if report.problems.hasErrors { throw ExitCode(1) }
    }
}
