import CSquallKernels

/// Three colour planes of electrons with a rim, so that every pixel has neighbours: the rim repeats the picture's border.
final class ElectronPlanes: @unchecked Sendable {   // rows are written by the worker that owns them
    /// Rows above and below; columns are eight on the left and at least eight on the right.
    static let margin = 4
    let width: Int, height: Int, stride: Int, rows: Int
    let electrons: UnsafeMutablePointer<Float>, smoothed: UnsafeMutablePointer<Float>
    /// Brightness, one plane.
    let guide: UnsafeMutablePointer<Float>

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        (stride, rows) = ((width + 7) / 8 * 8 + 16, height + 2 * Self.margin)
        electrons = .allocate(capacity: 3 * rows * stride)
        smoothed = .allocate(capacity: 3 * rows * stride)
        guide = .allocate(capacity: rows * stride)
        electrons.initialize(repeating: 0, count: 3 * rows * stride)
        smoothed.initialize(repeating: 0, count: 3 * rows * stride)
        guide.initialize(repeating: 0, count: rows * stride)
    }

    deinit {
        electrons.deallocate()
        smoothed.deallocate()
        guide.deallocate()
    }

    /// Where a row of a colour begins in `electrons` and `smoothed`.
    @inline(__always) func start(row: Int, channel: Int) -> Int { (channel * rows + row + Self.margin) * stride + 8 }

    func extend() { for channel in 0..<3 { extend(electrons + channel * rows * stride) } }
    func extendGuide() { extend(guide) }

    private func extend(_ plane: UnsafeMutablePointer<Float>) {
        for row in Self.margin..<Self.margin + height {
            let line = plane + row * stride
            for x in 0..<8 { line[x] = line[8] }
            for x in 8 + width..<stride { line[x] = line[7 + width] }
        }
        for row in 0..<Self.margin {
            (plane + row * stride).update(from: plane + Self.margin * stride, count: stride)
            (plane + (Self.margin + height + row) * stride).update(from: plane + (Self.margin + height - 1) * stride, count: stride)
        }
    }
}
