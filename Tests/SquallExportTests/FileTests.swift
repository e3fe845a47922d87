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
        let episode = CommittedEpisode(index: 0, folder: home.appendingPathComponent("nothing"))
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
        #expect(line.hasPrefix("{\"cameras\":[{\"encoding\":\"srgb8\",\"image\":\"front/rgb/000000.png\",\"objects\":[{") && !line.contains(":-0,") && !line.contains("[-0,"))
    }

    @Test("a file that grows line by line is the file written at once, in bytes and in the listing") func growing() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        // More than a piece in one line, and many small lines after it.
        let lines = [String(repeating: "long ", count: 120_000)] + (0..<2000).map { "line \($0)" }
        let (grown, whole) = (EpisodeFolder(url: home.appendingPathComponent("grown")), EpisodeFolder(url: home.appendingPathComponent("whole")))
        for line in lines { try grown.append(json: line, to: "deep/a.jsonl") }
        try grown.close("deep/a.jsonl")
        try grown.close("empty.jsonl")
        try whole.write(Data(lines.map { "\"\($0)\"\n" }.joined().utf8), to: "deep/a.jsonl")
        try whole.write(Data(), to: "empty.jsonl")
        #expect(grown.listing == whole.listing && grown.listing.contains(" 0 empty.jsonl"))
        let file = grown.url.appendingPathComponent("deep/a.jsonl")
        #expect(try DatasetFile.read(file) == DatasetFile.read(whole.url.appendingPathComponent("deep/a.jsonl")))
        var back: [String] = []
        try DatasetFile.decodeLines(String.self, from: file) { back.append($0) }
        #expect(back == lines)
        // Cut within the last line: damaged, not shorter.
        let data = try DatasetFile.read(file)
        try data.dropLast(3).write(to: file)
        #expect(failure { try DatasetFile.decodeLines(String.self, from: file) { _ in } }?.message.contains("damaged") == true)
        #expect(failure { try DatasetFile.decodeLines(String.self, from: home.appendingPathComponent("absent")) { _ in } }?.code == "read-failed")
    }

    @Test("a growing file on a full disk is one Failure", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"))) func growingFull() throws {
        let folder = EpisodeFolder(url: URL(fileURLWithPath: "/dev"))
        let found = failure {
            try folder.append(json: "x", to: "full")
            try folder.close("full")
        }
        #expect(found?.code == "write-failed" && found?.message.contains("no space left") == true)
    }
}
