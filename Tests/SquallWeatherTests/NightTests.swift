import Foundation
import SquallMath
import SquallWeather
import Testing

private let degree = Double.pi / 180

@Suite struct MoonTests {
    /// Meeus, Astronomical Algorithms, example 47.a: 1992 April 12, 0 h.
    @Test func almanacAgreesWithMeeus() {
        let moon = MoonPosition.ecliptic(julianDate: 2_448_724.5)
        let longitude = (moon.longitude / degree).truncatingRemainder(dividingBy: 360)
        #expect(abs((longitude < 0 ? longitude + 360 : longitude) - 133.162655) < 0.3)
        #expect(abs(moon.latitude / degree + 3.229126) < 0.2)
        #expect(abs(moon.parallax / degree - 0.991990) < 0.01)
    }

    /// The total eclipse of 2026-08-12 over Burgos at 18:29 UTC: the moon stands before the sun, seen from there.
    @Test func theMoonMeetsTheSunInAnEclipse() {
        let date = JulianDate.of(year: 2026, month: 8, day: 12, seconds: 18 * 3600 + 29 * 60)
        let (latitude, longitude) = (42.34 * degree, -3.70 * degree)
        let moon = MoonPosition(julianDate: date, latitude: latitude, longitude: longitude)
        let sun = SunPosition(julianDate: date, latitude: latitude, longitude: longitude)
        #expect(acos(min(1, dot(moon.direction, sun.direction))) < 0.4 * degree)
        #expect(moon.phase > 178 * degree)
    }

    @Test func theFullMoonOfMay2026() {
        let date = JulianDate.of(year: 2026, month: 5, day: 1, seconds: 17 * 3600 + 23 * 60)
        #expect(MoonPosition(julianDate: date, latitude: 0, longitude: 0).phase < 6 * degree)
    }

    @Test func moonlightIsThatOfTheTables() {
        let lux = { (elevation: Double, phase: Double) in MoonPosition(elevation: elevation * degree, azimuth: 0, phase: phase * degree).illuminance }
        #expect((0.2...0.3).contains(lux(60, 0)))
        #expect((0.05...0.25).contains(lux(15, 0)))
        #expect((0.07...0.12).contains(lux(60, 90) / lux(60, 0)))
        #expect(lux(-1, 0) == 0)
    }
}

@Suite struct NightLightTests {
    static func night(moon elevation: Double, phase: Double = 0) -> NightSky {
        var sky = NightSky(julianDate: 2_461_000.5, latitude: 0.9, longitude: 0.2)
        sky.moon = MoonPosition(elevation: elevation * degree, azimuth: 4, phase: phase * degree)
        return sky
    }
    static func light(_ sun: Double, _ night: NightSky? = nil, cover: Double = 0) -> Lighting {
        Lighting(weather: SkyTests.weather(cover: cover), sun: SkyTests.sun(sun), night: night)
    }

    /// Physics reference: sunset 400 lx, end of civil twilight 3.4, of nautical 0.008, full moon 0.05 to 0.3; noon about 1e5.
    @Test func illuminanceAtKnownElevations() {
        #expect((90_000...120_000).contains(Self.light(60).horizontalIlluminance))
        #expect((350...900).contains(Self.light(0).horizontalIlluminance))
        #expect(abs(Self.light(-6).horizontalIlluminance - 3.4) < 0.01)
        #expect(abs(Self.light(-12).horizontalIlluminance - 0.008) < 1e-4)
        #expect(abs(Self.light(-30).horizontalIlluminance - 0.0006) < 1e-6)
        #expect((0.05...0.3).contains(Self.light(-30, Self.night(moon: 50)).horizontalIlluminance))
    }

    @Test func theMoonCastsTheShadowsOfTheNight() {
        let night = Self.night(moon: 50)
        let light = Self.light(-12, night)
        #expect(light.sunDirection == night.moon.direction && light.moonPhase == 0 && light.stars != nil)
        #expect(LightColour.luminance(light.sunIlluminance) > 0.15)
        let dusk = Self.light(3, night)
        #expect(dusk.moonPhase == nil && dusk.stars == nil && dusk.sunDirection == SkyTests.sun(3).apparentDirection)
        // Refraction lifts the low sun: 0.23 degrees at three (Saemundsson 1986).
        #expect(abs(asin(dusk.sunDirection.z) * 180 / .pi - 3.23) < 0.02)
        #expect(Self.light(-30, Self.night(moon: 50), cover: 1).sunIlluminance == .zero)
        #expect(Self.light(-30, Self.night(moon: -5)).horizontalIlluminance < 0.001)
    }

    /// Towards a low or set sun the horizon is warm, overhead and opposite the sky is blue: nowhere cream.
    @Test(arguments: [6.0, 3, 0, -4]) func lowSunSkiesAreWarmAndBlue(elevation: Double) {
        let light = Self.light(elevation), azimuth = 2.0
        let towards = light.sky.luminance(towards: Vec3(sin(azimuth), cos(azimuth), 0.03).normalized), zenith = light.sky.luminance(towards: Vec3(0, 0, 1))
        #expect(towards.x > 1.2 * towards.z, "\(towards)")
        #expect(zenith.z > 1.3 * zenith.x, "\(zenith)")
        #expect(LightColour.luminance(towards) > 3 * LightColour.luminance(zenith), "\(LightColour.luminance(towards) / LightColour.luminance(zenith))")
    }

    /// The blend from the standard skies to scattered light shows no step while the sun goes down.
    @Test func skiesChangeSmoothlyWithTheSun() {
        let directions = [Vec3(0, 0, 1), Vec3(0.9, 0.1, 0.3).normalized, Vec3(-0.5, -0.8, 0.1).normalized]
        for d in directions {
            var last: Double?
            for step in 0...120 {
                let light = Self.light(20 - Double(step) * 0.25)
                let share = LightColour.luminance(light.sky.luminance(towards: d)) / light.sky.diffuseIlluminance
                if let last {
                    #expect(abs(share / last - 1) < 0.08, "\(share / last) towards \(d) at \(20 - Double(step) * 0.25)")
                }
                last = share
            }
        }
    }

    /// Gaps and clouds together are the mean sky.
    @Test func partsOfTheSkyAddUp() {
        let sky = Self.light(40, cover: 0.4).sky, d = Vec3(0.3, -0.5, 0.6).normalized
        let sum = sky.clearLuminance(towards: d) + sky.overcastZenith * CIESky.overcast(sinElevation: d.z) + sky.uniform
        #expect((sum - sky.luminance(towards: d)).length < 1e-9 * sum.length)
    }
}

@Suite struct StarTests {
    @Test func countsFollowTheMagnitudes() {
        let stars = Stars().stars
        #expect((4_000...6_000).contains(stars.count))
        let brighter = { (m: Double) in stars.filter { LightColour.luminance($0.illuminance) > 2.54e-6 * pow(10, -0.4 * m) }.count }
        for m in [2.0, 3, 4, 5] { #expect(abs(Double(brighter(m)) - Stars.count(brighterThan: m)) <= 1) }
        // Sirius is magnitude -1.5; nothing may outshine it by more than a magnitude.
        #expect(brighter(-2.5) == 0)
        var mean = Vec3.zero
        for star in stars { mean += star.direction / Double(stars.count) }
        #expect(mean.length < 0.05)
    }

    /// The celestial pole stands as high as the latitude, in the north; the sun's own formulas agree on where its place in the sky is.
    @Test func thePoleStandsAtTheLatitude() {
        let sphere = CelestialSphere(julianDate: 2_461_123.3, latitude: 0.9, longitude: 0.4)
        let pole = sphere.horizontal(Vec3(0, 0, 1))
        #expect(abs(asin(pole.z) - 0.9) < 1e-12 && abs(pole.x) < 1e-12 && pole.y > 0)
        let equator = sphere.horizontal(Vec3(cos(sphere.siderealAngle), sin(sphere.siderealAngle), 0))
        #expect(abs(equator.z - cos(0.9)) < 1e-12 && equator.y < 0)
    }
}
