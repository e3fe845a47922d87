import ArgumentParser
import Foundation
import SquallDiagnostics
import SquallExport
import SquallRun
import Synchronization

/// `squall render`: a scene becomes a dataset.
struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Render samples of a scene as a labelled dataset.",
        discussion: """
            The result depends on the file, the seed and the sample index alone, to the byte: not on the number of workers, nor on being stopped and resumed.
              squall render Scenes/weather/motorway_downpour.squall --seed 7 --samples 20 --out out/downpour --formats native,coco,kitti
            """)

    @OptionGroup var scene: SceneOptions
    @Option(help: "How many samples: indices 0 to n-1.") var samples: Int?
    @Option(help: "Render this sample alone.") var index: Int?
    @Option(help: "Directory of the dataset; made when missing.") var out: String
    @Option(help: "Formats, separated by commas: \(Exporters.names.joined(separator: ", ")).") var formats = "native"
    @OptionGroup var workers: WorkerOptions
    @Flag(help: "Go on where an earlier run into the same directory stopped.") var resume = false
    @Flag(help: "COCO masks as polygons instead of exact run lengths.") var cocoPolygons = false

    func validate() throws {
        let most = SceneSession.sampleLimit
        if let samples, samples < 1 || samples > most { throw ValidationError("--samples must be between 1 and \(most)") }
        if let index, index < 0 || index > Int(UInt32.max) { throw ValidationError("--index must be between 0 and 4294967295") }
        let names = formatNames
        if names.isEmpty || Set(names).count != names.count {
            throw ValidationError("--formats takes different names separated by commas: \(Exporters.names.joined(separator: ","))")
        }
        if samples != nil && index != nil { throw ValidationError("give --samples or --index, not both: --index renders one sample alone") }
    }

    private var formatNames: [String] { Exporters.list(formats) }

    func run() throws {
        let names = formatNames
        let session = try scene.load(formats: names.map { try Exporters.named($0) })
        let bar = ProgressBar()
        defer { bar.end() }
        let latest = Mutex(Batch.Progress?.none)
        let job = RenderJob(
            session: session, seed: scene.seed, samples: try index.map { [$0] } ?? Array(0..<(samples ?? session.samples)), out: URL(fileURLWithPath: out),
            formats: names, cocoPolygons: cocoPolygons, workers: workers.count, resume: resume, version: Squall.version)
        let interruption = Interruption {
            bar.end()
            return "interrupted: \(job.finished) of \(Report.count(job.samples.count, "sample")) finished and kept in \(out); to go on: \(Interruption.command(adding: "--resume"))"
        }
        try job.run { progress in
            latest.withLock { $0 = progress }
            bar.update(done: progress.framesDone, total: progress.framesTotal, unit: "frames")
        }
        interruption.end()
        bar.end()
        let frames = latest.withLock { $0?.framesDone ?? 0 }
        print("\(out): \(Report.count(job.samples.count, "sample")) in \(names.joined(separator: ", ")); \(Report.count(frames, "frame")) rendered in \(bar.spent)")
    }
}
