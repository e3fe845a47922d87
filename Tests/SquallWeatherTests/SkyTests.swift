import Foundation
import SquallMath
import SquallWeather
import Testing

private let degree = Double.pi / 180

@Suite struct SkyTests {
    static func preetham(_ turbidity: Double, view: Double, azimuth: Double) -> (luminance: Double, x: Double, y: Double) {
        let sun = 45 * degree, zenith = view * degree
        return PreethamSky(sunZenith: sun, turbidity: turbidity).value(
            cosZenith: cos(zenith), gamma: CIESky.angle(zenith: zenith, otherZenith: sun, azimuthDifference: azimuth * degree))
    }
    static let preethamOracles: [Oracle] = [
        (2.5, 0.0, 0.0, 5.91611, 0.24328, 0.24758), (2.5, 60, 180, 5.41901, 0.23842, 0.25087), (2.5, 80, 0, 18.88222, 0.29653, 0.30571),
        (6, 60, 180, 8.44949, 0.27232, 0.29845),
    ].flatMap { row in
        let v = preetham(row.0, view: row.1, azimuth: row.2)
        return [
            Oracle("Y \(row.0) \(row.1)", v.luminance, row.3, digits: 5), Oracle("x \(row.0) \(row.1)", v.x, row.4, within: 1e-4),
            Oracle("y \(row.0) \(row.1)", v.y, row.5, within: 1e-4),
        ]
    }
    @Test(arguments: preethamOracles) func preetham(_ oracle: Oracle) { oracle.check() }

    static let cieOracles: [Oracle] = [(0.0, 0.33333), (15, 0.50588), (30, 0.66667), (60, 0.91068)].map {
        Oracle("overcast \($0.0)", CIESky.overcast(sinElevation: sin($0.0 * degree)), $0.1, digits: 5)
    } + [(30.0, 0.0, 3.18951), (60, 0, 4.88053), (60, 180, 0.81317), (85, 180, 1.89157)].map {
        let gamma = CIESky.angle(zenith: $0.0 * degree, otherZenith: 45 * degree, azimuthDifference: $0.1 * degree)
        return Oracle("clear \($0)", CIESky.clear(zenith: $0.0 * degree, gamma: gamma, sunZenith: 45 * degree), $0.2, digits: 5)
    } + [Oracle("overcast zenith", CIESky.overcastZenith(illuminance: 10_000), 4092.6, digits: 1)]
    @Test(arguments: cieOracles) func cie(_ oracle: Oracle) { oracle.check() }

    static func weather(cover: Double = 0, rain: Double = 0, fog: Double = .infinity, turbidity: Double = 3) -> WeatherState {
        var w = WeatherState()
        (w.cloudCover, w.rainRate, w.fogVisibility, w.turbidity) = (cover, rain, fog, turbidity)
        return w
    }
    static func sun(_ elevation: Double) -> SunPosition { SunPosition(elevation: elevation * degree, azimuth: 2) }
    static let skies: [(WeatherState, Double)] = [
        (weather(), 58), (weather(), 10), (weather(turbidity: 6), 30), (weather(cover: 0.5), 40), (weather(cover: 1), 40), (weather(rain: 50), 40),
        (weather(fog: 80), 40), (weather(), 0), (weather(), -4), (weather(cover: 1), -10), (weather(), 89.9), (weather(turbidity: 2), -40),
    ]

    /// A finer grid than the model's own must find the same illuminance.
    @Test(arguments: 0..<skies.count) func horizontalIntegralIsTheDiffuseIlluminance(_ index: Int) {
        let light = Lighting(weather: Self.skies[index].0, sun: Self.sun(Self.skies[index].1))
        var integral = 0.0
        let rings = 100, sectors = 120
        for i in 0..<rings {
            let e = (Double(i) + 0.5) * .pi / 2 / Double(rings)
            for j in 0..<sectors {
                let a = Double(j) * 2 * .pi / Double(sectors)
                let d = Vec3(cos(e) * cos(a), cos(e) * sin(a), sin(e))
                integral += LightColour.luminance(light.sky.luminance(towards: d)) * sin(e) * cos(e)
            }
        }
        integral *= .pi / 2 / Double(rings) * 2 * .pi / Double(sectors)
        #expect(abs(integral / light.sky.diffuseIlluminance - 1) < 0.02, "\(integral) of \(light.sky.diffuseIlluminance)")
        let up = LightColour.luminance(light.ambient.illuminance(normal: Vec3(0, 0, 1)))
        #expect(abs(up / light.sky.diffuseIlluminance - 1) < 0.05, "sh \(up) of \(light.sky.diffuseIlluminance)")
    }

    /// All over the upper hemisphere, closest at the horizon.
    static let directions = (0..<32).flatMap { row in
        (0..<64).map { column in
            let elevation = Double(row * row) / (31 * 31) * .pi / 2, azimuth = 2 * .pi * Double(column) / 64
            return Vec3(cos(elevation) * cos(azimuth), cos(elevation) * sin(azimuth), sin(elevation))
        }
    }

    @Test(arguments: 0..<skies.count) func everythingIsFiniteAndPositive(_ index: Int) {
        let light = Lighting(weather: Self.skies[index].0, sun: Self.sun(Self.skies[index].1))
        let sky = Self.directions.map { light.sky.luminance(towards: $0) }
        #expect(sky.allSatisfy { $0.x.isFinite && $0.x >= 0 && $0.y > 0 && $0.z.isFinite && $0.z >= 0 })
        #expect(light.ambient.coefficients.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.z.isFinite })
        #expect(light.horizontalIlluminance > 0 && light.horizontalIlluminance < 140_000)
        #expect(light.horizonLuminance.min() > 0)
        #expect(light.sunIlluminance.min() >= 0)
        let direct = LightColour.luminance(light.sunIlluminance) * max(0, sin(SunPosition(elevation: Self.skies[index].1 * degree, azimuth: 2).apparentElevation))
        #expect(abs(direct + light.sky.diffuseIlluminance - light.horizontalIlluminance) < 1e-6 * light.horizontalIlluminance + 1e-9)
    }

    /// The levels a photographer's table gives.
    @Test func levelsArePlausible() {
        let lux = { (w: WeatherState, e: Double) in Lighting(weather: w, sun: Self.sun(e)).horizontalIlluminance }
        #expect((80_000...120_000).contains(lux(Self.weather(), 60)))
        #expect((10_000...30_000).contains(lux(Self.weather(cover: 1), 50)))
        #expect((1_000...12_000).contains(lux(Self.weather(rain: 60), 40)))
        #expect((200...1_000).contains(lux(Self.weather(), 0)))
        #expect((1...10).contains(lux(Self.weather(), -6)))
        #expect(LightColour.luminance(Lighting(weather: Self.weather(fog: 50), sun: Self.sun(40)).sunIlluminance) < 50)
    }

    @Test func lightFallsWithCloudRainFogAndTheSun() {
        let lux = { (w: WeatherState, e: Double) in Lighting(weather: w, sun: Self.sun(e)).horizontalIlluminance }
        let series: [[Double]] = [
            stride(from: 0.0, through: 1, by: 0.1).map { lux(Self.weather(cover: $0), 40) },
            [0.0, 0.1, 0.5, 2, 10, 50, 120].map { lux(Self.weather(rain: $0), 40) },
            [10_000.0, 2000, 500, 100, 40].map { lux(Self.weather(fog: $0), 40) },
            stride(from: 80.0, through: -20, by: -0.5).map { lux(Self.weather(), $0) },
        ]
        for values in series { for (a, b) in zip(values, values.dropFirst()) { #expect(a >= b, "\(a) then \(b)") } }
    }

    @Test func clearSkyIsBlueAndLowSunIsRed() {
        let light = Lighting(weather: Self.weather(), sun: Self.sun(50))
        let zenith = light.sky.luminance(towards: Vec3(0, 0, 1))
        #expect(zenith.z > 1.5 * zenith.x)
        #expect(light.horizonLuminance.y > 0.97 * min(light.horizonLuminance.x, light.horizonLuminance.z), "a day's horizon is not magenta")
        let overcast = Lighting(weather: Self.weather(cover: 1), sun: Self.sun(50)).sky.luminance(towards: Vec3(0, 0, 1))
        #expect(overcast.z < 1.2 * overcast.x)
        let high = Lighting(weather: Self.weather(), sun: Self.sun(50)).sunIlluminance, low = Lighting(weather: Self.weather(), sun: Self.sun(3)).sunIlluminance
        #expect(low.x / low.z > 3 * high.x / high.z)
    }

    @Test func harmonicsKnowUpFromDownAndSunnySide() {
        let light = Lighting(weather: Self.weather(), sun: SunPosition(elevation: 20 * degree, azimuth: .pi / 2), groundAlbedo: 0.15)
        let e = { (n: Vec3) in LightColour.luminance(light.ambient.illuminance(normal: n)) }
        #expect(e(Vec3(0, 0, 1)) > e(Vec3(0, 0, -1)))
        #expect(e(Vec3(1, 0, 0)) > e(Vec3(-1, 0, 0)))
        let ground = light.horizontalIlluminance * 0.15
        #expect(abs(e(Vec3(0, 0, -1)) / ground - 1) < 0.35)
    }
}

@Suite struct SkyCostTests {
    /// A frame asks for its light once: it must cost little beside the picture.
    @Test func lightingIsCheap() {
        let clock = ContinuousClock()
        var fastest = Duration.seconds(9)
        for i in 0..<20 {
            let begin = clock.now
            let light = Lighting(weather: SkyTests.weather(cover: 0.3), sun: SkyTests.sun(30 + Double(i)))
            #expect(SkyTests.directions.map { light.sky.luminance(towards: $0).y }.min() ?? 0 > 0)
            fastest = min(fastest, clock.now - begin)
        }
        #expect(fastest < .milliseconds(5))
    }
}
