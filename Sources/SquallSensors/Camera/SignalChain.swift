import CSquallKernels
import Foundation
import SquallFrames
import SquallMath
import SquallRaster
import SquallScene

/// Thirty-two standard normals by Box-Muller from one Philox block of eight lanes.
struct NormalBlock {
    let first, second, third, fourth: SIMD8<Float>

    @inline(__always) init(number: UInt32, row: UInt32, key: (UInt32, UInt32)) {
        let zero = SIMD8<Int32>(repeating: 0)
        var words = (zero, zero, zero, zero)
        withUnsafeMutableBytes(of: &words) { sqv_philox(number, row, 0, 0, key.0, key.1, $0.baseAddress) }
        (first, second) = NormalBlock.pair(sqv_open_uniform(words.0), sqv_open_uniform(words.1))
        (third, fourth) = NormalBlock.pair(sqv_open_uniform(words.2), sqv_open_uniform(words.3))
    }

    @inline(__always) static func pair(_ u: SIMD8<Float>, _ turn: SIMD8<Float>) -> (SIMD8<Float>, SIMD8<Float>) {
        let r = sqv_sqrt(sqv_max(sqv_log2(u) * -1.386_294_4, sqv_splat(0)))
        return (r * sqv_cos_turn(turn), r * sqv_cos_turn(sqv_abs(turn - 0.25)))
    }

    @inline(__always) subscript(part: Int) -> SIMD8<Float> {
        switch part {
        case 0: first
        case 1: second
        case 2: third
        default: fourth
        }
    }
}

/// The numbers of one exposure, and the row kernel that applies them.
struct SignalChain: Sendable {
    let electronsPerLuminance: Float
    let darkElectrons: Float
    let readVariance: Float
    let nonUniformity: Float
    let fullWell: Float
    let countsPerElectron: Float
    let largestCount: Float
    /// Table index per count, per colour.
    let scale: SIMD3<Float>
    let inverseFocal: SIMD2<Float>
    let principal: SIMD2<Float>

    init(exposure: Exposure, camera: PinholeCamera, setting: ShutterSetting, white: SIMD3<Float>) {
        let illuminance = Photometry.focalPlaneIlluminance(luminance: 1, fNumber: exposure.fNumber)
        let electrons = Photometry.electrons(
            illuminance: illuminance, time: setting.exposureTime, pitch: exposure.pixelPitch, quantumEfficiency: exposure.quantumEfficiency)
        electronsPerLuminance = Float(electrons)
        darkElectrons = Float(exposure.darkCurrent * setting.exposureTime)
        readVariance = Float(exposure.darkNoise * exposure.darkNoise)
        nonUniformity = Float(exposure.nonUniformity / 32)
        fullWell = Float(exposure.fullWell)
        let range = Float(1 << exposure.bits) - 1 - CameraSensor.black
        largestCount = Float(1 << exposure.bits) - 1
        countsPerElectron = range * Float(setting.gain) / Float(exposure.fullWell)
        let balance = SIMD3(repeating: white.max()) / white
        scale = balance * (Float(TransferCurve.steps) / range)
        inverseFocal = SIMD2(Float(1 / camera.fx), Float(1 / camera.fy))
        principal = SIMD2(Float(camera.cx), Float(camera.cy))
    }

    /// Develops one row into `output`.
    func develop(row: Int, of image: RadianceImage, pattern: [Int8], key: (UInt32, UInt32), into output: UnsafeMutablePointer<RGB8>) {
        let bytes = UnsafeMutableRawPointer(output).assumingMemoryBound(to: UInt8.self)
        let (width, plane) = (image.width, image.width * image.height)
        pattern.withUnsafeBufferPointer { pattern in
            image.red.withUnsafeBufferPointer {
                develop($0.baseAddress! + row * width, pattern.baseAddress! + row * width, width: width, row: row, channel: 0, key: key, into: bytes)
            }
            image.green.withUnsafeBufferPointer {
                develop($0.baseAddress! + row * width, pattern.baseAddress! + plane + row * width, width: width, row: row, channel: 1, key: key, into: bytes)
            }
            image.blue.withUnsafeBufferPointer {
                develop($0.baseAddress! + row * width, pattern.baseAddress! + 2 * plane + row * width, width: width, row: row, channel: 2, key: key, into: bytes)
            }
        }
    }

    /// One colour of one row: 32 pixels share a Philox block; the last block is padded.
    private func develop(
        _ luminance: UnsafePointer<Float>, _ pattern: UnsafePointer<Int8>, width: Int, row: Int, channel: Int, key: (UInt32, UInt32),
        into bytes: UnsafeMutablePointer<UInt8>
    ) {
        let y = (Float(row) + 0.5 - principal.y) * inverseFocal.y
        TransferCurve.table.withUnsafeBufferPointer { table in
            var x = 0
            while x < width {
                let normals = NormalBlock(number: UInt32(x / 4), row: UInt32(3 * row + channel), key: key)
                for part in 0..<4 {
                    let start = x + 8 * part
                    if start >= width { break }
                    let lanes = min(8, width - start)
                    var (light, response) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
                    if lanes == 8 {
                        light = UnsafeRawPointer(luminance + start).loadUnaligned(as: SIMD8<Float>.self)
                        response = sqv_float(SIMD8<Int32>(truncatingIfNeeded: UnsafeRawPointer(pattern + start).loadUnaligned(as: SIMD8<Int8>.self)))
                    } else {
                        for lane in 0..<lanes { (light[lane], response[lane]) = (luminance[start + lane], Float(pattern[start + lane])) }
                    }
                    let levels = counts(light, response, normals[part], x: Float(start), y: y, scale: scale[channel])
                    for lane in 0..<lanes { bytes[3 * (start + lane) + channel] = table[Int(levels[lane])] }
                }
                x += 32
            }
        }
    }

    /// Eight pixels from luminance to an index of the transfer table.
    @inline(__always) private func counts(
        _ light: SIMD8<Float>, _ response: SIMD8<Float>, _ normal: SIMD8<Float>, x: Float, y: Float, scale: Float
    ) -> SIMD8<Int32> {
        let across = (SIMD8<Float>(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5) + (x - principal.x)) * inverseFocal.x
        let secantSquared = sqv_fma(across, across, sqv_splat(1 + y * y))
        let correction = secantSquared * secantSquared
        let clipped = converted(sqv_max(light, sqv_splat(0)) * electronsPerLuminance / correction, response, normal)
        let value = sqv_min(sqv_max(clipped * correction * scale, sqv_splat(0)), sqv_splat(Float(TransferCurve.steps)))
        return sqv_round_i(value)
    }

    /// Mean electrons to converter counts above black: response pattern, shot, dark and read noise, full well, quantisation.
    @inline(__always) func converted(_ mean: SIMD8<Float>, _ response: SIMD8<Float>, _ normal: SIMD8<Float>) -> SIMD8<Float> {
        let signal = sqv_min(sqv_fma(mean * nonUniformity, response, mean), sqv_splat(4 * fullWell))
        let variance = signal + (darkElectrons + readVariance)
        let spreadSquared = variance * 0.5 / (sqv_sqrt(sqv_fma(variance, variance, variance * 0.5)) + variance)
        let root = sqv_fma(sqv_sqrt(spreadSquared), normal, sqv_sqrt(variance))
        let electrons = sqv_min(sqv_fma(root, root, -spreadSquared) - (darkElectrons + readVariance), sqv_splat(fullWell))
        let digital = sqv_float(sqv_round_i(electrons * countsPerElectron + CameraSensor.black))
        return sqv_min(sqv_max(digital, sqv_splat(0)), sqv_splat(largestCount)) - CameraSensor.black
    }
}
