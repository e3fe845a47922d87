import Foundation

/// What the project promises of a figure of `squall bench`: a limit to keep.
public struct BenchmarkBar: Sendable, Equatable, Encodable {
    public enum Sense: String, Sendable, Encodable { case atLeast = "at least", below, atMost = "at most" }
    public var sense: Sense
    /// In the figure's unit.
    public var limit: Double
    /// The number of workers it is promised for; nil when the figure does not depend on them.
    public var workers: Int?

    init(_ sense: Sense, _ limit: Double, workers: Int? = nil) { (self.sense, self.limit, self.workers) = (sense, limit, workers) }

    /// Every bar, by the figure's name: the one place where they stand.
    package static let all: [String: BenchmarkBar] = [
        "raster, two threads against one": BenchmarkBar(.atLeast, 1.7),
        "first hits, two-level, ids": BenchmarkBar(.atLeast, 4),
        "episodes as kitti": BenchmarkBar(.atLeast, 4, workers: 2),
        "motorway frames in memory": BenchmarkBar(.atLeast, 5),
        "six cameras against one": BenchmarkBar(.below, 5),
        "rgb png": BenchmarkBar(.atMost, 25),
        "rgb jpeg": BenchmarkBar(.atMost, 8),
        "depth, ids and classes png": BenchmarkBar(.atMost, 20),
        "those with both flows and normals": BenchmarkBar(.atMost, 80),
        "preview": BenchmarkBar(.below, 2),
        // 1 GB in MiB.
        "peak memory": BenchmarkBar(.below, 953.67),
        "memory growth": BenchmarkBar(.atMost, 10),
    ]

    /// Whether a figure keeps to it; a figure that is not a number does not.
    public func holds(_ value: Double) -> Bool {
        switch sense {
        case .atLeast: value >= limit
        case .below: value < limit
        case .atMost: value <= limit
        }
    }

    var text: String { "\(sense.rawValue) \(limit.rounded() == limit ? String(format: "%.0f", limit) : String(format: "%.1f", limit))" }
}

extension Benchmarks {
    /// One measured number, and whether it keeps what is promised.
    public struct Figure: Sendable, Encodable {
        public var name: String
        public var value: Double
        public var unit: String
        public var detail: String
        /// Nil where nothing is promised, or for another number of workers.
        public var bar: BenchmarkBar?
        public var holds: Bool?

        /// - Parameters:
        ///   - bar: the name its bar stands under when it is not the figure's own.
        ///   - workers: how many it was measured with, when that matters.
        public init(name: String, value: Double, unit: String, detail: String, bar: String? = nil, workers: Int? = nil) {
            (self.name, self.value, self.unit, self.detail) = (name, value, unit, detail)
            let promised = BenchmarkBar.all[bar ?? name]
            self.bar = promised?.workers == nil || promised?.workers == workers ? promised : nil
            holds = self.bar.map { $0.holds(value) }
        }

        public var text: String {
            let digits = value >= 100 ? "%.0f" : "%.2f"
            let verdict = bar.map { "  [\($0.text): \(holds == true ? "holds" : "misses")]" } ?? ""
            return "\(name.padding(toLength: 34, withPad: " ", startingAt: 0)) \(String(format: digits, value)) \(unit)\(verdict)  \(detail)"
        }
        public var json: String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        }
    }
}
