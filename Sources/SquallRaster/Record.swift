/// One triangle ready for the tiles, 64 bytes: sixteen words, written by transposed stores.
struct Record: BitwiseCopyable {
    /// Snapped corners in 1/256 pixel; positive area with y down.
    var x0: Int32, y0: Int32, x1: Int32, y1: Int32, x2: Int32, y2: Int32
    /// The key (1/z) at the first corner and its change per pixel.
    var key: Float, keyDx: Float
    var keyDy: Float
    /// Keys of the farthest and nearest corner: the plane is clamped to them, so slivers cannot pierce their neighbours.
    var keyMin: Float, keyMax: Float
    /// Pixels that may be covered: first in the low, last in the high 16 bits.
    var columns: Int32, rows: Int32
    /// Index into the frame's instances.
    var instance: Int32
    /// The mesh's own triangle number.
    var triangle: Int32
    var material: Int32
}
