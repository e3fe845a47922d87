import Foundation
import SquallFrames
import SquallMath
import SquallRaster
import SquallScene
import SquallSensors
import Testing

/// What a camera's processor does to a picture: noise of the dark, lights brighter than white.
// One after the other: they share a pool, which serves one caller at a time.
@Suite(.serialized) struct PictureProcessingTests {
    static let pool = WorkerPool(workers: 2)

    /// A picture of `light` by column, taken with `gain` at the longest exposure.
    static func picture(gain: Double, denoise: Bool, _ light: (Int) -> SIMD3<Float>) -> Image<RGB8> {
        let (width, height) = (100, 60)
        var image = RadianceImage(width: width, height: height)
        for i in 0..<width * height { (image.red[i], image.green[i], image.blue[i]) = { ($0.x, $0.y, $0.z) }(light(i % width)) }
        let camera = PinholeCamera(width: width, height: height, tanHalfHorizontalFieldOfView: 0.02)
        let sensor = CameraSensor(exposure: Exposure(), camera: camera, random: CounterRandom(seed: 1, path: "pattern"))
        let wanted = gain * (gain > Photometry.firstGain ? Photometry.nightExposure : Photometry.longestExposure)
        let setting = ShutterSetting(exposureValue: Photometry.exposureValue(fNumber: 2, time: wanted), exposure: Exposure())
        #expect(abs(setting.gain / gain - 1) < 1e-9)
        var effects = CameraEffects.none
        effects.denoise = denoise
        return sensor.develop(&image, setting: setting, random: CounterRandom(seed: 2, path: "noise"), effects: effects, pool: pool)
    }

    static func spread(_ picture: Image<RGB8>, _ columns: Range<Int>) -> (mean: Double, deviation: Double) {
        let values = (5..<55).flatMap { y in columns.map { TransferCurve.decode(Double(picture.pixels[y * 100 + $0].g) / 255) } }
        let mean = values.reduce(0, +) / Double(values.count)
        return (mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot())
    }

    @Test func noiseGoesAndEdgesStay() {
        let light = { (x: Int) in SIMD3<Float>(repeating: x < 50 ? 0.5 : 1.5) }
        let (plain, smooth) = (Self.picture(gain: 16, denoise: false, light), Self.picture(gain: 16, denoise: true, light))
        for columns in [5..<44, 56..<95] {
            let (a, b) = (Self.spread(plain, columns), Self.spread(smooth, columns))
            #expect(abs(b.mean / a.mean - 1) < 0.02, "\(a), \(b)")
            #expect(b.deviation < a.deviation / 3, "\(a), \(b)")
        }
        // Columns next to the edge are as they are far from it.
        #expect(Self.spread(smooth, 49..<50).mean < 1.1 * Self.spread(smooth, 5..<44).mean)
        #expect(Self.spread(smooth, 50..<51).mean > 0.95 * Self.spread(smooth, 56..<95).mean)
    }

    @Test func picturesOfTheDayAreNotSmoothed() {
        let light = { (x: Int) in SIMD3<Float>(repeating: 10 + Float(x)) }
        let (plain, smooth) = (Self.picture(gain: 1.5, denoise: false, light).pixels, Self.picture(gain: 1.5, denoise: true, light).pixels)
        #expect(zip(plain, smooth).allSatisfy { $0.r == $1.r && $0.g == $1.g && $0.b == $1.b })
    }

    @Test func colouredLightsKeepTheirHueAndGreysClip() {
        let red = Highlights.kept(SIMD3(500, 17, 8))
        #expect(red.x == 1 && red.y < 0.15 && red.z < 0.15, "\(red)")
        let amber = Highlights.kept(SIMD3(230, 75, 2))
        #expect(amber.x == 1 && abs(amber.y - 75 / 230) < 0.03 && amber.z < 0.05)
        // The brightest pale, but stay red.
        let brake = Highlights.kept(SIMD3(30_000, 1_000, 500))
        #expect(brake.x == 1 && brake.y > red.y && brake.y < 0.35)
        #expect(Highlights.kept(SIMD3(3, 2.5, 2.2)) == SIMD3(1, 1, 1))
        #expect(Highlights.kept(SIMD3(0.9, 0.2, 0.1)) == SIMD3(0.9, 0.2, 0.1))
        // The sun near the horizon is no lamp, and red paint in the sun keeps what shading it has.
        #expect(Highlights.kept(SIMD3(20_000, 13_000, 8_000)) == SIMD3(1, 1, 1))
        let (lit, shaded) = (Highlights.kept(SIMD3(1.8, 0.36, 0.30)), Highlights.kept(SIMD3(1.2, 0.24, 0.20)))
        #expect(lit == SIMD3(1, 0.36, 0.30) && shaded == SIMD3(1, 0.24, 0.20))
        // A white surface in a camera balanced for tungsten light: blue clips, the rest still tells bright from dark.
        #expect(Highlights.kept(SIMD3(0.5, 0.8, 2)) == SIMD3(0.5, 0.8, 1))
        // No step where a primary meets white.
        let (below, above) = (Highlights.kept(SIMD3(0.999, 0.1, 0.05)), Highlights.kept(SIMD3(1.001, 0.1, 0.05)))
        #expect((below - above).max() < 0.003 && (above - below).max() < 0.003)
    }
}
