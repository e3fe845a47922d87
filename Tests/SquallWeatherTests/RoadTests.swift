import Foundation
import SquallMath
import SquallWeather
import Testing

private let degree = Double.pi / 180, kmh = 1 / 3.6

@Suite struct RoadTests {
    static let film: [Oracle] = [(10.0, 0.151, 0.859), (25, 0.617, 1.359), (50, 1.182, 1.922), (100, 2.032, 2.718)].flatMap {
        [
            Oracle("Gallaway \($0.0)", WaterFilm.gallaway(rate: $0.0, texture: 0.5, path: 7.3, slope: 0.02), $0.1, digits: 3),
            Oracle("RRL \($0.0)", WaterFilm.rrl(rate: $0.0, path: 7.3, slope: 0.02), $0.2, digits: 3),
        ]
    }
    @Test(arguments: film) func filmDepth(_ oracle: Oracle) { oracle.check() }

    static let reflectance: [Oracle] = [(0.1, 0.0591), (0.18, 0.1104), (0.3, 0.1950), (0.5, 0.3612)].map {
        Oracle("wet \($0.0)", WetReflectance.wetAlbedo($0.0), $0.1, digits: 4)
    } + [(0.0, 0.02006), (30, 0.02111), (60, 0.05913), (75, 0.21143), (80, 0.34692), (85, 0.58273)].map {
        Oracle("Fresnel \($0.0)", WetReflectance.fresnel(angle: $0.0 * degree), $0.1, digits: 5)
    } + [(60.0, 0.05072), (80, 0.39768)].map { Oracle("Schlick \($0.0)", WetReflectance.schlick(angle: $0.0 * degree), $0.1, digits: 5) }
    @Test(arguments: reflectance) func wetReflectance(_ oracle: Oracle) { oracle.check() }

    static let hydroplaning: [Oracle] = [(200.0, 89.71), (220, 94.09), (250, 100.30), (800, 179.42)].map {
        Oracle("Horne \($0.0) kPa", Hydroplaning.horneSpeed(pressure: $0.0 * 1e3) / kmh, $0.1, digits: 2)
    } + [(1.5, 89.92), (2.5, 86.41), (4, 83.95), (6, 82.40), (10, 80.50)].map {
        let speed = Hydroplaning.gallawaySpeed(film: $0.0, texture: 0.03 * 25.4, pressure: 30 * 6894.757293168, tread: 7 * 25.4 / 32, spinDown: 10)
        return Oracle("Gallaway \($0.0) mm", speed / kmh, $0.1, digits: 2)
    }
    @Test(arguments: hydroplaning) func hydroplaningSpeed(_ oracle: Oracle) { oracle.check() }

    static let curves: [Oracle] = [
        ("dry", TyreCurve.dry, [(0.05, 0.73562), (0.1, 0.95584), (0.2, 0.99918), (1, 0.91452)]),
        ("wet", .wet, [(0.05, 0.74493), (0.1, 0.81712), (0.2, 0.74831), (1, 0.63717)]),
        ("snow", .snow, [(0.05, 0.13867), (0.1, 0.22897), (0.2, 0.29145), (1, 0.28551)]),
        ("ice", .ice, [(0.05, 0.03800), (0.1, 0.06648), (0.2, 0.09273), (1, 0.09615)]),
        ("measured dry", .measuredDry, [(0.05, 0.91555), (0.1, 1.17640), (1, 0.77407)]),
        ("measured wet", .measuredWet, [(0.05, 0.86091), (0.1, 1.05721), (1, 0.52662)]),
        ("measured snow", .measuredSnow, [(0.05, 0.31501), (0.1, 0.40158), (1, 0.19144)]),
        ("measured ice", .measuredIce, [(0.05, 0.17179), (0.1, 0.16378), (1, 0.08781)]),
    ].flatMap { name, curve, points in points.map { Oracle("\(name) \($0.0)", curve.value(slip: $0.0), $0.1, digits: 5) } }
        + [Oracle("peak slip", TyreCurve.dry.peak.slip, 0.1802, digits: 4)]
    @Test(arguments: curves) func magicFormula(_ oracle: Oracle) { oracle.check() }

    static let stopping: [Oracle] = [
        (0.8, [4.42, 12.29, 49.16, 83.08]), (0.5, [7.08, 19.66, 78.65, 132.93]), (0.3, [11.80, 32.77, 131.09, 221.54]), (0.1, [35.39, 98.32, 393.27, 664.63]),
    ].flatMap { mu, distances in
        zip([30.0, 50, 100, 130], distances).map { Oracle("stop \($0) km/h on \(mu)", Braking.stoppingDistance(speed: $0 * kmh, friction: mu), $1, digits: 2) }
    }
    @Test(arguments: stopping) func stoppingDistance(_ oracle: Oracle) { oracle.check() }

    @Test func curvesAreOddAndStiffAtZero() {
        for curve in [TyreCurve.dry, .wet, .snow, .ice, .measuredIce] {
            #expect(curve.value(slip: -0.07) == -curve.value(slip: 0.07))
            #expect(abs(curve.value(slip: 1e-7) / 1e-7 / curve.stiffness - 1) < 1e-6)
        }
    }

    @Test func surfaceFollowsTheWeather() {
        var weather = WeatherState()
        #expect(surfaceState(weather: weather) == SurfaceState())
        weather.rainRate = 100
        #expect(abs(surfaceState(weather: weather).filmDepth - 2.032) < 5e-4)
        #expect(surfaceState(weather: weather).wetness > 0.999)
        weather.rainRate = 3
        #expect(surfaceState(weather: weather).filmDepth == 0)
        #expect(surfaceState(weather: weather).wetness > 0.9)
        weather.road.standingWater = 4
        #expect(surfaceState(weather: weather).filmDepth == 4)
        weather.temperature = 268
        #expect(surfaceState(weather: weather).ice > 0.99)
        var deeper = WeatherState()
        deeper.rainRate = 50
        let level = surfaceState(weather: deeper, crossSlope: 0.02).filmDepth
        #expect(surfaceState(weather: deeper, crossSlope: 0.005).filmDepth > level)
        #expect(surfaceState(weather: deeper, crossSlope: 0).filmDepth.isFinite)
        deeper.road.drainagePath = 3
        #expect(surfaceState(weather: deeper).filmDepth > level)
    }

    /// The film by factor, which maps hold, is the published formula, texture, spread and standing water included.
    @Test func theRoadsWaterIsGallaways() {
        var weather = WeatherState()
        (weather.road.texture, weather.road.drainagePath, weather.road.standingWater) = (0.8, 2.5, 0.7)
        for rate in [8.0, 35, 120] {
            weather.rainRate = rate
            let water = RoadWater(weather)
            #expect(water.varies)
            for (path, slope) in [(0.5, 0.04), (7.3, 0.02), (30, 0.0005)] {
                let expected = WaterFilm.gallaway(rate: rate, texture: 0.8, path: 2.5 * path, slope: slope) + 0.7
                #expect(abs(water.state(Drainage(path: path, slope: slope)).filmDepth - expected) < 1e-12)
            }
        }
        weather.rainRate = 0
        #expect(!RoadWater(weather).varies && RoadWater(weather).state(.plain).filmDepth == 0.7)
    }

    @Test func gripFallsWithWaterSpeedAndIce() {
        let set = TyreSet.normalised
        var surface = SurfaceState()
        #expect(set.curve(on: surface, speed: 30) == .dry)
        surface.wetness = 1
        #expect(abs(set.curve(on: surface, speed: 30).d - 0.82) < 1e-12)
        let film = [0.0, 0.8, 1, 1.4, 2, 6].map { (depth: Double) -> Double in
            surface.filmDepth = depth
            return set.curve(on: surface, speed: 22).peak.value
        }
        for (a, b) in zip(film, film.dropFirst()) { #expect(a >= b) }
        #expect(film[5] < 0.3 * film[0])
        surface.filmDepth = 3
        let limit = Hydroplaning.gallawaySpeed(film: 3, texture: surface.texture)
        #expect(abs(set.curve(on: surface, speed: 2 * limit).d - 0.05 * 0.82) < 1e-9)
        #expect(abs(set.curve(on: surface, speed: limit / 2).d - 0.75 * 0.82) < 1e-9)
        surface.ice = 1
        #expect(abs(set.curve(on: surface, speed: 30).d - TyreCurve.ice.d) < 1e-12)
    }
}
