import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallShading
import SquallSky
import SquallWeather
import SquallWorld
import Testing

@Suite struct ShadingWeatherTests {
    static let asphalt = Material(name: "asphalt", baseColor: Vec3f(repeating: 0.1), roughness: 0.95, wetting: .porous)

    /// Koschmieder on the picture: L = L0 t + L_air (1 - t), the same surface seen through more and more fog.
    @Test(arguments: [25.0, 50, 100, 400]) func koschmieder(visibility: Double) {
        var stage = ShadingStage(Material(name: "grey", baseColor: Vec3f(repeating: 0.2), roughness: 1))
        (stage.weather.fogVisibility, stage.weather.cloudCover) = (visibility, 1)
        stage.height = 0.1
        let near = stage.center(), b = log(20.0) / visibility + stage.weather.medium.airExtinction
        let sky = stage.lighting.sky
        stage.height = 25.1
        let far = stage.center(), t = exp(-b * 25)
        let air = sky.horizonLuminance
        for channel in 0..<3 {
            let expected = near[channel] * t + air[channel] * (1 - t)
            #expect(abs(far[channel] / expected - 1) < 0.02, "\(visibility) m")
        }
    }

    @Test func skyDrownsInUniformFog() {
        var stage = ShadingStage(Self.asphalt)
        stage.weather.fogVisibility = 100
        stage.pose = Pose(position: Vec3(0, 0, 2), rotation: Quaternion(yaw: 0, pitch: -0.5)) * Pose.mountFromCamera
        let seen = stage.center(), air = stage.lighting.sky.airlight(along: Vec3(1, 0, 0))
        #expect(abs(seen.y / air.y - 1) < 0.05)
    }

    @Test func wetAsphaltIsDarkerFromAboveAndShinesAtGrazingAngles() {
        var stage = ShadingStage(Self.asphalt)
        stage.weather.cloudCover = 1
        let dryDown = stage.center().y
        var soaked = SurfaceState()
        soaked.wetness = 1
        stage.surface = soaked
        let wetDown = stage.center().y
        #expect(wetDown < 0.85 * dryDown && wetDown > 0.45 * dryDown)
        soaked.filmDepth = 5
        stage.surface = soaked
        stage.pose = Pose(position: Vec3(0, 0, 1.2), rotation: Quaternion(yaw: 0, pitch: 0.07)) * Pose.mountFromCamera
        let wetAlong = stage.center().y
        stage.surface = nil
        #expect(wetAlong > 2 * stage.center().y)
    }

    @Test func puddlesMirrorWhatStandsBehindThem() {
        var stage = ShadingStage(Self.asphalt)
        stage.weather.cloudCover = 1
        var flooded = SurfaceState()
        (flooded.wetness, flooded.filmDepth) = (1, 8)
        stage.surface = flooded
        stage.pose = Pose(position: Vec3(0, 0, 1.2), rotation: Quaternion(yaw: 0, pitch: 0.2)) * Pose.mountFromCamera
        let bare = stage.center()
        // A red wall 9 m ahead, 6 m wide and 4 m high, facing the camera; the middle of the picture sees the road 6 m ahead.
        stage.meshes.append(
            Mesh(
                positions: [Vec3f(9, -3, 0), Vec3f(9, 3, 0), Vec3f(9, 3, 4), Vec3f(9, -3, 4)], normals: Array(repeating: Vec3f(-1, 0, 0), count: 4),
                indices: [0, 2, 1, 0, 3, 2]))
        stage.materials.append(Material(name: "red", baseColor: Vec3f(0.9, 0.01, 0.01), roughness: 1, doubleSided: true))
        stage.instances.append(MeshInstance(mesh: 1, object: 1, category: 12, materialBase: 1, transform: .identity))
        let mirrored = stage.center()
        #expect(mirrored.y < 0.85 * bare.y)
        #expect(mirrored.x / mirrored.y > 1.1 * bare.x / bare.y)
    }

    /// A drop ten metres before a dipped lamp has E p / (4 pi): p is 0.45 back to the lamp's own driver and 6.45 straight on. Night rain glitters in the beam alone.
    @Test func dropsGlitterInBeams() {
        let lamp = Lamp(.dippedBeam, .dipped, at: Vec3(0, 0, 1), towards: Vec3(1, 0, 0), intensity: 0, color: Vec3f(1, 1, 1))
        let light = ArtificialLight(lamps: [PlacedLamp(lamp, on: .identity)], lit: [])
        let place = Vec3(10, 0, 0.8), lux = HeadlampBeam.dipped.candela(right: 0, up: atan2(-0.2, 10)) / (place - Vec3(0, 0, 1)).lengthSquared
        let glow = RainGlow(light, eye: .zero, ambient: 0)
        for (eye, phase) in [(Vec3(0, 0, 1), 0.45), (Vec3(20, 0, 0.6), 6.45), (Vec3(10, 5, 0.8), 0.45)] {
            let seen = Double(glow.luminance(at: place, eye: eye).y)
            #expect(abs(seen / (lux * phase / (4 * .pi)) - 1) < 0.02, "from \(eye)")
        }
        #expect(glow.luminance(at: Vec3(-5, 0, 1), eye: .zero) == .zero)
        #expect(RainGlow(light, eye: .zero, ambient: 10_000).isEmpty)
    }

    /// Ink under water stays ink: Lekner and Dorf never darken below zero nor brighten, and leave white white.
    @Test func soakingKeepsTheEndsOfTheScale() {
        for (dry, wet) in [(0.1, 0.0591), (0.18, 0.1104), (0.3, 0.1950), (0.5, 0.3612)] {
            #expect(abs(WetReflectance.wetAlbedo(dry) - wet) < 5e-5)
        }
    }

    static func rain(rate: Double, speed: Double = 0, exposure: Double = 5e-3, focal: Double = 1200) -> (RainStreaks, PinholeCamera, Pose) {
        let camera = PinholeCamera(width: 1280, height: 720, fx: focal, fy: focal, cx: 640, cy: 360)
        let pose = Pose(position: Vec3(0, 0, 1.5)) * Pose.mountFromCamera
        let limits = StreakLimits(rate: rate, focalLength: focal)!
        let light = DropLuminance(above: SIMD3(repeating: 1800), below: SIMD3(repeating: 200))
        return (RainStreaks(limits: limits, rate: rate, velocity: Vec3(speed, 0, 0), exposureTime: exposure, luminance: light), camera, pose)
    }

    /// Garg and Nayar: f v t / z long; f = 1200 px, 5 ms, z = 5 m, D = 2 mm gives 7.86 px.
    @Test func streaksAreAsLongAsTheFallAndUpright() {
        let (rain, camera, pose) = Self.rain(rate: 30)
        let streaks = rain.streaks(CameraModel(camera), pose: pose, random: CounterRandom(seed: 1, path: "rain"))
        #expect(streaks.count > 1000)
        // Gusts carry single drops a little towards or away from the camera; the mean shows the fall.
        var (tilt, length) = (0.0, 0.0)
        let beyond = streaks.filter { $0.depth > 2 }
        for s in beyond {
            let expected = 1200 * Rain.fallSpeed(diameter: Double(s.diameter)) * 5e-3 / Double(s.depth)
            let ratio = Double(s.to.y - s.from.y) / expected
            #expect(ratio > 0.9 && ratio < 1.1)
            length += ratio
            tilt += Double((s.to.x - s.from.x) / (s.to.y - s.from.y))
        }
        #expect(abs(tilt / Double(beyond.count)) < 0.01 && abs(length / Double(beyond.count) - 1) < 2e-3)
        #expect(abs(1200 * Rain.fallSpeed(diameter: 2) * 5e-3 / 5 - 7.86) < 0.005)
    }

    @Test func drivingTurnsRainIntoAStarAroundTheHeading() {
        let (rain, camera, pose) = Self.rain(rate: 30, speed: 40, exposure: 1e-3)
        let streaks = rain.streaks(CameraModel(camera), pose: pose, random: CounterRandom(seed: 1, path: "rain"))
        // Far to the side of the centre, drops move outwards: the fall is slower than the drive.
        let left = streaks.filter { $0.from.x < 200 }, right = streaks.filter { $0.from.x > 1080 }
        #expect(left.count > 50 && right.count > 50)
        #expect(left.filter { $0.to.x < $0.from.x }.count > left.count * 95 / 100)
        #expect(right.filter { $0.to.x > $0.from.x }.count > right.count * 95 / 100)
    }

    /// The number drawn is the Marshall-Palmer density above the depth's smallest visible drop, summed over the frustum.
    @Test(arguments: [10.0, 50, 100]) func densityFollowsTheDropSpectrum(rate: Double) {
        let (rain, camera, pose) = Self.rain(rate: rate)
        let streaks = rain.streaks(CameraModel(camera), pose: pose, random: CounterRandom(seed: 2, path: "rain"))
        let inside = streaks.filter { $0.depth >= 2 && $0.depth <= 6 && $0.diameter >= 1.5 }
        var expected = 0.0
        let area = (1280 + 96.0) * (720 + 96.0) / (1200 * 1200)
        for step in 0..<400 {
            let z = 2 + (Double(step) + 0.5) * 0.01
            expected += Rain.dropCount(rate: rate, above: max(1.5, rain.limits.diameterPerDepth * z)) * area * z * z * 0.01
        }
        #expect(abs(Double(inside.count) - expected) < 4 * expected.squareRoot() + 2)
    }

    /// Area of a disc beyond a chord at `u` radii: 1/2 + (u sqrt(1 - u^2) + asin u) / pi.
    @Test func dropsShowMoreSkyTheHigherTheyAreSeen() {
        for step in -11...11 {
            let sine = Double(step) * 0.05, u = min(1, max(-1, sine / 0.55))
            #expect(abs(DropLuminance.skyShare(sinElevation: sine) - (0.5 + (u * (1 - u * u).squareRoot() + asin(u)) / .pi)) < 0.01)
        }
        let (rain, camera, pose) = Self.rain(rate: 30)
        let streaks = rain.streaks(CameraModel(camera), pose: pose, random: CounterRandom(seed: 1, path: "rain"))
        for s in streaks {
            if s.from.y < 300 && s.to.y < 300 { #expect(s.sky > 0.5) }
            if s.from.y > 420 && s.to.y > 420 { #expect(s.sky < 0.5) }
        }
    }

    /// Streaks stand out bright against the ground and hardly against the sky.
    @Test func dropsAreBrighterThanTheGroundAndNearlyAsBrightAsAnOvercastSky() {
        var weather = WeatherState()
        (weather.cloudCover, weather.rainRate) = (1, 30)
        let sky = Lighting(weather: weather, sun: SunPosition(elevation: 0.6, azimuth: 1)).sky
        let drops = DropLuminance(sky)
        let ground = drops.value(sky: Float(DropLuminance.skyShare(sinElevation: -0.15))), high = drops.value(sky: Float(DropLuminance.skyShare(sinElevation: 0.25)))
        #expect(ground.y > 1.5 * Float(sky.groundLuminance.y))
        #expect(abs(high.y / Float(sky.luminance(towards: Vec3(0.968, 0, 0.25)).y) - 1) < 0.3)
    }

    @Test func drawingReplacesLightOnlyBeforeTheScene() {
        let (rain, _, _) = Self.rain(rate: 50)
        var image = RadianceImage(width: 64, height: 64)
        let streak = RainStreaks.Streak(from: SIMD2(10.5, 20.5), to: SIMD2(50.5, 20.5), width: 1, weight: 0.5, depth: 5, diameter: 2)
        let pool = WorkerPool(workers: 2)
        defer { pool.close() }
        let mask = rain.draw([streak], into: &image, depth: Array(repeating: 10, count: 64 * 64), pool: pool)
        #expect(abs(image.green[20 * 64 + 30] - 500) < 1 && image.green[22 * 64 + 30] == 0)
        #expect(mask[30, 20] == 128 && mask[30, 22] == 0)
        var hidden = RadianceImage(width: 64, height: 64)
        _ = rain.draw([streak], into: &hidden, depth: Array(repeating: 3, count: 64 * 64), pool: pool)
        #expect(hidden.green.allSatisfy { $0 == 0 })
    }

    /// Drawn drops and extinction together are the whole rain: at depth z the share of drops above the limit is left out.
    @Test func noDropCountsTwice() {
        let limits = StreakLimits(rate: 25, focalLength: 1000)!
        for z in [2.0, 5, 12] {
            let share = Rain.extinctionShare(rate: 25, above: limits.diameterPerDepth * z), x = limits.shareRate * z
            #expect(abs(share - exp(-x) * (1 + x + x * x / 2)) < 1e-12)
        }
    }
}
