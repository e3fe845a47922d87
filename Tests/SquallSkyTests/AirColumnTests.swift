import Foundation
import SquallMath
import SquallRaster
import SquallSky
import SquallWeather
import Testing

/// Air and sky eight directions at a time beside the same laws in double precision, one direction at a time.
@Suite struct AirColumnTests {
    private static func lanes(_ v: (Int) -> Double) -> SIMD8<Float> {
        var lanes = SIMD8<Float>(repeating: 0)
        for k in 0..<8 { lanes[k] = Float(v(k)) }
        return lanes
    }

    /// Fog that thins with height: the closed form is the sum over a thousand slices of the way.
    @Test(arguments: [(50.0, 20.0), (300, 5), (1000, 200)]) func opticalDepthIsTheSumOverTheWay(visibility: Double, height: Double) {
        let medium = Medium(fogExtinction: -log(0.05) / visibility, fogScaleHeight: height, fogBase: 0, rainExtinction: 1e-4, rainRate: 1, airExtinction: 2e-5)
        let eye = Vec3(3, 4, 1.5)
        let sky = Lighting(weather: WeatherState(), sun: SunPosition(elevation: 0.5, azimuth: 1)).sky
        let column = AirColumn(medium: medium, sky: sky, eye: eye, streaks: nil)
        func distance(_ k: Int) -> Double { 10 + 20 * Double(k) }
        func climb(_ k: Int) -> Double { Double(k) * 1.5 - 1.4 }
        let found = column.opticalDepth(distance: Self.lanes(distance), climb: Self.lanes(climb), depth: Self.lanes(distance))
        for k in 0..<8 {
            let slices = 1000
            var mean = 0.0
            for slice in 0..<slices {
                let z: Double = eye.z + climb(k) * (Double(slice) + 0.5) / Double(slices)
                mean += exp(-z / height) / Double(slices)
            }
            let expected = distance(k) * (medium.fogExtinction * mean + medium.airExtinction + medium.rainExtinction)
            #expect(abs(Double(found[k]) / expected - 1) < 1e-3, "\(distance(k)) m, \(climb(k)) m up: \(found[k]) for \(expected)")
        }
    }

    @Test func harmonicsAreThoseOfTheAmbientLight() {
        var weather = WeatherState()
        weather.cloudCover = 0.4
        let ambient = Lighting(weather: weather, sun: SunPosition(elevation: 0.4, azimuth: 2)).ambient
        let lanes = AmbientHarmonics(ambient)
        for turn in 0..<8 {
            let n = Vec3(cos(Double(turn)), sin(Double(turn)) * 0.7, 0.3 * Double(turn) - 1).normalized
            let (found, expected) = (lanes.illuminance(Vector8(repeating: SIMD3<Float>(n))), ambient.illuminance(normal: n))
            for (a, b) in [(found.r[0], expected.x), (found.g[0], expected.y), (found.b[0], expected.z)] { #expect(abs(Double(a) - max(0, b)) < 1e-3 * (1 + b)) }
        }
    }

    /// The drawn disc gives on a plane that faces it what the law of the sun's illuminance says.
    @Test func discHoldsTheSunsIlluminance() {
        let lighting = Lighting(weather: WeatherState(), sun: SunPosition(elevation: 0.6, azimuth: 0.8))
        let sun = SunLight(lighting)
        let d = lighting.sunDirection, side = cross(d, Vec3(0, 0, 1)).normalized, up = cross(side, d)
        let (pixel, half) = (0.0002, 40)
        var sum = 0.0
        for row in -half..<half {
            for column in stride(from: -half, to: half, by: 8) {
                var towards = Vector8(repeating: .zero)
                for k in 0..<8 {
                    let v = (d + side * (Double(column + k) + 0.5) * pixel + up * (Double(row) + 0.5) * pixel).normalized
                    (towards.x[k], towards.y[k], towards.z[k]) = (Float(v.x), Float(v.y), Float(v.z))
                }
                sum += Double(sun.disc(towards, pixelAngle: Float(pixel)).g.sum()) * pixel * pixel
            }
        }
        #expect(abs(sum / lighting.sunIlluminance.y - 1) < 0.01)
    }
}
