import Foundation
import SquallFrames
import SquallMath
import SquallRaster
import SquallScene
import SquallSensors
import Testing

/// Every effect of the camera against its law; switched off, it does nothing.
// One after the other: they share a pool, which serves one caller at a time.
@Suite(.serialized) struct CameraEffectsTests {
    static let pool = WorkerPool(workers: 2)

    static func image(_ width: Int, _ height: Int, _ value: (Int, Int) -> Float) -> RadianceImage {
        var image = RadianceImage(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                let light = value(x, y)
                (image.red[y * width + x], image.green[y * width + x], image.blue[y * width + x]) = (light, light, light)
            }
        }
        return image
    }

    @Test("A uniform motion of 9 px turns an edge into a ramp of 9 px") func blurIsABox() {
        // 15 m/s at 10 m through f = 1200 px for 5 ms.
        let length = Float(1200 * 15 * 0.005 / 10)
        #expect(abs(length - 9) < 1e-6)
        var picture = Self.image(200, 60) { x, _ in x < 100 ? 1 : 0 }
        MotionBlur.apply(to: &picture, motion: Image(width: 200, height: 60, filledWith: SIMD2(length, 0)), depth: Array(repeating: 10, count: 12_000), pool: Self.pool)
        for x in 80..<120 {
            let share = 0.5 - (Float(x) + 0.5 - 100) / length
            #expect(abs(picture.red[30 * 200 + x] - min(1, max(0, share))) < 0.06, "\(x): \(picture.red[30 * 200 + x])")
        }
        let row = (0..<200).reduce(Float(0)) { $0 + picture.red[30 * 200 + $1] }
        #expect(abs(row - 100) < 0.5)
    }

    @Test("What moves smears over what stands behind it, and not the other way round") func blurKnowsDepth() {
        let isBar = { (x: Int) in x >= 90 && x < 110 }
        var picture = Self.image(200, 40) { x, _ in isBar(x) ? 1 : 0.2 }
        var motion = Image<SIMD2<Float>>(width: 200, height: 40, filledWith: .zero)
        var depth = [Float](repeating: 50, count: 8000)
        for i in 0..<8000 where isBar(i % 200) { (motion.pixels[i], depth[i]) = (SIMD2(12, 0), 5) }
        MotionBlur.apply(to: &picture, motion: motion, depth: depth, pool: Self.pool)
        let row = (0..<200).map { picture.green[20 * 200 + $0] }
        #expect(row[80] == 0.2 && abs(row[100] - 1) < 1e-5)
        #expect(row[87] > 0.3 && row[87] < 0.6 && row[112] > 0.3 && row[112] < 0.6)
        // Light: what the bar loses inside it gains outside.
        let (total, before): (Float, Float) = (row.reduce(0, +), 20 + 180 * 0.2)
        #expect(abs(total - before) < 0.8, "\(total)")
        // Nothing moves: nothing changes.
        let picture0 = Self.image(64, 64) { x, y in Float(x * y) }
        var still = picture0
        MotionBlur.apply(to: &still, motion: Image(width: 64, height: 64, filledWith: .zero), depth: Array(repeating: 1, count: 4096), pool: Self.pool)
        #expect(still.red == picture0.red)
    }

    @Test("Glare keeps the light and falls as one over the square of the distance") func glareSpreads() {
        let side = 512
        var picture = Self.image(side, side) { x, y in x == 256 && y == 256 ? 1e6 : 0 }
        VeilingGlare.apply(to: &picture, share: 0.02, pool: Self.pool)
        let total = picture.red.reduce(0.0) { $0 + Double($1) }
        #expect(abs(total / 1e6 - 1) < 0.01, "\(total)")
        #expect(picture.red[256 * side + 256] > 0.98e6)
        func ring(_ radius: Int) -> Double {
            var sum = 0.0
            for k in 0..<64 {
                let turn = Double(k) * Double.pi / 32
                let x = 256 + Int((Double(radius) * cos(turn)).rounded()), y = 256 + Int((Double(radius) * sin(turn)).rounded())
                sum += Double(picture.red[y * side + x])
            }
            return sum / 64
        }
        for radius in [6, 12, 24, 48] {
            let slope = ring(radius) / ring(2 * radius)
            #expect(slope > 2.8 && slope < 5.7, "\(radius): \(slope)")
        }
        #expect(abs(ring(6) / ring(96) / 256 - 1) < 0.45, "\(ring(6) / ring(96))")
        var flat = Self.image(64, 48) { _, _ in 5 }
        VeilingGlare.apply(to: &flat, share: 0.03, pool: Self.pool)
        #expect(flat.red.allSatisfy { abs($0 - 5) < 1e-4 })
        var off = Self.image(64, 48) { x, _ in Float(x) }
        VeilingGlare.apply(to: &off, share: 0, pool: Self.pool)
        #expect(off.red == Self.image(64, 48) { x, _ in Float(x) }.red)
    }

    @Test("Ghosts lie on the line through the centre and have the share of light they should") func ghosts() {
        let (width, height) = (640, 360)
        let dark = Self.image(width, height) { _, _ in 1 }
        var picture = Self.image(width, height) { x, y in abs(x - 520) < 3 && abs(y - 90) < 3 ? 1e6 : 1 }
        let source = picture
        LensFlare.apply(to: &picture, strength: 5e-4, center: Vec2(320, 180), pool: Self.pool)
        let added = (0..<width * height).map { Double(picture.green[$0] - source.green[$0]) }
        let expected = LensFlare.ghosts.reduce(0.0) { $0 + Double($1.tint.y) } * 5e-4 * 25e6
        let total = added.reduce(0, +)
        #expect(abs(total / expected - 1) < 0.03, "\(total) of \(expected)")
        // The brightest: mirrored through the centre, at 0.42 of its distance.
        #expect(added[Int(180 + 0.42 * 90) * width + Int(320 - 0.42 * 200)] > 0)
        // No source: no ghosts; switched off: nothing.
        var plain = dark
        LensFlare.apply(to: &plain, strength: 5e-4, center: Vec2(320, 180), pool: Self.pool)
        #expect(plain.red == dark.red)
        var off = source
        LensFlare.apply(to: &off, strength: 0, center: Vec2(320, 180), pool: Self.pool)
        #expect(off.red == source.red)
    }

    @Test("A white under light of a temperature comes out grey when balanced for it") func whiteBalance() {
        // CIE daylight and a black body of 6500 K differ by less than a tenth; lamps are redder, shade is bluer.
        let day = WhiteBalance.color(kelvin: 6500), lamp = WhiteBalance.color(kelvin: 3000), shade = WhiteBalance.color(kelvin: 10_000)
        for c in 0..<3 { #expect(abs(day[c] - 1) < 0.06, "\(day)") }
        #expect(lamp.x > 1.5 * lamp.y && lamp.y > 1.8 * lamp.z, "\(lamp)")
        #expect(shade.z > 1.15 * shade.y && shade.y > 1.1 * shade.x, "\(shade)")
        for light in [day, lamp, shade] {
            let luminance: Float = 0.2126 * light.x + 0.7152 * light.y + 0.0722 * light.z
            #expect(abs(luminance - 1) < 0.01)
        }
        var exposure = Exposure()
        (exposure.ev, exposure.darkNoise, exposure.nonUniformity, exposure.darkCurrent) = (10, 0, 0, 0)
        exposure.fullWell = 1e6
        let camera = PinholeCamera(width: 64, height: 8, tanHalfHorizontalFieldOfView: 0.02)
        let sensor = CameraSensor(exposure: exposure, camera: camera, random: CounterRandom(seed: 1, path: "white"))
        var picture = RadianceImage(width: 64, height: 8)
        for i in 0..<512 { (picture.red[i], picture.green[i], picture.blue[i]) = (lamp.x * 20000, lamp.y * 20000, lamp.z * 20000) }
        let setting = sensor.meter(picture)
        let out = sensor.linear12(picture, setting: setting, white: lamp, random: CounterRandom(seed: 2, path: "shot"), pool: Self.pool)
        func mean(_ c: Int) -> Double { (0..<512).reduce(0.0) { $0 + Double(out[3 * $1 + c]) } / 512 }
        let (r, g, b) = (mean(0), mean(1), mean(2))
        #expect(g > 100 && g < 4000, "\(g)")
        #expect(abs(r / g - 1) < 0.03 && abs(b / g - 1) < 0.03, "\(r) \(g) \(b)")
    }

    @Test("A mosaic holds the counts of the picture it was taken from, above its black level") func bayer() {
        var exposure = Exposure()
        (exposure.ev, exposure.blackLevel) = (8, 128)
        let camera = PinholeCamera(width: 64, height: 32, tanHalfHorizontalFieldOfView: 0.02)
        let sensor = CameraSensor(exposure: exposure, camera: camera, random: CounterRandom(seed: 1, path: "mosaic"))
        var picture = RadianceImage(width: 64, height: 32)
        for i in 0..<2048 { (picture.red[i], picture.green[i], picture.blue[i]) = (60, 30, 10) }
        let setting = sensor.meter(picture)
        let counts = sensor.bayer(picture, setting: setting, random: CounterRandom(seed: 2, path: "shot"), pool: Self.pool)
        func mean(_ x: Int, _ y: Int) -> Double {
            var sum = 0.0
            for j in stride(from: y, to: 32, by: 2) { for i in stride(from: x, to: 64, by: 2) { sum += Double(counts[j * 64 + i]) - 128 } }
            return sum / 512
        }
        let red = mean(0, 0)
        #expect(red > 20, "\(red)")
        for (x, y, share) in [(1, 0, 0.5), (0, 1, 0.5), (1, 1, 1 / 6.0)] {
            let found = mean(x, y) / red
            #expect(abs(found - share) < 0.03, "\(x) \(y): \(found)")
        }
        let dark = sensor.bayer(RadianceImage(width: 64, height: 32), setting: setting, random: CounterRandom(seed: 3, path: "dark"), pool: Self.pool)
        let level = dark.reduce(0.0) { $0 + Double($1) } / 2048
        #expect(abs(level - 128) < 0.5, "\(level)")
    }

    @Test("Vignetting leaves cos^4 in the picture; without, the picture is flat") func vignetting() {
        var exposure = Exposure()
        (exposure.ev, exposure.darkNoise, exposure.nonUniformity, exposure.darkCurrent, exposure.fullWell) = (10, 0, 0, 0, 1e6)
        let camera = PinholeCamera(width: 400, height: 300, fx: 200, fy: 200, cx: 200, cy: 150)
        let picture = Self.image(400, 300) { _, _ in 60_000 }
        func corner(_ on: Bool) -> Double {
            let sensor = CameraSensor(exposure: exposure, camera: camera, vignetting: on, random: CounterRandom(seed: 1, path: "corner"))
            let out = sensor.linear12(picture, setting: sensor.meter(picture), random: CounterRandom(seed: 2, path: "shot"), pool: Self.pool)
            func mean(_ x0: Int, _ y0: Int) -> Double {
                var sum = 0.0
                for y in y0..<y0 + 10 { for x in x0..<x0 + 10 { sum += Double(out[3 * (y * 400 + x) + 1]) } }
                return sum / 100
            }
            return mean(0, 0) / mean(195, 145)
        }
        let tangent2 = (195.0 * 195 + 145 * 145) / (200 * 200)
        let law = 1 / ((1 + tangent2) * (1 + tangent2))
        let (dark, flat) = (corner(true), corner(false))
        #expect(abs(dark - law) < 0.01, "\(dark)")
        #expect(abs(flat - 1) < 0.02, "\(flat)")
    }

    @Test("A bright sky that turns from grey to coloured has no edge, dark corners or not", arguments: [false, true]) func noEdgeInTheSky(vignetting: Bool) {
        var exposure = Exposure()
        (exposure.ev, exposure.darkNoise, exposure.nonUniformity, exposure.darkCurrent, exposure.fullWell) = (10, 0, 0, 0, 1e5)
        let camera = PinholeCamera(width: 400, height: 40, fx: 200, fy: 200, cx: 200, cy: 20)
        let sensor = CameraSensor(exposure: exposure, camera: camera, vignetting: vignetting, random: CounterRandom(seed: 1, path: "corner"))
        // From grey to the saturation of a lamp, at twelve times what is white.
        var sky = Self.image(400, 40) { _, _ in 80_000 }
        for index in sky.blue.indices { sky.blue[index] *= 1 - 0.98 * Float(index % 400) / 400 }
        let setting = sensor.meter(sky)
        let picture = sensor.develop(&sky, setting: setting, random: CounterRandom(seed: 2, path: "shot"), effects: CameraEffects(), pool: Self.pool)
        for x in 1..<400 {
            let (a, b) = (picture[x - 1, 20], picture[x, 20])
            #expect(max(abs(Int(a.r) - Int(b.r)), abs(Int(a.b) - Int(b.b))) < 12, "\(x): \(a) \(b)")
        }
        #expect(picture[200, 20].r == 255 && picture[399, 20].b < 255)
    }

    @Test func exposureByHandAndBehindTheLight() {
        var exposure = Exposure()
        (exposure.shutter, exposure.iso) = (1e-3, 100)
        #expect(abs((exposure.manualValue ?? 0) - 11.966) < 5e-4)
        let set = ShutterSetting(exposureValue: exposure.manualValue ?? 0, exposure: exposure)
        #expect(abs(set.exposureTime - 1e-3) < 1e-15 && abs(set.gain - 1) < 1e-12)
        exposure.iso = 400
        #expect(abs(ShutterSetting(exposureValue: exposure.manualValue ?? 0, exposure: exposure).gain - 4) < 1e-12)
        (exposure.shutter, exposure.iso) = (1e-3, nil)
        #expect(exposure.manualValue == nil && exposure.manualTime == 1e-3)
        (exposure.shutter, exposure.iso) = (nil, 400)
        #expect(exposure.manualValue == nil && exposure.manualTime == nil)
        exposure.ev = 8
        #expect(abs((exposure.manualTime ?? 0) - 4.0 / 256 / 4) < 1e-15)
        // A step of three stops: the value follows as 1 - exp(-t / delay), one picture late.
        var state = ExposureAdaptation(delay: 0.5)
        #expect(state.next(wanted: 12, interval: 0.1) == 12 && state.next(wanted: 9, interval: 0.1) == 12)
        for k in 1...10 {
            let value = state.next(wanted: 9, interval: 0.1)
            #expect(abs(value - (9 + 3 * exp(-0.2 * Double(k)))) < 1e-9)
        }
        var prompt = ExposureAdaptation(delay: 0)
        #expect(prompt.next(wanted: 12, interval: 0.1) == 12 && prompt.next(wanted: 5, interval: 0.1) == 5)
    }

    @Test("A pan of 20 deg/s skews by 6.786 px over 1080 rows of 15 us") func rollingShutter() {
        let shutter = RollingShutter(lineTime: 15e-6, rows: 1080)
        #expect(abs(shutter.readout - 0.0162) < 1e-12 && abs(shutter.offset(row: 539) + shutter.offset(row: 540)) < 1e-15)
        #expect(abs(1200 * tan(20 * Double.pi / 180 * shutter.readout) - 6.786) < 5e-4)
        #expect(shutter.fraction(row: 0) > 0 && shutter.fraction(row: 1079) < 1)
    }
}
