import Foundation
import SquallExport
import SquallFrames
import SquallRun
import Testing

/// An actor's `size` replaces the asset's own, in every record alike.
@Suite struct SizeTests {
    @Test("episode.json and frames.jsonl have the size that the scene gives") func oneSize() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let crate = "actor crate is box { place = at((9 m, -3 m, 0 m)), size = (3 m, 2 m, 0.5 m) }"
        let out = try scenes.render(SmallScenes.text(also: crate), formats: ["native"], to: "out")
        let info = try DatasetFile.decode(EpisodeInfo.self, from: out.appendingPathComponent("episodes/000000/episode.json"))
        let object = try #require(info.objects.first { $0.path == "crate" })
        #expect((0..<3).allSatisfy { abs(object.size[$0] - [3, 2, 0.5][$0]) < 1e-9 })
        for record in try scenes.records(out) {
            let bodies = try #require(record["objects"] as? [[String: Any]])
            let body = try #require(bodies.first { $0["id"] as? Int == Int(object.id) })
            #expect(body["size"] as? [Double] == [3, 2, 0.5])
        }
    }
}
