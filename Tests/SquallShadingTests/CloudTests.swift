import Foundation
import SquallAssets
import SquallFrames
import SquallMath
import SquallRaster
import SquallShading
import SquallWeather
import Testing

@Suite struct CloudTests {
    static func stage(cover: Double) -> ShadingStage {
        var stage = ShadingStage(Material(name: "matt", baseColor: Vec3f(repeating: 0.2), roughness: 1))
        stage.weather.cloudCover = cover
        stage.sun = SunPosition(elevation: 0.9, azimuth: 2)
        return stage
    }
    static func renderer(_ stage: ShadingStage) -> FrameRenderer {
        FrameRenderer(meshes: PreparedMeshes(meshes: stage.meshes, materials: stage.materials, textures: []), materials: stage.materials, textures: [])
    }

    /// Shadows of clouds take from the ground what the weather says, no more: the mean over places is that of the mean light.
    @Test(arguments: [0.2, 0.5, 0.8]) func cloudShadowsKeepTheMean(cover: Double) {
        let stage = Self.stage(cover: cover), renderer = Self.renderer(stage), pool = WorkerPool(workers: 1)
        defer { pool.close() }
        let light = stage.lighting
        let sun = light.sunIlluminance.y * light.sunDirection.z
        var frame = RasterFrame(width: 64, height: 48)
        var (sum, low, high) = (0.0, Double.infinity, 0.0)
        for i in 0..<400 {
            var request = stage.request()
            (request.shadowSize, request.samples) = (0, 1)
            request.cloudDrift = Vec2(Double(i % 20) * 1024 + 211, Double(i / 20) * 1024 + 87)
            renderer.render(request, pool: pool, into: &frame)
            let value = Double(frame.color.green[24 * 64 + 32]) * .pi / 0.2
            sum += value / 400
            (low, high) = (min(low, value), max(high, value))
        }
        let sky = light.ambient.illuminance(normal: Vec3(0, 0, 1)).y
        #expect(abs(sum / (sun + sky) - 1) < 0.15, "\(sum) of \(sun + sky)")
        // In a gap the whole beam arrives, under a cloud next to none.
        #expect(high > sky + 0.8 * sun / (1 - cover) && low < sky * 1.3 + 0.05 * sun)
    }

    /// The pattern belongs to the world: what a camera sees of the ground does not depend on where it hovers.
    @Test func cloudShadowsStayInPlaceWhileTheCameraMoves() {
        var stage = Self.stage(cover: 0.5)
        stage.lens = PinholeCamera(width: 64, height: 48, tanHalfHorizontalFieldOfView: 0.3)
        let renderer = Self.renderer(stage), pool = WorkerPool(workers: 2)
        defer { pool.close() }
        for i in 0..<20 {
            var seen: [Double] = []
            // Both cameras look straight down from 10 m; the pixel over (0.3, 0) of the world moves.
            for x in [0.0, 1.5] {
                var request = stage.request()
                request.shadowSize = 0
                request.cloudDrift = Vec2(Double(i) * 733, Double(i) * 391)
                request.camera.pose.position.x = x
                var frame = RasterFrame(width: 64, height: 48)
                renderer.render(request, pool: pool, into: &frame)
                let p = stage.lens.project(Vec3(0.3 - x, 0, 10)).pixel
                seen.append(Double(frame.color.green[Int(p.y) * 64 + Int(p.x)]))
            }
            #expect(abs(seen[0] / seen[1] - 1) < 0.03)
        }
    }

    /// Share of open sky overhead that clouds cover, and their mean luminance against the mean sky.
    @Test(arguments: [0.3, 0.6]) func drawnCloudsHaveTheMeanOfTheSky(cover: Double) {
        var stage = Self.stage(cover: cover)
        stage.pose = Pose(position: Vec3(0, 0, 2), rotation: Quaternion(columns: Vec3(1, 0, 0), Vec3(0, 1, 0), Vec3(0, 0, 1)))
        let renderer = Self.renderer(stage), pool = WorkerPool(workers: 2)
        defer { pool.close() }
        var frame = RasterFrame(width: 64, height: 48)
        var (sum, count) = (0.0, 0.0)
        for i in 0..<64 {
            var request = stage.request()
            request.shadowSize = 0
            request.cloudDrift = Vec2(Double(i % 8) * 2560, Double(i / 8) * 2560)
            renderer.render(request, pool: pool, into: &frame)
            for y in stride(from: 0, to: 48, by: 4) { for x in stride(from: 0, to: 64, by: 4) {
                sum += Double(frame.color.green[y * 64 + x])
                count += 1
            } }
        }
        let mean = stage.lighting.sky.luminance(towards: Vec3(0, 0, 1)).y
        #expect(abs(sum / count / mean - 1) < 0.2, "\(sum / count) of \(mean)")
    }

    @Test func starsShowAtNightOnlyWhereTheSkyIsOpen() {
        var stage = ShadingStage(Material(name: "matt", baseColor: Vec3f(repeating: 0.2), roughness: 1))
        stage.lens = PinholeCamera(width: 160, height: 120, tanHalfHorizontalFieldOfView: 0.8)
        stage.pose = Pose(position: Vec3(0, 0, 2), rotation: Quaternion(columns: Vec3(1, 0, 0), Vec3(0, 1, 0), Vec3(0, 0, 1)))
        let points = { (sun: Double, cover: Double) -> Int in
            stage.weather.cloudCover = cover
            var request = stage.request()
            var night = NightSky(julianDate: 2_461_000.5, latitude: 0.9, longitude: 0.2)
            night.moon.elevation = -0.5
            request.lighting = Lighting(weather: stage.weather, sun: SunPosition(elevation: sun, azimuth: 1), night: night)
            let pool = WorkerPool(workers: 1)
            defer { pool.close() }
            var frame = RasterFrame(width: 160, height: 120)
            Self.renderer(stage).render(request, pool: pool, into: &frame)
            let median = frame.color.green.sorted()[80 * 120]
            return frame.color.green.filter { $0 > 1.5 * median }.count
        }
        #expect(points(-0.5, 0) > 300)
        #expect(points(-0.5, 1) == 0)
        // By day the clear sky itself varies more than stars would; there are none to draw.
        #expect(Lighting(weather: stage.weather, sun: SunPosition(elevation: 0.2, azimuth: 1), night: NightSky(julianDate: 2_461_000.5, latitude: 0.9, longitude: 0.2)).stars == nil)
    }
}
