import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallRun
import Testing

/// `labels { use = [...] }`: what is left out is not there, and everything else is as it was.
@Suite struct LabelSwitchTests {
    /// Pieces of path that belong to a label.
    static let folders = [
        "instance": ["front/instance/"], "semantic": ["front/semantic/"], "depth": ["front/depth/"], "normals": ["front/normals/"],
        "flow": ["front/flow_forward/", "front/flow_backward/"], "points": ["top/points/"], "rain": ["front/rain/"], "boxes": [],
    ]

    private func contents(_ out: URL, _ scenes: SmallScenes) throws -> [String: Data] {
        let episode = out.appendingPathComponent("episodes/000000")
        return try Dictionary(uniqueKeysWithValues: scenes.files(episode).map { ($0, try Data(contentsOf: episode.appendingPathComponent($0))) })
    }

    @Test("without one label its files are gone, all others are the same bytes, and verify agrees", arguments: LabelSelection.words) func one(off: String) throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let rest = LabelSelection.words.filter { $0 != off }.joined(separator: ", ")
        let all = try contents(scenes.render(SmallScenes.text(), formats: ["native"], to: "all"), scenes)
        let out = try scenes.render(SmallScenes.text(also: "labels { use = [\(rest)] }"), formats: ["native"], to: "few")
        let few = try contents(out, scenes)
        let folders = try #require(Self.folders[off])
        let gone = all.keys.filter { path in folders.contains { path.hasPrefix($0) } }
        #expect(gone.count == (off == "flow" ? 3 : folders.count * 2))
        #expect(Set(few.keys) == Set(all.keys).subtracting(gone))
        for (path, data) in few where path.hasSuffix(".png") || path.hasSuffix(".bin") { #expect(data == all[path], "\(path)") }
        #expect(try DatasetVerification.verify(out) { _, _ in }.problems == [])
        for record in try scenes.records(out) {
            let (cameras, lidars) = (try #require(record["cameras"] as? [[String: Any]]), try #require(record["lidars"] as? [[String: Any]]))
            #expect((record["objects"] == nil) == (off == "boxes") && cameras.count == 1 && (cameras[0]["objects"] == nil) == (off == "boxes"))
            #expect(lidars.count == (off == "points" ? 0 : 1) && lidars.allSatisfy { ($0["objects"] == nil) == (off == "boxes") })
        }
    }

    @Test("no label at all leaves pictures, poses and weather") func none() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let out = try scenes.render(SmallScenes.text(also: "labels { use = [depth] }"), formats: ["native"], to: "one")
        let wanted = ["episode.json", "files.sha256", "frames.jsonl"] + ["depth", "rgb"].flatMap { kind in ["front/\(kind)/000000.png", "front/\(kind)/000001.png"] }
        #expect(scenes.files(out.appendingPathComponent("episodes/000000")) == wanted.sorted())
        let info = try CommittedEpisode(index: 0, folder: out.appendingPathComponent("episodes/000000")).info()
        #expect(info.labels == [.depth] && info.labels.words == ["depth"])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(LabelSelection.self, from: Data(#"["depth", "smell"]"#.utf8)) }
    }

    @Test("a format that needs a missing label is refused before anything is written, with the fix") func needs() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        func codes(_ use: String, _ format: String, lidar: Bool = true) throws -> [String] {
            let file = try scenes.file("small.squall", SmallScenes.text(also: "labels { use = [\(use)] }", lidar: lidar))
            let found = FileCheck.check(file: file.path, root: nil, formats: [try Exporters.named(format)]).diagnostics
            #expect(found.allSatisfy { $0.span != nil && $0.fix?.contains("--formats") == true && $0.file == file.path })
            return found.map { "\($0.code) \($0.message.prefix { $0 != "," })" }
        }
        #expect(try codes("boxes, depth", "coco") == ["format-needs-label coco needs instance"])
        #expect(try codes("instance", "coco") == ["format-needs-label coco needs boxes"])
        #expect(try codes("boxes", "kitti") == ["format-needs-label kitti needs points"])
        #expect(try codes("boxes", "kitti", lidar: false) == [] && codes("depth", "native") == [] && codes("boxes, instance", "coco") == [])
        // Drawn choices differ from sample to sample; those that lack something stop the run.
        let drawn = SmallScenes.text(also: "param p = uniform(0, 1)\nlabels { use = if p > 2 then [boxes, instance] else [boxes] }")
        #expect(throws: Failure.self) { try scenes.render(drawn, formats: ["coco"], to: "drawn") }
        #expect(scenes.files(scenes.home.appendingPathComponent("drawn/episodes")).isEmpty)
    }
}
