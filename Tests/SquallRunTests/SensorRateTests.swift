import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallRun
import Testing

/// A sensor slower than the record captures on every n-th frame.
@Suite struct SensorRateTests {
    private func rates(_ record: String, _ camera: String) -> String {
        SmallScenes.text(rate: record, camera: ", rate = \(camera)", lidar: false)
    }

    @Test("frames.jsonl lists who captured, and every format follows") func whoCaptured() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let text = SmallScenes.text(rate: "20 Hz", camera: ", rate = 10 Hz").replacing("model = vlp32c,", with: "model = vlp32c, rate = 5 Hz,")
        let out = try scenes.render(text, formats: ["native", "coco", "kitti"], to: "out")
        let records = try scenes.records(out)
        let names = { (record: [String: Any], key: String) in (record[key] as? [[String: Any]] ?? []).compactMap { $0["sensor"] as? String } }
        #expect(records.map { names($0, "cameras") } == [["front"], [], ["front"], [], ["front"], [], ["front"], []])
        #expect(records.map { names($0, "lidars") } == [["top"], [], [], [], ["top"], [], [], []])
        #expect(scenes.files(out.appendingPathComponent("coco/images")) == [0, 2, 4, 6].map { "000000_front_00000\($0).png" })
        // KITTI pairs camera and lidar: frames 0 and 4.
        #expect(scenes.files(out.appendingPathComponent("kitti/training/label_2")) == ["000000.txt", "000001.txt"])
        let (copy, frame) = (out.appendingPathComponent("kitti/training/image_2/000001.png"), out.appendingPathComponent("episodes/000000/front/rgb/000004.png"))
        #expect(try Data(contentsOf: copy) == Data(contentsOf: frame))
        #expect(try DatasetVerification.verify(out) { _, _ in }.problems == [])
        #expect(FileManager.default.fileExists(atPath: out.appendingPathComponent("contact_sheet.png").path))
    }

    @Test("a slow camera's labels, flow to its next picture too, are those of a record at its rate") func sameAsSlowRecord() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        func frames(_ text: String, _ numbers: [Int]) throws -> [Frame] {
            let session = try scenes.session(text)
            let capture = EpisodeCapture(try SceneEpisodes(session: session, seed: 2).play(index: 0), limits: session.limits, threads: 1)
            return numbers.map { capture.frame($0) }
        }
        let fast = try frames(rates("10 Hz", "5 Hz"), [0, 1, 2])
        let slow = try frames(rates("5 Hz", "5 Hz"), [0, 1])
        #expect(fast[1].cameras.isEmpty)
        for (a, b) in [(fast[0], slow[0]), (fast[2], slow[1])] {
            let (a, b) = (try #require(a.cameras.first), try #require(b.cameras.first))
            #expect(a.stamp == b.stamp && a.instance.pixels == b.instance.pixels && a.depth.pixels == b.depth.pixels)
            // NaN marks none.
            let same = { (x: Image<SIMD2<Float>>, y: Image<SIMD2<Float>>) in x.pixels.elementsEqual(y.pixels) { $0 == $1 || $0.x.isNaN && $1.x.isNaN } }
            #expect(same(a.flowForward, b.flowForward) && same(a.flowBackward, b.flowBackward) && a.occludedForward.pixels == b.occludedForward.pixels)
        }
        #expect(fast[0].cameras.first?.flowBackward.width == 0 && fast[2].cameras.first?.flowBackward.width == 96)
        #expect(slow[0].cameras.first?.flowForward.pixels.contains { simdLength($0) > 2 } == true)
    }

    private func simdLength(_ v: SIMD2<Float>) -> Float { (v * v).sum().squareRoot() }

    @Test("a rate that does not divide the record's is an error with a rate that does; a faster sensor captures on every frame") func uneven() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        func check(_ text: String) throws -> [String] {
            let found = FileCheck.check(file: try scenes.file("rates.squall", text).path, root: nil).diagnostics
            return found.filter { $0.severity == .error }.map { "\($0.code) \($0.span != nil) \($0.fix ?? "")" }
        }
        #expect(try check(rates("10 Hz", "4 Hz")) == ["uneven-rate true give it 10 Hz / 3, or the record's rate or more"])
        for fine in [rates("10 Hz", "10 Hz / 3"), rates("10 Hz", "12 Hz"), rates("20 Hz", "20 Hz"), SmallScenes.text(rate: "30 Hz")] { #expect(try check(fine) == []) }
        // Without a rate of its own a sensor keeps up with the record; a lidar, which turns 20 times a second at most, with every other frame.
        let session = try scenes.session(SmallScenes.text(rate: "30 Hz"))
        let info = try SceneEpisodes(session: session, seed: 1).play(index: 0).info
        #expect(info.sensors.map(\.rate) == [30, 15] && info.sensors.map { info.step(of: $0) } == [1, 2])
    }
}
