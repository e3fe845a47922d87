import Foundation
import SquallRun
import Testing

@Suite struct BenchBarTests {
    private func figure(_ name: String, _ value: Double, bar: String? = nil, workers: Int? = nil) -> Benchmarks.Figure {
        Benchmarks.Figure(name: name, value: value, unit: "u", detail: "d", bar: bar, workers: workers)
    }

    @Test("each bar holds on its own side, limits included as the issue words them") func sides() {
        for (name, good, bad) in [
            ("raster, two threads against one", 1.7, 1.699), ("first hits, two-level, ids", 4, 3.99), ("preview", 1.99, 2), ("peak memory", 953, 1000),
            ("memory growth", 10, 10.1), ("rgb png", 25, 25.1), ("rgb jpeg", 8, 8.1), ("depth, ids and classes png", 20, 20.1),
            ("those with both flows and normals", 80, 80.1), ("motorway frames in memory", 5, 4.99), ("six cameras against one", 4.99, 5),
        ] {
            #expect(figure(name, good).holds == true && figure(name, good).text.contains("holds]"), "\(name)")
            #expect(figure(name, bad).holds == false && figure(name, bad).text.contains("misses]"), "\(name)")
            #expect(figure(name, .nan).holds == false)
        }
        #expect(BenchmarkBar.all.count == 12)
    }

    @Test("a bar promised for two workers judges no other number, and what is not promised is not judged") func unjudged() {
        #expect(figure("episodes as kitti", 4.1, workers: 2).holds == true && figure("episodes as kitti", 3.9, workers: 2).holds == false)
        #expect(figure("episodes as kitti", 3.9, workers: 1).holds == nil && figure("episodes as kitti", 40, workers: 16).bar == nil)
        #expect(figure("draw, build and step", 1).holds == nil && !figure("draw, build and step", 1).text.contains("["))
    }

    @Test("JSON carries the bar and the verdict; a figure may stand under another's bar") func json() throws {
        let record = try #require(try JSONSerialization.jsonObject(with: Data(figure("peak memory, 100 frames", 400, bar: "peak memory").json.utf8)) as? [String: Any])
        let bar = try #require(record["bar"] as? [String: Any])
        #expect(record["holds"] as? Bool == true && bar["sense"] as? String == "below" && bar["limit"] as? Double == 953.67)
        let plain = try #require(try JSONSerialization.jsonObject(with: Data(figure("raster", 30).json.utf8)) as? [String: Any])
        #expect(plain["holds"] == nil && plain["bar"] == nil)
    }
}
