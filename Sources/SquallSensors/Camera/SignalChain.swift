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
    /// Pixels a row.
    let width: Int
    /// Counts kept below black so that noise is not clipped.
    let black: Float
    /// Of a lens that is no pinhole, by pixel.
    let illumination: [Float]?
    /// Whether the fall-off stays in the picture.
    let vignetting: Bool
    /// White in 12-bit numbers per count, per colour.
    let linearScale: SIMD3<Float>

    init(exposure: Exposure, camera: PinholeCamera, setting: ShutterSetting, white: SIMD3<Float>, illumination: [Float]? = nil, vignetting: Bool = false) {
        (self.illumination, self.vignetting) = (illumination, vignetting)
        black = Float(exposure.blackLevel)
        let illuminance = Photometry.focalPlaneIlluminance(luminance: 1, fNumber: exposure.fNumber)
        let electrons = Photometry.electrons(
            illuminance: illuminance, time: setting.exposureTime, pitch: exposure.pixelPitch, quantumEfficiency: exposure.quantumEfficiency)
        electronsPerLuminance = Float(electrons)
        darkElectrons = Float(exposure.darkCurrent * setting.exposureTime)
        readVariance = Float(exposure.darkNoise * exposure.darkNoise)
        nonUniformity = Float(exposure.nonUniformity / 32)
        fullWell = Float(exposure.fullWell)
        let range = Float(1 << exposure.bits) - 1 - black
        largestCount = Float(1 << exposure.bits) - 1
        countsPerElectron = range * Float(setting.gain) / Float(exposure.fullWell)
        let balance = SIMD3(repeating: white.max()) / white
        scale = balance * (Float(TransferCurve.steps) / range)
        linearScale = balance * (4095 / range)
        inverseFocal = SIMD2(Float(1 / camera.fx), Float(1 / camera.fy))
        principal = SIMD2(Float(camera.cx), Float(camera.cy))
        width = camera.width
    }

    /// Develops one row into `output`.
    func develop(row: Int, of image: RadianceImage, pattern: [Int8], key: (UInt32, UInt32), into output: UnsafeMutablePointer<RGB8>) {
        let bytes = UnsafeMutableRawPointer(output).assumingMemoryBound(to: UInt8.self)
        TransferCurve.table.withUnsafeBufferPointer { table in
            for channel in 0..<3 {
                let top = sqv_splat(Float(TransferCurve.steps))
                row8(row, channel, image, pattern, key) { counts, correction, start, lanes in
                    let levels = sqv_round_i(sqv_min(sqv_max(counts * correction * scale[channel], sqv_splat(0)), top))
                    for lane in 0..<lanes { bytes[3 * (start + lane) + channel] = table[Int(levels[lane])] }
                }
            }
        }
    }

    /// One row as electrons above black, noise included.
    func collect(row: Int, of image: RadianceImage, pattern: [Int8], key: (UInt32, UInt32), into planes: ElectronPlanes) {
        for channel in 0..<3 {
            let line = planes.electrons + planes.start(row: row, channel: channel)
            row8(row, channel, image, pattern, key) { counts, _, start, lanes in
                let electrons = counts * (1 / countsPerElectron)
                if lanes == 8 { sqv_store(line + start, electrons) } else { for lane in 0..<lanes { line[start + lane] = electrons[lane] } }
            }
        }
    }

    /// What `collect` took, smoothed since, as a row of a picture.
    func encode(row: Int, of planes: ElectronPlanes, into output: UnsafeMutablePointer<RGB8>) {
        let bytes = UnsafeMutableRawPointer(output).assumingMemoryBound(to: UInt8.self)
        let (first, y, top) = (row * planes.width, (Float(row) + 0.5 - principal.y) * inverseFocal.y, sqv_splat(Float(TransferCurve.steps)))
        TransferCurve.table.withUnsafeBufferPointer { table in
            for start in stride(from: 0, to: planes.width, by: 8) {
                let lanes = min(8, planes.width - start)
                let fall = vignetting ? sqv_splat(1) : correction(first, start, lanes, y)
                for channel in 0..<3 {
                    let counts = sqv_load(planes.smoothed + planes.start(row: row, channel: channel) + start) * countsPerElectron
                    let levels = sqv_round_i(sqv_min(sqv_max(counts * fall * scale[channel], sqv_splat(0)), top))
                    for lane in 0..<lanes { bytes[3 * (start + lane) + channel] = table[Int(levels[lane])] }
                }
            }
        }
    }

    /// Luminance per primary that is white in a picture, cd/m2, on the axis.
    var full: SIMD3<Float> { Float(TransferCurve.steps) / (scale * (countsPerElectron * electronsPerLuminance)) }

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

    /// One row as linear numbers of 12 bits, three a pixel.
    func linear(row: Int, of image: RadianceImage, pattern: [Int8], key: (UInt32, UInt32), into output: UnsafeMutablePointer<UInt16>) {
        for channel in 0..<3 {
            row8(row, channel, image, pattern, key) { counts, correction, start, lanes in
                let levels = sqv_round_i(sqv_min(sqv_max(counts * correction * linearScale[channel], sqv_splat(0)), sqv_splat(4095)))
                for lane in 0..<lanes { output[3 * (start + lane) + channel] = UInt16(truncatingIfNeeded: levels[lane]) }
            }
        }
    }

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

    /// One colour of one row, eight pixels at a time: counts above black, and what divides the fall-off out. 32 pixels share a Philox block.
    @inline(__always)
    private func row8(
        _ row: Int, _ channel: Int, _ image: RadianceImage, _ pattern: [Int8], _ key: (UInt32, UInt32),
        _ sink: (_ counts: SIMD8<Float>, _ correction: SIMD8<Float>, _ start: Int, _ lanes: Int) -> Void
    ) {
        let (width, first) = (image.width, row * image.width)
        let plane = channel == 0 ? image.red : channel == 1 ? image.green : image.blue
        let offset = channel * image.width * image.height
        let y = (Float(row) + 0.5 - principal.y) * inverseFocal.y
        plane.withUnsafeBufferPointer { luminance in
            pattern.withUnsafeBufferPointer { pattern in
                var x = 0
                while x < width {
                    let normals = NormalBlock(number: UInt32(x / 4), row: UInt32(3 * row + channel), key: key)
                    for part in 0..<4 {
                        let start = x + 8 * part
                        if start >= width { break }
                        let lanes = min(8, width - start)
                        var (light, response) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
                        if lanes == 8 {
                            light = load(luminance, first + start)
                            response = sqv_float(
                                SIMD8<Int32>(truncatingIfNeeded: UnsafeRawPointer(pattern.baseAddress! + offset + first + start).loadUnaligned(as: SIMD8<Int8>.self)))
                        } else {
                            for lane in 0..<lanes { (light[lane], response[lane]) = (luminance[first + start + lane], Float(pattern[offset + first + start + lane])) }
                        }
                        let fall = correction(first, start, lanes, y)
                        let counts = converted(sqv_max(light, sqv_splat(0)) * electronsPerLuminance / fall, response, normals[part])
                        sink(counts, vignetting ? sqv_splat(1) : fall, start, lanes)
                    }
                    x += 32
                }
            }
        }
    }

    /// One over the light that the lens lets through to eight pixels: `1 / cos^4` of a pinhole. Where it lets none through there is nothing to make up for.
    @inline(__always) private func correction(_ first: Int, _ start: Int, _ lanes: Int, _ y: Float) -> SIMD8<Float> {
        guard let illumination else {
            let across = (SIMD8<Float>(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5) + (Float(start) - principal.x)) * inverseFocal.x
            let secantSquared = sqv_fma(across, across, sqv_splat(1 + y * y))
            return secantSquared * secantSquared
        }
        var result = SIMD8<Float>(repeating: 1)
        for lane in 0..<lanes where illumination[first + start + lane] > 0.02 { result[lane] = 1 / illumination[first + start + lane] }
        return result
    }

    /// Mean electrons to converter counts above black: response pattern, shot, dark and read noise, full well, quantisation.
    @inline(__always) func converted(_ mean: SIMD8<Float>, _ response: SIMD8<Float>, _ normal: SIMD8<Float>) -> SIMD8<Float> {
        let signal = sqv_min(sqv_fma(mean * nonUniformity, response, mean), sqv_splat(4 * fullWell))
        let variance = signal + (darkElectrons + readVariance)
        let spreadSquared = variance * 0.5 / (sqv_sqrt(sqv_fma(variance, variance, variance * 0.5)) + variance)
        let root = sqv_fma(sqv_sqrt(spreadSquared), normal, sqv_sqrt(variance))
        let electrons = sqv_min(sqv_fma(root, root, -spreadSquared) - (darkElectrons + readVariance), sqv_splat(fullWell))
        // Held to the converter's range before it is rounded: an absurd gain asks for more than integers hold.
        let held = sqv_min(sqv_max(electrons * countsPerElectron + black, sqv_splat(0)), sqv_splat(largestCount))
        return sqv_float(sqv_round_i(held)) - black
    }
}
