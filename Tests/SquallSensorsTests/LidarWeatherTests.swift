import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallSensors
import SquallWeather
import Testing

@Suite struct LidarWeatherTests {
    private func capture(_ model: LidarModel, _ instances: [MeshInstance], _ medium: Medium, surface: SurfaceState = SurfaceState()) -> [LidarPoint] {
        TestLidar.sensor.capture(
            TestLidar.request(model, [.init(carrier: .identity, instances: instances)], medium: medium, mount: Pose(position: Vec3(0, 0, 2)), surface: surface)
        ).points
    }
    private func drum(_ radius: Double) -> [MeshInstance] { [TestLidar.place(0, object: 4, at: Vec3(0, 0, 2), scale: radius)] }
    private func surfaces(_ points: [LidarPoint]) -> Int { points.filter { $0.cause == ReturnCause.surface.rawValue }.count }

    /// A target at the range the equation gives is seen half of the time, nearer always, farther never.
    @Test(arguments: [0, 0.01, 0.03]) func theReachInTheSensorIsTheEquations(extinction: Double) {
        let model = TestLidar.model(rings: 16, steps: 256, reference: 40, lowest: -0.001, highest: 0.001)
        var medium = TestLidar.clearAir
        medium.airExtinction = extinction * pow(905.0 / 550, 1.3)
        let reach = LidarRange.maximum(reflectance: 0.5, extinction: extinction, referenceRange: 40)
        let share = { (radius: Double) in Double(surfaces(capture(model, drum(radius), medium))) / 4096 }
        #expect(abs(share(reach) - 0.5) < 0.04)
        #expect(share(reach * 0.7) > 0.98 && share(reach * 1.3) < 0.05)
    }

    @Test func thickFogReturnsNearAndHidesFar() {
        let model = TestLidar.model(rings: 8, steps: 256, reference: 50, lowest: -0.01, highest: 0.01)
        let thick = capture(model, drum(60), TestLidar.fog(mor: 30))
        let fog = thick.filter { $0.cause == ReturnCause.fog.rawValue }
        #expect(surfaces(thick) == 0)
        #expect(fog.count > 1024)
        #expect(fog.allSatisfy { $0.range < 14 && $0.instance == 0 && $0.category == 0 })
        #expect(fog.filter { $0.range < 5 }.count > fog.count * 3 / 4)
        let counts = [30.0, 60, 120, 400, 5000].map { mor in
            capture(model, drum(30), TestLidar.fog(mor: mor)).filter { $0.cause == ReturnCause.fog.rawValue }.count
        }
        #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 >= $1 } && counts.last == 0)
        // Near targets win over the fog before them.
        #expect(surfaces(capture(model, drum(8), TestLidar.fog(mor: 60))) == 2048)
    }

    @Test func heavierRainGivesMoreDropsAndWeakerSurfaces() {
        let model = TestLidar.model(rings: 16, steps: 512, reference: 50, lowest: -0.01, highest: 0.01)
        let clear = capture(model, drum(40), TestLidar.clearAir)
        #expect(clear.count == 8192 && surfaces(clear) == 8192)
        var (drops, intensities): ([Int], [Double]) = ([], [])
        for rate in [5.0, 25, 100] {
            let points = capture(model, drum(40), TestLidar.rain(rate))
            drops.append(points.count - surfaces(points))
            let seen = points.filter { $0.cause == 0 }
            intensities.append(seen.reduce(0) { $0 + Double($1.intensity) } / Double(seen.count))
            #expect(points.filter { $0.cause == ReturnCause.rain.rawValue }.allSatisfy { $0.range < 10 && $0.instance == 0 })
            // rho exp(-2 b R).
            #expect(abs(intensities[intensities.count - 1] - 0.5 * exp(-2 * Rain.extinction(rate: rate) * 40)) < 0.01)
        }
        #expect(drops[0] < drops[1] && drops[1] < drops[2] && drops[2] > 10)
    }

    @Test func wetRoadsDropOut() {
        let model = TestLidar.model(rings: 16, steps: 128, reference: 50, lowest: -0.3, highest: -0.05)
        let ground = [TestLidar.place(2, object: 0, material: 3, at: .zero)]
        var wet = SurfaceState()
        (wet.wetness, wet.filmDepth) = (1, 0.8)
        var flooded = wet
        flooded.filmDepth = 5
        let counts = [SurfaceState(), wet, flooded].map { surfaces(capture(model, ground, TestLidar.clearAir, surface: $0)) }
        #expect(counts[0] > counts[1] && counts[1] > counts[2] && counts[2] > 0)
    }
}
