import CSquallKernels
import SquallMath
import SquallRaster

/// Coloured lights brighter than white.
///
/// `highlights = true`. Drivers' cameras take bright lights with several exposures, the shortest of which reaches twelve stops beyond the picture's white, so
/// that a red signal is told from an amber one. What is then laid into the picture keeps its hue: the strongest primary at white, the others in proportion;
/// without, every primary clips by itself and a red lamp comes out white. That is for lamps: whatever is less saturated than they, the low sun and its glow
/// too, clips as before, and so does paint in the sun, which is a stop over white and would lose its shading. Beyond the shortest exposure lamps pale.
/// Only for pictures; numbers behind the converter stay as they are.
public enum Highlights {
    /// What the shortest exposure still tells apart, over white: twelve stops.
    private static let reach: Float = 4096
    /// Saturations, 1 - least primary over largest, from which hue begins to be kept and from which it is kept wholly.
    private static let grey: Float = 0.82, colour: Float = 0.95
    /// Stops over white from which hue begins to be kept and from which it is kept wholly.
    private static let paint: Float = 1.5, lamp: Float = 3

    /// The image, scene-linear as before, is left with no coloured primary above what is white at its pixel.
    /// - Parameters:
    ///   - full: luminance per primary at which the picture is white on the axis, cd/m2.
    ///   - rise: how many times as much is white at a pixel (row, column), where the lens leaves the picture darker; nil for once everywhere.
    static func keep(in image: inout RadianceImage, full: SIMD3<Float>, rise: (@Sendable (Int, Int) -> Float)? = nil, pool: WorkerPool) {
        guard full.min() > 0, full.max().isFinite else { return }
        let (width, height) = (image.width, image.height)
        image.red.withUnsafeMutableBufferPointer { red in
            image.green.withUnsafeMutableBufferPointer { green in
                image.blue.withUnsafeMutableBufferPointer { blue in
                    guard let r = red.baseAddress, let g = green.baseAddress, let b = blue.baseAddress else { return }
                    let planes = SharedPointer3(r: r, g: g, b: b)
                    pool.run(height) { row, _ in
                        for column in 0..<width {
                            let index = row * width + column
                            var (white, light) = (full, SIMD3(planes.r[index], planes.g[index], planes.b[index]) / full)
                            guard light.max() > 1, light.min() < (1 - grey) * light.max() else { continue }
                            if let rise {
                                let times = rise(row, column)
                                (white, light) = (full * times, light / times)
                                guard light.max() > 1 else { continue }
                            }
                            let kept = Self.kept(light) * white
                            (planes.r[index], planes.g[index], planes.b[index]) = (kept.x, kept.y, kept.z)
                        }
                    }
                }
            }
        }
    }

    /// What a colour above white becomes, all in units of white.
    package static func kept(_ light: SIMD3<Float>) -> SIMD3<Float> {
        let most = light.max()
        guard most > 1 else { return light }
        let clipped = light.clamped(lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: 1))
        let share = smooth(1 - max(0, light.min()) / most, grey, colour) * smooth(sqv_log2(sqv_splat(most))[0], paint, lamp)
        let hue = light.clamped(lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: reach)) / min(most, reach)
        return clipped + (hue - clipped) * share
    }

    /// 0 up to a value, 1 from another on, without a kink.
    private static func smooth(_ x: Float, _ low: Float, _ high: Float) -> Float {
        let t = max(0, min(1, (x - low) / (high - low)))
        return t * t * (3 - 2 * t)
    }
}

/// Lets workers write disjoint rows of three planes.
private struct SharedPointer3: @unchecked Sendable {
    let r: UnsafeMutablePointer<Float>, g: UnsafeMutablePointer<Float>, b: UnsafeMutablePointer<Float>
}
