import CSquallKernels
import SquallMath
import SquallRaster

/// What a camera's processor does about the noise of the dark.
///
/// `denoise = true`. Once the gain is above 2 a picture is smoothed before it is encoded: electrons are taken to numbers whose noise is one everywhere,
/// `2 sqrt(e + read^2 + 3/8)` (Anscombe 1948), and each pixel becomes the mean of the 49 around it, weighed by how much the brightness there, itself
/// smoothed over 3 x 3, differs: nothing beyond `edge` standard deviations of its noise (Tukey's biweight). All three primaries share the weights, so that colour noise
/// goes where brightness is even. Contours stay; grain finer than the noise goes. Raw and 12-bit pictures are not touched.
enum Denoise {
    /// Gain from which pictures are smoothed.
    static let leastGain = 2.0
    /// Pixels to each side, and differences of brightness, in its noise's standard deviations, at which a neighbour counts for nothing.
    private static let radius = 3
    private static let edge: Float = 4
    /// Standard deviation of the brightness (r + 2 g + b) / 4 after 1 2 1 smoothing along both axes, where that of each primary is one.
    private static let noise: Float = 0.612_372 * 0.375

    /// Smooths planes of electrons above black, rows of `stride` floats.
    static func smooth(_ planes: ElectronPlanes, variance: Float, pool: WorkerPool) {
        let offset = variance + 0.375
        let (width, height, stride) = (planes.width, planes.height, planes.stride)
        let rows = (height + 15) / 16
        let band = { @Sendable (index: Int) in index * 16..<min(height, index * 16 + 16) }
        pool.run(rows) { index, _ in
            for row in band(index) {
                for c in 0..<3 {
                    let line = planes.electrons + (c * planes.rows + row + ElectronPlanes.margin) * stride
                    for x in Swift.stride(from: 0, to: stride, by: 8) { sqv_store(line + x, sqv_sqrt(sqv_max(sqv_load(line + x) + offset, sqv_splat(0))) * 2) }
                }
            }
        }
        planes.extend()
        pool.run(rows) { index, _ in
            for row in band(index) { guide(planes, row) }
        }
        planes.extendGuide()
        pool.run(rows) { index, _ in
            for row in band(index) {
                for x in Swift.stride(from: 0, to: width, by: 8) { mean(planes, row, x, offset) }
            }
        }
    }

    private static func guide(_ planes: ElectronPlanes, _ row: Int) {
        let (stride, m) = (planes.stride, ElectronPlanes.margin)
        let target = planes.guide + (row + m) * stride
        for x in Swift.stride(from: 8, to: stride - 8, by: 8) {
            var sum = SIMD8<Float>(repeating: 0)
            for c in 0..<3 {
                let weight: Float = c == 1 ? 0.5 / 16 : 0.25 / 16
                for dy in -1...1 {
                    let line = planes.electrons + (c * planes.rows + row + m + dy) * stride + x
                    let across = sqv_load(line - 1) + sqv_load(line + 1) + sqv_load(line) * 2
                    sum = sqv_fma(across, sqv_splat(dy == 0 ? 2 * weight : weight), sum)
                }
            }
            sqv_store(target + x, sum)
        }
    }

    private static func mean(_ planes: ElectronPlanes, _ row: Int, _ x: Int, _ offset: Float) {
        let (stride, m) = (planes.stride, ElectronPlanes.margin)
        let at = (row + m) * stride + x + 8, plane = planes.rows * stride
        let middle = sqv_load(planes.guide + at)
        let scale: Float = 1 / (edge * noise * edge * noise * 2)
        var (r, g, b, weight) = (sqv_splat(0), sqv_splat(0), sqv_splat(0), sqv_splat(0))
        for dy in -radius...radius {
            for dx in -radius...radius {
                let index = at + dy * stride + dx
                let difference = sqv_load(planes.guide + index) - middle
                let t = sqv_max(1 - difference * difference * scale, sqv_splat(0))
                let w = t * t
                r = sqv_fma(sqv_load(planes.electrons + index), w, r)
                g = sqv_fma(sqv_load(planes.electrons + plane + index), w, g)
                b = sqv_fma(sqv_load(planes.electrons + 2 * plane + index), w, b)
                weight += w
            }
        }
        for (c, sum) in [r, g, b].enumerated() {
            let half = sum / weight * 0.5
            sqv_store(planes.smoothed + c * plane + at, half * half - offset)
        }
    }
}
