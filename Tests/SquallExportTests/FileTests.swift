import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallMath
import Testing

@Suite struct FileTests {
    private func failure(_ body: () throws -> Void) -> Diagnostic? {
        do { try body() } catch let failure as Failure { return failure.diagnostics.first } catch { Issue.record("not a Failure: \(error)") }
        return nil
    }

    @Test("a full disk is one Failure with file, cause and fix", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"))) func full() {
        let found = failure { try DatasetFile.write(Data(count: 10), to: URL(fileURLWithPath: "/dev/full")) }
        #expect(found?.code == "write-failed" && found?.file == "/dev/full" && found?.message.contains("no space left") == true && found?.fix?.contains("--resume") == true)
        #expect(FileManager.default.fileExists(atPath: "/dev/full"))
    }

    @Test("a path through a file, and a directory in the file's place, are Failures") func wrongPlace() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        try Data("x".utf8).write(to: home.appendingPathComponent("file"))
        let through = failure { try EpisodeFolder(url: home.appendingPathComponent("file")).write(Data(), to: "a/b.txt") }
        #expect(through?.code == "write-failed" && through?.fix != nil)
        let directory = failure { try DatasetFile.write(Data(), to: home) }
        #expect(directory?.message.contains("is a directory") == true)
        #expect(failure { _ = try DatasetFile.read(home.appendingPathComponent("absent")) }?.code == "read-failed")
        #expect(failure { _ = try DatasetFile.decode(EpisodeInfo.self, from: home.appendingPathComponent("file")) }?.code == "read-failed")
    }

    @Test("replacing leaves the whole new file and nothing else") func replacing() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let target = home.appendingPathComponent("deep/manifest.json")
        for text in ["first", "second, longer"] {
            try DatasetFile.write(Data(text.utf8), to: target, replacing: true)
            #expect(try DatasetFile.read(target) == Data(text.utf8))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.appendingPathComponent("deep").path) == ["manifest.json"])
    }

    @Test("a link that cannot be made becomes a copy") func linking() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let (source, target) = (home.appendingPathComponent("a"), home.appendingPathComponent("b/c"))
        try Data("one".utf8).write(to: source)
        try DatasetFile.link(source, to: target)
        #expect(try DatasetFile.read(target) == Data("one".utf8))
        // The target exists now, so no second link can be made.
        let other = home.appendingPathComponent("other")
        try Data("two".utf8).write(to: other)
        try DatasetFile.link(other, to: target)
        #expect(try DatasetFile.read(target) == Data("two".utf8) && DatasetFile.read(source) == Data("one".utf8))
        #expect(failure { try DatasetFile.link(home.appendingPathComponent("absent"), to: home.appendingPathComponent("x")) }?.code == "read-failed")
    }

    @Test("a label that is no number is refused with its place, and never reaches a file") func notANumber() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        var info = Samples.episode(0)
        info.latitude = .nan
        let found = failure { try EpisodeFolder(url: home).write(json: info, to: "episode.json") }
        #expect(found?.code == "not-a-number" && found?.place == "latitude")
        #expect(!FileManager.default.fileExists(atPath: home.appendingPathComponent("episode.json").path))
    }

    @Test("a missing fragment stops every format with a Failure") func missingFragment() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let episode = CommittedEpisode(info: Samples.episode(0), folder: home.appendingPathComponent("nothing"))
        for name in ["coco", "kitti"] {
            #expect(failure { try Exporters.named(name).finish(dataset: Samples.dataset, episodes: [episode], target: home.appendingPathComponent(name)) }?.code == "read-failed")
        }
        #expect(failure { _ = try Exporters.named("pascal") }?.code == "unknown-format")
    }

    @Test("episodes written twice have the same listing, and JSON keys are in order") func stable() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let listings = try ["a", "b"].map { name in
            let formats = try Exporters.names.map { try Exporters.named($0) }
            return try DatasetFile.read(Samples.write(0, formats: formats, below: home.appendingPathComponent(name)).folder.appendingPathComponent("files.sha256"))
        }
        #expect(listings[0] == listings[1] && listings[0].count > 1000)
        let line = try String(contentsOf: home.appendingPathComponent("a/episodes/000000/frames.jsonl"), encoding: .utf8).split(separator: "\n")[0]
        #expect(line.hasPrefix("{\"cameras\":[{\"image\":\"front/rgb/000000.png\",\"objects\":[{") && !line.contains(":-0,") && !line.contains("[-0,"))
    }
}
