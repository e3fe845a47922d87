import Foundation
import SquallDynamics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRayFrames
import SquallScene
import SquallSensors
import SquallShading
import SquallWeather
import SquallWorld

/// From rendered light to a picture: exposure, motion, rain, lens, sensor.
extension EpisodeCapture {
    struct Developed {
        var rgb: Image<RGB8>
        var rain: Image<UInt8>
        var file: PictureFile
        var shutter: ShutterRecord
    }

    /// Meters the light, smears it along its motion, lets the rain fall through the exposure, scatters it in the lens, reads the sensor out.
    func develop(_ request: FrameRequest, _ rays: RayShot?, _ bench: CameraBench, _ info: SensorInfo, _ instant: Instant) -> Developed {
        let effects = bench.effects
        let setting = meter(bench, info, instant.number)
        if effects.motionBlur {
            let motion = motion(info, bench, rays, exposureTime: setting.exposureTime, instant)
            MotionBlur.apply(to: &bench.frame.color, motion: motion, depth: bench.frame.visibility.depth, pool: pool)
        }
        let weather = instant.state.weather
        // Fixed cameras too are mounted over the ground.
        let height = max(0.5, info.mount.position.z)
        let wind = Vec3(-sin(weather.windFrom), -cos(weather.windFrom), 0) * Wind.speed(tenMetre: weather.windSpeed, height: height)
        let velocity = played.ego.map { instant.state.bodies[$0].velocity } ?? .zero
        let rain = FrameRenderer.drawRain(
            request, model: bench.table?.model ?? CameraModel(bench.sensor.camera), exposureTime: setting.exposureTime, velocity: velocity, wind: wind,
            aperture: bench.sensor.camera.fx * bench.sensor.exposure.pixelPitch / bench.sensor.exposure.fNumber,
            random: random("sensor.\(info.name).rain", tick: instant.number), pool: pool, into: &bench.frame)
        VeilingGlare.apply(to: &bench.frame.color, share: effects.glare, pool: pool)
        let camera = bench.sensor.camera
        LensFlare.apply(to: &bench.frame.color, strength: effects.flare, center: Vec2(camera.cx, camera.cy), pool: pool)

        let white = effects.whiteBalance.map(WhiteBalance.color) ?? WhiteBalance.following(FrameRenderer.light(request))
        let noise = random("sensor.\(info.name).noise", tick: instant.number)
        let file: PictureFile =
            switch effects.output {
            case .srgb8: .srgb8
            case .jpeg: .jpeg(quality: effects.quality)
            case .linear12: .linear12(bench.sensor.linear12(bench.frame.color, setting: setting, white: white, random: noise, pool: pool))
            case .bayer: .bayer(bench.sensor.bayer(bench.frame.color, setting: setting, random: noise, pool: pool))
            }
        let rgb = bench.sensor.develop(&bench.frame.color, setting: setting, white: white, random: noise, effects: effects, pool: pool)
        let shutter = ShutterRecord(exposureTime: setting.exposureTime, lineTime: effects.lineTime, gain: setting.gain)
        return Developed(rgb: rgb, rain: rain, file: file, shutter: shutter)
    }

    /// The exposure of a picture that has been rendered.
    private func meter(_ bench: CameraBench, _ info: SensorInfo, _ number: Int) -> ShutterSetting {
        let interval = Double(played.info.step(of: info)) / played.info.rate
        if bench.adapted == nil { bench.adaptation = ExposureAdaptation(delay: bench.effects.exposureDelay) }
        bench.adapted = number
        return bench.sensor.meter(bench.frame.color, adapting: &bench.adaptation, interval: interval)
    }

    /// Where automatic exposure lags, meters the pictures before a frame that nobody has asked for: its state is the episode's.
    func adapt(_ bench: CameraBench, _ info: SensorInfo, _ camera: PinholeCamera, _ settings: ConcreteRig.Sensor, before number: Int) {
        guard bench.effects.exposureDelay > 0, settings.exposure.manualValue == nil else { return }
        let step = played.info.step(of: info)
        let known = bench.adapted.flatMap { $0 < number ? $0 + step : nil }
        if known == nil { bench.adapted = nil }
        for earlier in stride(from: known ?? 0, to: number, by: step) {
            let instant = instant(earlier)
            let here = Moment(pose: instant.ego * info.mount, instances: instant.instances)
            if let table = bench.table {
                _ = drawByRays(info, table, bench, here, (nil, nil), instant)
            } else {
                renderer.render(request(info, here, camera, instant), pool: pool, into: &bench.frame)
            }
            _ = meter(bench, info, earlier)
        }
    }
}
