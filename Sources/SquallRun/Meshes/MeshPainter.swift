import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallShading
import SquallWeather
import SquallWorld

/// One renderer over a mesh scene, kept between frames.
final class MeshPainter {
    /// cd/m2 that becomes display white: a sunlit 70 % surface.
    static let whiteLuminance: Float = 20_000

    private enum Renderer {
        case referee(Rasterizer, ReferenceShader)
        case full(FrameRenderer, FrameRequest)
    }

    private let scene: MeshScene
    private let path: CameraPath
    private let samples: Int
    private let pool: WorkerPool
    private let renderer: Renderer
    private(set) var frame: RasterFrame

    init(scene: MeshScene, path: CameraPath, samples: Int, shadows: Bool, shading: MeshRenderJob.Shading, photometry: MeshRenderJob.Photometry = .init(), pool: WorkerPool) {
        (self.scene, self.path, self.samples, self.pool) = (scene, path, samples, pool)
        let meshes = PreparedMeshes(meshes: scene.meshes, materials: scene.materials, textures: scene.textures)
        switch shading {
        case .referee: renderer = .referee(Rasterizer(meshes), ReferenceShader(materials: scene.materials, light: path.light, sky: Vec3f(path.sky)))
        case .full:
            // The path's light is the sun of a clear day.
            let sun = SunPosition(elevation: asin(path.light.z.clamped(to: -1...1)), azimuth: atan2(path.light.x, path.light.y))
            let painter = FrameRenderer(meshes: meshes, materials: scene.materials, textures: scene.textures)
            let lighting = Lighting(weather: photometry.weather, sun: sun)
            var request = FrameRequest(
                instances: [], camera: RasterCamera(pose: path.poses[0], camera: path.camera, near: path.near), lighting: lighting,
                medium: photometry.weather.medium)
            (request.samples, request.shadowSize, request.energyCompensation) = (samples, shadows ? 2048 : 0, photometry.energyCompensation)
            request.lamps.lamps = path.lamps.map { lamp in
                let candela = LightColour.luminance(lamp.intensity), colour = Vec3f(lamp.intensity / max(candela, 1e-12))
                let light = Lamp(.street, .isotropic, at: .zero, towards: Vec3(0, 0, -1), intensity: candela, color: colour)
                return PlacedLamp(light, on: Pose(position: lamp.position))
            }
            renderer = .full(painter, request)
        }
        frame = RasterFrame(width: path.camera.width, height: path.camera.height)
    }

    /// Where the time went so far; nil under the referee's shading.
    var times: FrameTimes? { if case .full(let painter, _) = renderer { painter.times } else { nil } }

    /// What falls on the scene; nil under the referee's shading.
    var lighting: Lighting? { if case .full(_, let request) = renderer { request.lighting } else { nil } }

    /// Renders a pose of the path; flow goes to the next pose (the last one stands still).
    func render(_ index: Int) {
        let next = path.poses[min(index + 1, path.poses.count - 1)]
        let instances = scene.instances(from: path.poses[index].position, focal: path.camera.fx)
        let extras = Rasterizer.Extras(forward: OtherInstant(instances: instances, pose: next))
        let camera = RasterCamera(pose: path.poses[index], camera: path.camera, near: path.near)
        switch renderer {
        case .referee(let rasterizer, let shader):
            rasterizer.render(instances, camera: camera, samples: samples, extras: extras, shader: shader, pool: pool, into: &frame)
        case .full(let painter, var request):
            (request.camera, request.instances) = (camera, instances)
            painter.render(request, extras: extras, pool: pool, into: &frame)
        }
    }
}
