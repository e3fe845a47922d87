import CSquallKernels
import Foundation
import SquallDiagnostics
import SquallDraw
import SquallExport
import SquallFrames
import SquallScene

/// `squall render`: from a checked scene to a dataset on disk.
public struct RenderJob: Sendable {
    public let session: SceneSession
    public let seed: UInt64
    public let samples: [Int]
    public let out: URL
    public let formats: [String]
    public let cocoPolygons: Bool
    public let workers: Int
    public let resume: Bool
    public let version: String

    public init(
        session: SceneSession, seed: UInt64, samples: [Int], out: URL, formats: [String], cocoPolygons: Bool, workers: Int, resume: Bool, version: String
    ) {
        (self.session, self.seed, self.samples, self.out, self.formats) = (session, seed, samples, out, formats)
        (self.cocoPolygons, self.workers, self.resume, self.version) = (cocoPolygons, workers, resume, version)
    }

    /// How many of the samples are committed in the directory, by this run or an earlier one.
    public var finished: Int { samples.count { DatasetFolder.isCommitted($0, in: out) } }

    /// - Throws: `Failure`; what was finished before stays, ready for `--resume`.
    public func run(progress: @escaping @Sendable (Batch.Progress) -> Void) throws {
        let exporters = try formats.map { try Exporters.named($0, cocoPolygons: cocoPolygons) }
        // What the first sample cannot be written in is said before there is a folder; what only a later draw lacks, when it is drawn.
        if let first = samples.first, let concrete = try? session.scene.draw(seed: seed, index: first, catalogue: session.catalogue) {
            let lacking = FormatNeeds.problems(exporters, in: concrete, of: session.scene)
            guard !lacking.hasErrors else { throw Failure(lacking) }
        }
        let dataset = DatasetInfo(
            title: session.scene.title, seed: seed, samples: samples.count, formats: formats, sceneFile: URL(fileURLWithPath: session.file).lastPathComponent,
            sceneText: session.text, limits: session.limits, build: BuildFacts.all(version: version))
        let manifest = Manifest(dataset: dataset, overrides: session.overrides, inputs: session.inputs, cocoPolygons: cocoPolygons)
        let folder = try DatasetFolder(root: out, manifest: manifest, resume: resume, samples: samples)
        // Fewer samples than workers: the spare threads work inside the episodes. The bytes are the same.
        let threads = max(1, workers / max(1, samples.count))
        let source = SceneEpisodes(session: session, seed: seed, threads: threads, formats: exporters)
        try Batch(source: source, dataset: dataset, formats: exporters, samples: samples, workers: workers, progress: progress).run(in: folder)
    }
}

/// What the bytes depend on besides the scene: recorded in the manifest, compared before a resume.
enum BuildFacts {
    static func all(version: String) -> [DatasetInfo.BuildFact] {
        var facts = [DatasetInfo.BuildFact(key: "squall", value: version)]
        #if arch(x86_64)
        facts.append(DatasetInfo.BuildFact(key: "architecture", value: "x86-64"))
        #elseif arch(arm64)
        facts.append(DatasetInfo.BuildFact(key: "architecture", value: "arm64"))
        #endif
        facts.append(DatasetInfo.BuildFact(key: "instructions", value: sq_build_uses_avx2() == 1 ? "AVX2 and FMA" : "baseline"))
        facts.append(DatasetInfo.BuildFact(key: "libdeflate", value: PNG.libraryVersion))
        if let url = Bundle.main.executableURL, let program = try? Data(contentsOf: url, options: .mappedIfSafe) {
            facts.append(DatasetInfo.BuildFact(key: "program-sha256", value: SHA256.hexDigest(of: program)))
        }
        return facts.sorted { $0.key < $1.key }
    }
}
