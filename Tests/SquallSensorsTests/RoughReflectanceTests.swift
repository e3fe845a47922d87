import Foundation
import SquallAssets
import SquallSensors
import SquallWeather
import SquallWorld
import Testing

/// Oren, Nayar 1994, and how far a lidar on a roof sees the ground by it.
@Suite struct RoughReflectanceTests {
    @Test func withoutRoughnessItIsLambert() {
        let smooth = RoughReflectance(sigma: 0)
        #expect(smooth.a == 1 && smooth.b == 0 && RoughReflectance(.smooth) == smooth)
        for cosine in stride(from: 0.0, through: 1, by: 0.125) {
            #expect(smooth.towardsSource(cosine: cosine) == cosine)
            #expect(smooth.factor(incidence: acos(cosine), exitance: 0.4, azimuth: 0.3) == 1)
        }
    }

    /// A and B by hand: s = 0.5 gives 1 - 0.125 / 0.58 and 0.1125 / 0.34; s = 0.6 gives 1 - 0.18 / 0.69 and 0.162 / 0.45.
    @Test func closedFormValues() {
        let mineral = RoughReflectance(.porous), leaves = RoughReflectance(.soft)
        #expect(abs(mineral.a - 0.784483) < 1e-6 && abs(mineral.b - 0.330882) < 1e-6)
        #expect(abs(leaves.a - 0.739130) < 1e-6 && abs(leaves.b - 0.36) < 1e-12)
        // At 60 degrees: A / 2 + B 3 / 4. Grazing: B alone.
        #expect(abs(mineral.towardsSource(cosine: 0.5) - 0.640403) < 1e-6)
        #expect(mineral.towardsSource(cosine: 0) == mineral.b && mineral.towardsSource(cosine: 1) == mineral.a)
    }

    @Test(arguments: [0.2, 0.5, 0.6, 1.2]) func backAlongTheBeamIsTheWholeModelThere(sigma: Double) {
        let rough = RoughReflectance(sigma: sigma)
        for angle in stride(from: 0.05, through: 1.55, by: 0.1) {
            #expect(abs(rough.towardsSource(cosine: cos(angle)) - cos(angle) * rough.factor(incidence: angle, exitance: angle, azimuth: 0)) < 1e-12)
            // Forward of the normal the grooves show their dark sides.
            #expect(rough.factor(incidence: angle, exitance: angle, azimuth: .pi) == rough.a)
        }
    }

    /// What a white surface sends into the whole hemisphere, (1/pi) times the integral of f cos r over solid angle: A under light along the
    /// normal, by hand; more the flatter the light comes, as B only adds; never more than it got.
    @Test(arguments: [0.0, 0.3, 0.5, 0.6, 1.5]) func itGivesNoMoreThanItGot(sigma: Double) {
        let rough = RoughReflectance(sigma: sigma)
        let steps = 80
        var before = 0.0
        for incidence in [0.0, 0.4, 0.8, 1.2, 1.5] {
            var sum = 0.0
            for i in 0..<steps {
                let exitance = (Double(i) + 0.5) / Double(steps) * .pi / 2
                for k in 0..<steps {
                    let azimuth = (Double(k) + 0.5) / Double(steps) * 2 * .pi
                    sum += rough.factor(incidence: incidence, exitance: exitance, azimuth: azimuth) * cos(exitance) * sin(exitance)
                }
            }
            let albedo = sum / .pi * (.pi / 2 / Double(steps)) * (2 * .pi / Double(steps))
            if incidence == 0 || sigma == 0 { #expect(abs(albedo - rough.a) < 1e-4) }
            #expect(albedo < 1.001 && albedo > before - 1e-9, "incidence \(incidence)")
            before = albedo
        }
    }

    /// Where the ground's echo equals that of 10 % seen head on at 50 m, from 1.8 m up: an HDL-64E on a car roof in clear air.
    private func reach(_ surface: LidarSurface, state: SurfaceState = SurfaceState(), extinction: Double = 0) -> Double {
        var (low, high) = (2.0, 300.0)
        for _ in 0..<60 {
            let range = (low + high) / 2
            let echo = surface.echo(cosine: 1.8 / range, upwards: 1, surface: state)
            if LidarDetection.strength(echo: echo, opticalDepth: extinction * range, range: range) > 0.1 / 2500 { low = range } else { high = range }
        }
        return low
    }

    @Test func theGroundIsSeenAsFarAsRealSensorsSeeIt() {
        // Paint on the flat ends where rho 1.8 / R^3 = 0.1 / 2500: Lambert's road would end at 19.7 m.
        #expect(abs(reach(LidarSurface(reflectance: 0.17)) - cbrt(0.17 * 1.8 * 25_000)) < 1e-6)
        // Recorded drives show asphalt to 40 m or so, grass to 60 and beyond.
        let asphalt = reach(LidarSurface(reflectance: 0.17, wetting: .porous)), grass = reach(LidarSurface(reflectance: 0.45, wetting: .soft))
        #expect(asphalt > 38 && asphalt < 42)
        #expect(grass > 60 && grass < 70)
        // R^2 = 25000 rho (A 1.8 / R + B (1 - 1.8^2 / R^2)) there.
        let rough = RoughReflectance(.porous)
        #expect(abs(asphalt * asphalt / (25_000 * 0.17 * (rough.a * 1.8 / asphalt + rough.b * (1 - 3.24 / (asphalt * asphalt)))) - 1) < 1e-9)
    }

    @Test func rainTakesTheRoadAwayAndMostOfItsMarkings() {
        var wet = SurfaceState()
        (wet.wetness, wet.filmDepth) = (1, 0.3)
        let asphalt = LidarSurface(reflectance: 0.17, wetting: .porous)
        let marking = LidarSurface(reflectance: 0.6, gain: 30, retroreflector: .beads)
        let road = reach(asphalt, state: wet, extinction: Rain.extinction(rate: 20))
        #expect(road > 14 && road < 25)
        #expect(reach(marking) > 90)
        #expect(reach(marking, state: wet, extinction: Rain.extinction(rate: 20)) < 60)
    }
}
