import Foundation
import SquallMath
import SquallWeather
import Testing

@Suite struct MediumTests {
    static let ranges: [Oracle] = [
        (0.0, 100.0, 282.84), (0.001, 91.28, 225.70), (0.00277, 80.10, 174.45), (0.005, 70.35, 140.27), (0.01, 56.71, 102.00), (0.02, 42.63, 69.89),
        (0.03, 35.00, 54.74), (0.06, 23.87, 34.88), (0.12, 15.52, 21.48),
    ].flatMap {
        [
            Oracle("dark \($0.0)", LidarRange.maximum(reflectance: 0.1, extinction: $0.0, referenceRange: 100), $0.1, digits: 2),
            Oracle("bright \($0.0)", LidarRange.maximum(reflectance: 0.8, extinction: $0.0, referenceRange: 100), $0.2, digits: 2),
        ]
    }
    @Test(arguments: ranges) func lidarRange(_ oracle: Oracle) { oracle.check() }

    static let backscatter: [Oracle] = [(0.01, 1.5355e-4, 8), (0.03, 4.6066e-4, 8), (0.06, 9.2131e-4, 8), (0.12, 1.8426e-3, 7)].map {
        Oracle("beta \($0.0)", LidarBackscatter.published.coefficient(extinction: $0.0), $0.1, digits: $0.2)
    }
    @Test(arguments: backscatter) func hahner(_ oracle: Oracle) { oracle.check() }

    /// Mie lidar ratios of 17-20 sr put beta MOR between 0.15 and 0.18, some four times what augmentations use.
    @Test func mieIsFourTimesThePublished() {
        let ratio = LidarBackscatter.mie.coefficient(extinction: 0.03) / LidarBackscatter.published.coefficient(extinction: 0.03)
        #expect((3.2...3.9).contains(ratio))
    }

    @Test func oneStateDecidesTheMedium() {
        var weather = WeatherState()
        (weather.fogVisibility, weather.rainRate, weather.turbidity) = (100, 25, 2)
        let medium = weather.medium
        #expect(abs(medium.fogExtinction - 0.0299573) < 1e-6)
        #expect(abs(medium.rainExtinction - 0.002771) < 5e-7)
        let a = Vec3(0, 0, 1.5), b = Vec3(30, 40, 1.5)
        let total = medium.fogExtinction + medium.rainExtinction + medium.airExtinction
        #expect(abs(medium.opticalDepth(from: a, to: b) - 50 * total) < 1e-12)
        #expect(abs(medium.transmittance(from: a, to: b) - exp(-50 * total)) < 1e-12)
        #expect(abs(medium.visibility(atHeight: 0) - Visibility.opticalDepthAtMOR / total) < 1e-9)
        let infrared = medium.fogExtinction + medium.rainExtinction + medium.airExtinction * pow(905.0 / 550, -1.3)
        #expect(abs(medium.extinctionLidar() - infrared) < 1e-12)
    }

    @Test func clearAirHasTheVisualRangesOfItsTurbidity() {
        for (turbidity, range) in [(2.0, 45e3), (3, 24e3), (6, 10e3), (10, 5.7e3)] {
            #expect(abs(3.912 / Medium.airExtinction(turbidity: turbidity) / range - 1) < 0.05)
        }
        #expect(WeatherState().medium.fogExtinction == 0)
    }

    @Test func heightFogIsTheLineIntegral() {
        var weather = WeatherState()
        (weather.fogVisibility, weather.fogScaleHeight) = (80, 12)
        let medium = weather.medium(fogBase: 3), a = Vec3(0, 0, 4), b = Vec3(60, 0, 25)
        let steps = 20_000
        var sum = 0.0
        for i in 0..<steps { sum += medium.extinctionVisible(atHeight: lerp(a, b, (Double(i) + 0.5) / Double(steps)).z) }
        #expect(abs(medium.opticalDepth(from: a, to: b) - sum * (b - a).length / Double(steps)) < 1e-7)
        #expect(abs(medium.opticalDepth(from: a, to: b) - medium.opticalDepth(from: b, to: a)) < 1e-12)
    }

    /// Fog is flat from green to 905 nm, haze is not.
    @Test func hazeIsThinnerInTheInfrared() {
        var weather = WeatherState()
        weather.fogVisibility = 100
        #expect(weather.medium.fogSpectralFactor(wavelength: 905e-9) == 1)
        weather.fogVisibility = 4000
        #expect(weather.medium.fogSpectralFactor(wavelength: 905e-9) < 0.7)
    }

    @Test func summaryTellsWhatTheSensorsSaw() {
        var weather = WeatherState()
        (weather.rainRate, weather.fogVisibility) = (80, 300)
        let sun = SunPosition(elevation: 0.6, azimuth: 3)
        let summary = WeatherSummary(weather: weather, sun: sun, lighting: Lighting(weather: weather, sun: sun))
        #expect((150...250).contains(summary.visibility))
        #expect((1.5...2).contains(summary.filmDepth))
        #expect(summary.friction < 0.82 && summary.friction > 0.3)
        #expect(summary.cloudCover > 0.99)
        #expect(abs(summary.sunElevation * 180 / .pi - 34.377) < 1e-3)
    }
}
