import CSquallKernels
import Foundation
import SquallFrames
import SquallMath
import SquallRaster
import SquallScene

/// An image sensor after EMVA Standard 1288 release 4: luminance in, 8-bit sRGB out.
///
/// Per pixel and colour: luminance -> focal-plane illuminance (cos^4 falloff) -> mean electrons `mu` with the photo-response
/// pattern -> shot, dark and read noise -> full well -> converter. Then the falloff is divided out again (lens shading
/// correction: corners keep their noise), white is balanced after von Kries in linear RGB, and the sRGB curve is applied.
/// Highlights clip as the sensor clips; there is no tone curve.
///
/// Shot noise plus the signal-free part is drawn as `(a z + sqrt v)^2 - a^2` with `z` standard normal and
/// `a^2 = (v/2) / (sqrt(v^2 + v/2) + v)`: mean and variance are exactly `v`, like a Poisson count of mean `v = mu + dark + read^2`,
/// with nearly its skewness (the inverse of Anscombe's transform, 1948); the offset `dark + read^2` is subtracted.
public struct CameraSensor: Sendable {
    public let exposure: Exposure
    public let camera: PinholeCamera
    /// Photo-response pattern in 1/32 standard deviations, colour planes one after the other.
    let pattern: [Int8]

    /// Counts kept below black so that noise is not clipped.
    static let black: Float = 64

    /// - Parameter random: keyed by the sensor but not by the frame; makes the fixed pattern.
    public init(exposure: Exposure, camera: PinholeCamera, random: CounterRandom) {
        (self.exposure, self.camera) = (exposure, camera)
        let count = 3 * camera.width * camera.height
        var stream = random
        let key = (stream.nextUInt32(), stream.nextUInt32())
        pattern = [Int8](unsafeUninitializedCapacity: count) { buffer, used in
            var block = 0
            while block < count {
                let normals = NormalBlock(number: UInt32(block / 4), row: 0, key: key)
                for part in 0..<4 {
                    let levels = sqv_clamp_i(sqv_round_i(normals[part] * 32), -127, 127)
                    for lane in 0..<8 where block + part * 8 + lane < count { buffer[block + part * 8 + lane] = Int8(truncatingIfNeeded: levels[lane]) }
                }
                block += 32
            }
            used = count
        }
    }

    /// The fixed exposure value, or the one that `Metering` finds for the frame.
    public func meter(_ image: RadianceImage) -> ShutterSetting {
        let value = exposure.ev ?? Metering(image).exposureValue(exposure)
        return ShutterSetting(exposureValue: value, exposure: exposure)
    }

    /// Takes the picture.
    /// - Parameters:
    ///   - white: relative RGB luminance of a white surface in this light; it comes out grey.
    ///   - random: keyed by the sensor and the frame.
    ///   - pool: rows are shared among its workers; the result does not depend on them.
    public func develop(_ image: RadianceImage, setting: ShutterSetting, white: SIMD3<Float> = SIMD3(1, 1, 1), random: CounterRandom, pool: WorkerPool) -> Image<RGB8> {
        precondition(image.width == camera.width && image.height == camera.height)
        let chain = SignalChain(exposure: exposure, camera: camera, setting: setting, white: white)
        var stream = random
        let key = (stream.nextUInt32(), stream.nextUInt32())
        let pixels = [RGB8](unsafeUninitializedCapacity: image.width * image.height) { buffer, used in
            let output = SharedPointer(buffer.baseAddress!)
            let bandHeight = 16
            pool.run((image.height + bandHeight - 1) / bandHeight) { band, _ in
                for row in band * bandHeight..<min(image.height, (band + 1) * bandHeight) {
                    chain.develop(row: row, of: image, pattern: pattern, key: key, into: output.pointer + row * image.width)
                }
            }
            used = image.width * image.height
        }
        return Image(width: image.width, height: image.height, pixels: pixels)
    }
}

extension CameraSensor {
    /// What the converter reports for a uniform patch, in electrons above black: the signal chain without the 8-bit encoding.
    package func electrons(luminance: Float, count: Int, setting: ShutterSetting, random: CounterRandom) -> [Double] {
        let chain = SignalChain(exposure: exposure, camera: camera, setting: setting, white: SIMD3(1, 1, 1))
        var stream = random
        let key = (stream.nextUInt32(), stream.nextUInt32())
        return (0..<count / 8).flatMap { group -> [Double] in
            let normals = NormalBlock(number: UInt32(group / 4 * 8), row: 0, key: key)
            let response = SIMD8<Float>((0..<8).map { Float(pattern[group * 8 + $0]) })
            let counts = chain.converted(sqv_splat(luminance * chain.electronsPerLuminance), response, normals[group % 4])
            return (0..<8).map { Double(counts[$0] / chain.countsPerElectron) }
        }
    }
}

/// Lets workers write disjoint rows of one buffer.
struct SharedPointer<Element>: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Element>
    init(_ pointer: UnsafeMutablePointer<Element>) { self.pointer = pointer }
}

@inline(__always) func load(_ buffer: UnsafeBufferPointer<Float>, _ index: Int) -> SIMD8<Float> {
    UnsafeRawPointer(buffer.baseAddress! + index).loadUnaligned(as: SIMD8<Float>.self)
}
