import Foundation
import SquallExport
import SquallRun
import Testing

/// A dataset of bodies whose labels are not a box of one class: `verify` finds nothing wrong with them.
@Suite struct VerifiedBodiesTests {
    @Test("riders, static people with umbrellas and people of another class verify; the box of a static one is as it stands") func bodies() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let cast = """
            actor cyclist is bicycle { place = at((12 m, -4 m, 0 m), heading: 20 deg), speed = 12 km/h }
            actor waiting is adult { place = at((8 m, -2 m, 0 m), heading: 200 deg), fixed = true, holds = umbrella }
            actor waving is adult { place = at((9 m, 3 m, 0 m), heading: 180 deg), category = rider, do wave() }
            """
        let out = try scenes.render(SmallScenes.text(rate: "2 Hz", also: cast), formats: ["native"], to: "out")
        #expect(try DatasetVerification.verify(out) { _, _ in }.problems == [])
        let info = try JSONSerialization.jsonObject(with: Data(contentsOf: out.appendingPathComponent("episodes/000000/episode.json"))) as? [String: Any]
        let objects = try #require(info?["objects"] as? [[String: Any]])
        let standing = try #require(objects.first { $0["path"] as? String == "waiting" })
        let size = try #require(standing["size"] as? [Double]), limbs = standing["hasLimbs"] as? Bool
        // An umbrella is a metre wide and held over the head.
        #expect(size[1] > 0.9 && size[2] > 1.9 && limbs == true, "\(size)")
    }
}
