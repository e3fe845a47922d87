import ArgumentParser
import Foundation
import SquallRun

/// `squall preview`: one instant of one sample on one sheet.
struct Preview: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Picture of one instant: RGB, depth, semantics, instances with boxes, lidar from above.",
        discussion: "  squall preview Scenes/weather/motorway_downpour.squall --seed 7 --at 2s -o picture.png")

    @OptionGroup var scene: SceneOptions
    @Option(help: "Sample index.") var index = 0
    @Option(help: "Instant from the episode's start, for instance 2s; the frame nearest to it is shown. Not beyond the last frame.") var at = "0s"
    @Option(help: "Camera to show; the first one when not given.") var sensor: String?
    @Option(name: .shortAndLong, help: "Picture to write (.png).") var output: String
    @OptionGroup var workers: WorkerOptions

    func validate() throws {
        guard output.lowercased().hasSuffix(".png") else { throw ValidationError("-o takes a .png file: previews are PNG pictures") }
        if index < 0 || index > Int(UInt32.max) { throw ValidationError("--index must be between 0 and 4294967295") }
    }

    func run() throws {
        let session = try scene.load()
        let seconds = try Evaluation.seconds(at)
        let remarks = try PreviewJob(session: session, seed: scene.seed, index: index, at: seconds, sensor: sensor, workers: workers.count)
            .write(to: URL(fileURLWithPath: output))
        Report.show(remarks)
        print(output)
    }
}
