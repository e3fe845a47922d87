import CSquallKernels
import Foundation
import SquallMath
import SquallRaster
import SquallScene
import SquallWeather

/// How bright a frame is, and the exposure that suits it.
///
/// The log-average luminance alone makes every scene mid-grey: fog and cloud come out dull. Cameras for driving expose further, as
/// far as the sky allows. Here the frame gets `lift` stops more than its log-average asks for (EV of ISO 2720, constant 12.5), unless
/// its bright part would then exceed `brightLevel` of the full well: the luminance that all but `brightShare` of the pixels stay
/// below is held there, if need be by taking up to `drop` stops away. So at most about 5 % of a frame comes near to clipping. Each
/// frame is metered by itself; the sums run in pixel order.
public struct Metering: Sendable, Equatable {
    /// Stops above the log-average, at most.
    public static let lift = 1.0
    /// Stops below it, at most.
    public static let drop = 1.0
    /// At night, where lamps light islands in the dark, up to four stops more may go: below this mean, cd/m2.
    public static let nightLevel = 8.0
    /// What a camera cannot tell from black at its longest exposure, cd/m2: about one electron. Darker pixels count as this.
    public static let blackLevel = 0.03
    /// Share of pixels that count as highlights and may clip.
    public static let brightShare = 0.05
    /// Share of the full well that the brightest of the other pixels reach.
    public static let brightLevel = 0.75

    /// Log-average luminance, cd/m2.
    public let mean: Double
    /// Luminance exceeded by `brightShare` of the pixels, cd/m2.
    public let bright: Double

    /// Bins of the histogram per stop, and the base-2 logarithm of the least and the greatest luminance told apart.
    private static let binsPerStop: Float = 16, least: Float = -9.965_784, greatest: Float = 24

    public init(_ image: RadianceImage) {
        var bins = [Int32](repeating: 0, count: Int((Self.greatest - Self.least) * Self.binsPerStop) + 1)
        let total = image.red.withUnsafeBufferPointer { red in
            image.green.withUnsafeBufferPointer { green in
                image.blue.withUnsafeBufferPointer { blue in
                    bins.withUnsafeMutableBufferPointer { Self.logarithms(red, green, blue, bins: $0) }
                }
            }
        }
        mean = exp2(total / Double(max(image.green.count, 1)))
        bright = exp2(Self.quantile(bins, above: Self.brightShare * Double(image.green.count)))
    }

    /// EV at ISO 100 for a sensor.
    public func exposureValue(_ exposure: Exposure) -> Double {
        let plain = Photometry.exposureValue(luminance: mean)
        let illuminance = Photometry.focalPlaneIlluminance(luminance: bright, fNumber: exposure.fNumber)
        let time = exposure.fNumber * exposure.fNumber / exp2(plain)
        let electrons = Photometry.electrons(illuminance: illuminance, time: time, pitch: exposure.pixelPitch, quantumEfficiency: exposure.quantumEfficiency)
        let headroom = log2(Self.brightLevel * exposure.fullWell / max(electrons, 1e-12))
        return plain - max(-Self.drop - min(4, max(0, log2(Self.nightLevel / mean))), min(Self.lift, headroom))
    }

    /// Base-2 logarithm of the luminance that `count` pixels exceed, interpolated within its bin.
    private static func quantile(_ bins: [Int32], above count: Double) -> Double {
        var left = count
        for (index, bin) in bins.enumerated().reversed() where bin > 0 {
            if left < Double(bin) { return Double(least) + (Double(index) + 1 - left / Double(bin)) / Double(binsPerStop) }
            left -= Double(bin)
        }
        return Double(least)
    }

    /// Sum of the base-2 logarithms of the luminances, in pixel order; counts them in `bins`.
    private static func logarithms(
        _ red: UnsafeBufferPointer<Float>, _ green: UnsafeBufferPointer<Float>, _ blue: UnsafeBufferPointer<Float>, bins: UnsafeMutableBufferPointer<Int32>
    ) -> Double {
        var total = 0.0
        var index = 0
        let weights = Vec3f(LightColour.weights)
        let darkest = sqv_splat(Float(blackLevel)), last = Int32(bins.count - 1)
        while index + 8 <= green.count {
            let y: SIMD8<Float> = sqv_fma(load(red, index), sqv_splat(weights.x), sqv_fma(load(green, index), sqv_splat(weights.y), load(blue, index) * weights.z))
            let stops = sqv_log2(sqv_max(y, darkest))
            total += Double(stops.sum())
            let bin = sqv_clamp_i(sqv_int((stops - least) * binsPerStop), 0, last)
            for lane in 0..<8 { bins[Int(bin[lane])] &+= 1 }
            index += 8
        }
        while index < green.count {
            let y: Float = weights.x * red[index] + weights.y * green[index] + weights.z * blue[index]
            let stops = log2(max(Float(blackLevel), y))
            total += Double(stops)
            bins[min(max(0, Int((stops - least) * binsPerStop)), Int(last))] &+= 1
            index += 1
        }
        return total
    }
}
