import Foundation
import SquallAssets
import SquallFrames
import SquallMath
import SquallSensors
import SquallWeather
import SquallWorld
import Testing

/// Published numbers: fog of Hahner et al. 2021, rain of LISA 2021, the range equation. Tolerance: the last printed digit.
@Suite struct LidarModelTests {
    @Test(arguments: [
        (0.01, 4.6993, 1.7014, 4.49279e-9, 150.6, 0.05), (0.03, 4.6750, 1.6771, 4.20648e-9, 62.38, 0.005),
        (0.06, 4.6414, 1.6434, 3.81690e-9, 35.58, 0.005), (0.12, 4.5827, 1.5848, 3.15867e-9, 20.35, 0.005),
    ])
    func fogPeak(alpha: Double, peak: Double, shifted: Double, integral: Double, equal: Double, tolerance: Double) {
        let fog = FogReturn(extinction: alpha)
        #expect(abs(fog.peakRange - peak) <= 0.5e-4)
        #expect(abs(fog.reportedRange - shifted) <= 1e-4)
        #expect(abs(fog.peakIntegral - integral) <= 0.5e-14)
        #expect(abs(fog.equalRange - equal) <= tolerance)
    }

    @Test func fogBackscatterAsPublished() {
        for (alpha, beta, tolerance) in [(0.01, 1.5355e-4, 1e-8), (0.03, 4.6066e-4, 1e-8), (0.06, 9.2131e-4, 1e-8), (0.12, 1.8426e-3, 1e-7)] {
            #expect(abs(LidarBackscatter.published.coefficient(extinction: alpha) - beta) < tolerance)
        }
        // The published reference equals a target of reflectance 150 in a consistent equation.
        #expect(abs(LidarRange.hahnerReference / FogReturn.consistentReference - 150) < 0.2)
    }

    @Test func fogRangesFollowTheEcho() {
        let fog = FogReturn(extinction: 0.06)
        let ranges = (0..<2000).map { fog.range(quantile: (Double($0) + 0.5) / 2000) }
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0 <= $1 })
        // The commonest range is the peak of the echo.
        let near = ranges.filter { abs($0 - fog.reportedRange) < 0.25 }.count
        let far = ranges.filter { abs($0 - fog.reportedRange - 2) < 0.25 }.count
        #expect(near > 2 * far)
        #expect(ranges[0] > 0.8 && ranges[1999] < 17)
    }

    @Test func reachThroughAir() {
        let extinctions = [0, 0.001, 0.005, 0.01, 0.02, 0.03, 0.06, 0.12]
        let dark = [100, 91.28, 70.35, 56.71, 42.63, 35.00, 23.87, 15.52]
        let bright = [282.84, 225.70, 140.27, 102.00, 69.89, 54.74, 34.88, 21.48]
        for (index, b) in extinctions.enumerated() {
            for (rho, reach) in [(0.1, dark[index]), (0.8, bright[index])] {
                #expect(abs(LidarRange.maximum(reflectance: rho, extinction: b, referenceRange: 100) - reach) <= 0.00501)
                // The sensor's own signal is 1 there.
                let model = TestLidar.model(reference: 100)
                let range = LidarRange.maximum(reflectance: rho, extinction: b, referenceRange: 100)
                let strength = LidarDetection.strength(echo: rho, opticalDepth: b * range, range: range)
                #expect(abs(LidarDetection(model).signal(strength: strength) - 1) < 1e-9)
            }
        }
    }

    @Test func rainOfLISA() {
        let b = Rain.extinction(rate: 10)
        let strength = LISA.surfaceStrength(reflectance: 0.5, range: 50, extinction: b)
        let signal = LISA.signal(reflectance: 0.5, range: 50, extinction: b)
        #expect(abs(strength - 1.7119e-4) <= 0.5e-8)
        #expect(abs(signal - 7.608) <= 0.0005)
        #expect(abs(LISA.rangeNoise(signal: signal) - 0.0231) <= 0.5e-4)
        #expect(abs(0.5 * exp(-2 * b * 50) - 0.42797) <= 0.5e-5)
        let count = { (range: Double, rate: Double) in LISA.dropCount(range: range, diameter: LISA.beamDiameter(range: range), rate: rate) }
        #expect(abs(count(50, 10) - 821) <= 0.5)
        #expect(abs(count(100, 25) - 8143) <= 0.5)
        let heavy = LISA.signal(reflectance: 0.5, range: 100, extinction: Rain.extinction(rate: 25))
        #expect(abs(heavy - 1.277) <= 0.0005)
        #expect(abs(LISA.rangeNoise(signal: heavy) - 0.0563) <= 0.5e-4)
        #expect(abs(LidarRange.dropReflectance() - 0.01985) <= 0.5e-5)
        #expect(abs(LidarRange.dropReflectance(index: 1.3031) - 0.01732) <= 0.5e-5)
    }

    /// The thinned process must be the paper's: drops drawn one by one from the whole cone, the faint ones thrown away.
    @Test func thinnedRainIsTheWholeConesRain() {
        let beam = LidarBeam(aperture: 0, divergence: 2 * atan(tan(3e-3) / 2))
        let (rate, floor, nearest, reach) = (50.0, 3e-5, 0.5, 12.0)
        let rain = RainReturn(rate: rate, beam: beam, floor: floor, nearest: nearest)
        var random = CounterRandom(seed: 1, path: "cone")
        let mean = LISA.dropCount(range: reach, diameter: beam.diameter(at: reach), rate: rate)
        let draws = 200_000
        var (kept, ranges, strengths) = (0.0, 0.0, 0.0)
        for _ in 0..<draws {
            let range = reach * cbrt(random.uniform())
            let diameter = Rain.diameter(quantile: random.uniform(), rate: rate, above: LISA.minimumDiameter)
            let strength = LISA.dropStrength(diameter: diameter, range: range, beam: beam.diameter(at: range), extinction: 0)
            guard range > nearest, strength > floor else { continue }
            (kept, ranges, strengths) = (kept + 1, ranges + range, strengths + log(strength))
        }
        #expect(abs(rain.meanCount / (mean * kept / Double(draws)) - 1) < 0.05)
        var (thinnedRanges, thinnedStrengths) = (0.0, 0.0)
        for _ in 0..<20_000 {
            let drop = rain.drop(&random, extinction: 0)
            (thinnedRanges, thinnedStrengths) = (thinnedRanges + drop.range, thinnedStrengths + log(drop.strength))
            #expect(drop.strength > floor * 0.8)
        }
        #expect(abs(thinnedRanges / 20_000 - ranges / kept) < 0.05)
        #expect(abs(thinnedStrengths / 20_000 - strengths / kept) < 0.05)
        let numbers = (0..<20_000).reduce(0) { sum, _ in sum + rain.number(&random) }
        #expect(abs(Double(numbers) / 20_000 - rain.meanCount) < 0.02 + 0.02 * rain.meanCount)
    }

    /// Rain comes in the order it was drawn: what does not fit must be the faintest, whenever it comes.
    @Test func theStrongestEchoesAreKept() {
        var echoes = LidarEchoes()
        for k in [3, 12, 5, 1, 9, 7, 11, 2, 10, 4, 6, 8] { echoes.append(LidarEcho(range: Double(k), strength: Double(k), intensity: 0)) }
        #expect((0..<echoes.count).map { Int(echoes[$0].strength) }.sorted() == Array(5...12))
    }

    @Test func detectionAndNoise() {
        #expect(LidarDetection.chance(signal: 1) == 0.5)
        #expect(abs(LidarDetection.chance(signal: pow(10, 0.15)) - 0.9526) < 1e-4)
        #expect(LidarDetection.chance(signal: LidarDetection.faintest) < 1e-7 && LidarDetection.chance(signal: 0) == 0)
        let detection = LidarDetection(TestLidar.model(reference: 100))
        #expect(abs(detection.rangeDeviation(signal: 1e9) - 0.02) < 1e-6)
        #expect(abs(detection.rangeDeviation(signal: 1) - (0.02 * 0.02 + 0.09 * 0.09 / 2).squareRoot()) < 1e-12)
        #expect(LidarDetection.intensity(strength: 0.004, range: 10) == 0.4 && LidarDetection.intensity(strength: 4, range: 10) == 1)
        // d0 + 2 R tan(div / 2): 2 mrad over 100 m.
        #expect(abs(LidarBeam(aperture: 0.01, divergence: 2e-3).diameter(at: 100) - 0.21) < 1e-6)
    }

    @Test func wetSurfacesDarkenAndMirror() {
        let asphalt = LidarSurface(reflectance: 0.18, wetting: .porous)
        let rough = RoughReflectance(sigma: 0.5)
        var damp = SurfaceState()
        damp.wetness = 1
        // Upright, no film: the pores alone, 0.18 -> 0.1104.
        #expect(abs(asphalt.echo(cosine: 1, upwards: 0, surface: damp) / rough.a - 0.1104) < 1e-3)
        #expect(abs(asphalt.echo(cosine: 1, upwards: 1, surface: SurfaceState()) / rough.a - 0.18) < 1e-12)
        var puddle = damp
        puddle.filmDepth = 4
        let values = [1, 0.5, 0.2, 0.0872].map { asphalt.echo(cosine: $0, upwards: 1, surface: puddle) / rough.towardsSource(cosine: $0) }
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 })
        // At 85 degrees Fresnel takes 0.58273 each way.
        #expect(abs(values[3] / (0.1104 * 0.5) - (1 - 0.58273) * (1 - 0.58273)) < 2e-3)
    }

    @Test func sheetingShinesHeadOnAndBeadsShineAlongTheRoad() {
        let plate = LidarSurface(reflectance: 0.3, gain: 300)
        #expect(abs(plate.echo(cosine: 1, upwards: 0, surface: SurfaceState()) - 90) < 1e-9)
        #expect(plate.echo(cosine: 0.5, upwards: 0, surface: SurfaceState()) == 0.15)
        // Thirty times matt paint at 88.76 degrees; nearly as much from nearer by, a fifth of it under water.
        let marking = LidarSurface(reflectance: 0.6, gain: 30, retroreflector: .beads)
        let cosine = cos(88.76 * Double.pi / 180)
        #expect(abs(marking.echo(cosine: cosine, upwards: 1, surface: SurfaceState()) / (0.6 * cosine) - 30) < 0.01)
        #expect(abs(marking.echo(cosine: 0.1, upwards: 1, surface: SurfaceState()) - (0.06 + 0.6 * 29 * 0.02164)) < 1e-9)
        var wet = SurfaceState()
        wet.wetness = 1
        #expect(marking.echo(cosine: cosine, upwards: 1, surface: wet) < 0.2 * marking.echo(cosine: cosine, upwards: 1, surface: SurfaceState()))
    }

    /// The camera keeps one pane of two and dims for both; a beam meets each.
    @Test func beamsMeetPanesOneByOne() {
        let tinted = Material(name: "tinted", baseColor: .zero, alpha: .glass(transmission: 0.36), transmission905: 0.6)
        #expect(abs(LidarSurface(tinted).transmission - 0.6) < 1e-6)
        #expect(abs(LidarSurface(Material(name: "clear", baseColor: .zero, alpha: .glass(transmission: 0.9))).transmission - 0.9) < 1e-6)
    }
}
