import CSquallKernels
import Foundation
import SquallFrames
import SquallMath
import SquallRaster
import SquallScene

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
    /// 1 for a noisy sensor, 0 for mean electrons.
    let noise: Float
    /// White in 12-bit numbers per count, per colour.
    let linearScale: SIMD3<Float>

    init(
        exposure: Exposure, camera: PinholeCamera, setting: ShutterSetting, white: SIMD3<Float>, illumination: [Float]? = nil, vignetting: Bool = false, noise: Bool = true
    ) {
        (self.illumination, self.vignetting, self.noise) = (illumination, vignetting, noise ? 1 : 0)
        black = Float(exposure.blackLevel)
        let illuminance = Photometry.focalPlaneIlluminance(luminance: 1, fNumber: exposure.fNumber)
        let electrons = Photometry.electrons(
            illuminance: illuminance, time: setting.exposureTime, pitch: exposure.pixelPitch, quantumEfficiency: exposure.quantumEfficiency)
        electronsPerLuminance = Float(electrons)
        darkElectrons = Float(exposure.darkCurrent * setting.exposureTime)
        readVariance = Float(exposure.darkNoise * exposure.darkNoise)
        nonUniformity = noise ? Float(exposure.nonUniformity / 32) : 0
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

    /// One row as linear numbers of 12 bits, three a pixel.
    func linear(row: Int, of image: RadianceImage, pattern: [Int8], key: (UInt32, UInt32), into output: UnsafeMutablePointer<UInt16>) {
        for channel in 0..<3 {
            row8(row, channel, image, pattern, key) { counts, correction, start, lanes in
                let levels = sqv_round_i(sqv_min(sqv_max(counts * correction * linearScale[channel], sqv_splat(0)), sqv_splat(4095)))
                for lane in 0..<lanes { output[3 * (start + lane) + channel] = UInt16(truncatingIfNeeded: levels[lane]) }
            }
        }
    }

    /// One colour of one row, eight pixels at a time: counts above black, and what divides the fall-off out. 32 pixels share a Philox block.
    @inline(__always) func row8(
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
}
