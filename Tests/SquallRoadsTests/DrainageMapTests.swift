import Foundation
import SquallMath
import SquallRoads
import SquallWeather
import SquallWorld
import Testing

@Suite struct DrainageMapTests {
    /// A straight road along x, two lanes of 3.5 m, tilted as a whole: its right edge is the high one.
    private func tilted(_ slope: Double = 0.04, climb: Double = 0) throws -> RoadNetwork {
        try RoadNetwork(
            roadFile(
                "<geometry s='0' x='0' y='0' hdg='0' length='400'><line/></geometry>", length: 400,
                profile: "<elevationProfile><elevation s='0' a='0' b='\(climb)' c='0' d='0'/></elevationProfile>"
                    + "<lateralProfile><superelevation s='0' a='\(-atan(slope))' b='0' c='0' d='0'/></lateralProfile>"), file: "tilted.xodr")
    }

    private func downpour(_ rate: Double = 50) -> RoadWater {
        var weather = WeatherState()
        weather.rainRate = rate
        return RoadWater(weather)
    }

    @Test("on a tilted road the film is Gallaway's from the high edge, read from the network and from the map") func gallaway() throws {
        let roads = try tilted()
        let map = DrainageMap(around: Vec2(200, 0), roads: roads)
        let water = downpour()
        for y in stride(from: -2.0, through: 3.0, by: 0.37) {
            // Level distances shrink with the tilt's cosine; the slope is per level metre.
            let expected = WaterFilm.gallaway(rate: 50, texture: 0.5, path: 3.5 + y, slope: 0.04)
            let point = Vec2(200.3, y)
            #expect(abs(water.state(roads.drainage(at: point)).filmDepth - expected) < 2e-3, "\(y)")
            #expect(abs(WetGround(water, map: map).state(at: point).filmDepth - expected) < 0.015, "\(y)")
        }
        #expect(water.film(factor: roads.drainage(at: Vec2(200, 3)).factor) > 1.5 * water.film(factor: roads.drainage(at: Vec2(200, -2)).factor))
    }

    @Test("a steep climb lengthens the way to five widths and no further") func climb() throws {
        let steep = try #require(try tilted(0.004, climb: 0.1).surface(at: Vec2(100, 1.5)))
        #expect(abs(steep.drainage.path - 25) < 0.05 && abs(steep.drainage.slope - 0.1001) < 1e-3)
    }

    @Test("what a point reads depends neither on the map's middle nor on the way the map came there, nor on threads") func fixedToTheWorld() throws {
        let roads = try tilted()
        let pool = WorkerPool(workers: 3)
        defer { pool.close() }
        var moved = DrainageMap(around: Vec2(100, 0), roads: roads)
        for x in stride(from: 103.0, through: 250.0, by: 7) where !moved.surrounds(Vec2(x, 2)) {
            moved = DrainageMap(around: Vec2(x, 2), roads: roads, keeping: moved, pool: pool)
        }
        let fresh = DrainageMap(around: Vec2(moved.column + DrainageMap.reach, moved.row + DrainageMap.reach), roads: roads)
        #expect(fresh.column == moved.column && fresh.row == moved.row && moved.column > 100)
        for index in 0..<DrainageMap.side * DrainageMap.side { #expect(fresh.factors[index] == moved.factors[index]) }
        let start = DrainageMap(around: Vec2(190, -3), roads: roads)
        for (x, y) in [(200.0, 1.3), (230.7, -3.2), (160.2, 2.9)] { #expect(start.factor(at: Vec2(x, y)) == fresh.factor(at: Vec2(x, y))) }
    }

    @Test("off the roads, far from the map and nowhere, a plain lane's") func plain() throws {
        let map = DrainageMap(around: Vec2(200, 0), roads: try tilted())
        let plain = Drainage.plain.factor
        #expect(abs(map.factor(at: Vec2(200, 60)) - plain) < 1e-6 && map.factor(at: Vec2(200 + 128, 0)) == plain && map.factor(at: Vec2(1e12, 0)) == plain)
        #expect(map.factor(at: Vec2(.nan, 0)) == plain && map.factor(at: Vec2(0, .infinity)) == plain)
        #expect(abs(map.factor(at: Vec2(200, 3)) - plain) > 1)
    }

    @Test("without rain the film is what stands there, the same everywhere") func dry() throws {
        let map = DrainageMap(around: Vec2(200, 0), roads: try tilted())
        var weather = WeatherState()
        weather.road.standingWater = 3
        let ground = WetGround(RoadWater(weather), map: map)
        #expect(ground.map == nil && ground.state(at: Vec2(200, 3)) == surfaceState(weather: weather) && ground.state(at: Vec2(200, -3)).filmDepth == 3)
    }
}

extension Vec2 {
    fileprivate init(_ x: Int, _ y: Int) { self.init(Double(x), Double(y)) }
}
