import CSquallKernels
import SquallRaster

/// Raw counts behind a colour filter.
///
/// `output = bayer`. One colour a pixel, red green over green blue, as the converter gives them: black level included, no balance, no curve, corners as
/// dark as the lens makes them.
extension SignalChain {
    /// One row behind a mosaic of red green / green blue: counts as the converter gives them.
    func mosaic(row: Int, of image: RadianceImage, pattern: [Int8], key: (UInt32, UInt32), into output: UnsafeMutablePointer<UInt16>) {
        for channel in row % 2 == 0 ? [0, 1] : [1, 2] {
            let column = channel == 1 ? (row + 1) % 2 : row % 2
            row8(row, channel, image, pattern, key) { counts, _, start, lanes in
                let levels = sqv_round_i(counts + black)
                for lane in 0..<lanes where (start + lane) % 2 == column { output[start + lane] = UInt16(truncatingIfNeeded: levels[lane]) }
            }
        }
    }
}
