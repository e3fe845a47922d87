import Foundation
import SquallDynamics
import SquallFrames
import SquallGeometry
import SquallLabels
import SquallMath
import SquallRaster
import SquallRayFrames
import SquallRays
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
        let effects: CameraEffects
        /// Directions of its pixels; nil when the rasterizer draws it.
        let table: LensTable?
        var frame: RasterFrame
        /// Ids and depths of an instant that is no frame, or of one out of turn.
        var elsewhere: RasterFrame
        /// What the rasterizer's latest picture showed, and the buffers of the one before it: flow looks from one to the other.
        var last: (number: Int, view: FlowOcclusion.View)?
        var spare: VisibilityBuffer
        /// The next frame, taken already because flow asks what it shows.
        var ahead: Taken?
        /// Motion over the exposure.
        var moving: RasterFrame
        /// Of automatic exposure, and the frame it holds for.
        var adaptation: ExposureAdaptation
        var adapted: Int?

        init(_ camera: PinholeCamera, _ settings: ConcreteRig.Sensor, random: CounterRandom, pool: WorkerPool) {
            var effects = settings.effects
            // Thumbnails are read out in the time of the picture they stand for.
            if case .camera(let full) = settings.kind { effects.lineTime *= Double(full.height) / Double(camera.height) }
            self.effects = effects
            let byRays = settings.lens != .pinhole || effects.lineTime > 0
            table = byRays ? LensTable(CameraModel(camera, lens: settings.lens), pool: pool) : nil
            sensor = CameraSensor(
                exposure: settings.exposure, camera: camera, illumination: settings.lens == .pinhole ? nil : table?.illumination(), vignetting: effects.vignetting,
                noise: effects.noise, random: random)
            frame = RasterFrame(width: camera.width, height: camera.height)
            elsewhere = RasterFrame(width: 0, height: 0)
            spare = VisibilityBuffer(width: camera.width, height: camera.height)
            moving = RasterFrame(width: 0, height: 0)
            adaptation = ExposureAdaptation(delay: settings.effects.exposureDelay)
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
        return Moment(pose: carrier * info.mount, instances: instances(at: time, levels: levels))
    }

    /// One picture with its labels.
    func capture(_ info: SensorInfo, _ camera: PinholeCamera, _ settings: ConcreteRig.Sensor, _ instant: Instant) -> CameraFrame {
        let bench = bench(info, camera, settings)
        var taken = bench.ahead.flatMap { $0.number == instant.number ? $0 : nil } ?? take(info, camera, settings, bench, instant)
        bench.ahead = nil
        if let moved = taken.moved {
            let there = following(info, camera, settings, bench, instant.number)
            taken.frame.occludedForward = timed(\.hidden) { occlusion(taken.frame.flowForward, taken.seen, moved, there, camera) }
        }
        return taken.frame
    }

    /// A picture whose forward flow does not know yet where it ends hidden: that is seen in the next one.
    struct Taken {
        let number: Int
        var frame: CameraFrame
        let seen: FlowOcclusion.View
        /// Its instances one frame later; nil where nobody asks.
        let moved: [MeshInstance]?
    }

    func take(_ info: SensorInfo, _ camera: PinholeCamera, _ settings: ConcreteRig.Sensor, _ bench: CameraBench, _ instant: Instant) -> Taken {
        adapt(bench, info, camera, settings, before: instant.number)
        let here = Moment(pose: instant.ego * info.mount, instances: instant.instances)
        let step = played.info.step(of: info)
        let next = labels.contains(.flow) ? stamp(instant.number + step) : nil
        let previous = labels.contains(.flow) && instant.number >= step ? stamp(instant.number - step) : nil
        let truth = bench.table.map { drawByRays(info, $0, bench, here, (next, previous), instant) } ?? draw(info, camera, bench, here, (next, previous), instant)
        let luminance = bench.frame.color.luminance

        let developed = timed(\.sensor) { develop(truth.request, truth.rays, bench, info, instant) }
        let begun = ContinuousClock.now
        defer { times.labels += (ContinuousClock.now - begun).seconds }
        let visibility = bench.frame.visibility, (normals, forward, backward) = bench.frame.giveAway()
        let ids = VisibleLabels.instance(visibility, here.instances)
        let depth = VisibleLabels.depth(visibility)
        let none = Image<UInt8>(width: 0, height: 0, filledWith: 0)
        var frame = CameraFrame(
            sensor: info.name, stamp: instant.stamp, pose: here.pose, camera: camera, rgb: developed.rgb,
            depth: labels.contains(.depth) ? depth : Image(width: 0, height: 0, filledWith: 0),
            instance: labels.contains(.instance) ? ids : Image(width: 0, height: 0, filledWith: 0),
            semantic: labels.contains(.semantic) ? semantic(visibility, here.instances, bench.table) : none, normals: normals,
            flowForward: forward, flowBackward: backward, occludedForward: truth.hidden.forward, occludedBackward: truth.hidden.backward,
            rain: labels.contains(.rain) ? developed.rain : none, objects: [], lens: info.lens)
        if labels.contains(.boxes) { frame.objects = objects(ids, depth, luminance, frame.model, here, truth.rays, instant) }
        (frame.picture, frame.shutter) = (developed.file, developed.shutter)
        return Taken(
            number: instant.number, frame: frame, seen: FlowOcclusion.View(pose: here.pose, instances: here.instances, visibility: visibility), moved: truth.moved)
    }

    /// What a picture was drawn from, and where its flow ends hidden.
    struct Drawn {
        var request: FrameRequest
        /// nil when the rasterizer drew it.
        var rays: RayShot?
        var hidden: (forward: Image<UInt8>, backward: Image<UInt8>)
        /// The instances one frame later, where forward flow has not been judged yet.
        var moved: [MeshInstance]?
    }

    /// By the rasterizer.
    private func draw(_ info: SensorInfo, _ camera: PinholeCamera, _ bench: CameraBench, _ here: Moment, _ others: (next: Ticks?, previous: Ticks?), _ instant: Instant) -> Drawn {
        let next = others.next.map { moment(info, at: $0, levels: instant.levels) }
        let previous = others.previous.map { moment(info, at: $0, levels: instant.levels) }
        let request = request(info, here, camera, instant)
        let extras = Rasterizer.Extras(
            forward: next.map { OtherInstant(instances: $0.instances, pose: $0.pose) }, backward: previous.map { OtherInstant(instances: $0.instances, pose: $0.pose) },
            normals: labels.contains(.normals))
        let before = bench.last
        bench.last = nil
        swap(&bench.frame.visibility, &bench.spare)
        timed(\.picture) { renderer.render(request, extras: extras, pool: pool, into: &bench.frame) }
        let none = Image<UInt8>(width: 0, height: 0, filledWith: 0)
        guard labels.contains(.flow) else { return Drawn(request: request, rays: nil, hidden: (none, none), moved: nil) }
        let seen = FlowOcclusion.View(pose: here.pose, instances: here.instances, visibility: bench.frame.visibility)
        bench.last = (instant.number, seen)
        let backward = previous.map { moved in
            let there = preceding(info, camera, bench, instant.number, before)
            return timed(\.hidden) { occlusion(bench.frame.flowBackward, seen, moved.instances, there, camera) }
        }
        return Drawn(request: request, rays: nil, hidden: (none, backward ?? none), moved: next?.instances)
    }

    /// Pixels that the lens does not show have no class.
    private func semantic(_ visibility: VisibilityBuffer, _ instances: [MeshInstance], _ table: LensTable?) -> Image<UInt8> {
        var image = VisibleLabels.semantic(visibility, instances)
        guard let table, table.model.lens.field != nil else { return image }
        for pixel in image.pixels.indices where !table.sees(pixel) { image.pixels[pixel] = Category.unlabeled.rawValue }
        return image
    }

    func request(_ sensor: SensorInfo, _ here: Moment, _ camera: PinholeCamera, _ instant: Instant) -> FrameRequest {
        let standing = played.world.contactBoxes(in: instant.state)
        var request = FrameRequest(
            instances: here.instances, camera: RasterCamera(pose: here.pose, camera: camera), lighting: instant.lighting, medium: medium(at: here.pose.position, instant),
            surface: instant.ground.water.state(.plain), ground: instant.ground, boxes: standing.solid, time: instant.stamp.seconds)
        request.cloudDrift = cloudDrift(at: instant.stamp)
        request.lamps = instant.lamps
        request.crowns = standing.crowns
        request.roofs = played.world.roofs
        request.eye = sensor.name
        return request
    }

    private func objects(
        _ ids: Image<UInt16>, _ depth: Image<Float>, _ luminance: [Float], _ model: CameraModel, _ here: Moment, _ rays: RayShot?, _ instant: Instant
    ) -> [CameraObject] {
        let runs = runs(of: instant.objects, in: here.instances)
        let margin = model.camera.width
        let lone: [LoneCoverage]
        if let rays {
            let alone = RayLone(table: rays.view.table, trees: cameraTrees, pose: here.pose, rows: rays.view.rows, margin: margin)
            lone = alone.coverage(runs, of: rays.start, end: rays.end, meshes: played.world.meshes, pool: pool)
        } else {
            lone = rasterizer.lone(runs, of: here.instances, camera: RasterCamera(pose: here.pose, camera: model.camera), margin: margin, pool: pool)
        }
        let eye = here.pose.position
        let medium = medium(at: eye, instant)
        // The read-out lasts from fraction 0 to 1, the stamp is its middle.
        let rows = rays.map { rays in rays.view.rows.map { CameraObjects.Row(pose: $0.pose, seconds: ($0.fraction - 0.5) * rays.readOut) } } ?? []
        return CameraObjects(instance: ids, depth: depth, luminance: luminance, model: model, pose: here.pose, rows: rows, limits: limits) { medium.transmittance(from: eye, to: $0) }
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

    func random(_ path: String, tick: Int) -> CounterRandom {
        let scene = played.world.scene
        return CounterRandom(seed: scene.seed, sample: UInt32(truncatingIfNeeded: scene.index), path: path, tick: UInt32(truncatingIfNeeded: tick))
    }

    private func bench(_ info: SensorInfo, _ camera: PinholeCamera, _ settings: ConcreteRig.Sensor) -> CameraBench {
        if let kept = benches[info.name] { return kept }
        let made = CameraBench(camera, settings, random: random("sensor.\(info.name).pattern", tick: 0), pool: pool)
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
