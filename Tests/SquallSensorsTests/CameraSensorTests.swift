import Foundation
import SquallFrames
import SquallMath
import SquallRaster
import SquallScene
import SquallSensors
import Testing

@Suite struct CameraPhotometryTests {
    @Test func exposureValues() {
        #expect(abs(Photometry.exposureValue(fNumber: 2, time: 1e-3) - 11.966) < 5e-4)
        for (ev, luminance) in [(15.0, 4096.0), (12, 512), (8, 32), (0, 0.125)] {
            #expect(abs(Photometry.luminance(exposureValue: ev) - luminance) < 1e-9)
            #expect(abs(Photometry.exposureValue(luminance: luminance) - ev) < 1e-12)
        }
    }

    @Test func electronsOfThePublishedCase() {
        let lux = Photometry.focalPlaneIlluminance(luminance: 1000, fNumber: 2, transmission: 0.9)
        #expect(abs(lux - 176.71) < 0.005)
        #expect(abs(Photometry.photonsPerLuxSecondSquareMicrometre - 4090.68) < 0.01)
        #expect(abs(Photometry.electrons(illuminance: lux, time: 1e-3, pitch: 3e-6, quantumEfficiency: 0.6) - 3903.6) < 0.1)
    }

    @Test func cosineFourthLaw() {
        let axis = Photometry.focalPlaneIlluminance(luminance: 500, fNumber: 4)
        #expect(abs(Photometry.focalPlaneIlluminance(luminance: 500, fNumber: 4, cosine: 0.5) / axis - 1.0 / 16) < 1e-12)
    }

    @Test func longExposuresBecomeGain() {
        let exposure = Exposure()
        let day = ShutterSetting(exposureValue: 12, exposure: exposure)
        #expect(day.gain == 1 && abs(day.exposureTime - 4.0 / 4096) < 1e-15)
        // Wanted are 20 ms, 80 ms and 0.5 s: gain first, then time, then gain again.
        let dusk = ShutterSetting(exposureValue: log2(200), exposure: exposure), late = ShutterSetting(exposureValue: log2(50), exposure: exposure)
        #expect(dusk.exposureTime == Photometry.longestExposure && abs(dusk.gain - 2) < 1e-9)
        #expect(abs(late.exposureTime - 0.02) < 1e-12 && late.gain == Photometry.firstGain)
        let night = ShutterSetting(exposureValue: 3, exposure: exposure)
        #expect(night.exposureTime == Photometry.nightExposure && abs(night.gain - 15) < 1e-9)
    }

    /// `exposure = 12, shutter = 30 ms` asks for a gain of 0.03, `shutter = 1 ms, iso = 50` for a half: sensors amplify by 1 at least.
    @Test func noGainIsBelowOne() {
        var exposure = Exposure()
        exposure.shutter = 0.03
        #expect(ShutterSetting(exposureValue: 12, exposure: exposure).gain == 1)
        (exposure.shutter, exposure.iso) = (1e-3, 50)
        #expect(ShutterSetting(exposureValue: exposure.manualValue ?? 0, exposure: exposure).gain == 1)
        (exposure.shutter, exposure.iso) = (nil, 50)
        #expect(ShutterSetting(exposureValue: 12, exposure: exposure).gain == 1)
    }

    /// Nothing is open for longer than from one picture to the next, whatever is asked.
    @Test(arguments: [nil, 100, 1600]) func exposuresEndBeforeTheNextPicture(iso: Double?) {
        var exposure = Exposure()
        (exposure.iso, exposure.interval) = (iso, 0.01)
        for value in [12, 3, -20.0] {
            let setting = ShutterSetting(exposureValue: value, exposure: exposure)
            #expect(setting.exposureTime <= 0.01 && setting.gain >= 1 && setting.gain.isFinite, "\(setting)")
            if let iso { #expect(setting.gain == iso / 100) }
        }
    }

    @Test func sRGBOracles() {
        for (linear, encoded, byte) in [(0.01, 0.099853, 25), (0.18, 0.461356, 118), (0.5, 0.735357, 188)] {
            #expect(abs(TransferCurve.encode(linear) - encoded) < 5e-7)
            #expect(TransferCurve.byte(linear) == UInt8(byte))
            #expect(abs(TransferCurve.decode(TransferCurve.encode(linear)) - linear) < 1e-6)
        }
        #expect(TransferCurve.byte(-1) == 0 && TransferCurve.byte(2) == 255)
    }
}

@Suite struct CameraSensorTests {
    static let pool = WorkerPool(workers: 1)

    static func camera(_ width: Int, _ height: Int) -> PinholeCamera {
        PinholeCamera(width: width, height: height, tanHalfHorizontalFieldOfView: 0.02)   // long lens: no falloff
    }

    static func uniform(_ width: Int, _ height: Int, _ value: SIMD3<Float>) -> RadianceImage {
        var image = RadianceImage(width: width, height: height)
        image.red = Array(repeating: value.x, count: width * height)
        image.green = Array(repeating: value.y, count: width * height)
        image.blue = Array(repeating: value.z, count: width * height)
        return image
    }

    static func picture(_ exposure: Exposure, luminance: Float, _ width: Int, _ height: Int, tick: UInt32 = 0, workers: Int = 1) -> Image<RGB8> {
        let sensor = CameraSensor(exposure: exposure, camera: camera(width, height), random: CounterRandom(seed: 7, path: "front.pattern"))
        var image = Self.uniform(width, height, SIMD3(repeating: luminance))
        let pool = workers == 1 ? Self.pool : WorkerPool(workers: workers)
        defer { if workers > 1 { pool.close() } }
        let setting = sensor.meter(image)
        return sensor.develop(&image, setting: setting, random: CounterRandom(seed: 7, path: "front.noise", tick: tick), pool: pool)
    }

    @Test func greyAtItsExposureValueIsAFifthOfFullWell() {
        for luminance: Float in [3, 300, 5000] {
            var exposure = Exposure()
            exposure.ev = Photometry.exposureValue(luminance: Double(luminance))
            let pixels = Self.picture(exposure, luminance: luminance, 64, 64).pixels
            let mean = pixels.reduce(0) { $0 + TransferCurve.decode(Double($1.g) / 255) } / Double(pixels.count)
            // 12.5/100 of EV luminance: 1952 of 10,000 electrons at f/2, 3 um, QE 0.6, T 0.9.
            #expect(abs(mean - 0.1952) < 0.006, "\(luminance)")
        }
    }

    @Test func clipsToWhiteAndBlack() {
        var exposure = Exposure()
        exposure.ev = 10
        #expect(Self.picture(exposure, luminance: 1e6, 16, 16).pixels.allSatisfy { $0 == RGB8(255, 255, 255) })
        let dark = Self.picture(exposure, luminance: 0, 64, 64).pixels
        #expect(dark.reduce(0) { $0 + Int($1.g) } / dark.count < 3)
    }

    /// EMVA 1288: SNR = mu_e / sqrt(mu_e + sd^2 + 1/(12 K^2) + (PRNU mu_e)^2), read back from the developed bytes.
    @Test(arguments: [(10.0, 0.0, 1.6790), (10, 0.01, 1.6787), (100, 0, 7.3427), (1000, 0, 24.358), (100, 0.01, 7.3230), (1000, 0.01, 23.666), (10000, 0.01, 61.216), (10000, 0, 77.416)])
    func signalToNoise(photons: Double, pattern: Double, expected: Double) {
        var exposure = Exposure()
        (exposure.quantumEfficiency, exposure.darkNoise, exposure.darkCurrent, exposure.nonUniformity) = (0.6, 2.5, 0, pattern)
        (exposure.bits, exposure.fullWell, exposure.ev) = (12, (4095 - 64) / 0.4, 10)   // K = 0.4 DN per electron
        let time = ShutterSetting(exposureValue: 10, exposure: exposure).exposureTime
        let perLuminance = Photometry.electrons(
            illuminance: Photometry.focalPlaneIlluminance(luminance: 1, fNumber: 2), time: time, pitch: 3e-6, quantumEfficiency: 0.6)
        let sensor = CameraSensor(exposure: exposure, camera: Self.camera(256, 256), random: CounterRandom(seed: 1, path: "p"))
        let luminance = Float(photons * 0.6 / perLuminance)
        let electrons = sensor.electrons(
            luminance: luminance, count: 256 * 256, setting: ShutterSetting(exposureValue: 10, exposure: exposure), random: CounterRandom(seed: 1, path: "n"))
        let mean = electrons.reduce(0, +) / Double(electrons.count)
        let variance = electrons.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(electrons.count)
        // Six electrons under 2.5 of read noise: their mean is known to 0.014.
        #expect(abs(mean - photons * 0.6) < 0.01 * photons * 0.6 + 0.03)
        #expect(abs(mean / variance.squareRoot() / expected - 1) < 0.015)   // three standard errors of 65,536 samples
    }

    /// A sky of 5000 cd/m2 at f/2 fills the well 60 times over in 30 ms.
    @Test func whatIsExposedTooLongClips() {
        var exposure = Exposure()
        (exposure.ev, exposure.shutter) = (12, 0.03)
        #expect(Self.picture(exposure, luminance: 5000, 64, 64).pixels.allSatisfy { min($0.r, $0.g, $0.b) == 255 })
        // A gain of 4e13 clips too.
        (exposure.ev, exposure.shutter) = (-20, 1e-7)
        #expect(Self.picture(exposure, luminance: 1e6, 64, 64).pixels.allSatisfy { min($0.r, $0.g, $0.b) == 255 })
    }

    /// What metering does where one of shutter and ISO is set: the other follows the light as far as it can.
    @Test func oneOfShutterAndISOIsMetered() {
        func meter(_ luminance: Float, _ change: (inout Exposure) -> Void) -> ShutterSetting {
            var exposure = Exposure()
            change(&exposure)
            let sensor = CameraSensor(exposure: exposure, camera: Self.camera(64, 64), random: CounterRandom(seed: 7, path: "front.pattern"))
            return sensor.meter(Self.uniform(64, 64, SIMD3(repeating: luminance)))
        }
        // A dark night: as long and as much as there is, no more.
        for (iso, interval, time) in [(100.0, 0.1, Photometry.nightExposure), (800, 0.1, Photometry.nightExposure), (100, 0.02, 0.02)] {
            let night = meter(0.1) { ($0.iso, $0.interval) = (iso, interval) }
            #expect(abs(night.exposureTime - time) < 1e-12 && abs(night.gain - iso / 100) < 1e-12, "\(night)")
        }
        let slow = meter(0.1) { $0.shutter = 0.008 }
        #expect(slow.exposureTime == 0.008 && abs(slow.gain - Photometry.largestGain) < 1e-9)
        // Dusk: grey at 8 ms asks for a gain between; a quarter of the light asks for four times as much.
        let (light, dim) = (meter(40) { $0.shutter = 0.008 }, meter(10) { $0.shutter = 0.008 })
        #expect(light.gain > 1 && abs(dim.gain / light.gain - 4) < 1e-6, "\(light) \(dim)")
        // Day: time follows the light at a set ISO.
        let (day, shade) = (meter(4000) { $0.iso = 400 }, meter(1000) { $0.iso = 400 })
        #expect(day.gain == 4 && abs(shade.exposureTime / day.exposureTime - 4) < 1e-6 && day.exposureTime < 1e-3)
    }

    @Test func noiseIsKeyedAndIndependentOfWorkers() {
        let one = Self.picture(Exposure(), luminance: 100, 100, 67)
        #expect(one.pixels == Self.picture(Exposure(), luminance: 100, 100, 67, workers: 3).pixels)
        #expect(one.pixels != Self.picture(Exposure(), luminance: 100, 100, 67, tick: 1).pixels)
    }

    @Test func rowsAndColoursHaveTheirOwnNoise() {
        let picture = Self.picture(Exposure(), luminance: 100, 64, 64)
        #expect((0..<63).allSatisfy { y in (0..<64).contains { x in picture[x, y] != picture[x, y + 1] } })
        #expect(picture.pixels.contains { $0.r != $0.g } && picture.pixels.contains { $0.g != $0.b })
    }

    @Test func whiteBalanceTurnsTheIlluminantGrey() {
        var exposure = Exposure()
        (exposure.ev, exposure.nonUniformity, exposure.darkNoise) = (10, 0, 0.1)
        let white = SIMD3<Float>(1.3, 1, 0.6)
        let sensor = CameraSensor(exposure: exposure, camera: Self.camera(64, 64), random: CounterRandom(seed: 1, path: "p"))
        var image = Self.uniform(64, 64, white * 80)
        let setting = sensor.meter(image)
        let pixels = sensor.develop(&image, setting: setting, white: white, random: CounterRandom(seed: 1, path: "n"), pool: Self.pool).pixels
        let sum = pixels.reduce(SIMD3<Int>.zero) { $0 &+ SIMD3(Int($1.r), Int($1.g), Int($1.b)) }
        let mean = SIMD3<Double>(sum) / Double(pixels.count)
        #expect(abs(mean.x - mean.y) < 1 && abs(mean.z - mean.y) < 1)
    }

    @Test func cornersKeepTheirBrightnessButNotTheirCalm() {
        var exposure = Exposure()
        (exposure.ev, exposure.nonUniformity) = (12, 0)
        let wide = PinholeCamera(width: 256, height: 256, tanHalfHorizontalFieldOfView: 1)
        let sensor = CameraSensor(exposure: exposure, camera: wide, random: CounterRandom(seed: 1, path: "p"))
        var image = Self.uniform(256, 256, SIMD3(repeating: 300))
        let setting = sensor.meter(image)
        let picture = sensor.develop(&image, setting: setting, random: CounterRandom(seed: 1, path: "n"), pool: Self.pool)
        let patch = { (x0: Int, y0: Int) -> (mean: Double, variance: Double) in
            let values = (0..<40).flatMap { y in (0..<40).map { x in TransferCurve.decode(Double(picture[x0 + x, y0 + y].g) / 255) } }
            let mean = values.reduce(0, +) / 1600
            return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1600)
        }
        let (middle, corner) = (patch(108, 108), patch(0, 0))
        #expect(abs(corner.mean / middle.mean - 1) < 0.02)
        #expect(corner.variance > 3 * middle.variance)   // cos^4 near the corner leaves under a quarter of the light
    }
}
