import CSquallKernels

/// Corners darker than the middle.
///
/// `vignetting = true`. A flat picture loses with the fourth power of the cosine off the axis, a fisheye with the solid angle of its pixels
/// (`CameraModel.illumination`). The light is always lost before it is counted, so corners are noisier; cameras divide the loss out again, unless this is on.
extension SignalChain {
    /// How many times the luminance that is white on the axis is white at a pixel: more than once where the fall-off stays in the picture.
    func rise(row: Int, column: Int) -> Float {
        guard vignetting else { return 1 }
        if let illumination {
            let share = illumination[row * width + column]
            return share > 0.02 ? 1 / share : 1
        }
        let x = (Float(column) + 0.5 - principal.x) * inverseFocal.x, y = (Float(row) + 0.5 - principal.y) * inverseFocal.y
        let secantSquared = 1 + x * x + y * y
        return secantSquared * secantSquared
    }

    /// One over the light that the lens lets through to eight pixels: `1 / cos^4` of a pinhole. Where it lets none through there is nothing to make up for.
    @inline(__always) func correction(_ first: Int, _ start: Int, _ lanes: Int, _ y: Float) -> SIMD8<Float> {
        guard let illumination else {
            let across = (SIMD8<Float>(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5) + (Float(start) - principal.x)) * inverseFocal.x
            let secantSquared = sqv_fma(across, across, sqv_splat(1 + y * y))
            return secantSquared * secantSquared
        }
        var result = SIMD8<Float>(repeating: 1)
        for lane in 0..<lanes where illumination[first + start + lane] > 0.02 { result[lane] = 1 / illumination[first + start + lane] }
        return result
    }
}
