import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallMath
import Testing

@Suite struct VerifierTests {
    /// Codes of what is found after `damage` has been done to a good episode.
    private func codes(_ damage: (URL) throws -> Void) throws -> [String] {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let folder = try Samples.write(0, formats: [NativeExporter()], below: home).folder
        try damage(folder)
        var files = 0
        let problems = EpisodeVerifier.verify(folder, listingName: "files.sha256") { files += 1 }
        #expect(problems.allSatisfy { $0.file.hasPrefix(folder.path) && !$0.message.isEmpty })
        return problems.map(\.code)
    }
    private func edit(_ url: URL, _ change: (String) -> String) throws {
        let text = try String(contentsOf: url, encoding: .utf8)
        let changed = change(text)
        #expect(changed != text)
        try Data(changed.utf8).write(to: url)
    }

    @Test("a good episode has no problem") func good() throws { #expect(try codes { _ in } == []) }

    @Test("a changed byte, a changed length, a missing and an extra file are named") func files() throws {
        let depth = "front/depth/000001.png"
        #expect(try codes { folder in
            var data = try Data(contentsOf: folder.appendingPathComponent("front/rgb/000000.png"))
            data[data.count / 2] ^= 1
            try data.write(to: folder.appendingPathComponent("front/rgb/000000.png"))
        } == ["file-changed"])
        #expect(try codes { try FileManager.default.removeItem(at: $0.appendingPathComponent(depth)) } == ["file-missing"])
        #expect(try codes { try Data("x".utf8).write(to: $0.appendingPathComponent("front/note.txt")) } == ["file-strange"])
        #expect(try codes { try FileManager.default.removeItem(at: $0.appendingPathComponent("files.sha256")) }.contains("listing-missing"))
        #expect(
            try codes { folder in try edit(folder.appendingPathComponent("files.sha256")) { $0 + "0 0 ../../../etc/passwd\nnonsense\n" } } == ["listing-broken", "listing-broken"])
        #expect(
            try codes { folder in
                let data = try Data(contentsOf: folder.appendingPathComponent("front/instance/000000.png"))
                try data.prefix(data.count - 20).write(to: folder.appendingPathComponent("front/instance/000000.png"))
            } == ["file-size", "png-unreadable"])
    }

    @Test("numbers no episode has are said, not worked with", arguments: [
        (#""rate" : 10"#, #""rate" : 1e300"#, "rate"), (#""rate" : 10"#, #""rate" : 0"#, "rate"), (#""frameCount" : "#, #""frameCount" : -"#, "frameCount"),
        (#""frameCount" : "#, #""frameCount" : 9000000000000000"#, "frameCount"), (#""index" : "#, #""index" : -1"#, "index"), (#""attempt" : "#, #""attempt" : -1"#, "attempt"),
        (#""latitude" : "#, #""latitude" : 9"#, "latitude"), (#""fx" : "#, #""fx" : -"#, "sensor front"),
        (#""fx" : "#, #""fx" : 1e-307, "was" : "#, "sensor front"), (#""azimuthSteps" : "#, #""azimuthSteps" : -"#, "sensor top"),
    ]) func impossibleNumbers(good: String, bad: String, word: String) throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let episode = try Samples.write(0, formats: [NativeExporter()], below: home)
        let url = episode.folder.appendingPathComponent("episode.json")
        var text = try String(contentsOf: url, encoding: .utf8)
        // Keys are sorted: sensors come after the episode's own rate.
        let place = try #require(text.range(of: good), "\(text.prefix(3000))")
        text.replaceSubrange(place, with: bad)
        try Data(text.utf8).write(to: url)
        let problems = EpisodeVerifier.verify(episode.folder, listingName: "files.sha256") {}
        #expect(problems.contains { $0.code == "episode-impossible" && $0.message.contains(word) && $0.file == url.path }, "\(problems)")
        let failure = #expect(throws: Failure.self) { try episode.info() }
        #expect(failure?.diagnostics.first?.message.contains(word) == true)
    }

    @Test("labels that do not say what the pictures show are found") func labels() throws {
        let pixels = Samples.frame(0).cameras[0].objects[1].visiblePixels
        let record: (URL) -> URL = { $0.appendingPathComponent("frames.jsonl") }
        #expect(try codes { try edit(record($0)) { $0.replacingOccurrences(of: "\"visiblePixels\":\(pixels)", with: "\"visiblePixels\":\(pixels + 1)") } }.contains("pixel-count"))
        #expect(try codes { try edit(record($0)) { $0.replacingOccurrences(of: "\"visibleBox\":[", with: "\"visibleBox\":[1") } }.contains("box"))
        #expect(try codes { try edit(record($0)) { $0.replacingOccurrences(of: "\"truncation\":0", with: "\"truncation\":1.5") } }.contains("share"))
        #expect(try codes { try edit(record($0)) { $0.replacingOccurrences(of: "\"numHits\":", with: "\"numHits\":1") } }.contains("hit-count"))
        #expect(try codes { try edit(record($0)) { $0.replacingOccurrences(of: "\"numPoints\":30", with: "\"numPoints\":29") } }.contains("points-in-box"))
        #expect(try codes { try edit(record($0)) { $0.replacingOccurrences(of: "\"size\":[4.4,", with: "\"size\":[4.5,") } }.contains("size"))
        // A person who lies is as long as it stood high; nobody is eighteen metres tall.
        let person = { (size: String) in try codes { try edit(record($0)) { $0.replacingOccurrences(of: "\"size\":[0.4,0.6,1.8]", with: "\"size\":[\(size)]") } } }
        #expect(try !person("1.8,0.6,0.4").contains("size"))
        #expect(try person("0.4,0.6,18").contains("size"))
        #expect(try codes { try edit(record($0)) { String($0.split(separator: "\n")[0]) + "\n" } }.contains("frame-count"))
        #expect(try codes { try edit(record($0)) { $0.split(separator: "\n").reversed().joined(separator: "\n") + "\n" } }.contains("time-order"))
        #expect(try codes { try edit(record($0)) { "{}\n" + $0 } }.contains("frame-unreadable"))
        #expect(try codes { try edit(record($0)) { $0.replacingOccurrences(of: "\"sensor\":\"top\"", with: "\"sensor\":\"tip\"") } }.contains("sensor-missing"))
        #expect(try codes { try edit(record($0)) { $0.replacingOccurrences(of: "\"objects\":", with: "\"subjects\":") } }.contains("objects-missing"))
    }

    @Test("an object that was hit, or has points in its box, needs an entry with the lidar") func unlistedHits() throws {
        let found = try codes { folder in
            try edit(folder.appendingPathComponent("frames.jsonl")) { text in
                text.replacing(/"objects":\[\{"detectable":true,"id":2,"numHits":30,"numPoints":30\}\]/, with: "\"objects\":[]")
            }
        }
        #expect(Set(found) == ["file-size", "label-missing", "points-in-box"])
    }

    @Test("points within a tenth of a millimetre of a face may count either way, others may not") func faces() throws {
        func move(_ offset: Float) throws -> [String] {
            try codes { folder in
                var points = Samples.points()
                // The lead's rear is at x = 11.8 m, the lidar at -0.5 m.
                points[0].position.x = 12.3 + offset
                try PointFile.encode(points).write(to: folder.appendingPathComponent("top/points/000000.bin"))
            }
        }
        #expect(try move(5e-5) == ["file-changed"] && move(-5e-5) == ["file-changed"])
        #expect(try move(-2e-4) == ["file-changed", "points-in-box"])
    }

    @Test("pictures that disagree with each other are found") func pictures() throws {
        let frame = Samples.frame(0).cameras[0]
        var ids = frame.instance
        ids[0, 0] = 99
        #expect(try codes { try PNG.encode(ids).write(to: $0.appendingPathComponent("front/instance/000000.png")) }.contains("id-unknown"))
        #expect(try codes { try PNG.encode(ids).write(to: $0.appendingPathComponent("front/instance/000000.png")) }.contains("label-missing"))
        let none = Image<UInt16>(width: 64, height: 40, filledWith: 0)
        #expect(try codes { try PNG.encode(none).write(to: $0.appendingPathComponent("front/instance/000000.png")) }.contains("mask-missing"))
        #expect(try codes { try PNG.encode(none).write(to: $0.appendingPathComponent("front/depth/000000.png")) }.contains("depth"))
        let roads = Image<UInt8>(width: 64, height: 40, filledWith: SquallFrames.Category.road.rawValue)
        #expect(try codes { try PNG.encode(roads).write(to: $0.appendingPathComponent("front/semantic/000000.png")) }.contains("class"))
        #expect(try codes { try Data(count: 29).write(to: $0.appendingPathComponent("top/points/000000.bin")) }.contains("points-broken"))
        #expect(try codes { try PointFile.encode(Array(Samples.points().dropLast())).write(to: $0.appendingPathComponent("top/points/000000.bin")) }.contains("point-count"))
    }

    @Test("a static object has its place in the description, and there alone") func statics() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let folder = try Samples.write(0, formats: [NativeExporter()], below: home).folder
        let lines = try String(contentsOf: folder.appendingPathComponent("frames.jsonl"), encoding: .utf8).split(separator: "\n")
        for line in lines {
            let record = try JSONDecoder().decode(FrameRecord.self, from: Data(line.utf8))
            #expect(record.objects?.map(\.id) == [1, 2, 3] && record.cameras[0].objects?.contains { $0.id == 4 } == true)
        }
        func describe(_ folder: URL, _ change: (inout EpisodeInfo) -> Void) throws {
            let url = folder.appendingPathComponent("episode.json")
            var info = try DatasetFile.decode(EpisodeInfo.self, from: url)
            change(&info)
            try DatasetFile.json(info, for: url, pretty: true).write(to: url)
        }
        #expect(try codes { try describe($0) { $0.objects[3].center = nil } }.contains("static-place"))
        #expect(try codes { try describe($0) { ($0.objects[1].isStatic, $0.objects[1].center, $0.objects[1].rotation) = (true, .zero, [1, 0, 0, 0]) } }.contains("static-moves"))
        // Moved under the cloud, the tree holds points that its label does not count.
        #expect(try codes { try describe($0) { $0.objects[3].center = Vec3(12, 0, 1) } }.contains("points-in-box"))
    }

    @Test("an unknown id and a repeated id in the description are found, without a crash") func ids() throws {
        func describe(_ folder: URL, _ change: (inout EpisodeInfo) -> Void) throws {
            let url = folder.appendingPathComponent("episode.json")
            var info = try DatasetFile.decode(EpisodeInfo.self, from: url)
            change(&info)
            try DatasetFile.json(info, for: url, pretty: true).write(to: url)
        }
        #expect(try codes { try describe($0) { $0.objects.removeLast(2) } }.contains("id-unknown"))
        #expect(try codes { try describe($0) { $0.objects.append($0.objects[0]) } }.contains("id-twice"))
        #expect(try codes { try Data("{".utf8).write(to: $0.appendingPathComponent("episode.json")) }.contains("episode-unreadable"))
    }
}
