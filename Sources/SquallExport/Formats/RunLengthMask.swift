import SquallFrames

/// COCO run-length masks: columns first, the first run counts zeros.
public struct RunLengthMask: Sendable, Equatable {
    public var width: Int
    public var height: Int
    public var runs: [Int]

    /// The mask of one id.
    /// - Parameter window: pixel rectangle that holds all its pixels; keeps the work proportional to the object.
    public init(of id: UInt16, in image: Image<UInt16>, window: Box2D) {
        let (x0, y0) = (max(0, Int(window.left)), max(0, Int(window.top)))
        let (x1, y1) = (min(image.width, Int(window.right.rounded(.up))), min(image.height, Int(window.bottom.rounded(.up))))
        // Only columns of full height follow each other without background between.
        let joined = y0 == 0 && y1 == image.height
        var runs: [Int] = []
        var (start, inside) = (0, false)
        func turn(at position: Int) {
            runs.append(position - start)
            (start, inside) = (position, !inside)
        }
        image.pixels.withUnsafeBufferPointer { pixels in
            for x in stride(from: x0, to: x1, by: 1) {
                for y in stride(from: y0, to: y1, by: 1) where (pixels[y * image.width + x] == id) != inside { turn(at: x * image.height + y) }
                if inside && !joined { turn(at: x * image.height + y1) }
            }
        }
        if inside { turn(at: x1 * image.height) }
        if start < image.width * image.height || runs.isEmpty { runs.append(image.width * image.height - start) }
        (width, height) = (image.width, image.height)
        self.runs = runs
    }

    /// Number of pixels set.
    public var area: Int { stride(from: 1, to: runs.count, by: 2).reduce(0) { $0 + runs[$1] } }

    /// COCO's compressed string: differences to the run before last, five bits a character, low first.
    public var counts: String {
        var bytes: [UInt8] = []
        for (i, run) in runs.enumerated() {
            var v = i > 2 ? run - runs[i - 2] : run
            var more = true
            while more {
                var c = v & 31
                v >>= 5
                more = c & 16 != 0 ? v != -1 : v != 0
                if more { c |= 32 }
                bytes.append(UInt8(c + 48))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
