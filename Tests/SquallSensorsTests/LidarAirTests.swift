import Foundation
import SquallFrames
import SquallMath
import SquallSensors
import SquallWeather
import Testing

/// Everything in the air attenuates every echo: fog the drops', rain the fog's. Beer and Lambert, both ways.
@Suite struct LidarAirTests {
    private func weather(mor: Double, rain: Double) -> WeatherState {
        var weather = WeatherState()
        (weather.fogVisibility, weather.rainRate) = (mor, rain)
        return weather
    }

    private func air(mor: Double = .infinity, rain: Double = 0) -> LidarAir { LidarAir(weather(mor: mor, rain: rain).medium, wavelength: 905e-9, height: 1.8) }

    @Test("extinctions add: MOR 250 m, 25 mm/h and clean air") func sum() {
        let medium = weather(mor: 250, rain: 25).medium
        let fog = Visibility.extinction(mor: 250) * medium.fogSpectralFactor(wavelength: 905e-9)
        let both = air(mor: 250, rain: 25)
        let clean = air()
        #expect(clean.fog == 0 && clean.fogReturn == nil && clean.near > 0)
        #expect(abs(both.fog - fog) < 1e-12 && abs(both.near - (fog + Rain.extinction(rate: 25) + clean.near)) < 1e-12)
        #expect(abs(both.opticalDepth(from: Vec3(0, 0, 1.8), climb: 0, distance: 40) - 40 * both.near) < 1e-12)
        #expect(fog > 0.01 && Rain.extinction(rate: 25) > 0.001)
    }

    @Test("a drop's echo loses exp(-2 alpha r) to fog and rain together") func drops() {
        let beam = LidarBeam(aperture: 0.01, divergence: 3e-3)
        let rain = RainReturn(rate: 25, beam: beam, floor: 1e-8, nearest: 0.9)
        let both = air(mor: 250, rain: 25)
        var random = CounterRandom(seed: 1, sample: 0, path: "drops")
        var farthest = 0.0
        for _ in 0..<300 {
            var again = random
            let drop = rain.drop(&random, extinction: both.near)
            let bare = rain.drop(&again, extinction: 0)
            #expect(drop.range == bare.range && abs(drop.strength / bare.strength / exp(-2 * both.near * drop.range) - 1) < 1e-12)
            farthest = max(farthest, drop.range)
        }
        // Fog of MOR 250 m alone takes a third from the farther ones: the term is no trifle.
        #expect(exp(-2 * both.fog * farthest) < 0.75)
    }

    @Test("rain dims the fog's echo and adds nothing to it: the integral over the pulse, term by term") func fogInRain() throws {
        let both = try #require(air(mor: 250, rain: 25).fogReturn), alone = try #require(air(mor: 250).fogReturn)
        let near = air(mor: 250, rain: 25).near
        #expect(both.extinction == alone.extinction && abs(both.attenuation - near) < 1e-15 && both.strength(backscatter: .mie) < alone.strength(backscatter: .mie))
        // The pulse at its peak, summed plainly: sin^2 of the place in the pulse, the lens opening from 0.9 to 1 m, Beer-Lambert both ways.
        let (length, steps) = (FogReturn.speedOfLight * FogReturn.pulseWidth, 400_000)
        var sum = 0.0
        for k in 0..<steps {
            let r = both.peakRange - (Double(k) + 0.5) / Double(steps) * length
            guard r > 0.9 else { continue }
            let wave = sin(.pi * (both.peakRange - r) / length)
            sum += wave * wave * exp(-2 * near * r) / (r * r) * min(1, (r - 0.9) * 10) * length / Double(steps)
        }
        #expect(abs(both.peakIntegral / (sum * 2 / FogReturn.speedOfLight) - 1) < 1e-4)
    }

    @Test("far drops vanish behind fog, though a sensor of two returns reports the farthest echo") func farDrops() {
        let model = TestLidar.model(rings: 32, steps: 1024, reference: 200, returns: 2)
        let counts = [Double.infinity, 30].map { mor in
            let request = TestLidar.request(model, [LidarRequest.Knot(carrier: .identity, instances: [])], medium: weather(mor: mor, rain: 80).medium)
            return TestLidar.sensor.capture(request).points.count { $0.cause == ReturnCause.rain.rawValue && $0.range > 8 }
        }
        // At 8 m and more fog of MOR 30 m leaves a fifth of the light or less.
        #expect(counts[0] > 50 && counts[1] < counts[0] / 3, "\(counts)")
    }
}
