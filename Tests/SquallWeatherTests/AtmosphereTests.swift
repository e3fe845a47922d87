import Foundation
import SquallMath
import SquallWeather
import Testing

private let radian = Double.pi / 180

@Suite struct AtmosphereTests {
    static let visibility: [Oracle] = [
        Oracle("MOR 25", Visibility.extinction(mor: 25), 0.11983, digits: 5), Oracle("MOR 50", Visibility.extinction(mor: 50), 0.05991, digits: 5),
        Oracle("MOR 100", Visibility.extinction(mor: 100), 0.02996, digits: 5), Oracle("MOR 200", Visibility.extinction(mor: 200), 0.01498, digits: 5),
        Oracle("MOR 1000", Visibility.extinction(mor: 1000), 0.002996, digits: 6),
        Oracle("t", Visibility.transmittance(extinction: Visibility.extinction(mor: 50), distance: 25), 0.223607, digits: 6),
        Oracle("L", Visibility.apparentLuminance(object: 0.2, airlight: 0.8, transmittance: 0.05.squareRoot()), 0.665836, digits: 6),
        Oracle("HG 0", Visibility.henyeyGreenstein(angle: 0, g: 0.85), 6.54304, digits: 5),
        Oracle("HG 90", Visibility.henyeyGreenstein(angle: .pi / 2, g: 0.85), 0.00976819, digits: 8),
        Oracle("HG 180", Visibility.henyeyGreenstein(angle: .pi, g: 0.85), 0.00348769, digits: 8),
    ]
    @Test(arguments: visibility) func koschmieder(_ oracle: Oracle) { oracle.check() }

    static let heightFog: [Oracle] = [(1.5, 0.0, 100.0, 2.582124), (1.5, 20, 100, 1.116336), (1.5, -1.5, 50, 1.392920), (10, -10, 80, 1.517089)].map {
        Oracle("height fog \($0)", HeightFog.opticalDepth(extinction: 0.03, scaleHeight: 10, startHeight: $0.0, climb: $0.1, distance: $0.2), $0.3, digits: 6)
    }
    @Test(arguments: heightFog) func heightFogDepth(_ oracle: Oracle) { oracle.check() }

    static let droplets: [Oracle] = [
        Oracle("Kunkel .05", Fog.kunkelExtinction(liquidWater: 0.05) * 1e3, 10.365, digits: 3),
        Oracle("Kunkel .1", Fog.kunkelExtinction(liquidWater: 0.1) * 1e3, 19.075, digits: 3),
        Oracle("Kunkel .3", Fog.kunkelExtinction(liquidWater: 0.3) * 1e3, 50.157, digits: 3),
        Oracle("large drops", Fog.largeDropExtinction(liquidWater: 0.3, effectiveRadius: 10e-6), 0.045, digits: 6),
        Oracle("Kim 2 km 905", Fog.kimExtinction(visualRange: 2000, wavelength: 905e-9) * 1e3, 1.4081, digits: 4),
        Oracle("Kim 2 km 1550", Fog.kimExtinction(visualRange: 2000, wavelength: 1550e-9) * 1e3, 0.9872, digits: 4),
        Oracle("Kim .2 km 905", Fog.kimExtinction(visualRange: 200, wavelength: 905e-9) * 1e3, 19.56, digits: 2),
        Oracle("Kim .2 km 1550", Fog.kimExtinction(visualRange: 200, wavelength: 1550e-9) * 1e3, 19.56, digits: 2),
        Oracle("r_eff advection", Fog.effectiveRadius(shape: 3, gamma: 1, modeRadius: 10e-6) * 1e6, 20.0, digits: 1),
        Oracle("r_eff moderate", Fog.effectiveRadius(shape: 3, gamma: 1, modeRadius: 8e-6) * 1e6, 16.0, digits: 1),
        Oracle("r_eff spray", Fog.effectiveRadius(shape: 6, gamma: 1, modeRadius: 4e-6) * 1e6, 6.0, digits: 1),
        Oracle("LWC advection", Fog.liquidWater(number: 20e6, shape: 3, gamma: 1, modeRadius: 10e-6), 0.372, digits: 3),
        Oracle("LWC moderate", Fog.liquidWater(number: 20e6, shape: 3, gamma: 1, modeRadius: 8e-6), 0.191, digits: 3),
        Oracle("LWC spray", Fog.liquidWater(number: 100e6, shape: 6, gamma: 1, modeRadius: 4e-6), 0.0626, digits: 4),
    ]
    @Test(arguments: droplets) func fogDroplets(_ oracle: Oracle) { oracle.check() }

    @Test func kunkelInverts() {
        for water in [0.01, 0.1, 0.5] { #expect(abs(Fog.kunkelLiquidWater(extinction: Fog.kunkelExtinction(liquidWater: water)) - water) < 1e-12) }
    }
}

@Suite struct RainTests {
    /// Rate, slope, drops per m3, liquid water, extinction, optical range.
    static let table: [Oracle] = [
        (1.0, 4.1000, 1951.0, 0.0889, 0.000365, 8215.0), (5, 2.9242, 2736, 0.3437, 0.001005, 2980), (10, 2.5280, 3165, 0.6153, 0.001556, 1926),
        (25, 2.0855, 3836, 1.3285, 0.002771, 1081), (50, 1.8030, 4437, 2.3781, 0.004288, 699), (100, 1.5588, 5132, 4.2570, 0.006636, 451),
    ].flatMap { row in
        [
            Oracle("slope \(row.0)", Rain.slope(rate: row.0), row.1, digits: 4), Oracle("drops \(row.0)", Rain.dropCount(rate: row.0), row.2, digits: 0),
            Oracle("water \(row.0)", Rain.liquidWater(rate: row.0), row.3, digits: 4), Oracle("b \(row.0)", Rain.extinction(rate: row.0), row.4, digits: 6),
            Oracle("MOR \(row.0)", Visibility.mor(extinction: Rain.extinction(rate: row.0)), row.5, digits: 0),
        ]
    }
    @Test(arguments: table) func marshallPalmer(_ oracle: Oracle) { oracle.check() }

    static let drops: [Oracle] = [(0.5, 2.020), (1, 3.997), (2, 6.548), (3, 7.947), (4, 8.716), (5, 9.137)].map {
        Oracle("fall \($0.0) mm", Rain.fallSpeed(diameter: $0.0), $0.1, digits: 3)
    } + [
        Oracle("axis 2", Rain.axisRatio(diameter: 2), 0.906, digits: 3), Oracle("axis 5", Rain.axisRatio(diameter: 5), 0.720, digits: 3),
        Oracle("drops above .5 mm", Rain.dropCount(rate: 10, above: 0.5), 894, digits: 0),
        Oracle("pane", Rain.paneFlux(rate: 10, speed: 25), 22_350, within: 5),
        Oracle("P.1817", Rain.ituExtinction(rate: 25), 0.00214, digits: 5),
        Oracle("factor", Rain.extinctionFactor * 1e4, 3.6466, digits: 4),
        Oracle("drop 905", LidarRange.dropReflectance(), 0.01985, digits: 5), Oracle("ice", LidarRange.dropReflectance(index: 1.3031), 0.01732, digits: 5),
    ]
    @Test(arguments: drops) func dropLaws(_ oracle: Oracle) { oracle.check() }

    static let streaks: [Oracle] = {
        let s = RainStreak(diameter: 2, speed: Rain.fallSpeed(diameter: 2), distance: 5, focalLength: 1200, exposure: 0.005)
        return [
            Oracle("length", s.length, 7.86, digits: 2), Oracle("width", s.width, 0.48, digits: 2),
            Oracle("tilt", RainStreak.tilt(relative: 25, fall: Rain.fallSpeed(diameter: 2)) / radian, 75.3, digits: 1),
            Oracle("Garg v", RainStreak.gargNayarSpeed(radius: 1e-3), 6.325, digits: 3),
            Oracle("dwell ms", RainStreak.maximumDwell(radius: 1e-3) * 1e3, 0.632, digits: 3),
        ] + [(0.5, 36.0), (1, 18), (2, 9)].map {
            Oracle("blur \($0.0) m", RainStreak.blurCircle(focalLength: 6e-3, stop: 2, distance: $0.0, focus: .infinity) * 1e6, $0.1, digits: 0)
        }
    }()
    @Test(arguments: streaks) func gargNayar(_ oracle: Oracle) { oracle.check() }

    @Test func extinctionShareIsTheIntegralOfTheDropSizes() {
        let rate = 25.0, minimum = 0.8
        var above = 0.0, all = 0.0
        for i in 0..<200_000 {
            let d = (Double(i) + 0.5) * 1e-4
            let area = d * d * Rain.dropDensity(diameter: d, rate: rate)
            all += area
            if d > minimum { above += area }
        }
        #expect(abs(Rain.extinctionShare(rate: rate, above: minimum) - above / all) < 1e-4)
        #expect(abs(all * 1e-4 * .pi / 2 * 1e-6 - Rain.extinction(rate: rate)) < 1e-7)
    }

    @Test func quantilesFollowTheDistribution() {
        let median = Rain.diameter(quantile: 0.5, rate: 10, above: 0.5)
        #expect(abs(Rain.dropCount(rate: 10, above: median) / Rain.dropCount(rate: 10, above: 0.5) - 0.5) < 1e-12)
    }
}
