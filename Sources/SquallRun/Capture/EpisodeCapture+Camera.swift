import Foundation
import SquallDynamics
import SquallFrames
import SquallGeometry
import SquallLabels
import SquallMath
import SquallRaster
import SquallRoads
import SquallScene
import SquallSensors
import SquallShading
import SquallWeather
import SquallWorld

/// What a camera gives of an instant: picture, label images, objects.
extension EpisodeCapture {
    /// What one camera keeps between frames.
    final class CameraBench {
        let sensor: CameraSensor
        var frame: RasterFrame
        /// Visibility of the same objects one frame later and earlier, for occlusion.
        var later: RasterFrame
        var earlier: RasterFrame

        init(_ camera: PinholeCamera, exposure: Exposure, random: CounterRandom) {
            sensor = CameraSensor(exposure: exposure, camera: camera, random: random)
            frame = RasterFrame(width: camera.width, height: camera.height)
            later = RasterFrame(width: 0, height: 0)
            earlier = RasterFrame(width: 0, height: 0)
        }
    }

    /// Where a camera of the rig is, and what it could see, at another instant with this frame's level of detail.
    package struct Moment: Sendable {
        package var pose: Pose
        package var instances: [MeshInstance]
        package init(pose: Pose, instances: [MeshInstance]) { (self.pose, self.instances) = (pose, instances) }
    }

    func moment(_ info: SensorInfo, at time: Ticks, levels: [Int]) -> Moment {
        let carrier = played.ego.map { played.trajectory.pose(of: $0, at: time) } ?? .identity
        return Moment(pose: carrier * info.mount, instances: played.world.instances(in: played.trajectory.state(at: time), levels: levels))
    }

    /// One picture with its labels.
    func capture(_ info: SensorInfo, _ camera: PinholeCamera, _ exposure: Exposure, _ instant: Instant) -> CameraFrame {
        let bench = bench(info, camera, exposure)
        let here = Moment(pose: instant.ego * info.mount, instances: instant.instances)
        let step = played.info.step(of: info)
        let next = labels.contains(.flow) ? moment(info, at: stamp(instant.number + step), levels: instant.levels) : nil
        let previous = labels.contains(.flow) && instant.number >= step ? moment(info, at: stamp(instant.number - step), levels: instant.levels) : nil

        let request = request(here, camera, instant)
        let extras = Rasterizer.Extras(
            forward: next.map { OtherInstant(instances: $0.instances, pose: $0.pose) }, backward: previous.map { OtherInstant(instances: $0.instances, pose: $0.pose) },
            normals: labels.contains(.normals))
        renderer.render(request, extras: extras, pool: pool, into: &bench.frame)
        let luminance = bench.frame.color.luminance

        let (rgb, rain) = develop(request, bench, info, instant)
        let visibility = bench.frame.visibility
        let ids = VisibleLabels.instance(visibility, here.instances)
        let depth = VisibleLabels.depth(visibility)
        let objects = labels.contains(.boxes) ? self.objects(ids, depth, luminance, camera, here, instant) : []
        let none = Image<UInt8>(width: 0, height: 0, filledWith: 0)
        return CameraFrame(
            sensor: info.name, stamp: instant.stamp, pose: here.pose, camera: camera, rgb: rgb, depth: labels.contains(.depth) ? depth : Image(width: 0, height: 0, filledWith: 0),
            instance: labels.contains(.instance) ? ids : Image(width: 0, height: 0, filledWith: 0),
            semantic: labels.contains(.semantic) ? VisibleLabels.semantic(visibility, here.instances) : none, normals: bench.frame.normals,
            flowForward: bench.frame.flowForward, flowBackward: bench.frame.flowBackward,
            occludedForward: next.map { occlusion(bench.frame.flowForward, here, visibility, $0, camera, &bench.later) } ?? none,
            occludedBackward: previous.map { occlusion(bench.frame.flowBackward, here, visibility, $0, camera, &bench.earlier) } ?? none,
            rain: labels.contains(.rain) ? rain : none, objects: objects)
    }

    private func request(_ here: Moment, _ camera: PinholeCamera, _ instant: Instant) -> FrameRequest {
        var request = FrameRequest(
            instances: here.instances, camera: RasterCamera(pose: here.pose, camera: camera), lighting: instant.lighting, medium: instant.medium,
            surface: instant.ground.water.state(.plain), ground: instant.ground, boxes: played.world.contactBoxes(in: instant.state), time: instant.stamp.seconds)
        request.cloudDrift = cloudDrift(at: instant.stamp)
        request.lamps = instant.lamps
        return request
    }

    /// Exposes the rendered light: meters it, lets the rain fall through the exposure, reads the sensor out.
    private func develop(_ request: FrameRequest, _ bench: CameraBench, _ info: SensorInfo, _ instant: Instant) -> (rgb: Image<RGB8>, rain: Image<UInt8>) {
        let setting = bench.sensor.meter(bench.frame.color)
        let weather = instant.state.weather
        let wind = Vec3(-sin(weather.windFrom), -cos(weather.windFrom), 0) * weather.windSpeed
        let velocity = played.ego.map { instant.state.bodies[$0].velocity } ?? .zero
        let rain = FrameRenderer.drawRain(
            request, exposureTime: setting.exposureTime, velocity: velocity, wind: wind, random: random("sensor.\(info.name).rain", tick: instant.number), pool: pool,
            into: &bench.frame)
        let rgb = bench.sensor.develop(
            bench.frame.color, setting: setting, white: FrameRenderer.white(instant.lighting, lamps: instant.lamps), random: random("sensor.\(info.name).noise", tick: instant.number), pool: pool)
        return (rgb, rain)
    }

    private func objects(
        _ ids: Image<UInt16>, _ depth: Image<Float>, _ luminance: [Float], _ camera: PinholeCamera, _ here: Moment, _ instant: Instant
    ) -> [CameraObject] {
        let view = RasterCamera(pose: here.pose, camera: camera)
        let lone = rasterizer.lone(runs(of: instant.objects, in: here.instances), of: here.instances, camera: view, margin: camera.width, pool: pool)
        let medium = instant.medium
        let eye = here.pose.position
        return CameraObjects(instance: ids, depth: depth, luminance: luminance, camera: camera, pose: here.pose, limits: limits) { medium.transmittance(from: eye, to: $0) }
            .labels(objects: instant.objects, lone: lone)
    }

    /// Where each object's instances are: they stand together, in id order.
    private func runs(of objects: [ObjectState], in instances: [MeshInstance]) -> [Range<Int>] {
        var ends = [Range<Int>](repeating: 0..<0, count: (objects.map { Int($0.id) }.max() ?? 0) + 1)
        for (index, instance) in instances.enumerated() where Int(instance.object) < ends.count && instance.object != 0 {
            let run = ends[Int(instance.object)]
            ends[Int(instance.object)] = run.isEmpty ? index..<index + 1 : run.lowerBound..<index + 1
        }
        return objects.map { ends[Int($0.id)] }
    }

    private func occlusion(
        _ flow: Image<SIMD2<Float>>, _ here: Moment, _ seen: VisibilityBuffer, _ there: Moment, _ camera: PinholeCamera, _ scratch: inout RasterFrame
    ) -> Image<UInt8> {
        let view = RasterCamera(pose: there.pose, camera: camera)
        rasterizer.render(there.instances, camera: view, samples: 1, shader: idShader, pool: pool, into: &scratch)
        return FlowOcclusion.mask(
            flow: flow, from: FlowOcclusion.View(pose: here.pose, instances: here.instances, visibility: seen),
            to: FlowOcclusion.View(pose: there.pose, instances: there.instances, visibility: scratch.visibility), camera: camera,
            meshes: played.world.meshes)
    }

    private func random(_ path: String, tick: Int) -> CounterRandom {
        let scene = played.world.scene
        return CounterRandom(seed: scene.seed, sample: UInt32(truncatingIfNeeded: scene.index), path: path, tick: UInt32(truncatingIfNeeded: tick))
    }

    private func bench(_ info: SensorInfo, _ camera: PinholeCamera, _ exposure: Exposure) -> CameraBench {
        if let kept = benches[info.name] { return kept }
        let made = CameraBench(camera, exposure: exposure, random: random("sensor.\(info.name).pattern", tick: 0))
        benches[info.name] = made
        return made
    }
}

extension RadianceImage {
    /// Photometric luminance, cd/m2 (weights of the sRGB primaries).
    var luminance: [Float] {
        [Float](unsafeUninitializedCapacity: red.count) { out, count in
            let weights = Vec3f(LightColour.weights)
            for i in red.indices { out.initializeElement(at: i, to: weights.x * red[i] + weights.y * green[i] + weights.z * blue[i]) }
            count = red.count
        }
    }
}
