import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallShading
import SquallWeather
import SquallWorld
import Testing

/// A square on the ground seen from above, and whatever stands on it, under a chosen light.
struct ShadingStage {
    var meshes: [Mesh] = [ShadingStage.square(half: 400)]
    var materials: [Material]
    var instances: [MeshInstance] = []
    var weather = WeatherState()
    var sun = SunPosition(elevation: 0.7, azimuth: 3.4)
    var surface: SurfaceState?
    /// Height of the camera, which looks straight down unless `pose` is set.
    var height = 10.0
    var pose: Pose?
    var shadowSize = 1024
    var boxes: [OrientedBox] = []
    static let lens = PinholeCamera(width: 64, height: 48, tanHalfHorizontalFieldOfView: 0.3)
    var lens = ShadingStage.lens

    init(_ material: Material) {
        materials = [material]
        instances = [MeshInstance(mesh: 0, object: 0, category: 2, materialBase: 0, transform: .identity)]
    }

    static func square(half h: Float, z: Float = 0) -> Mesh {
        Mesh(
            positions: [Vec3f(-h, -h, z), Vec3f(h, -h, z), Vec3f(h, h, z), Vec3f(-h, h, z)], normals: Array(repeating: Vec3f(0, 0, 1), count: 4),
            textureCoordinates: [Vec2f(0, 0), Vec2f(1, 0), Vec2f(1, 1), Vec2f(0, 1)], indices: [0, 1, 2, 0, 2, 3])
    }

    /// Instead of that of weather and sun.
    var light: Lighting?
    var energyCompensation = true
    var ambientOcclusion = true

    var lighting: Lighting { light ?? Lighting(weather: weather, sun: sun) }

    func request() -> FrameRequest {
        let down = Pose(position: Vec3(0, 0, height), rotation: Quaternion(columns: Vec3(1, 0, 0), Vec3(0, -1, 0), Vec3(0, 0, -1)))
        var request = FrameRequest(
            instances: instances, camera: RasterCamera(pose: pose ?? down, camera: lens), lighting: lighting, medium: weather.medium,
            surface: surface ?? SurfaceState(), boxes: boxes)
        (request.shadowSize, request.energyCompensation, request.ambientOcclusion) = (shadowSize, energyCompensation, ambientOcclusion)
        return request
    }

    func render(textures: [Texture] = [], workers: Int = 1) -> RasterFrame {
        let renderer = FrameRenderer(meshes: PreparedMeshes(meshes: meshes, materials: materials, textures: textures), materials: materials, textures: textures)
        let pool = WorkerPool(workers: workers)
        defer { pool.close() }
        var frame = RasterFrame(width: lens.width, height: lens.height)
        renderer.render(request(), pool: pool, into: &frame)
        return frame
    }

    /// Colour at the middle of the picture.
    func center(textures: [Texture] = []) -> Vec3 {
        let frame = render(textures: textures)
        let index = lens.height / 2 * lens.width + lens.width / 2
        return Vec3(Double(frame.color.red[index]), Double(frame.color.green[index]), Double(frame.color.blue[index]))
    }
}

@Suite struct ShadingMaterialTests {
    static func matt(_ albedo: Float) -> Material { Material(name: "matt", baseColor: Vec3f(repeating: albedo), roughness: 1) }

    /// Lambert: L = rho E / pi with E from sun and sky; what the 4 % specular lobe takes and gives stays below 6 %.
    @Test(arguments: [0.1, 0.5]) func lambertianGround(albedo: Float) {
        var stage = ShadingStage(Self.matt(albedo))
        stage.weather.turbidity = 3
        let lighting = stage.lighting
        let e = lighting.sunIlluminance * lighting.sunDirection.z + lighting.ambient.illuminance(normal: Vec3(0, 0, 1))
        let expected = e * (Double(albedo) / .pi)
        let seen = stage.center()
        for channel in 0..<3 { #expect(abs(seen[channel] / expected[channel] - 1) < (albedo > 0.3 ? 0.06 : 0.25)) }
    }

    /// What a pane lets through of a lamp below it, against Fresnel's equations for index 1.52, mirrored between its two faces, and
    /// Bouguer's law along the refracted ray.
    @Test(arguments: [0.0, 0.6, 1.05]) func panesDimMoreWhenSeenFlat(angle: Double) {
        let through = { (pane: Bool) -> Double in
            let light = [Float(0), 50_000].map { emission -> Double in
                var stage = ShadingStage(Material(name: "lamp", baseColor: .zero, roughness: 1, emission: Vec3f(repeating: emission)))
                let (s, c) = (sin(angle), cos(angle))
                stage.pose = Pose(position: Vec3(0, 0, 3), rotation: Quaternion(columns: Vec3(0, -1, 0), Vec3(-c, 0, -s), Vec3(s, 0, -c)))
                guard pane else { return stage.center().y }
                stage.meshes.append(ShadingStage.square(half: 40, z: 1))
                stage.materials.append(Material(name: "pane", baseColor: .zero, roughness: 0.04, alpha: .glass(transmission: 0.5)))
                stage.instances.append(MeshInstance(mesh: 1, object: 1, category: 12, materialBase: 1, transform: .identity))
                return stage.center().y
            }
            return light[1] - light[0]
        }
        let (n, cosine) = (1.52, cos(angle))
        let inside = (1 - (1 - cosine * cosine) / (n * n)).squareRoot()
        let passed = [(cosine - n * inside) / (cosine + n * inside), (n * cosine - inside) / (n * cosine + inside)].map { a -> Double in
            1 - 2 * a * a / (1 + a * a)
        }
        let expected = (passed[0] + passed[1]) / 2 * pow(0.5, 1 / inside)
        #expect(abs(through(true) / through(false) / expected - 1) < 0.03)
    }

    @Test func shadowFallsAwayFromTheSun() {
        var stage = ShadingStage(Self.matt(0.3))
        stage.meshes.append(ShadingStage.square(half: 0.5, z: 1))
        stage.materials.append(Self.matt(0.3))
        stage.instances.append(MeshInstance(mesh: 1, object: 1, category: 12, materialBase: 1, transform: .identity))
        stage.sun = SunPosition(elevation: .pi / 4, azimuth: .pi / 2)   // in the east, 45 degrees: the shadow lies 1 m west
        let frame = stage.render()
        let luminance = { (x: Double, y: Double) -> Float in
            let p = ShadingStage.lens.project(Vec3(x, -y, 10)).pixel
            return frame.color.green[Int(p.y) * 64 + Int(p.x)]
        }
        #expect(luminance(-1.1, 0) < 0.35 * luminance(1.4, 0))
        #expect(luminance(-1.1, 0) < 0.35 * luminance(-2.2, 0))
        #expect(abs(luminance(1.4, 0) / luminance(-2.2, 0) - 1) < 0.01)
    }

    @Test func flatGroundNeverShadesItself() {
        for elevation in [0.15, 0.5, 1.2] {
            var stage = ShadingStage(Self.matt(0.3))
            stage.sun = SunPosition(elevation: elevation, azimuth: 1)
            stage.pose = Pose(position: Vec3(0, 0, 1.5), rotation: Quaternion(yaw: 0.3, pitch: 0.1)) * Pose.mountFromCamera
            let (with, without) = (stage.render(), { var s = stage; s.shadowSize = 0; return s.render() }())
            #expect(zip(with.color.green, without.color.green).allSatisfy { abs($0 - $1) <= 1e-3 * $1 })
        }
    }

    @Test func overcastSkipsShadowsButDarkensContacts() {
        var stage = ShadingStage(Self.matt(0.2))
        stage.weather.cloudCover = 1
        #expect(stage.lighting.sunIlluminance.max() < 1)
        let open = stage.center().y
        stage.boxes = [OrientedBox(pose: Pose(position: Vec3(0, 0, 0.75)), size: Vec3(4, 1.8, 1.5))]
        let under = stage.center().y
        stage.boxes[0].pose.position.x = 2.2   // its end 0.2 m from the middle
        let beside = stage.center().y
        stage.boxes[0].pose.position.x = 9
        let far = stage.center().y
        #expect(under < 0.15 * open && beside < 0.8 * open && beside > under && abs(far - open) < 0.01 * open)
    }

    @Test func texturesAreDecodedFilteredAndRepeated() {
        let pixels = (0..<64 * 64).map { ($0 % 64 + $0 / 64) % 2 == 0 ? RGBA8(255, 255, 255, 255) : RGBA8(0, 0, 0, 255) }
        let checker = Texture(name: "checker", image: Image(width: 64, height: 64, pixels: pixels), srgb: true)
        var material = Self.matt(1)
        material.baseColorTexture = 0
        var stage = ShadingStage(material)
        // Texels of 12 cm; from 200 m one pixel holds 15 of them: half the light, not the sRGB mean's fifth.
        stage.meshes[0].textureCoordinates = stage.meshes[0].textureCoordinates.map { $0 * 100 }
        stage.height = 200
        (stage.weather.turbidity, stage.weather.cloudCover) = (2, 1)
        let plain = { var s = stage; s.materials = [Self.matt(0.5)]; return s.center().y }()
        #expect(abs(stage.center(textures: [checker]).y / plain - 1) < 0.01)
    }

    @Test func sameBytesForAnyNumberOfWorkers() {
        var stage = ShadingStage(Material(name: "asphalt", baseColor: Vec3f(repeating: 0.1), roughness: 0.9, wetting: .porous))
        stage.weather.rainRate = 40
        stage.surface = surfaceState(weather: stage.weather)
        stage.pose = Pose(position: Vec3(0, 0, 1.5)) * Pose.mountFromCamera
        let one = stage.render()
        for workers in 2...3 {
            let more = stage.render(workers: workers)
            #expect(one.color.red == more.color.red && one.color.green == more.color.green && one.color.blue == more.color.blue)
        }
    }
}
