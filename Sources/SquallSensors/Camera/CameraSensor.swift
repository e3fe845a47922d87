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
/// Highlights clip as the sensor clips; there is no tone curve. Pictures may be smoothed where the gain is high (`Denoise`), and coloured lights
/// keep their hue (`Highlights`); numbers behind the converter are as it gives them.
///
/// Shot noise plus the signal-free part is drawn as `(a z + sqrt v)^2 - a^2` with `z` standard normal and
/// `a^2 = (v/2) / (sqrt(v^2 + v/2) + v)`: mean and variance are exactly `v`, like a Poisson count of mean `v = mu + dark + read^2`,
/// with nearly its skewness (the inverse of Anscombe's transform, 1948); the offset `dark + read^2` is subtracted.
public struct CameraSensor: Sendable {
    public let exposure: Exposure
    public let camera: PinholeCamera
    /// Photo-response pattern in 1/32 standard deviations, colour planes one after the other.
    let pattern: [Int8]
    /// Light that the lens lets through to each pixel beside the axis; nil for a pinhole's `cos^4`.
    let illumination: [Float]?
    /// Whether the fall-off towards the corners stays in the picture.
    let vignetting: Bool
    /// Whether there is any noise.
    let noise: Bool

    /// - Parameters:
    ///   - random: keyed by the sensor but not by the frame; makes the fixed pattern.
    ///   - illumination: of each pixel, see `LensTable.illumination`.
    public init(exposure: Exposure, camera: PinholeCamera, illumination: [Float]? = nil, vignetting: Bool = false, noise: Bool = true, random: CounterRandom) {
        (self.exposure, self.camera, self.illumination, self.vignetting, self.noise) = (exposure, camera, illumination, vignetting, noise)
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
        ShutterSetting(exposureValue: exposure.manualValue ?? automatic(image), exposure: exposure)
    }

    /// The same where automatic exposure lags behind the light.
    /// - Parameter interval: seconds since the camera's last picture.
    public func meter(_ image: RadianceImage, adapting state: inout ExposureAdaptation, interval: Double) -> ShutterSetting {
        if exposure.manualValue != nil { return meter(image) }
        return ShutterSetting(exposureValue: state.next(wanted: automatic(image), interval: interval), exposure: exposure)
    }

    /// What metering asks for, as far as time and gain may go: below that pictures stay dark instead of becoming all smear and noise.
    private func automatic(_ image: RadianceImage) -> Double {
        let time = exposure.shutter ?? min(Photometry.nightExposure, exposure.interval)
        let gain = exposure.iso.map { max(1, $0 / 100) } ?? Photometry.largestGain
        return max(wanted(image), Photometry.exposureValue(fNumber: exposure.fNumber, time: time * gain))
    }

    /// What metering asks for, of the pixels that the lens shows.
    private func wanted(_ image: RadianceImage) -> Double {
        guard let illumination, illumination.contains(0) else { return Metering(image).exposureValue(exposure) }
        var seen = RadianceImage(width: 0, height: 0)
        for pixel in illumination.indices where illumination[pixel] > 0 {
            seen.red.append(image.red[pixel])
            seen.green.append(image.green[pixel])
            seen.blue.append(image.blue[pixel])
        }
        return Metering(seen).exposureValue(exposure)
    }

    /// Takes the picture.
    /// - Parameters:
    ///   - image: what fell into the lens; with `highlights` it is changed in place, as a copy of every picture would cost more than the rest of them.
    ///   - white: relative RGB luminance of a white surface in this light; it comes out grey.
    ///   - random: keyed by the sensor and the frame.
    ///   - effects: `highlights` and `denoise` are looked at.
    ///   - pool: rows are shared among its workers; the result does not depend on them.
    public func develop(
        _ image: inout RadianceImage, setting: ShutterSetting, white: SIMD3<Float> = SIMD3(1, 1, 1), random: CounterRandom, effects: CameraEffects = .none, pool: WorkerPool
    ) -> Image<RGB8> {
        precondition(image.width == camera.width && image.height == camera.height)
        let chain = chain(setting, white)
        @Sendable func rise(row: Int, column: Int) -> Float { chain.rise(row: row, column: column) }
        if effects.highlights { Highlights.keep(in: &image, full: chain.full, rise: vignetting ? rise : nil, pool: pool) }
        let image = image
        let planes = effects.denoise && noise && setting.gain > Denoise.leastGain ? ElectronPlanes(width: image.width, height: image.height) : nil
        var stream = random
        let key = (stream.nextUInt32(), stream.nextUInt32())
        let bandHeight = 16, bands = (image.height + bandHeight - 1) / bandHeight
        let rows = { @Sendable (band: Int) in band * bandHeight..<min(image.height, (band + 1) * bandHeight) }
        if let planes {
            pool.run(bands) { band, _ in for row in rows(band) { chain.collect(row: row, of: image, pattern: pattern, key: key, into: planes) } }
            Denoise.smooth(planes, variance: chain.readVariance + chain.darkElectrons, pool: pool)
        }
        let pixels = [RGB8](unsafeUninitializedCapacity: image.width * image.height) { buffer, used in
            let output = SharedPointer(buffer.baseAddress!)
            pool.run(bands) { band, _ in
                for row in rows(band) {
                    let line = output.pointer + row * image.width
                    if let planes { chain.encode(row: row, of: planes, into: line) } else { chain.develop(row: row, of: image, pattern: pattern, key: key, into: line) }
                }
            }
            used = image.width * image.height
        }
        return Image(width: image.width, height: image.height, pixels: pixels)
    }

    func chain(_ setting: ShutterSetting, _ white: SIMD3<Float>) -> SignalChain {
        SignalChain(exposure: exposure, camera: camera, setting: setting, white: white, illumination: illumination, vignetting: vignetting, noise: noise)
    }
}

extension CameraSensor {
    /// The same picture as numbers: linear RGB of 12 bits, three values a pixel, white at 4095; the same noise as in `develop`.
    public func linear12(_ image: RadianceImage, setting: ShutterSetting, white: SIMD3<Float> = SIMD3(1, 1, 1), random: CounterRandom, pool: WorkerPool) -> [UInt16] {
        numbers(image, 3, chain(setting, white), random, pool) { chain, row, key, out in chain.linear(row: row, of: image, pattern: pattern, key: key, into: out) }
    }

    /// What the converter gives behind a mosaic of red green / green blue: counts, black level included, no balance, corners as dark as they are.
    public func bayer(_ image: RadianceImage, setting: ShutterSetting, random: CounterRandom, pool: WorkerPool) -> [UInt16] {
        numbers(image, 1, chain(setting, SIMD3(1, 1, 1)), random, pool) { chain, row, key, out in
            chain.mosaic(row: row, of: image, pattern: pattern, key: key, into: out)
        }
    }

    private func numbers(
        _ image: RadianceImage, _ channels: Int, _ chain: SignalChain, _ random: CounterRandom, _ pool: WorkerPool,
        _ body: @Sendable (SignalChain, Int, (UInt32, UInt32), UnsafeMutablePointer<UInt16>) -> Void
    ) -> [UInt16] {
        var stream = random
        let key = (stream.nextUInt32(), stream.nextUInt32())
        let count = image.width * image.height * channels
        return [UInt16](unsafeUninitializedCapacity: count) { buffer, used in
            if let base = buffer.baseAddress {
                let output = SharedPointer(base)
                pool.run(image.height) { row, _ in body(chain, row, key, output.pointer + row * image.width * channels) }
            }
            used = count
        }
    }

    /// What the converter reports for a uniform patch, in electrons above black: the signal chain without the 8-bit encoding.
    package func electrons(luminance: Float, count: Int, setting: ShutterSetting, random: CounterRandom) -> [Double] {
        let chain = chain(setting, SIMD3(1, 1, 1))
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
