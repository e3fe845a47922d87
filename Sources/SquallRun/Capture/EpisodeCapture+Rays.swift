import SquallDynamics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRayFrames
import SquallRays
import SquallScene
import SquallSensors
import SquallShading
import SquallSky
import SquallWorld

/// Pictures filled by rays: lenses that bend, shutters that roll.
extension EpisodeCapture {
    /// What rays of one picture were cast into.
    struct RayShot {
        var view: RayView
        /// The world when its first row was seen, and its last; nil when all rows look at once.
        var start: [MeshInstance]
        var end: [MeshInstance]?
        /// From the first row to the last, seconds.
        var readOut = 0.0
    }

    /// The scene and every row's place around an instant.
    func shot(_ info: SensorInfo, _ table: LensTable, lineTime: Double, at time: Ticks, levels: [Int]) -> RayShot {
        let middle = moment(info, at: time, levels: levels)
        guard lineTime > 0 else { return RayShot(view: RayView(scene: RayScene(cameraTrees, middle.instances), table: table, pose: middle.pose), start: middle.instances, end: nil) }
        let shutter = RollingShutter(lineTime: lineTime, rows: table.height)
        let half = Ticks(seconds: shutter.readout / 2)
        let (first, last) = (moment(info, at: time - half, levels: levels), moment(info, at: time + half, levels: levels))
        let rows = (0..<table.height).map { row -> RayScene.Row in
            let carrier = played.ego.map { played.trajectory.pose(of: $0, at: time + Ticks(seconds: shutter.offset(row: row))) } ?? .identity
            return RayScene.Row(pose: carrier * info.mount, fraction: shutter.fraction(row: row))
        }
        // What bends has the shape of the middle row for all of them: within a readout a foot moves against its body by millimetres.
        let start = zip(first.instances, middle.instances).map { instance, later in
            var instance = instance
            instance.shape = later.shape
            return instance
        }
        let scene = RayScene(cameraTrees, start, end: last.instances)
        return RayShot(view: RayView(scene: scene, table: table, pose: middle.pose, rows: rows), start: start, end: last.instances, readOut: shutter.readout)
    }

    /// The same as the other end of a flow field.
    private func other(_ shot: RayShot, _ info: SensorInfo, at time: Ticks, levels: [Int]) -> RayInstant {
        RayInstant(instances: moment(info, at: time, levels: levels).instances, scene: shot.view.scene, pose: shot.view.pose, rows: shot.view.rows)
    }

    /// One picture with flow and normals.
    func drawByRays(_ info: SensorInfo, _ table: LensTable, _ bench: CameraBench, _ here: Moment, _ others: (next: Ticks?, previous: Ticks?), _ instant: Instant) -> Drawn {
        let lineTime = bench.effects.lineTime
        let shot = shot(info, table, lineTime: lineTime, at: instant.stamp, levels: instant.levels)
        func far(_ time: Ticks?) -> RayInstant? {
            time.map { other(self.shot(info, table, lineTime: lineTime, at: $0, levels: instant.levels), info, at: $0, levels: instant.levels) }
        }
        let request = request(info, here, table.model.camera, instant)
        let extras = RayRenderer.Extras(forward: far(others.next), backward: far(others.previous), normals: labels.contains(.normals))
        let hidden = renderer.render(request, rays: shot.view, extras: extras, pool: pool, into: &bench.frame)
        return Drawn(request: request, rays: shot, hidden: hidden, moved: nil)
    }

    /// Motion on the image over an exposure, pixels: each point's way from half before to half after, taken from its second half.
    func motion(_ info: SensorInfo, _ bench: CameraBench, _ rays: RayShot?, exposureTime: Double, _ instant: Instant) -> Image<SIMD2<Float>> {
        let time = instant.stamp + Ticks(seconds: exposureTime / 2)
        let there = moment(info, at: time, levels: instant.levels)
        var flow: Image<SIMD2<Float>>
        if let rays {
            let other = other(shot(info, rays.view.table, lineTime: bench.effects.lineTime, at: time, levels: instant.levels), info, at: time, levels: instant.levels)
            flow = RayRenderer(rasterizer.meshes).flow(rays.view, instant.instances, to: other, of: bench.frame.visibility, pool: pool)
        } else {
            let here = RasterCamera(pose: instant.ego * info.mount, camera: bench.sensor.camera)
            let extras = Rasterizer.Extras(forward: OtherInstant(instances: there.instances, pose: there.pose))
            rasterizer.render(instant.instances, camera: here, samples: 1, extras: extras, shader: idShader, pool: pool, into: &bench.moving)
            flow = bench.moving.flowForward
        }
        for pixel in flow.pixels.indices { flow.pixels[pixel] *= 2 }
        return flow
    }
}
