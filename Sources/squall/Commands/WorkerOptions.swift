import ArgumentParser
import Foundation

/// How many threads a command may use.
struct WorkerOptions: ParsableArguments {
    @Option(help: "Threads, or episodes in parallel; all cores when not given. 1 to 1024; the result does not depend on it.") var workers: Int?

    var count: Int { workers ?? ProcessInfo.processInfo.activeProcessorCount }

    func validate() throws {
        if let workers, !(1...1024).contains(workers) { throw ValidationError("--workers must be between 1 and 1024") }
    }
}
