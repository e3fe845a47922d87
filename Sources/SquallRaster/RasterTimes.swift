/// Where a rasterizer spends its time, seconds: by the clock, summed over workers. For benchmarks on an idle machine.
public struct RasterTimes: Sendable, Equatable {
    /// Transforming, culling, binning (the wall time of all workers together).
    public var geometry = 0.0
    /// Filling tiles with ids and depth.
    public var draw = 0.0
    /// Attributes, shading, flow.
    public var resolve = 0.0
    public init() {}
    public static func - (a: RasterTimes, b: RasterTimes) -> RasterTimes {
        var d = RasterTimes()
        (d.geometry, d.draw, d.resolve) = (a.geometry - b.geometry, a.draw - b.draw, a.resolve - b.resolve)
        return d
    }
}

/// One worker's share, alone on its cache line.
struct TileTimes: BitwiseCopyable {
    var draw = 0.0
    var resolve = 0.0
    private var padding: (Double, Double, Double, Double, Double, Double) = (0, 0, 0, 0, 0, 0)
}

extension Duration {
    @inline(__always) package var seconds: Double {
        let (whole, attoseconds) = components
        return Double(whole) + Double(attoseconds) * 1e-18
    }
}
