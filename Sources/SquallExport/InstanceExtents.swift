import SquallFrames

/// Pixel count and tight box of every id in an instance picture, in id order; id 0 is left out.
struct InstanceExtents {
    var all: [(id: UInt16, count: Int, box: Box2D)] = []

    init(of image: Image<UInt16>) {
        struct Extent { var count = 0, left = Int.max, top = 0, right = 0, bottom = 0 }
        var extents = Array(repeating: Extent(), count: 65_536)
        extents.withUnsafeMutableBufferPointer { extents in
            image.pixels.withUnsafeBufferPointer { pixels in
                for y in 0..<image.height {
                    for x in 0..<image.width where pixels[y * image.width + x] != 0 {
                        let id = Int(pixels[y * image.width + x])
                        if extents[id].count == 0 { extents[id].top = y }
                        extents[id].count += 1
                        extents[id].left = min(extents[id].left, x)
                        extents[id].right = max(extents[id].right, x + 1)
                        extents[id].bottom = y + 1
                    }
                }
            }
        }
        for (id, e) in extents.enumerated() where e.count > 0 {
            all.append((UInt16(id), e.count, Box2D(left: Double(e.left), top: Double(e.top), right: Double(e.right), bottom: Double(e.bottom))))
        }
    }
}
