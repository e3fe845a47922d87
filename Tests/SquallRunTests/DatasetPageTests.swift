import Foundation
import SquallRun
import Testing

/// DATASETS.md against the files: the keys it lists are the keys they have.
@Suite struct DatasetPageTests {
    private func page() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("DATASETS.md"), encoding: .utf8)
    }

    /// What stands under a heading, up to the next.
    private func section(_ heading: String) throws -> String {
        let text = try page()
        let start = try #require(text.range(of: "\n\(heading)\n"))
        let rest = text[start.upperBound...]
        return String(rest[..<(rest.range(of: "\n##")?.lowerBound ?? rest.endIndex)])
    }

    private func words(_ text: some StringProtocol) -> Set<String> { Set(String(text).matches(of: /`(\w+)`/).map { String($0.1) }) }

    /// Words in the first column of the tables.
    private func listed(_ section: String) -> Set<String> {
        section.split(separator: "\n").filter { $0.hasPrefix("|") }.reduce(into: []) { $0.formUnion(words($1.split(separator: "|", omittingEmptySubsequences: false)[1])) }
    }

    private func keys(_ value: Any) -> Set<String> {
        if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(keys($1)) } }
        guard let object = value as? [String: Any] else { return [] }
        return object.reduce(into: Set(object.keys)) { $0.formUnion(keys($1.value)) }
    }

    private func json(_ url: URL) throws -> Any { try JSONSerialization.jsonObject(with: Data(contentsOf: url)) }

    @Test("every key of episode.json, frames.jsonl, the limits and the annotations is on the page, and no other") func everyKey() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let crate = "param side = uniform(0.9 m, 1 m)\nactor crate is box { place = at((4.9 m, 1.2 m, 0 m)), size = (1 m, side, 0.4 m), fixed = true }"
            + "\nactor walker is adult { place = at((9 m, -1.5 m, 0 m)) }"
        let out = try scenes.render(SmallScenes.text(also: crate), formats: ["native", "coco"], to: "out")
        let episode = keys(try json(out.appendingPathComponent("episodes/000000/episode.json")))
        let frames = try scenes.records(out).reduce(into: Set<String>()) { $0.formUnion(keys($1)) }
        #expect(frames.isSuperset(of: ["closingSpeed", "numHits", "visibleShare"]) && episode.isSuperset(of: ["center", "azimuthSteps", "draws"]))
        for (heading, found) in [("### episode.json", episode), ("### frames.jsonl", frames)] {
            let text = try section(heading)
            #expect(found.subtracting(words(text)) == [], "in the file and not under \(heading)")
            #expect(listed(text).subtracting(found).subtracting(["episode"]) == [], "under \(heading) and not in the file")
        }
        let manifest = try #require(try json(out.appendingPathComponent("manifest.json")) as? [String: Any])
        let limits = try #require((manifest["dataset"] as? [String: Any])?["limits"])
        #expect(keys(limits).isSubset(of: words(try section("### What detectable means"))))
        let coco = try #require(try json(out.appendingPathComponent("coco/annotations.json")) as? [String: Any])
        let annotations = try #require(coco["annotations"] as? [[String: Any]])
        let annotated = annotations.reduce(into: Set<String>()) { $0.formUnion($1.keys) }
        // What every reader knows needs no explanation.
        #expect(annotated.subtracting(["id", "image_id"]).union(["supercategory"]) == listed(try section("## coco")).union(["supercategory"]))
    }

    @Test("frames hold what may move, the description what stands; angles are in radians") func staticAndAngles() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let crate = "actor crate is box { place = at((9 m, -3 m, 0 m), heading: 90 deg), size = (3 m, 2 m, 0.5 m), fixed = true }\nworld { start = 2026-06-21 at 09:00 }"
        let text = SmallScenes.text(also: crate).replacing("weather { rain { rate = 30 mm/h } }", with: "weather { rain { rate = 30 mm/h }, wind { speed = 2 m/s, from = 270 deg } }")
        let out = try scenes.render(text, formats: ["native"], to: "out")
        let episode = try #require(try json(out.appendingPathComponent("episodes/000000/episode.json")) as? [String: Any])
        let things = try #require(episode["objects"] as? [[String: Any]])
        let standing = try #require(things.first { $0["path"] as? String == "crate" })
        let (center, rotation) = (try #require(standing["center"] as? [Double]), try #require(standing["rotation"] as? [Double]))
        #expect(zip(center, [9, -3, 0.25]).allSatisfy { abs($0 - $1) < 1e-6 } && abs(rotation[0] - 0.5.squareRoot()) < 1e-8 && abs(rotation[3] - 0.5.squareRoot()) < 1e-8)
        #expect(things.filter { $0["isStatic"] as? Bool == false }.allSatisfy { $0["center"] == nil })
        for record in try scenes.records(out) {
            let moving = try #require(record["objects"] as? [[String: Any]]).map { $0["id"] as? Int }
            #expect(moving.count == 2 && !moving.contains(standing["id"] as? Int))
            let weather = try #require(record["weather"] as? [String: Any])
            let (height, azimuth, from) = (weather["sunElevation"] as? Double ?? 9, weather["sunAzimuth"] as? Double ?? 9, weather["windFrom"] as? Double ?? 9)
            // Berlin at 8:00 UTC: 44.11 degrees high, at 110.73 degrees from north; less than a second passes.
            let degree = Double.pi / 180
            #expect(abs(height - 44.11 * degree) < 0.01 * degree && abs(azimuth - 110.73 * degree) < 0.02 * degree && abs(from - 1.5 * .pi) < 1e-9)
        }
    }
}
