import SquallFrames
import SquallGeometry
import SquallLabels
import SquallMath
import SquallRaster
import SquallScene
import SquallWorld

/// Where flow ends hidden: every picture is judged by the pictures before and after it as they are drawn, each with its own levels of detail.
extension EpisodeCapture {
    /// What the frame after shows: it is taken for it and kept until its turn comes; after the last one, ids and depths alone.
    func following(_ info: SensorInfo, _ camera: PinholeCamera, _ settings: ConcreteRig.Sensor, _ bench: CameraBench, _ number: Int) -> FlowOcclusion.View {
        let next = number + played.info.step(of: info)
        guard next < played.info.frameCount else { return view(info, camera, bench, next) }
        let taken = take(info, camera, settings, bench, instant(next))
        bench.ahead = taken
        return taken.seen
    }

    /// What the frame before shows. Ids and depths do not depend on colour: when it was the last one drawn, nothing is drawn again.
    func preceding(_ info: SensorInfo, _ camera: PinholeCamera, _ bench: CameraBench, _ number: Int, _ last: (number: Int, view: FlowOcclusion.View)?) -> FlowOcclusion.View {
        let previous = number - played.info.step(of: info)
        if let last, last.number == previous { return last.view }
        return view(info, camera, bench, previous)
    }

    /// Ids and depths of a frame.
    private func view(_ info: SensorInfo, _ camera: PinholeCamera, _ bench: CameraBench, _ number: Int) -> FlowOcclusion.View {
        let there = moment(info, at: stamp(number), levels: levels(at: stamp(number)))
        timed(\.hidden) {
            rasterizer.render(there.instances, camera: RasterCamera(pose: there.pose, camera: camera), samples: 1, shader: idShader, pool: pool, into: &bench.elsewhere)
        }
        return FlowOcclusion.View(pose: there.pose, instances: there.instances, visibility: bench.elsewhere.visibility)
    }

    /// - Parameter moved: the instances of `here` at the instant of `there`.
    func occlusion(_ flow: Image<SIMD2<Float>>, _ here: FlowOcclusion.View, _ moved: [MeshInstance], _ there: FlowOcclusion.View, _ camera: PinholeCamera) -> Image<UInt8> {
        FlowOcclusion.mask(flow: flow, from: here, moved: moved, to: there, camera: camera, meshes: played.world.meshes, prepared: rasterizer.meshes, pool: pool)
    }
}
