/// A record in a tile's list, with what is needed to skip it unread.
struct BinEntry: BitwiseCopyable {
    var record: Int32
    var keyMax: Float
    /// First and last column and row of 8 x 8 blocks within the tile, three bits each from the lowest: x0 x1 y0 y1.
    var blocks: Int32
}

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
    /// Index of the material in the low 24 bits, then flags.
    var material: Int32

    /// No wider and higher than a tile: 32-bit edge arithmetic suffices.
    static let small: Int32 = 1 << 24
    /// Alpha is tested at every sample.
    static let masked: Int32 = 1 << 25
    static let glass: Int32 = 1 << 26
    static let materialMask: Int32 = small - 1

    /// One negative number for all leaf cards of an instance that have one material; -1 stands for the sky. Two of very many that are
    /// mistaken for each other share a colour within a pixel, nothing more.
    var leafLook: Int32 {
        let mixed = UInt32(bitPattern: instance) &* 0x9E37_79B1 ^ UInt32(bitPattern: material & Record.materialMask) &* 0x85EB_CA6B
        return Int32(bitPattern: mixed | 0x8000_0000) & -2
    }
}
