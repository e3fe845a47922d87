import ArgumentParser
import Foundation
import SquallRun

/// `squall bench`: the figures the project quotes, measured on this machine.
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure rasterizing, ray casting, stepping, encoding and whole episodes.",
        discussion: """
            Without a name all benchmarks run: \(Benchmarks.names.joined(separator: ", ")).
            Prints medians of CPU and wall time, and whether each figure keeps what is promised: holds or misses.
            """)

    @Argument(help: "One benchmark.") var name: String?
    @Flag(help: "One JSON object a line.") var json = false
    @Option(help: "Repetitions of each, 1 to 1000.") var repetitions = 5
    @OptionGroup var workers: WorkerOptions
    @Option(help: "Scripts/bench-data of a checkout: block.glb, camera_path.json, lidar.json; the demo scene is found from there.") var data = "Scripts/bench-data"

    func validate() throws {
        if !(1...1000).contains(repetitions) { throw ValidationError("--repetitions must be between 1 and 1000") }
    }

    func run() throws {
        let benchmarks = Benchmarks(data: URL(fileURLWithPath: data), repetitions: repetitions, workers: workers.count)
        for figure in try benchmarks.run(name) { print(json ? figure.json : figure.text) }
    }
}
