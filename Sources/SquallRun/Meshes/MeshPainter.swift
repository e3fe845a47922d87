import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallShading
import SquallWeather

/// One renderer over a mesh scene, kept between frames.
final class MeshPainter {
    /// cd/m2 that becomes display white: a sunlit 70 % surface.
    static let whiteLuminance: Float = 20_000

    private enum Renderer {
        case referee(Rasterizer, ReferenceShader)
        case full(FrameRenderer, Lighting, shadowSize: Int)
    }

    private let scene: MeshScene
    private let path: CameraPath
    private let samples: Int
    private let pool: WorkerPool
    private let renderer: Renderer
    private(set) var frame: RasterFrame

    init(scene: MeshScene, path: CameraPath, samples: Int, shadows: Bool, shading: MeshRenderJob.Shading, pool: WorkerPool) {
        (self.scene, self.path, self.samples, self.pool) = (scene, path, samples, pool)
        let meshes = PreparedMeshes(meshes: scene.meshes, materials: scene.materials, textures: scene.textures)
        switch shading {
        case .referee: renderer = .referee(Rasterizer(meshes), ReferenceShader(materials: scene.materials, light: path.light, sky: Vec3f(path.sky)))
        case .full:
            // The path's light is the sun of a clear day.
            let sun = SunPosition(elevation: asin(path.light.z.clamped(to: -1...1)), azimuth: atan2(path.light.x, path.light.y))
            let painter = FrameRenderer(meshes: meshes, materials: scene.materials, textures: scene.textures)
            renderer = .full(painter, Lighting(weather: WeatherState(), sun: sun), shadowSize: shadows ? 2048 : 0)
        }
        frame = RasterFrame(width: path.camera.width, height: path.camera.height)
    }

    /// Renders a pose of the path; flow goes to the next pose (the last one stands still).
    func render(_ index: Int) {
        let next = path.poses[min(index + 1, path.poses.count - 1)]
        let instances = scene.instances(from: path.poses[index].position, focal: path.camera.fx)
        let extras = Rasterizer.Extras(forward: OtherInstant(instances: instances, pose: next))
        let camera = RasterCamera(pose: path.poses[index], camera: path.camera, near: path.near)
        switch renderer {
        case .referee(let rasterizer, let shader):
            rasterizer.render(instances, camera: camera, samples: samples, extras: extras, shader: shader, pool: pool, into: &frame)
        case .full(let painter, let lighting, let shadowSize):
            var request = FrameRequest(instances: instances, camera: camera, lighting: lighting, medium: WeatherState().medium)
            (request.samples, request.shadowSize) = (samples, shadowSize)
            painter.render(request, extras: extras, pool: pool, into: &frame)
        }
    }
}
