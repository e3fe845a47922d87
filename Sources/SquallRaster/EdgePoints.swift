import CSquallKernels

/// Points of a tile that wait until eight of one instance and one material are together, so that edges, where every pixel sees
/// several surfaces, cost the shader no more per point than the inside of surfaces.
///
/// A bin holds up to eight points of one kind; a kind that needs a bin another kind sits in sends that one off as it is. The order depends on
/// the tile alone.
final class EdgePoints: @unchecked Sendable {   // used by one worker at a time
    static let count = 128

    /// Eight places, filled from the first on. Instance and material -1 stand for the sky.
    struct Bin: BitwiseCopyable {
        /// Tile-local record numbers, where to look, the pixel it counts for in the image, and with what share.
        var locals = SIMD8<Int32>(repeating: -1)
        var pixels = SIMD8<Int32>(repeating: 0)
        var x = SIMD8<Float>(repeating: 0), y = SIMD8<Float>(repeating: 0), weights = SIMD8<Float>(repeating: 0)
        var instance: Int32 = -1, material: Int32 = -1
        var filled: Int32 = 0
    }

    let bins = Block<Bin>(capacity: EdgePoints.count)

    init() { bins.base.initialize(repeating: Bin(), count: Self.count) }

    /// Where points of a kind wait.
    @inline(__always) func bin(instance: Int32, material: Int32) -> UnsafeMutablePointer<Bin> {
        bins.base + Int((instance &* 7 &+ material &* 13) & Int32(Self.count - 1))
    }
}

extension UnsafeMutablePointer where Pointee == EdgePoints.Bin {
    @inline(__always) func holds(instance: Int32, material: Int32) -> Bool { pointee.instance == instance && pointee.material == material }

    /// Adds a point; there must be room.
    @inline(__always) func add(local: Int32, pixel: Int32, x: Float, y: Float, weight: Float) {
        let at = Int(pointee.filled), bytes = UnsafeMutableRawPointer(self)
        (bytes + 4 &* at).storeBytes(of: local, as: Int32.self)
        (bytes + (32 &+ 4 &* at)).storeBytes(of: pixel, as: Int32.self)
        (bytes + (64 &+ 4 &* at)).storeBytes(of: x, as: Float.self)
        (bytes + (96 &+ 4 &* at)).storeBytes(of: y, as: Float.self)
        (bytes + (128 &+ 4 &* at)).storeBytes(of: weight, as: Float.self)
        pointee.filled &+= 1
    }
}
