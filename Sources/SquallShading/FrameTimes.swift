import SquallRaster

/// Where a frame renderer spent its time so far, seconds by the clock. For benchmarks on an idle machine with one worker.
public struct FrameTimes: Sendable, Equatable {
    /// Triangles into tiles, tiles into ids and depth, and what is seen into colour, depth and flow: shading is in `raster.resolve`.
    public var raster = RasterTimes()
    /// Shadow maps of the sun.
    public var shadows = 0.0
    /// Ambient occlusion and the mirror images of wet ground.
    public var afterwards = 0.0
    public init() {}
}
